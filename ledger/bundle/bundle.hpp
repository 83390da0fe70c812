// An evidence bundle under way: asked step by step for more of the zip, so that it can be streamed without being held. Each file is made twice:
// first to know its size, CRC and digest, which stand before it and in the manifests, then to be written.
//
// Threads: one at a time; each step may come on another thread, with that thread's Queries.
#pragma once

#include "ledger/bundle/part.hpp"
#include "ledger/bundle/plan.hpp"
#include "ledger/bundle/zip.hpp"
#include "ledger/core/sha256_stream.hpp"
#include "ledger/service/queries.hpp"

#include <boost/crc.hpp>

#include <memory>
#include <optional>
#include <string>

namespace cl::bundle {

class Bundle {
public:
    /// `issued`: the entry export.issued, recorded by now.
    Bundle(Plan plan, Seq issued);

    /// Some of what must be known before anything is promised; false when it is. errc::refused_by_policy: somebody in it was erased since
    /// what it speaks of was read; the redacted bundle can be made, and a new one. step() does it where nobody else has.
    [[nodiscard]] Result<bool> prepare(service::Queries& queries);
    /// Appends some of the zip to `out`, nothing while files are only measured; false when it is whole. errc::io, errc::refused_by_policy:
    /// something in it was erased meanwhile, and the bundle cannot be finished; ask for it again.
    [[nodiscard]] Result<bool> step(service::Queries& queries, std::string& out);
    /// How far it is, of 1,000.
    [[nodiscard]] int progress() const noexcept;
    [[nodiscard]] std::size_t held() const noexcept { return making_.plan.held(); }

private:
    struct Meter {
        std::uint64_t size = 0;
        boost::crc_32_type crc{};
        Sha256 sha256{};
        void add(std::string_view bytes);
        [[nodiscard]] Measured end();
    };
    [[nodiscard]] Result<void> begin(service::Queries& queries);
    [[nodiscard]] Result<void> look_for_erasures(service::Records& records);
    [[nodiscard]] Result<bool> measure(service::Queries& queries);
    [[nodiscard]] Result<bool> write(service::Queries& queries, std::string& out);

    Making making_;
    std::string folder_;
    Zip zip_;
    bool begun_ = false;
    Seq looked_ = 0;  // for erasures, up to there
    Seq present_ = 0;
    std::size_t measured_ = 0;  // files
    std::size_t written_ = 0;
    std::unique_ptr<Part> part_;  // of the file in hand
    std::optional<Meter> meter_;
};

/// The name and version of this program: what makes the bytes of two versions differ.
extern char const* const program;
/// What the zip is called.
[[nodiscard]] std::string file_name(Seq issued, bool redacted);

}  // namespace cl::bundle
