// Some items of a set, as the page of assets shows them.
#pragma once

#include "app/ui/sample_view.h"
#include "datasets/dataset.h"

namespace vitrine::shell {

ui::Samples samples_of(const datasets::Dataset& data);

}  // namespace vitrine::shell
