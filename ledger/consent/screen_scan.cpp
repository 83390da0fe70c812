// The walk of screen() (screen.hpp): words by their meaning, numbers by their form and by the words before them.

#include "ledger/consent/screen.hpp"
#include "ledger/consent/screen_numbers.hpp"
#include "ledger/consent/screen_tokens.hpp"
#include "ledger/consent/screen_words.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cl::consent {

namespace {

class Scan {
public:
    explicit Scan(std::string_view text) : text_(text), meanings_(text_.size()) {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            ScreenToken const& token = text_.at(i);
            meanings_[i] = token.digits ? 0U : screen_word(token.text, token.hash);
        }
    }

    ScreenResult run() {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            word(i);
            if (text_.at(i).before == '@') email(i);
            if (text_.at(i).number) number(i);
        }
        return result_;
    }

private:
    // The meanings of up to `back` tokens before `i`, and of up to `ahead` after it.
    [[nodiscard]] std::uint32_t around(std::size_t i, std::size_t back, std::size_t ahead = 0) const noexcept {
        std::uint32_t all = 0;
        for (std::size_t at = i - std::min(i, back); at < std::min(i + ahead + 1, text_.size()); ++at) {
            if (at != i) all |= meanings_[at];
        }
        return all;
    }

    [[nodiscard]] std::uint32_t meaning(std::size_t i) const noexcept { return i < meanings_.size() ? meanings_[i] : 0; }

    void word(std::size_t i) {
        std::uint32_t const m = meanings_[i];
        std::string_view const text = text_.at(i).text;
        bool const german = text.size() > 7 && text.ends_with("strasse");
        if (m == 0 && !german) return;
        if ((m & w_care) != 0) result_.add(Seen::care, false);
        if ((m & w_condition) != 0) result_.add(Seen::condition, (around(i, 4) & w_diagnosed) != 0);
        if ((m & w_medicine) != 0) result_.add(Seen::medication, dose_near(i));
        if ((m & w_domain) != 0 && i >= 3 && text_.at(i - 1).text == "dot" && text_.at(i - 3).text == "at") {
            result_.add(Seen::email, false);  // bob at example dot com
        }
        // "Calle Mayor 12", "Hauptstrasse 12"
        if ((m & w_calle) != 0 || german) street_before_number(i, german ? 1 : 4);
    }

    // "500 mg", "500mg", "2 tablets" in the next few words or the last few
    [[nodiscard]] bool dose_near(std::size_t i) const noexcept {
        if ((around(i, 3, 3) & w_dose) != 0) return true;
        for (std::size_t at = i + 1; at <= i + 2; ++at) {
            std::string_view const t = text_.at(at).text;
            if (t.size() > 2 && text_.at(at).number && (t.substr(t.size() - 2) == "mg" || t.substr(t.size() - 2) == "ml"))
                return true;
        }
        return false;
    }

    void street_before_number(std::size_t i, std::size_t words) {
        for (std::size_t at = i + 1; at <= i + words && at < text_.size(); ++at) {
            if ((meaning(at) & w_no_street) != 0 && text_.at(at).text != "la") return;
            if (!text_.at(at).number) continue;
            if (text_.at(at).text.size() <= 5) result_.add(Seen::street_address, false);
            return;
        }
    }

    // The token follows an "@".
    void email(std::size_t i) {
        if (i == 0) return;
        for (std::size_t at = i + 1; at < i + 6; ++at) {
            ScreenToken const& part = text_.at(at);
            if (part.text.empty() || !part.glued || (part.before != '.' && part.before != '-')) return;
            bool const top = part.before == '.' && !part.number && part.text.size() >= 2;
            if (top && (text_.at(i).glued || (meaning(at) & w_domain) != 0)) {
                result_.add(Seen::email, false);
                return;
            }
        }
    }

    void number(std::size_t i) {
        std::uint32_t const before = around(i, 5);
        social_security(i, before);
        if (card_at(text_, i)) result_.add(Seen::payment_card, (around(i, 6, 12) & w_card) != 0);
        if (iban_at(text_, i)) result_.add(Seen::iban, (before & (w_bank | w_account)) != 0);
        if ((around(i, 4) & w_birth) != 0 && date_at(text_, i)) result_.add(Seen::birth_date, true);
        patient(i);
        bank(i, before);
        street(i);
    }

    void social_security(std::size_t i, std::uint32_t before) {
        bool parted = false;
        if (!social_security_at(text_, i, parted)) return;
        constexpr std::uint32_t words = w_social | w_security;
        bool const named = (before & w_ssn) != 0 || (before & words) == words || (before & (w_social | w_number)) == w_social;
        if (named || parted) result_.add(Seen::social_security, named);
    }

    void patient(std::size_t i) {
        if (digits_of_piece(i) < 4) return;
        std::uint32_t const near = around(i, 4);
        bool const signed_number = text_.at(i).before == '#' || (near & w_number) != 0;
        bool const record = (near & (w_medical | w_record)) == (w_medical | w_record);
        if ((near & w_mrn) != 0 || record)
            result_.add(Seen::record_number, true);
        else if ((near & w_record) != 0 && signed_number && chart(i))
            result_.add(Seen::record_number, false);
        if ((near & w_medicare) != 0)
            result_.add(Seen::insurance_id, true);
        else if ((near & w_member) != 0 && signed_number)
            result_.add(Seen::insurance_id, false);
    }

    // "1EG4-TE5-MK73": the pieces that hang together
    [[nodiscard]] std::ptrdiff_t digits_of_piece(std::size_t i) const noexcept {
        std::ptrdiff_t count = 0;
        for (std::size_t at = i; at < i + 4 && (at == i || text_.at(at).before == '-'); ++at) {
            std::string_view const id = text_.at(at).text;
            count += std::count_if(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
        }
        return count;
    }

    // "case" and "record" are anybody's words: only a chart and a patient have a number that is health information
    [[nodiscard]] bool chart(std::size_t i) const noexcept {
        for (std::size_t at = i - std::min<std::size_t>(i, 4); at < i; ++at) {
            if (text_.at(at).text == "chart" || text_.at(at).text == "patient") return true;
        }
        return false;
    }

    void bank(std::size_t i, std::uint32_t before) {
        ScreenToken const& token = text_.at(i);
        if (!token.digits || token.text.size() < 6 || token.text.size() > 17) return;
        constexpr std::uint32_t account = w_bank | w_account;
        if ((before & w_routing) != 0)
            result_.add(Seen::bank_account, routing_number(token.text) || (before & account) != 0);
        else if ((before & account) == account)
            result_.add(Seen::bank_account, true);
    }

    // "12 North Main St", "12b rue de la Paix"
    void street(std::size_t i) {
        if (text_.at(i).text.size() > 6 || text_.at(i).glued) return;
        if ((meaning(i + 1) & w_calle) != 0) return street_found(i + 2);
        for (std::size_t at = i + 1; at <= i + 4 && at < text_.size(); ++at) {
            std::uint32_t const m = meaning(at);
            if (at > i + 1 && (m & w_street) != 0) return street_found(at + 1);
            bool const ordinal = text_.at(at).number && !text_.at(at).digits;  // 5th
            if ((m & w_no_street) != 0 || (text_.at(at).number && !ordinal) || text_.at(at).before == '.') return;
        }
    }

    // A flat or a postal code after the street says that the address is meant.
    void street_found(std::size_t next) {
        bool more = (around(next, 0, 2) & w_flat) != 0 || (meaning(next) & w_flat) != 0;
        for (std::size_t at = next; at < next + 6; ++at) {
            if ((meaning(at) & w_state) != 0 && text_.at(at + 1).digits && text_.at(at + 1).text.size() == 5) more = true;
        }
        result_.add(Seen::street_address, more);
    }

    ScreenText text_;
    std::vector<std::uint32_t> meanings_;
    ScreenResult result_;
};

}  // namespace

ScreenResult screen(std::string_view text) {
    return Scan(text).run();
}

}  // namespace cl::consent
