// A Backend is one device: it owns memory, runs single ops (eager) and prepares whole schedules (plans). It implements
// this header and nothing above the engine knows which one it is. A Buffer is a run of its memory with an owner in the
// ledger. A Schedule is what the planner hands over: values with places, launches in order, segments; a Program is what
// the backend makes of it, so prepared that running it allocates nothing.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/ledger.h"
#include "engine/tensor/op.h"
#include "engine/tensor/shape.h"

namespace vitrine {

class Backend;

struct DeviceInfo {
  std::string id;    // "cpu", "vulkan:0"
  std::string name;  // "AMD EPYC", "llvmpipe (LLVM 15)"
  std::string kind;  // "cpu", "gpu", "software"
  std::uint64_t memory_bytes = 0;
  std::string arithmetic;  // "fma16": results are equal bit for bit wherever this is equal; "tolerance" otherwise
  std::string isa;         // "x86-64-v4"; for the curious, no promise hangs on it
  int threads = 1;
};

class Buffer {
 public:
  Buffer(Backend& backend, std::size_t bytes, std::string_view owner);
  virtual ~Buffer();
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  Backend& backend() const { return backend_; }
  std::size_t bytes() const { return bytes_; }
  std::byte* host() const { return host_; }  // null where the host cannot reach it
  // Grows whenever a backend has written here, so that whoever keeps something made from the contents knows its age.
  std::uint64_t version() const { return version_.load(std::memory_order_acquire); }
  // Whoever writes does so alone, as with the contents.
  void written() { version_.store(version_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

 protected:
  std::byte* host_ = nullptr;

 private:
  Backend& backend_;
  std::size_t bytes_;
  std::atomic<std::uint64_t> version_{0};
  Ledger::Entry entry_;
};

// One tensor argument of a launch, in somebody's memory.
struct Operand {
  Buffer* buffer = nullptr;
  Spec spec;
  Layout layout;
};

struct Value {
  enum class Place : std::uint8_t { arena, slab, input, constant };
  Spec spec;
  Place place = Place::arena;
  int index = 0;                 // which slab, input or constant
  std::size_t bytes_offset = 0;  // of the base inside its place
  int base = -1;                 // the value this one is a view of; itself if none
  Layout layout;                 // strides and offset in elements, relative to the base
};

struct Launch {
  const Op* op = nullptr;  // null for a fused launch, which has a body alone
  Attrs attrs;
  std::vector<MicroStep> body;       // behind an op it begins with a step of Micro::none, which is the op's result
  std::vector<int> inputs, outputs;  // value ids; of an op with a body the op's own inputs come first
  int segment = 0;
};

struct Schedule {
  std::vector<Value> values;
  std::vector<Launch> launches;  // in order; segments never go back
  std::vector<std::string> segments;
  bool whole = false;  // no run stops between them
  std::vector<Spec> inputs;
  std::vector<std::shared_ptr<Buffer>> slabs;
  std::vector<std::shared_ptr<Buffer>> constants;
  std::vector<int> kept;  // arena values that must be readable after a run: outputs and taps
  std::size_t arena_bytes = 0;
};

class Program {
 public:
  virtual ~Program() = default;
  // Input `index` is read from here at every run until bound anew; the memory must stay.
  virtual void bind(int index, const std::byte* data) = 0;
  virtual void run(int first_segment, int last_segment) = 0;   // inclusive; allocates nothing
  virtual void read(int value, std::span<std::byte> out) = 0;  // dense copy of a kept value, after a run
  virtual std::string_view lowering() const = 0;               // "launches", "lanes", "recorded"
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual const DeviceInfo& info() const = 0;
  virtual std::shared_ptr<Buffer> allocate(std::size_t bytes, std::string_view owner) = 0;  // zeroed, 64-byte aligned
  virtual void upload(Buffer& to, std::size_t offset, std::span<const std::byte> from) = 0;
  virtual void download(const Buffer& from, std::size_t offset, std::span<std::byte> to) = 0;
  virtual bool supports(const Op& op) const = 0;
  virtual int fused_inputs() const = 0;  // how many inputs one fused launch may have; 0 = do not fuse for me
  // Whether a launch of this op may have a body that goes on with its result.
  virtual bool finishes(const Op&) const { return false; }
  // Runs one op; outputs are dense and do not overlap the inputs. A view op comes here only when strides cannot express
  // its result; its kernel then copies.
  virtual void run(const Op& op, const Attrs& attrs, std::span<const Operand> inputs,
                   std::span<const Operand> outputs) = 0;
  virtual std::unique_ptr<Program> prepare(const Schedule& schedule) = 0;
  Ledger& ledger() { return ledger_; }

 private:
  friend class Streak;
  // Makes this thread ready for runs; the answer says how it was.
  virtual unsigned begin_streak() noexcept { return 0; }
  virtual void end_streak(unsigned) noexcept {}

  Ledger ledger_;
};

// While it lives, runs on this thread find it ready, where each would make it so by itself: for loops over tiny plans.
class Streak {
 public:
  explicit Streak(Backend& backend) noexcept : backend_(backend), before_(backend.begin_streak()) {}
  ~Streak() { backend_.end_streak(before_); }
  Streak(const Streak&) = delete;
  Streak& operator=(const Streak&) = delete;

 private:
  Backend& backend_;
  unsigned before_;
};

}  // namespace vitrine
