// Marching squares. Every crossing of a level lies on an edge between two samples, so segments join where they share
// one.
#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

#include "app/ui/heat_map.h"

namespace vitrine::ui {
namespace {

class March {
 public:
  March(std::span<const float> values, int width, int height) : values_(values), w_(width), h_(height) {}

  std::vector<IsoLine> at(float level) {
    level_ = level;
    crossings_.clear();
    note_above();
    for (int y = 0; y <= h_; ++y)
      for (int x = 0; x <= w_; ++x)
        if (meets(x, y)) cell(x, y);
    return joined();
  }

 private:
  struct Crossing {
    Point at;
    std::array<int, 2> next{-1, -1};  // the crossings it is joined to
    bool taken = false;
  };

  // Samples lie at the middles of cells; one more ring of them round the map repeats the outermost, on the very edge.
  float sample(int x, int y) const {
    int cx = std::clamp(x - 1, 0, w_ - 1), cy = std::clamp(y - 1, 0, h_ - 1);
    return values_[static_cast<std::size_t>(cy) * static_cast<std::size_t>(w_) + static_cast<std::size_t>(cx)];
  }
  static float place(int i, int n) {
    return std::clamp((static_cast<float>(i) - 0.5f) / static_cast<float>(n), 0.0f, 1.0f);
  }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(w_ + 2) + static_cast<std::size_t>(x);
  }
  bool above(int x, int y) const { return above_[index(x, y)] != 0; }
  void note_above() {
    above_.resize(index(0, h_ + 2));
    for (int y = 0; y < h_ + 2; ++y) {
      const std::span row = values_.subspan(static_cast<std::size_t>(std::clamp(y - 1, 0, h_ - 1) * w_))
                                .first(static_cast<std::size_t>(w_));
      std::uint8_t* out = above_.data() + index(0, y);
      *out++ = row.front() >= level_;
      for (const float value : row) *out++ = value >= level_;
      *out = row.back() >= level_;
    }
  }
  // Whether the level passes through the cell: of a fine map through few of very many.
  bool meets(int x, int y) const {
    const std::uint8_t *here = above_.data() + index(x, y), *below = here + w_ + 2;
    return (here[0] ^ here[1]) | (here[0] ^ below[0]) | (here[0] ^ below[1]);
  }

  // The crossing on the edge from (x, y) to its right or lower neighbour.
  int crossing(int x, int y, bool down) {
    int id = (y * (w_ + 2) + x) * 2 + down;
    if (!crossings_.contains(id)) {
      int x2 = x + !down, y2 = y + down;
      float a = sample(x, y), b = sample(x2, y2), t = (level_ - a) / (b - a);
      Point p{place(x, w_), place(y, h_)}, q{place(x2, w_), place(y2, h_)};
      crossings_[id].at = {p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t};
      order_.push_back(id);
    }
    return id;
  }
  void join(int a, int b) {
    auto add = [&](int from, int to) {
      auto& next = crossings_[from].next;
      next[next[0] >= 0] = to;
    };
    add(a, b), add(b, a);
  }

  void cell(int x, int y) {
    bool a = above(x, y), b = above(x + 1, y), c = above(x + 1, y + 1), d = above(x, y + 1);
    std::array<int, 4> met;
    std::size_t count = 0;
    if (a != b) met[count++] = crossing(x, y, false);
    if (b != c) met[count++] = crossing(x + 1, y, true);
    if (c != d) met[count++] = crossing(x, y + 1, false);
    if (d != a) met[count++] = crossing(x, y, true);
    if (count == 2) join(met[0], met[1]);
    if (count < 4) return;
    // A saddle: the middle decides which corners belong together.
    bool middle = sample(x, y) + sample(x + 1, y) + sample(x + 1, y + 1) + sample(x, y + 1) >= 4 * level_;
    if (middle == a) {
      join(met[0], met[1]), join(met[2], met[3]);
    } else {
      join(met[3], met[0]), join(met[1], met[2]);
    }
  }

  std::vector<IsoLine> joined() {
    std::vector<IsoLine> lines;
    auto follow = [&](int start) {
      IsoLine line{level_, {}};
      for (int at = start; at >= 0;) {
        Crossing& here = crossings_[at];
        here.taken = true;
        line.points.push_back(here.at);
        int next = -1;
        for (int n : here.next)
          if (n >= 0 && !crossings_[n].taken) next = n;
        if (next < 0 && line.points.size() > 2 && (here.next[0] == start || here.next[1] == start))
          line.points.push_back(crossings_[start].at);
        at = next;
      }
      if (line.points.size() > 1) lines.push_back(std::move(line));
    };
    for (int id : order_)  // open lines from their ends first, then what is left are rings
      if (!crossings_[id].taken && crossings_[id].next[1] < 0) follow(id);
    for (int id : order_)
      if (!crossings_[id].taken) follow(id);
    order_.clear();
    return lines;
  }

  std::span<const float> values_;
  int w_, h_;
  float level_ = 0;
  std::vector<std::uint8_t> above_;  // of each sample, with the ring round the map
  std::unordered_map<int, Crossing> crossings_;
  std::vector<int> order_;
};
}  // namespace

std::vector<IsoLine> iso_lines(std::span<const float> values, int width, int height, std::span<const float> levels) {
  std::vector<IsoLine> lines;
  if (width <= 0 || height <= 0 || values.size() < static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
    return lines;
  March march(values, width, height);
  for (float level : levels) {
    std::vector<IsoLine> found = march.at(level);
    std::move(found.begin(), found.end(), std::back_inserter(lines));
  }
  return lines;
}

}  // namespace vitrine::ui
