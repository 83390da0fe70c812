// The entries in scope and those of the context, as one sequence by seq.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/bundle/rows.hpp"
#include "verify/item.hpp"

#include <optional>

namespace cl::verify::bundle {

struct Placed {
    Item item;
    bool in_scope = false;  ///< of data/entries.ndjson, else of data/context.ndjson
    std::int64_t line = 0;  ///< in its file, from 1
};

class EntryStream {
public:
    EntryStream(Archive const& archive, Findings& findings);
    /// The next entry; nothing at the end. Entries that cannot be read come as soon as they are met, with Item::fault.
    [[nodiscard]] std::optional<Placed> next();
    /// Lines read so far.
    [[nodiscard]] std::int64_t entries() const noexcept { return scope_.lines.number(); }
    [[nodiscard]] std::int64_t context() const noexcept { return context_.lines.number(); }

private:
    struct Side {
        Lines lines;
        bool in_scope;
        std::optional<Placed> next;
    };
    static void advance(Side& side);

    Side scope_;
    Side context_;
};

/// Where an item says that it stands; nothing if that cannot be read.
[[nodiscard]] std::optional<Seq> seq_of(Item const& item) noexcept;

}  // namespace cl::verify::bundle
