// The desktop as freedesktop portals tell of it, over D-Bus. Each thread has a connection of its own, so that nothing
// is shared and a dialog that stays open holds up nobody.
#include "app/shell/desktop.h"

#if VITRINE_DBUS

#include <dbus/dbus.h>

#include <atomic>
#include <thread>

#include "engine/core/number.h"

namespace vitrine::shell {
namespace {

constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kPortalPath = "/org/freedesktop/portal/desktop";
constexpr const char* kSettings = "org.freedesktop.portal.Settings";
constexpr const char* kAppearance = "org.freedesktop.appearance";
constexpr const char* kRequest = "org.freedesktop.portal.Request";
constexpr int kAnswerWithin = 2000, kLookUp = 250;  // ms: for a call's answer; between two looks at the stop

struct Unref {
  void operator()(DBusMessage* message) const { dbus_message_unref(message); }
  void operator()(DBusConnection* connection) const {
    dbus_connection_close(connection);
    dbus_connection_unref(connection);
  }
};
using Message = std::unique_ptr<DBusMessage, Unref>;
using Connection = std::unique_ptr<DBusConnection, Unref>;

Connection connect_to(const std::string& address) {
  Connection connection(dbus_connection_open_private(address.c_str(), nullptr));
  if (!connection) return nullptr;
  dbus_connection_set_exit_on_disconnect(connection.get(), FALSE);
  return dbus_bus_register(connection.get(), nullptr) ? std::move(connection) : nullptr;
}

Message call(DBusConnection* connection, DBusMessage* question) {
  return Message(dbus_connection_send_with_reply_and_block(connection, question, kAnswerWithin, nullptr));
}

// Through however many variants it is wrapped in.
std::optional<std::uint32_t> whole_in(DBusMessageIter* at) {
  DBusMessageIter inner = *at;
  for (int depth = 0; depth < 4 && dbus_message_iter_get_arg_type(&inner) == DBUS_TYPE_VARIANT; ++depth) {
    DBusMessageIter next;
    dbus_message_iter_recurse(&inner, &next);
    inner = next;
  }
  if (dbus_message_iter_get_arg_type(&inner) != DBUS_TYPE_UINT32) return std::nullopt;
  dbus_uint32_t value = 0;
  dbus_message_iter_get_basic(&inner, &value);
  return value;
}

std::optional<std::uint32_t> setting(DBusConnection* connection, const char* key) {
  const Message question(dbus_message_new_method_call(kPortal, kPortalPath, kSettings, "Read"));
  const char* space = kAppearance;
  if (!question ||
      !dbus_message_append_args(question.get(), DBUS_TYPE_STRING, &space, DBUS_TYPE_STRING, &key, DBUS_TYPE_INVALID))
    return std::nullopt;
  const Message answer = call(connection, question.get());
  DBusMessageIter at;
  if (!answer || !dbus_message_iter_init(answer.get(), &at)) return std::nullopt;
  return whole_in(&at);
}

// As the portal numbers them: contrast 1 is high; scheme 1 is dark, 2 is light, 0 is no wish.
std::optional<ui::Look> preferred(DBusConnection* connection) {
  if (setting(connection, "contrast") == 1u) return ui::Look::contrast;
  const auto scheme = setting(connection, "color-scheme");
  if (!scheme) return std::nullopt;
  return *scheme == 2 ? ui::Look::light : ui::Look::dark;
}

void watch(std::stop_token stop, const std::string& address, const std::function<void(ui::Look)>& prefers) {
  const Connection connection = connect_to(address);
  if (!connection) return;
  dbus_bus_add_match(connection.get(),
                     "type='signal',interface='org.freedesktop.portal.Settings',member='SettingChanged'", nullptr);
  if (const auto look = preferred(connection.get())) prefers(*look);
  while (!stop.stop_requested() && dbus_connection_read_write(connection.get(), kLookUp)) {
    bool changed = false;
    while (const Message message{dbus_connection_pop_message(connection.get())})
      changed = changed || dbus_message_is_signal(message.get(), kSettings, "SettingChanged");
    if (!changed) continue;
    if (const auto look = preferred(connection.get())) prefers(*look);
  }
}

Message open_file_question(const std::string& title, const std::string& token) {
  Message question(
      dbus_message_new_method_call(kPortal, kPortalPath, "org.freedesktop.portal.FileChooser", "OpenFile"));
  if (!question) return nullptr;
  DBusMessageIter at, options, entry, value;
  dbus_message_iter_init_append(question.get(), &at);
  const char *parent = "", *words = title.c_str(), *key = "handle_token", *text = token.c_str();
  const bool built = dbus_message_iter_append_basic(&at, DBUS_TYPE_STRING, &parent) &&
                     dbus_message_iter_append_basic(&at, DBUS_TYPE_STRING, &words) &&
                     dbus_message_iter_open_container(&at, DBUS_TYPE_ARRAY, "{sv}", &options) &&
                     dbus_message_iter_open_container(&options, DBUS_TYPE_DICT_ENTRY, nullptr, &entry) &&
                     dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &key) &&
                     dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "s", &value) &&
                     dbus_message_iter_append_basic(&value, DBUS_TYPE_STRING, &text) &&
                     dbus_message_iter_close_container(&entry, &value) &&
                     dbus_message_iter_close_container(&options, &entry) &&
                     dbus_message_iter_close_container(&at, &options);
  return built ? std::move(question) : nullptr;
}

// Of a Response: its number (0 chosen, 1 cancelled, 2 ended otherwise) and the first of its "uris".
Desktop::Picked picked_in(DBusMessage* response) {
  using How = Desktop::Picked::How;
  DBusMessageIter at, entries;
  if (!dbus_message_iter_init(response, &at) || dbus_message_iter_get_arg_type(&at) != DBUS_TYPE_UINT32)
    return {How::cancelled};
  dbus_uint32_t number = 2;
  dbus_message_iter_get_basic(&at, &number);
  if (number != 0 || !dbus_message_iter_next(&at) || dbus_message_iter_get_arg_type(&at) != DBUS_TYPE_ARRAY)
    return {How::cancelled};
  for (dbus_message_iter_recurse(&at, &entries); dbus_message_iter_get_arg_type(&entries) == DBUS_TYPE_DICT_ENTRY;
       dbus_message_iter_next(&entries)) {
    DBusMessageIter entry, value, uris;
    const char *key = "", *uri = "";
    dbus_message_iter_recurse(&entries, &entry);
    dbus_message_iter_get_basic(&entry, &key);
    if (std::string_view(key) != "uris" || !dbus_message_iter_next(&entry)) continue;
    dbus_message_iter_recurse(&entry, &value);
    if (dbus_message_iter_get_arg_type(&value) != DBUS_TYPE_ARRAY) break;
    dbus_message_iter_recurse(&value, &uris);
    if (dbus_message_iter_get_arg_type(&uris) != DBUS_TYPE_STRING) break;
    dbus_message_iter_get_basic(&uris, &uri);
    if (const auto file = file_of_uri(uri)) return {How::chosen, *file};
  }
  return {How::cancelled};
}

Desktop::Picked pick(std::stop_token stop, const std::string& address, const std::string& title, int number) {
  const Connection connection = connect_to(address);
  if (!connection) return {};
  dbus_bus_add_match(connection.get(), "type='signal',interface='org.freedesktop.portal.Request',member='Response'",
                     nullptr);
  const Message question = open_file_question(title, "vitrine" + to_text(std::int64_t{number}));
  const Message answer = question ? call(connection.get(), question.get()) : nullptr;
  const char* handle = nullptr;
  if (!answer || !dbus_message_get_args(answer.get(), nullptr, DBUS_TYPE_OBJECT_PATH, &handle, DBUS_TYPE_INVALID))
    return {};
  while (!stop.stop_requested() && dbus_connection_read_write(connection.get(), kLookUp)) {
    while (const Message message{dbus_connection_pop_message(connection.get())})
      if (dbus_message_is_signal(message.get(), kRequest, "Response") && dbus_message_has_path(message.get(), handle))
        return picked_in(message.get());
  }
  if (const Message close{dbus_message_new_method_call(kPortal, handle, kRequest, "Close")}) {
    dbus_connection_send(connection.get(), close.get(), nullptr);
    dbus_connection_flush(connection.get());
  }
  return {Desktop::Picked::How::cancelled};
}

class Portal final : public Desktop {
 public:
  Portal(std::string address, std::function<void(ui::Look)> prefers)
      : address_(std::move(address)),
        watcher_([this, prefers = std::move(prefers)](std::stop_token stop) { watch(stop, address_, prefers); }) {}

  bool pick_file(std::string title, std::function<void(Picked)> answer) override {
    if (open_.exchange(true)) return false;
    picker_ = std::jthread([this, title = std::move(title), answer = std::move(answer)](std::stop_token stop) {
      Picked picked = pick(stop, address_, title, ++number_);
      open_ = false;
      if (!stop.stop_requested()) answer(std::move(picked));
    });
    return true;
  }

 private:
  std::string address_;
  std::atomic<bool> open_ = false;
  int number_ = 0;
  std::jthread watcher_, picker_;  // last: they use the rest
};

}  // namespace

std::unique_ptr<Desktop> reach_desktop(std::string_view address, std::function<void(ui::Look)> prefers) {
  std::string own = own_bus(address);
  if (own.empty() || !dbus_threads_init_default()) return nullptr;
  return std::make_unique<Portal>(std::move(own), std::move(prefers));
}

}  // namespace vitrine::shell

#else

namespace vitrine::shell {

std::unique_ptr<Desktop> reach_desktop(std::string_view, std::function<void(ui::Look)>) {
  return nullptr;
}

}  // namespace vitrine::shell

#endif
