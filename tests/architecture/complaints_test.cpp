// No error that a person meets leaves out what happened or what to do.
#include "tests/architecture/complaints.h"

#include <doctest/doctest.h>

namespace vitrine::architecture {
namespace {

std::size_t incomplete(const char* code) {
  return incomplete_complaints(source_file("engine/core/x.cpp", code)).size();
}

TEST_CASE("every complaint in the sources has all its parts") {
  for (const SourceFile& file : repository()) {
    const Findings findings = incomplete_complaints(file);
    CHECK_MESSAGE(findings.empty(), joined(findings));
  }
}

TEST_CASE("a complaint with a missing or an empty part is found") {
  CHECK(incomplete("throw FileError({path, \"is gone, again\", \"a file\", f(a, b), \"Look.\"});") == 0);
  CHECK(incomplete("throw FileError({path, \"is gone\", \"\", why, \"Look.\"});") == 1);
  CHECK(incomplete("throw FileError({path, \"is gone\", \"a file\", \"Look.\"});") == 1);
  CHECK(incomplete("throw FileError(\n    {path, \"is gone\", \"\",\n     \"\", \"Look.\"});") == 2);
  CHECK(incomplete("struct FileError : Error { using Error::Error; }; catch (const FileError& error) {}") == 0);
}

}  // namespace
}  // namespace vitrine::architecture
