// Choosing, loading and refusing kernel libraries.
#include <set>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/cpu/lane16.h"
#include "engine/ops/all_ops.h"
#include "tests/cpu/support.h"

using namespace vitrine;

TEST_CASE("the dynamic loader picks the best variant that the machine can run") {
  const auto kernels = cpu::load_kernels();
  MESSAGE("loaded ", kernels->path());
  CHECK(kernels->isa() == test::variants().back());
  CHECK(kernels->arithmetic() == (kernels->isa() == "x86-64" ? "baseline" : "fma16"));
}

TEST_CASE("every variant can be loaded beside the others and has the same kernels") {
  for (const auto& variant : test::variants()) {
    const auto kernels = cpu::load_kernels(variant);
    CHECK(kernels->isa() == variant);
    CHECK(cpu::load_kernels(kernels->path())->isa() == variant);
    for (const Op* op : ops::all_ops()) {
      CAPTURE(op->name);
      const bool needed = op->view == nullptr || op->name == "reshape";
      CHECK((kernels->find(op->name) != nullptr || !needed));
    }
    CHECK(kernels->find("fused") != nullptr);
    CHECK(kernels->find("nonsense") == nullptr);
  }
}

TEST_CASE("a library of another version is refused by name") {
  CHECK_NOTHROW(cpu::check_abi(cpu::kKernelAbi, "a.so"));
  CHECK_THROWS_WITH_AS(cpu::check_abi(cpu::kKernelAbi + 1, "a.so"),
                       doctest::Contains("a.so: is a kernel library of another version"), DeviceError);
  cpu::KernelLibrary old{cpu::kKernelAbi ^ 1, "x86-64", "baseline", nullptr, 0};
  CHECK_THROWS_AS(cpu::LoadedKernels(old, nullptr, "old.so"), DeviceError);
}

TEST_CASE("what is no kernel library is refused") {
  CHECK_THROWS_AS(cpu::load_kernels("/nowhere/libvitrine_kernels.so"), DeviceError);
  CHECK_THROWS_AS(cpu::load_kernels("x86-64-v9"), DeviceError);
}

TEST_CASE("the cpu is a device, and what is none is refused") {
  const auto devices = list_devices();
  REQUIRE(!devices.empty());
  CHECK(devices.front().info.id == "cpu");
  CHECK(devices.front().usable);
  CHECK(devices.front().info.threads >= 1);
  CHECK(open_device("cpu", 2)->info().threads == 2);
  CHECK_THROWS_AS(open_device("abacus"), DeviceError);
}
