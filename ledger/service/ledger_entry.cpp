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

Result<std::optional<std::string>> name_given_by(std::string_view entry_bytes) {
    if (entry_bytes.find("\"kind\":\"ledger.restored\"") == std::string_view::npos) return std::optional<std::string>();
    CL_TRY_ASSIGN(Entry const entry, decode(entry_bytes));
    if (consent::kind_from(entry.kind) != consent::Kind::ledger_restored) return std::optional<std::string>();
    return std::optional<std::string>(entry.data.string("origin"));
}

}  // namespace cl::service
