// Includes and links follow the table of rooms, and the rules that say so can fail.
#include "tests/architecture/rooms.h"

#include <doctest/doctest.h>

namespace vitrine::architecture {
namespace {

Findings included(const char* path, const char* line) {
  return forbidden_includes(source_file(path, std::string("// A file.\n") + line + "\n"));
}

TEST_CASE("every file includes only what is below it") {
  for (const SourceFile& file : repository()) {
    const Findings findings = forbidden_includes(file);
    CHECK_MESSAGE(findings.empty(), joined(findings));
  }
}

TEST_CASE("rooms link only what is below them") {
  const Findings findings = forbidden_links(repository());
  CHECK_MESSAGE(findings.empty(), joined(findings));
}

TEST_CASE("every header is fenced and every file says its purpose first") {
  for (const SourceFile& file : repository()) {
    const Findings findings = unfenced_headers(file);
    CHECK_MESSAGE(findings.empty(), joined(findings));
  }
}

TEST_CASE("the repository is found") {
  const std::vector<SourceFile> files = repository();
  const auto has = [&](const char* path) {
    for (const SourceFile& file : files) {
      if (file.path == path) return true;
    }
    return false;
  };
  for (const char* path :
       {"run", ".ci/run", "CMakeLists.txt", "engine/core/error.h", "views/registry.cpp", "README.md"}) {
    CHECK_MESSAGE(has(path), path);
  }
}

TEST_CASE("an include upwards or sideways is found") {
  CHECK(included("engine/core/x.cpp", "#include \"engine/tensor/tensor.h\"").size() == 1);
  CHECK(included("engine/graph/x.cpp", "#include \"engine/cpu/backend.h\"").size() == 1);
  CHECK(included("app/work/x.h", "#include \"engine/tensor/tensor.h\"").size() == 1);
  CHECK(included("app/ui/x.h", "#include \"views/exhibit.h\"").size() == 1);
  CHECK(included("datasets/x/x.cpp", "  #  include \"app/work/value.h\"").size() == 1);
  CHECK(included("views/neuron/view.cpp", "#include \"views/playground/session.h\"").size() == 1);
  CHECK(included("engine/core/x.h", "#include \"tests/support/reference.h\"").size() == 1);
  CHECK(included("app/ui/x.h", "#include \"x.h\"").size() == 1);  // paths start at the root
  CHECK(included("cellar/x.h", "#include \"engine/core/error.h\"").size() == 1);
}

TEST_CASE("an include downwards is allowed") {
  CHECK(included("engine/graph/x.cpp", "#include \"engine/ops/linear.h\"").empty());
  CHECK(included("views/neuron/view.cpp", "#include \"views/neuron/session.h\"").empty());
  CHECK(included("views/neuron/view.cpp", "#include \"views/exhibit.h\"").empty());
  CHECK(included("views/registry.cpp", "#include \"views/neuron/session.h\"").empty());
  CHECK(included("engine/backends.cpp", "#include \"engine/cpu/backend.h\"").empty());
  CHECK(included("engine/core/x.cpp", "// #include \"app/ui/ui.h\"").empty());
  CHECK(included("engine/core/x.cpp", "#include <unistd.h>\n#include <vector>").empty());
}

TEST_CASE("a third party outside its border is found") {
  CHECK(included("views/neuron/session.cpp", "#include <imgui.h>").size() == 1);
  CHECK(included("app/ui/draw.cpp", "#include <GLFW/glfw3.h>").size() == 1);
  CHECK(included("engine/tensor/x.cpp", "#include <Eigen/Core>").size() == 1);
  CHECK(included("app/ui/png.cpp", "#include <zlib.h>").size() == 1);
  CHECK(included("app/ui/x.cpp", "#include <nlohmann/json.hpp>").size() == 1);
  CHECK(included("engine/cpu/x.cpp", "#include <volk.h>").size() == 1);
  CHECK(included("app/shell/x.cpp", "#include <sys/socket.h>").size() == 1);
  CHECK(included("app/shell/x.cpp", "#include <unheard/of.h>").size() == 1);
  CHECK(included("views/neuron/view.cpp", "#include <imgui.h>").empty());
  CHECK(included("engine/vulkan/x.cpp", "#include <volk.h>").empty());
}

Findings linked(const char* path, const char* text) {
  return forbidden_links({source_file("engine/CMakeLists.txt",
                                      "vitrine_room(core engine/core BORDERS third_party::zlib)\n"
                                      "vitrine_room(graph engine/graph LINKS vitrine_core)\n"),
                          source_file(path, text)});
}

TEST_CASE("a link upwards or across a border is found") {
  CHECK(linked("views/CMakeLists.txt", "vitrine_room(work app/work LINKS\n  vitrine_core vitrine_graph)").size() == 1);
  CHECK(linked("app/CMakeLists.txt", "vitrine_room(ui app/ui LINKS vitrine_core BORDERS third_party::json)").size() ==
        1);
  CHECK(linked("app/CMakeLists.txt", "target_link_libraries(vitrine_core PUBLIC vitrine_graph)").size() == 1);
  CHECK(linked("app/CMakeLists.txt", "vitrine_room(work app/work LINKS vitrine_nowhere)").size() == 1);
  CHECK(linked("views/CMakeLists.txt", "vitrine_room(views views RECURSE LINKS vitrine_graph)").empty());
  CHECK(linked("app/CMakeLists.txt", "# vitrine_room(work app/work LINKS vitrine_graph)").empty());
}

TEST_CASE("an open header and a file without purpose are found") {
  CHECK(unfenced_headers(source_file("engine/core/x.h", "// A noun.\nint f();\n")).size() == 1);
  CHECK(unfenced_headers(source_file("engine/core/x.cpp", "int f();\n")).size() == 1);
  CHECK(unfenced_headers(source_file("engine/core/x.h", "// A noun.\n#pragma once\nint f();\n")).empty());
}

}  // namespace
}  // namespace vitrine::architecture
