// Weighs a picture, has it decoded, and lays transparent places over white.
#include <dlfcn.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "datasets/files/bytes.h"
#include "datasets/images/codecs/codecs.h"
#include "datasets/images/picture.h"
#include "datasets/images/quiet.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

// Bytes while a picture is decoded with its sides divided by `part`: what the decoder holds, its answer, and ours.
std::size_t weight(const PictureHead& head, std::size_t part) {
  const std::size_t all = head.width * head.height, channels = head.grey ? 1 : head.alpha ? 4 : 3;
  const std::size_t answers =
      (channels * (head.wide && head.alpha ? 2 : 1) + (head.grey ? 1 : 3)) * (all / part / part);
  switch (head.format) {
    case PictureFormat::jpeg:
      return answers + (head.progressive ? 2 * channels * all : 0);  // all coefficients at once
    case PictureFormat::webp:
      return answers + 8 * all;
    default:
      return answers;
  }
}

std::size_t part_for(const PictureHead& head, std::size_t file_bytes, std::size_t least_edge, std::string_view file) {
  const std::size_t most = file_bytes + limits::kLoaderSpare;
  const std::size_t edge = std::min(head.width, head.height);
  std::size_t part = 1;
  const bool divisible = head.format == PictureFormat::jpeg;
  const auto larger_than_needed = [&] { return least_edge > 0 && edge / (2 * part) >= 2 * least_edge; };
  while (divisible && part < 8 && (larger_than_needed() || weight(head, part) > most)) part *= 2;
  if (weight(head, part) > most) {
    refuse_file(file, "is too large to be decoded", "a picture that needs at most " + count_text(most) + " bytes",
                count_text(head.width) + " × " + count_text(head.height) + " pixels, " + count_text(weight(head, part)),
                "Save it smaller.");
  }
  return part;
}

// Beside the program, or above it as in a build's folder of tests; else wherever the loader looks. By its whole path,
// because sanitisers open libraries in the program's stead and then look beside themselves.
std::string codecs_path() {
  namespace fs = std::filesystem;
  std::error_code none;
  const fs::path folder = fs::read_symlink("/proc/self/exe", none).parent_path();
  for (const fs::path& each : {folder, folder.parent_path()}) {
    if (fs::exists(each / kCodecsLibrary, none)) return (each / kCodecsLibrary).string();
  }
  return kCodecsLibrary;
}

// From the first picture on.
class Codecs {
 public:
  Codecs() : handle_(dlopen(codecs_path().c_str(), RTLD_NOW | RTLD_LOCAL)) {
    decode_ = find<DecodeFunction>(kDecodeSymbol);
    release_ = find<ReleaseFunction>(kReleaseSymbol);
    if (decode_ != nullptr && release_ != nullptr) return;
    const char* text = dlerror();
    trouble_ = text == nullptr ? "a library of another version" : text;
  }

  const std::string& trouble() const { return trouble_; }  // empty: it is there

  // Null where the picture cannot be decoded.
  std::unique_ptr<Decoded, std::function<void(Decoded*)>> operator()(const DecodeRequest& request) const {
    auto answer = std::make_unique<Decoded>();
    if (!decode_(request, *answer)) return {};
    return {answer.release(), [release = release_](Decoded* decoded) {
              release(decoded->held);
              delete decoded;
            }};
  }

 private:
  template <class Function>
  Function find(const char* symbol) const {
    return handle_ == nullptr ? nullptr : reinterpret_cast<Function>(dlsym(handle_, symbol));
  }

  void* handle_;  // for as long as the program runs
  DecodeFunction decode_ = nullptr;
  ReleaseFunction release_ = nullptr;
  std::string trouble_;
};

std::uint8_t byte_of(const Decoded& decoded, int row, int index) {
  const std::uint8_t* at = decoded.rows + static_cast<std::size_t>(row) * decoded.stride;
  if (!decoded.wide) return at[index];
  std::uint16_t number = 0;
  std::memcpy(&number, at + 2 * index, sizeof number);
  return static_cast<std::uint8_t>(number >> 8);
}

Picture picture_of(const Decoded& decoded) {
  const int channels = decoded.channels;
  Picture picture{
      static_cast<std::size_t>(decoded.width), static_cast<std::size_t>(decoded.height), channels < 3 ? 1u : 3u, {}};
  picture.pixels.reserve(picture.width * picture.height * picture.channels);
  for (int row = 0; row < decoded.height; ++row) {
    for (int column = 0; column < decoded.width; ++column) {
      const int first = column * channels;
      const unsigned cover = channels == 4 ? byte_of(decoded, row, first + 3) : 255u;
      for (int channel = channels < 3 ? 0 : 2; channel >= 0; --channel) {
        const unsigned colour = byte_of(decoded, row, first + channel);
        picture.pixels.push_back(static_cast<std::uint8_t>((colour * cover + 255u * (255u - cover) + 127u) / 255u));
      }
    }
  }
  return picture;
}

}  // namespace

Picture decode_picture(std::string_view bytes, std::string_view file, std::size_t least_edge) {
  const PictureHead head = read_head(bytes, file);
  const std::size_t part = part_for(head, bytes.size(), least_edge, file);
  if (head.format == PictureFormat::gif) return decode_gif(bytes, file);
  static const Codecs codecs;
  if (!codecs.trouble().empty()) {
    refuse_file(file, "cannot be decoded by this installation", "OpenCV's codecs beside the program", codecs.trouble(),
                "Install OpenCV's picture codecs, and " + std::string(kCodecsLibrary) + " together with Vitrine.");
  }
  const auto decoded = [&] {
    const Quiet quiet;
    return codecs({bytes.data(), bytes.size(), static_cast<int>(part), head.grey, head.alpha});
  }();
  if (!decoded) {
    refuse_file(file, "cannot be decoded", "a whole picture", "damaged or unusual contents", "Save or copy it again.");
  }
  return picture_of(*decoded);
}

}  // namespace vitrine::datasets
