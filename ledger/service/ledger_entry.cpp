#include "ledger/service/ledger_entry.hpp"

#include <utility>

namespace cl::service {

Result<log::Row> make_ledger_row(log::Head const& head, Millis now, consent::Kind kind, json::Object data) {
    Entry entry;
    entry.seq = head.size;
    entry.prev = head.leaf;
    entry.recorded_at = now;
    entry.kind = consent::info(kind).name;
    entry.data = std::move(data);
    entry.actor = Actor{"system", "consent-ledger"};
    CL_TRY_ASSIGN(std::string bytes, encode(entry));
    Hash32 const leaf = leaf_hash(bytes);
    return log::Row{entry.seq, std::move(bytes), leaf};
}

}  // namespace cl::service
