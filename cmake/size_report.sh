#!/usr/bin/env bash
# Prints what has grown: files over 400 lines, functions over 60, headers that pull in a third party. The limit is a
# question; a good reason is an answer. It therefore always ends with 0.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mapfile -t files < <(find app engine views datasets tests -name '*.cpp' -o -name '*.h' | sort)

echo "Lines by room:"
wc -l "${files[@]}" | awk '$2 != "total" {split($2, part, "/"); room = part[1] (part[3] == "" ? "" : "/" part[2]); lines[room] += $1; all += $1}
  END {for (room in lines) printf "  %6d  %s\n", lines[room], room | "sort -rn"; close("sort -rn"); printf "  %6d  in all\n", all}'

echo "Files over 400 lines:"
wc -l "${files[@]}" | awk '$2 != "total" && $1 > 400 {printf "  %6d  %s\n", $1, $2}'

# Layout is clang-format's: a function starts at the margin, or two spaces in where a class holds it, and ends with a
# brace at the same place.
echo "Functions over 60 lines:"
awk 'FNR == 1 {start = 0}
  !start && /^(  )?[A-Za-z_~].*\(/ && !/^ *(if|for|while|switch|else|return|do|case|namespace|using|static_assert)[ (]/ {
    start = FNR; name = $0; match($0, /^ */); indent = RLENGTH; body = 0
  }
  start && /\{$/ {body = 1}
  start && !body && /[;}]$/ {start = 0}
  start && body && match($0, /^ *\}/) && RLENGTH == indent + 1 {
    if (FNR - start + 1 > 60) printf "  %6d  %s:%d %s\n", FNR - start + 1, FILENAME, start, name
    start = 0
  }' "${files[@]}" | sort -rn

echo "Headers that include a third party:"
grep -nE '^ *# *include <[^>]*[./][^>]*>' "${files[@]}" | grep -E '\.h:' | grep -vE '<(sys/|unistd|fcntl|immintrin|dlfcn)' | sed 's/^/  /' || true
