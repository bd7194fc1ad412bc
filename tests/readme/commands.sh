#!/usr/bin/env bash
# commands.sh README PROGRAM: runs every command line of the README's sh blocks that calls the program, in an empty
# folder. Lines that open a window (no arguments) and lines that only build are left out.
set -uo pipefail
readme=$(realpath "$1")
program=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

mapfile -t lines < <(awk '/^```/ {inside = ($0 == "```sh")} inside' "$readme" |
  sed -nE 's#^(\./run --|build/release/vitrine) +#"$program" #p')
((${#lines[@]} > 0)) || { echo "the README shows no command line"; exit 1; }

failed=0
for line in "${lines[@]}"; do
  echo "== ${line/\"\$program\"/vitrine}"
  (unset DISPLAY WAYLAND_DISPLAY; eval "$line" </dev/null) || { echo "exit code $?"; failed=1; }
done
exit $failed
