// The whole ledger as NDJSON (docs/format.md "NDJSON export"): each line an entry's bytes exactly, then one trailer line with the checkpoint.
#include "ledger/service/export_source.hpp"
#include "ledger/service/service.hpp"

#include <string>

namespace cl::service {

Result<void> export_ndjson(std::filesystem::path const& dir, std::function<Result<void>(std::string_view)> const& write) {
    CL_TRY_ASSIGN(ExportSource source, ExportSource::open(DataDir{dir}));
    std::string line;
    CL_TRY(source.stream([&](Seq, std::string_view bytes) {
        (void)source.tree().take_full();  // the root is enough: full tiles would pile up
        line.assign(bytes);
        line.push_back('\n');
        return write(line);
    }));
    json::Object const trailer{
        {"entries", source.size()}, {"first_seq", 0}, {"last_seq", source.size() - 1}, {"checkpoint", source.checkpoint()}};
    return write(json::write(json::Object{{"trailer", trailer}}) + "\n");
}

}  // namespace cl::service
