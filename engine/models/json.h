// JSON as a model file has it, turned into values that layers understand: bounded in size and depth, nothing half-read.
#pragma once

#include <string_view>

#include "engine/nn/config.h"

namespace vitrine::models {

// FileError naming the subject and the place where the text is no JSON.
nn::Config parse_json(std::string_view subject, std::string_view text);
const nn::Config& member(const nn::Config& record, std::string_view name);  // nothing where it has none
std::string json_text(const nn::Config& config);  // layers in it are written before: they are nothing here

}  // namespace vitrine::models
