// Keyframes and curves on grids of steps: a stride is a power of two times the first one, so that thinning is dropping
// every other place, and what is kept depends on steps and budget only, never on when anything was looked at.
#include "app/work/history.h"

#include <algorithm>
#include <bit>

#include "engine/core/assert.h"

namespace vitrine::work {
namespace {

constexpr std::size_t kCurvePoints =
    1024;  // a point costs about as much as a step of the smallest network, so no more than charts show
constexpr std::size_t kPlainFrames = 2048;  // of a million epochs of a small network each is replayed within a frame
constexpr std::size_t kSmallState = 64 * 1024;  // bytes
constexpr std::size_t kRuns = 64;               // beyond, the oldest run goes: nobody compares that many
constexpr std::int64_t kLongestStride = std::int64_t{1} << 40;

std::size_t bytes_of(const Value& value) {
  std::size_t bytes = sizeof value;
  if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
  if (const auto* list = std::get_if<List>(&value)) {
    for (const Value& item : *list) bytes += bytes_of(item);
  }
  if (const auto* record = std::get_if<Record>(&value)) {
    for (const auto& [field, entry] : *record) bytes += sizeof field + field.size() + bytes_of(entry);
  }
  return bytes;
}

std::size_t bytes_of(const Settings& settings) {
  std::size_t bytes = 0;
  for (const auto& [path, value] : settings) bytes += sizeof path + path.size() + bytes_of(value);
  return bytes;
}

// Where a step belongs among frames in ascending order: behind all frames up to and including it.
template <class Frames>
auto behind(Frames& frames, std::int64_t step) {
  return std::upper_bound(frames.begin(), frames.end(), step,
                          [](std::int64_t at, const auto& frame) { return at < frame->state.step; });
}

// A larger state is of a network whose steps take as much longer: replaying so many would be felt.
std::int64_t first_stride(std::size_t bytes) {
  const auto times = static_cast<std::uint64_t>(bytes / kSmallState);
  constexpr std::uint64_t kMost = History::kFirstStride;
  return static_cast<std::int64_t>(kMost / std::bit_ceil(std::clamp<std::uint64_t>(times, 1, kMost)));
}

}  // namespace

std::size_t Keyframe::own_bytes() const {
  return sizeof *this + state.bytes();
}

std::size_t Keyframe::bytes() const {
  return own_bytes() + (settings ? bytes_of(*settings) : 0);
}

void History::clear() {
  runs_.assign(1, Run{});
  chosen_ = 0;
  held_ = 0;
  settings_held_.clear();
  published_.reset();
  names(names_);
}

void History::drop(std::shared_ptr<const Keyframe>& frame) {
  if (frame.use_count() == 1) {
    held_ -= frame->own_bytes();
    const auto shared = settings_held_.find(frame->settings.get());
    if (shared != settings_held_.end() && --shared->second == 0) {
      held_ -= bytes_of(*frame->settings);
      settings_held_.erase(shared);
    }
  }
  frame.reset();
}

void History::hold(const Keyframe& frame) {
  held_ += frame.own_bytes();
  if (frame.settings && settings_held_[frame.settings.get()]++ == 0) held_ += bytes_of(*frame.settings);
}

void History::keep(Keyframe frame) {
  auto& frames = run().frames;
  const std::int64_t step = frame.state.step;
  if (frame.pinned) run().frame_stride = std::min(run().frame_stride, first_stride(frame.own_bytes()));
  reached(step);
  auto place = behind(frames, step);
  hold(frame);
  if (place != frames.begin() && (*std::prev(place))->state.step == step) {
    auto& old = *std::prev(place);
    frame.pinned = frame.pinned || old->pinned;
    drop(old);
    old = std::make_shared<const Keyframe>(std::move(frame));
  } else {
    frames.insert(place, std::make_shared<const Keyframe>(std::move(frame)));
  }
  thin();
}

// Runs with the finest stride give up every other plain frame, until all fit or only first and pinned ones are left.
void History::thin() {
  if (held_ <= budget_ && run().frames.size() <= kPlainFrames) return;  // the others have not grown
  const auto is_plain = [](const Run& run, const std::shared_ptr<const Keyframe>& frame) {
    return !frame->pinned && frame != run.frames.front() && !run.torn.contains(frame->state.step);
  };
  while (true) {
    std::size_t plain = 0;
    std::int64_t finest = kLongestStride;
    for (const Run& each : runs_) {
      const auto count = static_cast<std::size_t>(std::count_if(
          each.frames.begin(), each.frames.end(), [&](const auto& frame) { return is_plain(each, frame); }));
      plain = std::max(plain, count);
      if (count != 0) finest = std::min(finest, each.frame_stride);
    }
    if (finest == kLongestStride) return forget();
    if (held_ <= budget_ && plain <= kPlainFrames) return;
    for (Run& each : runs_) {
      if (each.frame_stride != finest) continue;
      each.frame_stride *= 2;
      for (auto& frame : each.frames) {
        if (is_plain(each, frame) && frame->state.step % each.frame_stride != 0) drop(frame);
      }
      std::erase(each.frames, nullptr);
    }
  }
}

// When there is nothing to thin: of frames that stand closest the one between goes from all runs, then whole runs, then
// the first frame. The newest of a run stays.
void History::forget() {
  while (held_ > budget_) {
    if (forget_closest()) continue;
    if (runs_.size() > 1) {
      drop_oldest_run();
    } else if (run().frames.size() > 1) {
      drop(run().frames.front());
      run().frames.erase(run().frames.begin());
    } else {
      return;
    }
  }
}

bool History::forget_closest() {
  const auto is_end = [this](const auto& frame) {
    return std::ranges::any_of(
        runs_, [&](const Run& each) { return frame == each.frames.front() || frame == each.frames.back(); });
  };
  std::shared_ptr<const Keyframe> closest;
  std::int64_t least = kLongestStride;
  for (const Run& each : runs_) {
    for (std::size_t i = 1; i + 1 < each.frames.size(); ++i) {
      const std::int64_t room = each.frames[i + 1]->state.step - each.frames[i - 1]->state.step;
      if (room < least && !is_end(each.frames[i])) least = room, closest = each.frames[i];
    }
  }
  if (!closest) return false;
  const Keyframe* going = closest.get();
  closest.reset();  // or it would count as held
  for (Run& each : runs_) {
    const auto place = std::ranges::find(each.frames, going, [](const auto& frame) { return frame.get(); });
    if (place == each.frames.end()) continue;
    each.torn.erase((*place)->state.step);
    each.torn.insert((*std::next(place))->state.step);
    drop(*place);
    each.frames.erase(place);
  }
  return true;
}

void History::drop_oldest_run() {
  const int oldest = chosen_ == 0 ? 1 : 0;
  for (auto& frame : runs_[static_cast<std::size_t>(oldest)].frames) drop(frame);
  runs_.erase(runs_.begin() + oldest);
  if (oldest < chosen_) --chosen_;
}

bool History::due(std::int64_t step) const {
  return step % run().frame_stride == 0;
}

std::int64_t History::next_stop(std::int64_t step) const {
  const auto next = [step](std::int64_t stride) { return step - step % stride + stride; };
  return std::min(next(run().frame_stride), next(run().record_stride));
}

const Keyframe& History::before(std::int64_t step) const {
  const auto& frames = run().frames;
  VITRINE_ASSERT(!frames.empty());
  const auto place = behind(frames, step);
  return place == frames.begin() ? *frames.front() : **std::prev(place);
}

const Keyframe* History::after(std::int64_t step) const {
  const auto place = behind(run().frames, step);
  return place == run().frames.end() ? nullptr : place->get();
}

std::int64_t History::reachable(std::int64_t step) const {
  const Keyframe* next = after(step);
  return next && run().torn.contains(next->state.step) ? before(step).state.step : step;
}

std::int64_t History::fork(std::int64_t step) {
  Run branch = run();
  step = std::min(step, branch.head);
  branch.frames.erase(behind(branch.frames, step), branch.frames.end());
  branch.torn.erase(branch.torn.upper_bound(step), branch.torn.end());
  branch.head = step;
  branch.forks.push_back(step);
  const auto kept = std::upper_bound(branch.curve.steps.begin(), branch.curve.steps.end(), step);
  const auto points = static_cast<std::size_t>(kept - branch.curve.steps.begin());
  branch.curve.steps.resize(points);
  for (auto& series : branch.curve.series) series.resize(points);
  if (runs_.size() == kRuns) drop_oldest_run();
  runs_.push_back(std::move(branch));
  choose(runs() - 1);
  return step;
}

void History::choose(int run) {
  VITRINE_ASSERT(run >= 0 && run < runs());
  chosen_ = run;
  published_.reset();
}

void History::names(std::vector<std::string> names) {
  names_ = std::move(names);
  run().curve.names = names_;
  run().curve.series.resize(names_.size());
}

bool History::wants_record(std::int64_t step) const {
  return step % run().record_stride == 0;
}

void History::record(std::int64_t step, const std::vector<float>& values) {
  Curve& curve = run().curve;
  VITRINE_ASSERT(values.size() == curve.series.size());
  published_.reset();
  const bool again = !curve.steps.empty() && curve.steps.back() == step;  // a setting changed here: measured anew
  if (!again) curve.steps.push_back(step);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (again) curve.series[i].pop_back();
    curve.series[i].push_back(values[i]);
  }
  if (curve.steps.size() <= kCurvePoints) return;
  const std::int64_t stride = run().record_stride *= 2;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < curve.steps.size(); ++i) {
    if (curve.steps[i] % stride != 0) continue;
    curve.steps[kept] = curve.steps[i];
    for (auto& series : curve.series) series[kept] = series[i];
    ++kept;
  }
  curve.steps.resize(kept);
  for (auto& series : curve.series) series.resize(kept);
}

std::shared_ptr<const Curve> History::curve() const {
  if (!published_) published_ = std::make_shared<const Curve>(run().curve);
  return published_;
}

std::int64_t History::head() const {
  return run().head;
}

void History::reached(std::int64_t step) {
  run().head = std::max(run().head, step);
}

std::vector<std::int64_t> History::keyframe_steps() const {
  std::vector<std::int64_t> steps;
  for (const auto& frame : run().frames) steps.push_back(frame->state.step);
  return steps;
}

std::vector<std::int64_t> History::forks() const {
  return run().forks;
}

std::size_t History::bytes() const {
  return held_;
}

}  // namespace vitrine::work
