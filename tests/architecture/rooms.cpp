// The house as a table: who may include and link whom, and behind which border each third party lives.
#include "tests/architecture/rooms.h"

#include <algorithm>
#include <map>
#include <optional>

namespace vitrine::architecture {
namespace {

// A file belongs to the room with the longest folder that its path starts with. Every room sees itself.
struct Room {
  std::string_view folder;
  std::string_view sees;
};
constexpr Room kRooms[] = {
    {"engine/core", ""},
    {"engine/tensor", "engine/core"},
    {"engine/ops", "engine/core engine/tensor"},
    {"engine/graph", "engine/core engine/tensor engine/ops"},
    {"engine/nn", "engine/core engine/tensor engine/ops engine/graph"},
    {"engine/learn", "engine/core engine/tensor engine/ops engine/graph engine/nn"},
    {"engine/models", "engine/core engine/tensor engine/ops engine/graph engine/nn engine/learn"},
    {"engine/cpu", "engine/core engine/tensor engine/cpu/kernels"},
    {"engine/cpu/kernels", "engine/core engine/tensor engine/cpu"},  // one library by itself, headers only from outside
    {"engine/vulkan", "engine/core engine/tensor"},
    {"engine", "engine/core engine/tensor engine/cpu engine/vulkan"},  // backends.cpp, which alone names them
    {"datasets", "engine/core engine/tensor engine/ops engine/graph"},
    {"app/work", "engine/core"},
    {"app/ui", "engine/core app/work"},
    {"app/camera", "engine/core"},
    {"views",
     "engine engine/core engine/tensor engine/ops engine/graph engine/nn engine/models engine/learn "
     "datasets app/work app/ui app/camera"},
    {"app/shell",
     "engine engine/core engine/tensor engine/ops engine/graph engine/nn engine/learn datasets app/work app/ui "
     "app/camera views"},
    {"app/cli",
     "engine engine/core engine/tensor engine/ops engine/graph engine/nn engine/models engine/learn "
     "datasets app/work app/ui app/shell views"},
    {"app", "engine engine/core app/work app/ui app/shell app/cli views datasets"},
};

// The header prefixes of a third party, its target in CMake, and the path prefixes that may see it. A prefix that ends
// in "view.cpp" stands for that file of every exhibit.
struct Border {
  std::string_view target, headers, sources, linked_by;
};
constexpr Border kBorders[] = {
    {"imgui", "imgui backends/imgui", "app/ui/ app/shell/ view.cpp", "app/ui/ app/shell/ views/"},
    {"glfw", "GLFW/ GL/", "app/shell/ tests/shell/xvfb/", "app/shell/ tests/"},
    {"cli11", "CLI/", "app/cli/", "app/cli/"},
    {"json", "nlohmann/",
     "app/shell/ datasets/ assets/ engine/models/ tests/conformance/corpus "
     "tests/datasets/shared tests/views/heartbeats_session",
     "app/shell/ datasets/ engine/models/"},
    {"eigen", "Eigen/", "engine/cpu/ engine/learn/", "engine/cpu/ engine/learn/"},
    {"vulkan", "vulkan/ volk.h", "engine/vulkan/", "engine/vulkan/"},
    {"freetype", "ft2build.h freetype/ fontconfig/", "app/ui/fonts datasets/glyphs/", "app/ui/ datasets/"},
    {"opencv", "opencv2/", "app/camera/ datasets/images/codecs/ tests/datasets/small_pictures",
     "app/camera/ datasets/"},
    {"dbus", "dbus/", "app/shell/portal tests/shell/bus", "app/shell/ tests/"},
    {"x11", "X11/", "tests/shell/xvfb/", "tests/"},
    {"zlib", "zlib.h", "engine/core/zip", "engine/core/"},
    {"doctest", "doctest/", "tests/", "tests/"},
};

// System headers that are not of the C++ library. None of them opens a connection to another machine.
constexpr std::string_view kSystemHeaders =
    "dlfcn.h execinfo.h fcntl.h immintrin.h poll.h pthread.h sched.h signal.h spawn.h sys/file.h sys/mman.h "
    "sys/resource.h "
    "sys/stat.h "
    "sys/types.h sys/wait.h unistd.h";

const Room* room_of(std::string_view path) {
  const Room* best = nullptr;
  for (const Room& room : kRooms) {
    const bool inside = path == room.folder || (path.starts_with(room.folder) && path[room.folder.size()] == '/');
    if (inside && (best == nullptr || room.folder.size() > best->folder.size())) best = &room;
  }
  return best;
}

bool sees(const Room& from, const Room& to) {
  const auto seen = split(from.sees);
  return &from == &to || std::ranges::find(seen, to.folder) != seen.end();
}

// "playground" of "views/playground/session.h"; empty for what the views share.
std::string_view exhibit_of(std::string_view path) {
  if (!path.starts_with("views/")) return {};
  path.remove_prefix(6);
  const std::size_t slash = path.find('/');
  return slash == path.npos ? std::string_view{} : path.substr(0, slash);
}

const Border* border_of(std::string_view header) {
  const auto found =
      std::ranges::find_if(kBorders, [&](const Border& border) { return starts_with_any(header, border.headers); });
  return found == std::end(kBorders) ? nullptr : found;
}

bool may_cross(const Border& border, std::string_view path) {
  return starts_with_any(path, border.sources) ||
         (border.target == "imgui" && path.starts_with("views/") && path.ends_with("/view.cpp"));
}

std::string forbidden_own(std::string_view from, std::string_view header) {
  const Room* to = room_of(header);
  const Room* room = room_of(from);
  if (from.starts_with("tests/") || header.starts_with("tests/")) {
    return from.starts_with("tests/") ? "" : "only tests include tests";
  }
  if (room == nullptr) return "the file is in no room; add its folder to tests/architecture/rooms.cpp";
  if (to == nullptr) return "no room has the header " + std::string(header);
  if (!sees(*room, *to)) return std::string(room->folder) + " does not see " + std::string(to->folder);
  const std::string_view exhibit = exhibit_of(header);
  const bool registry = from == "views/registry.cpp" || !from.starts_with("views/");
  if (!exhibit.empty() && !registry && exhibit != exhibit_of(from)) return "a view never includes another view";
  return "";
}

std::string forbidden_foreign(std::string_view from, std::string_view header) {
  if (header.find_first_of("./") == header.npos) return "";  // the C++ library
  if (const Border* border = border_of(header)) {
    if (may_cross(*border, from)) return "";
    return std::string(border->target) + " is seen by " + std::string(border->sources) + " only";
  }
  const auto system = split(kSystemHeaders);
  if (std::ranges::find(system, header) != system.end() || from.starts_with("tests/")) return "";
  return "<" + std::string(header) + "> is neither a known third party nor a system header of the list in rooms.cpp";
}

struct Include {
  std::size_t at;  // of the header's name
  std::string_view header;
  bool own;  // in quotes
};

std::optional<Include> include_in(std::string_view line) {
  const auto skip = [&](std::size_t at) { return std::min(line.find_first_not_of(" \t", at), line.size()); };
  const std::size_t hash = skip(0);
  if (hash == line.size() || line[hash] != '#') return {};
  const std::size_t word = skip(hash + 1);
  if (!line.substr(word).starts_with("include")) return {};
  const std::size_t open = skip(word + 7);
  if (open == line.size() || (line[open] != '"' && line[open] != '<')) return {};
  const bool own = line[open] == '"';
  const std::size_t close = line.find(own ? '"' : '>', open + 1);
  if (close == line.npos) return {};
  return Include{open + 1, line.substr(open + 1, close - open - 1), own};
}

// One command of a CMakeLists.txt with its arguments: "vitrine_room" and {"core", "engine/core", ...}.
struct Command {
  std::size_t at;
  std::string_view name;
  std::vector<std::string_view> arguments;
};

std::vector<Command> commands_in(std::string_view text) {
  std::vector<Command> commands;
  for (std::size_t open = text.find('('); open != text.npos; open = text.find('(', open + 1)) {
    const std::size_t close = std::min(text.find_first_of("()", open + 1), text.size());
    const std::size_t before = text.find_last_of(" \t\n)", open);
    const std::size_t start = before == text.npos ? 0 : before + 1;
    commands.push_back(
        {start, text.substr(start, open - start), split(text.substr(open + 1, close - open - 1), " \t\n")});
  }
  return commands;
}

std::string without_comments(std::string text) {
  bool comment = false;
  for (char& c : text) {
    comment = c != '\n' && (comment || c == '#');
    if (comment) c = ' ';
  }
  return text;
}

// Who links whom, by the names of targets and the folders in which they live.
struct Links {
  struct Link {
    const SourceFile* file;
    std::size_t at;
    std::string from;  // a folder
    std::string to;    // a target
  };
  std::vector<Link> links;
  std::map<std::string, std::string, std::less<>> folders;  // of each target

  void read(const SourceFile& file) {
    constexpr std::string_view kName = "CMakeLists.txt";
    const std::string folder = file.path.substr(0, file.path.size() - std::min(file.path.size(), kName.size() + 1));
    const std::string text = without_comments(file.text);
    for (const Command& command : commands_in(text)) {
      if (command.arguments.empty()) continue;
      const bool room = command.name == "vitrine_room" && command.arguments.size() > 1;
      const std::string target = (room ? "vitrine_" : "") + std::string(command.arguments[0]);
      if (room) {
        folders[target] = command.arguments[1];
      } else if (command.name == "add_library" || command.name == "add_executable" ||
                 command.name == "vitrine_kernel_variant") {
        folders.try_emplace(target, folder);
      } else if (command.name != "target_link_libraries") {
        continue;
      }
      const auto known = folders.find(target);
      for (const std::string_view to : command.arguments) {
        if ((!to.starts_with("vitrine_") && !to.starts_with("third_party::")) || to == target ||
            to == "vitrine_flags") {
          continue;
        }
        links.push_back({&file, command.at, known == folders.end() ? folder : known->second, std::string(to)});
      }
    }
  }

  std::string why_not(const Link& link) const {
    if (link.to.starts_with("third_party::")) {
      const auto border = std::ranges::find(kBorders, link.to.substr(13), &Border::target);
      const bool known = border != std::end(kBorders);
      return known && starts_with_any(link.from + "/", border->linked_by) ? ""
                                                                          : link.from + " does not link " + link.to;
    }
    const auto to = folders.find(link.to);
    if (to == folders.end()) return "no CMakeLists.txt declares " + link.to;
    return forbidden_own(link.from + "/CMakeLists.txt", to->second);
  }
};

}  // namespace

Findings forbidden_includes(const SourceFile& file) {
  Findings findings;
  if (!is_cpp(file)) return findings;
  for (std::size_t start = 0; start < file.text.size();) {
    const std::size_t end = std::min(file.text.find('\n', start), file.text.size());
    if (const auto include = include_in(std::string_view(file.text).substr(start, end - start))) {
      const std::string why =
          include->own ? forbidden_own(file.path, include->header) : forbidden_foreign(file.path, include->header);
      if (!why.empty()) findings.push_back(finding(file, start + include->at, why));
    }
    start = end + 1;
  }
  return findings;
}

Findings forbidden_links(const std::vector<SourceFile>& files) {
  Links links;
  for (const SourceFile& file : files) {
    if (file.path.ends_with("CMakeLists.txt") && !file.path.starts_with("tests/")) links.read(file);
  }
  Findings findings;
  for (const Links::Link& link : links.links) {
    const std::string why = links.why_not(link);
    if (!why.empty()) findings.push_back(finding(*link.file, link.at, why));
  }
  return findings;
}

Findings unfenced_headers(const SourceFile& file) {
  Findings findings;
  if (!is_cpp(file)) return findings;
  if (!file.text.starts_with("// ")) findings.push_back(finding(file, 0, "the first line says no purpose"));
  if (file.path.ends_with(".h") && file.text.find("\n#pragma once\n") == file.text.npos) {
    findings.push_back(finding(file, 0, "the header has no #pragma once"));
  }
  return findings;
}

}  // namespace vitrine::architecture
