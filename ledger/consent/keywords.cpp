// See keywords.hpp. All words here are folded already (lower case, no accents): ARRÊT is "arret".

#include "ledger/consent/keywords.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace cl::consent {

namespace {

// clang-format off
// The words of the FCC first, then what carriers and platforms honour beside them. "opt out" is not here: see find_keyword.
constexpr std::string_view stop_en[] = {
    "stop", "quit", "end", "revoke", "cancel", "unsubscribe", "stop all", "unsub", "remove", "opt out all", "end all",
    "cancel all", "quit all"};
constexpr std::string_view stop_es[] = {
    "alto", "parar", "pare", "detener", "salir", "cancelar", "cancelar todo", "baja", "darse de baja", "desuscribir",
    "desuscribirse", "anular suscripcion"};
constexpr std::string_view stop_fr[] = {
    "arret", "arrete", "arrett", "arreter", "arretez", "desabonner", "desabonnement", "desinscrire", "desinscription",
    "se desabonner", "se desinscrire"};
constexpr std::string_view stop_pt[] = {"sair", "desinscrever", "descadastrar", "cancelar inscricao", "parar tudo"};
constexpr std::string_view stop_de[] = {"stopp", "stoppen", "abmelden", "abmeldung", "abbestellen", "abbestellung", "austragen"};
constexpr std::string_view stop_it[] = {"annulla iscrizione", "disiscrivi", "disiscrivimi", "cancellami"};
constexpr std::string_view stop_nl[] = {"afmelden", "uitschrijven"};
constexpr std::string_view stop_ru[] = {"стоп", "отписаться", "отписка"};
constexpr std::string_view stop_zh[] = {"退订", "退訂", "取消订阅", "取消訂閱", "停止"};
constexpr std::string_view stop_ja[] = {"配信停止"};
constexpr std::string_view stop_ko[] = {"수신거부"};

constexpr std::string_view help_en[] = {"help", "info"};
constexpr std::string_view help_es[] = {"ayuda"};
constexpr std::string_view help_fr[] = {"aide"};
constexpr std::string_view help_pt[] = {"ajuda"};
constexpr std::string_view help_de[] = {"hilfe"};
constexpr std::string_view optout_en[] = {"optout"};
constexpr std::string_view start_en[] = {"start", "unstop", "resume", "subscribe", "resubscribe"};
constexpr std::string_view start_es[] = {"iniciar", "reanudar", "suscribir", "suscribirme", "suscribirse"};
constexpr std::string_view start_fr[] = {"commencer", "abonner", "reabonner", "sabonner"};
constexpr std::string_view start_pt[] = {"voltar", "inscrever", "cadastrar"};
constexpr std::string_view start_de[] = {"anmelden"};

// Misspellings beyond a slip of the thumb (keywords_slip.hpp) that are no word of their own in any language above.
struct Misspelt {
    std::string_view typed;
    std::string_view keyword;
};
constexpr Misspelt misspelt[] = {
    {"sto0", "stop"}, {"st9p", "stop"}, {"sttp", "stop"}, {"stio", "stop"}, {"unsubscr", "unsubscribe"},
    {"unsuscribir", "unsubscribe"}, {"cancle", "cancel"}, {"stopal", "stop all"},     {"canselar", "cancelar"}, {"aret", "arret"}, {"arrette", "arrete"}};
constexpr std::string_view help_slips[] = {"hepl", "hlep", "hellp"};
constexpr std::string_view start_slips[] = {"satrt", "statr", "unstpo", "untsop"};

// A revocation only because it is all that was said.
constexpr std::string_view whole_en[] = {
    "goodbye", "go away", "get lost", "no more", "enough", "enough already", "leave me", "stop it", "stop this",
    "stop that", "stop it all", "unfollow", "spam", "delete", "not me", "td", "dnd", "do not disturb", "do not call",
    "dont call", "i quit", "im out", "opted out", "opt me out", "remove me", "unsubscribe me", "sto", "stip", "fuck off",
    "f off", "piss off", "bugger off", "uninterested", "fuck you", "fu", "screw you", "scam", "scammer", "spammer", "knock it off",
    "cut it out", "give it a rest", "i want out", "count me out", "stop to quit", "stop 2 quit", "stop to end", "stop 2 end",
    "stop to stop", "reply stop", "text stop", "txt stop", "send stop", "shut up", "no solicitors", "no soliciting", "deceased",
    "reported", "blocked"};
constexpr std::string_view whole_es[] = {"no mas", "basta", "ya basta", "ya no mas", "no molestar", "adios", "eliminar", "anular"};
constexpr std::string_view whole_fr[] = {"ca suffit", "annuler", "resilier", "supprimer"};
constexpr std::string_view whole_pt[] = {"engano", "foi engano", "chega", "remover"};
constexpr std::string_view whole_de[] = {"es reicht", "aufhoren", "aufhoeren", "loschen", "loeschen", "kundigen", "kuendigen", "widerruf",
    "widerrufen", "hor auf", "hoer auf", "hort auf", "horen sie auf"};

constexpr std::string_view courtesy[] = {
    "please", "pls", "plz", "plse", "plss", "pleas", "kindly", "thanks", "thank you", "thankyou", "thank u", "thx", "thnx",
    "tnx", "ty", "tysm", "tyvm", "thanks a lot", "thanks so much", "thank you so much", "thank you very much",
    "many thanks", "thanks again", "thanks in advance", "thanks you", "cheers", "sir", "madam", "maam", "please and thank you", "pls and thank you", "please and thanks", "plz and ty", "por favor",
    "porfavor", "porfa", "favor", "gracias", "muchas gracias", "merci", "merci beaucoup", "merci d avance", "svp", "stp",
    "sil vous plait", "s il vous plait", "sil te plait", "s il te plait", "bitte", "bitte schon", "danke", "danke schon",
    "vielen dank", "por gentileza", "faz favor", "obrigado", "obrigada", "muito obrigado", "muito obrigada", "per favore",
    "grazie", "alstublieft", "alsjeblieft", "aub", "bedankt", "dank u", "пожалуйста", "спасибо"};
constexpr std::string_view filler[] = {
    "ok", "okay", "k", "no", "nope", "yes", "yeah", "hi", "hello", "hey", "dear", "just", "now", "right now", "immediately",
    "asap", "already", "at once", "today", "i said", "i say", "said", "and", "me", "it", "must", "guys", "omg", "wtf",
    "hola", "si", "ya", "ahora", "bonjour", "oui", "maintenant", "ja", "nein", "jetzt", "sofort", "hallo", "oi",
    "sim", "nao", "agora"};
// clang-format on

struct Keyed {
    std::array<char, 24> key{};
    std::size_t size = 0;
    Classification answer;

    [[nodiscard]] constexpr std::string_view compact() const { return {key.data(), size}; }
};

// The table under construction: filled, then sorted by key.
class Builder {
public:
    constexpr void add(std::string_view typed, Classification answer) {
        Keyed& entry = entries.at(count++);
        for (char c : typed) {
            if (c != ' ') entry.key.at(entry.size++) = c;
        }
        entry.answer = answer;
    }

    constexpr void add_all(std::span<std::string_view const> words, MessageClass cls, std::string_view language,
                           std::string_view match = "whole") {
        for (std::string_view word : words) add(word, {cls, word, language, match});
    }

    std::array<Keyed, 384> entries{};
    std::size_t count = 0;
};

constexpr Builder build() {
    Builder b;
    b.add_all(stop_en, MessageClass::stop, "en");
    b.add_all(stop_es, MessageClass::stop, "es");
    b.add_all(stop_fr, MessageClass::stop, "fr");
    b.add_all(stop_pt, MessageClass::stop, "pt");
    b.add_all(stop_de, MessageClass::stop, "de");
    b.add_all(stop_it, MessageClass::stop, "it");
    b.add_all(stop_nl, MessageClass::stop, "nl");
    b.add_all(stop_ru, MessageClass::stop, "ru");
    b.add_all(stop_zh, MessageClass::stop, "zh");
    b.add_all(stop_ja, MessageClass::stop, "ja");
    b.add_all(stop_ko, MessageClass::stop, "ko");
    b.add_all(help_en, MessageClass::help, "en");
    b.add_all(help_es, MessageClass::help, "es");
    b.add_all(help_fr, MessageClass::help, "fr");
    b.add_all(help_pt, MessageClass::help, "pt");
    b.add_all(help_de, MessageClass::help, "de");
    b.add_all(optout_en, MessageClass::optout, "en");
    b.add_all(start_en, MessageClass::start, "en");
    b.add_all(start_es, MessageClass::start, "es");
    b.add_all(start_fr, MessageClass::start, "fr");
    b.add_all(start_pt, MessageClass::start, "pt");
    b.add_all(start_de, MessageClass::start, "de");
    b.add_all(help_slips, MessageClass::help, "en", "typo");
    b.add_all(start_slips, MessageClass::start, "en", "typo");
    b.add_all(whole_en, MessageClass::review, "en", "phrase");
    b.add_all(whole_es, MessageClass::review, "es", "phrase");
    b.add_all(whole_fr, MessageClass::review, "fr", "phrase");
    b.add_all(whole_pt, MessageClass::review, "pt", "phrase");
    b.add_all(whole_de, MessageClass::review, "de", "phrase");
    for (Misspelt const& m : misspelt) b.add(m.typed, {MessageClass::stop, m.keyword, "en", "typo"});
    return b;
}

// The table as it is searched: by hash, no key twice. A short message asks for a handful of keys, nearly always in vain.
template <std::size_t N>
struct Table {
    static constexpr std::size_t slots = 2048;
    static_assert(N < slots / 4);
    std::array<Keyed, N> entries{};
    std::array<std::uint16_t, slots> where{};  // the entry plus one; 0: free
    bool unique = true;

    constexpr explicit Table(Builder const& b) {
        std::copy_n(b.entries.begin(), N, entries.begin());
        for (std::size_t i = 0; i < N; ++i) {
            std::size_t slot = start(entries[i].compact());
            for (; where[slot] != 0; slot = (slot + 1) % slots) {
                unique = unique && entries[where[slot] - 1U].compact() != entries[i].compact();
            }
            where[slot] = static_cast<std::uint16_t>(i + 1);
        }
    }

    [[nodiscard]] constexpr Keyed const* find(std::string_view key) const {
        for (std::size_t slot = start(key); where[slot] != 0; slot = (slot + 1) % slots) {
            Keyed const& entry = entries[where[slot] - 1U];
            if (entry.compact() == key) return &entry;
        }
        return nullptr;
    }

    // Keys have no blanks, so that a key is one word.
    static constexpr std::size_t start(std::string_view key) {
        std::uint32_t const hash = word_at(key, 0).hash;
        return (hash ^ (hash >> 16U)) % slots;
    }

    [[nodiscard]] constexpr std::size_t longest() const {
        return std::max_element(entries.begin(), entries.end(), [](Keyed const& x, Keyed const& y) { return x.size < y.size; })
            ->size;
    }
};

constexpr Table<build().count> keywords{build()};
static_assert(keywords.unique);

struct AroundPhrase {
    std::string_view text;
    Around around = Around::courtesy;
};

constexpr auto around_phrases() {
    std::array<AroundPhrase, std::size(courtesy) + std::size(filler)> all{};
    std::size_t i = 0;
    for (std::string_view text : courtesy) all[i++] = {text, Around::courtesy};
    for (std::string_view text : filler) all[i++] = {text, Around::filler};
    return all;
}

constexpr PhraseIndex surrounds{around_phrases()};

}  // namespace

Classification const* find_keyword(std::string_view compact) noexcept {
    if (compact.size() > longest_keyword()) return nullptr;
    Keyed const* entry = keywords.find(compact);
    return entry == nullptr ? nullptr : &entry->answer;
}

std::size_t longest_keyword() noexcept {
    constexpr std::size_t longest = keywords.longest();  // once, by the compiler: it is asked for every short message
    return longest;
}

Surround find_surround(std::string_view folded, Word const& first, Word const& second) noexcept {
    AroundPhrase const* phrase = surrounds.match(folded, first, second);
    if (phrase == nullptr) return {};
    return {phrase->text.size(), phrase->around};
}

}  // namespace cl::consent
