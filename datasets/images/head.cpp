// Headers of the formats, read by hand: a decoder must not be the first to see a size.
#include <algorithm>
#include <string>

#include "datasets/files/bytes.h"
#include "datasets/images/picture.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

PictureHead png_head(Bytes at) {
  PictureHead head;
  at.skip(16, "its header");
  head.width = at.big(4, "its header"), head.height = at.big(4, "its header");
  head.wide = at.big(1, "its header") == 16;
  const std::uint32_t colour = at.big(1, "its header");
  head.grey = colour == 0, head.alpha = colour == 4 || colour == 6;
  return head;
}

bool is_start_of_frame(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

PictureHead jpeg_head(Bytes at) {
  at.skip(2, "its header");
  for (;;) {
    if (at.big(1, "its header") != 0xFF) at.fail("has a damaged header", "a marker", "other bytes");
    std::uint32_t marker = 0xFF;
    while (marker == 0xFF) marker = at.big(1, "its header");
    const std::uint32_t length = at.big(2, "its header");
    if (length < 2) at.fail("has a damaged header", "a length of 2 and more", count_text(length));
    if (!is_start_of_frame(marker)) {
      at.skip(length - 2, "its header");
      continue;
    }
    PictureHead head;
    head.format = PictureFormat::jpeg, head.progressive = marker != 0xC0 && marker != 0xC1;
    at.skip(1, "its header");
    head.height = at.big(2, "its header"), head.width = at.big(2, "its header");
    head.grey = at.big(1, "its header") == 1;
    return head;
  }
}

PictureHead webp_head(Bytes at) {
  PictureHead head;
  head.format = PictureFormat::webp;
  at.skip(12, "its header");
  const std::string_view kind = at.take(4, "its header");
  at.skip(4, "its header");
  if (kind == "VP8X") {
    head.alpha = (at.little(4, "its header") & 0x10u) != 0;
    head.width = at.little(3, "its header") + 1, head.height = at.little(3, "its header") + 1;
  } else if (kind == "VP8L") {
    at.skip(1, "its header");
    const std::uint32_t sizes = at.little(4, "its header");
    head.width = (sizes & 0x3FFFu) + 1, head.height = (sizes >> 14 & 0x3FFFu) + 1;
    head.alpha = (sizes >> 28 & 1u) != 0;
  } else if (kind == "VP8 ") {
    at.skip(6, "its header");
    head.width = at.little(2, "its header") & 0x3FFFu, head.height = at.little(2, "its header") & 0x3FFFu;
  } else {
    at.fail("is a WebP file of an unknown kind", "VP8, VP8L or VP8X", std::string(kind));
  }
  return head;
}

PictureHead bmp_head(Bytes at) {
  PictureHead head;
  head.format = PictureFormat::bmp;
  at.skip(14, "its header");
  const std::uint32_t size = at.little(4, "its header");
  if (size < 40) at.fail("is a BMP file of an old kind", "a header of at least 40 bytes", count_text(size));
  head.width = at.little(4, "its header");
  const auto rows = static_cast<std::int32_t>(at.little(4, "its header"));  // negative: from the top
  head.height = static_cast<std::size_t>(rows < 0 ? -std::int64_t{rows} : std::int64_t{rows});
  return head;
}

PictureHead gif_head(Bytes at) {
  PictureHead head;
  head.format = PictureFormat::gif;
  at.skip(6, "its header");
  head.width = at.little(2, "its header"), head.height = at.little(2, "its header");
  return head;
}

PictureHead head_of(std::string_view bytes, const Bytes& at) {
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return png_head(at);
  if (bytes.starts_with("\xFF\xD8\xFF")) return jpeg_head(at);
  if (bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP")) return webp_head(at);
  if (bytes.starts_with("BM")) return bmp_head(at);
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return gif_head(at);
  at.fail("is no picture of a known format", "PNG, JPEG, WebP, BMP or GIF", "other bytes");
}

// Decoders fill what is missing with grey; we would rather know.
void require_end(const PictureHead& head, std::string_view bytes, const Bytes& at) {
  const bool cut = (head.format == PictureFormat::png && bytes.rfind("IEND") == bytes.npos) ||
                   (head.format == PictureFormat::jpeg && bytes.rfind("\xFF\xD9") == bytes.npos);
  if (cut) at.fail("is cut off", "the mark at its end", "none");
}

}  // namespace

PictureHead read_head(std::string_view bytes, std::string_view file) {
  const Bytes at(bytes, file);
  if (bytes.size() < 12) at.fail("is no picture", "a header", count_text(bytes.size()) + " bytes");
  const PictureHead head = head_of(bytes, at);
  if (head.width == 0 || head.height == 0 || head.width > limits::kPictureEdge || head.height > limits::kPictureEdge) {
    at.fail("claims an impossible size", "1 to " + count_text(limits::kPictureEdge) + " pixels a side",
            count_text(head.width) + " × " + count_text(head.height));
  }
  require_end(head, bytes, at);
  return head;
}

bool has_picture_name(const std::filesystem::path& path) {
  const std::string ending = in_lower_case(path.extension().string());
  constexpr std::string_view kEndings[] = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"};
  return std::ranges::find(kEndings, ending) != std::end(kEndings);
}

}  // namespace vitrine::datasets
