#include "verify/reconcile/reconcile.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"
#include "verify/reconcile/crew.hpp"
#include "verify/reconcile/gather.hpp"
#include "verify/verify.hpp"
#include "verify/words.hpp"

#include <memory>
#include <utility>

namespace cl::verify::reconcile {
namespace {

/// The names that stand in the first record.
Result<std::vector<std::string>> names_in(Input const& input) {
    std::vector<std::string> names;
    if (input.form() == Form::ndjson) {
        auto const parsed = json::parse(input.first(), limits::reconcile_row_bytes);
        if (json::Object const* const object = parsed ? parsed->as_object() : nullptr) {
            for (json::Member const& member : *object) {
                names.push_back(member.name);
            }
        }
        return names;
    }
    csv::Record header;
    (void)csv::read(input.first(), true, &header, csv_limits);
    if (header.fault != csv::Fault::none) {
        return fail(errc::malformed, "its first row is no header of a CSV file");
    }
    names.assign(header.fields.begin(), header.fields.end());
    return names;
}

class Session {
public:
    Session(Options options, Clock const& clock) : options_(std::move(options)), clock_(clock) {}

    Report run() {
        read_ledger();
        bool const usable = report_.ledger.integrity.clean() && report_.ledger.size > 0;
        if (!usable || !choose_account()) {
            not_judged(usable);
            return std::move(report_);
        }
        Gather gather(history_);
        report_.sends.path = options_.sends.path.string();
        read_file(options_.sends, false, report_.sends, gather);
        if (options_.rejects) {
            report_.rejects.emplace();
            report_.rejects->path = options_.rejects->path.string();
            read_file(*options_.rejects, true, *report_.rejects, gather);
        }
        gather.finish(report_.sends.counts, report_);
        say_limits();
        return std::move(report_);
    }

private:
    void read_ledger() {
        report_.fail_on = options_.ledger.fail_on;
        options_.ledger.observe = [this](Replayed const& seen) { history_.see(seen); };
        report_.ledger = verify::verify(options_.ledger, clock_);
        for (Incomplete& item : history_.complete(options_.ledger.source, report_.ledger.size)) {
            report_.incomplete.push_back(std::move(item));
        }
        report_.contacts = static_cast<std::int64_t>(history_.contact_count());
        report_.reordered = static_cast<std::int64_t>(history_.reordered_count());
    }

    void not_judged(bool usable) {
        if (!usable) {
            report_.incomplete.push_back({"No send was judged, because the ledger itself cannot be relied on.",
                                          "Run consent-verify on it, and resolve what it says first."});
        }
    }

    bool choose_account() {
        if (options_.account.empty()) {
            account_ = history_.account_count() == 1 ? std::optional<std::uint32_t>(0) : std::nullopt;
            return true;
        }
        account_ = only_ = history_.account_from(options_.account);
        if (!account_) {
            report_.incomplete.push_back({"The ledger has no account of the name given with --account.", "Check the name."});
        }
        return account_.has_value();
    }

    /// contact.key, if it is there and is this ledger's.
    Result<ContactKey const*> contact_key() {
        if (key_) {
            return key_.get();
        }
        bool const directory = report_.ledger.kind == SourceKind::data_directory;
        if (!options_.contact_key && !directory) {
            return fail(errc::key_missing, "the file names numbers, and contacts can only be found by them with contact.key");
        }
        CL_TRY_ASSIGN(SecretBytes secret,
                      read_key_file(options_.contact_key.value_or(options_.ledger.source / "keys" / "contact.key")));
        auto key = std::make_unique<ContactKey>(std::move(secret));
        auto const check = history_.contact_key_check();
        if (!check || !equal_in_constant_time(*check, key->check_value())) {
            return fail(errc::key_mismatch, "this contact.key is not the one of this ledger");
        }
        key_ = std::move(key);
        return key_.get();
    }

    Result<FileShape> shape_of(Input const& input, FileOptions const& options, bool rejections, FileResult& file) {
        CL_TRY_ASSIGN(std::vector<std::string> const names, names_in(input));
        bool const json = input.form() == Form::ndjson;
        FileShape shape;
        shape.form = input.form();
        shape.rejections = rejections;
        shape.given = options.columns;
        CL_TRY_ASSIGN(shape.columns,
                      find_columns({names.begin(), names.end()}, json ? ColumnNames() : options.columns, options.layout));
        file.form = shape.form;
        file.columns = shape.columns;
        bool const who = shape.columns.has(Field::contact) || shape.columns.has(Field::to);
        bool const why = shape.columns.has(Field::error) || shape.columns.has(Field::reason);
        if (!json && (!who || !shape.columns.has(Field::at) || (rejections && !why))) {
            return fail(errc::invalid, std::string("it has no column for ") +
                                           (!who                            ? "the contact or the number"
                                            : !shape.columns.has(Field::at) ? "the time"
                                                                            : "the error code or the reason") +
                                           "; say which with --map (the first row must be a header)");
        }
        if (json || shape.columns.has(Field::to)) {
            auto const key = contact_key();
            bool const needed = !json && !shape.columns.has(Field::contact);
            if (!key && (needed || key.error().code != errc::key_missing)) {
                return key.error();
            }
            shape.key = key ? *key : nullptr;
        }
        shape.utc = options_.utc;
        shape.type = options_.type;
        shape.list = history_.list_from(options_.list);
        shape.account = account_;
        shape.only = only_;
        return shape;
    }

    Result<void> read_rows(FileOptions const& options, bool rejections, FileResult& file, Gather& gather) {
        CL_TRY_ASSIGN(Input input, Input::open(options.path));
        CL_TRY_ASSIGN(FileShape const shape, shape_of(input, options, rejections, file));
        gather.begin(shape.form == Form::csv ? 2 : 1);
        Millis const end = report_.ledger.last_time.value_or(0);
        std::size_t done = 0;
        auto const failure = run_crew(
            input, options_.workers,
            [&](std::string_view text) { return judge(text, shape, history_, options_.settings, end); },
            [&](Tally tally, std::size_t bytes) {
                gather.add(std::move(tally), file);
                done += bytes;
                if (options_.progress) {
                    options_.progress(file.counts.rows, done, input.size());
                }
            });
        return failure ? Result<void>(*failure) : Result<void>();
    }

    void read_file(FileOptions const& options, bool rejections, FileResult& file, Gather& gather) {
        std::string const which = rejections ? "The file of rejections" : "The file of sends";
        if (auto const read = read_rows(options, rejections, file, gather); !read) {
            report_.incomplete.push_back({which + " could not be read" + (file.counts.rows > 0 ? " to its end: " : ": ") +
                                              printable(read.error().detail, 4096) + ".",
                                          "Give the file as CSV with a header or as NDJSON, and what it needs."});
            return;
        }
        if (file.counts.rows == 0) {
            report_.incomplete.push_back({which + " has no rows: nothing was judged.", "Check that it is the right export."});
        }
        if (std::int64_t const bad = file.counts.bad_rows(); bad > 0) {
            report_.incomplete.push_back(
                {which + " has " + counted(bad, "row", "rows") + " that could not be read, of " + grouped(file.counts.rows) +
                     "; they were not judged.",
                 "The report lists them by row and reason. Correct the export, or its columns with --map."});
        }
    }

    /// Limits of this kind of input, said and not counted against it.
    void say_limits() {
        Counts const& sends = report_.sends.counts;
        auto const say = [this](std::int64_t count, std::string_view one, std::string_view many, std::string const& what) {
            if (count > 0) {
                report_.not_checked.push_back(counted(count, one, many) + what);
            }
        };
        say(sends.untyped, "send", "sends",
            " of unknown type: no rule about campaigns was applied (map a type column, or give --type).");
        say(sends.without_list, "campaign message", "campaign messages",
            " without a list: membership was not checked (map a list column, or give --list).");
        say(sends.without_offset, "campaign message", "campaign messages",
            " without the recipient's UTC offset: quiet hours were not checked.");
        say(sends.without_text, "campaign message", "campaign messages",
            " without a text: the way to opt out was not checked.");
        say(sends.beyond, "send", "sends",
            " later than the ledger's last entry: judged by its last state, though newer changes may not be in it yet.");
    }

    Options options_;
    Clock const& clock_;
    History history_;
    Report report_;
    std::optional<std::uint32_t> account_;
    std::optional<std::uint32_t> only_;
    std::unique_ptr<ContactKey> key_;
};

}  // namespace

Report reconcile(Options options, Clock const& clock) {
    return Session(std::move(options), clock).run();
}

}  // namespace cl::verify::reconcile
