// Revocations in a person's own English words, folded (review_phrases.hpp).
// Apostrophes fold away: "don't" is "dont".
//
// Threads: constants.
#pragma once

#include <string_view>

namespace cl::consent::phrases {

// clang-format off
/// Wherever they stand.
inline constexpr std::string_view english[] = {
    // stop ...
    "stop texting", "stop txting", "stop messaging", "stop msging", "stop contacting", "stop calling me",
    "stop calling this", "stop sending", "stop bothering me", "stop spamming", "stop harassing", "stop emailing",
    "stop soliciting", "stop text", "stop texts", "stop txt", "stop txts", "stop message", "stop messages",
    "stop msg", "stop msgs", "stop sms", "stop spam", "stop alerts", "stop ads", "stop promo", "stop promos",
    "stop promotions", "stop marketing", "stop notifications", "stop receiving", "stop getting", "stop the texts",
    "stop the text", "stop the messages", "stop the spam", "stop the ads", "stop these texts", "stop these messages",
    "stop these msgs", "stop this spam", "stop your messages", "stop your texts", "make it stop", "make this stop",
    "make them stop", "said stop", "say stop", "texted stop", "replied stop", "sent stop", "asked you to stop",
    "told you to stop", "want this to stop", "want these to stop", "want you to stop texting", "stop my subscription",
    "stop subscription", "stop subscriptions",
    // opt out, unsubscribe
    "opt out", "opt me out", "opt us out", "opting out", "opted out", "optout", "unsubscribe", "unsubscribing",
    "unsubscribed", "unsub me", "un subscribe", "unenroll", "unenroll me", "sign me off",
    // remove, off
    "remove me", "remove us", "remove my number", "remove my name", "remove my phone", "remove my cell", "remove my info",
    "remove my contact", "remove this number", "remove this phone", "remove number", "remove from list",
    "remove from your list", "remove from the list", "please remove my", "removed from your list", "removed from this list",
    "be removed from", "take me off", "take us off", "take my number off", "take my name off", "take this number off",
    "get me off your", "get me off this", "off your list", "off this list", "off the list", "off of your list",
    "off of this list", "off your mailing list", "off your text list", "off your contact list", "delete my number",
    "delete me from", "delete my info", "delete my information", "delete my contact", "delete this number",
    "erase my number", "lose my number", "lose this number", "loose my number", "forget my number", "lose my contact",
    // do not ...
    "do not text", "dont text", "do not txt", "dont txt", "dnt text", "do not message", "dont message", "do not msg",
    "dont msg", "do not contact", "dont contact", "do not call me", "do not call list", "do not call registry",
    "do not call this", "do not call or text", "dont call or text", "do not send me", "dont send me any",
    "dont send me anymore", "dont send me texts", "dont send me messages", "do not send any", "dont send any more",
    "do not bother me", "do not want these", "dont want these", "do not want any", "dont want any more texts",
    "dont want any more messages", "dont want your", "do not want your", "do not want texts", "dont want texts",
    "do not want messages", "dont want messages", "do not want to receive", "dont want to receive", "do not want to get",
    "dont want to get texts", "dont want to get these", "do not want to hear from", "dont want to hear from", "dont want to get messages", "do not wish to", "dont wish to receive",
    "dont want to be contacted", "do not want to be contacted", "dont want you to text", "dont want you to contact",
    "do not solicit", "never text", "never message", "never contact", "please dont text", "not to be contacted",
    "not want to be contacted", "not contact me", "not text me", "not wish to be contacted",
    // no more, quit, cease
    "quit texting", "quit messaging", "quit sending", "quit contacting", "quit calling me", "quit bothering me",
    "quit spamming", "cease and desist", "cease all", "cease contact", "cease contacting", "cease texting",
    "cease communication", "cease communications", "cease further", "cease messages", "no more text", "no more texts",
    "no more messages", "no more message", "no more msgs", "no more sms", "no more spam", "no more ads", "no more calls",
    "no more alerts", "no longer want to receive", "no longer want these", "no longer want your", "no longer wish",
    "no longer interested",
    // consent
    "revoke my consent", "revoke consent", "i revoke", "revoking my consent", "withdraw my consent", "withdraw consent",
    "do not consent", "dont consent", "did not consent", "didnt consent", "never consented", "never gave consent",
    "never gave permission", "didnt give you permission", "no consent", "without my consent", "didnt sign up",
    "did not sign up", "never signed up", "didnt subscribe", "did not subscribe", "never subscribed", "didnt ask for these",
    "didnt opt in", "did not opt in", "never opted in",
    // cancel, end
    "cancel my subscription", "cancel subscription", "cancel texts", "cancel texting", "cancel text", "cancel messages",
    "cancel these", "cancel alerts", "cancel sms", "cancel notifications", "cancel my membership", "end texts",
    "end messages", "end subscription", "end my subscription", "end text messages", "end these messages", "end these texts",
    "end all messages", "discontinue texts", "discontinue messages", "discontinue texting", "discontinue these",
    // in other words
    "wrong number", "wrong person", "wrong num", "wrong phone number", "not my number anymore", "not interested",
    "no interest in", "leave me alone", "leave us alone", "leave me be", "report you as spam", "reporting you",
    "reported as spam", "reporting this as spam", "report this as spam", "this is spam", "spamming me", "harassing me",
    "this is harassment", "you have an old number", "never gave you my number", "who gave you my number",
    "how did you get my number", "where did you get my number", "did not agree to", "didnt agree to", "never agreed to",
    "no need to text", "no solicitation", "stop these", "anymore stop", "you need to stop", "people need to stop",
    "yall need to stop", "this needs to stop", "these need to stop", "this has to stop", "nobody by that name", "no one by that name",
    "no longer at this number", "not my number", "isnt my number", "not a customer", "no longer a customer", "keep getting these",
    "keep getting texts", "keep getting messages", "keep texting", "keep messaging me", "keep sending me", "have no interest",
    "erase my info", "opt this number out", "opt my number out", "opt this phone out", "block this number", "blocking this number", "blocking you", "lawsuit", "sue you",
    "fcc complaint", "report you to the", "tcpa", "fuck off", "go away"};

/// At the start of a message.
inline constexpr std::string_view english_start[] = {
    "stop all", "turn off", "turn these off", "turn this off", "turn them off", "wrong no", "wrong nbr", "wrong sorry", "cancel all", "cancel that", "stop everything", "fuck you",
    "stop bugging", "stop annoying", "stop blowing", "quit bothering", "quit annoying", "no more of", "how do i make these stop",
    "how do i make this stop",
    "cancel my", "cancel the", "cancel this", "cancel it", "cancel me", "cancel our", "cancel order", "cancel appointment",
    "stop this", "stop these", "stop it", "stop that", "stop my", "stop your", "stop please", "end this", "end these",
    "end my", "end all", "quit it", "revoke my", "revoke all", "remove my", "remove all", "remove this", "remove please",
    "enough with the", "enough of this", "goodbye and"};

/// Keywords of all languages that count as a sentence of their own.
inline constexpr std::string_view keywords[] = {
    "stop", "quit", "revoke", "cancel", "end", "remove", "stopall", "unsub", "stopp", "alto", "baja", "parar", "pare",
    "cancelar", "salir", "detener", "arret", "arretez", "sair", "abmelden", "abbestellen", "desabonner"};
// clang-format on

}  // namespace cl::consent::phrases
