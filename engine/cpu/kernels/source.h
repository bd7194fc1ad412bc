// A Source reads one input of an elementwise kernel as dense values of one type, a block at a time: in place where they
// lie as the output does, and else from a gathered copy. Truths become ones and zeros of that type.
#pragma once

#include "engine/cpu/kernels/rows.h"

namespace vitrine::cpu {

template <class T>
class Source {
 public:
  void start(const Array& array, const Rows& rows, int input, std::int64_t flat) {
    data_ = array.data;
    boolean_ = array.dtype == DType::boolean;
    dense_ = rows.dense[input] && !boolean_;
    step_ = rows.steps[input];
    flat_ = flat;
    if (!dense_) walk_ = Walk(rows, input, flat);
  }

  const T* next(int n, T* room) {
    if (dense_) {
      const T* block = values() + flat_;
      flat_ += n;
      return block;
    }
    if (n <= walk_.left()) {  // within one row
      const std::int64_t offset = walk_.offset();
      const bool same_value = step_ == 0 && walk_.base() == filled_base_ && n <= filled_;
      walk_.advance(n);
      if (step_ == 1 && !boolean_) return values() + offset;
      if (same_value) return room;
      filled_ = 0;
      if (step_ == 0) {
        filled_base_ = offset;
        filled_ = n;
      }
      gather(room, offset, n);
      return room;
    }
    filled_ = 0;
    for (int done = 0; done < n;) {
      const int piece = static_cast<int>(std::min<std::int64_t>(n - done, walk_.left()));
      gather(room + done, walk_.offset(), piece);
      walk_.advance(piece);
      done += piece;
    }
    return room;
  }

 private:
  const T* values() const { return reinterpret_cast<const T*>(data_); }
  void gather(T* room, std::int64_t offset, int n) const {
    if (boolean_) {
      for (int i = 0; i < n; ++i) room[i] = data_[offset + i * step_] != std::byte{0} ? T(1) : T(0);
    } else {
      const T* from = values() + offset;
      for (int i = 0; i < n; ++i) room[i] = from[i * step_];
    }
  }

  const std::byte* data_ = nullptr;
  std::int64_t step_ = 0, flat_ = 0;
  bool boolean_ = false, dense_ = false;
  int filled_ = 0;  // so many values of the room hold the one value at filled_base_
  std::int64_t filled_base_ = 0;
  Walk walk_;
};

}  // namespace vitrine::cpu
