// The bodies of the Controls builder: each row's accessors close over a pointer to a member.
#pragma once

#include <type_traits>
#include <utility>

#include "app/work/control.h"

namespace vitrine::work {

template <class Settings>
Controls<Settings>& Controls<Settings>::group(std::string title, std::function<std::string(const Settings&)> outside) {
  group_ = std::move(title);
  outside_ = std::move(outside);
  return *this;
}

template <class Settings>
Control& Controls<Settings>::add(std::string id, Control::Kind kind, Words words) {
  Control& row = rows_.emplace_back();
  row.id = std::move(id);
  row.group = group_;
  row.kind = kind;
  row.words = std::move(words);
  if (outside_) {
    row.elsewhere = [outside = outside_](const void* s) { return !outside(*static_cast<const Settings*>(s)).empty(); };
    disabled_when([](const Settings&) { return std::string(); });
  }
  return row;
}

namespace detail {
// One row: `read` makes a Value of the member, `write` takes a checked Value back.
template <class Settings, class Read, class Write>
void bind(Control& row, Read read, Write write) {
  row.get = [read](const void* settings) { return Value(read(*static_cast<const Settings*>(settings))); };
  // The row is copied into the accessor without its own accessors: what a check needs is its id, range and choices.
  const auto facts = std::make_shared<const Control>(row);
  row.set = [facts, write](void* settings, const Value& value) {
    write(*facts, *static_cast<Settings*>(settings), value);
  };
}
}  // namespace detail

template <class Settings>
Controls<Settings>& Controls<Settings>::toggle(std::string id, bool Settings::*member, Words words) {
  Control& row = add(std::move(id), Control::Kind::toggle, std::move(words));
  detail::bind<Settings>(
      row, [member](const Settings& s) { return s.*member; },
      [member](const Control& c, Settings& s, const Value& v) { s.*member = as_toggle(c, v); });
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::integer(std::string id, std::int64_t Settings::*member, Range range,
                                                Words words) {
  Control& row = add(std::move(id), Control::Kind::integer, std::move(words));
  row.range = std::move(range);
  detail::bind<Settings>(
      row, [member](const Settings& s) { return s.*member; },
      [member](const Control& c, Settings& s, const Value& v) { s.*member = as_integer(c, v); });
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::real(std::string id, double Settings::*member, Range range, Words words) {
  Control& row = add(std::move(id), Control::Kind::real, std::move(words));
  row.range = std::move(range);
  detail::bind<Settings>(
      row, [member](const Settings& s) { return s.*member; },
      [member](const Control& c, Settings& s, const Value& v) { s.*member = as_real(c, v); });
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::text(std::string id, std::string Settings::*member, Words words) {
  Control& row = add(std::move(id), Control::Kind::text, std::move(words));
  detail::bind<Settings>(
      row, [member](const Settings& s) { return s.*member; },
      [member](const Control& c, Settings& s, const Value& v) { s.*member = as_text(c, v); });
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::action(std::string id, Words words) {
  add(std::move(id), Control::Kind::action, std::move(words));
  return *this;
}

template <class Settings>
template <class Member>
Controls<Settings>& Controls<Settings>::choice(std::string id, Member Settings::*member, std::vector<Choice> choices,
                                               Words words) {
  Control& row = add(std::move(id), Control::Kind::choice, std::move(words));
  row.choices = std::move(choices);
  if constexpr (std::is_enum_v<Member>) {
    std::vector<std::string> ids;
    for (const Choice& choice : row.choices) ids.push_back(choice.id);
    detail::bind<Settings>(
        row, [member, ids](const Settings& s) { return ids[static_cast<std::size_t>(s.*member)]; },
        [member](const Control& c, Settings& s, const Value& v) { s.*member = static_cast<Member>(as_choice(c, v)); });
  } else {
    detail::bind<Settings>(
        row, [member](const Settings& s) { return s.*member; },
        [member](const Control& c, Settings& s, const Value& v) { s.*member = c.choices[as_choice(c, v)].id; });
  }
  return *this;
}

template <class Settings>
template <class Item>
Controls<Settings>& Controls<Settings>::list(std::string id, std::vector<Item> Settings::*member, ControlTable records,
                                             std::size_t most, Words words) {
  Control& row = add(std::move(id), Control::Kind::list, std::move(words));
  const auto table = std::make_shared<const ControlTable>(std::move(records));
  row.records = table;
  row.range.high = static_cast<double>(most);
  const auto record_of = [table](const Item& item) {
    Record record;
    for (const Control& field : table->rows()) record.emplace_back(field.id, field.get(&item));
    return Value(record);
  };
  row.fresh_record = record_of(Item{});
  detail::bind<Settings>(
      row,
      [member, record_of](const Settings& s) {
        List list;
        for (const Item& item : s.*member) list.push_back(record_of(item));
        return list;
      },
      [member, table, most](const Control& c, Settings& s, const Value& v) {
        std::vector<Item> items;
        for (const Value& record : as_list(c, v, most)) {
          Item item{};  // fields that a record leaves out keep the fresh value
          for (const auto& [field, value] : std::get<Record>(record)) table->set(&item, field, value);
          items.push_back(std::move(item));
        }
        s.*member = std::move(items);
      });
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::on_stage() {
  rows_.back().on_stage = true;
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::rarely() {
  rows_.back().rarely = true;
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::trained() {
  rows_.back().trained = true;
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::comes_to(std::function<Value(const Settings&)> value) {
  rows_.back().comes_to = [value](const void* settings) { return value(*static_cast<const Settings*>(settings)); };
  return *this;
}

template <class Settings>
Controls<Settings>& Controls<Settings>::disabled_when(std::function<std::string(const Settings&)> why) {
  rows_.back().disabled = [why, outside = outside_](const void* settings) {
    const auto& s = *static_cast<const Settings*>(settings);
    std::string reason = outside ? outside(s) : std::string();
    return reason.empty() ? why(s) : reason;
  };
  return *this;
}

}  // namespace vitrine::work
