// STOP "in any format" (S1): the seven words of 47 CFR 64.1200(a)(10) and what carriers add, in every form in which the public
// reports say that they arrive. "stop texting me", "remove me" and "please opt me out" are natural language and so for a person.
#pragma once

#include "tests/unit/consent/classifier_samples.hpp"

namespace cl::consent::samples {

using enum MessageClass;

// clang-format off
inline constexpr Sample fixture[] = {
    {"STOP", stop, "en"}, {"stop", stop, "en"}, {" Stop ", stop, "en"}, {"STOP.", stop, "en"}, {"\"STOP\"", stop, "en"},
    {"Stop!!!", stop, "en"}, {"ＳＴＯＰ", stop, "en"}, {"S T O P", stop, "en"}, {"S.T.O.P", stop, "en"}, {"stop\n", stop, "en"},
    {"STOP\u200b", stop, "en"}, {"STOPALL", stop, "en"}, {"STOP ALL", stop, "en"}, {"Stop all", stop, "en"},
    {"Unsubscribe", stop, "en"}, {"CANCEL", stop, "en"}, {"end", stop, "en"}, {"Quit", stop, "en"}, {"REVOKE", stop, "en"},
    {"opt out", stop, "en"}, {"OPT-OUT", stop, "en"}, {"optout", optout, "en"}, {"ARRET", stop, "fr"}, {"ARRÊT", stop, "fr"},
    {"🛑 STOP", stop, "en"}, {"STOP PLEASE", stop, "en"}, {"Please stop", stop, "en"}, {"Stop. Thank you", stop, "en"},
    {"Stpo", stop, "en"}, {"stopppp", stop, "en"},
    {"remove me", review, "en"}, {"stop texting me", review, "en"}, {"please opt me out", review, "en"}, {"No mas", review, "es"},
    {"STOP 12345", review, "en"}, {"Stop-1", review, "en"}, {"STOP ads", review, "en"}, {"leave me alone", review, "en"},
    {"wrong number", review, "en"}, {"not interested", review, "en"}, {"goodbye", review, "en"},
    {"do not text and drive", review, "en"}, {"Please cancel my order!", review, "en"},
    {"Yup next stop.", other, "en"}, {"bus stop", other, "en"}, {"I'll stop by tomorrow", other, "en"},
    {"she revoked my earlier RSVP", other, "en"}, {"that clause is irrevocable", other, "en"},
    {"We have got to STOP this terrible bill from passing!!", other, "en"}, {"Stop knowing me so well!", other, "en"},
    {"this month end", other, "en"}, {"weekend", other, "en"}, {"unstoppable", other, "en"}, {"UNSTOP", start, "en"},
    {"I will be home between the hours of", other, "en"},
    // the other six words in the same dress
    {"quit", stop, "en"}, {"QUIT!!", stop, "en"}, {"q u i t", stop, "en"}, {"Q.U.I.T.", stop, "en"}, {"ｑｕｉｔ", stop, "en"},
    {"Quit please", stop, "en"}, {"quitt", stop, "en"}, {"End.", stop, "en"}, {"\"END\"", stop, "en"}, {"E N D", stop, "en"},
    {"ＥＮＤ", stop, "en"}, {"end, thanks", stop, "en"}, {"Revoke.", stop, "en"}, {"r e v o k e", stop, "en"}, {"ＲＥＶＯＫＥ", stop, "en"},
    {"revokee", stop, "en"}, {"Please revoke", stop, "en"}, {"cancel\r\n", stop, "en"}, {"C-A-N-C-E-L", stop, "en"},
    {"ＣＡＮＣＥＬ", stop, "en"}, {"Cancel thanks", stop, "en"}, {"cancle", stop, "en"}, {"UNSUBSCRIBE!", stop, "en"},
    {"un subscribe", stop, "en"}, {"Un-Subscribe.", stop, "en"}, {"u n s u b s c r i b e", stop, "en"}, {"unsubcribe", stop, "en"},
    {"please unsubscribe", stop, "en"}, {"Opt Out!", stop, "en"}, {"(opt-out)", stop, "en"}, {"ＯＰＴ　ＯＵＴ", stop, "en"},
    {"opt out please", stop, "en"}, {"OPT_OUT", stop, "en"}, {"opt/out", stop, "en"},
    // punctuation of other scripts
    {"STOP。", stop, "en"}, {"STOP！", stop, "en"}, {"¡STOP!", stop, "en"}, {"«STOP»", stop, "en"}, {"「STOP」", stop, "en"},
    {"『STOP』", stop, "en"}, {"【STOP】", stop, "en"}, {"STOP؟", stop, "en"}, {"STOP،", stop, "en"}, {"STOP۔", stop, "en"},
    {"STOP।", stop, "en"}, {"STOP॥", stop, "en"}, {"STOP՞", stop, "en"}, {"STOP։", stop, "en"}, {"STOP\u1362", stop, "en"},
    {"STOP\u104B", stop, "en"}, {"STOP\u17D4", stop, "en"}, {"STOP\u0F0D", stop, "en"}, {"STOP\u1803", stop, "en"},
    {"STOP\u05BE", stop, "en"}, {"STOP\u10FB", stop, "en"}, {"STOP\u0E2F", stop, "en"}, {"STOP・", stop, "en"}, {"STOP、", stop, "en"},
    {"„STOP“", stop, "en"}, {"‹STOP›", stop, "en"}, {"STOP…", stop, "en"}, {"—STOP—", stop, "en"}, {"STOP‽", stop, "en"},
    // emoji, zero width, combining, styled letters
    {"STOP 🙏🏽", stop, "en"}, {"STOP ❤️", stop, "en"}, {"✋STOP✋", stop, "en"}, {"STOP👨‍👩‍👧", stop, "en"}, {"🛑🛑🛑STOP🛑🛑🛑", stop, "en"},
    {"S🛑T🛑O🛑P", stop, "en"}, {"\ufeffSTOP", stop, "en"}, {"S\u2060T\u2060O\u2060P", stop, "en"}, {"ST\u00adOP", stop, "en"},
    {"S\u180eTOP", stop, "en"}, {"STOP\u2800", stop, "en"}, {"\u2067STOP\u2069", stop, "en"}, {"S\u034fT\u034fOP", stop, "en"},
    {"S\u0337T\u0337O\u0337P\u0337", stop, "en"}, {"S\u20DDTOP", stop, "en"}, {"𝕊𝕋𝕆ℙ", stop, "en"}, {"𝐒𝐓𝐎𝐏", stop, "en"},
    {"𝓢𝓣𝓞𝓟", stop, "en"}, {"🅂🅃🄾🄿", stop, "en"}, {"🆂🆃🅾🅿", stop, "en"}, {"ST🅾️P", stop, "en"}, {"🇸🇹🇴🇵", stop, "en"},
    {"🇸 🇹 🇴 🇵", stop, "en"}, {"ⓢⓣⓞⓟ", stop, "en"}, {"ꜱᴛᴏᴘ", stop, "en"}, {"ЅТОР", stop, "en"}, {"ꓢꓔꓳꓑ", stop, "en"}, {"ᏚᎢOᏢ", stop, "en"},
    {"$TOP", stop, "en"}, {"5T0P", stop, "en"}, {"CANCE1", stop, "en"}, {"𝒬𝓊𝒾𝓉", stop, "en"}, {"ℂ𝔸ℕℂ𝔼𝕃", stop, "en"}, {"ℝ𝔼𝕍𝕆𝕂𝔼", stop, "en"},
};
// clang-format on

}  // namespace cl::consent::samples
