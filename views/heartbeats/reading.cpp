// Generated beats are there at once; files are read block by block, a long series at once.
#include "views/heartbeats/reading.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <tuple>
#include <utility>

#include "app/ui/number.h"
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
  for (const std::string& path : {s.train_file, s.test_file}) {
    if (path.empty()) continue;
    std::error_code absent;  // said when it is opened
    const std::uintmax_t bytes = std::filesystem::file_size(path, absent);
    files_.push_back({path, absent ? 0 : bytes});
  }
}

bool Reading::read_block() {
  if (rows_) {
    if (rows_->read_block()) return true;
    rows_behind_ += rows_->rows();
    take(std::move(*rows_).finish());
    rows_.reset();
    ++at_;
  }
  if (at_ == files_.size()) return false;
  if (settings_.window > 0) {
    read_windows(files_[at_++].path);
  } else {
    rows_.emplace(files_[at_].path, datasets::RowReader::Recipe{.most_rows = static_cast<std::size_t>(kMostRows),
                                                                .seed = static_cast<std::uint64_t>(settings_.data_seed),
                                                                .like = form_ ? &*form_ : nullptr});
  }
  return true;
}

double Reading::share() const {
  double behind = 0, all = 0;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const auto bytes = static_cast<double>(files_[i].bytes);
    all += bytes;
    if (i < at_) behind += bytes;
    if (i == at_ && rows_) behind += bytes * rows_->share();
  }
  return all > 0 ? behind / all : 1;
}

std::size_t Reading::rows() const {
  return rows_behind_ + (rows_ ? rows_->rows() : 0);
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

std::vector<std::pair<std::string, work::Value>> settings_of_file(const std::filesystem::path& file) {
  static constexpr std::string_view kTables[] = {".csv", ".tsv", ".txt"};
  if (std::ranges::find(kTables, file.extension().string()) == std::end(kTables)) return {};
  return {{"data.set", std::string("files")}, {"data.test_file", std::string()}, {"data.train_file", file.string()}};
}

bool same_sources(const Settings& a, const Settings& b) {
  const auto facts = [](const Settings& s) {
    return std::tie(s.source, s.beats, s.data_seed, s.train_file, s.test_file, s.window, s.stride);
  };
  return facts(a) == facts(b);
}

Sources read_sources(const Settings& s, work::Errand& errand) {
  Reading reading(s);
  if (s.generated()) return std::move(reading).finish();
  work::Errand::Leg leg(errand, "Reading " + std::filesystem::path(s.train_file).filename().string());
  while (reading.read_block())
    leg.reached(reading.share(), ui::number_text(static_cast<double>(reading.rows()), {.decimals = 0}) + " rows");
  return std::move(reading).finish();
}

}  // namespace vitrine::views::heartbeats
