# doctest: seen by tests only.
find_path(DOCTEST_INCLUDE doctest/doctest.h REQUIRED)
add_library(third_party_doctest INTERFACE)
add_library(third_party::doctest ALIAS third_party_doctest)
target_include_directories(third_party_doctest SYSTEM INTERFACE ${DOCTEST_INCLUDE})
