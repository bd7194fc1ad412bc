// A MemoryRoom is where a memory script runs: tensors under names, counted twice. TensorFlow.js counts every tensor
// that was made and not disposed of, and a view of a buffer again; we count the buffers that live.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor/scope.h"
#include "tests/conformance/corpus.h"

namespace vitrine::conformance {

class MemoryRoom {
 public:
  explicit MemoryRoom(Backend& backend) : backend_(backend), scope_(backend) {}

  Tensor make(DType dtype, const Shape& shape, float value = 0);  // a new tensor that nobody holds yet
  void hold(std::string_view name, Tensor tensor);                // in place of what had the name
  void leave(Tensor tensor);  // TensorFlow.js would still count it; here it goes with its last handle
  void hold_texts(std::string_view name, std::vector<std::string> texts);  // values of the host in our engine
  void dispose(std::string_view name);                                     // twice is no harm
  const Tensor& at(std::string_view name) const;

  MemoryCount counted_by_tfjs() const;
  MemoryCount counted_by_us() const;  // what the ledger holds; tensors: the handles
  std::int64_t buffers_held() const;  // that our handles reach: what the ledger must hold

 private:
  struct Entry {
    std::string name;
    Tensor tensor;
    std::shared_ptr<const std::vector<std::string>> texts;
    std::weak_ptr<const void> identity;  // of the data, also after it went
    std::int64_t bytes = 0;
  };
  Backend& backend_;
  Scope scope_;
  std::vector<Entry> entries_;
};

struct ScriptStep {
  std::string_view what;
  void (*run)(MemoryRoom&);
};
struct Script {
  std::string_view name;
  std::vector<ScriptStep> steps;
};
const std::vector<Script>& memory_scripts();

}  // namespace vitrine::conformance
