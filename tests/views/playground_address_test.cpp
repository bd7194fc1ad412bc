// Addresses of the published playground, taken in and given out.
#include <cmath>

#include "tests/views/playground_bench.h"
#include "views/playground/address.h"

namespace vitrine::views::playground {
namespace {

constexpr const char* kWhole =
    "https://example.org/#activation=relu&regularization=L2&batchSize=7&dataset=xor&regDataset=reg-plane"
    "&learningRate=0.1&regularizationRate=0.003&noise=15&networkShape=3,5&seed=0.50000&showTestData=true"
    "&discretize=false&percTrainData=70&x=true&y=false&xTimesY=true&xSquared=true&ySquared=false&cosX=false"
    "&sinX=false&cosY=false&sinY=true&collectStats=false&problem=classification&initZero=false&hideText=false";

const Settings& settings_of(Bench& bench) {
  return *static_cast<const Settings*>(bench.session().settings());
}

TEST_CASE("an address sets all it speaks of, and seeds keep their zeros") {
  Bench bench;
  bench.tell(Set{"data.address", std::string(kWhole)});
  const Settings& s = settings_of(bench);
  CHECK(s.address.empty());
  CHECK(s.seed == "0.50000");
  CHECK(s.activation == "relu");
  CHECK(s.penalty == Penalty::l2);
  CHECK(s.penalty_rate == 0.003);
  CHECK(s.batch == 7);
  CHECK(s.set == "xor");
  CHECK(s.noise == 15);
  CHECK(s.share == 70);
  CHECK(s.layers.size() == 2);
  CHECK(s.layers[1].units == 5);
  CHECK(s.test);
  CHECK((s.x1 && !s.x2 && s.product && s.x1_squared && !s.x2_squared && !s.sine_x1 && s.sine_x2));
  const Hash hash = work::state_hash(bench.session());
  Bench other;
  other.tell(Set{"data.address", address_of(s)});
  CHECK(work::state_hash(other.session()) == hash);
}

TEST_CASE("what an address leaves out is as the published playground opens") {
  Bench bench, fresh;
  for (const char* path : {"features.product", "view.test"}) bench.set(path, "true");
  bench.set("learning.optimiser", "Adam");
  bench.set("data.noise", "40");
  bench.set("network.layers", "[{units:7}]");
  bench.tell(Set{"data.address", std::string("#seed=0.12345&dataset=circle")});
  fresh.set("learning.penalty_rate", "0");
  CHECK(work::state_hash(bench.session()) == work::state_hash(fresh.session()));
  CHECK(std::fabs(bench.losses()[0] - .501581f) < 1e-4f);
}

TEST_CASE("zero weights at first, noise beyond its slider, and words without meaning") {
  Bench bench;
  bench.tell(
      Set{"data.address", std::string("#initZero=true&noise=70&seed=0.3&networkShape=&dataset=gauss&tutorial=x")});
  for (const float w : bench.session().weights(1)) CHECK(w == 0);
  CHECK(bench.look()->biases[0][0] == 0);
  CHECK(settings_of(bench).noise == 70);
  CHECK(settings_of(bench).layers.empty());
  bench.tell(Set{"data.address", std::string("#noise=95&seed=0.3&dataset=gauss")});
  CHECK(settings_of(bench).noise == 50);
  bench.tell(Set{"data.address", std::string("#noise=-5&seed=0.3&problem=regression&regDataset=reg-gauss")});
  CHECK(settings_of(bench).noise == 0);
  CHECK(settings_of(bench).set == "reg-gauss");
}

TEST_CASE("text that is no address, or asks for what cannot be, changes nothing") {
  Bench bench;
  bench.tell(Step{3});
  const Hash before = work::state_hash(bench.session());
  for (const char* text :
       {"hello", "#a=b", "#seed=1&dataset=sphere", "#seed=1&networkShape=4,x", "#dataset=xor&batchSize=many"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(bench.tell(Set{"data.address", std::string(text)}), UsageError);
    CHECK(work::state_hash(bench.session()) == before);
  }
}

TEST_CASE("what the published playground lacks has no address") {
  Bench bench;
  CHECK(!address_of(settings_of(bench)).empty());
  for (const auto& [path, value] : {std::pair{"learning.optimiser", "Adam"},
                                    {"data.set", "moons"},
                                    {"learning.loss", "huber"},
                                    {"learning.activation", "gelu"}}) {
    Bench changed;
    changed.set(path, value);
    CHECK(address_of(settings_of(changed)).empty());
    CHECK(why_no_address(settings_of(changed)).starts_with("The published playground does not know "));
  }
}

TEST_CASE("a network of nine units has no address, one of eight has") {
  Bench bench;
  bench.set("network.layers", "[{units:8}]");
  CHECK(why_no_address(settings_of(bench)) == "");
  bench.set("network.layers", "[{units:9}]");
  CHECK(why_no_address(settings_of(bench)) == "The published playground does not know a network as large.");
}

}  // namespace
}  // namespace vitrine::views::playground
