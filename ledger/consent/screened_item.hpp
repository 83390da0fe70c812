// The screens of screen.hpp on what is posted: which of its texts they look at, and what becomes of a text that they suspect.
//
// The texts are looked at when the change is read (change_item.hpp, inbound.hpp), on any thread and before anything is stored; what to do about them
// is the account's choice and is known when the entry is made.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/consent/change_item.hpp"
#include "ledger/consent/inbound.hpp"
#include "ledger/consent/pack.hpp"

namespace cl::consent {

/// Looks at every free text and every clear line of the posted change, and notes in `item.suspicions` those that may need an answer.
/// Not looked at: ids, times, digests, addresses of pages and the headers of an e-mail, which are no prose.
void note_suspicions(ChangeItem& item, json::Object const& posted);

/// What the pack says of the suspicions (docs/policy-packs.md "Texts"): refused with errc::phi_suspected or, for other personal data,
/// errc::invalid, at the text's JSON pointer; a text of an opt-out or a block is left out instead (`text_withheld`), since nothing refuses one;
/// or kept, and named in `suspected`, which CL-080 and CL-081 judge. The error never repeats the text.
[[nodiscard]] Result<void> apply_screens(ChangeItem& item, Pack const& pack);

/// The same for a message. It is somebody else's words and never refused: where the pack refuses such texts, the body is left out of the
/// opening (`text_withheld`), else it is kept and named. What the message means is read from the body either way.
void apply_screens(InboundMessage& message, Pack const& pack);

}  // namespace cl::consent
