# The compiler's settings: language, warnings as errors, build types, sanitizers, and paths kept out of the result.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Debug CACHE STRING "Debug, Release or Sanitize" FORCE)
endif()

# Checks stay compiled in at every level: a ledger that goes on after a broken assumption is worse than one that stops.
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong")
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1 -fno-omit-frame-pointer -D_GLIBCXX_ASSERTIONS")
set(CMAKE_EXE_LINKER_FLAGS_RELEASE "-Wl,-z,relro,-z,now")

# ccache when it is there, never required. Paths below the source are hashed as relative ones, and what the compiler writes of them is mapped
# away below: so two checkouts of the same sources share what was compiled.
if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(CL_CCACHE ccache)
    mark_as_advanced(CL_CCACHE)
    if(CL_CCACHE)
        set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
            "${CL_CCACHE}")
    endif()
endif()

# What every target of ours is compiled with. Third-party headers are outside of it: they are system headers.
add_library(cl_settings INTERFACE)
target_include_directories(cl_settings INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(cl_settings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    # g++ 12 says this of every moved std::variant at -O1 and above (GCC bug 105562 and kin); ASan and UBSan runs look instead.
    -Wno-maybe-uninitialized
    # g++ 12 says this of std::string concatenation at -O2 (GCC bug 105651).
    -Wno-restrict
    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=."
    "-ffile-prefix-map=${PROJECT_BINARY_DIR}=build")

if(CL_SANITIZER STREQUAL "asan")
    target_compile_options(cl_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all)
    target_link_options(cl_settings INTERFACE -fsanitize=address,undefined)
elseif(CL_SANITIZER STREQUAL "tsan")
    # Asio uses atomic_thread_fence, which g++ 12 warns about under TSan.
    target_compile_options(cl_settings INTERFACE -fsanitize=thread -Wno-tsan)
    target_link_options(cl_settings INTERFACE -fsanitize=thread)
elseif(NOT CL_SANITIZER STREQUAL "")
    message(FATAL_ERROR "CL_SANITIZER is '${CL_SANITIZER}': it may be empty, asan or tsan")
endif()

# Which lines and branches the tests reach (scripts/test --coverage). Templates and inlining would blur them: no optimisation.
if(CL_COVERAGE)
    target_compile_options(cl_settings INTERFACE --coverage -O0 -fprofile-abs-path)
    target_link_options(cl_settings INTERFACE --coverage)
endif()
