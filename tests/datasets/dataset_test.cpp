// Splits, batches, scalings and variations: exact, repeatable, and true to the items.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "datasets/array.h"
#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "datasets/split.h"
#include "engine/core/error.h"
#include "tests/datasets/baselines.h"

namespace vitrine::datasets {
namespace {

// 100 items of two numbers (i, 10 i); every tenth is of class 1.
Dataset counted() {
  std::vector<float> values, labels;
  for (int i = 0; i < 100; ++i) {
    values.insert(values.end(), {static_cast<float>(i), 10 * static_cast<float>(i)});
    labels.push_back(i % 10 == 0 ? 1.0f : 0.0f);
  }
  Info info;
  info.label = "counted";
  info.shape = {1, 1, 2};
  info.classes = {"most", "tenth"};
  return in_memory(info, packed_array(values, info.shape), labels);
}

TEST_CASE("a split gives every item to one part and every class to each part in its share") {
  const Dataset data = counted();
  const Split parts = split(data, {.seed = 5, .train_percent = 60, .validation_percent = 20});
  std::set<ItemId> all;
  for (const auto* part : {&parts.train, &parts.validation, &parts.test}) all.insert(part->begin(), part->end());
  CHECK(all.size() == 100);
  CHECK(parts.train.size() == 60);
  CHECK(parts.validation.size() == 20);
  CHECK(parts.test.size() == 20);
  const auto tenths = [&](const std::vector<ItemId>& part) {
    return std::ranges::count_if(part, [&](ItemId item) { return data.class_of(item) == 1; });
  };
  CHECK(tenths(parts.train) == 6);
  CHECK(tenths(parts.validation) == 2);
  CHECK(tenths(parts.test) == 2);
}

TEST_CASE("a seed names a split, another seed another one") {
  const Dataset data = counted();
  CHECK(split(data, {.seed = 5}).train == split(data, {.seed = 5}).train);
  CHECK(split(data, {.seed = 5}).train != split(data, {.seed = 6}).train);
}

TEST_CASE("shares that do not fit into the whole are refused with both numbers") {
  CHECK_THROWS_AS_MESSAGE(split(counted(), {.seed = 1, .train_percent = 80, .validation_percent = 30}), UsageError,
                          "80 % and 30 %");
  CHECK_THROWS_AS(split(counted(), {.seed = 1, .train_percent = -1}), UsageError);
}

TEST_CASE("a round of batches shows every item once, in an order of its own that can be repeated") {
  const Dataset data = counted();
  const std::vector<ItemId> items = all_items(data);
  Batches batches(data, items, {.size = 8, .seed = 3, .only_full = false});
  CHECK(batches.per_round() == 13);
  std::vector<float> values(16), labels(8);
  std::vector<std::vector<ItemId>> rounds;
  for (const std::uint32_t round : {0u, 1u, 0u}) {
    batches.start(round);
    auto& order = rounds.emplace_back();
    for (auto batch = batches.next(values, labels); !batch.empty(); batch = batches.next(values, labels)) {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        CHECK(values[2 * i] == static_cast<float>(batch[i]));
        CHECK(labels[i] == data.label(batch[i]));
        order.push_back(batch[i]);
      }
    }
  }
  CHECK(rounds[0] == rounds[2]);
  CHECK(rounds[0] != rounds[1]);
  std::ranges::sort(rounds[1]);
  CHECK(rounds[1] == items);
}

TEST_CASE("a round continues at the batch where a run was saved") {
  const Dataset data = counted();
  Batches batches(data, all_items(data), {.size = 10, .seed = 3});
  std::vector<float> values(20), labels(10);
  batches.start(4);
  for (int i = 0; i < 3; ++i) batches.next(values, labels);
  const auto expected = batches.next(values, labels);
  const std::vector<ItemId> fourth(expected.begin(), expected.end());
  batches.start(4, 3);
  CHECK(std::ranges::equal(batches.next(values, labels), fourth));
  CHECK(batches.batch() == 4);
}

TEST_CASE("a batch that is not full is left out where plans need full ones") {
  const Dataset data = counted();
  Batches batches(data, all_items(data), {.size = 30});
  std::vector<float> values(60), labels(30);
  int count = 0;
  while (!batches.next(values, labels).empty()) ++count;
  CHECK(count == 3);
}

TEST_CASE("every scaling is undone exactly enough, and does what its name says") {
  const Dataset data = make_dataset("heartbeats", {.seed = 2, .count = 300});
  const auto items = all_items(data);
  const Sample raw = sample_of(data);
  for (const ScalingName& name : scaling_names()) {
    CAPTURE(name.id);
    const Scaling scaling = Scaling::fitted(name.kind, data, items);
    std::vector<float> values = raw.values;
    scaling.apply(values);
    if (name.kind == ScalingKind::range_per_step || name.kind == ScalingKind::range) {
      CHECK(*std::ranges::min_element(values) == 0);
      CHECK(*std::ranges::max_element(values) == doctest::Approx(1));
    }
    if (name.kind == ScalingKind::standard || name.kind == ScalingKind::robust) {
      std::vector<float> step;
      for (std::size_t i = 0; i < raw.classes.size(); ++i) step.push_back(values[i * raw.width + 70]);
      std::ranges::sort(step);
      double mean = 0;
      for (const float v : step) mean += static_cast<double>(v) / static_cast<double>(step.size());
      if (name.kind == ScalingKind::standard) CHECK(std::fabs(mean) < 1e-5);
      if (name.kind == ScalingKind::robust) CHECK(std::fabs(step[149] + step[150]) < 1e-5);
    }
    scaling.undo(values);
    for (std::size_t i = 0; i < values.size(); i += 97)
      CHECK(values[i] == doctest::Approx(raw.values[i]).epsilon(1e-4));
  }
}

TEST_CASE("a number that never changes is left at its size, and nothing to fit on is told") {
  const Dataset data = counted();
  const ItemId one[] = {7};
  std::vector<float> item{7, 70};
  Scaling::fitted(ScalingKind::range_per_step, data, one).apply(item);
  CHECK(item == std::vector<float>{0, 0});
  CHECK_THROWS_AS(Scaling::fitted(ScalingKind::standard, data, {}), UsageError);
}

TEST_CASE("a variation follows from seed, round and item, and moves what it says by no more than it says") {
  const ItemShape shape{1, 9, 1};
  std::vector<float> ramp{0, 1, 2, 3, 4, 5, 6, 7, 8}, first = ramp, again = ramp, scratch(9);
  const Augment shifted{.shift = 2};
  augment(shifted, shape, 1, 0, 5, first, scratch);
  augment(shifted, shape, 1, 0, 5, again, scratch);
  CHECK(first == again);
  std::set<float> middles;
  for (ItemId item = 0; item < 100; ++item) {
    std::vector<float> moved = ramp;
    augment(shifted, shape, 1, 0, item, moved, scratch);
    middles.insert(moved[4]);
    CHECK(moved[5] - moved[4] == 1);
  }
  CHECK(middles == std::set<float>{2, 3, 4, 5, 6});
}

TEST_CASE("mirroring changes left and right of whole pixels, about every other time") {
  const ItemShape shape{2, 2, 2};
  const std::vector<float> picture{1, 2, 3, 4, 5, 6, 7, 8}, mirrored{3, 4, 1, 2, 7, 8, 5, 6};
  std::vector<float> scratch(8);
  int turned = 0;
  for (ItemId item = 0; item < 200; ++item) {
    std::vector<float> values = picture;
    augment({.mirror = true}, shape, 1, 0, item, values, scratch);
    CHECK((values == picture || values == mirrored));
    turned += values == mirrored ? 1 : 0;
  }
  CHECK(turned > 70);
  CHECK(turned < 130);
}

TEST_CASE("every entry of the catalog makes the same items for a seed, others for another, and tells what they are") {
  for (const Entry& entry : catalog()) {
    if (entry.missing()) continue;
    CAPTURE(entry.id);
    const Recipe recipe{
        .seed = 4, .count = 40, .edge = entry.edge == 0 ? std::size_t{0} : std::size_t{16}, .noise = 0.1f};
    Recipe other = recipe;
    other.seed = 5;
    const Dataset data = make_dataset(entry.id, recipe), same = make_dataset(entry.id, recipe);
    const Dataset different = make_dataset(entry.id, other);
    CHECK(data.info().id == entry.id);
    CHECK(data.info().kind == entry.kind);
    CHECK_FALSE(data.info().source.empty());
    CHECK_FALSE(data.info().licence.empty());
    const std::size_t n = data.info().shape.size();
    std::vector<float> a(n), b(n), c(n);
    bool differs = false;
    for (ItemId item = 0; item < data.size(); ++item) {
      data.read(item, a), same.read(item, b), different.read(item, c);
      CHECK(a == b);
      CHECK(data.label(item) == same.label(item));
      CHECK(std::ranges::all_of(a, [](float v) { return std::isfinite(v); }));
      if (data.info().task == Task::classify) CHECK(data.class_of(item) < data.info().classes.size());
      differs = differs || a != c;
    }
    CHECK(differs);
  }
}

TEST_CASE("an unknown id, too many items and impossible sizes are refused") {
  CHECK_THROWS_AS(make_dataset("circus", {}), UsageError);
  CHECK_THROWS_AS(make_dataset("circle", {.count = 1u << 30}), UsageError);
  CHECK_THROWS_AS(make_dataset("circle", {.noise = NAN}), UsageError);
}

TEST_CASE("without noise, points of the judged sets lie on their side of the curve") {
  SeedRandom random("0.3");
  for (const PlanePoint& p : find_plane_set("curve-parabola")->generate(300, 0, random)) {
    CHECK((p.y > p.x * p.x / 4 - 3) == (p.label > 0));
  }
  for (const PlanePoint& p : find_plane_set("checkerboard")->generate(300, 0, random)) {
    const int squares = static_cast<int>(std::floor(p.x / 3) + std::floor(p.y / 3));
    CHECK((squares % 2 == 0) == (p.label > 0));
  }
}

}  // namespace
}  // namespace vitrine::datasets
