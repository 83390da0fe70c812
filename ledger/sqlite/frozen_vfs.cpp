#include "ledger/sqlite/frozen_vfs.hpp"

#include <sqlite3.h>

namespace cl::sqlite::detail {

namespace {

constexpr char const* name = "consent-ledger-frozen";

sqlite3_vfs* lockless() noexcept {
    return sqlite3_vfs_find("unix-none");
}

/// As unix-none, but a -wal that is not there is opened as an empty temporary file (a null name asks SQLite for one).
int open_file(sqlite3_vfs* /*self*/, char const* path, sqlite3_file* file, int flags, int* out_flags) {
    sqlite3_vfs* const base = lockless();
    if ((flags & SQLITE_OPEN_WAL) != 0) {
        int exists = 0;
        int const code = base->xAccess(base, path, SQLITE_ACCESS_EXISTS, &exists);
        if (code != SQLITE_OK) return code;
        if (exists == 0) {
            constexpr int temporary = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE |
                                      SQLITE_OPEN_DELETEONCLOSE | SQLITE_OPEN_TEMP_JOURNAL;
            return base->xOpen(base, nullptr, file, temporary, out_flags);
        }
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    return base->xOpen(base, path, file, flags, out_flags);
}

char const* install() noexcept {
    sqlite3_vfs const* const base = lockless();
    if (base == nullptr) return nullptr;
    // SQLite keeps the pointer for the life of the process: the list of file systems is its own global.
    static sqlite3_vfs frozen = *base;
    frozen.pNext = nullptr;
    frozen.zName = name;
    frozen.xOpen = open_file;
    return sqlite3_vfs_register(&frozen, 0) == SQLITE_OK ? name : nullptr;
}

}  // namespace

char const* frozen_vfs() noexcept {
    static char const* const installed = install();
    return installed;
}

}  // namespace cl::sqlite::detail
