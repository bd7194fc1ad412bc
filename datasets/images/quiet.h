// Quiet keeps decoders from writing to standard error. OpenCV and the libraries below it print what they object to in a
// damaged picture, and offer no way to take that instead; a person gets our sentence about the file, once.
#pragma once

namespace vitrine::datasets {

// While one lives, in any thread, standard error leads nowhere; then it is as before. What other threads say in these
// milliseconds is lost, so a Quiet is held for one decoding only.
class Quiet {
 public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
};

}  // namespace vitrine::datasets
