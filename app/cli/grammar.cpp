// The rows. Every value comes as text and becomes a number here, so that no locale has a say and each refusal names its
// option.
#include "app/cli/grammar.h"

#include <algorithm>
#include <type_traits>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::cli {
namespace {

constexpr std::int64_t kMostEpochs = 1'000'000'000;  // a month of the smallest network
constexpr std::int64_t kHeartbeatEpochs = 25;        // if none are asked for: docs/heartbeats.md says why
constexpr std::int64_t kMostThreads = 1024;
constexpr std::int64_t kMostTop = 1'000'000;  // classes; no model has as many
constexpr std::int64_t kMostPixels = 1 << 20;
constexpr std::int64_t kMostSeconds = 3600, kMostMinutes = 600;

std::string shown(const std::string& text) {
  return text.substr(0, 80);
}

std::int64_t whole(const std::string& option, const std::string& text, std::int64_t low, std::int64_t high) {
  const auto number = parse_integer(text);
  if (number && *number >= low && *number <= high) return *number;
  throw UsageError(
      {option, "needs a whole number", to_text(low) + " to " + to_text(high), shown(text), "Write it in digits."});
}

template <auto Member>
void keep(Options& options, const std::string&, const std::string& text) {
  options.*Member = text;
}

template <auto Member>
void yes(Options& options, const std::string&, const std::string&) {
  options.*Member = true;
}

template <Command Asked>
void instead(Options& options, const std::string&, const std::string&) {
  options.command = Asked;
}

template <auto Member, std::int64_t Low, std::int64_t High>
void count(Options& options, const std::string& name, const std::string& text) {
  using Number = std::remove_reference_t<decltype(options.*Member)>;
  options.*Member = static_cast<Number>(whole(name, text, Low, High));
}

template <auto Member, std::int64_t Most>
void duration(Options& options, const std::string& name, const std::string& text) {
  const auto number = parse_real(text);
  if (!number || !(*number >= 0 && *number <= static_cast<double>(Most)))
    throw UsageError({name, "needs a number", "0 to " + to_text(Most), shown(text), "As in " + name + " 0.5."});
  options.*Member = *number;
}

void read_seed(Options& options, const std::string& name, const std::string& text) {
  const auto seed = parse_unsigned(text);
  if (!seed)
    throw UsageError({name, "needs a whole number", "0 to 18446744073709551615", shown(text), "Write it in digits."});
  options.seed = *seed;
}

void read_scale(Options& options, const std::string& name, const std::string& text) {
  const auto scale = parse_real(text);
  if (!scale) throw UsageError({name, "needs a number", "as in 1.5", shown(text), "1 is 100 %."});
  options.scale = *scale;
}

void read_size(Options& options, const std::string& name, const std::string& text) {
  const std::size_t cross = text.find('x');
  if (cross == std::string::npos)
    throw UsageError({name, "needs width and height", "as in 1600x1000", shown(text), "Write both."});
  options.width = static_cast<int>(whole(name, text.substr(0, cross), 1, kMostPixels));
  options.height = static_cast<int>(whole(name, text.substr(cross + 1), 1, kMostPixels));
}

void read_set(Options& options, const std::string& name, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw UsageError(
        {name, "needs a control and a value", "path=value", shown(text), "As in --set learning.rate=0.1."});
  options.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
}

void read_input(Options& options, const std::string&, const std::string& text) {
  options.inputs.emplace_back(text);
}

// After --epochs, which stands before it among the rows.
void read_at(Options& options, const std::string& name, const std::string& text) {
  options.at.clear();
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    options.at.push_back(whole(name, text.substr(start, end - start), 0, options.epochs));
    start = end + 1;
  }
  std::sort(options.at.begin(), options.at.end());
  options.at.erase(std::unique(options.at.begin(), options.at.end()), options.at.end());
}

void finish_train(const CommandRow& row, const Given& given, Options& options) {
  options.exhibit = row.name;
  if (!given.has("--at")) read_at(options, "--at", "0," + to_text(options.epochs));
}

void finish_heartbeats(const CommandRow& row, const Given& given, Options& options) {
  options.exhibit = row.name;
  if (!given.has("--epochs")) options.epochs = kHeartbeatEpochs;
  need(given.has("--train") || !given.has("--test"), "--train", "the file to learn from");
}

void refuse_train(const CommandRow&, const Given&, Options&) {
  throw UsageError({"train", "needs an exhibit", "neuron, playground or heartbeats", "nothing",
                    "As in vitrine train neuron --epochs 100."});
}

void finish_bench(const CommandRow&, const Given& given, Options& options) {
  if (options.command == Command::bench) need(given.has("task"), "a task", "one that `vitrine bench --list` prints");
}

void finish_screenshot(const CommandRow&, const Given& given, Options& options) {
  if (given.has("--open") && options.out.empty()) {  // the file says which exhibit
    options.out = options.exhibit;
    options.exhibit.clear();
  }
  need(given.has("--open") || given.has("exhibit"), "an exhibit", "an id that `vitrine --list-exhibits` prints");
  need(!options.out.empty(), "a file", "the PNG file to write");
}

using O = Options;

constexpr OptionRow kOptions[] = {
    {"", "--device", "cpu, vulkan, vulkan:N or auto", keep<&O::device>},
    {"", "--threads", "how many threads compute; as many as there are cores if not given",
     count<&O::threads, 1, kMostThreads>},
    {"", "--seed", "names the random numbers of a run", read_seed},
    {"", "--json", "print one JSON object a line", yes<&O::json>, Takes::nothing},
    {"", "--quiet", "print no messages besides errors", yes<&O::quiet>, Takes::nothing},
    {"", "--list-exhibits", "print the ids of all exhibits", instead<Command::list_exhibits>, Takes::nothing},
    {"", "--version", "print the version", instead<Command::version>, Takes::nothing},

    {"assets", "--missing", "only what is missing or damaged", yes<&O::missing>, Takes::nothing},

    {"summary predict convert", "model", "a model.json, or its folder", keep<&O::model>, Takes::one,
     "a model.json, or the folder that it is in", "a model"},
    {"predict", "--input", "numbers (.npy, .json, .csv) or pictures; for each input of the model", read_input,
     Takes::many, "a file for each input of the model"},
    {"predict", "--top", "name the K likeliest classes", count<&O::top, 1, kMostTop>},
    {"predict", "--labels", "a file with the name of a class in each line", keep<&O::labels>},
    {"predict", "--tap", "ask a layer instead of the model", keep<&O::tap>},
    {"predict", "--output", "a .npy or .json file that takes the answers", keep<&O::out>},
    {"convert", "out", "the folder that takes the model", keep<&O::out>, Takes::one, "where the model is to be written",
     "a folder"},
    {"convert", "--to", "tfjs (others are refused until they are written)", keep<&O::target>},
    {"convert", "--quantize", "none, float16, uint16 or uint8: how the weights are packed", keep<&O::packing>},
    {"convert", "--per-channel", "a scale for each channel, where the format has it", yes<&O::per_channel>,
     Takes::nothing},

    {"heartbeats", "--train", "CSV of the rows to learn from; generated beats if not given", keep<&O::train_file>},
    {"heartbeats", "--test", "CSV of the rows to judge by; a fifth of the others if not given", keep<&O::test_file>},
    {"neuron playground heartbeats screenshot", "--set", "set a control: path=value; may be repeated", read_set,
     Takes::repeated},
    {"neuron playground", "--epochs", "how many epochs to train", count<&O::epochs, 0, kMostEpochs>, Takes::one,
     "a number of epochs"},
    {"heartbeats", "--epochs", "how many epochs to train", count<&O::epochs, 0, kMostEpochs>},
    {"neuron playground", "--at", "the epochs to report, as in 0,1,10,100; the first and the last if not given",
     read_at},
    {"playground", "--address", "an address of the published playground, or what follows its #", keep<&O::address>},

    {"bench", "--list", "print the tasks", instead<Command::list_benches>, Takes::nothing},
    {"bench", "task", "which task, as in playground-epoch:2-4-2-1", keep<&O::task>},
    {"bench", "--out", "a file that keeps the result, beside those of other tasks", keep<&O::out>},
    {"bench", "--seconds", "how long to measure; 1 if not given", duration<&O::seconds, kMostSeconds>},
    {"bench", "--minutes", "shell: how long it trains while memory is watched; 10 if not given",
     duration<&O::minutes, kMostMinutes>},
    {"bench", "--set", "shell:playground: set a control first: path=value; may be repeated", read_set, Takes::repeated},
    {"bench", "--compare", "an earlier --out: print how the figures relate", keep<&O::compare>},

    {"screenshot", "exhibit", "an id that --list-exhibits prints, or gallery", keep<&O::exhibit>},
    {"screenshot", "out", "the PNG file", keep<&O::out>},
    {"screenshot", "--size", "width and height in pixels, as in 1600x1000", read_size},
    {"screenshot", "--scale", "size of everything on it; 1 is 100 %", read_scale},
    {"screenshot", "--theme", "dark, light or contrast", keep<&O::theme>},
    {"screenshot", "--steps", "how many steps to take before", count<&O::steps, 0, kMostEpochs>},
    {"screenshot", "--open", "a file to show instead: .vitrine, a table of points, an address", keep<&O::open>},
};

constexpr CommandRow kCommands[] = {
    {"devices", nullptr, "List what can compute here", Command::devices},
    {"assets", nullptr, "List published data and weights, and which are here", Command::assets},
    {"summary", nullptr, "List the layers of a model, with what each costs", Command::summary},
    {"predict", nullptr, "Ask a model about files", Command::predict},
    {"convert", nullptr, "Write a model as another file, smaller if it is to be packed", Command::convert},
    {"train", nullptr, "Train an exhibit without a window", Command::train, refuse_train},
    {"neuron", "train", "First neuron: y = 2x - 1", Command::train, finish_train},
    {"playground", "train", "A small network on points in the plane", Command::train, finish_train},
    {"heartbeats", "train", "An autoencoder that learns what is normal", Command::train, finish_heartbeats},
    {"bench", nullptr, "Measure how fast something runs here", Command::bench, finish_bench},
    {"screenshot", nullptr, "Draw an exhibit, or the gallery, into a PNG file", Command::screenshot, finish_screenshot},
};

}  // namespace

bool Given::has(std::string_view name) const {
  return std::ranges::any_of(
      texts, [&](const auto& each) { return each.first->name == name && !each.second.front().empty(); });
}

std::span<const OptionRow> option_rows() {
  return kOptions;
}

std::span<const CommandRow> command_rows() {
  return kCommands;
}

void need(bool given, const char* what, const char* example) {
  if (given) return;
  throw UsageError({what, "is missing", example, "nothing", "`vitrine --help` shows how."});
}

}  // namespace vitrine::cli
