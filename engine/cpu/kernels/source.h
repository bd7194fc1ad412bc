// A Source reads one input of an elementwise kernel as dense values of one type, a block at a time: in place where they
// lie as the output does, and else from a gathered copy; a copy of what is the same for every row serves block after
// block. Truths become ones and zeros of that type.
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
    const std::int64_t* strides = rows.strides[input];
    repeats_ =
        !dense_ && step_ != 0 && std::all_of(strides, strides + rows.outer, [](std::int64_t s) { return s == 0; });
    length_ = rows.length;
    column_ = flat % rows.length;
  }

  const T* next(int n, T* room) {
    if (dense_) {
      const T* block = values() + flat_;
      flat_ += n;
      return block;
    }
    if (repeats_) return next_of_same_rows(n, room);
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
  const T* next_of_same_rows(int n, T* room) {
    const std::int64_t begin = column_;
    column_ = (column_ + n) % length_;
    if (step_ == 1 && !boolean_ && begin + n <= length_) return values() + begin;
    if (begin == 0 && n <= filled_) return room;
    filled_ = begin == 0 ? n : 0;
    std::int64_t column = begin;
    for (int done = 0; done < n; column = 0) {
      const int piece = static_cast<int>(std::min<std::int64_t>(n - done, length_ - column));
      gather(room + done, column * step_, piece);
      done += piece;
    }
    return room;
  }

  const T* values() const { return reinterpret_cast<const T*>(data_); }
  void gather(T* room, std::int64_t offset, int n) const {
    if (boolean_) {
      for (int i = 0; i < n; ++i) room[i] = data_[offset + i * step_] != std::byte{0} ? T(1) : T(0);
    } else if (step_ == 1) {
      std::copy_n(values() + offset, n, room);
    } else {
      const T* from = values() + offset;
      for (int i = 0; i < n; ++i) room[i] = from[i * step_];
    }
  }

  const std::byte* data_ = nullptr;
  std::int64_t step_ = 0, flat_ = 0;
  bool boolean_ = false, dense_ = false;
  bool repeats_ = false;  // every row is the same
  std::int64_t length_ = 1, column_ = 0;
  int filled_ = 0;  // so many values of the room hold the one value at filled_base_, or rows that repeat
  std::int64_t filled_base_ = 0;
  Walk walk_;
};

}  // namespace vitrine::cpu
