// What the command line says about itself, and to what it cannot do.
#include <doctest/doctest.h>

#include "tests/cli/program.h"

namespace {

void refused(const std::vector<std::string>& arguments, const std::string& said, int code = 2) {
  const Outcome outcome = run(arguments);
  INFO(outcome.err);
  CHECK(outcome.code == code);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.starts_with("vitrine: "));
  CHECK(outcome.err.find(said) != std::string::npos);
  CHECK(lines(outcome.err).size() == 1);
}

}  // namespace

TEST_CASE("help and version go to stdout") {
  const Outcome help = run({"--help"});
  CHECK(help.code == 0);
  CHECK(help.err.empty());
  for (const char* word : {"devices", "train", "bench", "screenshot", "--seed", "--json", "130"}) {
    CHECK(help.out.find(word) != std::string::npos);
  }
  CHECK(run({"train", "playground", "--help"}).out.find("--address") != std::string::npos);
  CHECK(run({"train", "neuron", "--help"}).out.find("--address") == std::string::npos);
  const Outcome version = run({"--version"});
  CHECK(version.code == 0);
  CHECK(version.out.starts_with("vitrine 0."));
}

TEST_CASE("what is misspelt gets a hint") {
  refused({"--jsno", "devices"}, "Did you mean --json?");
  refused({"train", "neuron", "--epoch", "3"}, "Did you mean --epochs?");
  refused({"devcies"}, "Did you mean devices?");
  refused({"train", "playgroud"}, "Did you mean playground?");
  refused({"bench", "playground-epohc"}, "Did you mean playground-epoch?");
  refused({"train", "neuron", "--epochs", "1", "--set", "learning.rat=1"}, "Did you mean learning.rate?");
  refused({"train", "playground", "--epochs", "1", "--set", "learning.activation=tan"}, "Did you mean tanh?");
}

TEST_CASE("what is missing or no number is named") {
  refused({"train"}, "neuron, playground or heartbeats");
  refused({"train", "neuron"}, "--epochs");
  refused({"train", "neuron", "--epochs"}, "--epochs");
  refused({"train", "neuron", "--epochs", "many"}, "many");
  refused({"train", "neuron", "--epochs", "-1"}, "-1");
  refused({"train", "neuron", "--epochs", "5", "--at", "1,,2"}, "--at");
  refused({"train", "neuron", "--epochs", "5", "--at", "6"}, "0 to 5");
  refused({"train", "neuron", "--epochs", "5", "--set", "rate"}, "path=value");
  refused({"train", "neuron", "--epochs", "5", "--set", "learning.rate=7"}, "0.0001 to 1");
  refused({"train", "neuron", "--epochs", "5", "--seed", "-3"}, "--seed");
  refused({"train", "neuron", "--epochs", "5", "--threads", "0"}, "--threads");
  refused({"train", "playground", "--epochs", "5", "--address", "#dataset=sphere"}, "sphere");
  refused({"bench"}, "bench --list");
  refused({"bench", "playground-epoch:2-x-1"}, "2-4-2-1");
  refused({"bench", "autoencoder:b1"}, "b512, b32 or infer500");
  refused({"bench", "playground-epoch", "--seconds", "-1"}, "--seconds");
  refused({"bench", "shell", "--minutes", "601"}, "0 to 600");
  refused({"bench", "shell", "--minutes", "0,5"}, "--minutes");
  refused({"predict"}, "a model: is missing");
  refused({"predict", "net"}, "--input: is missing");
  refused({"convert", "net"}, "a folder: is missing");
  refused({"train", "heartbeats", "--test", "beats.csv"}, "--train: is missing");
  refused({"devices", "--seed", "1", "--seed", "2"}, "--seed");
  refused({"screenshot"}, "--list-exhibits");
  refused({"screenshot", "gallery"}, "PNG");
  refused({"screenshot", "gallery", "a.png", "--size", "90"}, "1600x1000");
  refused({"devices", "twice"}, "twice");
}

TEST_CASE("a device that is not there has its own exit code") {
  refused({"train", "neuron", "--epochs", "1", "--device", "abacus"}, "abacus", 5);
}

TEST_CASE("a file that cannot be read has its own exit code") {
  refused({"screenshot", "neuron", "out.png", "--open", "/dev/null/absent.vitrine"}, "absent.vitrine", 4);
}

TEST_CASE("without a display the window says so and how else to look") {
  const Outcome outcome = run({}, {"DISPLAY=", "WAYLAND_DISPLAY="});
  INFO(outcome.err);
  CHECK(outcome.code == 3);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.find("isplay") != std::string::npos);
}
