// A model whose file is wrong: exit code 4, and a sentence that names the file, the layer and what is wrong with it.
#include <doctest/doctest.h>

#include "engine/core/file.h"
#include "tests/cli/program.h"
#include "tests/files/folder.h"

namespace {

const std::filesystem::path kWhole = VITRINE_GOLDEN "/models/shared_layer";

struct Break {
  const char *from, *to;  // in model.json, at the first place
  const char* sentence;   // behind the file's name
};
constexpr Break kBreaks[] = {
    {R"("class_name":"Dense")", R"("class_name":"Dence")",
     R"(shared_layer/tower: is of a class that is not known; expected a class of layers; got "Dence". Is "Dense" meant?)"},
    {R"("units":5)", R"("units":5,"unitz":5)",
     R"(shared_layer/tower: tower (Dense): has no argument "unitz"; expected one of its arguments; got unitz. Is "units" meant?)"},
    {R"("units":5)", R"("units":NaN)",
     R"(shared_layer/tower: tower (Dense) units: is not understood; expected a whole number; got "NaN". Check its value.)"},
    {R"("units":5)", R"("units":-5)",
     "shared_layer/tower: tower (Dense) units: is out of range; expected 1 to 16777216; got -5. Choose another "
     "number."},
    {R"("scale":1)", R"("scale":NaN)",
     "shared_layer/tower: tower (Dense) kernel_initializer VarianceScaling scale: is not understood; expected a finite "
     R"(number; got "NaN". Check its value.)"},
    {R"(["tower",0,0,{}])", R"(["cos",0,0,{}])",
     "shared_layer/cos: waits for its own answer: the wiring goes in a circle; expected layers in an order; got cos. "
     "Save the model again."},
    {R"(["right",0,0,{}])", R"(["wrong",0,0,{}])",
     "shared_layer/tower: is wired to a layer that there is not; expected one of its layers; got wrong. "
     "Save the model again."},
    {R"("shape":[6,5])", R"("shape":[5,6])",
     "tower/kernel: has another shape than its layer needs; expected [6, 5]; got [5, 6]. Save the model again."},
    {R"("name":"tower/bias")", R"("name":"tower/bise")",
     "tower/bise: is a weight of no layer; expected weights of the model's layers; got tower/bise. "
     "Is tower/bias meant?"},
};

std::string broken(std::string text, const Break& each) {
  const std::size_t at = text.find(each.from);
  REQUIRE(at != text.npos);
  return text.replace(at, std::string_view(each.from).size(), each.to);
}

TEST_CASE("a broken model is refused by the name of the layer that is wrong") {
  const std::string text = vitrine::read_file(kWhole / "model.json", 1 << 20);
  const Folder folder;
  const std::string file = (folder.path() / "model.json").string();
  std::filesystem::copy(kWhole / "group1-shard1of1.bin", folder.path());
  for (const Break& each : kBreaks) {
    vitrine::write_file(file, broken(text, each));
    const Outcome outcome = run({"summary", file});
    CHECK(outcome.code == 4);
    CHECK(outcome.err == "vitrine: " + file + " " + each.sentence + "\n");
  }
}

TEST_CASE("what no command can read is refused by each of them, and nothing is written") {
  const Folder folder;
  const std::string file = (folder.path() / "model.json").string(), out = (folder.path() / "out").string();
  const std::string input = (kWhole / "input.json").string();
  for (const char* text : {"", "{", "[]", R"({"modelTopology":{}})", "\x89HDF\r\n\x1a\n", "PK\x03\x04"}) {
    vitrine::write_file(file, text);
    CHECK(run({"summary", file}).code == 4);
    CHECK(run({"predict", file, "--input", input}).code == 4);
    CHECK(run({"convert", file, out}).code == 4);
  }
  CHECK_FALSE(std::filesystem::exists(out));
}

}  // namespace
