// Names as people and files write them, made comparable: "learningRate", "learning_rate" and "LearningRate" are one.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::learn {

std::string plain_name(std::string_view name);  // letters and digits in lower case

}  // namespace vitrine::learn
