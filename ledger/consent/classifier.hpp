// What an inbound text is: an opt-out in any format (S1), a compliance keyword, a revocation in a person's own words, or
// just a message. Whole messages decide; a keyword inside a sentence never opts anybody out, it asks a human at most.
//
// Threads: pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cl::consent {

/// What an inbound text is, in match order (docs/behaviour.md "Order and precedence") without the account's own triggers, which the caller asks
/// between stop and the rest.
enum class MessageClass : std::uint8_t { stop, help, optout, start, review, other };

/// "stop", "help", "optout", "start", "review", "other", as answers spell them.
[[nodiscard]] std::string_view name(MessageClass c) noexcept;

/// The answer of classify(). Every text points to static storage.
struct Classification {
    MessageClass cls = MessageClass::other;
    std::string_view keyword;   ///< canonical keyword that matched ("stop", "unsubscribe", "stop all"), empty for other
    std::string_view language;  ///< "en", "es", ..., "und" for a sign without words; empty for other
    std::string_view match;     ///< "whole", "polite" (keyword with courtesy words), "typo", "phrase"; empty for other
};

/// What the text is. Any thread; pure; time linear in the text; never throws on any bytes (invalid UTF-8 bytes are treated
/// as separators).
///
/// Two decisions that the sources leave open (47 CFR 64.1200(a)(10)):
/// - two words "opt out", also typed "OPT-OUT", are stop: they are on the FCC's list of words that revoke by themselves. One
///   word OPTOUT is optout: the trigger of S18, about one list where the account defined it, about the account where not.
/// - START, UNSTOP, RESUME and SUBSCRIBE alone are start. YES is no keyword here: any later ordinary message opts the contact
///   back in (S2), and "yes" is the most ordinary of answers.
[[nodiscard]] Classification classify(std::string_view text);

/// The text as it is compared: case, width, diacritics folded; punctuation, emoji, zero-width and combining characters
/// dropped; spaces collapsed. Also used to match an account's own triggers ("I'm Interested!" == "im interested").
/// Dropped punctuation and emoji still part words ("opt-out" becomes "opt out", "S.T.O.P" becomes "s t o p"); apostrophes and
/// what has no width do not. Never longer than the text. Empty if nothing is left to compare.
[[nodiscard]] std::string fold(std::string_view text);

/// Revision of the keyword lists, recorded with a policy; raised whenever classify() may answer differently.
inline constexpr int classifier_revision = 2;

}  // namespace cl::consent
