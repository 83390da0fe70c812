# Everything from outside, all of it packages of Debian 12 (scripts/setup installs them). Rooms link these targets:
#   Boost::headers Boost::url Boost::unit_test_framework OpenSSL::Crypto OpenSSL::SSL SQLite::SQLite3 PkgConfig::sodium
#   nlohmann_json::nlohmann_json CLI11::CLI11 ZLIB::ZLIB Threads::Threads

# Boost 1.81 exactly: Debian 12 also has 1.74, and two Boosts in one program are undefined behaviour.
find_package(Boost 1.81.0 EXACT CONFIG REQUIRED COMPONENTS url unit_test_framework)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(SQLite3 3.40 REQUIRED)
find_package(ZLIB 1.2.13 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(tomlplusplus 3.3 REQUIRED) # its headers alone are used: api/app/config_file.cpp
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)

# Debian's own Python, for which setup installs PyYAML and jsonschema; another one may stand before it in PATH.
set(Python3_EXECUTABLE /usr/bin/python3)
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
