// The control table of the Playground: a row for everything that its settings hold.
#pragma once

#include "app/work/control.h"
#include "views/playground/settings.h"

namespace vitrine::views::playground {

const work::ControlTable& control_table();

}  // namespace vitrine::views::playground
