// Results go to stdout as one line each: a JSON object where a program reads, name and value where a person does. A
// line is written whole or not at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/work/value.h"

namespace vitrine::cli {

using Line = work::Record;

work::Value shortest(float value);  // the real number that prints as this float does
work::Value numbers(const std::vector<float>& values);

std::string json(const work::Value& value);
void print(bool as_json, const Line& line);
void print(std::string_view text);         // with a line's end
void complain(std::string_view sentence);  // to stderr

}  // namespace vitrine::cli
