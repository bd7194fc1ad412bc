// How long an epoch will take and how much memory, told from the settings before anything is tried: networks have no
// limit but patience and the machine.
#pragma once

#include <string>

#include "views/playground/settings.h"

namespace vitrine::views::playground {

double seconds_an_epoch(const Settings& settings);  // on an ordinary machine of few cores
double bytes_of(const Settings& settings);          // of memory, with what is drawn and what one goes back to
// The sentence that asks before what takes long; empty: it takes no time worth a word, or the person wants it anyway.
std::string asks_first(const Settings& settings);

}  // namespace vitrine::views::playground
