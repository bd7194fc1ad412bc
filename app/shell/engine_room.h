// The EngineRoom shows what an exhibit's computing is made of: which buffers the device holds and whose they are, the
// launches of one step with their times, and a leak that can be switched on to see what one looks like. It reads the
// ledger and times a copy of the step's plan on the session's own thread; training is not touched.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/shell/drive.h"
#include "app/ui/spans.h"
#include "app/ui/table.h"
#include "engine/tensor/backend.h"

namespace vitrine::learn {
struct Profile;
}

namespace vitrine::shell {

inline constexpr std::size_t kMostLeaked = std::size_t{64} << 20;  // bytes; a lesson is not to swallow the machine

// What the ledger holds, by owner, the largest first.
struct Holding {
  std::string owner;
  std::size_t buffers = 0, bytes = 0;
};
std::vector<Holding> holdings(const Ledger& ledger);

class EngineRoom {
 public:
  // Returns whether it wants to be closed. What it asks of the session comes with a later frame.
  bool draw(ui::Ui& ui, const ui::Rect& rect, Drive& drive, const work::Snapshot& snapshot, Backend& backend);

 private:
  struct Timed {  // by the session's thread, taken by the window's
    std::mutex mutex;
    std::shared_ptr<const learn::Profile> profile;  // null: none new
  };
  // Copies that somebody forgot to let go of.
  struct Leak {
    std::vector<std::shared_ptr<Buffer>> buffers;
    std::size_t bytes = 0;
  };

  void time_step(Drive& drive, Backend& backend);
  void leak(Drive& drive, const work::Snapshot& snapshot, Backend& backend);
  void refresh(const Ledger& ledger, double now);
  void draw_ledger(ui::Ui& ui, const ui::Rect& rect);
  void draw_longest(ui::Ui& ui, const ui::Rect& rect);
  void draw_launches(ui::Ui& ui, const ui::Rect& rect);
  bool draw_head(ui::Ui& ui, const ui::Rect& line, Drive& drive, Backend& backend);

  std::shared_ptr<Timed> timed_ = std::make_shared<Timed>();
  std::shared_ptr<Leak> leak_ = std::make_shared<Leak>();  // touched on the session's thread alone
  std::shared_ptr<const learn::Profile> profile_;
  std::vector<std::string> lanes_;
  std::vector<ui::Span> spans_;
  ui::SpansState pointed_;
  ui::TableState owners_, launches_;
  std::vector<Holding> held_;
  double read_ = -1;       // when the ledger was read last
  bool asked_ = false;     // for a profile
  std::size_t edits_ = 0;  // of the snapshot that the profile knows
  bool leaking_ = false;
  std::int64_t leaked_at_ = -1;  // step
};

}  // namespace vitrine::shell
