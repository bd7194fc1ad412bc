// Joins the parts of a complaint into one sentence.
#include "engine/core/error.h"

#include <utility>

namespace vitrine {

std::string sentence(const Complaint& complaint) {
  std::string text = complaint.subject + ": " + complaint.fact;
  if (!complaint.expected.empty()) text += "; expected " + complaint.expected;
  if (!complaint.got.empty()) text += "; got " + complaint.got;
  text += ".";
  if (!complaint.remedy.empty()) text += " " + complaint.remedy;
  return text;
}

Error::Error(Complaint complaint) : std::runtime_error(sentence(complaint)), complaint_(std::move(complaint)) {}

}  // namespace vitrine
