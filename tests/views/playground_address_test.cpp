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

// The figures come from a replay of the published rule in double precision, written apart from this code.
TEST_CASE("addresses of every unusual kind give the published points and losses") {
  struct Golden {
    const char* address;
    double x, y, label;
    float losses[6];  // of the training and test rows at epochs 0, 1 and 10
  };
  for (const Golden& golden : {
           Golden{"#x=false&y=false&seed=0.4&hideText=true",
                  2.294661,
                  -3.723389,
                  -1,
                  {.526065f, .508275f, .502889f, .498867f, .498852f, .503199f}},
           {"#dataset=xor&x=false&y=false&xTimesY=true&networkShape=&seed=0.4&play_hide=true",
            1.124545,
            -1.179023,
            -1,
            {.196495f, .217272f, .045948f, .049089f, .016831f, .016298f}},
           {"#problem=regression&regDataset=reg-plane&seed=0.77&percTrainData=90&discretize=true",
            -2.439985,
            .122621,
            -.231736,
            {.210715f, .216114f, .047500f, .046416f, .005193f, .005522f}},
           {"#dataset=spiral&noise=50&batchSize=30&seed=0.3&networkShape=8,8,8,8,8,8&tutorial=none",
            3.542984,
            -1.131614,
            1,
            {.509379f, .501739f, .499759f, .494456f, .476386f, .481770f}},
           {"#regularization=L1&regularizationRate=10&seed=0.2",
            -1.144681,
            -.080349,
            1,
            {.498968f, .506209f, .497568f, .510508f, .497436f, .508886f}},
           {"#regularization=L1&regularizationRate=0.1&seed=0.61&dataset=gauss&activation=relu",
            2.509692,
            2.891188,
            1,
            {.536216f, .534361f, .502833f, .502089f, .500013f, .500292f}},
           {"#seed=0.4&initZero=true&activation=relu",
            2.294661,
            -3.723389,
            -1,
            {.5f, .5f, .499123f, .501479f, .498850f, .503279f}},
           {"#noise=99&seed=0.1&dataset=gauss&networkShape=20,20",
            -1.886909,
            -2.153517,
            -1,
            {.898504f, .893311f, .157634f, .110614f, .144084f, .094165f}},
           {"#activation=linear&cosX=true&sinX=true&y_hide=true&seed=0.9",
            3.568704,
            1.002850,
            -1,
            {.508512f, .505310f, .503116f, .501458f, .495652f, .498755f}},
           {"#problem=regression&regDataset=reg-gauss&seed=0.12345&batchSize=7&percTrainData=33",
            4.247774,
            1.455119,
            .463072,
            {.051247f, .055075f, .043949f, .046420f, .038036f, .039823f}},
           {"#regularization=L2&regularizationRate=0.3&seed=0.21&dataset=xor&noise=25&activation=sigmoid&batchSize=13",
            4.075100,
            -1.153703,
            -1,
            {.584634f, .568320f, .512904f, .508099f, .497575f, .500148f}},
           {"#noise=-5&seed=0.1&dataset=gauss&percTrainData=10",
            -1.960016,
            -2.054276,
            -1,
            {.510159f, .499866f, .438671f, .436873f, .088996f, .093789f}},
           {"#seed=0.67038&dataset=circle&noise=50&regularization=L1&regularizationRate=0.03&"
            "ySquared=true&networkShape=6,8,2",
            -.925471,
            .611205,
            -1,
            {.529771f, .526634f, .468042f, .457207f, .453477f, .445530f}},
           {"#problem=regression&regDataset=reg-plane&seed=0.42845&y=false&xSquared=true&sinX=true&"
            "batchSize=21&regularization=L1&regularizationRate=0.01&networkShape=4,4,2",
            3.918452,
            -5.042792,
            -.112434,
            {.114880f, .119944f, .113248f, .117151f, .110360f, .113250f}},
           {"#dataset=xor&seed=0.14927&activation=tanh&sinX=true&percTrainData=10&batchSize=22&"
            "regularization=L1&regularizationRate=0.001&networkShape=8,1,4,7,2",
            2.261102,
            .750506,
            1,
            {.519346f, .509578f, .515628f, .507447f, .496946f, .499595f}},
           {"#dataset=gauss&seed=0.71266&noise=50&y=false&percTrainData=10&batchSize=29&"
            "networkShape=5,7,6,4,6,1",
            -.281279,
            -1.018177,
            -1,
            {.500753f, .500912f, .500364f, .500524f, .498216f, .498375f}},
           {"#problem=regression&regDataset=reg-gauss&seed=0.35898&noise=45&percTrainData=80&"
            "batchSize=20&regularization=L2&regularizationRate=10&activation=linear&xTimesY=true&networkShape=8,2,2",
            1.397622,
            5.388234,
            .000000,
            {.155860f, .176466f, .042615f, .040820f, .042450f, .040297f}},
           {"#dataset=spiral&seed=0.58299&x=false&noise=10&percTrainData=80&batchSize=20&"
            "activation=relu&regularization=L1&regularizationRate=1",
            -4.121538,
            -2.329465,
            1,
            {.507352f, .483337f, .499931f, .519830f, .498989f, .508770f}},
           {"#dataset=xor&seed=0.46280&learningRate=0.1&activation=sigmoid&xSquared=true&"
            "networkShape=4,1,3",
            -3.104464,
            1.918061,
            -1,
            {.517341f, .563446f, .508347f, .492740f, .508537f, .492640f}},
           {"#problem=regression&regDataset=reg-plane&seed=0.02517&x=true&noise=10&percTrainData=90&"
            "batchSize=20&activation=sigmoid&ySquared=true&networkShape=2,8,2,8",
            1.870573,
            -5.183369,
            -.298974,
            {.180518f, .231163f, .117433f, .130210f, .117397f, .129995f}},
       }) {
    CAPTURE(golden.address);
    Bench bench;
    bench.tell(Set{"data.address", std::string(golden.address)});
    const datasets::PlanePoint& first = bench.session().points().all.front();
    CHECK(std::fabs(first.x - golden.x) < 1e-6);
    CHECK(std::fabs(first.y - golden.y) < 1e-6);
    CHECK(std::fabs(first.label - golden.label) < 1e-6);
    for (const std::size_t at : {0u, 2u, 4u}) {
      if (at > 0) bench.tell(Step{at == 2 ? 1 : 9});
      const std::vector<float> losses = bench.losses();
      CHECK(std::fabs(losses[0] - golden.losses[at]) < 2e-6f);
      CHECK(std::fabs(losses[1] - golden.losses[at + 1]) < 2e-6f);
    }
  }
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
  bench.tell(Set{"data.address", std::string("#dataset=xor&x=&batchSize=&activation=&seed=")});
  CHECK((settings_of(bench).x1 && settings_of(bench).batch == 10 && settings_of(bench).activation == "tanh"));
  CHECK(settings_of(bench).seed == "0.3");
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
