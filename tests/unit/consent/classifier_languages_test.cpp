// The classifier beyond English: keywords, courtesies and revocations in a person's own words.
#include "tests/unit/consent/classified.hpp"

namespace cl::consent {

using enum MessageClass;

BOOST_AUTO_TEST_SUITE(classifier_languages)

BOOST_AUTO_TEST_CASE(keywords) {
    Case const cases[] = {
        {"ALTO", stop, "alto", "es", "whole"},
        {"Parar", stop, "parar", "es", "whole"},
        {"DETENER", stop, "detener", "es", "whole"},
        {"salir", stop, "salir", "es", "whole"},
        {"CANCELAR", stop, "cancelar", "es", "whole"},
        {"Baja", stop, "baja", "es", "whole"},
        {"¡BAJA!", stop, "baja", "es", "whole"},
        {"Arrêter", stop, "arreter", "fr", "whole"},
        {"Arre\u0302t", stop, "arret", "fr", "whole"},
        {"Désabonner", stop, "desabonner", "fr", "whole"},
        {"SAIR", stop, "sair", "pt", "whole"},
        {"Desinscrever", stop, "desinscrever", "pt", "whole"},
        {"STOPP", stop, "stopp", "de", "whole"},
        {"abmelden", stop, "abmelden", "de", "whole"},
        {"Abbestellen!", stop, "abbestellen", "de", "whole"},
        {"СТОП", stop, "стоп", "ru", "whole"},
        {"退订", stop, "退订", "zh", "whole"},
        {"AYUDA", help, "ayuda", "es", "whole"},
        {"aide", help, "aide", "fr", "whole"},
        {"Ajuda", help, "ajuda", "pt", "whole"},
        {"Hilfe", help, "hilfe", "de", "whole"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(courtesies) {
    Case const cases[] = {
        {"Alto por favor", stop, "alto", "es", "polite"}, {"Cancelar. ¡Muchas gracias!", stop, "cancelar", "es", "polite"},
        {"Stop svp", stop, "stop", "en", "polite"},       {"S'il vous plaît, arrêtez. Merci", stop, "arretez", "fr", "polite"},
        {"sair, obrigado", stop, "sair", "pt", "polite"}, {"Bitte abmelden, danke schön", stop, "abmelden", "de", "polite"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(own_words) {
    Case const cases[] = {
        {"Por favor no me envíen más mensajes", review, {}, "es", "phrase"},
        {"Número equivocado", review, "numero equivocado", "es", "phrase"},
        {"quiero darme de baja", review, "darme de baja", "es", "phrase"},
        {"¡Dejen de molestar!", review, "dejen de", "es", "phrase"},
        {"N’envoyez plus de SMS", review, {}, "fr", "phrase"},
        {"Mauvais numéro", review, "mauvais numero", "fr", "phrase"},
        {"Désabonnez-moi de cette liste", review, "desabonnez moi", "fr", "phrase"},
        {"Não quero mais receber mensagens", review, {}, "pt", "phrase"},
        {"Número errado", review, "numero errado", "pt", "phrase"},
        {"parem de me mandar isso", review, "parem de", "pt", "phrase"},
        {"Bitte keine Nachrichten mehr", review, "keine nachrichten", "de", "phrase"},
        {"Falsche Nummer", review, "falsche nummer", "de", "phrase"},
        {"Hören Sie auf!", review, "horen sie auf", "de", "phrase"},
        {"Bitte löschen Sie meine Nummer", review, "loschen sie meine", "de", "phrase"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(ordinary_messages) {
    Case const cases[] = {
        {"Mi hermano es muy alto", other},
        {"Voy a salir con ella esta noche", other},
        {"La tienda baja los precios", other},
        {"Je suis à l'arrêt de bus", other},
        {"Quero sair hoje", other},
        {"Ich kann dir keine Hilfe sein", other},
        {"gracias", other},
        {"merci", other},
        {"Остановка автобуса", other},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
