// The border of OpenCV: weighs a picture, decodes it, and lays transparent places over white.
#include <algorithm>
#include <exception>
#include <opencv2/core/mat.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "datasets/files/bytes.h"
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

int flags_for(const PictureHead& head, std::size_t part) {
  if (head.alpha) return cv::IMREAD_UNCHANGED;
  switch (part) {
    case 2:
      return head.grey ? cv::IMREAD_REDUCED_GRAYSCALE_2 : cv::IMREAD_REDUCED_COLOR_2;
    case 4:
      return head.grey ? cv::IMREAD_REDUCED_GRAYSCALE_4 : cv::IMREAD_REDUCED_COLOR_4;
    case 8:
      return head.grey ? cv::IMREAD_REDUCED_GRAYSCALE_8 : cv::IMREAD_REDUCED_COLOR_8;
    default:
      return head.grey ? cv::IMREAD_GRAYSCALE : cv::IMREAD_COLOR;
  }
}

std::uint8_t byte_of(const cv::Mat& mat, int row, int index) {
  return mat.depth() == CV_16U ? static_cast<std::uint8_t>(mat.ptr<std::uint16_t>(row)[index] >> 8)
                               : mat.ptr(row)[index];
}

// OpenCV's order is blue, green, red, alpha.
Picture picture_of(const cv::Mat& mat) {
  const int channels = mat.channels();
  Picture picture{static_cast<std::size_t>(mat.cols), static_cast<std::size_t>(mat.rows), channels < 3 ? 1u : 3u, {}};
  picture.pixels.reserve(picture.width * picture.height * picture.channels);
  for (int row = 0; row < mat.rows; ++row) {
    for (int column = 0; column < mat.cols; ++column) {
      const int first = column * channels;
      const unsigned cover = channels == 4 ? byte_of(mat, row, first + 3) : 255u;
      for (int channel = channels < 3 ? 0 : 2; channel >= 0; --channel) {
        const unsigned colour = byte_of(mat, row, first + channel);
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
  cv::Mat mat;
  try {
    // Its argument is not const, but it is only read.
    const cv::Mat input(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<char*>(bytes.data()));
    const Quiet quiet;
    mat = cv::imdecode(input, flags_for(head, part));
  } catch (const std::exception&) {  // whatever it objects to, the file is not what it says; told below
  }
  if (mat.empty() || (mat.depth() != CV_8U && mat.depth() != CV_16U)) {
    refuse_file(file, "cannot be decoded", "a whole picture", "damaged or unusual contents", "Save or copy it again.");
  }
  return picture_of(mat);
}

}  // namespace vitrine::datasets
