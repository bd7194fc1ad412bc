// What comes in from files, links and the clipboard, and what goes out to them.
#include "app/shell/app.h"
#include "app/shell/files/files.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/file_reader.h"
#include "engine/core/limits.h"

namespace vitrine::shell {
namespace {

bool holds_link(const std::filesystem::path& file) {
  constexpr std::size_t kEnough = 64;
  std::string text(kEnough, 0);
  text.resize(FileReader(file).read(text));
  return work::looks_like_permalink(text);
}

// The settings by which an exhibit reads a file itself, as a link to it; none where it does not.
std::optional<work::Permalink> link_to(const views::Exhibit& exhibit, const std::filesystem::path& file) {
  if (exhibit.settings_of_file == nullptr) return {};
  auto settings = exhibit.settings_of_file(file);
  if (settings.empty()) return {};
  return work::Permalink{std::string(exhibit.id), std::move(settings)};
}

// What is wrong with a table is said of the file.
std::optional<work::Permalink> link_of(const std::string& text, const std::filesystem::path& file) {
  if (file.extension() != ".csv" && file.extension() != ".tsv") return views::link_of_text(text);
  try {
    return views::link_of_text(text, views::TextFrom::table_file);
  } catch (const Error& error) {
    Complaint complaint = error.complaint();
    complaint.subject = file.filename().string();
    throw FileError(std::move(complaint));
  }
}

// The first of "curve.png", "curve 2.png" … that is not there: an earlier figure stays as it is.
std::filesystem::path free_place(const std::filesystem::path& wanted) {
  std::filesystem::path place = wanted;
  std::error_code none;
  for (int i = 2; std::filesystem::exists(place, none); ++i)
    place.replace_filename(wanted.stem().string() + " " + std::to_string(i) + wanted.extension().string());
  return place;
}

}  // namespace

std::optional<work::Permalink> link_in(const std::filesystem::path& file, const views::Exhibit* here) {
  if (file.extension() == ".vitrine") return {};
  if (auto link = here ? link_to(*here, file) : std::nullopt; link && !holds_link(file)) return link;
  std::error_code absent;  // said when it is read
  const auto bytes = std::filesystem::file_size(file, absent);
  if (absent || bytes <= limits::kTableFileBytes) return link_of(read_file(file, limits::kTableFileBytes), file);
  for (const views::Exhibit& exhibit : views::exhibits()) {
    if (auto link = link_to(exhibit, file)) return link;
  }
  return {};
}

void App::open_document(const work::Document& document, const std::filesystem::path& file) {
  const views::Exhibit* exhibit = views::find_exhibit(document.exhibit);
  if (!exhibit)
    throw UsageError({file.filename().string(), "belongs to an exhibit that this version lacks", "a known exhibit",
                      document.exhibit, "Open it with a newer version."});
  show(*exhibit);
  open_->file = file;
  ask([document, file, rescue = rescue_](work::Runner& runner) {
    runner.open(document);
    rescue->safe(runner, file);
  });
}

void App::open_link(const work::Permalink& link) {
  const views::Exhibit* exhibit = views::find_exhibit(link.exhibit);
  if (!exhibit) {
    std::vector<std::string> ids;
    for (const views::Exhibit& each : views::exhibits()) ids.emplace_back(each.id);
    throw UsageError({"the link", "belongs to an exhibit that this version lacks", "a known exhibit", link.exhibit,
                      work::hint(link.exhibit, ids)});
  }
  show(*exhibit);
  ask([link, rescue = rescue_](work::Runner& runner) {
    rescue->safe(runner, {});
    runner.open(link);
  });
}

App::Letter App::opening_of(const work::Permalink& link) {
  return [link](App& now) { now.leave([link](App& app) { app.open_link(link); }); };
}

// Reads the file, on whichever thread, and says what the app is to do with what stands there. Who stands before an
// exhibit that reads such files means this one, and loses nothing by it.
App::Letter App::opening_of(const std::filesystem::path& file, const views::Exhibit* here) {
  if (const auto more = here && file.extension() != ".vitrine" ? link_to(*here, file) : std::nullopt;
      more && !holds_link(file)) {
    return [more](App& app) { app.tell_chosen(work::command::SetAll{more->settings}); };
  }
  if (const auto link = link_in(file)) return opening_of(*link);
  return [document = std::make_shared<const work::Document>(load_document(file)), file](App& now) {
    now.leave([document, file](App& app) {
      app.open_document(*document, file);
      app.settings_.opened(file);
    });
  };
}

void App::open_file(const std::filesystem::path& file) {
  const auto read = [file, here = open_ ? open_->exhibit : nullptr, post = post_] {
    try {
      post->send(opening_of(file, here));
    } catch (const Error& error) {
      post->send([what = std::string(error.what())](App& app) { app.trouble_ = what; });
    }
  };
  if (options_.threaded)
    reader_ = std::jthread(read);
  else
    read();
}

void App::save_to(const std::filesystem::path& file) {
  if (!open_) return;
  ask([file, post = post_, rescue = rescue_](work::Runner& runner) {
    save_document(file, runner.document());
    rescue->safe(runner, file);
    post->send([file, exhibit = runner.exhibit()](App& app) {
      if (app.open_ && app.open_->exhibit->id == exhibit) app.open_->file = file;
      app.settings_.opened(file);
      app.toast_ = "Saved as " + file.filename().string();
    });
  });
}

void App::keep(const ui::Outgoing& file) {
  attempt([&] {
    const std::filesystem::path place = free_place(options_.documents / file.name);
    write_file(place, file.bytes);
    toast_ = "Saved as " + place.string();
  });
}

// What an app that died had not saved goes on here, still unsaved. A copy that cannot be read is not offered again, and
// stays for who looks for it.
void App::restore() {
  const Rescue::Left left = *rescue_->left();
  rescue_->take_left();
  const work::Document document = load_document(left.copy);
  const views::Exhibit* exhibit = views::find_exhibit(document.exhibit);
  if (!exhibit) return open_document(document, left.copy);  // says what is wrong with it
  show(*exhibit);
  open_->file = left.file;
  ask([document, left, rescue = rescue_](work::Runner& runner) {
    runner.open(document);
    rescue->restored(runner, left.file);
  });
}

void App::copy_link() {
  if (!open_) return;
  ask([post = post_](work::Runner& runner) {
    post->send([text = to_text(runner.permalink())](App& app) {
      ImGui::SetClipboardText(text.c_str());
      app.toast_ = "Copied as a link: " + std::to_string(text.size()) + " letters";
    });
  });
}

void App::paste() {
  const char* clipboard = ImGui::GetClipboardText();
  const std::string text = clipboard ? clipboard : "";
  if (const auto link = views::link_of_text(text)) return opening_of(*link)(*this);
  if (text.starts_with('/')) return open_file(text.substr(0, text.find('\n')));
  throw UsageError({"the clipboard", "holds nothing to open", "a link that begins with vitrine: or the path of a file",
                    text.empty() ? "nothing" : "other text", "Copy the whole line, or drop the file on the window."});
}

}  // namespace vitrine::shell
