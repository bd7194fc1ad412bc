// Fill up, cut behind the last line, keep the rest for the next block.
#include "datasets/files/text_blocks.h"

#include <algorithm>
#include <span>

#include "datasets/files/bytes.h"

namespace vitrine::datasets {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{4} << 20;  // longer than any row; soon parsed

// Behind the last end of a line outside quotes; where quotes do not pair, behind the last end of a line.
std::size_t end_of_lines(std::string_view text) {
  if (text.find('"') == text.npos) return text.rfind('\n') + 1;  // 0 where there is none
  std::size_t outside = 0, any = 0;
  bool quoted = false;
  for (std::size_t at = 0; (at = text.find_first_of("\"\n", at)) != text.npos; ++at) {
    if (text[at] == '"') {
      quoted = !quoted;
    } else {
      any = at + 1;
      if (!quoted) outside = any;
    }
  }
  return outside > 0 ? outside : any;
}

}  // namespace

TextBlocks::TextBlocks(const std::filesystem::path& path) : file_(path.string()), reader_(path) {}

bool TextBlocks::next() {
  line_ += static_cast<std::size_t>(std::ranges::count(text(), '\n'));
  buffer_.erase(0, cut_);
  cut_ = 0;
  if (!ended_) {
    const std::size_t kept = buffer_.size();
    buffer_.resize(kBlockBytes);
    const std::size_t read = reader_.read(std::span(buffer_).subspan(kept));
    ended_ = kept + read < kBlockBytes;
    buffer_.resize(kept + read);
    done_ += read;
    if (const std::size_t zero = buffer_.find('\0', kept); zero != buffer_.npos) {
      refuse_file(file_, "is no text", "lines of values", "a zero byte at " + count_text(done_ - buffer_.size() + zero),
                  "Choose a CSV file.");
    }
  }
  if (buffer_.empty()) return false;
  cut_ = ended_ ? buffer_.size() : end_of_lines(buffer_);
  if (cut_ == 0) {
    refuse_file(file_, "has a line that does not end, line " + count_text(line_),
                "at most " + count_text(kBlockBytes) + " bytes in a line", "more", "Check the ends of lines.");
  }
  return true;
}

double TextBlocks::share() const {
  const std::size_t size = std::max<std::size_t>(1, reader_.size());
  return std::min(1.0, static_cast<double>(done_ - buffer_.size() + cut_) / static_cast<double>(size));
}

}  // namespace vitrine::datasets
