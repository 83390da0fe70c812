// Never used to improve the lists: what the classifier is worth on messages that nobody tuned it on. Whoever changes a list because of a
// case here moves that case to classifier_samples_second.hpp and writes another.
#pragma once

#include "tests/unit/consent/classifier_samples.hpp"

namespace cl::consent::samples {

using enum MessageClass;

// clang-format off
inline constexpr Sample held_out[] = {
    {"STOP!!!!!!!!!", stop, "en"}, {"st0p", stop, "en"}, {"Stop\u3000", stop, "en"}, {"STOP 😡😡", stop, "en"}, {"~stop~", stop, "en"}, {"syop", stop, "en"}, {"sto p", stop, "en"},
    {"Stop thankyou", stop, "en"}, {"pls pls stop", stop, "en"}, {"QUIT QUIT", stop, "en"}, {"quitr", stop, "en"}, {"E.N.D.", stop, "en"}, {"end.. thx", stop, "en"}, {"Cancel!!", stop, "en"},
    {"cxncel", stop, "en"}, {"rvoke", stop, "en"}, {"UNSUBSCRIBBE", stop, "en"}, {"usubscribe", stop, "en"}, {"opt-out, thanks", stop, "en"}, {"OPT  OUT", stop, "en"}, {"stop-all", stop, "en"},
    {"Optout.", optout, "en"}, {"Help pls", help, "en"}, {"INFO.", help, "en"}, {"unstop!", start, "en"},
    {"would you kindly quit messaging this phone", review, "en"}, {"I asked to be removed weeks ago", review, "en"}, {"please pull my number from your system", review, "en"},
    {"why are you texting me", review, "en"}, {"You keep texting the wrong guy", review, "en"}, {"This number belongs to someone else now", review, "en"}, {"Sorry you got the wrong girl", review, "en"},
    {"Not Jessica", review, "en"}, {"I don't know any Brian, stop messaging", review, "en"}, {"do not send me anymore offers", review, "en"}, {"I'm done getting these", review, "en"},
    {"enough with the promos!!", review, "en"}, {"ugh stop sending these every day", review, "en"}, {"Take us off your call list", review, "en"}, {"we want off", review, "en"},
    {"I'd like these alerts to end", review, "en"}, {"please discontinue messaging", review, "en"}, {"I didn't subscribe to this", review, "en"}, {"i did not give you permission", review, "en"},
    {"I take back my consent", review, "en"}, {"Please respect my privacy and do not text", review, "en"}, {"I'm on the do not call list", review, "en"}, {"you are violating the TCPA", review, "en"},
    {"reporting to FTC if you text again", review, "en"}, {"Stop. Just stop.", review, "en"}, {"STOP - wrong number", review, "en"}, {"Stop pls im in a meeting", review, "en"},
    {"no more marketing messages", review, "en"}, {"unsubscribe this phone number", review, "en"}, {"opt my number out", review, "en"}, {"I don't need your services anymore", review, "en"},
    {"go bother someone else", review, "en"}, {"Delete me.", review, "en"}, {"I'm not interested in this at all", review, "en"}, {"cancel everything", review, "en"},
    {"Will the bus stop at Elm?", other, "en"}, {"he won't stop barking", other, "en"}, {"The music never stops", other, "en"}, {"Stop at the store and get milk", other, "en"}, {"stopping by around 3", other, "en"},
    {"Can we end the lease early?", other, "en"}, {"END of quarter report attached", other, "en"}, {"What's the end date", other, "en"}, {"Tell him to quit worrying", other, "en"}, {"Did you cancel your appointment or me?", other, "en"},
    {"i got it cancelled already", other, "en"}, {"Does it remove rust?", other, "en"}, {"text me when you get here", other, "en"}, {"Send me the list of sizes", other, "en"}, {"Is this on sale or off?", other, "en"},
    {"Please don't forget my number 7 jersey", other, "en"}, {"Nothing is wrong with my phone", other, "en"}, {"I'm not interested in the red, only blue", review, "en"}, {"Leave the package with my neighbor", other, "en"},
    {"I never got my order", other, "en"}, {"Don't call before 9, text is ok", review, "en"}, {"My son stopped playing last year", other, "en"}, {"how do I start over", other, "en"}, {"help yourself", other, "en"},
    {"thanks, that helps", other, "en"}, {"wrong size, can I exchange", other, "en"}, {"No, the other one", other, "en"}, {"great messages lately, keep going", other, "en"}, {"👏👏", other, "und"},
    {"Detener por favor", stop, "es"}, {"BAJA.", stop, "es"}, {"cancelr", stop, "es"}, {"Ya no quiero mensajes", review, "es"}, {"Se equivocaron de persona", review, "es"}, {"elimínenme de su lista", review, "es"},
    {"no sigan mandando", review, "es"}, {"dejen de escribirme", review, "es"}, {"está muy alta la música", other, "es"}, {"¿pueden parar en mi casa?", other, "es"}, {"no me llegó el pedido", other, "es"},
    {"Arrêt svp", stop, "fr"}, {"STOP merci", stop, "fr"}, {"desabonnner", stop, "fr"}, {"Ne m'écrivez plus jamais", review, "fr"}, {"je veux me désinscrire", review, "fr"}, {"arrêtez vos pubs", review, "fr"},
    {"vous avez le mauvais numéro", review, "fr"}, {"je m'arrête chez toi", other, "fr"}, {"c'est la fin du mois", other, "fr"}, {"je n'ai rien reçu", other, "fr"},
    {"Sair.", stop, "pt"}, {"pare por favor", stop, "pt"}, {"descadastra", stop, "pt"}, {"parem com essas mensagens", review, "pt"}, {"não me liguem mais", review, "pt"}, {"não sou cliente, me tirem da lista", review, "pt"},
    {"pode parar na esquina", other, "pt"}, {"não chegou ainda", other, "pt"}, {"Stopp bitte", stop, "de"}, {"abmeldung bitte", stop, "de"}, {"Abbestelllen", stop, "de"}, {"Keine SMS mehr", review, "de"},
    {"Nehmen Sie meine Nummer raus", review, "de"}, {"Ich habe kein Interesse", review, "de"}, {"Bitte nicht mehr schreiben", review, "de"}, {"wo ist die Bushaltestelle", other, "de"}, {"Am Ende passt es", other, "de"},
};
// clang-format on

}  // namespace cl::consent::samples
