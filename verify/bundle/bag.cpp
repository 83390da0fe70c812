#include "verify/bundle/bag.hpp"

#include "ledger/core/bundle_format.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/sha256_stream.hpp"

#include <algorithm>
#include <set>

namespace cl::verify::bundle {
namespace {

namespace file = bundle_format::file;

constexpr std::size_t listing_bytes = limits::bundle_files * (limits::bundle_name_bytes + 80);

Result<Hash32> hash_of(Archive const& archive, std::string_view name) {
    CL_TRY_ASSIGN(auto stream, archive.open(name));
    Sha256 hash;
    for (;;) {
        CL_TRY_ASSIGN(std::string const piece, stream->next());
        if (piece.empty()) return hash.end();
        hash.add(piece);
    }
}

bool is_of_a_bundle(std::string_view name) {
    return std::find(bundle_format::files.begin(), bundle_format::files.end(), name) != bundle_format::files.end();
}

bool is_written_into(std::string_view name) {
    auto const& names = bundle_format::written_into;
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Lines of 64 hex digits, two spaces and a name, as sha256sum reads them.
class Listing {
public:
    Listing(std::string_view name, Findings& findings) : name_(name), findings_(findings) {}

    Digests read(Archive const& archive) {
        Digests out;
        auto const text = read_whole(archive, name_, listing_bytes);
        if (!text) {
            findings_.add_failure(name_, text.error());
            return out;
        }
        std::string_view rest = *text;
        while (!rest.empty()) {
            std::size_t const end = rest.find('\n');
            if (end == std::string_view::npos || !take(rest.substr(0, end), out)) {
                findings_.add(check::file_listing, std::nullopt,
                              std::string(name_) + " has a line that sha256sum would not take");
                return out;
            }
            rest.remove_prefix(end + 1);
        }
        return out;
    }

private:
    bool take(std::string_view line, Digests& out) {
        constexpr std::size_t digits = 64;
        bool const formed = line.size() > digits + 2 && line.substr(digits, 2) == "  ";
        auto const hash = formed ? hash_from_hex(line.substr(0, digits)) : Result<Hash32>(fail(errc::malformed, ""));
        std::string_view const path = formed ? line.substr(digits + 2) : std::string_view();
        bool const of_data = name_ == file::data_digests;
        bool const here = path.starts_with("data/") == of_data && path != file::tag_digests && !is_written_into(path);
        return hash && check_name(path) && here && out.emplace(path, *hash).second;
    }
    std::string_view name_;
    Findings& findings_;
};

void compare(std::string const& name, Hash32 const& listed, Digests const& found, Findings& findings) {
    auto const here = found.find(name);
    if (here != found.end() && here->second != listed) {
        findings.add(check::file_digest, std::nullopt,
                     name + " has SHA-256 " + to_hex(here->second) + ", listed is " + to_hex(listed));
    }
}

}  // namespace

Digests check_bag(Archive const& archive, Findings& findings) {
    Digests found;
    std::set<std::string, std::less<>> names;
    for (ArchiveFile const& each : archive.files()) {
        if (!is_of_a_bundle(each.name)) {
            findings.add(check::file_listing, std::nullopt, each.name + " is there, and is none of the files of a bundle");
            continue;
        }
        names.insert(each.name);
        auto const hash = hash_of(archive, each.name);
        if (hash) {
            found.emplace(each.name, *hash);
        } else {
            findings.add_failure(each.name, hash.error());
        }
    }
    Digests listed = Listing(file::data_digests, findings).read(archive);
    listed.merge(Listing(file::tag_digests, findings).read(archive));
    for (auto const& [name, hash] : listed) {
        if (!names.contains(name)) {
            findings.add(check::file_listing, std::nullopt, printable(name) + " is listed and is not there");
        }
        compare(name, hash, found, findings);
    }
    for (std::string const& name : names) {
        bool const exempt = name == file::tag_digests || is_written_into(name);
        if (!exempt && !listed.contains(name)) {
            findings.add(check::file_listing, std::nullopt, name + " is there and is not listed");
        }
    }
    for (std::string_view const name : bundle_format::files) {
        bool const listed_missing = listed.contains(name) && !names.contains(name);
        if (!names.contains(name) && !listed_missing && !is_written_into(name)) {
            findings.add(check::file_listing, std::nullopt, std::string(name) + ", which every bundle has, is not there");
        }
    }
    return found;
}

}  // namespace cl::verify::bundle
