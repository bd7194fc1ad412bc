// Prints the data sets of the catalog as docs/data.md shows them, checks that page, or draws one contact sheet for each
// set of pictures and one of the beats into a folder.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "app/ui/png.h"
#include "datasets/catalog.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/number.h"

namespace {
using namespace vitrine;
using namespace vitrine::datasets;

constexpr std::string_view kStart = "<!-- from the catalog -->\n", kEnd = "<!-- end -->\n";

std::string table() {
  std::string text = "| id | name | what | items | each item | classes |\n|---|---|---|---|---|---|\n";
  for (const Entry& entry : catalog()) {
    if (const auto missing = entry.missing()) throw FileError(*missing);
    const Dataset data = make_dataset(entry.id, {.count = entry.kind == ItemKind::picture ? 1u : 10u});
    const Info& info = data.info();
    const auto number = [](std::size_t n) { return to_text(static_cast<std::int64_t>(n)); };
    const std::string shape = info.kind == ItemKind::picture
                                  ? number(entry.edge) + " × " + number(entry.edge) + " pixels"
                              : info.kind == ItemKind::series ? number(info.shape.columns) + " samples"
                                                              : "a point";
    text += "| `" + std::string(entry.id) + "` | " + std::string(entry.label) + " | " + std::string(entry.what) +
            " | " + number(entry.count) + " | " + shape + " | " +
            (info.classes.empty() ? "a value" : number(info.classes.size())) + " |\n";
  }
  return text;
}

// Ten of each of the first classes, a class a row.
ui::Image sheet(const Dataset& data, std::size_t columns) {
  const ItemShape& shape = data.info().shape;
  const bool series = data.info().kind == ItemKind::series;
  const int cell_width = series ? 150 : static_cast<int>(shape.columns),
            cell_height = series ? 90 : static_cast<int>(shape.rows);
  const std::size_t rows = data.info().classes.size();
  constexpr int kGap = 4;
  ui::Image image(static_cast<int>(columns) * (cell_width + kGap) + kGap,
                  static_cast<int>(rows) * (cell_height + kGap) + kGap);
  std::fill(image.rgba.begin(), image.rgba.end(), std::uint8_t{255});
  std::vector<std::size_t> used(rows);
  std::vector<float> values(shape.size());
  for (ItemId item = 0; item < data.size(); ++item) {
    const std::size_t row = data.class_of(item), column = used[row]++;
    if (column >= columns) continue;
    const int left = kGap + static_cast<int>(column) * (cell_width + kGap),
              top = kGap + static_cast<int>(row) * (cell_height + kGap);
    data.read(item, values);
    const auto ink = [&](int x, int y) { std::fill_n(image.at(left + x, top + y), 3, std::uint8_t{30}); };
    const auto height = [&](std::size_t t) {
      return std::clamp(static_cast<int>(45 - values[t] * 9), 0, cell_height - 1);
    };
    for (std::size_t t = 0; series && t + 1 < values.size(); ++t) {
      const int from = height(t), to = height(t + 1);
      for (int y = std::min(from, to); y <= std::max(from, to); ++y)
        ink(static_cast<int>(t), y), ink(static_cast<int>(t) + 1, y);
    }
    for (std::size_t i = 0; !series && i < values.size(); ++i) {
      const std::size_t pixel = i / shape.channels;
      image.at(left + static_cast<int>(pixel % shape.columns), top + static_cast<int>(pixel / shape.columns))[i % 3] =
          static_cast<std::uint8_t>(values[i] * 255 + 0.5f);
    }
  }
  return image;
}

int draw_sheets(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const Entry& entry : catalog()) {
    if (entry.kind == ItemKind::point || entry.missing()) continue;
    const bool series = entry.kind == ItemKind::series;
    const Dataset data =
        make_dataset(entry.id, {.seed = 1, .count = series ? 5000u : 36u * 14u, .edge = series ? 0u : 48u});
    const auto path = folder / ("data-" + std::string(entry.id) + ".png");
    ui::write_png(path, sheet(data, series ? 8 : 12));
    std::printf("%s\n", path.c_str());
  }
  return 0;
}

int check(const std::filesystem::path& page) {
  const std::string text = read_file(page, std::size_t{1} << 20);
  const std::size_t start = text.find(kStart), end = text.find(kEnd);
  const bool same = start != text.npos && end != text.npos &&
                    text.substr(start + kStart.size(), end - start - kStart.size()) == table();
  if (!same)
    std::printf("%s does not show the catalog; put what data_reference prints between its marks\n", page.c_str());
  return same ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 3 && std::string_view(argv[1]) == "--check") return check(argv[2]);
    if (argc == 3 && std::string_view(argv[1]) == "--sheets") return draw_sheets(argv[2]);
    std::printf("%s", table().c_str());
    return 0;
  } catch (const Error& error) {
    std::printf("skipped: %s\n", error.what());
    return 0;
  }
}
