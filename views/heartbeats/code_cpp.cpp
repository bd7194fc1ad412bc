// The program in our own C++.
#include <array>

#include "engine/core/number.h"
#include "views/heartbeats/code_writer.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr std::array kHeaders{"\"engine/backends.h\"", "\"engine/learn/course.h\"", "\"engine/nn/layers.h\"",
                              "<fstream>", "<iostream>"};

void network(CodeWriter& w, const Program& program) {
  w.line("  const std::vector<nn::Layer> encode{");
  w.layer_lines("      ", w.layers().encode);
  w.line("  };");
  w.line("  const std::vector<nn::Layer> decode{");
  w.layer_lines("      ", w.layers().decode);
  w.line("  };");
  w.line("  const auto through = [](nn::Symbol x, const std::vector<nn::Layer>& steps) {");
  w.line("    for (const nn::Layer& step : steps) x = step(x);");
  w.line("    return x;");
  w.line("  };");
  w.line("  const nn::Symbol beats = nn::input({" + to_text(w.width()) + "}, \"beats\"), point = nn::input({" +
         to_text(w.code()) + "}, \"point\");");
  w.line("  const nn::Model encoder({beats}, {through(beats, encode)}, \"encoder\");");
  w.line("  const nn::Model decoder({point}, {through(point, decode)}, \"decoder\");");
  w.line("  const nn::Model autoencoder({beats}, {decoder(encoder(beats))}, \"autoencoder\");");
  w.line("  const auto backend = open_device(\"cpu\");");
  w.line("  nn::Weights weights(*backend, autoencoder, " + to_text(program.settings.start_seed) + ");");
}

void weights(CodeWriter& w) {
  if (w.too_many_weights()) return;
  w.line("  const std::vector<std::vector<float>> numbers{");
  for (const CodeWriter::Weight& each : w.weights()) w.line("      {" + joined(each.numbers, ", ") + "},");
  w.line("  };");
  w.line("  for (std::size_t i = 0; i < numbers.size(); ++i) weights.write(weights.entries()[i].name, numbers[i]);");
}

void training(CodeWriter& w, const Program& program) {
  w.notes_on_training();
  w.line("  std::ifstream file(arguments[1]);");
  w.line("  std::vector<float> read;");
  w.line("  for (float number = 0; file >> number; file.ignore(file.peek() == ',' ? 1 : 0)) read.push_back(number);");
  w.about(kAboutScaling);
  if (!w.offsets().empty()) {
    w.line("  const std::vector<float> offsets{" + w.offsets() + "}, factors{" + w.factors() + "};");
    w.line("  for (std::size_t i = 0; i < read.size(); ++i)");
    w.line("    read[i] = (read[i] - offsets[i % offsets.size()]) * factors[i % factors.size()];");
  }
  w.about();
  w.line("  const learn::Rows rows({" + to_text(w.width()) + "}, read);");
  w.about(kAboutOptimiser);
  w.line("  learn::Trainer trainer(autoencoder, weights, {.optimiser = " + w.optimiser() + ", .loss = {\"mse\"}});");
  w.about(kAboutBatch);
  w.line("  trainer.fit({{rows}, {rows}}, {.epochs = " + to_text(std::int64_t{kProgramEpochs}) +
         ", .batch_size = " + to_text(program.settings.batch) + "});");
  w.about();
}

void judging(CodeWriter& w, const Program& program) {
  const std::string width = to_text(w.width());
  w.note("A beat as the network sees it, and the error from which it is flagged");
  w.line("  const std::vector<float> beat{" + w.beat() + "};");
  w.about(kAboutThreshold);
  w.line("  const double threshold = " + to_text(program.threshold) + ";");
  w.about();
  w.line("  const learn::Rows row({" + width + "}, beat);");
  w.line("  const learn::Rows code = learn::Predictor(encoder, weights)(row);");
  w.line("  const learn::Rows rebuilt = learn::Predictor(decoder, weights)(code);");
  w.line("  double score = 0;");
  w.line("  for (std::size_t i = 0; i < beat.size(); ++i) {");
  w.line("    const double away = static_cast<double>(beat[i]) - static_cast<double>(rebuilt.values()[i]);");
  w.line("    score += away * away / static_cast<double>(beat.size());");
  w.line("  }");
  w.line("  std::cout << \"code\";");
  w.line("  for (const float value : code.values()) std::cout << ' ' << value;");
  w.line("  std::cout << \"\\nrebuilt\";");
  w.line("  for (const float value : rebuilt.values()) std::cout << ' ' << value;");
  w.line("  std::cout << \"\\nscore \" << score << '\\n' << (score > threshold ? \"flagged\" : \"passes\") << '\\n';");
}

}  // namespace

ProgramText write_cpp(const Program& program) {
  CodeWriter w(Language::cpp, program);
  for (const char* header : kHeaders) w.line("#include " + std::string(header));
  w.line();
  w.line("using namespace vitrine;");
  w.line();
  w.line(program.learnt ? "int main() {" : "int main(int, char** arguments) {");
  w.begin();
  network(w, program);
  w.line();
  if (program.learnt)
    weights(w);
  else
    training(w, program);
  w.line();
  judging(w, program);
  w.line("  return 0;");
  w.line("}");
  return w.finish();
}

}  // namespace vitrine::views::heartbeats
