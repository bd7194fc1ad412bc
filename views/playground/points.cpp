// Draws the chosen set, thins what is to be rare, and notes what came out.
#include "views/playground/points.h"

#include <algorithm>

#include "datasets/catalog.h"

namespace vitrine::views::playground {
namespace {

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

}  // namespace

Points make_points(const Settings& settings, datasets::SeedRandom& random) {
  const datasets::DataSet& set = *datasets::find_plane_set(settings.set);
  Points points;
  points.classes = set.classes;
  points.all = datasets::make_plane({settings.set, static_cast<double>(settings.noise) / 100, 100, settings.seed,
                                     static_cast<int>(settings.count)},
                                    random)
                   .points;
  thin(points, settings.balance);
  points.train = points.all.size() * static_cast<std::size_t>(settings.share) / 100;
  Hasher digest;
  digest.word(points.train);
  for (const datasets::PlanePoint& p : points.all) digest.real(p.x).real(p.y).real(p.label);
  points.digest = digest.finish();
  return points;
}

}  // namespace vitrine::views::playground
