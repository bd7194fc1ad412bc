#!/bin/sh
# Measures the window on a display in memory with OpenGL in software, exhibit by exhibit: what `vitrine bench shell` finds.
#   tools/measure_window.sh [PROGRAM] [WIDTHxHEIGHT] [MINUTES] [shell:EXHIBIT [--set PATH=VALUE]...]
# Needs Xvfb. The machine's load stands beside the figures: on a busy one they say little. Exits with 1 when a promise is
# not kept.
set -eu
program=${1:-build/release/vitrine}
size=${2:-1600x1000}
minutes=${3:-10}
[ $# -le 3 ] && set -- || shift 3
[ $# -gt 0 ] || set -- shell

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
missed=0
env -u WAYLAND_DISPLAY DISPLAY=":$display" HOME="$scratch" XDG_CONFIG_HOME="$scratch" XDG_CACHE_HOME="$scratch" \
  LIBGL_ALWAYS_SOFTWARE=1 "$program" bench "$@" --minutes "$minutes" || missed=$?
echo "load after:  $(cut -d' ' -f1-3 /proc/loadavg)"
exit "$missed"
