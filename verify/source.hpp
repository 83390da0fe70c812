// Where a ledger is read from: a database or an export, as one stream of entries up to an end that is fixed when it is opened, with what
// is stored beside them (tiles, checkpoints) and what is stated about the whole (trailer, head). A source reads; it judges only its own
// form.
//
// Threads: opened on one thread, then read by one other; overview() does not change after opening.
#pragma once

#include "ledger/core/entry.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/merkle.hpp"
#include "verify/integrity_log.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify {

enum class SourceKind { database, data_directory, ndjson, bundle };
[[nodiscard]] std::string_view name(SourceKind kind) noexcept;

/// Who says how long the ledger is and what its root is.
enum class ClaimFrom { stored, trailer, head, trusted, pin };

/// A checkpoint as found; nothing is verified.
struct FoundNote {
    ClaimFrom from{};
    std::string where;  ///< for sentences: "the export's last line", a file name
    std::string note;
};

/// Something that was asked for and could not be checked: exit 3.
struct Incomplete {
    std::string what;
    std::string remedy;
    bool rules_only = false;  ///< the bytes were checked, only the consent rules could not be
    bool end_only = false;    ///< only the end of the log is in doubt: no signature covers it
};

struct Row {
    std::optional<Seq> place;  ///< the row's number in the database; lines of an export have none
    std::string bytes;
};

struct StoredCheckpoint {
    merkle::Size size = 0;
    std::string note;
};

struct StoredTile {
    int level = 0;
    merkle::Size index = 0;
    std::string hashes;
};

/// A stretch of the ledger: consecutive rows, the checkpoints whose size lies in it, the tiles that it completes.
struct Batch {
    std::vector<Row> rows;
    std::vector<StoredCheckpoint> checkpoints;
    std::vector<StoredTile> tiles;
    std::vector<IntegrityFinding> findings;
    std::vector<Incomplete> incomplete;
};

/// What is known once the source is open.
struct Overview {
    SourceKind kind{};
    std::string path;
    merkle::Size size_hint = 0;  ///< entries to come, for progress; 0 = unknown
    bool live = false;           ///< overdue is judged now, not at the last entry
    bool has_tiles = false;      ///< full tiles are expected
    bool has_checkpoints = false;
    std::optional<std::string> first;  ///< the bytes of the first entry
    std::vector<FoundNote> notes;      ///< trailer, head
    std::vector<IntegrityFinding> findings;
    std::vector<Incomplete> incomplete;
};

class Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual Overview const& overview() const = 0;
    /// Replaces `batch` by the next stretch. False at the end (`batch` may hold findings all the same). errc::store_corrupt where the
    /// file contradicts itself, errc::io and others where it cannot be read.
    [[nodiscard]] virtual Result<bool> next(Batch& batch) = 0;
    /// Moves the end on to `size` entries, for what a running service has added since; next() goes on from where it ended.
    virtual void read_on_to(merkle::Size size) = 0;
    /// True if what was read may be of more than one moment, because another program opened a file that lay still.
    [[nodiscard]] virtual bool disturbed() const = 0;
};

/// Finds out by content what `path` is. The failure says why it is nothing that can be verified: exit 3.
[[nodiscard]] Result<std::unique_ptr<Source>> open_source(std::filesystem::path const& path);

[[nodiscard]] Result<std::unique_ptr<Source>> open_database(std::filesystem::path const& file);
/// `directory`/ledger.db, guarded by `directory`/head. Nothing else in the directory is read, no key above all.
[[nodiscard]] Result<std::unique_ptr<Source>> open_data_directory(std::filesystem::path const& directory);
[[nodiscard]] Result<std::unique_ptr<Source>> open_ndjson(std::filesystem::path const& file);

/// Adds the slots of `directory`/head to the overview: notes, or what is wrong with the file. To be called before the end of the database
/// is looked at, since a running service writes head after the entries.
void add_head_claims(std::filesystem::path const& directory, Overview& overview);
/// The slots of `directory`/head as they are now; none if the file cannot be read.
[[nodiscard]] std::vector<FoundNote> read_head_notes(std::filesystem::path const& directory);

}  // namespace cl::verify
