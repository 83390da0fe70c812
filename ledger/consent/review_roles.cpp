// See review_roles.hpp. Words, then rules over them, then the walk.

#include "ledger/consent/review_roles.hpp"

#include <bit>
#include <iterator>
#include <span>

namespace cl::consent {

namespace {

enum Role : std::uint32_t {
    cease = 1U << 0U,      // stop, quit
    deny = 1U << 1U,       // don't, never, no
    sending = 1U << 2U,    // texting, sending, bothering
    messages = 1U << 3U,   // texts, messages, alerts
    reach = 1U << 4U,      // text, contact, send: what somebody is told not to do
    us = 1U << 5U,         // me, us, this number
    wish = 1U << 6U,       // want, wish
    get = 1U << 7U,        // receive, hear from
    removal = 1U << 8U,    // remove, take, delete
    number = 1U << 9U,     // number, name, cell
    off = 1U << 10U,       // off, from, out
    list = 1U << 11U,      // list, database
    wrong = 1U << 12U,     // wrong
    party = 1U << 13U,     // number, person, guy
    consent = 1U << 14U,   // permission, consent
    revoke = 1U << 15U,    // revoke, withdraw
    leave = 1U << 16U,     // leave
    alone = 1U << 17U,     // alone
    report = 1U << 18U,    // report
    spam = 1U << 19U,      // spam, FCC
    anymore = 1U << 20U,   // anymore, longer
    you = 1U << 21U,       // you: who says "you don't stop" wants a stop
    cannot = 1U << 22U,    // can't, won't
    cease_es = 1U << 23U,  // dejen, paren
    reach_es = 1U << 24U,  // escriban, mande
    deny_es = 1U << 25U,   // no, não
    cease_fr = 1U << 26U,  // arrêtez
    messages_fr = 1U << 27U,
    deny_de = 1U << 28U,   // keine, nicht
    reach_de = 1U << 29U,  // Nachrichten, schreiben
    to = 1U << 30U,        // "to": between a denied wish and what is not wished
    more = 1U << 31U       // mehr, weitere
};

struct Words {
    std::uint32_t role;
    std::string_view text;  // apart by spaces
};

// clang-format off
constexpr Words words[] = {
    {cease, "stop quit cease discontinue halt stp stopp stoping stopping"},
    {deny, "dont dnt don donot never not no without dnot nomore"},
    {cannot, "cant cannot wont couldnt can't"},
    {sending, "texting txting texing texring textin txtin messaging messagin msging sending sendin contacting bothering botherin "
              "bugging buggin annoying harassing spamming soliciting emailing pestering blowing"},
    {messages, "texts text txts txt messages message msgs msg sms alerts notifications promos promotions ads offers emails spam "
               "reminders subscription communications updates"},
    {reach, "text txt texts message msg contact send bother email solicit text-message spam harass reach"},
    {us, "me us this my here again anymore back number phone more any anything these texts messages msgs"},
    {wish, "want wanna wish care need wanted"},
    {get, "receive recieve receiving receving contacted"},
    {removal, "remove delete take erase get drop scratch pull cut strike taken removed deleted"},
    {number, "me us my number name cell phone info contact this myself"},
    {off, "off from out"},
    {list, "list lists database distribution roster mailing"},
    {wrong, "wrong incorrect"},
    {party, "number person phone guy lady num nmbr nbr cell contact dude man woman digits"},
    {consent, "permission consent authorization authorisation"},
    {revoke, "revoke revoking withdraw withdrawing rescind retract"},
    {leave, "leave"}, {alone, "alone"}, {report, "report reported reporting"}, {spam, "spam junk fcc ftc harassment spammer"},
    {anymore, "anymore any longer"}, {you, "you u ya they yall it this he she"},
    {to, "to want wanna mean need wish going trying ever please pls even really"},
    {number, "phone"},
    {cease_es, "dejen deje deja dejar paren pare para parem deixem deixe parar"},
    {deny_es, "no nao nunca vuelvan vuelva jamas"},
    {reach_es, "envien envies envie enviarme enviar manden mandes mande mandarme mandar escriban escribas escriba escribirme escribir "
               "contacten contactes contacte contactarme contactar texteen textees textee llamen molesten molestes moleste "
               "molestarme molestar enviem mandem mandando enviando escrevam escreva contatem contate incomode incomodem perturbe "
               "perturbem liguem ligar"},
    {cease_fr, "arretez arrete arreter cessez cesser stoppez"},
    {messages_fr, "sms messages message textos texto pub pubs publicites mails envoyer ecrire contacter deranger embeter harceler "
                  "menvoyer mecrire"},
    {deny_de, "keine keinen kein nicht"},
    {reach_de, "nachrichten nachricht sms werbung newsletter mails schreiben schreibt kontaktieren kontaktiert anschreiben "
               "zusenden senden schicken"},
    {more, "mehr weitere weiteren wollen mochte will erhalten bekommen"},
};

// `first`, then `second` at most `near` words later, then `third` (if any) at most `near_third` words after that.
struct Rule {
    std::uint32_t first;
    std::uint32_t second;
    std::uint16_t near;
    std::uint32_t third;
    std::uint16_t near_third;
    RoleMatch match;
};
constexpr Rule rules[] = {
    {cease, sending, 3, 0, 0, {"stop sending", "en"}},
    {cease, messages, 4, 0, 0, {"stop messages", "en"}},
    {deny, reach, 2, us, 2, {"do not text me", "en"}},
    {deny, wish, 2, messages, 5, {"do not want messages", "en"}},
    {deny, wish, 2, get, 3, {"do not want to receive", "en"}},
    {deny, get, 2, messages, 4, {"no longer receive", "en"}},
    {removal, number, 2, list, 6, {"remove from list", "en"}},
    {off, list, 3, 0, 0, {"off the list", "en"}},
    {wrong, party, 2, 0, 0, {"wrong number", "en"}},
    {deny, consent, 3, 0, 0, {"no consent", "en"}},
    {revoke, consent, 3, 0, 0, {"revoke consent", "en"}},
    {leave, us, 1, alone, 3, {"leave me alone", "en"}},
    {report, spam, 5, 0, 0, {"report as spam", "en"}},
    {deny, party, 3, anymore, 2, {"not my number anymore", "en"}},
    {cease_es, reach_es, 3, 0, 0, {"dejen de enviar", "es"}},
    {deny_es, reach_es, 3, 0, 0, {"no me escriban", "es"}},
    {cease_fr, messages_fr, 4, 0, 0, {"arretez les messages", "fr"}},
    {deny_de, reach_de, 3, more, 3, {"keine nachrichten", "de"}},
    {more, deny_de, 2, reach_de, 3, {"keine nachrichten", "de"}},
};
// clang-format on
static_assert(std::size(rules) == role_rule_count);

// The rules that a word of these roles can begin, go on with, or end, so that most words ask nothing of most rules.
constexpr std::uint32_t rules_with(std::uint32_t Rule::*part, std::uint32_t roles) {
    std::uint32_t out = 0;
    for (std::size_t r = 0; r < std::size(rules); ++r) {
        if ((rules[r].*part & roles) != 0) out |= 1U << r;
    }
    return out;
}

struct Entry {
    std::string_view text;
    std::uint32_t roles = 0;
    std::uint32_t begins = 0;
    std::uint32_t goes_on = 0;
    std::uint32_t ends = 0;
};

// Open addressing over the hashes that the words of a message have anyway; they lie apart from the rest, so that a word of no role
// touches one small table.
struct Table {
    static constexpr std::size_t size = 1024;
    std::array<std::uint32_t, size> hashes{};  // 0: free
    std::array<std::uint16_t, size> where{};
    std::array<Entry, 400> entries{};  // the first has no roles
    std::size_t count = 1;

    constexpr Table() {
        for (Words const& group : words) {
            std::size_t at = 0;
            while (at < group.text.size()) {
                Word const word = word_at(group.text, at);
                add(group.text.substr(word.begin, word.end - word.begin), word.hash, group.role);
                at = word.end + 1;
            }
        }
        for (Entry& entry : entries) {
            entry.begins = rules_with(&Rule::first, entry.roles);
            entry.goes_on = rules_with(&Rule::second, entry.roles);
            entry.ends = rules_with(&Rule::third, entry.roles);
        }
    }

    constexpr void add(std::string_view text, std::uint32_t hash, std::uint32_t role) {
        std::size_t slot = start(hash);
        while (hashes[slot] != 0 && (hashes[slot] != hash || entries[where[slot]].text != text)) slot = (slot + 1) % size;
        if (hashes[slot] == 0) {
            hashes[slot] = hash;
            where[slot] = static_cast<std::uint16_t>(count);
            entries.at(count++).text = text;
        }
        entries[where[slot]].roles |= role;
    }

    [[nodiscard]] constexpr Entry const& find(std::string_view text, std::uint32_t hash) const {
        std::size_t slot = start(hash);
        while (hashes[slot] != 0) {
            if (hashes[slot] == hash && entries[where[slot]].text == text) return entries[where[slot]];
            slot = (slot + 1) % size;
        }
        return entries[0];
    }

    static constexpr std::size_t start(std::uint32_t hash) { return (hash ^ (hash >> 16U)) % size; }
};
constexpr Table table;

std::size_t lowest(std::uint32_t set) noexcept {
    return static_cast<std::size_t>(std::countr_zero(set));
}

}  // namespace

void RoleFinder::note_negation(std::uint32_t role) noexcept {
    if ((role & (deny | cannot)) != 0 && (before_ & you) == 0) {
        negated_ = 4;  // this word and three more
    } else if (negated_ > 0 && (role & to) == 0) {
        negated_ = 0;
    }
    if (negated_ > 0) --negated_;
}

RoleMatch const* RoleFinder::next(std::string_view folded, Word const& word) noexcept {
    ++at_;
    std::string_view const text = folded.substr(word.begin, word.end - word.begin);
    Entry const& known = table.find(text, word.hash);
    std::uint32_t const role = known.roles;
    bool const opposite = negated();
    note_negation(role);
    before_ = role;
    if (role == 0) return nullptr;
    for (std::uint32_t left = known.ends & half_; left != 0; left &= left - 1) {
        std::size_t const r = lowest(left);
        if (static_cast<std::uint16_t>(at_ - second_[r]) <= rules[r].near_third) return &rules[r].match;
        half_ &= ~(1U << r);
    }
    for (std::uint32_t left = known.goes_on & seen_; left != 0; left &= left - 1) {
        std::size_t const r = lowest(left);
        if (static_cast<std::uint16_t>(at_ - first_[r]) > rules[r].near) {
            seen_ &= ~(1U << r);
        } else if (rules[r].third == 0) {
            return &rules[r].match;
        } else {
            second_[r] = at_;
            half_ |= 1U << r;
        }
    }
    for (std::uint32_t left = known.begins; left != 0; left &= left - 1) {
        std::size_t const r = lowest(left);
        if (opposite && (rules[r].first & (cease | removal | off | revoke | leave)) != 0) continue;
        first_[r] = at_;
        seen_ |= 1U << r;
    }
    return nullptr;
}

}  // namespace cl::consent
