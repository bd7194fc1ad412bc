// An Error is what a person is told when something outside our code is wrong: a file, a driver, a shape, an argument.
// It always has the same parts: the subject (a file, an op, a control), the fact, what was expected, what was got, and
// the remedy. It is thrown where that outside speaks and caught in main, Runner and the file openers only.
#pragma once

#include <stdexcept>
#include <string>

namespace vitrine {

struct Complaint {
  std::string subject;   // "spiral.vitrine", "[matmul] b", "--size"
  std::string fact;      // "is cut off at byte 812"
  std::string expected;  // "2 rows"; may be empty
  std::string got;       // "3 rows"; may be empty
  std::string remedy;    // "Save it again from the app."
};

class Error : public std::runtime_error {
 public:
  explicit Error(Complaint complaint);
  const Complaint& complaint() const noexcept { return complaint_; }

 private:
  Complaint complaint_;
};

// One class a family, so that main can choose the exit code and a view the wording.
struct ShapeError : Error {
  using Error::Error;
};
struct UnsupportedOp : Error {
  using Error::Error;
};
struct DeviceError : Error {
  using Error::Error;
};
struct DisplayError : Error {
  using Error::Error;
};
struct FileError : Error {
  using Error::Error;
};
struct UsageError : Error {
  using Error::Error;
};

// "subject: fact; expected E; got G. Remedy": the one sentence that every surface shows.
std::string sentence(const Complaint& complaint);

}  // namespace vitrine
