// From words to options: the one file that knows CLI11. What may be written stands in the grammar.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <deque>

#include "app/cli/grammar.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::cli {
namespace {

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

bool takes(const CommandRow& command, const OptionRow& option) {
  const std::string names = " " + std::string(option.commands) + " ";
  return names.find(" " + std::string(command.name) + " ") != std::string::npos;
}

// The grammar as CLI11 holds it, and where CLI11 writes what it finds.
class Parser {
 public:
  Parser() : root_("Vitrine lets people see neural networks work. Without a command it opens the window.", "vitrine") {
    root_.fallthrough()->allow_extras();
    root_.footer("Exit codes: 0 done, 1 task failed, 2 usage, 3 no display, 4 file, 5 device, 130 interrupted.");
    for (const CommandRow& row : command_rows()) {
      CLI::App& parent = row.parent == nullptr ? root_ : *root_.get_subcommand(row.parent);
      commands_.emplace_back(&row, parent.add_subcommand(row.name, row.meaning)->fallthrough()->allow_extras());
    }
    for (const OptionRow& row : option_rows()) {
      Word& word = words_.emplace_back(&row);
      if (row.commands.empty()) add(root_, word);
      for (const auto& [command, app] : commands_)
        if (takes(*command, row)) add(*app, word);
    }
    root_.add_option("file", files_, "a .vitrine file to open in the window");
  }

  // False: help was asked for.
  bool read(int count, const char* const* arguments) {
    try {
      root_.parse(count, arguments);
    } catch (const CLI::CallForHelp&) {
      return false;
    } catch (const CLI::ParseError& error) {
      throw UsageError({"the command line", "cannot be understood", "a command and its options", error.what(),
                        "`vitrine --help` shows how."});
    }
    const CLI::App* chosen = &root_;
    while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
    // What a command does not take lands among the files of the window, and an unknown option's value does, too.
    if (const auto extras = root_.remaining(true); !extras.empty()) refuse_extra(*chosen, extras.front());
    if (chosen != &root_ && !files_.empty()) refuse_extra(*chosen, files_.front());
    const auto found = std::ranges::find(commands_, chosen, &std::pair<const CommandRow*, CLI::App*>::second);
    command_ = found == commands_.end() ? nullptr : found->first;
    return true;
  }

  std::string help() const { return root_.help(); }
  const CommandRow* command() const { return command_; }  // null: the window
  std::filesystem::path file() const { return file_to_open(root_, files_); }

  Given given() const {
    Given given;
    for (const Word& word : words_) {
      if (word.flag) given.texts[word.row] = {"true"};
      if (!word.texts.empty()) given.texts[word.row] = word.texts;
    }
    return given;
  }

 private:
  struct Word {
    explicit Word(const OptionRow* of) : row(of) {}
    const OptionRow* row;
    std::vector<std::string> texts = {};
    bool flag = false;
  };

  static void add(CLI::App& app, Word& word) {
    const OptionRow& row = *word.row;
    if (row.takes == Takes::nothing) {
      app.add_flag(row.name, word.flag, row.meaning);
      return;
    }
    CLI::Option* option = app.add_option(row.name, word.texts, row.meaning);
    if (row.takes == Takes::one) option->expected(1);
    if (row.takes != Takes::many) option->allow_extra_args(false);
  }

  CLI::App root_;
  std::vector<std::pair<const CommandRow*, CLI::App*>> commands_;
  std::deque<Word> words_;  // CLI11 keeps their addresses
  std::vector<std::string> files_;
  const CommandRow* command_ = nullptr;
};

void read_values(const Given& given, Options& options) {
  for (const OptionRow& row : option_rows()) {
    const auto found = given.texts.find(&row);
    if (found == given.texts.end()) continue;
    for (const std::string& text : found->second) row.read(options, row.name, text);
  }
}

void need_all(const CommandRow& command, const Given& given) {
  for (const OptionRow& row : option_rows())
    if (row.example != nullptr && takes(command, row))
      need(given.has(row.name), row.missing != nullptr ? row.missing : row.name, row.example);
}

}  // namespace

Options parse(int count, const char* const* arguments) {
  Options options;
  Parser parser;
  if (!parser.read(count, arguments)) {
    options.command = Command::help;
    options.text = parser.help();
    return options;
  }
  const CommandRow* command = parser.command();
  if (command != nullptr) options.command = command->command;
  const Given given = parser.given();
  const bool about_itself = given.has("--version") || given.has("--list-exhibits");
  if (command != nullptr && !about_itself) need_all(*command, given);
  read_values(given, options);
  if (about_itself) return options;
  if (command == nullptr)
    options.open = parser.file();
  else if (command->finish != nullptr)
    command->finish(*command, given, options);
  return options;
}

}  // namespace vitrine::cli
