#include "ledger/service/backup_notice.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/data_dir.hpp"

namespace cl::service {
namespace {

constexpr std::int64_t format = 1;
constexpr std::size_t digest_digits = 64;

}  // namespace

std::vector<std::string> backup_names(bool with_keys) {
    DataDir const dir;
    std::vector<std::string> names;
    for (auto const& path : {dir.ledger(), dir.vault(), dir.head(), dir.backup_notice()})
        names.push_back(path.generic_string());
    if (with_keys) {
        for (auto const& path : {dir.signing_key(), dir.contact_key()}) names.push_back(path.generic_string());
    }
    return names;
}

std::string notice_text(BackupView const& view) {
    return json::write(json::Object{{"backup", format},
                                    {"checkpoint", view.checkpoint},
                                    {"entries", view.entries},
                                    {"live", view.live},
                                    {"made_at", format_time(view.made_at)},
                                    {"origin", view.origin},
                                    {"root", to_hex(view.root)},
                                    {"with_keys", view.with_keys}}) +
           "\n";
}

Result<BackupView> read_notice(std::string_view text) {
    auto const value = json::parse(text, limits::backup_notice_bytes);
    json::Object const* const object = value ? value->as_object() : nullptr;
    auto const* const known = object != nullptr ? object->find("backup") : nullptr;
    if (known == nullptr || *known != json::Value(format)) {
        return fail(errc::malformed, "backup.json is not of a backup that this program knows");
    }
    BackupView view;
    view.origin = object->string("origin");
    view.checkpoint = object->string("checkpoint");
    auto const* const entries = object->find("entries");
    auto const* const keys = object->find("with_keys");
    auto const* const live = object->find("live");
    auto const root = hash_from_hex(object->string("root"));
    auto const made_at = parse_rfc3339(object->string("made_at"));
    bool const whole = entries != nullptr && entries->as_int() != nullptr && keys != nullptr && keys->as_bool() != nullptr &&
                       live != nullptr && live->as_bool() != nullptr;
    if (!whole || !root || !made_at) return fail(errc::malformed, "backup.json is incomplete");
    view.entries = *entries->as_int();
    view.root = *root;
    view.made_at = *made_at;
    view.with_keys = *keys->as_bool();
    view.live = *live->as_bool();
    return view;
}

std::string sums_text(std::vector<FileSum> const& sums) {
    std::string text;
    for (FileSum const& sum : sums) text += to_hex(sum.digest) + "  " + sum.name + "\n";
    return text;
}

Result<std::vector<FileSum>> read_sums(std::string_view text) {
    std::vector<FileSum> sums;
    while (!text.empty()) {
        std::size_t const end = text.find('\n');
        if (end == std::string_view::npos) return fail(errc::malformed, "the last line of SHA256SUMS is cut");
        std::string_view const line = text.substr(0, end);
        text.remove_prefix(end + 1);
        bool const split = line.size() > digest_digits + 2 && line.substr(digest_digits, 2) == "  ";
        auto const digest = hash_from_hex(split ? line.substr(0, digest_digits) : std::string_view());
        if (!digest) return fail(errc::malformed, "a line of SHA256SUMS is not a digest and a name");
        sums.push_back({std::string(line.substr(digest_digits + 2)), *digest});
    }
    return sums;
}

}  // namespace cl::service
