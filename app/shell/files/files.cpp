// The .vitrine format, version 1. Fields that this version does not know are kept aside and written back.
#include "app/shell/files/files.h"

#include <algorithm>

#include "app/shell/files/base64.h"
#include "app/shell/files/fields.h"
#include "app/shell/files/run_rows.h"
#include "app/work/words.h"
#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/hash.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::shell {
namespace {

using work::Document;

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kMostJsonParts = std::size_t{1} << 20;  // a parsed part costs far more than its byte in the file
constexpr const char* kKnown[] = {"vitrine", "exhibit",   "arithmetic", "settings",
                                  "state",   "classroom", "journal",    "checksum"};
constexpr const char* kKnownOfClassroom[] = {"locked", "hidden"};
constexpr const char* kKnownOfState[] = {"step", "slab", "counters"};

std::string place_of(std::string_view bytes, std::size_t at) {
  const auto line =
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min(at, bytes.size())), '\n');
  return "at byte " + to_text(static_cast<std::int64_t>(at)) + ", line " + to_text(static_cast<std::int64_t>(line + 1));
}

std::string found_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return "the end of the file";
  const char c = bytes[at];
  return c > 0x20 && c < 0x7F ? std::string{'\'', c, '\''}
                              : "byte " + to_text(std::int64_t{static_cast<unsigned char>(c)});
}

// Depth and number of parts, before anything is built from them.
void check_size(std::string_view bytes, const std::string& name) {
  int depth = 0;
  std::size_t parts = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (c == ',' || c == '[' || c == '{') ++parts;
    if (depth > limits::kNestingDepth) {
      throw FileError({name, "is nested too deeply " + place_of(bytes, i),
                       "at most " + to_text(std::int64_t{limits::kNestingDepth}) + " levels", "one more", kDamaged});
    }
    if (parts > kMostJsonParts) {
      throw FileError({name, "has too many parts " + place_of(bytes, i),
                       "at most " + to_text(std::int64_t{kMostJsonParts}), "one more", kDamaged});
    }
  }
}

Json parse(std::string_view bytes, const std::string& name) {
  check_size(bytes, name);
  try {
    return Json::parse(bytes);
  } catch (const Json::parse_error& error) {
    const std::size_t at = error.byte == 0 ? 0 : error.byte - 1;  // it counts from one
    throw FileError(
        {name, "cannot be read " + place_of(bytes, at), "a .vitrine document in JSON", found_at(bytes, at), kDamaged});
  } catch (const Json::exception&) {  // a number beyond every range
    throw FileError({name, "cannot be read", "a .vitrine document in JSON", "a number out of range", kDamaged});
  }
}

// A file of another name that holds no document was not damaged: it is something else.
void expect_document(std::string_view bytes, const std::string& name) {
  constexpr std::size_t kShown = 40;
  if (name.ends_with(".vitrine") || bytes.find("\"vitrine\"") != bytes.npos) return;
  const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  const bool is_shown =
      !line.empty() && line.size() <= kShown && work::is_utf8(line) && std::ranges::none_of(line, is_control);
  throw FileError({name, "is nothing that Vitrine opens",
                   "a .vitrine file, a link, or in the Playground a table of points or an address",
                   bytes.empty()          ? "an empty file"
                   : is_shown             ? "“" + std::string(line) + "”"
                   : work::is_utf8(bytes) ? "other text"
                                          : "bytes that are no text",
                   "Choose another file."});
}

template <std::size_t N>
Json others(const Json& object, const char* const (&known)[N]) {
  Json rest = Json::object();
  for (const auto& [field, value] : object.items()) {
    if (std::find(std::begin(known), std::end(known), field) == std::end(known)) rest[field] = value;
  }
  return rest;
}

}  // namespace

// Over what a document means, not how it is spelt, so that a file may be reformatted and fields may be added.
std::string checksum(const Document& document) {
  Hasher hasher;
  hasher.word(static_cast<std::uint64_t>(kVersion)).text(document.exhibit).text(document.arithmetic);
  hasher.word(document.settings.size());
  for (const auto& [path, value] : document.settings) hasher.text(path).text(to_text(value));
  hasher.word(static_cast<std::uint64_t>(document.state.step));
  hasher.bytes(std::as_bytes(std::span(document.state.slab)));  // bits, signed zeros and all
  hasher.word(document.state.counters.size());
  for (const std::uint64_t counter : document.state.counters) hasher.word(counter);
  return hasher.finish().hex();
}

std::string write_document(const Document& document) {
  VITRINE_ASSERT(std::is_sorted(document.settings.begin(), document.settings.end(),
                                [](const auto& a, const auto& b) { return a.first < b.first; }));
  Json file = document.unknown.empty() ? Json::object() : Json::parse(document.unknown);
  file["vitrine"] = kVersion;
  file["exhibit"] = document.exhibit;
  file["arithmetic"] = document.arithmetic;
  Json& settings = file["settings"] = Json::object();
  for (const auto& [path, value] : document.settings) settings[path] = to_text(value);
  Json& state = file["state"];
  state["step"] = document.state.step;
  state["slab"] = floats_to_base64(document.state.slab);
  Json& counters = state["counters"] = Json::array();
  for (const std::uint64_t counter : document.state.counters) counters.push_back(counter);
  if (!document.classroom.empty()) {
    file["classroom"]["locked"] = document.classroom.locked;
    file["classroom"]["hidden"] = document.classroom.hidden;
  }
  if (!document.journal.empty()) file["journal"] = json_of(document.journal);
  file["checksum"] = checksum(document);
  return file.dump(1) + "\n";
}

// Not under the checksum: a teacher may write it by hand. Controls that this version lacks are kept.
std::set<std::string> ids_of(const Fields& classroom, const Json& object, const char* field) {
  std::set<std::string> ids;
  if (!object.contains(field)) return ids;
  const Json& list = object.at(field);
  if (!list.is_array()) classroom.fail(field, "an array of controls", list.type_name());
  for (const Json& id : list) {
    if (!id.is_string() || id.get_ref<const std::string&>().size() > kLongestName)
      classroom.fail(field, "the ids of controls", id.type_name());
    ids.insert(id.get<std::string>());
  }
  return ids;
}

Document read_document(std::string_view bytes, const std::string& name) {
  expect_document(bytes, name);
  const Json file = parse(bytes, name);
  const Fields fields(file, "", name);
  if (const std::int64_t version = fields.count("vitrine"); version != kVersion) {
    throw FileError({name, "is of another version, says its field vitrine", "version " + to_text(kVersion),
                     "version " + to_text(version), "Open it with a newer Vitrine."});
  }
  Document document;
  document.exhibit = fields.name("exhibit");
  document.arithmetic = fields.name("arithmetic");
  const Json& settings = fields.at("settings", "an object");
  const Fields rows(settings, "settings", name);
  document.settings = rows.settings();  // in sorted order, as the checksum has them
  const Json& state = fields.at("state", "an object");
  const Fields parts(state, "state", name);
  document.state.step = parts.count("step");
  document.state.slab = parts.floats("slab");
  const Json& counters = parts.at("counters", "an array");
  if (!counters.is_array()) parts.fail("counters", "an array", counters.type_name());
  for (const Json& counter : counters) {
    if (!counter.is_number_unsigned()) parts.fail("counters", "whole numbers", counter.type_name());
    document.state.counters.push_back(counter.get<std::uint64_t>());
  }
  if (const std::string sum = checksum(document); sum != fields.text("checksum")) {
    throw FileError({name, "has changed since it was saved, says its field checksum", sum,
                     fields.text("checksum").substr(0, 64), kDamaged});
  }
  Json unknown = others(file, kKnown);
  if (file.contains("classroom")) {
    const Json& object = file.at("classroom");
    const Fields classroom(object, "classroom", name);
    document.classroom = {ids_of(classroom, object, kKnownOfClassroom[0]),
                          ids_of(classroom, object, kKnownOfClassroom[1])};
    if (Json rest = others(object, kKnownOfClassroom); !rest.empty()) unknown["classroom"] = std::move(rest);
  }
  if (file.contains("journal")) document.journal = runs_of(fields.list("journal", work::RunJournal::kMostRuns), name);
  if (Json rest = others(state, kKnownOfState); !rest.empty()) unknown["state"] = std::move(rest);
  if (!unknown.empty()) document.unknown = unknown.dump();
  return document;
}

void save_document(const std::filesystem::path& path, const Document& document) {
  write_file(path, write_document(document));
}

Document load_document(const std::filesystem::path& path) {
  return read_document(read_file(path, limits::kStateFileBytes), path.string());
}

void open_document(work::Runner& runner, const std::filesystem::path& path) {
  const Document document = load_document(path);
  try {
    runner.open(document);
  } catch (const UsageError& error) {
    const Complaint& complaint = error.complaint();
    throw FileError({path.string(), "does not fit: " + complaint.subject + " " + complaint.fact, complaint.expected,
                     complaint.got, complaint.remedy});
  }
}

}  // namespace vitrine::shell
