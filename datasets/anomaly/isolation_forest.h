// An isolation forest (Liu, Ting and Zhou 2008) parts rows by random cuts through random columns: what is strange
// stands alone after few of them. The trees follow from counted random numbers, so equal rows give equal scores
// everywhere.
#pragma once

#include "datasets/anomaly/baselines.h"

namespace vitrine::datasets {

std::vector<float> isolation_scores(const RowTable& known, const RowTable& asked);

}  // namespace vitrine::datasets
