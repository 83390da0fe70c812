// The format of an evidence bundle, version 1 (docs/bundle.md): names only. Who makes bundles (ledger/bundle) and who checks them (verify)
// share this page and nothing else.
//
// A change of any text below is a new format: raise the number in `format`.
#pragma once

#include <array>
#include <string_view>

namespace cl::bundle_format {

/// `format` in manifest.json.
inline constexpr std::string_view format = "consent-ledger-bundle/1";
/// The one folder of a bundle is this and the seq of its export.issued.
inline constexpr std::string_view folder = "consent-evidence-";

/// Names inside the folder.
namespace file {
inline constexpr std::string_view bagit = "bagit.txt";
inline constexpr std::string_view bag_info = "bag-info.txt";
inline constexpr std::string_view manifest = "data/manifest.json";
inline constexpr std::string_view entries = "data/entries.ndjson";
inline constexpr std::string_view context = "data/context.ndjson";
inline constexpr std::string_view inclusion = "data/proofs/inclusion.ndjson";
inline constexpr std::string_view consistency = "data/proofs/consistency.ndjson";
inline constexpr std::string_view checkpoint = "data/checkpoint";
inline constexpr std::string_view keys = "data/keys.json";
inline constexpr std::string_view openings = "data/openings.ndjson";
inline constexpr std::string_view contacts = "data/contacts.ndjson";
inline constexpr std::string_view csv = "data/views/entries.csv";
inline constexpr std::string_view html = "data/views/report.html";
inline constexpr std::string_view how_to = "how-to-verify.txt";
inline constexpr std::string_view script = "check_bundle.py";
inline constexpr std::string_view certificate = "certificate.txt";
inline constexpr std::string_view custody = "custody.csv";
inline constexpr std::string_view data_digests = "manifest-sha256.txt";
inline constexpr std::string_view tag_digests = "tagmanifest-sha256.txt";
}  // namespace file

/// Every file of a bundle, in the order in which they stand in the zip. Each is always there, if only empty.
inline constexpr std::array files = {file::bagit,       file::bag_info,    file::manifest,     file::entries,    file::context,
                                     file::inclusion,   file::consistency, file::checkpoint,   file::keys,       file::openings,
                                     file::contacts,    file::csv,         file::html,         file::how_to,     file::script,
                                     file::certificate, file::custody,     file::data_digests, file::tag_digests};
/// What people write into: no manifest names these two.
inline constexpr std::array written_into = {file::certificate, file::custody};

/// The columns of entries.csv.
inline constexpr std::array<std::string_view, 30> csv_columns = {
    "seq",     "in_scope", "account_seq",     "contact", "contact_seq", "phone",    "occurred_at", "recorded_at",
    "kind",    "opted_in", "blocked",         "level",   "list",        "on_list",  "actor_kind",  "actor",
    "channel", "to",       "platform",        "record",  "token",       "evidence", "evidence_at", "evidence_digest",
    "data",    "texts",    "evidence_opened", "policy",  "prev",        "leaf_hash"};

/// SHA-256 of the style sheet of report.html: the page as it looks is part of what it says.
inline constexpr std::string_view page_style = "aad2d30d91d2df85a74223d482bae0f2fdb4f5ecf7f355be9e100f75aec69d14";

/// `scope` of export.issued, `scope.kind` of manifest.json.
namespace scope {
inline constexpr std::string_view contact = "contact";
inline constexpr std::string_view list = "list";
inline constexpr std::string_view account = "account";
inline constexpr std::string_view range = "range";
}  // namespace scope

/// `openings` of manifest.json.
inline constexpr std::string_view openings_full = "full";
inline constexpr std::string_view openings_redacted = "redacted";
/// `absent` of an opening or a contact.
inline constexpr std::string_view withheld = "withheld";
inline constexpr std::string_view erased = "erased";

/// Members of a line of inclusion.ndjson; hashes are 64 lower-case hexadecimal digits.
namespace inclusion {
inline constexpr std::string_view seq = "seq";
inline constexpr std::string_view leaf_hash = "leaf_hash";
inline constexpr std::string_view hashes = "hashes";
}  // namespace inclusion
/// Members of a line of consistency.ndjson.
namespace consistency {
inline constexpr std::string_view from = "from";
inline constexpr std::string_view to = "to";
inline constexpr std::string_view from_root = "from_root";
inline constexpr std::string_view hashes = "hashes";
}  // namespace consistency
/// Members of a line of openings.ndjson.
namespace opening {
inline constexpr std::string_view id = "id";
inline constexpr std::string_view seq = "seq";
inline constexpr std::string_view pointer = "pointer";
inline constexpr std::string_view salt = "salt";
inline constexpr std::string_view content = "content";
inline constexpr std::string_view absent = "absent";
}  // namespace opening
/// Members of a line of contacts.ndjson.
namespace contact {
inline constexpr std::string_view contact = "contact";
inline constexpr std::string_view phone = "phone";
inline constexpr std::string_view salt = "salt";
inline constexpr std::string_view absent = "absent";
}  // namespace contact

}  // namespace cl::bundle_format
