# Replays the corpus that lies beside the checkout; where there is none, says so and counts as skipped.
if(NOT EXISTS ${CORPUS}/ops.json)
  message("skipped: no corpus folder beside the checkout (../shared/conformance)")
  return()
endif()
execute_process(COMMAND ${CONFORMANCE} ${CORPUS} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "conformance answered ${result}")
endif()
