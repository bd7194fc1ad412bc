// Which published data and weights there are, and which of them are here.
#include "app/shell/assets/assets.h"

#include <limits>

#include "app/cli/commands.h"
#include "app/cli/print.h"

namespace vitrine::cli {
namespace {

Line line_of(const shell::Asset& asset, const shell::Installed& installed, bool for_program) {
  work::Value bytes = std::string("unknown");                         // nobody publishes it
  if (for_program) bytes = std::numeric_limits<double>::quiet_NaN();  // null
  if (installed.state == shell::AssetState::present)
    bytes = installed.bytes();
  else if (asset.bytes)
    bytes = *asset.bytes;
  Line line{{"id", asset.id}, {"kind", asset.kind},       {"state", std::string(name_of(installed.state))},
            {"bytes", bytes}, {"licence", asset.licence}, {"path", installed.folder.string()}};
  if (for_program) {
    line.push_back({"label", asset.label});
    line.push_back({"what", asset.what});
    line.push_back({"origin", asset.provenance});
  }
  return line;
}

}  // namespace

int show_assets(const Options& options) {
  const std::filesystem::path data = shell::data_folder(options.environment);
  work::List rows;
  for (const shell::Asset& asset : shell::assets()) {
    const shell::Installed installed = look_up(asset, data);
    if (options.missing && installed.state == shell::AssetState::present) continue;
    rows.push_back(line_of(asset, installed, options.json));
  }
  print(options.json, Line{{"assets", std::move(rows)}});
  return 0;
}

}  // namespace vitrine::cli
