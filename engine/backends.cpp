// The list of devices. Nothing else in Vitrine names a backend.
#include "engine/backends.h"

#include "engine/core/error.h"
#include "engine/cpu/backend.h"

namespace vitrine {

std::vector<Device> list_devices() {
  return {{describe_cpu(), true, true, "every machine has one"}};
}

std::unique_ptr<Backend> open_device(std::string_view id, int threads) {
  if (id == "cpu" || id == "auto") return make_cpu_backend({.threads = threads, .variant = {}});
  throw DeviceError({"device", "is not one of this machine", "cpu or auto", std::string(id),
                     "`vitrine devices` lists what there is."});
}

}  // namespace vitrine
