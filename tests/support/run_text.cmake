# Runs a program of the code view (PROGRAM, a list) and holds what it prints against the session (CHECK, a list, with
# POINTS and OPTIMISER). With TEXT the program is written to that file first, by CHECK, in LANGUAGE.
if(TEXT)
  execute_process(COMMAND ${CHECK} ${LANGUAGE} ${POINTS} ${OPTIMISER} OUTPUT_FILE ${TEXT} COMMAND_ERROR_IS_FATAL ANY)
endif()
execute_process(COMMAND ${PROGRAM} ${TEXT} OUTPUT_FILE ${PRINTED} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CHECK} --check ${PRINTED} ${POINTS} ${OPTIMISER} RESULT_VARIABLE differs OUTPUT_VARIABLE numbers)
message("${numbers}")
if(NOT differs EQUAL 0)
  message(FATAL_ERROR "the program's numbers are not the session's")
endif()
