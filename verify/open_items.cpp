#include "verify/open_items.hpp"

#include <algorithm>
#include <string_view>

namespace cl::verify {
namespace {

// Numbers as variable-length integers, 7 bits a byte, mostly as the difference to the one before: neighbours are close.

void put(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) {
        out += static_cast<char>(number | 0x80);
    }
    out += static_cast<char>(number);
}

/// Small for small numbers of either sign.
void put_signed(std::string& out, std::int64_t number) {
    put(out, (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
}

std::uint64_t take(std::string_view& in) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; !in.empty(); shift += 7) {
        auto const byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) {
            break;
        }
    }
    return number;
}

std::int64_t take_signed(std::string_view& in) {
    std::uint64_t const number = take(in);
    return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

}  // namespace

void PackedItems::assign(OpenItems const& items) {
    if (items.findings.empty() && items.unproven.empty()) {
        bytes_ = std::string();
        return;
    }
    std::string out;
    put(out, items.findings.size());
    Seq before = 0;
    for (OpenFinding const& finding : items.findings) {
        put_signed(out, finding.seq - before);
        put(out, finding.rule);
        unsigned const has_what = finding.what.empty() ? 0U : 2U;
        out += static_cast<char>(static_cast<unsigned>(finding.severity) << 2 | has_what | (finding.in_state ? 1U : 0U));
        if (has_what != 0) {
            put(out, finding.what.size());
            out += finding.what;
        }
        before = finding.seq;
    }
    consent::Mark last;
    for (consent::Mark const& mark : items.unproven) {
        put_signed(out, mark.seq - last.seq);
        put_signed(out, mark.key - last.key);
        last = mark;
    }
    bytes_ = std::string(std::string_view(out));  // a copy, as large as it must be and no larger
}

OpenItems PackedItems::items() const {
    OpenItems items;
    std::string_view in = bytes_;
    std::uint64_t const count = take(in);
    items.findings.reserve(count);
    Seq before = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        OpenFinding finding;
        finding.seq = before + take_signed(in);
        finding.rule = static_cast<std::uint16_t>(take(in));
        std::uint64_t const flags = take(in);
        finding.severity = static_cast<consent::Severity>(flags >> 2);
        finding.in_state = (flags & 1) != 0;
        if ((flags & 2) != 0) {
            std::size_t const size = std::min<std::size_t>(take(in), in.size());
            finding.what = in.substr(0, size);
            in.remove_prefix(size);
        }
        before = finding.seq;
        items.findings.push_back(finding);
    }
    consent::Mark last;
    while (!in.empty()) {
        last.seq += take_signed(in);
        last.key += take_signed(in);
        items.unproven.push_back(last);
    }
    return items;
}

}  // namespace cl::verify
