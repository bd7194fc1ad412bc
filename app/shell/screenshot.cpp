// Sets an exhibit up as asked, lets the frame settle, writes the picture.
#include "app/shell/screenshot.h"

#include "app/shell/driver.h"
#include "app/shell/files/files.h"
#include "app/ui/data_parts.h"
#include "app/ui/parts.h"
#include "app/ui/png.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/number.h"

namespace vitrine::shell {
namespace {

constexpr std::string_view kParts = "parts";  // a hidden page; the other ones are ui::widgets_page
constexpr std::size_t kWidgetItems = 300;

constexpr int kLeastPicture = 64, kMostPicture = 16384;  // pixels; below nothing is seen, above nothing is gained
constexpr double kLeastScale = 0.5, kMostScale = 8;      // of the fonts; an atlas beyond that is too large

void check(const ScreenshotOptions& options) {
  const auto edge_ok = [](int edge) { return edge >= kLeastPicture && edge <= kMostPicture; };
  if (!edge_ok(options.width) || !edge_ok(options.height))
    throw UsageError({"--size", "is out of range", "64x64 to 16384x16384",
                      to_text(std::int64_t{options.width}) + "x" + to_text(std::int64_t{options.height}),
                      "Give both in pixels, as 1600x1000."});
  if (!(options.scale >= kLeastScale && options.scale <= kMostScale))
    throw UsageError({"--scale", "is out of range", "0.5 to 8", to_text(options.scale), "1 is 100 %."});
  if (!look_named(options.theme))
    throw UsageError({"--theme", "names no look", "dark, light or contrast", options.theme,
                      work::hint(options.theme, {"dark", "light", "contrast"})});
}

const views::Exhibit& exhibit_named(const std::string& id) {
  if (const views::Exhibit* found = views::find_exhibit(id)) return *found;
  std::vector<std::string> ids = {"gallery"};
  for (const views::Exhibit& each : views::exhibits()) ids.emplace_back(each.id);
  throw UsageError({"EXHIBIT", "is not known", "gallery or an exhibit's id", id, work::hint(id, ids)});
}

Screenshot write_picture(const ScreenshotOptions& options, const ui::Image& pixels, std::string hash) {
  const std::string png = ui::encode_png(pixels);
  write_file(options.out, png);
  return {.exhibit = options.exhibit,
          .width = options.width,
          .height = options.height,
          .bytes = png.size(),
          .state_hash = std::move(hash)};
}

// The page of components, some of them in the states that a picture cannot bring about.
Screenshot picture_of_parts(const ScreenshotOptions& options) {
  ui::Headless window(options.width, options.height,
                      ui::Theme(*look_named(options.theme), static_cast<float>(options.scale)));
  window.ui().poses = {{"focused", ui::Pose::focused},
                       {"share", ui::Pose::hovered},
                       {"wipe", ui::Pose::focused},
                       {"reset", ui::Pose::hovered},
                       {"Adam", ui::Pose::hovered}};
  ui::Parts parts;
  window.settle([&](ui::Ui& ui) { parts.draw(ui); });
  return write_picture(options, window.pixels(), {});
}

Screenshot picture_of_widgets(const ScreenshotOptions& options, ui::PartState state) {
  ui::Headless window(options.width, options.height,
                      ui::Theme(*look_named(options.theme), static_cast<float>(options.scale)));
  ui::DataParts parts(kWidgetItems, state);
  window.settle([&](ui::Ui& ui) { parts.draw(ui); });
  return write_picture(options, window.pixels(), {});
}

}  // namespace

Screenshot take_screenshot(const ScreenshotOptions& options) {
  check(options);
  if (options.exhibit == kParts) return picture_of_parts(options);
  if (const auto state = ui::widgets_page(options.exhibit)) return picture_of_widgets(options, *state);
  Driver driver({.width = options.width,
                 .height = options.height,
                 .scale = static_cast<float>(options.scale),
                 .look = *look_named(options.theme),
                 .device = options.device,
                 .threads = options.threads,
                 .seed = options.seed,
                 .cache = options.cache});
  App& app = driver.app();
  std::string hash;
  if (options.exhibit == "gallery" && options.open.empty()) {
    app.home();
    if (options.steps > 0) app.gallery()->advance(options.steps);
  } else {
    if (options.open.empty())
      app.open(exhibit_named(options.exhibit));
    else if (const auto link = link_in(options.open, views::find_exhibit(options.exhibit)))
      app.open_link(*link);
    else
      app.open_document(load_document(options.open), options.open);
    driver.expect_ok();
    for (const auto& [path, value] : options.set) {
      driver.tell(work::command::Set{path, work::parse_value(value), true});
      driver.expect_ok();
    }
    if (options.steps > 0) driver.tell(work::command::Step{options.steps});
    driver.expect_ok();
    hash = driver.state_hash();
  }
  driver.settle();
  Screenshot taken = write_picture(options, driver.pixels(), std::move(hash));
  if (app.opened()) taken.exhibit = app.opened()->exhibit->id;
  return taken;
}

}  // namespace vitrine::shell
