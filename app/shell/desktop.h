// The Desktop is what stands round the window: its own file dialog, and whether people there want it light or dark. It
// is asked over the session bus, on threads of its own. Where there is no bus or nobody answers, the app's own means
// stay.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/ui/theme.h"

namespace vitrine::shell {

class Desktop {
 public:
  struct Picked {
    enum class How { chosen, cancelled, absent } how = How::absent;  // absent: there is no such dialog
    std::filesystem::path file = {};
  };
  virtual ~Desktop() = default;
  // One dialog at a time; answers from another thread. False while one is open.
  virtual bool pick_file(std::string title, std::function<void(Picked)> answer) = 0;
};

// `prefers` is told at once and at every change, from another thread. Null where the address names no bus that is
// reached through a socket of this machine: an address could as well name another machine, or a program to start.
std::unique_ptr<Desktop> reach_desktop(std::string_view address, std::function<void(ui::Look)> prefers);

// The first part of a bus address that we use; empty when there is none.
std::string own_bus(std::string_view address);
// The file that a portal's answer means; nothing when it is none of this machine.
std::optional<std::filesystem::path> file_of_uri(std::string_view uri);

}  // namespace vitrine::shell
