// Reading and writing times without the C library's locale and time zone.
#include "ledger/core/clock.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace cl {
namespace {

constexpr Millis second_ms = 1'000;
constexpr Millis minute_ms = 60 * second_ms;
constexpr Millis hour_ms = 60 * minute_ms;
constexpr Millis day_ms = 24 * hour_ms;

Error bad_time() {
    return fail(errc::malformed, "not a time as RFC 3339 writes it, with an offset");
}

/// Takes fixed-width parts off the front of a text; ok() turns false at the first part that is not there.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        if (rest_.size() < count) {
            ok_ = false;
        }
        int value = 0;
        for (std::size_t i = 0; ok_ && i < count; ++i) {
            ok_ = rest_[i] >= '0' && rest_[i] <= '9';
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(std::min(count, rest_.size()));
        return ok_ ? value : 0;
    }
    void expect(std::string_view any_of) {
        ok_ = ok_ && !rest_.empty() && any_of.find(rest_.front()) != std::string_view::npos;
        rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
    }
    bool accept(char c) {
        bool const there = ok_ && rest_.starts_with(c);
        rest_.remove_prefix(there ? 1 : 0);
        return there;
    }
    [[nodiscard]] bool at_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool ok() const { return ok_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

/// `YYYY-MM-DD` to milliseconds, or nothing for a day that no calendar has.
std::optional<Millis> scan_date(Scanner& in) {
    int const year = in.digits(4);
    in.expect("-");
    int const month = in.digits(2);
    in.expect("-");
    int const day = in.digits(2);
    std::chrono::year_month_day const date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!in.ok() || !date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date).time_since_epoch().count() * day_ms;
}

/// The digits after the point; those finer than a millisecond are read and cut off.
Millis scan_fraction(Scanner& in) {
    Millis value = in.digits(1) * 100;
    for (Millis scale = 10; in.ok() && in.at_digit(); scale /= 10) {
        value += in.digits(1) * scale;
    }
    return value;
}

/// `hh:mm:ss[.fraction]`.
std::optional<Millis> scan_time(Scanner& in) {
    int const hour = in.digits(2);
    in.expect(":");
    int const minute = in.digits(2);
    in.expect(":");
    int const second = in.digits(2);
    Millis const fraction = in.accept('.') ? scan_fraction(in) : 0;
    if (!in.ok() || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    // A leap second has no place in POSIX time; the last millisecond before it keeps the order.
    return hour * hour_ms + minute * minute_ms + (second == 60 ? 59'999 : second * second_ms + fraction);
}

/// `Z` or `+hh:mm`, as what has to be subtracted.
std::optional<Millis> scan_offset(Scanner& in) {
    if (in.accept('Z') || in.accept('z')) {
        return 0;
    }
    int const sign = in.accept('-') ? -1 : 1;
    if (sign == 1) {
        in.expect("+");
    }
    int const hour = in.digits(2);
    in.expect(":");
    int const minute = in.digits(2);
    if (!in.ok() || hour > 23 || minute > 59) {
        return std::nullopt;
    }
    return sign * (hour * hour_ms + minute * minute_ms);
}

void put(std::string& out, std::size_t at, std::size_t width, Millis value) {
    for (std::size_t i = width; i-- > 0; value /= 10) {
        out[at + i] = static_cast<char>('0' + value % 10);
    }
}

}  // namespace

std::string format_time(Millis time) {
    // Outside the years that four digits can name, the nearest that they can: a broken clock must not break the writer.
    time = std::clamp(time, earliest_time, latest_time);
    Millis const days = (time - earliest_time) / day_ms;  // both counted from year 0, so never negative
    Millis const rest = (time - earliest_time) % day_ms;
    std::chrono::sys_days const day{std::chrono::days(days + earliest_time / day_ms)};
    std::chrono::year_month_day const date{day};
    std::string out = "0000-00-00T00:00:00.000Z";
    put(out, 0, 4, int(date.year()));
    put(out, 5, 2, unsigned(date.month()));
    put(out, 8, 2, unsigned(date.day()));
    put(out, 11, 2, rest / hour_ms);
    put(out, 14, 2, rest / minute_ms % 60);
    put(out, 17, 2, rest / second_ms % 60);
    put(out, 20, 3, rest % second_ms);
    return out;
}

Result<Millis> parse_rfc3339(std::string_view text) {
    Scanner in(text);
    auto const date = scan_date(in);
    in.expect("Tt");
    auto const time = scan_time(in);
    auto const offset = scan_offset(in);
    if (!in.ok() || !in.at_end() || !date || !time || !offset) {
        return bad_time();
    }
    Millis const result = *date + *time - *offset;
    if (result < earliest_time || result > latest_time) {
        return bad_time();
    }
    return result;
}

Result<Millis> parse_stored_time(std::string_view text) {
    // 24 characters with the point in its place leave exactly three digits, and a Z, behind it; a leap second does not come back.
    if (text.size() != 24 || text[10] != 'T' || text[19] != '.' || text[23] != 'Z' || text.substr(17, 2) == "60") {
        return fail(errc::malformed, "not a time as the ledger writes it");
    }
    auto time = parse_rfc3339(text);
    if (!time) {
        return fail(errc::malformed, "not a time as the ledger writes it");
    }
    return time;
}

Millis SystemClock::now() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Millis SystemClock::steady() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace cl
