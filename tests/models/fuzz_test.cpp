// Topologies with a few bytes changed: each is a model or an error that says what is wrong, and nothing else.
#include <doctest/doctest.h>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/models/json.h"
#include "engine/models/topology.h"
#include "tests/models/mutated.h"
#include "tests/support/counts.h"

namespace vitrine::models {
namespace {

constexpr std::string_view kSeeds[] = {
    R"({"class_name":"Sequential","config":{"name":"net","layers":[{"class_name":"Conv2D","config":{"filters":3,"kernel_size":[3,3],"strides":[2,1],"padding":"same","dilation_rate":[1,1],"activation":"relu6","use_bias":true,"kernel_initializer":{"class_name":"VarianceScaling","config":{"scale":1,"mode":"fan_avg","distribution":"normal","seed":null}},"kernel_constraint":{"class_name":"MaxNorm","config":{"max_value":2}},"name":"c","batch_input_shape":[null,8,9,2]}},{"class_name":"Conv2DTranspose","config":{"filters":2,"kernel_size":[2,2],"strides":[2,2],"name":"t"}},{"class_name":"UpSampling2D","config":{"size":[2,2],"interpolation":"bilinear"}},{"class_name":"BatchNormalization","config":{"axis":-1,"momentum":0.99,"epsilon":0.001}},{"class_name":"Flatten","config":{}},{"class_name":"Dense","config":{"units":4,"activation":"softmax"}}]},"keras_version":"tfjs-layers 4.22.0"})",
    R"({"class_name":"Model","config":{"name":"n","layers":[{"name":"x","class_name":"InputLayer","config":{"batch_input_shape":[null,4,3]},"inbound_nodes":[]},{"name":"l","class_name":"Bidirectional","config":{"merge_mode":"concat","layer":{"class_name":"LSTM","config":{"units":2,"return_sequences":true}}},"inbound_nodes":[[["x",0,0,{}]]]},{"name":"d","class_name":"TimeDistributed","config":{"layer":{"class_name":"Dense","config":{"units":3}}},"inbound_nodes":[[["l",0,0,{}]]]},{"name":"a","class_name":"Add","config":{},"inbound_nodes":[[["x",0,0,{}],["d",0,0,{}]]]},{"name":"r","class_name":"RNN","config":{"cell":{"class_name":"StackedRNNCells","config":{"cells":[{"class_name":"GRUCell","config":{"units":2}},{"class_name":"SimpleRNNCell","config":{"units":3}}]}}},"inbound_nodes":[[["a",0,0,{}]]]}],"input_layers":[["x",0,0]],"output_layers":[["r",0,0]]}})",
};

TEST_CASE("a topology with changed bytes is a model or an error") {
  int models = 0, errors = 0;
  for (int i = 0; i < testing::count(600, 100'000); ++i) {
    random::Draw draw(17, 0, static_cast<std::uint64_t>(i));
    const std::string text = mutated(std::string(kSeeds[static_cast<std::size_t>(i) % 2]), draw);
    try {
      model_of(parse_json("model.json", text));
      ++models;
    } catch (const Error& error) {
      ++errors;
      CHECK(!error.complaint().subject.empty());
    }
  }
  CHECK(models > 0);
  CHECK(errors > 0);
}

}  // namespace
}  // namespace vitrine::models
