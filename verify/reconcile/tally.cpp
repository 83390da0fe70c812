#include "verify/reconcile/tally.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

namespace cl::verify::reconcile {
namespace {

class Judge {
public:
    Judge(FileShape const& shape, History const& history, Settings const& settings, Millis ledger_end)
        : shape_(shape), history_(history), settings_(settings), ledger_end_(ledger_end), reader_(shape, history) {
        tally_.accounts.resize(history.account_count());
    }

    Tally run(std::string_view text) {
        while (!text.empty()) {
            text.remove_prefix(shape_.form == Form::csv ? next_csv(text) : next_line(text));
            ++tally_.records;
        }
        return std::move(tally_);
    }

private:
    std::size_t next_csv(std::string_view text) {
        std::size_t const length = csv::read(text, true, &record_, csv_limits);
        bool const blank = record_.fields.size() == 1 && record_.fields[0].empty() && record_.fault == csv::Fault::none;
        if (blank) {
            ++tally_.counts.blank;
        } else {
            count(reader_.read_csv(record_, row_));
        }
        return length;
    }

    std::size_t next_line(std::string_view text) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        std::string_view const line = text.substr(0, end);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            ++tally_.counts.blank;
        } else {
            count(reader_.read_json(line, row_));
        }
        return std::min(end + 1, text.size());
    }

    void count(std::optional<BadRow> fault) {
        Counts& counts = tally_.counts;
        ++counts.rows;
        if (fault) {
            ++counts.bad[static_cast<std::size_t>(*fault)];
            if (tally_.bad.size() < limits::reconcile_bad_rows) {
                tally_.bad.push_back({tally_.records, *fault});
            }
            return;
        }
        ++counts.outcomes[static_cast<std::size_t>(row_.send.outcome)];
        Outcome const outcome = row_.send.outcome;
        if (outcome == Outcome::inbound || outcome == Outcome::not_sent || outcome == Outcome::other_code) {
            return;
        }
        if (row_.contact != nullptr && row_.contact->too_long) {
            ++counts.not_judged;
            return;
        }
        judge_row();
    }

    void judge_row() {
        Send const& send = row_.send;
        Stretch const* const standing = row_.contact != nullptr ? stretch_at(*row_.contact, send.at) : nullptr;
        Case const c{send, row_.contact, standing, history_, settings_};
        count_judged(c);
        auto const rules = all_rules();
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (rules[i].judge == nullptr) {
                continue;
            }
            if (auto const facts = rules[i].judge(c)) {
                tally_.hits.push_back({static_cast<std::uint8_t>(i), shape_.rejections, tally_.records, send.at, send.contact,
                                       row_.contact, send.list, *facts});
            }
        }
        mention(c);
    }

    void count_judged(Case const& c) {
        Counts& counts = tally_.counts;
        ++counts.judged;
        counts.beyond += c.send.at > ledger_end_ ? 1 : 0;
        counts.first = std::min(counts.first.value_or(c.send.at), c.send.at);
        counts.last = std::max(counts.last.value_or(c.send.at), c.send.at);
        if (c.contact != nullptr) {
            tally_.accounts[c.contact->account] = true;
        }
        if (!c.went_out()) {
            return;
        }
        counts.untyped += c.send.type == SendType::unknown ? 1 : 0;
        if (c.campaign()) {
            ++counts.campaigns;
            counts.without_list += c.send.list == no_list ? 1 : 0;
            counts.without_offset += c.send.has_offset ? 0 : 1;
            counts.without_text += c.send.opt_out_text == Flag::unknown ? 1 : 0;
        }
    }

    /// What can only be judged when all sends are known.
    void mention(Case const& c) {
        if (!c.went_out() || c.contact == nullptr) {
            return;
        }
        if (c.may_confirm()) {
            tally_.confirmations.push_back({c.contact, c.standing->out_seq, c.standing->out_at, c.send.at, tally_.records});
        }
        mention_replies(c);
        // Most contacts had consent before; what is no reply is only asked for the others. Without any consent at all it is CL-001 and CL-052.
        bool const ever = c.contact->first_consent != std::numeric_limits<Millis>::max();
        if (!ever || c.send.at >= c.contact->first_consent) {
            return;
        }
        bool const conversation = c.send.type == SendType::one_to_one || c.send.type == SendType::unknown;
        if (c.campaign() || (conversation && !c.may_confirm() && c.level() == Level::none)) {
            tally_.first_messages.push_back({c.contact, -1, c.contact->first_consent, c.send.at, tally_.records});
        }
    }

    void mention_replies(Case const& c) {
        bool const may_reply = c.send.type == SendType::autoreply || c.send.type == SendType::unknown;
        Asked const* const trigger = may_reply ? asked_until(c.contact->triggers, c.send.at) : nullptr;
        if (trigger != nullptr && c.send.at - trigger->at <= c.pack().confirmation_window_ms) {
            tally_.replies.push_back({c.contact, trigger->seq, trigger->at, c.send.at, tally_.records});
        }
        if (Asked const* const request = asked_from(c.contact->off_list, c.send.at)) {
            Prompt const prompt{{c.contact, request->seq, request->at, c.send.at, tally_.records}, c.send.type};
            keep_later(tally_.prompts.try_emplace(request->seq, prompt).first->second, prompt);
        }
    }

    FileShape const& shape_;
    History const& history_;
    Settings const& settings_;
    Millis ledger_end_;
    RowReader reader_;
    csv::Record record_;
    Row row_;
    Tally tally_;
};

template <std::size_t Size>
void add_all(std::array<std::int64_t, Size>& sums, std::array<std::int64_t, Size> const& more) {
    std::transform(sums.begin(), sums.end(), more.begin(), sums.begin(), std::plus<>());
}

}  // namespace

std::int64_t Counts::bad_rows() const noexcept {
    return std::accumulate(bad.begin(), bad.end(), std::int64_t{0});
}

void Counts::add(Counts const& other) {
    rows += other.rows;
    blank += other.blank;
    add_all(outcomes, other.outcomes);
    add_all(bad, other.bad);
    judged += other.judged;
    untyped += other.untyped;
    campaigns += other.campaigns;
    without_list += other.without_list;
    without_offset += other.without_offset;
    without_text += other.without_text;
    not_judged += other.not_judged;
    beyond += other.beyond;
    if (other.first) {
        first = std::min(first.value_or(*other.first), *other.first);
        last = std::max(last.value_or(*other.last), *other.last);
    }
}

void keep_later(Prompt& kept, Prompt const& other) noexcept {
    if (kept.message < other.message) {
        kept = other;
    }
}

Tally judge(std::string_view text, FileShape const& shape, History const& history, Settings const& settings,
            Millis ledger_end) {
    return Judge(shape, history, settings, ledger_end).run(text);
}

}  // namespace cl::verify::reconcile
