// cl::consent::fold (classifier.hpp). One pass, one allocation: a folded letter never takes more bytes than it came in.

#include "ledger/consent/classifier.hpp"
#include "ledger/consent/unicode.hpp"

#include <array>
#include <cstddef>

namespace cl::consent {

namespace {

// Writes into a text that is already as long as it can get.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void part() { parted_ = size_ > 0; }

    void byte(char c) {
        if (parted_) {
            put(' ');
            parted_ = false;
        }
        put(c);
    }

    void letter(char32_t point) {
        if (point < 0x80) return byte(static_cast<char>(point));
        if (parted_) {
            put(' ');
            parted_ = false;
        }
        if (point < 0x800) return put_tail(0xC0U | (point >> 6U), point, 1);
        if (point < 0x10000) return put_tail(0xE0U | (point >> 12U), point, 2);
        put_tail(0xF0U | (point >> 18U), point, 3);
    }

    [[nodiscard]] std::size_t size() const { return size_; }

private:
    void put(char c) { out_[size_++] = c; }

    void put_tail(char32_t lead, char32_t point, unsigned follow) {
        put(static_cast<char>(lead));
        while (follow-- > 0) put(static_cast<char>(0x80U | ((point >> (6U * follow)) & 0x3FU)));
    }

    std::string& out_;
    std::size_t size_ = 0;
    bool parted_ = false;
};

// What each ASCII byte becomes: itself in lower case, ' ' where it parts two words, 0 where the code points have to be asked.
constexpr auto ascii_folds = [] {
    std::array<char, 256> table{};
    for (int c = 'a'; c <= 'z'; ++c) {
        table[static_cast<std::size_t>(c)] = static_cast<char>(c);
        table[static_cast<std::size_t>(c - 'a' + 'A')] = static_cast<char>(c);
    }
    for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    for (char c : {' ', '.', ',', '?', '!', '\n'}) table[static_cast<std::size_t>(c)] = ' ';
    return table;
}();

}  // namespace

std::string fold(std::string_view text) {
    std::string out(text.size(), '\0');
    Writer writer(out);
    for (std::size_t at = 0; at < text.size();) {
        char const plain = ascii_folds[static_cast<unsigned char>(text[at])];
        if (plain != 0) {  // nearly every byte of nearly every message
            plain == ' ' ? writer.part() : writer.byte(plain);
            ++at;
            continue;
        }
        CodePoint const point = decode_point(text, at);
        at += point.bytes;
        FoldedPoint const folded = fold_point(point.value);
        if (folded.folding == Folding::part) writer.part();
        if (folded.folding != Folding::letter) continue;
        writer.letter(folded.first);
        if (folded.second != 0) writer.letter(folded.second);
    }
    out.resize(writer.size());
    return out;
}

}  // namespace cl::consent
