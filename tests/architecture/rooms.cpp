// The house as a table: who may include and link whom, and behind which border each third party lives.
#include "tests/architecture/rooms.h"

#include <algorithm>
#include <map>
#include <regex>

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
    {"engine/models", "engine/core engine/tensor engine/ops engine/graph engine/nn"},
    {"engine/learn", "engine/core engine/tensor engine/ops engine/graph engine/nn"},
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
    {"app/shell", "engine engine/core engine/tensor engine/ops engine/graph datasets app/work app/ui app/camera views"},
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
    {"glfw", "GLFW/ GL/", "app/shell/", "app/shell/"},
    {"cli11", "CLI/", "app/cli/", "app/cli/"},
    {"json", "nlohmann/", "app/shell/ datasets/ assets/ engine/models/", "app/shell/ datasets/ engine/models/"},
    {"eigen", "Eigen/", "engine/cpu/ engine/learn/", "engine/cpu/ engine/learn/"},
    {"vulkan", "vulkan/ volk.h", "engine/vulkan/", "engine/vulkan/"},
    {"freetype", "ft2build.h freetype/ fontconfig/", "app/ui/fonts datasets/glyphs/", "app/ui/ datasets/"},
    {"zlib", "zlib.h", "engine/core/zip", "engine/core/"},
    {"doctest", "doctest/", "tests/", "tests/"},
};

// System headers that are not of the C++ library. None of them opens a connection to another machine.
constexpr std::string_view kSystemHeaders =
    "dlfcn.h fcntl.h immintrin.h poll.h pthread.h sched.h signal.h sys/file.h sys/mman.h sys/resource.h sys/stat.h "
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

}  // namespace

Findings forbidden_includes(const SourceFile& file) {
  Findings findings;
  if (!is_cpp(file)) return findings;
  static const std::regex kInclude(R"re((?:^|\n)[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"])re");
  for (std::sregex_iterator at(file.text.begin(), file.text.end(), kInclude), end; at != end; ++at) {
    const std::string header = (*at)[2];
    const std::string why = (*at)[1] == "<" ? forbidden_foreign(file.path, header) : forbidden_own(file.path, header);
    if (!why.empty()) findings.push_back(finding(file, static_cast<std::size_t>(at->position(2)), why));
  }
  return findings;
}

Findings forbidden_links(const std::vector<SourceFile>& files) {
  static const std::regex kCommand(R"re((\w+)[ \t]*\(([^()]*)\))re");
  static const std::regex kComment(R"re(#[^\n]*)re");
  struct Link {
    const SourceFile* file;
    std::size_t at;
    std::string from_folder, to;
  };
  std::vector<Link> links;
  std::map<std::string, std::string, std::less<>> folders;  // of each target
  for (const SourceFile& file : files) {
    if (!file.path.ends_with("CMakeLists.txt") || file.path.starts_with("tests/")) continue;
    const std::string folder =
        file.path.substr(0, file.path.size() - std::min(file.path.size(), sizeof "/CMakeLists.txt" - 1));
    std::string text = file.text;
    for (std::smatch comment; std::regex_search(text, comment, kComment);) {
      text.replace(static_cast<std::size_t>(comment.position()), static_cast<std::size_t>(comment.length()),
                   std::string(static_cast<std::size_t>(comment.length()), ' '));
    }
    for (std::sregex_iterator at(text.begin(), text.end(), kCommand), end; at != end; ++at) {
      const std::string command = (*at)[1], arguments = (*at)[2];
      const auto parts = split(arguments, " \t\n");
      if (parts.empty()) continue;
      const bool room = command == "vitrine_room";
      const std::string target = (room ? "vitrine_" : "") + std::string(parts[0]);
      if (room && parts.size() > 1) {
        folders[target] = parts[1];
      } else if (command == "add_library" || command == "add_executable" || command == "vitrine_kernel_variant") {
        folders.try_emplace(target, folder);
      } else if (command != "target_link_libraries") {
        continue;
      }
      const auto known = folders.find(target);
      for (const std::string_view part : parts) {
        const bool named = part.starts_with("vitrine_") || part.starts_with("third_party::");
        if (!named || part == target || part == "vitrine_flags") continue;
        links.push_back({&file, static_cast<std::size_t>(at->position()),
                         known == folders.end() ? folder : known->second, std::string(part)});
      }
    }
  }
  Findings findings;
  for (const Link& link : links) {
    std::string why;
    if (link.to.starts_with("third_party::")) {
      const auto border = std::ranges::find(kBorders, link.to.substr(13), &Border::target);
      const bool known = border != std::end(kBorders);
      if (!known || !starts_with_any(link.from_folder + "/", border->linked_by)) {
        why = link.from_folder + " does not link " + link.to;
      }
    } else if (const auto to = folders.find(link.to); to == folders.end()) {
      why = "no CMakeLists.txt declares " + link.to;
    } else {
      why = forbidden_own(link.from_folder + "/CMakeLists.txt", to->second);
    }
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
