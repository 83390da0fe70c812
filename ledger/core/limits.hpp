// Every limit of the program, in one place, so that memory is bounded by reading this page.
// Sizes in bytes, times in milliseconds, unless the name says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cl::limits {

// Entries and JSON
inline constexpr std::size_t entry_bytes = 65'535;           // C2SP tlog-tiles: uint16 length in entry bundles
inline constexpr std::size_t json_depth = 32;                // deeper input is refused before it is built
inline constexpr std::size_t json_nodes = 262'144;           // values in one posted text or one element of a posted array
inline constexpr std::size_t state_text_nodes = 16'777'216;  // values in a projection's text form
inline constexpr std::int64_t json_integer = 9'007'199'254'740'991;  // 2^53-1, RFC 8785
inline constexpr std::size_t evidence_items = 16;                    // per change
inline constexpr std::size_t evidence_item_bytes = 32'768;           // JCS of one item, kept in the vault
inline constexpr std::size_t text_bytes = 4'096;                     // one free text
inline constexpr std::size_t opening_bytes = 65'536;      // one opened value in the vault: a message, a form, an evidence item
inline constexpr std::size_t message_bytes = 16'384;      // an inbound body: longer than any concatenated SMS
inline constexpr std::size_t keyword_message_bytes = 80;  // folded; a longer message is no keyword as a whole
inline constexpr std::size_t id_chars = 128;              // docs/format.md "Entry"
inline constexpr std::size_t message_id_bytes = 1'024;    // of an inbound message, which may be any text
inline constexpr std::size_t account_chars = 63;          // docs/format.md "Entry"
inline constexpr std::size_t lists_per_item = 64;         // elements of any array of names in one item
inline constexpr std::size_t scope_lists_per_change =
    128;                                        // lists named by all evidence of one change: an entry stays below its limit
inline constexpr std::size_t line_bytes = 256;  // a clear text on one line: a keyword, a purpose, a verifier key
inline constexpr std::size_t account_items = 65'536;    // definitions of one sort (actors, lists, triggers …) in one account
inline constexpr std::size_t account_waivers = 10'000;  // findings of one account that are waived at a time
inline constexpr std::size_t account_bursts = 1'024;    // people of one account whose opt-ins are counted
inline constexpr std::size_t account_policies = 256;    // activations of a policy pack that an account remembers, the newest
inline constexpr std::size_t policy_overrides = 32;     // fields of a policy pack that one activation overrides
inline constexpr std::int64_t policy_days = 36'525;     // the longest time that an override can name
inline constexpr std::int64_t policy_deadline_days = 365;    // the longest deadline
inline constexpr std::size_t state_text_bytes = 67'108'864;  // a projection's text form, as read back

// Notes, proofs
inline constexpr std::size_t note_bytes = 16'384;
inline constexpr std::size_t note_signatures = 100;  // as golang.org/x/mod/sumdb/note
inline constexpr std::size_t proof_hashes = 64;
inline constexpr std::size_t origin_bytes = 255;  // a checkpoint fits a slot of the head file
inline constexpr std::size_t tile_cache = 256;    // full tiles that one reader keeps, about 16 KiB each

// HTTP
inline constexpr std::size_t disk_spare_bytes = 134'217'728;  // less on the volume: /readyz says that it is almost full
inline constexpr std::size_t http_connections = 4'096;
inline constexpr std::size_t http_header_bytes = 16'384;
inline constexpr std::size_t http_body_bytes = 1'048'576;     // one change, a lookup
inline constexpr std::size_t webhook_body_bytes = 262'144;    // a provider's delivery; read before anybody is authenticated
inline constexpr std::size_t webhook_file_bytes = 1'048'576;  // serve --webhooks
inline constexpr std::size_t webhook_secret_bytes = 4'096;
inline constexpr std::int64_t webhook_window_ms =
    5 * 60'000;  // a signature older than this proves nothing, where a time is signed
inline constexpr std::size_t http_batch_body_bytes = 33'554'432;
inline constexpr std::size_t http_memory_bytes = 268'435'456;    // all request bodies and answers in memory together
inline constexpr std::size_t http_principal_bytes = 67'108'864;  // of these, the large ones of one token, but for a single one
inline constexpr std::size_t http_inline_bytes = 65'536;         // a larger body is not read on the I/O thread
inline constexpr std::size_t http_target_bytes = 4'096;
inline constexpr std::size_t batch_items = 10'000;   // changes in one request
inline constexpr std::size_t full_receipts = 1'000;  // of these with ?receipt=full
inline constexpr int http_idle_ms = 30'000;
inline constexpr int http_header_ms = 5'000;
inline constexpr int http_body_ms = 30'000;
inline constexpr int http_write_ms = 30'000;
inline constexpr int http_drain_ms = 10'000;
inline constexpr std::size_t page_items = 1'000;  // the most one page holds
inline constexpr std::size_t page_items_default = 100;
inline constexpr std::size_t page_bytes = 4'194'304;              // of entries in one page; a cursor goes on from there
inline constexpr std::size_t page_answer_bytes = 2 * page_bytes;  // such a page as an answer, or an entry bundle, about
inline constexpr std::size_t small_answer_bytes = 524'288;        // any other answer to a look-up
inline constexpr std::size_t page_scan = 20'000;                  // entries a filtered page looks at before it gives a cursor
inline constexpr std::size_t check_numbers = 100'000;             // in one check
inline constexpr std::size_t check_body_bytes = 8'388'608;        // so many, as long as they may be written
inline constexpr std::size_t check_number_bytes = 384;            // of memory for each, from the parsed body to the answer
inline constexpr std::size_t because_replay = 64;                 // entries of one contact that a look-up of today replays
inline constexpr std::size_t contact_replay = 20'000;             // entries of one contact that a look-up in the past replays
inline constexpr std::size_t reader_queue = 256;                  // look-ups waiting for a reader thread
inline constexpr int reader_threads = 2;

// Tokens, their rates, and what is written down of failed authentications
inline constexpr std::int64_t token_overlap_ms = 30LL * 24 * 3600 * 1000;  // the longest that a rotated token is still taken
inline constexpr int token_used_ms = 60'000;                               // last used is kept to this precision
inline constexpr std::size_t rate_per_second = 1'000;                      // requests of one token, unless serve says otherwise
inline constexpr std::size_t rate_burst = 2'000;
inline constexpr std::size_t rate_clients = 4'096;  // tokens and failing addresses counted at a time
inline constexpr int auth_audit_ms = 60'000;        // failed authentications of one address are counted into one line
inline constexpr std::size_t auth_failures = 60;    // of one address within auth_audit_ms before it is answered 429

// Long requests
inline constexpr int feed_wait_ms = 60'000;  // the longest that a change feed waits for the next entry
inline constexpr std::size_t feed_waiters = 1'024;
inline constexpr std::size_t stream_items = 1'000'000;   // changes in one NDJSON request
inline constexpr std::size_t stream_step_items = 1'000;  // of these, recorded in one step
inline constexpr std::size_t stream_full_items =
    100;                                      // the same with full receipts, and the items that get them unless asked otherwise
inline constexpr int stream_gather_ms = 200;  // that a first line waits for more, to see whether there are so many
inline constexpr std::size_t stream_step_bytes = 1'048'576;
inline constexpr std::size_t stream_work_bytes = 4'194'304;  // of memory for what is read ahead, parsed and recorded
inline constexpr std::size_t stream_held_bytes =
    50'331'648;                                // results that wait for a client that reads later; then no more is read
inline constexpr int stream_wait_ms = 30'000;  // a step that finds no room is tried again for so long
inline constexpr std::size_t stream_line_bytes = 1'048'576;  // one change on one line

// Webhooks signed with certificates or keys from the configuration
inline constexpr std::size_t webhook_certificates = 32;
inline constexpr std::size_t webhook_certificate_bytes = 65'536;
inline constexpr std::size_t webhook_reply_bytes = 1'600;  // a reply text: ten concatenated SMS

// TLS and the configuration file
inline constexpr std::size_t tls_file_bytes = 1'048'576;  // certificates or a key
inline constexpr int tls_handshake_ms = 5'000;
inline constexpr std::size_t config_file_bytes = 1'048'576;

// Import of lists
inline constexpr std::size_t import_request_rows = 1'000;  // recorded in one step, after which it can be resumed
inline constexpr std::size_t import_row_bytes = 65'536;
inline constexpr std::size_t import_columns = 256;
inline constexpr std::size_t import_rejects_shown = 20;  // on the terminal; all are in the rejects file

// Evidence bundles
inline constexpr std::size_t bundle_step_entries = 512;  // read in one step
inline constexpr std::size_t bundle_step_bytes = 1'048'576;
inline constexpr std::size_t bundle_files = 4'096;  // in one bundle, as made and as read
inline constexpr std::size_t bundle_name_bytes = 255;
inline constexpr std::int64_t bundle_bytes = 1LL << 40;    // a larger one is not read
inline constexpr std::size_t bundle_line_bytes = 262'144;  // one line of a file in it
inline constexpr std::size_t bundle_prior = 16;            // earlier bundles of one scope that a bundle names
inline constexpr std::size_t bundle_listed =
    1'048'576;  // contacts of one bundle, entries of one contact or list: what its making holds in memory, 8 or 32 bytes each
inline constexpr std::int64_t bundle_html_entries = 2'000;  // shown in report.html; all are in entries.csv

// Retention runs
inline constexpr std::size_t retention_page_items = 1'000;
inline constexpr std::size_t retention_run_items = 10'000;  // contacts erased in one run

// The console
inline constexpr std::size_t finding_count_scan = 100'000;  // findings looked at to count the open ones: about 0.1 s
inline constexpr std::size_t day_count_accounts = 256;  // accounts whose days are kept once counted, about 15 kB each and year
inline constexpr std::size_t console_asset_bytes = 153'600;  // all files of the page together, raw

// Reports
inline constexpr std::size_t report_page_items = 200;  // rows read in one step
inline constexpr std::size_t report_page_bytes =
    1'048'576;  // of entries and opened texts read in one step, one entry in any case
inline constexpr std::size_t report_hold_bytes = 8'388'608;  // of memory for each step
inline constexpr std::size_t report_send_bytes = 4'096;      // one line of a log of sends
inline constexpr std::size_t report_actors = 10'000;         // people who are counted one by one; the others together
inline constexpr int report_retry_ms = 100;  // before a step that found no room is tried again, until http_write_ms

// The writer
inline constexpr std::size_t queue_items = 65'536;  // drafts waiting for the writer
inline constexpr std::size_t queue_bytes = 134'217'728;
inline constexpr std::size_t queue_turn = 256;               // items of one account before the next account has its turn
inline constexpr std::size_t queue_share_items = 1'024;      // that a full queue, up to a quarter above its limits, still takes
inline constexpr std::size_t queue_share_bytes = 4'194'304;  // from an account that has no more than this in it
inline constexpr std::size_t short_answer_items = 64;        // results of an answer that waits for no longer one
inline constexpr std::size_t batch_entries = 4'096;          // entries in one transaction
inline constexpr std::size_t batch_bytes = 16'777'216;
inline constexpr std::int64_t checkpoint_entries = 65'536;  // a stored checkpoint at least this often
inline constexpr int checkpoint_ms = 1'000;
inline constexpr int head_sync_ms = 1'000;
inline constexpr int clock_jump_ms = 60'000;
inline constexpr std::size_t wal_checkpoint_pages = 4'000;
inline constexpr std::size_t tail_rehash_entries = 65'536;    // re-hashed on every start
inline constexpr std::size_t orphan_entries = batch_entries;  // vault rows that a crash can leave above the ledger
inline constexpr int snapshot_tries = 10'000;                 // for a moment between two batches, some 50 us each
inline constexpr std::size_t backup_notice_bytes = 65'536;    // backup.json, SHA256SUMS

// Reading the log: one read transaction of a range
inline constexpr std::size_t range_rows = 512;  // short, so that the WAL can be moved between two of them
inline constexpr std::size_t range_bytes = 1'048'576;

// Projections
inline constexpr std::size_t overlay_bytes = 67'108'864;  // one of the two buffers
inline constexpr int overlay_flush_ms = 2'000;
inline constexpr std::int64_t state_owner_cache_bytes = 67'108'864;          // page cache of state.db's one writer
inline constexpr std::int64_t state_reader_cache_bytes = 16'777'216;         // of each of its readers
inline constexpr std::int64_t message_id_keep_ms = 30LL * 24 * 3600 * 1000;  // docs/promises.md "Retries"
inline constexpr std::size_t contact_lists = 1'024;                          // list memberships of one contact
inline constexpr std::size_t contact_open_items = 256;  // open findings, obligations, reviews of one contact

// Files that somebody hands over
inline constexpr std::size_t hostile_value_bytes =
    1'048'576;  // a larger value in a database is refused unread: ours are under 64 KiB

// The verifier
inline constexpr std::size_t verify_batch_rows = 1'024;  // entries in one unit of work
inline constexpr std::size_t verify_batch_bytes = 2'097'152;
inline constexpr std::size_t verify_batches_ahead = 4;             // units of work in memory beyond one a thread
inline constexpr std::size_t verify_details_per_check = 20;        // integrity findings of one id that are shown one by one
inline constexpr std::size_t verify_details = 10'000;              // consent findings of one severity that are shown one by one
inline constexpr std::size_t verify_text_details = 100;            // of these, in the text report
inline constexpr std::size_t verify_samples = 20;                  // seqs shown of an aggregated finding
inline constexpr std::size_t verify_findings_per_contact = 4'096;  // open, that a cure or a waiver can find
inline constexpr std::size_t verify_names = 1'000;                 // distinct kinds that are counted by name
inline constexpr std::size_t verify_accounts_shown = 100;
inline constexpr std::size_t verify_small_file_bytes = 65'536;  // a key, a checkpoint, a pin
inline constexpr std::size_t verify_trusted_files = 1'000;
inline constexpr int verify_head_attempts = 20;              // looks at head for what a running service has just signed
inline constexpr int verify_head_pause_ms = 25;              // between two of them
inline constexpr std::size_t verify_report_results = 5'000;  // findings in a report for CI: GitHub shows no more of one file
inline constexpr std::size_t verify_report_notes = 50;       // annotations of one run: GitHub shows ten of a sort in a step
inline constexpr std::size_t verify_baseline_bytes = 67'108'864;
inline constexpr std::size_t verify_baseline_nodes = 4'194'304;  // values in it: a report of all findings that it can show

// Reconcile: sends and rejections against the ledger
inline constexpr std::size_t reconcile_chunk_bytes = 1'048'576;  // of a file, in one unit of work
inline constexpr std::size_t reconcile_chunks_ahead = 2;         // units of work done out of turn, for each thread
inline constexpr std::size_t reconcile_row_bytes = 65'536;       // one record of a file
inline constexpr std::size_t reconcile_field_bytes = 32'768;
inline constexpr std::size_t reconcile_fields = 256;                 // columns
inline constexpr std::size_t reconcile_cases = 1'000;                // findings of one rule that are shown one by one
inline constexpr std::size_t reconcile_text_cases = 20;              // of these, in the text report
inline constexpr std::size_t reconcile_bad_rows = 100;               // of each file, that are shown one by one
inline constexpr std::size_t reconcile_changes_per_contact = 4'096;  // a contact with more is not judged, and that is said
inline constexpr std::size_t reconcile_reordered_entries = 500'000;  // held of contacts whose entries arrived out of order
inline constexpr std::size_t reconcile_reordered_per_contact = 1'000;

// The verifier alone
inline constexpr std::size_t verify_export_window =
    65'536;  // entries between an export.issued and the end of the log that it states
inline constexpr std::size_t bundle_directory_bytes = 8'388'608;  // of a zip's central directory
inline constexpr std::int64_t bundle_ratio = 200;                 // times that a file of a zip may unpack to
inline constexpr std::size_t bundle_record_bytes = 4'194'304;  // one record of its table: an entry with all that is shown of it
inline constexpr std::size_t bundle_keys = 1'000;              // keys and names that a ledger had, one after the other

}  // namespace cl::limits
