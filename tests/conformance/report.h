// The Report counts what passed, failed and was skipped, and says each failure as it comes: in a line, or as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitrine::conformance {

struct Failure {
  std::string id;
  std::string part;           // "output 0", "gradient of input 1"; empty when the case did not get that far
  std::string fact;           // what differs
  std::string at;             // "[1, 2]", where one number differs
  std::string got, expected;  // may be empty
};

struct Counts {
  int passed = 0, failed = 0, skipped = 0;
};

// Lines "PATTERN REASON" of the committed list; a pattern is an id or the name of an op. `(unadapted)` stands for the
// cases of every op that has no adapter. Nothing else may be skipped.
class Skips {
 public:
  explicit Skips(const std::string& file);
  const std::string* reason(std::string_view id, std::string_view op, bool adapted);
  std::vector<std::string> unused() const;  // patterns that matched nothing

 private:
  struct Line {
    std::string pattern, reason;
    bool used = false;
  };
  std::vector<Line> lines_;
};

class Report {
 public:
  explicit Report(bool json) : json_(json) {}
  void pass() { ++counts_.passed; }
  void fail(const Failure& failure);
  void skip(std::string_view id, std::string_view reason, bool listed);
  void note(std::string_view line);  // for people only
  int finish();                      // prints the counts and answers the exit code

 private:
  bool json_;
  Counts counts_;
  bool unlisted_ = false;
};

}  // namespace vitrine::conformance
