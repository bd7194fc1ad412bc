// Every buffer wraps one of the inner backend, so that tensors know this backend as theirs and the inner one its own.
#include "tests/support/counting_backend.h"

namespace vitrine {
namespace {

class Wrapped : public Buffer {
 public:
  Wrapped(Backend& backend, std::shared_ptr<Buffer> inner, std::string_view owner)
      : Buffer(backend, inner->bytes(), owner), inner_(std::move(inner)) {
    host_ = inner_->host();
  }
  const std::shared_ptr<Buffer>& inner() const { return inner_; }

 private:
  std::shared_ptr<Buffer> inner_;
};

const std::shared_ptr<Buffer>& inner_of(const Buffer& buffer) {
  return static_cast<const Wrapped&>(buffer).inner();
}

std::vector<Operand> unwrapped(std::span<const Operand> operands) {
  std::vector<Operand> inner(operands.begin(), operands.end());
  for (Operand& operand : inner) operand.buffer = inner_of(*operand.buffer).get();
  return inner;
}

}  // namespace

std::shared_ptr<Buffer> CountingBackend::allocate(std::size_t bytes, std::string_view owner) {
  return std::make_shared<Wrapped>(*this, inner_.allocate(bytes, owner), owner);
}

void CountingBackend::upload(Buffer& to, std::size_t offset, std::span<const std::byte> from) {
  inner_.upload(*inner_of(to), offset, from);
}

void CountingBackend::download(const Buffer& from, std::size_t offset, std::span<std::byte> to) {
  inner_.download(*inner_of(from), offset, to);
}

void CountingBackend::run(const Op& op, const Attrs& attrs, std::span<const Operand> inputs,
                          std::span<const Operand> outputs) {
  Run run{std::string(op.name), {}, {}, 0};
  for (const Operand& input : inputs) run.inputs.push_back(input.spec.shape);
  for (const Operand& output : outputs) {
    run.outputs.push_back(output.spec.shape);
    run.bytes += output.buffer->bytes();
  }
  runs_.push_back(std::move(run));
  inner_.run(op, attrs, unwrapped(inputs), unwrapped(outputs));
}

std::unique_ptr<Program> CountingBackend::prepare(const Schedule& schedule) {
  Schedule inner = schedule;
  for (auto* buffers : {&inner.slabs, &inner.constants}) {
    for (auto& buffer : *buffers) buffer = inner_of(*buffer);
  }
  return inner_.prepare(inner);
}

}  // namespace vitrine
