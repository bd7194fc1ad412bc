// The control table of Heartbeats: a row for everything that its settings hold.
#pragma once

#include "app/work/control.h"
#include "views/heartbeats/settings.h"

namespace vitrine::views::heartbeats {

const work::ControlTable& control_table();

}  // namespace vitrine::views::heartbeats
