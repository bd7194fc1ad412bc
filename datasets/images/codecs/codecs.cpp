// The codecs library, and the border of OpenCV: nothing but the decoding of one picture in memory.
#include "datasets/images/codecs/codecs.h"

#include <exception>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <opencv2/imgcodecs.hpp>
#include <utility>

namespace {

using vitrine::datasets::Decoded;
using vitrine::datasets::DecodeRequest;

int flags_for(const DecodeRequest& request) {
  if (request.alpha) return cv::IMREAD_UNCHANGED;
  switch (request.part) {
    case 2:
      return request.grey ? cv::IMREAD_REDUCED_GRAYSCALE_2 : cv::IMREAD_REDUCED_COLOR_2;
    case 4:
      return request.grey ? cv::IMREAD_REDUCED_GRAYSCALE_4 : cv::IMREAD_REDUCED_COLOR_4;
    case 8:
      return request.grey ? cv::IMREAD_REDUCED_GRAYSCALE_8 : cv::IMREAD_REDUCED_COLOR_8;
    default:
      return request.grey ? cv::IMREAD_GRAYSCALE : cv::IMREAD_COLOR;
  }
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) bool vitrine_decode_1(const DecodeRequest& request, Decoded& answer) noexcept {
  try {
    // Its argument is not const, but it is only read.
    const cv::Mat input(1, static_cast<int>(request.size), CV_8UC1, const_cast<char*>(request.bytes));
    auto mat = std::make_unique<cv::Mat>(cv::imdecode(input, flags_for(request)));
    if (mat->empty() || (mat->depth() != CV_8U && mat->depth() != CV_16U)) return false;
    answer = {mat->ptr(), mat->step[0], mat->cols, mat->rows, mat->channels(), mat->depth() == CV_16U, mat.release()};
    return true;
  } catch (const std::exception&) {  // whatever it objects to, the file is not what it says
    return false;
  }
}

__attribute__((visibility("default"))) void vitrine_release_1(void* held) noexcept {
  delete static_cast<cv::Mat*>(held);
}
}
