// Draws the chosen set, or takes the points of a person's own, thins what is to be rare, and notes what came out.
#include "views/playground/points.h"

#include <algorithm>

#include "datasets/catalog.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "views/playground/formula.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

constexpr std::int64_t kLeastPoints = 20;  // fewer leave some class of some set without any
constexpr int kCurvePoints = 500;          // as the sets with two classes have

// Keeps every point of the first class, and of the others the first so many per cent of each.
void thin(Points& points, std::int64_t percent) {
  if (percent >= 100 || points.are_values()) return;
  std::vector<std::int64_t> left(static_cast<std::size_t>(points.classes));
  for (const datasets::PlanePoint& p : points.all) ++left[static_cast<std::size_t>(points.class_of(p.label))];
  for (std::size_t c = 1; c < left.size(); ++c) left[c] = std::max<std::int64_t>(1, left[c] * percent / 100);
  std::erase_if(points.all, [&](const datasets::PlanePoint& p) {
    return --left[static_cast<std::size_t>(points.class_of(p.label))] < 0;
  });
}

int count_of(const Settings& settings) {  // 0: as many as the set has
  return settings.count == 0 ? 0 : static_cast<int>(std::max(settings.count, kLeastPoints));
}

Points built_in(const Settings& settings, std::string_view id, datasets::SeedRandom& random) {
  const datasets::PlaneRecipe recipe{std::string(id), static_cast<double>(settings.noise) / 100, 100, settings.seed,
                                     count_of(settings)};
  Points points;
  points.classes = datasets::find_plane_set(id)->classes;
  points.all = datasets::make_plane(recipe, random).points;
  return points;
}

// The table with the columns asked for; where those are not to be had, as it reads by itself; else a circle.
Points own_points(const Settings& settings, datasets::SeedRandom& random) {
  Points points;
  for (const TableColumns& columns :
       {TableColumns{settings.column_x1, settings.column_x2, settings.column_label}, TableColumns{}}) {
    try {
      OwnPoints own = read_table(settings.table, columns);
      points.classes = own.classes;
      points.names = std::move(own.names);
      points.all = datasets::shuffled(std::move(own.points), random);
      break;
    } catch (const Error& error) {
      if (points.trouble.empty()) points.trouble = error.what();
    }
  }
  if (points.all.empty()) {
    std::string trouble = std::move(points.trouble);
    points = built_in(settings, "circle", random);
    points.trouble = std::move(trouble);
    return points;
  }
  const double noise = static_cast<double>(settings.noise) / 100;
  for (datasets::PlanePoint& p : points.all) {
    if (noise == 0) break;
    p.x += random.uniform(-kFieldExtent, kFieldExtent) * noise;
    p.y += random.uniform(-kFieldExtent, kFieldExtent) * noise;
  }
  const auto most = static_cast<std::size_t>(count_of(settings));
  if (most > 0 && points.all.size() > most) points.all.resize(most);
  const auto same = [&](const datasets::PlanePoint& p) { return p.label == points.all.front().label; };
  if (!points.are_values() && points.trouble.empty() && std::ranges::all_of(points.all, same)) {
    points.trouble = "All points are of one class: there is nothing to tell apart.";
  }
  return points;
}

// Above or below y = f(x), as the built-in curves are drawn; where f is no number, below.
Points beside_curve(const Settings& settings, datasets::SeedRandom& random) {
  Points points;
  points.trouble = complaint_about(settings.curve, kFieldExtent);
  const double noise = static_cast<double>(settings.noise) / 100;
  const auto draw = [&] { return random.uniform(-kFieldExtent, kFieldExtent); };
  std::optional<Formula> f;
  try {
    f.emplace(settings.curve);
  } catch (const UsageError&) {  // said above
    f.emplace("0");
  }
  const int count = settings.count > 0 ? count_of(settings) : kCurvePoints;
  for (int i = 0; i < count; ++i) {
    const double x = draw(), y = draw(), dx = draw() * noise, dy = draw() * noise;
    points.all.push_back({x, y, y + dy > (*f)(x + dx, 0) ? 1.0 : -1.0});
  }
  points.all = datasets::shuffled(std::move(points.all), random);
  return points;
}

}  // namespace

std::string Points::name_of(int c) const {
  if (!names.empty()) return names[static_cast<std::size_t>(c)];
  return classes > 2 ? to_text(std::int64_t{c} + 1) : c == 0 ? "blue" : "orange";
}

std::string Points::title_of(int c) const {
  return names.empty() && classes > 2 ? "class " + name_of(c) : name_of(c);
}

const std::vector<PointSet>& point_sets() {
  static const std::vector<PointSet> all = [] {
    std::vector<PointSet> sets;
    for (const datasets::DataSet& set : datasets::all_plane_sets()) {
      sets.push_back({set.id, set.label, set.what, set.classes});
    }
    sets.push_back({kOwnCurve, "Above a curve", "Above or below a curve of your own.", 2});
    sets.push_back({kOwn, "Own points", "Points that you paint, paste or drop.", -1});
    return sets;
  }();
  return all;
}

Points make_points(const Settings& settings, datasets::SeedRandom& random) {
  Points points = settings.set == kOwn        ? own_points(settings, random)
                  : settings.set == kOwnCurve ? beside_curve(settings, random)
                                              : built_in(settings, settings.set, random);
  thin(points, settings.balance);
  const std::size_t count = points.all.size();
  points.train = std::clamp<std::size_t>(count * static_cast<std::size_t>(settings.share) / 100, 1, count - 1);
  Hasher digest;
  digest.word(points.train);
  for (const datasets::PlanePoint& p : points.all) digest.real(p.x).real(p.y).real(p.label);
  points.digest = digest.finish();
  return points;
}

std::int64_t samples_of(const Settings& settings) {
  if (settings.count != 0) return count_of(settings);
  if (settings.set == kOwnCurve) return kCurvePoints;
  if (settings.set != kOwn) return datasets::find_plane_set(settings.set)->count;
  const std::string_view table = settings.table;
  const bool headless = parse_real(table.substr(0, table.find_first_of(",;\t\n"))).has_value();
  const bool ends = table.ends_with('\n');
  return std::max<std::int64_t>(0, std::ranges::count(table, '\n') + (ends ? 0 : 1) - (headless ? 0 : 1));
}

OwnPoints own_of(const Points& points) {
  return {points.all, points.classes, points.names};
}

}  // namespace vitrine::views::playground
