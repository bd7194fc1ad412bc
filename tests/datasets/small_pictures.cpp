// Encoded by OpenCV, except for GIF, which it cannot write either.
#include "tests/datasets/small_pictures.h"

#include <opencv2/core/mat.hpp>
#include <opencv2/imgcodecs.hpp>
#include <vector>

namespace vitrine::datasets::small {
namespace {

std::string encoded(const std::string& ending, const cv::Mat& mat) {
  std::vector<unsigned char> bytes;
  cv::imencode(ending, mat, bytes);
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

std::string picture(const std::string& ending, std::size_t width, std::size_t height) {
  cv::Mat mat(static_cast<int>(height), static_cast<int>(width), CV_8UC3, cv::Scalar(0, 0, 255));
  mat.colRange(mat.cols / 2, mat.cols).setTo(cv::Scalar(255, 0, 0));
  return encoded(ending, mat);
}

std::string half_transparent_png() {
  return encoded(".png", cv::Mat(4, 4, CV_8UC4, cv::Scalar(0, 200, 0, 128)));
}

// Codes of three bits: with a clear code after every two colours the table never grows past three bits.
std::string gif(bool interlaced) {
  std::string bytes("GIF89a\4\0\4\0\x80\0\0\xFF\0\0\0\0\xFF", 19);
  bytes += std::string("\x21\xF9\4\1\0\0\3\0", 8);  // colour 3 is transparent
  bytes += std::string("\x2C\0\0\0\0\4\0\4\0", 9) + (interlaced ? '\x40' : '\0') + '\2';
  unsigned held = 0, count = 0;
  std::string data;
  const auto put = [&](unsigned code) {
    held |= code << count, count += 3;
    for (; count >= 8; count -= 8, held >>= 8) data += static_cast<char>(held & 255);
  };
  for (unsigned i = 0; i < 16; ++i) {
    if (i % 2 == 0) put(4);
    put(i == 15 ? 3 : i % 2);
  }
  put(5);
  data += static_cast<char>(held);
  return bytes + static_cast<char>(data.size()) + data + std::string("\0\x3B", 2);
}

}  // namespace vitrine::datasets::small
