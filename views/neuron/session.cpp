// Begins the lesson that the settings name, and makes one snapshot of it.
#include "views/neuron/session.h"

#include "views/held.h"

namespace vitrine::views::neuron {

Session::Session(std::shared_ptr<Backend> backend, std::uint64_t seed) : backend_(std::move(backend)) {
  settings_.start = settings_.point_seed = static_cast<std::int64_t>(seed % 100000);
  begin();
}

void Session::begin() {
  begun_ = settings_.lesson;
  descent_.reset();
  if (begun_ == Lesson::neuron)
    descent_ = std::make_unique<Line>(backend_, settings_);
  else
    descent_ = std::make_unique<Polynomial>(backend_, settings_);
}

void Session::changed(std::string_view path) {
  if (path != "stage")
    descent_->changed(path);
  else if (begun_ != settings_.lesson)
    begin();
}

std::unique_ptr<work::Snapshot> Session::snapshot() {
  auto s = std::make_unique<Snapshot>();
  s->tried.resize(kTried);
  descent_->show(*s);
  s->tried[Tried::inside_a_step] = descent_->stopped_everywhere();
  for (std::size_t i = 0; i < kTried; ++i) tried_[i] = s->tried[i] = tried_[i] || s->tried[i];
  s->read_outs.push_back(held(*backend_));
  return s;
}

}  // namespace vitrine::views::neuron
