// The command line's grammar: the one file that knows CLI11. Every value comes as text and becomes a number here, so
// that no locale has a say and each refusal names its option.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <optional>

#include "app/cli/options.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::cli {
namespace {

constexpr std::int64_t kMostEpochs = 1'000'000'000;  // a month of the smallest network
constexpr std::int64_t kHeartbeatEpochs = 20;        // if none are asked for: docs/heartbeats.md says why
constexpr std::int64_t kMostThreads = 1024;
constexpr std::int64_t kMostTop = 1'000'000;  // classes; no model has as many
constexpr double kMostSeconds = 3600;

// What CLI11 writes into.
struct Words {
  std::string device = "auto", threads, seed, epochs, at, size, scale, steps, seconds, top, model, labels;
  std::vector<std::string> set, files, inputs;
  bool version = false, exhibits = false, benches = false;
};

std::int64_t whole(const std::string& option, const std::string& text, std::int64_t low, std::int64_t high) {
  const auto number = parse_integer(text);
  if (number && *number >= low && *number <= high) return *number;
  throw UsageError({option, "needs a whole number", to_text(low) + " to " + to_text(high), text.substr(0, 80),
                    "Write it in digits."});
}

std::vector<std::int64_t> epochs_at(const std::string& text, std::int64_t epochs) {
  std::vector<std::int64_t> at;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    at.push_back(whole("--at", text.substr(start, end - start), 0, epochs));
    start = end + 1;
  }
  std::sort(at.begin(), at.end());
  at.erase(std::unique(at.begin(), at.end()), at.end());
  return at;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* level = &app; level != nullptr; level = level->get_parent()) {
    for (const CLI::Option* option : level->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

[[noreturn]] void refuse_extra(const CLI::App& app, const std::string& extra) {
  const std::string shown = extra.substr(0, 80);
  if (extra.starts_with("-")) {
    const std::string name = extra.substr(0, extra.find('='));
    throw UsageError({shown, "is no option here", "an option of this command", name.substr(0, 80),
                      work::hint(name, option_names(app))});
  }
  const auto names = command_names(app);
  throw UsageError({shown, "is not expected here", "options, or nothing more", shown,
                    names.empty() ? "`vitrine --help` shows what is." : work::hint(extra, names)});
}

// The start of the window with a file, or a command that does not exist.
std::filesystem::path file_to_open(const CLI::App& root, const std::vector<std::string>& files) {
  if (files.empty()) return {};
  if (files.size() > 1) {
    throw UsageError({files[1].substr(0, 80), "is one file too many", "one .vitrine file",
                      to_text(static_cast<std::int64_t>(files.size())) + " files", "Open them one by one."});
  }
  std::filesystem::path path = files.front();
  std::error_code ignored;
  if (path.extension() == ".vitrine" || std::filesystem::exists(path, ignored)) return path;
  throw UsageError({files.front().substr(0, 80), "is neither a command nor a file", "a command or a .vitrine file",
                    "no file of this name", work::hint(files.front(), command_names(root))});
}

void read_size(const std::string& text, Options& options) {
  const std::size_t cross = text.find('x');
  if (cross == std::string::npos) {
    throw UsageError({"--size", "needs width and height", "as in 1600x1000", text.substr(0, 80), "Write both."});
  }
  options.width = static_cast<int>(whole("--size", text.substr(0, cross), 1, 1 << 20));
  options.height = static_cast<int>(whole("--size", text.substr(cross + 1), 1, 1 << 20));
}

void read_words(const Words& words, Options& options) {
  options.device = words.device;
  if (!words.threads.empty()) options.threads = static_cast<int>(whole("--threads", words.threads, 1, kMostThreads));
  if (!words.seed.empty()) {
    const auto seed = parse_unsigned(words.seed);
    if (!seed) {
      throw UsageError({"--seed", "needs a whole number", "0 to 18446744073709551615", words.seed.substr(0, 80),
                        "Write it in digits."});
    }
    options.seed = *seed;
  }
  for (const std::string& setting : words.set) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UsageError({"--set", "needs a control and a value", "path=value", setting.substr(0, 80),
                        "As in --set learning.rate=0.1."});
    }
    options.set.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  if (!words.size.empty()) read_size(words.size, options);
  if (!words.steps.empty()) options.steps = whole("--steps", words.steps, 0, kMostEpochs);
  if (!words.top.empty()) options.top = whole("--top", words.top, 1, kMostTop);
  options.model = words.model;
  options.labels = words.labels;
  options.inputs.assign(words.inputs.begin(), words.inputs.end());
  if (!words.seconds.empty()) {
    const auto seconds = parse_real(words.seconds);
    if (!seconds || !(*seconds >= 0 && *seconds <= kMostSeconds)) {
      throw UsageError({"--seconds", "needs a number", "0 to " + to_text(kMostSeconds), words.seconds.substr(0, 80),
                        "As in --seconds 0.5."});
    }
    options.seconds = *seconds;
  }
  if (!words.scale.empty()) {
    const auto scale = parse_real(words.scale);
    if (!scale) throw UsageError({"--scale", "needs a number", "as in 1.5", words.scale.substr(0, 80), "1 is 100 %."});
    options.scale = *scale;
  }
}

}  // namespace

Options parse(int count, const char* const* arguments) {
  Options options;
  Words words;
  CLI::App root("Vitrine lets people see neural networks work. Without a command it opens the window.", "vitrine");
  root.fallthrough()->allow_extras();
  root.footer("Exit codes: 0 done, 1 task failed, 2 usage, 3 no display, 4 file, 5 device, 130 interrupted.");
  root.add_option("--device", words.device, "cpu, vulkan, vulkan:N or auto");
  root.add_option("--threads", words.threads, "how many threads compute; as many as there are cores if not given");
  root.add_option("--seed", words.seed, "names the random numbers of a run");
  root.add_flag("--json", options.json, "print one JSON object a line");
  root.add_flag("--quiet", options.quiet, "print no messages besides errors");
  root.add_flag("--version", words.version, "print the version");
  root.add_flag("--list-exhibits", words.exhibits, "print the ids of all exhibits");
  root.add_option("file", words.files, "a .vitrine file to open in the window");

  const auto command = [](CLI::App& parent, const char* name, const char* meaning) {
    return parent.add_subcommand(name, meaning)->fallthrough()->allow_extras();
  };
  const auto add_set = [&](CLI::App* app) {
    app->add_option("--set", words.set, "set a control: path=value; may be repeated")->allow_extra_args(false);
  };
  CLI::App* devices = command(root, "devices", "List what can compute here");
  CLI::App* assets = command(root, "assets", "List published data and weights, and which are here");
  assets->add_flag("--missing", options.missing, "only what is missing or damaged");
  CLI::App* summary = command(root, "summary", "List the layers of a model, with what each costs");
  CLI::App* predict = command(root, "predict", "Ask a model about files");
  CLI::App* convert = command(root, "convert", "Write a model as another file, smaller if it is to be packed");
  for (CLI::App* each : {summary, predict, convert}) {
    each->add_option("model", words.model, "a model.json, or its folder");
  }
  predict->add_option("--input", words.inputs, "numbers (.npy, .json, .csv) or pictures; for each input of the model");
  predict->add_option("--top", words.top, "name the K likeliest classes");
  predict->add_option("--labels", words.labels, "a file with the name of a class in each line");
  predict->add_option("--tap", options.tap, "ask a layer instead of the model");
  CLI::App* train = command(root, "train", "Train an exhibit without a window");
  CLI::App* neuron = command(*train, "neuron", "First neuron: y = 2x - 1");
  CLI::App* playground = command(*train, "playground", "A small network on points in the plane");
  CLI::App* heartbeats = command(*train, "heartbeats", "An autoencoder that learns what is normal");
  std::string train_file, test_file;
  heartbeats->add_option("--train", train_file, "CSV of the rows to learn from; generated beats if not given");
  heartbeats->add_option("--test", test_file, "CSV of the rows to judge by; a fifth of the others if not given");
  for (CLI::App* each : {neuron, playground, heartbeats}) {
    add_set(each);
    each->add_option("--epochs", words.epochs, "how many epochs to train");
  }
  for (CLI::App* each : {neuron, playground}) {
    each->add_option("--at", words.at, "the epochs to report, as in 0,1,10,100; the first and the last if not given");
  }
  playground->add_option("--address", options.address, "an address of the published playground, or what follows its #");
  CLI::App* bench = command(root, "bench", "Measure how fast something runs here");
  bench->add_flag("--list", words.benches, "print the tasks");
  bench->add_option("task", options.task, "which task, as in playground-epoch:2-4-2-1");
  std::string out, open, compare;
  predict->add_option("--output", out, "a .npy or .json file that takes the answers");
  convert->add_option("out", out, "the folder that takes the model");
  convert->add_option("--to", options.target, "tfjs (others are refused until they are written)");
  convert->add_option("--quantize", options.packing, "none, float16, uint16 or uint8: how the weights are packed");
  convert->add_flag("--per-channel", options.per_channel, "a scale for each channel, where the format has it");
  bench->add_option("--out", out, "a file that keeps the result, beside those of other tasks");
  bench->add_option("--seconds", words.seconds, "how long to measure; 1 if not given");
  bench->add_option("--minutes", options.minutes, "shell: how long it trains while memory is watched; 10 if not given")
      ->check(CLI::Range(0.0, 600.0));
  bench->add_option("--compare", compare, "an earlier --out: print how the figures relate");
  CLI::App* screenshot = command(root, "screenshot", "Draw an exhibit, or the gallery, into a PNG file");
  screenshot->add_option("exhibit", options.exhibit, "an id that --list-exhibits prints, or gallery");
  screenshot->add_option("out", out, "the PNG file");
  screenshot->add_option("--size", words.size, "width and height in pixels, as in 1600x1000");
  screenshot->add_option("--scale", words.scale, "size of everything on it; 1 is 100 %");
  screenshot->add_option("--theme", options.theme, "dark, light or contrast");
  screenshot->add_option("--steps", words.steps, "how many steps to take before");
  screenshot->add_option("--open", open, "a .vitrine file to show");
  add_set(screenshot);

  try {
    root.parse(count, arguments);
  } catch (const CLI::CallForHelp&) {
    options.command = Command::help;
    options.text = root.help();
    return options;
  } catch (const CLI::ParseError& error) {
    throw UsageError({"the command line", "cannot be understood", "a command and its options", error.what(),
                      "`vitrine --help` shows how."});
  }

  const CLI::App* chosen = &root;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  // What a command does not take lands among the files of the window, and an unknown option's value does, too.
  if (const auto extras = root.remaining(true); !extras.empty()) refuse_extra(*chosen, extras.front());
  if (chosen != &root && !words.files.empty()) refuse_extra(*chosen, words.files.front());
  read_words(words, options);
  const auto need = [&](const std::string& given, const char* name, const char* example) {
    if (!given.empty()) return;
    throw UsageError({name, "is missing", example, "nothing", "`vitrine --help` shows how."});
  };

  if (words.version) {
    options.command = Command::version;
  } else if (words.exhibits) {
    options.command = Command::list_exhibits;
  } else if (chosen == devices) {
    options.command = Command::devices;
  } else if (chosen == assets) {
    options.command = Command::assets;
  } else if (chosen == summary || chosen == predict || chosen == convert) {
    options.command = chosen == summary ? Command::summary : chosen == predict ? Command::predict : Command::convert;
    need(words.model, "a model", "a model.json, or the folder that it is in");
    if (chosen == convert) need(out, "a folder", "where the model is to be written");
    options.out = out;
    if (chosen == predict && options.inputs.empty()) need({}, "--input", "a file for each input of the model");
  } else if (chosen == train) {
    throw UsageError({"train", "needs an exhibit", "neuron, playground or heartbeats", "nothing",
                      "As in vitrine train neuron --epochs 100."});
  } else if (chosen == neuron || chosen == playground) {
    options.command = Command::train;
    options.exhibit = chosen->get_name();
    need(words.epochs, "--epochs", "a number of epochs");
    options.epochs = whole("--epochs", words.epochs, 0, kMostEpochs);
    options.at = epochs_at(words.at.empty() ? "0," + to_text(options.epochs) : words.at, options.epochs);
  } else if (chosen == heartbeats) {
    options.command = Command::train;
    options.exhibit = chosen->get_name();
    options.train_file = train_file;
    options.test_file = test_file;
    if (!test_file.empty()) need(train_file, "--train", "the file to learn from");
    options.epochs = words.epochs.empty() ? kHeartbeatEpochs : whole("--epochs", words.epochs, 0, kMostEpochs);
  } else if (chosen == bench) {
    options.command = words.benches ? Command::list_benches : Command::bench;
    if (!words.benches) need(options.task, "a task", "one that `vitrine bench --list` prints");
    options.out = out;
    options.compare = compare;
  } else if (chosen == screenshot) {
    options.command = Command::screenshot;
    if (!open.empty() && out.empty()) std::swap(options.exhibit, out);  // the file says which exhibit
    if (open.empty()) need(options.exhibit, "an exhibit", "an id that `vitrine --list-exhibits` prints");
    need(out, "a file", "the PNG file to write");
    options.open = open;
    options.out = out;
  } else {
    options.open = file_to_open(root, words.files);
  }
  return options;
}

}  // namespace vitrine::cli
