// The published sets that lie beside the checkout, where they do: figures that others measured on them, and the
// generated beats against the real ones. Nothing of them is in the project; without them the test counts as skipped.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "datasets/catalog.h"
#include "datasets/files/cifar.h"
#include "datasets/files/csv.h"
#include "datasets/files/idx.h"
#include "engine/core/file.h"
#include "tests/datasets/baselines.h"
#include "tests/support/counts.h"

namespace vitrine::datasets {
namespace {

const std::filesystem::path kAssets = "../shared/assets";

bool absent() {
  if (std::filesystem::exists(kAssets)) return false;
  MESSAGE("skipped: no assets folder beside the checkout (../shared/assets)");
  return true;
}

TEST_CASE("the real beats give the published figures, with the published pairs and with own ones") {
  if (absent()) return;
  const Dataset train = load_beats(kAssets / "ecg5000/ecg5000_train_3500.csv");
  const Dataset test = load_beats(kAssets / "ecg5000/ecg5000_test_500.csv");
  CHECK(class_counts(train) == std::vector<std::size_t>{2043, 1237, 67, 136, 17});
  CHECK(class_counts(test) == std::vector<std::size_t>{292, 177, 10, 19, 2});
  const auto pairs = nlohmann::json::parse(read_file(kAssets / "ecg5000/anomagram_scale.json", 1 << 20));
  const Scaling published = Scaling::from_range({pairs["minimum"], pairs["maximum"]});
  const Baselines with_published = baselines(sample_of(train, published), sample_of(test, published), 2);
  CHECK(std::fabs(with_published.mean_beat - 0.9607) < 0.0005);
  CHECK(std::fabs(with_published.pca - 0.9944) < 0.001);
  const Scaling own = Scaling::fitted(ScalingKind::range_per_step, train, all_items(train));
  const Baselines with_own = baselines(sample_of(train, own), sample_of(test, own), 2);
  CHECK(std::fabs(with_own.mean_beat - 0.9598) < 0.0005);
  CHECK(std::fabs(with_own.pca - 0.9939) < 0.0005);
}

TEST_CASE("a nearest neighbour that learnt generated beats knows real ones, and the other way round") {
  if (absent()) return;
  const Sample real = sample_of(load_beats(kAssets / "ecg5000/ecg5000_test_500.csv"));
  const auto seeds = static_cast<std::uint64_t>(testing::count(3, 20));
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Sample made = sample_of(make_dataset("heartbeats", {.seed = seed, .count = 2000}));
    CAPTURE(seed);
    const double forth = nearest_neighbour_accuracy(made, real), back = nearest_neighbour_accuracy(real, made);
    MESSAGE("generated to real ", forth, ", real to generated ", back);
    CHECK(forth >= 0.90);
    CHECK(back >= 0.90);
  }
}

TEST_CASE("MNIST and CIFAR-10 are read as they are published") {
  if (absent()) return;
  const Dataset digits = load_idx(kAssets / "mnist/train-images-idx3-ubyte.gz");
  CHECK(digits.size() == 60000);
  CHECK(class_counts(digits)[1] == 6742);
  CHECK(digits.class_of(0) == 5);
  const std::filesystem::path batches[] = {kAssets / "cifar10/data_batch_1.bin",
                                           kAssets / "cifar10/test_batch_part1.bin"};
  const Dataset photos = load_cifar(batches);
  CHECK(photos.size() == 12000);
  CHECK(class_counts(photos) == std::vector<std::size_t>(10, 1200));
  CHECK(photos.info().classes[9] == "truck");
}

}  // namespace
}  // namespace vitrine::datasets
