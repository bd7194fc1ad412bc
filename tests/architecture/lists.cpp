// Reads what is declared and counts how often the one list names it.
#include "tests/architecture/lists.h"

#include <algorithm>
#include <set>

namespace vitrine::architecture {
namespace {

const SourceFile* find_file(const std::vector<SourceFile>& files, std::string_view path) {
  const auto found = std::ranges::find(files, path, &SourceFile::path);
  return found == files.end() ? nullptr : &*found;
}

// The declared ops: the words after `extern const Op` in the headers of engine/ops.
std::set<std::string_view> declared_ops(const SourceFile& header) {
  std::set<std::string_view> ops;
  const std::string_view code = header.code;
  constexpr std::string_view kDeclaration = "extern const Op ";
  for (std::size_t at = code.find(kDeclaration); at != code.npos; at = code.find(kDeclaration, at + 1)) {
    const std::size_t start = at + kDeclaration.size();
    for (const std::string_view op : split(code.substr(start, code.find(';', start) - start), " ,\n")) ops.insert(op);
  }
  return ops;
}

bool is_op_header(const SourceFile& file) {
  return file.path.starts_with("engine/ops/") && file.path.ends_with(".h");
}

// The folders directly under `root` ("views/") that hold a file whose path ends in `with`.
std::set<std::string> folders_under(const std::vector<SourceFile>& files, std::string_view root,
                                    std::string_view with) {
  std::set<std::string> folders;
  for (const SourceFile& file : files) {
    if (!file.path.starts_with(root) || !file.path.ends_with(with)) continue;
    const std::string rest = file.path.substr(root.size());
    if (const std::size_t slash = rest.find('/'); slash != rest.npos) folders.insert(rest.substr(0, slash));
  }
  return folders;
}

// Checks that each folder under `root` is in the list's source or header once, where `mark` with the folder's name
// between its two parts stands for being in it.
Findings not_listed_once(const std::vector<SourceFile>& files, std::string_view root, std::string_view with,
                         std::string_view list, std::pair<std::string_view, std::string_view> mark) {
  Findings findings;
  for (const std::string& folder : folders_under(files, root, with)) {
    const std::string marked = std::string(mark.first) + folder + std::string(mark.second);
    std::size_t count = 0;
    for (const SourceFile& file : files) {
      if (!file.path.starts_with(list) || file.path.find('.') != list.size()) continue;
      for (std::size_t at = file.text.find(marked); at != file.text.npos; at = file.text.find(marked, at + 1)) ++count;
    }
    if (count != 1) {
      findings.push_back(std::string(root) + folder + ": " + marked + " stands " + std::to_string(count) +
                         " times in " + std::string(list) + "; expected once");
    }
  }
  return findings;
}

}  // namespace

Findings ops_not_listed_once(const std::vector<SourceFile>& files) {
  Findings findings;
  const SourceFile* list = find_file(files, "engine/ops/all_ops.cpp");
  for (const SourceFile& file : files) {
    if (!is_op_header(file)) continue;
    for (const std::string_view op : declared_ops(file)) {
      const auto listed = list == nullptr ? std::vector<Word>{} : words(*list);
      const auto count = std::ranges::count(listed, op, &Word::text);
      if (count != 1) {
        findings.push_back(file.path + ": " + std::string(op) + " is named " + std::to_string(count) +
                           " times in engine/ops/all_ops.cpp; expected once");
      }
    }
  }
  return findings;
}

// An exhibit is in the registry by its id, which is the name of its folder; a data set by its folder's header.
Findings exhibits_not_listed_once(const std::vector<SourceFile>& files) {
  return not_listed_once(files, "views/", "/view.cpp", "views/registry", {"\"", "\""});
}

Findings data_sets_not_listed_once(const std::vector<SourceFile>& files) {
  // What reads the files of others, or judges by scores, is no set of its own.
  constexpr std::string_view kLoaders = "datasets/files/ datasets/images/ datasets/anomaly/";
  std::vector<SourceFile> sets;
  std::ranges::copy_if(files, std::back_inserter(sets),
                       [&](const SourceFile& file) { return !starts_with_any(file.path, kLoaders); });
  return not_listed_once(sets, "datasets/", ".cpp", "datasets/catalog", {"#include \"datasets/", "/"});
}

Findings second_lists_of_ops(const std::vector<SourceFile>& files) {
  std::set<std::string_view> ops;
  for (const SourceFile& file : files) {
    if (is_op_header(file)) ops.merge(declared_ops(file));
  }
  Findings findings;
  for (const SourceFile& file : files) {
    if (!is_cpp(file) || file.path.starts_with("engine/ops/")) continue;
    std::set<std::string_view> named;
    for (const Word& word : words(file)) {
      if (ops.contains(word.text)) named.insert(word.text);
    }
    // Half of them is no longer a choice of a few but the list again.
    if (named.size() > 1 && named.size() * 2 > ops.size()) {
      findings.push_back(file.path + ": names " + std::to_string(named.size()) + " of " + std::to_string(ops.size()) +
                         " ops; read all_ops() instead");
    }
  }
  return findings;
}

}  // namespace vitrine::architecture
