// What the desktop offers over its bus: a private bus is started here, and a small portal answers on it.
#include <doctest/doctest.h>

#include "app/shell/desktop.h"

using namespace vitrine;
using namespace vitrine::shell;

TEST_CASE("only a socket of this machine is a bus of ours") {
  CHECK(own_bus("unix:path=/run/user/1000/bus") == "unix:path=/run/user/1000/bus");
  CHECK(own_bus("tcp:host=example,port=1;unix:abstract=/tmp/x,guid=1") == "unix:abstract=/tmp/x,guid=1");
  CHECK(own_bus("tcp:host=example,port=1").empty());
  CHECK(own_bus("unixexec:path=/bin/sh").empty());
  CHECK(own_bus("autolaunch:").empty());
  CHECK(own_bus("").empty());
  CHECK(reach_desktop("tcp:host=localhost,port=1", {}) == nullptr);
}

TEST_CASE("a file's address is a path of this machine, or nothing") {
  CHECK(file_of_uri("file:///home/a%20b/%C3%A9.vitrine") == "/home/a b/é.vitrine");
  CHECK(file_of_uri("file://localhost/x") == "/x");
  CHECK_FALSE(file_of_uri("file://elsewhere/x"));
  CHECK_FALSE(file_of_uri("https://x/y"));
  CHECK_FALSE(file_of_uri("file:///x%0"));
  CHECK_FALSE(file_of_uri("file:///x%zz"));
  CHECK_FALSE(file_of_uri("file:///x%00y"));
  CHECK_FALSE(file_of_uri(""));
}

#if VITRINE_DBUS

#include <dbus/dbus.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

extern char** environ;

namespace {

// A bus of its own, ended with the test.
class Bus {
 public:
  Bus() {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    const std::array<const char*, 5> arguments = {"dbus-daemon", "--session", "--nofork", "--print-address", nullptr};
    const int failed =
        posix_spawnp(&process_, arguments[0], &actions, nullptr, const_cast<char* const*>(arguments.data()), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed != 0) process_ = 0;
    char letter = 0;
    while (process_ != 0 && read(ends[0], &letter, 1) == 1 && letter != '\n') address_ += letter;
    close(ends[0]);
  }
  ~Bus() {
    if (process_ == 0) return;
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  const std::string& address() const { return address_; }

 private:
  pid_t process_ = 0;
  std::string address_;
};

// Answers as a portal does: the scheme it was told, and a file chosen, or none.
class SmallPortal {
 public:
  SmallPortal(const std::string& address, std::uint32_t scheme, std::string uri)
      : scheme_(scheme), uri_(std::move(uri)) {
    connection_ = dbus_connection_open_private(address.c_str(), nullptr);
    REQUIRE(connection_);
    dbus_connection_set_exit_on_disconnect(connection_, FALSE);
    REQUIRE(dbus_bus_register(connection_, nullptr));
    dbus_bus_request_name(connection_, "org.freedesktop.portal.Desktop", 0, nullptr);
    thread_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested() && dbus_connection_read_write(connection_, 20)) {
        if (change_.exchange(false)) say_changed();
        while (DBusMessage* message = dbus_connection_pop_message(connection_)) {
          answer(message);
          dbus_message_unref(message);
        }
      }
    });
  }
  ~SmallPortal() {
    thread_ = {};
    dbus_connection_close(connection_);
    dbus_connection_unref(connection_);
  }
  void change(std::uint32_t scheme) {
    scheme_ = scheme;
    change_ = true;
  }

 private:
  void send(DBusMessage* message) {
    dbus_connection_send(connection_, message, nullptr);
    dbus_connection_flush(connection_);
    dbus_message_unref(message);
  }
  void say_changed() {
    send(dbus_message_new_signal("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings",
                                 "SettingChanged"));
  }
  void answer(DBusMessage* question) {
    if (dbus_message_is_method_call(question, "org.freedesktop.portal.Settings", "Read")) return answer_read(question);
    if (dbus_message_is_method_call(question, "org.freedesktop.portal.FileChooser", "OpenFile"))
      return answer_open(question);
  }
  void answer_read(DBusMessage* question) {
    const char *space = nullptr, *key = nullptr;
    dbus_message_get_args(question, nullptr, DBUS_TYPE_STRING, &space, DBUS_TYPE_STRING, &key, DBUS_TYPE_INVALID);
    DBusMessage* reply = dbus_message_new_method_return(question);
    DBusMessageIter at, outer, inner;
    dbus_uint32_t value = std::string_view(key ? key : "") == "color-scheme" ? scheme_.load() : 0;
    dbus_message_iter_init_append(reply, &at);
    dbus_message_iter_open_container(&at, DBUS_TYPE_VARIANT, "v", &outer);
    dbus_message_iter_open_container(&outer, DBUS_TYPE_VARIANT, "u", &inner);
    dbus_message_iter_append_basic(&inner, DBUS_TYPE_UINT32, &value);
    dbus_message_iter_close_container(&outer, &inner);
    dbus_message_iter_close_container(&at, &outer);
    send(reply);
  }
  void answer_open(DBusMessage* question) {
    const char* handle = "/org/freedesktop/portal/desktop/request/1";
    DBusMessage* reply = dbus_message_new_method_return(question);
    dbus_message_append_args(reply, DBUS_TYPE_OBJECT_PATH, &handle, DBUS_TYPE_INVALID);
    send(reply);
    DBusMessage* response = dbus_message_new_signal(handle, "org.freedesktop.portal.Request", "Response");
    DBusMessageIter at, entries, entry, value, uris;
    dbus_uint32_t number = uri_.empty() ? 1 : 0;
    const char *key = "uris", *uri = uri_.c_str();
    dbus_message_iter_init_append(response, &at);
    dbus_message_iter_append_basic(&at, DBUS_TYPE_UINT32, &number);
    dbus_message_iter_open_container(&at, DBUS_TYPE_ARRAY, "{sv}", &entries);
    dbus_message_iter_open_container(&entries, DBUS_TYPE_DICT_ENTRY, nullptr, &entry);
    dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &key);
    dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "as", &value);
    dbus_message_iter_open_container(&value, DBUS_TYPE_ARRAY, "s", &uris);
    if (!uri_.empty()) dbus_message_iter_append_basic(&uris, DBUS_TYPE_STRING, &uri);
    dbus_message_iter_close_container(&value, &uris);
    dbus_message_iter_close_container(&entry, &value);
    dbus_message_iter_close_container(&entries, &entry);
    dbus_message_iter_close_container(&at, &entries);
    send(response);
  }

  DBusConnection* connection_ = nullptr;
  std::atomic<std::uint32_t> scheme_;
  std::atomic<bool> change_ = false;
  std::string uri_;
  std::jthread thread_;
};

// What was told from another thread, waited for.
template <class Value>
class Told {
 public:
  void tell(Value value) {
    const std::lock_guard lock(mutex_);
    values_.push_back(std::move(value));
    came_.notify_all();
  }
  Value take() {
    std::unique_lock lock(mutex_);
    REQUIRE(came_.wait_for(lock, std::chrono::seconds(10), [this] { return !values_.empty(); }));
    Value first = values_.front();
    values_.erase(values_.begin());
    return first;
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<Value> values_;
};

Desktop::Picked pick_from(const std::string& address) {
  Told<Desktop::Picked> picked;
  const auto desktop = reach_desktop(address, [](ui::Look) {});
  REQUIRE(desktop);
  REQUIRE(desktop->pick_file("Open", [&](const Desktop::Picked& answer) { picked.tell(answer); }));
  return picked.take();
}

}  // namespace

TEST_CASE("the desktop's wish for light or dark is told at once and whenever it changes") {
  const Bus bus;
  if (bus.address().empty()) {
    MESSAGE("skipped: no dbus-daemon");
    return;
  }
  SmallPortal portal(bus.address(), 2, "");
  Told<ui::Look> looks;
  const auto desktop = reach_desktop(bus.address(), [&](ui::Look look) { looks.tell(look); });
  CHECK(looks.take() == ui::Look::light);
  portal.change(1);
  CHECK(looks.take() == ui::Look::dark);
}

TEST_CASE("the desktop's dialog answers with a file, or with none when it was cancelled") {
  const Bus bus;
  if (bus.address().empty()) {
    MESSAGE("skipped: no dbus-daemon");
    return;
  }
  {
    const SmallPortal portal(bus.address(), 0, "file:///tmp/a%20run.vitrine");
    const Desktop::Picked picked = pick_from(bus.address());
    CHECK(picked.how == Desktop::Picked::How::chosen);
    CHECK(picked.file == "/tmp/a run.vitrine");
  }
  const SmallPortal portal(bus.address(), 0, "");
  CHECK(pick_from(bus.address()).how == Desktop::Picked::How::cancelled);
}

TEST_CASE("a bus without a portal has no dialog, so that ours opens") {
  const Bus bus;
  if (bus.address().empty()) {
    MESSAGE("skipped: no dbus-daemon");
    return;
  }
  CHECK(pick_from(bus.address()).how == Desktop::Picked::How::absent);
}

#endif
