# What a room, a program and a test are, so that each folder's CMakeLists.txt is a list of its files and neighbours.

# Adds a folder if somebody has moved in.
function(cl_add_directory path)
    if(EXISTS "${PROJECT_SOURCE_DIR}/${path}/CMakeLists.txt")
        add_subdirectory("${PROJECT_SOURCE_DIR}/${path}" "${PROJECT_BINARY_DIR}/rooms/${path}")
    endif()
endfunction()

# Adds a folder of tests, and each folder directly inside it.
function(cl_add_test_tree path)
    cl_add_directory("${path}")
    file(GLOB inside CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/${path}/*/CMakeLists.txt")
    foreach(list IN LISTS inside)
        cmake_path(GET list PARENT_PATH folder)
        cl_add_directory("${folder}")
    endforeach()
endfunction()

# Adds the benchmarks: built by default with CL_BENCH=ON, else only on demand (`--target bench`).
function(cl_add_bench_tree path)
    add_custom_target(bench)
    cl_add_test_tree("${path}")
endfunction()

# cl_add_room(core SOURCES a.cpp b.cpp [PUBLIC targets...] [PRIVATE targets...])
# The static library cl_<name> of the calling folder. PUBLIC: what its headers need; PRIVATE: what only its .cpp files do.
function(cl_add_room name)
    cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;PUBLIC;PRIVATE")
    cl_refuse_unknown("cl_add_room(${name})" "${room_UNPARSED_ARGUMENTS}")
    add_library(cl_${name} STATIC ${room_SOURCES})
    target_link_libraries(cl_${name} PUBLIC cl_settings ${room_PUBLIC} PRIVATE ${room_PRIVATE})
endfunction()

# cl_add_program(consent-verify SOURCES main.cpp LIBS cl_verify CLI11::CLI11)
# A program at the top of the build directory: build/<preset>/consent-verify.
function(cl_add_program name)
    cmake_parse_arguments(PARSE_ARGV 1 program "" "" "SOURCES;LIBS")
    cl_refuse_unknown("cl_add_program(${name})" "${program_UNPARSED_ARGUMENTS}")
    add_executable(${name} ${program_SOURCES})
    target_link_libraries(${name} PRIVATE cl_settings ${program_LIBS})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endfunction()

# cl_add_test(unit_core SOURCES main.cpp hash32_test.cpp LIBS cl_core [LABELS unit] [TIMEOUT seconds] [SANITIZE asan tsan])
# A Boost.Test program build/<preset>/tests/<name>, registered with ctest.
#   LABELS    default: what stands before the first _ of the name (unit, property, tamper, fault, e2e)
#   TIMEOUT   default: by label, below; multiplied by CL_TIMEOUT_SCALE, and by 5 under a sanitizer
#   SANITIZE  the sanitizer builds that run it, or `none`. Default: asan for unit and property tests, and tsan too for
#             unit tests that link a room with threads
# Where the repository and the programs are: tests/common/places.hpp.
# Any test but a unit or property test may start the programs, so these are built before it.
function(cl_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 test "" "TIMEOUT" "SOURCES;LIBS;LABELS;SANITIZE")
    cl_refuse_unknown("cl_add_test(${name})" "${test_UNPARSED_ARGUMENTS}")
    if(NOT test_LABELS)
        string(REGEX REPLACE "_.*" "" test_LABELS "${name}")
    endif()
    cl_check_labels(${name} "${test_LABELS}")

    add_executable(${name} ${test_SOURCES})
    target_link_libraries(${name} PRIVATE cl_settings ${test_LIBS} cl_test_places Boost::unit_test_framework Threads::Threads)
    target_compile_definitions(${name} PRIVATE BOOST_TEST_DYN_LINK)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
    cl_compile_test_quickly(${name})
    if(NOT test_LABELS MATCHES "^(unit|property)$")
        cl_depend_on_programs(${name})
    endif()

    cl_choose_sanitizers("${test_SANITIZE}" "${test_LABELS}" "${test_LIBS}" sanitizers)
    if(CL_SANITIZER AND CL_SANITIZER IN_LIST sanitizers)
        list(APPEND test_LABELS sanitize)
        add_dependencies(sanitize-tests ${name})
    endif()

    cl_choose_timeout("${test_TIMEOUT}" "${test_LABELS}" seconds)
    add_test(NAME ${name} COMMAND ${name} --log_level=test_suite --color_output=no)
    set_tests_properties(${name} PROPERTIES
        LABELS "${test_LABELS}"
        TIMEOUT ${seconds}
        WORKING_DIRECTORY "${PROJECT_BINARY_DIR}"
        ENVIRONMENT "${CL_SANITIZER_ENVIRONMENT}")
endfunction()

# cl_add_bench(bench_append SOURCES ... LIBS ...): a program build/<preset>/bench/<name>, no ctest, no time limit.
function(cl_add_bench name)
    cmake_parse_arguments(PARSE_ARGV 1 bench "" "" "SOURCES;LIBS")
    cl_refuse_unknown("cl_add_bench(${name})" "${bench_UNPARSED_ARGUMENTS}")
    add_executable(${name} ${bench_SOURCES})
    target_link_libraries(${name} PRIVATE cl_settings ${bench_LIBS} Threads::Threads)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bench")
    cl_depend_on_programs(${name})
    add_dependencies(bench ${name})
    if(NOT CL_BENCH)
        set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
endfunction()

# ---- Details

# Everything that a sanitizer preset runs, and nothing else of the tree: its build is the slow one.
add_custom_target(sanitize-tests)

# A report must end the test: the tests assert behaviour, not the absence of output.
if(CL_SANITIZER STREQUAL "asan")
    set(CL_SANITIZER_ENVIRONMENT
        "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1"
        "UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1")
elseif(CL_SANITIZER STREQUAL "tsan")
    set(CL_SANITIZER_ENVIRONMENT "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1")
else()
    set(CL_SANITIZER_ENVIRONMENT "")
endif()

# What a test asserts does not depend on how fast its own source runs, and g++ spends half of a build on optimising
# assertions (a file of 126 of them: 13.5 s at -O1 under ASan+UBSan, 6.0 s at -O0). The rooms keep their flags.
function(cl_compile_test_quickly name)
    if(CL_SANITIZER)
        target_compile_options(${name} PRIVATE -O0)
    elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
        target_compile_options(${name} PRIVATE -O1)
    endif()
endfunction()

function(cl_refuse_unknown where arguments)
    if(arguments)
        message(FATAL_ERROR "${where}: unknown argument: ${arguments}")
    endif()
endfunction()

function(cl_check_labels name labels)
    foreach(label IN LISTS labels)
        if(NOT label MATCHES "^(unit|property|tamper|fault|e2e)$")
            message(FATAL_ERROR "cl_add_test(${name}): '${label}' is no label; use unit, property, tamper, fault or e2e")
        endif()
    endforeach()
endfunction()

function(cl_depend_on_programs name)
    foreach(program consent-ledger consent-verify)
        if(TARGET ${program})
            add_dependencies(${name} ${program})
        endif()
    endforeach()
endfunction()

function(cl_choose_sanitizers given labels libs result)
    set(chosen "${given}")
    if(NOT chosen)
        if(labels MATCHES "unit|property")
            list(APPEND chosen asan)
        endif()
        if(labels MATCHES "unit" AND libs MATCHES "cl_(log|state|service|api)")
            list(APPEND chosen tsan)
        endif()
    endif()
    set(${result} "${chosen}" PARENT_SCOPE)
endfunction()

function(cl_choose_timeout given labels result)
    set(seconds "${given}")
    if(NOT seconds)
        set(seconds 600)
        if(labels MATCHES "unit")
            set(seconds 120)
        elseif(labels MATCHES "property|tamper")
            set(seconds 300)
        endif()
    endif()
    math(EXPR seconds "${seconds} * ${CL_TIMEOUT_SCALE}")
    if(CL_SANITIZER)
        math(EXPR seconds "${seconds} * 5")
    endif()
    set(${result} ${seconds} PARENT_SCOPE)
endfunction()
