// The first frame of a GIF: blocks up to the first picture, its colours, its LZW codes.
#include <algorithm>
#include <array>
#include <string>

#include "datasets/files/bytes.h"
#include "datasets/images/picture.h"

namespace vitrine::datasets {
namespace {

constexpr std::size_t kCodes = 4096;  // of LZW in a GIF

struct Frame {
  std::size_t left, top, width, height;
  bool interlaced;
  std::string_view colours;
};

std::string_view colour_table(Bytes& at, std::uint32_t flags) {
  return (flags & 0x80u) != 0 ? at.take(std::size_t{3} << ((flags & 7u) + 1), "its colours") : std::string_view{};
}

// The data of sub-blocks, joined; they end with one of length 0.
std::string joined_blocks(Bytes& at) {
  std::string data;
  while (const std::uint32_t length = at.big(1, "a block")) data += at.take(length, "a block");
  return data;
}

class Lzw {
 public:
  Lzw(std::string_view data, std::uint32_t bits) : data_(data), start_bits_(bits), clear_(1u << bits) { reset(); }

  // Appends the next string of colour numbers; false at the end of the stream or at a code that cannot be.
  bool next(std::vector<std::uint8_t>& out) {
    std::uint32_t code = 0;
    while (read(code) && code == clear_) reset();
    if (done_ || code == clear_ + 1 || code > size_ || (code == size_ && previous_ == kCodes)) return false;
    const std::size_t start = out.size();
    const std::uint32_t known = code == size_ ? previous_ : code;  // the code that is being made: its start twice
    for (std::uint32_t c = known; c != kCodes; c = prefix_[c]) out.push_back(last_[c]);
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(start), out.end());
    const std::uint8_t first = out[start];
    if (code == size_) out.push_back(first);
    if (previous_ != kCodes && size_ < kCodes) {
      prefix_[size_] = previous_, last_[size_] = first;
      if (++size_ == (1u << bits_) && bits_ < 12) ++bits_;
    }
    previous_ = code;
    return true;
  }

 private:
  void reset() {
    bits_ = start_bits_ + 1, size_ = clear_ + 2, previous_ = kCodes;
    for (std::uint32_t i = 0; i < clear_; ++i) prefix_[i] = kCodes, last_[i] = static_cast<std::uint8_t>(i);
  }
  bool read(std::uint32_t& code) {
    while (held_ < bits_) {
      if (at_ == data_.size()) return done_ = true, false;
      buffer_ |= std::uint32_t{static_cast<std::uint8_t>(data_[at_++])} << held_;
      held_ += 8;
    }
    code = buffer_ & ((1u << bits_) - 1);
    buffer_ >>= bits_, held_ -= bits_;
    return true;
  }

  std::string_view data_;
  std::uint32_t start_bits_, clear_, bits_ = 0, size_ = 0, previous_ = 0, buffer_ = 0, held_ = 0;
  std::size_t at_ = 0;
  bool done_ = false;
  std::array<std::uint32_t, kCodes> prefix_{};
  std::array<std::uint8_t, kCodes> last_{};
};

// Rows of an interlaced frame come in four passes.
std::vector<std::size_t> row_order(const Frame& frame) {
  std::vector<std::size_t> rows;
  constexpr std::size_t kPasses[][2] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
  for (const auto& [first, step] : kPasses) {
    for (std::size_t row = first; frame.interlaced && row < frame.height; row += step) rows.push_back(row);
  }
  for (std::size_t row = 0; !frame.interlaced && row < frame.height; ++row) rows.push_back(row);
  return rows;
}

}  // namespace

Picture decode_gif(std::string_view bytes, std::string_view file) {
  const PictureHead head = read_head(bytes, file);
  Bytes at(bytes, file);
  at.skip(10, "its header");
  const std::uint32_t flags = at.big(1, "its header");
  at.skip(2, "its header");
  const std::string_view shared = colour_table(at, flags);
  std::uint32_t transparent = 256;  // no colour's number
  std::uint32_t block = at.big(1, "a block");
  for (; block == 0x21; block = at.big(1, "a block")) {
    const std::uint32_t kind = at.big(1, "an extension");
    const std::string data = joined_blocks(at);
    if (kind == 0xF9 && data.size() >= 4 && (data[0] & 1) != 0) transparent = static_cast<std::uint8_t>(data[3]);
  }
  if (block != 0x2C) at.fail("has no first picture", "a frame", "other bytes");
  Frame frame{};
  frame.left = at.little(2, "a frame"), frame.top = at.little(2, "a frame");
  frame.width = at.little(2, "a frame"), frame.height = at.little(2, "a frame");
  const std::uint32_t frame_flags = at.big(1, "a frame");
  frame.interlaced = (frame_flags & 0x40u) != 0;
  frame.colours = colour_table(at, frame_flags);
  if (frame.colours.empty()) frame.colours = shared;
  const std::uint32_t bits = at.big(1, "a frame");
  if (bits < 2 || bits > 8 || frame.colours.empty() || frame.left + frame.width > head.width ||
      frame.top + frame.height > head.height) {
    at.fail("has an impossible frame", "2 to 8 bits, colours, a place inside of the picture", "others");
  }
  const std::string data = joined_blocks(at);
  Lzw codes(data, bits);
  Picture picture{head.width, head.height, 3, std::vector<std::uint8_t>(head.width * head.height * 3, 255)};
  std::vector<std::uint8_t> line;
  for (const std::size_t row : row_order(frame)) {
    while (line.size() < frame.width && codes.next(line)) {
    }
    if (line.size() < frame.width) at.fail("is cut off", "all rows of its first frame", "fewer");
    for (std::size_t column = 0; column < frame.width; ++column) {
      const std::size_t number = line[column];
      if (number == transparent || 3 * number + 3 > frame.colours.size()) continue;
      const std::size_t pixel = ((frame.top + row) * head.width + frame.left + column) * 3;
      std::copy_n(frame.colours.data() + 3 * number, 3, picture.pixels.data() + pixel);
    }
    line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(frame.width));
  }
  return picture;
}

}  // namespace vitrine::datasets
