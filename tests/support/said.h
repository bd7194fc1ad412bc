// What is said of a call that fails, and whether it says enough.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "engine/core/error.h"

namespace vitrine::testing {

// The sentence of the error that fn throws; nothing where it throws none.
template <class Fn>
std::string said_by(Fn fn) {
  try {
    fn();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline bool says(const std::string& text, std::string_view part) {
  const bool found = text.find(part) != text.npos;
  if (!found) MESSAGE("said: ", text);
  return found;
}

}  // namespace vitrine::testing
