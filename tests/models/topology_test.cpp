// Reading topologies: both generations of Keras, nesting, sharing; and what is said of one that is wrong.
#include "engine/models/topology.h"

#include <doctest/doctest.h>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/models/json.h"
#include "engine/nn/summary.h"
#include "engine/nn/weights.h"
#include "tests/support/said.h"

namespace vitrine::models {
namespace {

using testing::says;

nn::Model read(std::string_view text) {
  return model_of(parse_json("model.json", text));
}

std::string error_of(std::string_view text) {
  return testing::said_by([&] { read(text); });
}

std::string dense(std::string_view name, std::string_view more = "") {
  return R"({"class_name":"Dense","config":{"name":")" + std::string(name) + R"(","units":3)" + std::string(more) +
         "}}";
}
std::string sequential(std::string_view name, const std::string& layers) {
  return R"({"class_name":"Sequential","config":{"name":")" + std::string(name) + R"(","layers":[)" + layers + "]}}";
}
std::string called(std::string_view name, std::string_view kind, std::string_view config, std::string_view nodes) {
  return R"({"name":")" + std::string(name) + R"(","class_name":")" + std::string(kind) + R"(","config":)" +
         std::string(config) + R"(,"inbound_nodes":)" + std::string(nodes) + "}";
}
std::string functional(const std::string& layers, std::string_view inputs, std::string_view outputs) {
  return R"({"class_name":"Model","config":{"name":"net","layers":[)" + layers + R"(],"input_layers":)" +
         std::string(inputs) + R"(,"output_layers":)" + std::string(outputs) + "}}";
}
const std::string kInput = called("x", "InputLayer", R"({"batch_input_shape":[null,4],"dtype":"float32"})", "[]");
const std::string kInputShape = R"(,"batch_input_shape":[null,4])";

TEST_CASE("a sequential model is read with models in it that do not say their input") {
  const nn::Model model =
      read(sequential("net", dense("a", kInputShape) + "," + sequential("inner", dense("b") + "," + dense("c"))));
  CHECK(model.outputs()[0] == nn::Form{{nn::kUnknown, 3}});
  const auto backend = open_device("cpu");
  const nn::Weights weights(*backend, model, 1);
  CHECK(weights.entries()[2].name == "b/kernel");
  CHECK(weights.parameters() == 15 + 12 + 12);
}

TEST_CASE("calls of a model in a model count from 0 as TensorFlow.js does, or from 1 as Keras does") {
  const std::string inner =
      R"({"name":"inner","layers":[{"class_name":"Dense","config":{"name":"d","units":4,"batch_input_shape":[null,4]}}]})";
  const auto twice = [&](std::string_view first, std::string_view second) {
    const auto node = [](std::string_view number) { return R"([["inner",)" + std::string(number) + ",0,{}]]"; };
    const std::string called_inner = called("inner", "Sequential", inner, R"([[["x",0,0,{}]],)" + node(first) + "]");
    return read(functional(
        kInput + "," + called_inner + "," +
            called("sum", "Add", "{}",
                   "[[[\"inner\"," + std::string(first) + ",0,{}],[\"inner\"," + std::string(second) + ",0,{}]]]"),
        R"([["x",0,0]])", R"([["sum",0,0]])"));
  };
  for (const nn::Model& model : {twice("0", "1"), twice("1", "2")}) {
    CHECK(model.wiring().nodes.size() == 4);
    CHECK(&model.wiring().nodes[2]->inputs[0].node() == model.wiring().nodes[1].get());
  }
  CHECK(says(error_of(functional(kInput + "," + called("inner", "Sequential", inner, R"([[["x",0,0,{}]]])"),
                                 R"([["x",0,0]])", R"([["inner",2,0]])")),
             "names an answer that there is not"));
}

TEST_CASE("a layer that two places share is read as one") {
  const nn::Model model = read(functional(
      kInput + "," +
          called("twice", "Dense", R"({"name":"twice","units":4})", R"([[["x",0,0,{}]],[["twice",0,0,{}]]])"),
      R"([["x",0,0]])", R"([["twice",1,0]])"));
  const auto backend = open_device("cpu");
  CHECK(nn::Weights(*backend, model, 1).entries().size() == 2);
  CHECK(model.wiring().nodes.size() == 3);
}

TEST_CASE("a later layer may stand before those it needs") {
  const std::string last = called("last", "Dense", R"({"units":2})", R"([[["first",0,0,{}]]])");
  const std::string first = called("first", "Dense", R"({"units":5})", R"([[["x",0,0,{}]]])");
  CHECK(read(functional(last + "," + first + "," + kInput, R"([["x",0,0]])", R"([["last",0,0]])"))
            .outputs()[0]
            .extents[1] == 2);
}

TEST_CASE("what Keras 3 writes is read: batch_shape, policies, tensors with their history") {
  const std::string x =
      called("x", "InputLayer",
             R"({"batch_shape":[null,4],"dtype":"float32","sparse":false,"ragged":false,"name":"x"})", "[]");
  const std::string node =
      R"([{"args":[{"class_name":"__keras_tensor__","config":{"shape":[null,4],"dtype":"float32","keras_history":["x",0,0]}}],"kwargs":{}}])";
  const std::string d = called(
      "d", "Dense",
      R"({"name":"d","units":2,"dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"}}})",
      node);
  CHECK(read(functional(x + "," + d, R"(["x",0,0])", R"(["d",0,0])")).outputs()[0].extents[1] == 2);
}

TEST_CASE("defaults that a file of TensorFlow.js leaves out are its own") {
  const std::string lstm = R"({"class_name":"LSTM","config":{"name":"l","units":3,"batch_input_shape":[null,5,2]}})";
  const nn::Model model = read(sequential("net", lstm));
  CHECK(model.layer("l").arguments().text("recurrent_activation") == "hard_sigmoid");
  CHECK(!model.layer("l").arguments().truth("unit_forget_bias"));
}

TEST_CASE("what is wrong with a topology is said with the path of the layer") {
  CHECK(says(error_of(sequential("net", R"({"class_name":"Dens","config":{"name":"d"}})")),
             "net/d: is of a class that is not known"));
  CHECK(says(error_of(sequential("net", R"({"class_name":"Dens","config":{"name":"d"}})")), "Is \"Dense\" meant?"));
  CHECK(says(error_of(sequential("net", dense("d", kInputShape + R"(,"unit":3)"))),
             "net/d: d (Dense): has no argument \"unit\""));
  CHECK(says(error_of(sequential("net", dense("d"))), "does not say its input"));
  CHECK(says(error_of(sequential(
                 "net", dense("d", kInputShape +
                                       R"(,"kernel_constraint":{"class_name":"MaxNorm","config":{"max_value":-1}})"))),
             "max_value: is out of range"));
  const std::string circle = called("a", "Dense", R"({"units":4})", R"([[["b",0,0,{}]]])") + "," +
                             called("b", "Dense", R"({"units":4})", R"([[["a",0,0,{}]]])");
  CHECK(says(error_of(functional(kInput + "," + circle, R"([["x",0,0]])", R"([["b",0,0]])")),
             "net/a: waits for its own answer"));
  const std::string lost = called("a", "Dense", R"({"units":4})", R"([[["nobody",0,0,{}]]])");
  CHECK(says(error_of(functional(kInput + "," + lost, R"([["x",0,0]])", R"([["a",0,0]])")),
             "net/a: is wired to a layer that there is not"));
  CHECK(says(error_of(functional(kInput + "," + kInput, R"([["x",0,0]])", R"([["x",0,0]])")),
             "net/x: is the name of two layers"));
  CHECK(says(error_of(functional(kInput, R"([["x",0,0]])", R"([["y",0,0]])")), "names an answer that there is not"));
  CHECK(says(error_of(dense("d")), "is a single layer"));
  CHECK(says(error_of("{\"class_name\":"), "is no JSON"));
  CHECK(says(error_of(std::string(200, '[') + std::string(200, ']')), "nested too deeply"));
  CHECK(says(error_of(sequential("net", dense("d", R"(,"batch_input_shape":[null,16000000,16000000])"))),
             "too many elements"));
}

TEST_CASE("what is wrong inside a model in a model is said with the whole path") {
  const auto inner = [](const std::string& layers) {
    return error_of(sequential("net", dense("a", kInputShape) + "," + sequential("inner", layers)));
  };
  CHECK(says(inner(R"({"class_name":"Dens","config":{"name":"d"}})"), "net/inner/d: is of a class that is not known"));
  CHECK(says(inner(dense("d", R"(,"unit":3)")), "net/inner/d: d (Dense): has no argument \"unit\""));
  CHECK(says(inner(sequential("deep", dense("d", R"(,"use_bias":1)"))), "net/inner/deep/d: d (Dense) use_bias"));
  CHECK(says(inner(""), "net/inner: inner: has no layers"));
  CHECK(says(inner(R"({"class_name":"Conv2D","config":{"name":"c","filters":2,"kernel_size":[3,3]}})"),
             "net/inner: inner: c (Conv2D)"));
  CHECK(says(error_of(sequential("net", R"({"class_name":"Bidirectional","config":{"name":"both","layer":)" +
                                            dense("d", R"(,"units":0)") + "}}")),
             "net/both/layer"));
  CHECK(says(error_of(functional(kInput + "," +
                                     called("m", "Model",
                                            R"({"name":"m","layers":[)" +
                                                called("d", "Dense", R"({"units":4})", R"([[["d",0,0,{}]]])") +
                                                R"(],"input_layers":[],"output_layers":[]})",
                                            R"([[["x",0,0,{}]]])"),
                                 R"([["x",0,0]])", R"([["m",0,0]])")),
             "net/m/d: waits for its own answer"));
}

TEST_CASE("arguments that are no numbers are said with their layer, in whatever way they are written") {
  for (const char* number : {"NaN", "-Infinity", "Infinity", "1e999", "-1e999", "\"NaN\"", "[1]", "true"}) {
    const std::string layer = R"({"class_name":"LeakyReLU","config":{"name":"leaky \" NaN","alpha":)" +
                              std::string(number) + R"(,"batch_input_shape":[null,4]}})";
    CHECK(says(error_of(sequential("net", layer)), "net/leaky \" NaN: leaky \" NaN (LeakyReLU) alpha"));
  }
  for (const char* units : {"NaN", "0", "-1", "2.5", "1e30", "null"}) {
    const std::string layer = R"({"class_name":"Dense","config":{"name":"d","units":)" + std::string(units) +
                              R"(,"batch_input_shape":[null,4]}})";
    CHECK(says(error_of(sequential("net", layer)), "net/d: d (Dense) units"));
  }
  CHECK(says(error_of("{\"a\": NaNs}"), "is no JSON"));
  CHECK(says(error_of("{\"a\": 1-2}"), "is no JSON"));
}

TEST_CASE("a summary shows an input that the file has, and a model in front with its own call only") {
  const std::string begin = R"({"class_name":"InputLayer","config":{"name":"in","batch_input_shape":[null,4]}})";
  const std::string model = R"({"class_name":"Model","config":{"name":"fn","layers":[{"class_name":"InputLayer",)"
                            R"("config":{"name":"x","batch_input_shape":[null,4]},"name":"x","inbound_nodes":[]}],)"
                            R"("input_layers":[["x",0,0]],"output_layers":[["x",0,0]]}})";
  const auto rows_of = [](const std::string& layers) {
    return nn::summarise(read(R"({"class_name":"Sequential","config":{"name":"net","layers":[)" + layers + "]}}")).rows;
  };
  const auto with_input = rows_of(begin + "," + dense("d"));
  REQUIRE(with_input.size() == 2);
  CHECK(with_input[0].name == "in");
  CHECK(rows_of(begin + "," + model)[1].inputs.size() == 2);
  const auto in_front = rows_of(model + "," + dense("d"));
  REQUIRE(in_front.size() == 2);
  CHECK(in_front[0].type == "Model");
  CHECK(in_front[0].inputs.size() == 1);
  CHECK(rows_of(model + "," + dense("d") + "," + dense("e"))[2].parameters == 12);
}

}  // namespace
}  // namespace vitrine::models
