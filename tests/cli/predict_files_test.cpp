// Inputs of a prediction as files of every kind: the same numbers are the same question.
#include <doctest/doctest.h>

#include <filesystem>

#include "app/ui/png.h"
#include "datasets/files/npy.h"
#include "engine/backends.h"
#include "engine/core/file.h"
#include "engine/models/save.h"
#include "engine/nn/layers.h"
#include "tests/cli/program.h"
#include "tests/files/folder.h"

namespace vitrine {
namespace {

std::string answers_in(const std::string& out) {
  return out.substr(0, out.find(", \"ms\""));
}

class Question : public Folder {
 public:
  explicit Question(const nn::Model& model) {
    const auto backend = open_device("cpu");
    models::save(model, nn::Weights(*backend, model, 5), path() / "model");
  }
  std::string file(const std::string& name, std::string_view bytes) const {
    write_file(path() / name, bytes);
    return (path() / name).string();
  }
  Outcome ask(const std::vector<std::string>& inputs) const {
    std::vector<std::string> words{"predict", (path() / "model").string(), "--json"};
    for (const std::string& input : inputs) words.insert(words.end(), {"--input", input});
    return run(words);
  }
};

const nn::Model kDense = nn::sequential("net", {nn::layers::Dense(2, {{"activation", "tanh"}, {"input_shape", {3}}})});
// Answers what it is shown.
nn::Model mirror(const Integers& sample) {
  const nn::Symbol x = nn::input(sample, "x");
  return nn::Model({x}, {nn::layers::Flatten({{"name", "seen"}})(x)});
}

// Its left half is red as well.
std::string blue_picture(int width, int height) {
  ui::Image image(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.at(x, y)[0] = x < width / 2 ? 255 : 0;
      image.at(x, y)[2] = image.at(x, y)[3] = 255;
    }
  }
  return ui::encode_png(image);
}

TEST_CASE("an array, a table and lists of the same numbers get the same answers") {
  const Question question(kDense);
  const std::vector<float> numbers{0.5f, -1, 2, 0.25f, 3, -0.125f};
  const std::string array = question.file("x.npy", datasets::npy_bytes(numbers, std::vector<std::size_t>{2, 3}));
  const std::string table = question.file("x.csv", "0.5,-1,2\n0.25,3,-0.125\n");
  const std::string headed = question.file("headed.csv", "a,b,c\n0.5,-1,2\n0.25,3,-0.125\n");
  const std::string lists = question.file("x.json", "[[0.5,-1,2],[0.25,3,-0.125]]");
  const Outcome first = question.ask({array});
  CHECK(first.code == 0);
  CHECK(first.out.find(R"("shape": [2, 2], "data": [)") != std::string::npos);
  for (const std::string& file : {table, headed, lists})
    CHECK(answers_in(question.ask({file}).out) == answers_in(first.out));
}

TEST_CASE("several files for one input are samples one behind the other") {
  const Question question(kDense);
  const std::string a = question.file("a.csv", "0.5,-1,2\n"), b = question.file("b.csv", "0.25,3,-0.125\n");
  const std::string both = question.file("both.csv", "0.5,-1,2\n0.25,3,-0.125\n");
  CHECK(answers_in(question.ask({a, b}).out) == answers_in(question.ask({both}).out));
}

TEST_CASE("a picture is asked about in the size and the channels of the input, from 0 to 1") {
  const std::string picture = blue_picture(8, 4);
  const Question colours(mirror({1, 2, 3}));
  const Outcome seen = colours.ask({colours.file("x.png", picture)});
  CHECK(seen.code == 0);
  CHECK(seen.out.find(R"("shape": [1, 6], "data": [1, 0, 1, 0, 0, 1])") != std::string::npos);
  const Outcome two = colours.ask({colours.file("x.png", picture), colours.file("y.png", picture)});
  CHECK(two.out.find(R"("shape": [2, 6], "data": [1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1])") != std::string::npos);
}

TEST_CASE("without the codecs beside the program a picture is refused in a sentence, and an array is not") {
  namespace fs = std::filesystem;
  const Question colours(mirror({1, 2, 3}));
  const fs::path copy = colours.path() / "copy" / "bin", built(VITRINE_BINARY);
  fs::create_directories(copy);
  for (const char* file : {"vitrine", "libvitrine_kernels.so"}) {
    fs::copy_file(built.parent_path() / file, copy / file);
  }
  const auto ask = [&](const std::string& file) {
    return run_copy((copy / "vitrine").string(), {"predict", (colours.path() / "model").string(), "--input", file});
  };
  const Outcome picture = ask(colours.file("x.png", blue_picture(2, 1)));
  CHECK(picture.code == 4);
  CHECK(picture.err.find("libvitrine_codecs.so") != std::string::npos);
  CHECK(lines(picture.err).size() == 1);
  const Outcome array = ask(colours.file("x.json", "[[[[1,0,0],[0,0,1]]]]"));
  CHECK(array.code == 0);
}

TEST_CASE("an array that does not fit, words in a table and a picture where none is taken are refused by name") {
  const Question question(kDense);
  const std::vector<float> four{1, 2, 3, 4};
  const std::string wide = datasets::npy_bytes(four, std::vector<std::size_t>{1, 4});
  const auto expect_refused = [&](const char* name, const std::string& bytes, const char* fact) {
    const std::string file = question.file(name, bytes);
    const Outcome outcome = question.ask({file});
    CHECK(outcome.code == 4);
    CHECK_MESSAGE(outcome.err.find(fact) != std::string::npos, outcome.err);
    CHECK_MESSAGE(outcome.err.find(file) != std::string::npos, outcome.err);
  };
  expect_refused("x.npy", wide, "does not fit the model's input");
  expect_refused("x.csv", "a,b,c\n1,2,cat\n3,4,dog\n", "has words in c");
  expect_refused("x.png", blue_picture(2, 2), "the model takes none");
  expect_refused("broken.npy", "no array", "broken.npy");
}

TEST_CASE("a summary counts what convolutions and recurrent layers cost") {
  using namespace nn::layers;
  const Question question(nn::sequential(
      "net", {Conv2D(4, 3, {{"name", "c"}, {"input_shape", {8, 7, 2}}}), DepthwiseConv2D(2, {{"name", "d"}}),
              Reshape(nn::Config{20, 4}), LSTM(3, {{"name", "l"}})}));
  const Outcome outcome = run({"summary", (question.path() / "model").string(), "--json"});
  CHECK(outcome.code == 0);
  for (const char* part : {R"("params": 76, "cumulative_params": 76, "macs": 2160})",
                           R"("params": 20, "cumulative_params": 96, "macs": 320})",
                           R"("params": 96, "cumulative_params": 192, "macs": 1680})", R"("macs": 4160})"}) {
    CHECK_MESSAGE(outcome.out.find(part) != std::string::npos, outcome.out);
  }
}

}  // namespace
}  // namespace vitrine
