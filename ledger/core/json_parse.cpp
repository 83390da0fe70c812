// The strict reader: nlohmann_json's SAX parser, with everything refused around it that it lets pass (NUL ends its text, it keeps
// the last of two members of one name, reads large integers as doubles, and takes any depth). The only file that includes it.
#include "ledger/core/json.hpp"
#include "ledger/core/json_foreign.hpp"
#include "ledger/core/limits.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cl::json {
namespace {

using Library = nlohmann::json;

std::string at_byte(std::string_view what, std::size_t offset) {
    return std::string(what) + " at byte " + std::to_string(offset);
}

/// What the parser says, without its "last read", which quotes the input.
std::string without_input(std::string_view message) {
    constexpr std::string_view start = "syntax error ";
    std::size_t const begin = message.find(start);
    if (begin == std::string_view::npos) {
        return "not well-formed";
    }
    message.remove_prefix(begin + start.size());
    return "not well-formed " + std::string(message.substr(0, message.find(';')));
}

/// The characters of the text, telling how far the parser has come.
class Cursor {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    Cursor(char const* p, char const** reached) : p_(p), reached_(reached) {}
    reference operator*() const { return *p_; }
    Cursor& operator++() {
        *reached_ = ++p_;
        return *this;
    }
    friend bool operator==(Cursor const& a, Cursor const& b) { return a.p_ == b.p_; }

private:
    char const* p_;
    char const** reached_;
};

/// Builds the value. Containers are collected in vectors and closed at their end, so that members in the worst order cost a sort,
/// not an insertion each.
class Builder final : public Library::json_sax_t {
public:
    using Visit = std::function<Result<void>(Value&&)>;

    /// `visit`: takes the elements of an array at the root; may be null. `foreign`: numbers that are not ours become texts.
    Builder(std::size_t max_nodes, Visit const* visit, bool foreign = false)
        : max_nodes_(max_nodes), visit_(visit), foreign_(foreign) {}

    bool null() override { return add(Value()); }
    bool boolean(bool flag) override { return add(Value(flag)); }
    bool number_integer(number_integer_t number) override {
        // Called for numbers with a minus sign only. JCS would write 0 for -0: two texts, one value.
        if (number == 0) {
            return foreign_ ? add(Value("-0")) : refuse("minus zero");
        }
        return number < -limits::json_integer ? too_far(std::to_string(number)) : add(Value(std::int64_t{number}));
    }
    bool number_unsigned(number_unsigned_t number) override {
        bool const fits = number <= static_cast<number_unsigned_t>(limits::json_integer);
        return fits ? add(Value(static_cast<std::int64_t>(number))) : too_far(std::to_string(number));
    }
    bool number_float(number_float_t, string_t const& text) override {
        if (foreign_ || text.find_first_of(".eE") == string_t::npos) {
            return too_far(text);
        }
        return refuse("a fraction or an exponent");
    }
    bool string(string_t& text) override { return add(Value(std::move(text))); }
    bool binary(binary_t&) override { return refuse("binary data"); }
    bool start_object(std::size_t) override { return open(true); }
    bool key(string_t& name) override {
        open_.back().members.push_back(Member{std::move(name), Value()});
        return true;
    }
    bool end_object() override {
        auto object = Object::from_members(std::move(open_.back().members));
        open_.pop_back();
        return object ? close(Value(std::move(*object))) : refuse("an object with two members of one name");
    }
    bool start_array(std::size_t) override { return open(false); }
    bool end_array() override {
        Value array(std::move(open_.back().items));
        open_.pop_back();
        visited_ = visit_ != nullptr && open_.empty();
        return visited_ || close(std::move(array));
    }
    bool parse_error(std::size_t position, std::string const&, Library::exception const& error) override {
        position_ = position;
        // 406: a number too large even for a double, which the parser cannot read as a fraction or exponent.
        return refuse(error.id == 406 ? std::string("a number out of range") : without_input(error.what()));
    }

    [[nodiscard]] Value& root() { return root_; }
    [[nodiscard]] std::string const& refusal() const { return refusal_; }
    /// A failure that is not of the syntax: over a limit, or the visitor's.
    [[nodiscard]] std::optional<Error> const& failure() const { return failure_; }
    /// The root was an array, and its elements have been visited.
    [[nodiscard]] bool visited() const { return visited_; }
    /// Where the parser says that it failed, 1-based; 0 where the refusal is ours.
    [[nodiscard]] std::size_t position() const { return position_; }

private:
    struct Container {
        bool is_object;
        std::vector<Member> members;
        Array items;
    };

    bool refuse(std::string why) {
        refusal_ = std::move(why);
        return false;
    }
    bool too_far(std::string text) { return foreign_ ? add(Value(std::move(text))) : refuse("an integer beyond 2^53-1"); }
    bool open(bool is_object) {
        if (open_.size() == limits::json_depth) {
            return refuse("nesting deeper than " + std::to_string(limits::json_depth));
        }
        open_.push_back(Container{is_object, {}, {}});
        return count();
    }
    /// Before a value is built: its containers when they open, all else when it is added.
    bool count() {
        if (++nodes_ <= max_nodes_) {
            return true;
        }
        failure_ = fail(errc::too_large, "the JSON text holds more than " + std::to_string(max_nodes_) + " values");
        return false;
    }
    bool add(Value value) { return count() && close(std::move(value)); }
    bool close(Value value) {
        if (visit_ != nullptr && open_.size() == 1 && !open_.back().is_object) {
            nodes_ = 1;
            if (auto taken = (*visit_)(std::move(value)); !taken) {
                failure_ = std::move(taken).error();
            }
            return !failure_;
        }
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().is_object) {
            open_.back().members.back().value = std::move(value);
        } else {
            open_.back().items.push_back(std::move(value));
        }
        return true;
    }

    std::size_t max_nodes_;
    Visit const* visit_;
    bool foreign_;
    std::size_t nodes_ = 0;
    std::vector<Container> open_;
    Value root_;
    bool visited_ = false;
    std::optional<Error> failure_;
    std::string refusal_;
    std::size_t position_ = 0;
};

Result<void> read(std::string_view text, std::size_t max_bytes, Builder& builder) {
    if (text.size() > max_bytes) {
        return fail(errc::too_large, "the JSON text is longer than " + std::to_string(max_bytes) + " bytes");
    }
    if (auto const nul = text.find('\0'); nul != std::string_view::npos) {
        return fail(errc::malformed, at_byte("a NUL character", nul));
    }
    if (auto const valid = valid_utf8_prefix(text); valid != text.size()) {
        return fail(errc::malformed, at_byte("not UTF-8", valid));
    }
    if (text.starts_with("\xef\xbb\xbf")) {
        return fail(errc::malformed, "a byte order mark at byte 0");
    }
    char const* reached = text.data();
    char const* const end = text.data() + text.size();
    bool const done = Library::sax_parse(Cursor(text.data(), &reached), Cursor(end, &reached), &builder);
    if (builder.failure()) {
        return *builder.failure();
    }
    if (!done) {
        // The parser has read the offending character, or stands at the end; `position` of its own errors counts from 1.
        auto const read = static_cast<std::size_t>(reached - text.data());
        std::size_t const offset = builder.position() > 0 ? builder.position() : read;
        return fail(errc::malformed, at_byte(builder.refusal(), offset == 0 ? 0 : std::min(offset - 1, text.size())));
    }
    return {};
}

}  // namespace

Result<Value> parse(std::string_view text, std::size_t max_bytes, std::size_t max_nodes) {
    Builder builder(max_nodes, nullptr);
    CL_TRY(read(text, max_bytes, builder));
    return std::move(builder.root());
}

Result<Value> parse_foreign(std::string_view text, std::size_t max_bytes, std::size_t max_nodes) {
    Builder builder(max_nodes, nullptr, true);
    CL_TRY(read(text, max_bytes, builder));
    return std::move(builder.root());
}

Result<std::optional<Value>> parse_elements(std::string_view text, std::size_t max_bytes,
                                            std::function<Result<void>(Value&&)> const& visit, std::size_t max_nodes) {
    Builder builder(max_nodes, &visit);
    CL_TRY(read(text, max_bytes, builder));
    return builder.visited() ? std::optional<Value>() : std::optional<Value>(std::move(builder.root()));
}

}  // namespace cl::json
