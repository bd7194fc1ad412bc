# Eigen 3.4: seen by sources of engine/cpu and engine/learn only.
find_path(EIGEN_INCLUDE Eigen/Core PATH_SUFFIXES eigen3 REQUIRED)
add_library(third_party_eigen INTERFACE)
add_library(third_party::eigen ALIAS third_party_eigen)
target_include_directories(third_party_eigen SYSTEM INTERFACE ${EIGEN_INCLUDE})
