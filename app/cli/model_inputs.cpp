// Files of several kinds to rows of one shape.
#include "app/cli/model_inputs.h"

#include <algorithm>

#include "datasets/files/csv.h"
#include "datasets/files/npy.h"
#include "datasets/images/picture.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "engine/models/json.h"

namespace vitrine::cli {
namespace {

struct Numbers {
  std::int64_t samples = 0;
  std::vector<float> values;
};

[[noreturn]] void refuse(const std::string& file, std::string fact, std::string expected, std::string got) {
  throw FileError({file, std::move(fact), std::move(expected), std::move(got), "Check what goes in."});
}

void append(const std::string& file, const nn::Config& config, std::vector<float>& values) {
  if (const double* number = config.number()) return values.push_back(static_cast<float>(*number));
  if (const bool* truth = config.truth()) return values.push_back(*truth ? 1.0f : 0.0f);
  if (config.list() == nullptr) refuse(file, "has something else among its numbers", "numbers", text_of(config));
  for (const nn::Config& entry : *config.list()) append(file, entry, values);
}

// Lists in lists, or {"shape": .., "data": ..}.
Numbers of_json(const std::string& file, const nn::Config& config) {
  Numbers numbers;
  const nn::Config* data = config.find("data");
  const nn::Config& list = data != nullptr ? *data : config;
  append(file, list, numbers.values);
  const nn::Config* shape = config.find("shape");
  if (shape == nullptr) {
    numbers.samples = list.list() != nullptr ? static_cast<std::int64_t>(list.list()->size()) : 1;
  } else {
    const bool has_batch =
        shape->list() != nullptr && !shape->list()->empty() && shape->list()->front().number() != nullptr;
    if (!has_batch) refuse(file, "has no shape with a batch in front", "a list of whole numbers", text_of(*shape));
    const double samples = *shape->list()->front().number();
    if (!(samples >= 1 && samples <= static_cast<double>(numbers.values.size()))) {
      refuse(file, "has another shape than its numbers", text_of(*shape),
             to_text(static_cast<std::int64_t>(numbers.values.size())) + " numbers");
    }
    numbers.samples = static_cast<std::int64_t>(samples);
  }
  return numbers;
}

std::vector<Numbers> of_json_file(const std::filesystem::path& path) {
  const nn::Config config = models::parse_json(path.string(), read_file(path, limits::kModelTextBytes));
  const nn::Config* inputs = config.find("inputs");
  if (inputs == nullptr || inputs->list() == nullptr) return {of_json(path.string(), config)};
  std::vector<Numbers> all;
  for (const nn::Config& input : *inputs->list()) all.push_back(of_json(path.string(), input));
  return all;
}

Numbers of_npy(const std::filesystem::path& path) {
  const datasets::Array array = datasets::parse_npy(read_file(path, limits::kArrayFileBytes), path.string());
  Numbers numbers{static_cast<std::int64_t>(array.items), {}};
  numbers.values.resize(array.items * array.shape.size());
  for (std::size_t i = 0; i < array.items; ++i) {
    const std::size_t size = array.shape.size();
    array.read(static_cast<datasets::ItemId>(i), std::span(numbers.values).subspan(i * size, size));
  }
  return numbers;
}

Numbers of_table(const std::filesystem::path& path) {
  const datasets::Table table = datasets::parse_csv(read_file(path, limits::kTableFileBytes), path.string());
  Numbers numbers{static_cast<std::int64_t>(table.rows), {}};
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (const datasets::Column& column : table.columns) {
      if (!column.words.empty()) refuse(path.string(), "has words in " + column.name, "columns of numbers", "words");
      numbers.values.push_back(column.numbers[row]);
    }
  }
  return numbers;
}

// Brightness from 0 to 1, in the size that the model wants.
Numbers of_picture(const std::filesystem::path& path, const nn::Form& form) {
  if (form.rank() != 4 || std::any_of(form.extents.begin() + 1, form.extents.end(), [](auto e) { return e < 1; })) {
    refuse(path.string(), "is a picture, and the model takes none", text_of(form), "a picture");
  }
  const auto extent = [&](std::size_t axis) { return static_cast<std::size_t>(form.extents[axis]); };
  const datasets::ItemShape shape{extent(1), extent(2), extent(3)};
  if (shape.channels != 1 && shape.channels != 3) {
    refuse(path.string(), "cannot be made of the model's channels", "1 or 3", to_text(form.extents[3]));
  }
  const datasets::Picture picture = datasets::decode_picture(read_file(path, limits::kPictureFileBytes), path.string(),
                                                             std::min(shape.rows, shape.columns));
  std::vector<std::uint8_t> pixels(shape.size());
  datasets::fit(picture, shape, pixels);
  Numbers numbers{1, {}};
  for (const std::uint8_t pixel : pixels) numbers.values.push_back(static_cast<float>(pixel) / 255.0f);
  return numbers;
}

std::vector<Numbers> numbers_of(const std::filesystem::path& path, const nn::Form& form) {
  if (path.extension() == ".json") return of_json_file(path);
  if (path.extension() == ".npy") return {of_npy(path)};
  if (datasets::has_picture_name(path)) return {of_picture(path, form)};
  return {of_table(path)};
}

// A sample without a batch in front is a batch of one; one extent that the model leaves open follows from the others.
learn::Rows rows_of(const std::string& file, const nn::Form& form, Numbers numbers) {
  Integers sample(form.extents.begin() + 1, form.extents.end());
  std::int64_t known = 1;
  for (const std::int64_t extent : sample) known *= extent == nn::kUnknown ? 1 : extent;
  const auto count = static_cast<std::int64_t>(numbers.values.size());
  if (count == known && std::ranges::count(sample, nn::kUnknown) == 0) numbers.samples = 1;
  const std::int64_t each = numbers.samples > 0 ? count / numbers.samples : 0;
  const auto open = std::ranges::find(sample, nn::kUnknown);
  if (open != sample.end() && known > 0) *open = each / known;
  std::int64_t wanted = 1;
  for (const std::int64_t extent : sample) wanted *= extent;
  if (each == 0 || each != wanted || each * numbers.samples != count) {
    refuse(file, "does not fit the model's input", text_of(form),
           to_text(numbers.samples) + " samples of " + to_text(each) + " numbers");
  }
  return {Shape(sample), std::move(numbers.values)};
}

}  // namespace

std::vector<learn::Rows> read_inputs(const nn::Model& model, const std::vector<std::filesystem::path>& files) {
  const std::vector<nn::Form> forms = model.inputs();
  std::vector<Numbers> read;
  for (const std::filesystem::path& file : files) {
    for (Numbers& numbers : numbers_of(file, forms[std::min(read.size(), forms.size() - 1)])) {
      if (forms.size() == 1 && !read.empty()) {  // one behind the other
        read[0].samples += numbers.samples;
        read[0].values.insert(read[0].values.end(), numbers.values.begin(), numbers.values.end());
      } else {
        read.push_back(std::move(numbers));
      }
    }
  }
  if (read.size() != forms.size()) {
    throw UsageError({"--input", "is not given for each input of the model",
                      to_text(static_cast<std::int64_t>(forms.size())), to_text(static_cast<std::int64_t>(read.size())),
                      "Name one file for each, in order."});
  }
  std::vector<learn::Rows> rows;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    rows.push_back(rows_of(files[std::min(i, files.size() - 1)].string(), forms[i], std::move(read[i])));
  }
  return rows;
}

}  // namespace vitrine::cli
