// A hand that drags a file from another program and lets it go over the window, by the protocol of desktops (XDND 5).
#pragma once

#include <string>

// Drops the path on the middle of the first window that takes files. False when none does, or when nobody here speaks
// X11; `reason` then says which.
bool drop_file(const std::string& display, const std::string& path, std::string& reason);
