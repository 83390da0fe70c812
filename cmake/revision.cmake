# Run with -P at every build: writes the revision of the sources to OUTPUT, a .cpp, and leaves a file that is right alone. GIVEN is what a packager
# says, whose sources have no history.
set(revision "${GIVEN}")
if(NOT revision)
    execute_process(COMMAND git describe --always --dirty --abbrev=12 --exclude=* WORKING_DIRECTORY "${SOURCE}"
        OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT revision MATCHES "^[0-9A-Za-z._-]+$")
    set(revision "unknown")
endif()
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT "namespace cl::api::app {\nextern char const* const source_revision;\nchar const* const source_revision = \"${revision}\";\n}  // namespace cl::api::app\n")
