// Three rows: items and a field, judgements of them, what a machine did.
#include "app/ui/data_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/plot_axes.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace {

constexpr std::array<std::string_view, 5> kStateNames{"rest", "hovered", "focused", "inside", "empty"};
constexpr const char* kWidgetIds[] = {"map",   "scores", "pictures", "field", "roc",      "precision", "confusion",
                                      "areas", "gauge",  "strip",    "runs",  "launches", "save"};
constexpr int kDataField = 24, kDataMaps = 16, kDataMap = 12;
constexpr std::int64_t kManyPictures = 10'000;

struct Noise {
  unsigned state = 1;
  float even() { return static_cast<float>((state = state * 1664525u + 1013904223u) >> 8) / 16777216.0f; }
  float bell() { return even() + even() + even() - 1.5f; }
};

Texture picture_number(std::size_t i) {
  Texture texture{"widgets." + to_text(static_cast<std::int64_t>(i)), 1, Filter::linear, Image(8, 8)};
  for (std::size_t k = 0; k < texture.image.rgba.size(); ++k)
    texture.image.rgba[k] = k % 4 == 3 ? 255 : static_cast<std::uint8_t>(15 * i + k / 2);
  return texture;
}

}  // namespace

std::string_view name_of(PartState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

std::optional<PartState> widgets_page(std::string_view page) {
  constexpr std::string_view kPage = "widgets";
  if (page == kPage) return PartState::rest;
  if (!page.starts_with(kPage) || page.substr(kPage.size(), 1) != "-") return std::nullopt;
  for (const PartState state : kPartStates)
    if (page.substr(kPage.size() + 1) == name_of(state)) return state;
  return std::nullopt;
}

DataParts::DataParts(std::size_t items, PartState shown) : state(shown) {
  Noise noise;
  std::vector<float> there, absent;
  for (std::size_t i = 0; i < items; ++i) {
    const auto c = static_cast<std::uint8_t>(i % 3);
    const float turn = 2.1f * static_cast<float>(c);
    classes.push_back(c);
    x.push_back(std::cos(turn) + 0.5f * noise.bell());
    y.push_back(std::sin(turn) + 0.5f * noise.bell());
    is_there.push_back(c == 0);
    scores.push_back((c == 0 ? 0.65f : 0.35f) + 0.3f * noise.bell());
    (c == 0 ? there : absent).push_back(scores.back());
  }
  good = binned(there, 0, 1, 24);
  bad = binned(absent, 0, 1, 24);
  roc = rate_curve(scores, is_there, Rates::roc);
  precision = rate_curve(scores, is_there, Rates::precision_recall);
  for (int i = 0; i < kDataMaps * kDataMap * kDataMap; ++i)
    maps.push_back(std::sin(0.13f * static_cast<float>(i % (kDataMap * kDataMap))) * noise.bell());
  for (int i = 0; i < kDataField * kDataField; ++i) {
    const float across = static_cast<float>(i % kDataField) / kDataField - 0.5f;
    const float down = static_cast<float>(i / kDataField) / kDataField - 0.5f;
    field.push_back(std::tanh(3 - 30 * (across * across + down * down)));
  }
  for (std::size_t i = 0; i < 8; ++i) pictures.push_back(picture_number(i));
  points = {.heading = "Map",
            .x = x,
            .y = y,
            .category = classes,
            .category_names = names,
            .range = {-2, 2, -2, 2},
            .x_title = "first",
            .y_title = "second"};
  if (items > kDirectPoints) {
    cloud = splat(x, y, classes, points.range, 320, 200, 1);
    points.splat = &cloud;
  }
}

void DataParts::draw_pictures(Ui& ui, const Rect& rect) {
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), "Pictures");
  asked = 0;
  image_grid(ui, "pictures", body,
             {.count = empty() ? 0 : kManyPictures,
              .picture = [&](std::int64_t i) -> const Texture* {
                ++asked;
                return i % 9 == 8 ? nullptr : &pictures[static_cast<std::size_t>(i % 8)];
              },
              .wrong = [](std::int64_t i) { return i % 5 == 3; },
              .name = [](std::int64_t) { return std::string("a picture"); },
              .heading_line = free},
             grid_state, selection);
}

void DataParts::draw_field(Ui& ui, Rect rect) {
  static constexpr float kLevels[] = {-0.5f, 0, 0.5f};
  const Rect free = plot_heading(ui, rect.take_top(plot_heading_height(ui)), "Field");
  HeatMap map{.width = empty() ? 0 : kDataField,
              .height = empty() ? 0 : kDataField,
              .values = field,
              .version = 1,
              .share = kFieldRange,
              .x = {.low = -6, .high = 6, .title = "x₁", .at = {-6, 0, 6}},
              .y = {.low = -6, .high = 6, .title = "x₂", .at = {-6, 6}},
              .levels = kLevels,
              .value_name = "answer",
              .heading_line = free};
  const Margins margins = heat_map_margins(ui, map);
  const Rect scale = rect.take_bottom(ui.theme.line(Type::small));
  rect.take_left(margins.left), rect.take_bottom(margins.bottom + ui.theme.u(2));
  heat_map(ui, "field", rect, map, field_state);
  if (!empty()) colour_scale(ui, scale, {.share = kFieldRange}, scale_bar);
}

void DataParts::draw_items(Ui& ui, Rect row) {
  const float gap = ui.theme.u(12);
  scatter(ui, "map", row.column(0, 4, gap), empty() ? Scatter{.heading = "Map", .range = points.range} : points,
          scatter_state, selection);
  const HistogramSet sets[] = {{"present", good, 0}, {"absent", bad, 1}};
  Histogram histogram_of{.heading = "Scores", .x_name = "score"};
  if (!empty()) histogram_of.sets = sets, histogram_of.threshold = threshold, histogram_of.items = scores;
  last_histogram = histogram(ui, "scores", row.column(1, 4, gap), histogram_of, histogram_state, &selection);
  if (last_histogram.threshold && state == PartState::rest) threshold = *last_histogram.threshold;
  if (last_histogram.chosen) chosen_bin = last_histogram.bin;
  draw_pictures(ui, row.column(2, 4, gap));
  draw_field(ui, row.column(3, 4, gap));
}

void DataParts::draw_judgements(Ui& ui, const Rect& row) {
  const float gap = ui.theme.u(12);
  const RateSeries found[] = {{"ours", &roc, 0}}, exact[] = {{"ours", &precision, 0}};
  RatePlot rates{.heading = "Found and false alarms"}, exactness{.heading = "Precision"};
  exactness.rates = Rates::precision_recall;
  Confusion verdicts{.heading = "Test set"};
  const Bar areas[] = {{"this model", 0.995, ui.theme.category(0)}, {"nearest", 0.981}, {"mean", 0.93}, {"loss", -0.4}};
  if (!empty()) {
    rates.series = found, rates.scores = scores;
    exactness.series = exact, exactness.scores = scores;
    verdicts.classes = names, verdicts.counts = counts;
  }
  last_rate = rate_plot(ui, "roc", row.column(0, 4, gap), rates, roc_state, &selection);
  rate_plot(ui, "precision", row.column(1, 4, gap), exactness, precision_state, &selection);
  last_confusion = confusion(ui, "confusion", row.column(2, 4, gap), verdicts, confusion_state, &selection);
  bars(ui, "areas", row.column(3, 4, gap),
       {.heading = "Areas", .bars = empty() ? std::span<const Bar>() : std::span<const Bar>(areas)}, bars_state);
}

void DataParts::draw_runs(Ui& ui, Rect rect) {
  static const TableColumn kHeads[] = {{.title = "run", .number = false, .sorts = true},
                                       {.title = "rate", .sorts = true},
                                       {.title = "test loss", .sorts = true}};
  static const TableCell kCells[] = {{"spiral 3"}, {"0.06"},     {"0.0192"}, {"spiral 2"}, {"0.03"},
                                     {"0.0975"},   {"spiral 1"}, {"1"},      {"NaN"}};
  const Rect free = plot_heading(ui, rect.take_top(plot_heading_height(ui)), "Runs");
  const TableEvents events =
      table(ui, "runs", rect,
            {.columns = kHeads,
             .cells = empty() ? std::span<const TableCell>() : std::span<const TableCell>(kCells),
             .can_choose = true,
             .heading_line = free},
            table_state, &selection);
  if (events.chosen >= 0) chosen_row = events.chosen;
}

void DataParts::draw_lists(Ui& ui, Rect row) {
  const Theme& theme = ui.theme;
  const float gap = theme.u(12);
  static const std::vector<std::string> kLanes{"worker", "copy"};
  static const std::vector<Span> kSpans{
      {"matmul", 0, 0, 42}, {"bias", 0, 42, 9}, {"tanh", 0, 51, 16}, {"upload", 1, 5, 30}, {"matmul", 0, 70, 40}};
  Rect first = row.column(0, 4, gap);
  Rect dial = first.take_left(theme.u(30));
  dial.h = std::min(dial.h, theme.u(36));
  const Rect free = plot_heading(ui, dial.take_top(plot_heading_height(ui)), "Test");
  gauge(ui, "gauge", dial,
        {.caption = "correct",
         .value = empty() ? 0 : 0.92,
         .text = empty() ? "–" : "92.0",
         .unit = empty() ? "" : "%",
         .mark = 0.5,
         .heading_line = free});
  const bool shows = !empty();
  Rect second = row.column(1, 4, gap);
  second.x = first.x + theme.u(4), second.w = row.column(1, 4, gap).right() - second.x;
  second.h = std::min(second.h, theme.u(34));
  last_channel = tensor_strip(ui, "strip", second,
                              {.heading = "What the first layer puts out",
                               .channels = shows ? kDataMaps : 0,
                               .height = kDataMap,
                               .width = kDataMap,
                               .values = maps,
                               .version = 1,
                               .reach = 1},
                              strip_state);
  spans(ui, "launches", row.column(2, 4, gap),
        {.heading = "One step",
         .lanes = shows ? std::span<const std::string>(kLanes) : std::span<const std::string>(),
         .spans = shows ? std::span<const Span>(kSpans) : std::span<const Span>()},
        spans_state);
  draw_runs(ui, row.column(3, 4, gap));
}

void DataParts::draw(Ui& ui) {
  const Theme& theme = ui.theme;
  constexpr std::optional<Pose> kPoses[] = {{}, Pose::hovered, Pose::focused, Pose::inside, {}};
  for (const char* id : kWidgetIds)
    if (const auto pose = kPoses[static_cast<std::size_t>(state)]) ui.poses[id] = *pose;
  const Region pane(ui, "pane", ui.window(), theme->pane);
  Rect all = ui.window().inset(theme.u(8), theme.u(6));
  const float gap = theme.u(7), row = (all.h - 2 * gap) / 3;
  draw_items(ui, snap(all.take_top(row)));
  all.take_top(gap);
  draw_judgements(ui, snap(all.take_top(row)));
  all.take_top(gap);
  draw_lists(ui, snap(all));
}

}  // namespace vitrine::ui
