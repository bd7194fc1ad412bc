// Generated beats are there at once; files are read block by block, a long series at once.
#include "views/heartbeats/reading.h"

#include <algorithm>
#include <utility>

#include "datasets/anomaly/windows.h"
#include "datasets/heartbeats/heartbeats.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"

namespace vitrine::views::heartbeats {

Reading::Reading(const Settings& s) : settings_(s) {
  if (s.generated()) {
    sources_.train = datasets::heartbeats(
        {.seed = static_cast<std::uint64_t>(s.data_seed), .count = static_cast<std::size_t>(s.beats)});
    if (s.source == Source::files)
      sources_.notes.push_back("No training file is chosen yet: these beats are generated. Type its path at the left.");
    return;
  }
  files_ = {s.train_file};
  if (!s.test_file.empty()) files_.push_back(s.test_file);
}

bool Reading::read_block() {
  if (rows_) {
    if (rows_->read_block()) return true;
    take(std::move(*rows_).finish());
    rows_.reset();
    ++at_;
  }
  if (at_ == files_.size()) return false;
  if (settings_.window > 0) {
    read_windows(files_[at_++]);
  } else {
    rows_.emplace(files_[at_], datasets::RowReader::Recipe{.most_rows = static_cast<std::size_t>(kMostRows),
                                                           .seed = static_cast<std::uint64_t>(settings_.data_seed),
                                                           .like = form_ ? &*form_ : nullptr});
  }
  return true;
}

double Reading::share() const {
  if (files_.empty()) return 1;
  return (static_cast<double>(at_) + (rows_ ? rows_->share() : 0)) / static_cast<double>(files_.size());
}

void Reading::take(datasets::RowFile file) {
  (form_ ? sources_.test : sources_.train) = std::move(file.data);
  for (std::string& note : file.notes) {
    if (std::ranges::find(sources_.notes, note) == sources_.notes.end()) sources_.notes.push_back(std::move(note));
  }
  if (form_) return;
  form_ = std::move(file.form);
  sources_.fields = form_->layout.fields, sources_.series = form_->layout.series;
}

void Reading::read_windows(const std::string& path) {
  const datasets::WindowRecipe recipe{static_cast<std::size_t>(settings_.window),
                                      static_cast<std::size_t>(settings_.stride)};
  datasets::Windows cut =
      datasets::windows(datasets::parse_csv(read_file(path, limits::kTableFileBytes), path), recipe, path);
  if (sources_.train) {
    sources_.test = std::move(cut.data);
    return;
  }
  sources_.train = std::move(cut.data);
  if (cut.series.size() > 1) sources_.series = std::move(cut.series);
  sources_.notes = std::move(cut.notes);
}

}  // namespace vitrine::views::heartbeats
