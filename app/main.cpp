// Where Vitrine starts: everything else is told what it needs to know, the environment included.
#include <cstdlib>

#include "app/cli/commands.h"

int main(int count, char** arguments) {
  return vitrine::cli::run(count, arguments, [](const char* name) { return std::getenv(name); });
}
