// A second round of messages in people's own words, in all languages. It was first measured unseen (docs/classifier.md) and then worked
// on like the others.
#pragma once

#include "tests/unit/consent/classifier_samples.hpp"

namespace cl::consent::samples {

using enum MessageClass;

// clang-format off
inline constexpr Sample second_round[] = {
    {"S  T  O  P !!", stop, "en"}, {"stop🙂", stop, "en"}, {"**stop**", stop, "en"}, {"_STOP_", stop, "en"}, {"stop,", stop, "en"}, {"sTOp", stop, "en"},
    {"stop stop", stop, "en"}, {"Stop! Thanks so much", stop, "en"}, {"stop kindly", stop, "en"}, {"stopp", stop, "en"}, {"atsop", stop, "en"}, {"sttopp", stop, "en"},
    {"Quit. ty", stop, "en"}, {"QUIT\u200d", stop, "en"}, {"qut", stop, "en"}, {"END END END", stop, "en"}, {"end pls", stop, "en"}, {"revoke!", stop, "en"}, {"revke", stop, "en"},
    {"cance", stop, "en"}, {"Cancel cancel", stop, "en"}, {"unsubscrbie", stop, "en"}, {"UNSUBSCRIBE\u2028", stop, "en"}, {"opt  -  out", stop, "en"}, {"Opt out. Thank you!", stop, "en"},
    {"optout pls", optout, "en"}, {"0PT0UT", optout, "en"}, {"HELP ME", other, "en"}, {"help.", help, "en"}, {"start!", start, "en"},
    {"kindly take my number off your texting system", review, "en"}, {"I do not want anymore of these", review, "en"}, {"pls dont txt this fone", review, "en"},
    {"you've got the wrong phone", review, "en"}, {"Nobody by that name here", review, "en"}, {"No longer at this number", review, "en"}, {"im not Karen", review, "en"},
    {"Quit sending me this crap", review, "en"}, {"Stop sending this to my phone please", review, "en"}, {"stop the madness, no texts", review, "en"}, {"I want to stop these", review, "en"},
    {"stop texting my husband", review, "en"}, {"I'm unsubscribing", review, "en"}, {"Take this number out of your database", review, "en"}, {"remove my cell from your list", review, "en"},
    {"No I don't want to hear from you", review, "en"}, {"I have no interest", review, "en"}, {"please don't reach out again", review, "en"}, {"I'm not a customer anymore stop", review, "en"},
    {"cancel all messages", review, "en"}, {"i wish to opt out", review, "en"}, {"opt this number out", review, "en"}, {"Do not contact.", review, "en"}, {"Stop calling and texting", review, "en"},
    {"you people need to stop", review, "en"}, {"STOP!! i dont know who you are", review, "en"}, {"i don't consent to this", review, "en"}, {"Why do I keep getting these?", review, "en"},
    {"these texts are annoying, end them", review, "en"}, {"please erase my info", review, "en"}, {"deceased", review, "en"}, {"Reported.", review, "en"}, {"blocked", review, "en"},
    {"Bus stop 44 please", other, "en"}, {"We stop serving at 9", other, "en"}, {"can't stop won't stop", other, "en"}, {"I never stop learning", other, "en"}, {"Stop being so funny haha", other, "en"},
    {"stop and smell the roses", other, "en"}, {"doors end at 10?", other, "en"}, {"end zone seats", other, "en"}, {"the quit rate is high", other, "en"}, {"He was going to quit but stayed", other, "en"},
    {"cancel that, I mean 6pm", review, "en"}, {"the show was canceled", other, "en"}, {"He said he would revoke it", other, "en"}, {"Do I need to unsubscribe from the old plan?", review, "en"},
    {"is there an opt out form for the field trip", review, "en"}, {"which number is wrong on the invoice", other, "en"}, {"my son is interested not me", other, "en"}, {"I'll end up at yours", other, "en"},
    {"The dog needs to go out", other, "en"}, {"remove the onions please", other, "en"}, {"See you at the next stop", other, "en"}, {"Any stop is fine", other, "en"}, {"I stopped taking it", other, "en"},
    {"don't quit on me", other, "en"}, {"helping hands", other, "en"}, {"Let's start over", other, "en"}, {"subscribe and save?", other, "en"}, {"No worries!", other, "en"}, {"message received", other, "en"},
    {"parar por favor", stop, "es"}, {"Salir gracias", stop, "es"}, {"detenr", stop, "es"}, {"no me molesten más", review, "es"}, {"no quiero más textos", review, "es"},
    {"Se equivocó de número", review, "es"}, {"sáquenme de ahí", review, "es"}, {"ya no me interesa", review, "es"}, {"No soy esa persona", review, "es"}, {"es muy alto el precio", other, "es"}, {"me puedes ayudar", other, "es"},
    {"arrêter svp", stop, "fr"}, {"désinscrire", stop, "fr"}, {"arrêtez de m'écrire", review, "fr"}, {"je ne suis pas intéressée", review, "fr"}, {"ce n'est pas mon numéro", review, "fr"},
    {"stop à vos pubs", review, "fr"}, {"un arrêt rapide puis j'arrive", other, "fr"}, {"vous fermez à quelle heure", other, "fr"}, {"Descadastrar por favor", stop, "pt"}, {"sair!", stop, "pt"},
    {"não quero receber isso", review, "pt"}, {"tirem meu número daí", review, "pt"}, {"não sou eu, engano", review, "pt"}, {"vou parar aí depois", other, "pt"}, {"sai às 5", other, "pt"},
    {"Abmelden!!", stop, "de"}, {"stoppen", stop, "de"}, {"Ich möchte keine Nachrichten erhalten", review, "de"}, {"Das ist nicht meine Nummer", review, "de"}, {"nehmt mich raus", review, "de"},
    {"Hör auf", review, "de"}, {"Wann ist die Anmeldung", other, "de"}, {"bin am Stoppschild", other, "de"}, {"Endlich!", other, "de"},
};
// clang-format on

}  // namespace cl::consent::samples
