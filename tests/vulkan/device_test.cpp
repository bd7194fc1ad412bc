// Finding and opening devices, and what happens when there are none or their cache is damaged.
#include <filesystem>
#include <fstream>

#include "engine/backends.h"
#include "engine/ops/arithmetic.h"
#include "tests/files/folder.h"
#include "tests/vulkan/support.h"

namespace vitrine {
namespace {

TEST_CASE("a machine with or without Vulkan lists a line about it, and auto opens the CPU and says why") {
  const auto devices = list_devices();
  REQUIRE(devices.size() >= 2);
  CHECK(devices.front().info.id == "cpu");
  int chosen = 0;
  for (const Device& device : devices) {
    CHECK_FALSE(device.reason.empty());
    chosen += device.chosen ? 1 : 0;
    if (device.usable && !device.chosen) CHECK(device.reason.ends_with("only when asked for as " + device.info.id));
  }
  CHECK(chosen == 1);
  CHECK(devices.front().chosen);
  CHECK(devices.front().usable);
  CHECK(devices.front().reason == "small networks run faster and repeat bit for bit on the CPU");
  CHECK(open_device("auto", 1)->info().id == "cpu");
}

TEST_CASE("a device that is not there is refused with a sentence") {
  for (const char* id : {"vulkan:98", "vulkan:", "vulkan:x", "vulkan0"}) {
    CAPTURE(id);
    CHECK_THROWS_AS(open_device(id), DeviceError);
  }
}

TEST_CASE("compiled kernels are kept on disk, and a damaged file of them is no file") {
  const Folder place;
  const auto folder = place.path() / "not yet there";
  for (int round = 0; round < 3; ++round) {
    const WatchedDevice device(folder);
    if (!device) return;
    const Tensor x = tensor(*device, std::vector<float>{1, 2, 3}, {3});
    CHECK((x + x).floats() == std::vector<float>{2, 4, 6});
    if (round == 0) continue;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      std::fstream(file.path(), std::ios::in | std::ios::out) << "damage";
    }
  }
  CHECK_FALSE(std::filesystem::is_empty(folder));
}

}  // namespace
}  // namespace vitrine
