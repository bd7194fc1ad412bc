#!/bin/sh
# Measures the window on a display in memory with OpenGL in software: how soon its first frame stands, how many frames a
# second it draws while the Playground trains at full speed, and what it costs while nothing happens.
#   tools/measure_window.sh [PROGRAM] [WIDTHxHEIGHT]
# Needs Xvfb. The machine's load stands beside the figures: on a busy one they say little.
set -eu
program=${1:-build/release/vitrine}
size=${2:-1600x1000}

scratch=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$scratch"
}
trap finish EXIT

# The server takes the first free display and writes its number when it listens.
mkfifo "$scratch/display"
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp 3>"$scratch/display" 2>/dev/null &
server=$!
read -r display <"$scratch/display"

echo "load before: $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"
started=$(date +%s.%N)
env -u WAYLAND_DISPLAY DISPLAY=":$display" HOME="$scratch" XDG_CONFIG_HOME="$scratch" XDG_CACHE_HOME="$scratch" \
  LIBGL_ALWAYS_SOFTWARE=1 "$program" --measure --json >"$scratch/figures"
echo "load after:  $(cut -d' ' -f1-3 /proc/loadavg)"

tr -d '{},":' <"$scratch/figures" | awk -v started="$started" '
  { for (i = 1; i < NF; i += 2) figure[$i] = $(i + 1) }
  END {
    printf "start to first frame: %.2f s\n", figure["first_frame"] - started
    printf "frames per second while training: %.1f (30 wanted)\n", figure["frames_per_second"]
    printf "processor time of a paused window: %.2f %% of one core (less than 1 wanted)\n", 100 * figure["idle_share"]
  }'
