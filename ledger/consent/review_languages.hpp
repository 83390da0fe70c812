// Revocations in a person's own words beyond English, folded (review_phrases.hpp).
// Apostrophes fold away: "n'envoyez" is "nenvoyez".
//
// Threads: constants.
#pragma once

#include <string_view>

namespace cl::consent::phrases {

// clang-format off
/// Wherever they stand.
inline constexpr std::string_view spanish[] = {
    "no me envien", "no me envies", "no me envie", "no me manden", "no me mandes", "no me mande", "no me escriban",
    "no me escribas", "no me escriba", "no me contacten", "no me contactes", "no me contacte", "no me llamen",
    "no me molesten", "no me molestes", "no enviar mas", "no envien mas", "no envies mas", "no manden mas", "no mandes mas",
    "no mandar mas", "no quiero recibir", "no quiero mas mensajes", "no quiero mensajes", "no quiero mas textos",
    "no quiero sus mensajes", "no deseo recibir", "ya no quiero recibir", "dejen de", "dejar de recibir", "deje de enviar",
    "deje de mandar", "deje de escribir", "deje de molestar", "deja de enviar", "deja de mandar", "deja de escribir",
    "deja de molestar", "deja de enviarme", "deja de mandarme", "deja de escribirme", "deja de molestarme",
    "dejenme en paz", "dejame en paz", "dejeme en paz", "numero equivocado", "numero incorrecto", "no estoy interesado",
    "no estoy interesada", "no me interesa", "darme de baja", "dar de baja", "denme de baja", "dame de baja",
    "deme de baja", "quitenme de", "quiteme de", "quitame de", "eliminenme", "elimineme", "eliminame de",
    "borren mi numero", "borre mi numero", "borra mi numero", "borrar mi numero", "sacame de", "saquenme de", "saqueme de",
    "cancelar mi suscripcion", "cancelar suscripcion", "cancelen mi suscripcion", "cancelar los mensajes",
    "parar los mensajes", "parar mensajes", "paren de", "pare de enviar", "alto a los mensajes", "no mas mensajes",
    "no mas textos", "no mas sms", "desuscribirme", "desuscribanme", "desinscribirme", "retiro mi consentimiento",
    "no mandar mensajes", "borrenme de", "borreme de", "borrame de", "no autorizo", "no vuelvan a", "no vuelva a",
    "se equivoco de", "se equivocaron de", "te equivocaste de", "no soy esa persona", "no soy la persona", "no es mi numero"};

inline constexpr std::string_view french[] = {
    "arretez de menvoyer", "arretez de m envoyer", "arretez de me", "arretez de mecrire", "arretez les", "arretez vos",
    "arretez ces", "arretez d envoyer", "arretez denvoyer", "arrete de me", "arrete de menvoyer", "arrete de mecrire",
    "arreter les messages", "arreter les sms", "arreter de menvoyer", "arreter de recevoir", "arreter de me",
    "ne menvoyez plus", "nenvoyez plus", "ne m envoyez plus", "ne menvoie plus", "ne menvoyez pas", "ne me contactez plus",
    "ne me contactez pas", "ne me contacte plus", "ne mecrivez plus", "ne m ecrivez plus", "ne me textez plus",
    "ne plus me contacter", "ne plus menvoyer", "ne plus mecrire", "ne plus recevoir", "plus recevoir de",
    "plus recevoir vos", "plus recevoir ces", "plus etre contacte", "plus etre contactee", "me desabonner",
    "me desinscrire", "desabonnez moi", "desinscrivez moi", "desabonner moi", "retirez moi", "enlevez moi",
    "retirez mon numero", "supprimez mon numero", "supprimez moi", "effacez mon numero", "supprimer mon numero",
    "mauvais numero", "faux numero", "pas le bon numero", "trompe de numero", "pas interesse", "pas interessee",
    "laissez moi tranquille", "laisse moi tranquille", "foutez moi la paix", "fichez moi la paix", "stop aux messages",
    "stop les messages", "stop aux sms", "stop les sms", "plus de messages", "plus de sms", "plus de textos", "plus de pub",
    "annuler mon abonnement", "resilier mon abonnement", "retire mon consentement", "rayez moi",
    "trompez de numero", "enlevez mon", "ne minteresse pas", "ne m interesse pas", "supprimez mes", "effacez mes",
    "pas mon numero", "stop a vos", "stop vos", "stop avec"};

inline constexpr std::string_view portuguese[] = {
    "pare de", "parem de", "para de me mandar", "para de mandar", "parar de enviar", "parar de mandar", "parar de receber",
    "deixar de receber", "deixem de", "nao me envie", "nao me envia", "nao me enviem", "nao me mande", "nao me manda",
    "nao me mandem", "nao envie mais", "nao enviem mais", "nao enviar mais", "nao mande mais", "nao mandem mais",
    "nao manda mais", "nao quero receber", "nao quero mais receber", "nao quero mais mensagens", "nao quero mensagens",
    "nao desejo receber", "nao desejo mais", "nao me incomode", "nao me incomodem", "nao me contate", "nao me contatem",
    "nao me contacte", "nao me contactem", "nao me ligue", "nao me liguem", "nao me escreva", "me remova", "me removam",
    "me retire", "me retirem", "remover meu numero", "remova meu numero", "remova o meu numero", "remover o meu numero",
    "tire meu numero", "tira meu numero", "apague meu numero", "apaga meu numero", "exclua meu numero", "me tire da",
    "me tira da", "me tirem da", "tire me da", "me exclua", "me descadastre", "me descadastrar", "me descadastrem",
    "descadastrar meu", "cancelar minha inscricao", "cancele minha inscricao", "cancelar a minha inscricao",
    "cancelar minha assinatura", "cancelar inscricao", "numero errado", "numero incorreto", "nao tenho interesse",
    "nao ha interesse", "sem interesse", "nao estou interessado", "nao estou interessada", "me deixe em paz",
    "me deixa em paz", "me deixem em paz", "deixe me em paz", "deixem me em paz", "sair da lista", "sair desta lista",
    "chega de mensagens", "chega de sms", "retiro meu consentimento", "revogo meu consentimento", "me tira dessa",
    "me tira desta", "me tire dessa", "me tire desta", "cancelem minha", "cancela minha inscricao", "nao me perturbe",
    "nao me perturbem", "nao autorizo", "tirem meu",
    "tire meu", "nao sou essa pessoa", "nao e meu numero", "nao sou eu"};

inline constexpr std::string_view german[] = {
    "keine nachrichten", "keine nachricht mehr", "keine sms", "keine weiteren nachrichten", "keine weiteren sms",
    "keine werbung", "nicht mehr schreiben", "nicht mehr kontaktieren", "nicht mehr anschreiben", "nicht mehr erhalten",
    "nicht mehr kontaktiert", "kein interesse", "nicht interessiert", "falsche nummer", "falsche telefonnummer",
    "falsche handynummer", "lassen sie mich in ruhe", "lass mich in ruhe", "lasst mich in ruhe", "horen sie auf",
    "hoeren sie auf", "hor auf mir", "hort auf mir", "hor auf zu schreiben", "mich abmelden", "melden sie mich ab",
    "melde mich ab", "meldet mich ab", "von der liste abmelden", "mich austragen", "tragen sie mich aus", "trag mich aus",
    "loschen sie meine", "loeschen sie meine", "losche meine nummer", "loesche meine nummer", "meine nummer loschen",
    "meine nummer loeschen", "meine daten loschen", "meine daten loeschen", "ich widerrufe", "einwilligung widerrufen",
    "widerrufe meine", "schreiben sie mir nicht", "schreib mir nicht mehr", "schreibt mir nicht mehr",
    "kontaktieren sie mich nicht", "kontaktiert mich nicht", "schicken sie mir keine", "schickt mir keine",
    "senden sie mir keine", "von der liste", "vom verteiler", "aus dem verteiler", "aus ihrem verteiler",
    "newsletter abbestellen", "nachrichten abbestellen", "sms abbestellen", "abo kundigen", "abo kuendigen",
    "diese nachrichten nicht", "diese sms nicht", "nicht meine nummer", "nehmt mich",
    "nehmen sie mich von", "nehmen sie mich raus", "nehmen sie mich aus", "nimm mich raus"};
// clang-format on

}  // namespace cl::consent::phrases
