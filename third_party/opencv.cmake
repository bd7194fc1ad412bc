# OpenCV's picture codecs, as the system has them: seen by datasets/images/codecs only, one module at a time. Looked for by name,
# because its own CMake file comes with all of OpenCV.
find_path(include opencv2/imgcodecs.hpp PATH_SUFFIXES opencv4 NO_CACHE)
foreach(module core imgcodecs)
  find_library(library opencv_${module} NO_CACHE)
  if(NOT include OR NOT library)
    message(FATAL_ERROR "opencv: its ${module} module is not to be found. Install the packages that ./run names.")
  endif()
  list(APPEND opencv_libraries ${library})
  unset(library)
endforeach()
vitrine_third_party(opencv ${include})
target_link_libraries(third_party_opencv INTERFACE ${opencv_libraries})
unset(include)
