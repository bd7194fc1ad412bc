# Eigen 3.4: seen by sources of engine/cpu and engine/learn only.
vitrine_find_headers(eigen Eigen/Core
  https://gitlab.com/libeigen/eigen.git 3147391d946bb4b6c68edd901f2add6ac1f31f8c eigen3) # 3.4.0
vitrine_third_party(eigen ${EIGEN_INCLUDE})
