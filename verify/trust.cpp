#include "verify/trust.hpp"

#include "ledger/consent/kinds.hpp"
#include "ledger/core/limits.hpp"
#include "verify/small_file.hpp"
#include "verify/words.hpp"

#include <algorithm>

namespace cl::verify {
namespace {

std::string trimmed(std::string text) {
    constexpr std::string_view space = " \t\r\n";
    text.erase(text.find_last_not_of(space) + 1);
    text.erase(0, text.find_first_not_of(space));
    return text;
}

Incomplete unusable(std::string what, Error const& why) {
    return Incomplete{std::move(what) + " (" + printable(why.detail) + ").", "Correct the path or the file and verify again."};
}

std::optional<note::VerifierKey> key_from_file(Options const& options, Trust& trust) {
    if (!options.key_file) {
        return std::nullopt;
    }
    auto const text = read_small_file(*options.key_file, limits::verify_small_file_bytes);
    auto const key = text ? note::parse_vkey(trimmed(*text)) : Result<note::VerifierKey>(text.error());
    if (!key) {
        trust.incomplete.push_back(unusable("The key file cannot be used", key.error()));
        return std::nullopt;
    }
    return *key;
}

/// True for a key that signed this ledger once, until an entry put another one in its place.
bool was_replaced(Identity const& own, Result<note::VerifierKey> const& key) {
    return key && own.key && *own.key != *key && std::find(own.earlier.begin(), own.earlier.end(), *key) != own.earlier.end();
}

/// True for a key that is in force still, under another name: of a ledger that was restored.
bool was_renamed(Identity const& own, Result<note::VerifierKey> const& key) {
    return was_replaced(own, key) && own.key->key == key->key;
}

/// Another name of entry 0's key, which later entries may have given it.
std::optional<std::string> later_name(Identity const& own, Result<note::VerifierKey> const& key) {
    bool const same = own.first_only && own.key && key && own.key->key == key->key && own.key->name != key->name;
    return same ? std::optional<std::string>(key->name) : std::nullopt;
}

Incomplete key_replaced(std::string_view whose, note::VerifierKey const& now) {
    return Incomplete{std::string(whose) + " is one that this ledger used before; it was replaced by " +
                          printable(to_vkey(now)) + ", and what the newer one signed is not proven by the older.",
                      "Get the newer key as you got the older one, and give it with --key."};
}

void read_pin_file(Options const& options, Trust& trust) {
    if (!options.pin_file) {
        return;
    }
    auto pin = read_pin(*options.pin_file);
    if (!pin) {
        trust.incomplete.push_back(unusable("The pin file cannot be used", pin.error()));
        return;
    }
    trust.pin = std::move(*pin);
}

/// Compares names and keys. True if the pin speaks of this ledger.
bool pin_fits(Pin const& pin, Trust& trust, Identity const& own, std::optional<note::VerifierKey> const& given,
              IntegrityLog& log) {
    auto const differ = [&log](std::string what) {
        log.add({check::identity, 0, std::nullopt, std::move(what)});
        return false;
    };
    if (was_renamed(own, note::parse_vkey(pin.key))) {
        return true;
    }
    if (auto const renamed = later_name(own, note::parse_vkey(pin.key))) {
        trust.named = trust.named.value_or(*renamed);
        return true;
    }
    if (was_replaced(own, note::parse_vkey(pin.key))) {
        trust.incomplete.push_back(key_replaced("Your pin's key", *own.key));
        return false;
    }
    if (pin.origin != trust.origin) {
        return differ("the pin is of \"" + printable(pin.origin) + "\", this ledger calls itself \"" + printable(trust.origin) +
                      "\"");
    }
    if (own.key && to_vkey(*own.key) != pin.key) {
        return differ("the pin has the key " + printable(pin.key) + ", this ledger names " + printable(to_vkey(*own.key)));
    }
    if (given && !trust.named && to_vkey(*given) != pin.key) {
        return differ("the pin has the key " + printable(pin.key) + ", the key file holds " + printable(to_vkey(*given)));
    }
    return true;
}

void choose_key(Trust& trust, std::optional<note::VerifierKey> const& given, Identity const& own, IntegrityLog& log) {
    auto const pinned = trust.pin ? note::parse_vkey(trust.pin->key) : Result<note::VerifierKey>(fail(errc::not_found, ""));
    if (given) {
        trust.key = *given;
        trust.key_from = KeyFrom::file;
        if (was_renamed(own, *given)) {
            trust.key = own.key;
        } else if (was_replaced(own, *given)) {
            trust.incomplete.push_back(key_replaced("The key that you trust", *own.key));
            trust.key = own.key;
            trust.key_from = KeyFrom::ledger;
        } else if (auto const name = later_name(own, *given)) {
            trust.named = name;  // of a ledger that took another name: whether it ever had this one, its entries say
            trust.key = own.key;
        } else if (own.key && *own.key != *given) {
            log.add({check::key, 0, std::nullopt,
                     "you trust " + printable(to_vkey(*given)) + ", this ledger names " + printable(to_vkey(*own.key))});
        }
    } else if (pinned && (was_renamed(own, pinned) || !was_replaced(own, pinned))) {
        bool const other_name = was_renamed(own, pinned) || later_name(own, pinned).has_value();
        trust.key = other_name ? *own.key : *pinned;
        trust.key_from = KeyFrom::pin;
    } else if (own.key) {
        trust.key = *own.key;
        trust.key_from = KeyFrom::ledger;
    }
}

/// Notes that the ledger's own files hold beside the entries.
void add_found_notes(std::vector<FoundNote> const& notes, Trust& trust, IntegrityLog& log) {
    for (FoundNote const& found : notes) {
        CheckedNote note = check_note(found.note, trust.key ? &*trust.key : nullptr);
        if (note.signature == Signature::malformed) {
            log.add({found.from == ClaimFrom::trailer ? check::trailer : check::signature, std::nullopt, std::nullopt,
                     "what " + found.where + " holds cannot be read as a signed checkpoint"});
            continue;
        }
        note.row_size = note.checkpoint.size;
        trust.claims.push_back(Claim{found.from, found.where, std::move(note)});
    }
}

void add_trusted(Options const& options, Trust& trust) {
    for (auto const& path : options.trusted) {
        auto text = read_small_file(path, limits::verify_small_file_bytes);
        if (!text) {
            trust.incomplete.push_back(unusable("A trusted checkpoint cannot be read", text.error()));
            continue;
        }
        CheckedNote note = check_note(trimmed(std::move(*text)) + "\n", trust.key ? &*trust.key : nullptr);
        if (note.signature == Signature::malformed) {
            trust.incomplete.push_back(
                unusable("A trusted checkpoint cannot be used",
                         fail(errc::note_malformed, path.string() + " does not hold a signed checkpoint")));
            continue;
        }
        note.row_size = note.checkpoint.size;
        trust.claims.push_back(
            Claim{ClaimFrom::trusted, "the trusted checkpoint " + printable(path.string()), std::move(note)});
    }
}

void add_pin(Options const& options, Trust& trust) {
    // The signed checkpoint that the pin keeps counts as signed; without a valid one its size and root are a memory only.
    CheckedNote note = check_note(trust.pin->checkpoint, trust.key ? &*trust.key : nullptr);
    Checkpoint const pinned{trust.pin->origin, trust.pin->size, trust.pin->root};
    bool const of_key = note.signature == Signature::valid || note.signature == Signature::other_name;
    bool const same = note.checkpoint.size == pinned.size && note.checkpoint.root == pinned.root;
    if (!of_key || !same) {
        note = CheckedNote{pinned.size, pinned, Signature::unchecked, {}};
    }
    note.row_size = pinned.size;
    trust.claims.push_back(Claim{ClaimFrom::pin, "the pin " + printable(options.pin_file->string()), std::move(note)});
}

}  // namespace

Identity identity_of(std::optional<std::string> const& first, IntegrityLog& log) {
    Identity own;
    own.first_only = true;
    auto const entry = first ? decode(*first) : Result<Entry>(fail(errc::not_found, ""));
    bool const begins = entry && consent::kind_from(entry->kind) == consent::Kind::ledger_created;
    if (!begins) {
        return own;  // the chain says what is wrong with entry 0
    }
    own.origin = entry->data.string("origin");
    auto const key = note::parse_vkey(entry->data.string("key"));
    if (!key || key->name != own.origin) {
        log.add({check::beginning, 0, std::nullopt, "the first entry names no usable key for the ledger's name"});
    } else {
        own.key = *key;
    }
    return own;
}

Trust establish_trust(Options const& options, Identity const& own, std::vector<FoundNote> const& notes, IntegrityLog& log) {
    Trust trust;
    trust.origin = own.origin;
    auto const given = key_from_file(options, trust);
    read_pin_file(options, trust);
    choose_key(trust, given, own, log);
    if (!trust.key) {
        trust.incomplete.push_back({"There is no key to check signatures with: the first entry names none that can be read.",
                                    "Give the ledger's key with --key."});
    }
    add_found_notes(notes, trust, log);
    add_trusted(options, trust);
    if (trust.pin && pin_fits(*trust.pin, trust, own, given, log)) {
        add_pin(options, trust);
    }
    return trust;
}

}  // namespace cl::verify
