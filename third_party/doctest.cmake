# doctest: seen by tests only.
vitrine_find_headers(doctest doctest/doctest.h
  https://github.com/doctest/doctest.git ae7a13539fb71f270b87eb2e874fbac80bc8dda2) # 2.4.11
vitrine_third_party(doctest ${DOCTEST_INCLUDE})
