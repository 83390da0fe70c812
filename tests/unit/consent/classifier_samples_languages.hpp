// Beyond English: keywords, revocations in people's own words and near misses. Improved upon like the English ones.
#pragma once

#include "tests/unit/consent/classifier_samples.hpp"

namespace cl::consent::samples {

using enum MessageClass;

// clang-format off
inline constexpr Sample languages[] = {
    // Spanish
    {"ALTO", stop, "es"}, {"Alto!", stop, "es"}, {"¡ALTO!", stop, "es"}, {"parar", stop, "es"}, {"PARE", stop, "es"}, {"Detener", stop, "es"},
    {"salir", stop, "es"}, {"CANCELAR", stop, "es"}, {"canselar", stop, "es"}, {"cancelra", stop, "es"}, {"BAJA", stop, "es"}, {"Baja, gracias", stop, "es"},
    {"Alto por favor", stop, "es"}, {"darse de baja", stop, "es"}, {"Cancelar todo", stop, "es"}, {"desuscribirse", stop, "es"}, {"Desuscribir", stop, "es"},
    {"STOP por favor", stop, "es"}, {"eliminar", review, "es"}, {"ＡＬＴＯ", stop, "es"},
    {"no me manden más mensajes", review, "es"}, {"Ya no me escriban por favor", review, "es"}, {"No me textee más", review, "es"},
    {"Quítenme de la lista", review, "es"}, {"borren mi número", review, "es"}, {"Número equivocado", review, "es"}, {"No soy María, número equivocado", review, "es"},
    {"no estoy interesado gracias", review, "es"}, {"no me interesa", review, "es"}, {"déjenme en paz", review, "es"}, {"Dejen de molestar", review, "es"},
    {"Quiero cancelar mi suscripción", review, "es"}, {"quiero darme de baja", review, "es"}, {"ya no quiero recibir sus mensajes", review, "es"},
    {"no más mensajes", review, "es"}, {"paren de mandar mensajes", review, "es"}, {"basta", review, "es"}, {"Ya basta!", review, "es"}, {"bórrenme de su lista", review, "es"},
    {"No autorizo que me contacten", review, "es"}, {"retiro mi consentimiento", review, "es"}, {"no vuelvan a escribirme", review, "es"}, {"alto ya", review, "es"},
    {"AYUDA", help, "es"}, {"ayuda por favor", help, "es"}, {"iniciar", start, "es"}, {"Suscribirme", start, "es"},
    {"Mi hijo es alto", other, "es"}, {"voy a salir ahora", other, "es"}, {"la parada del bus", other, "es"}, {"pare de contar jaja", review, "es"}, {"está en baja", other, "es"},
    {"no puedo parar de reír", other, "es"}, {"Voy a cancelar la cita de mañana", other, "es"}, {"necesito ayuda con mi pedido", other, "es"}, {"Sí", other, "es"},
    {"gracias", other, "es"}, {"planta baja", other, "es"}, {"alta", other, "es"}, {"retener", other, "es"}, {"¿A qué hora cierran?", other, "es"}, {"sí me interesa", other, "es"},
    {"Dejen la caja en la puerta", other, "es"}, {"cancelado", other, "es"}, {"manden más fotos", other, "es"}, {"voz alta", other, "es"},
    // French
    {"arret", stop, "fr"}, {"Arrêter", stop, "fr"}, {"arrêtez", stop, "fr"}, {"ARRETE svp", stop, "fr"}, {"STOP svp", stop, "fr"},
    {"Stop s'il vous plaît", stop, "fr"}, {"Désabonner", stop, "fr"}, {"désabonnement", stop, "fr"}, {"desaboner", stop, "fr"}, {"désinscription", stop, "fr"},
    {"Se désabonner", stop, "fr"}, {"résilier", review, "fr"}, {"annuler", review, "fr"}, {"aret", stop, "fr"}, {"Stop, merci beaucoup", stop, "fr"}, {"STOP SMS", review, "fr"},
    {"Arrêtez de m'envoyer des messages", review, "fr"}, {"Ne m'envoyez plus rien", review, "fr"}, {"ne me contactez plus", review, "fr"},
    {"Je ne veux plus recevoir vos sms", review, "fr"}, {"je ne souhaite plus être contacté", review, "fr"}, {"Mauvais numéro", review, "fr"},
    {"Vous vous trompez de numéro", review, "fr"}, {"Désabonnez-moi", review, "fr"}, {"Retirez-moi de la liste", review, "fr"}, {"enlevez mon numéro", review, "fr"},
    {"Pas intéressé merci", review, "fr"}, {"ça ne m'intéresse pas", review, "fr"}, {"laissez-moi tranquille", review, "fr"}, {"ça suffit", review, "fr"},
    {"plus de pub svp", review, "fr"}, {"Je retire mon consentement", review, "fr"}, {"foutez-moi la paix", review, "fr"}, {"supprimez mes données", review, "fr"},
    {"arrêtez avec vos sms", review, "fr"}, {"Aide", help, "fr"}, {"AIDE svp", help, "fr"}, {"commencer", start, "fr"},
    {"Je suis à l'arrêt de bus", other, "fr"}, {"arrêt maladie", other, "fr"}, {"il n'arrête pas de pleuvoir", other, "fr"}, {"merci pour l'aide", other, "fr"},
    {"On s'arrête où ?", other, "fr"}, {"Non merci pas de sac", other, "fr"}, {"oui", other, "fr"}, {"je vais annuler mon cours", other, "fr"}, {"Je suis intéressée", other, "fr"},
    {"le bon numéro est le 12", other, "fr"}, {"sans arrêt", other, "fr"}, {"n'arrêtez pas", other, "fr"}, {"Arrêtez-vous à la boulangerie", other, "fr"}, {"fin", other, "fr"},
    // Portuguese
    {"SAIR", stop, "pt"}, {"Sair, obrigado", stop, "pt"}, {"sair por favor", stop, "pt"}, {"PARAR", stop, "pt"}, {"Pare!", stop, "pt"}, {"Cancelar", stop, "pt"},
    {"descadastrar", stop, "pt"}, {"Desinscrever", stop, "pt"}, {"cancelar inscrição", stop, "pt"}, {"parar tudo", stop, "pt"}, {"descadastar", stop, "pt"}, {"Remover", review, "pt"},
    {"não quero mais receber mensagens", review, "pt"}, {"Nao me mande mais mensagem", review, "pt"}, {"parem de me mandar isso", review, "pt"},
    {"Número errado", review, "pt"}, {"Me tira dessa lista", review, "pt"}, {"me remova por favor", review, "pt"}, {"Não tenho interesse", review, "pt"},
    {"não estou interessada", review, "pt"}, {"me deixa em paz", review, "pt"}, {"chega", review, "pt"}, {"Apaga meu número", review, "pt"}, {"Pare de mandar mensagem", review, "pt"},
    {"Cancelem minha inscrição", review, "pt"}, {"não envie mais nada", review, "pt"}, {"revogo meu consentimento", review, "pt"}, {"não me perturbe", review, "pt"},
    {"Quero sair da lista", review, "pt"}, {"não autorizo mensagens", review, "pt"}, {"Ajuda", help, "pt"}, {"ajuda por favor", help, "pt"}, {"voltar", start, "pt"},
    {"vou sair agora", other, "pt"}, {"não para de chover", other, "pt"}, {"a parada do ônibus", other, "pt"}, {"Preciso de ajuda com o pedido", other, "pt"},
    {"sim", other, "pt"}, {"obrigado", other, "pt"}, {"Tenho interesse", other, "pt"}, {"não pare", other, "pt"}, {"Vamos sair hoje?", other, "pt"}, {"Chega amanhã?", other, "pt"},
    {"cheguei", other, "pt"}, {"O número certo é 12", other, "pt"}, {"não consigo parar de rir", other, "pt"}, {"fim", other, "pt"},
    // German
    {"STOPP", stop, "de"}, {"Stopp!", stop, "de"}, {"Stop bitte", stop, "de"}, {"Bitte stopp", stop, "de"}, {"Abmelden", stop, "de"}, {"ABMELDUNG", stop, "de"},
    {"abbestellen", stop, "de"}, {"Bitte abmelden, danke", stop, "de"}, {"austragen", stop, "de"}, {"abmeldne", stop, "de"}, {"Abbestelen", stop, "de"}, {"kündigen", review, "de"},
    {"widerrufen", review, "de"}, {"Widerruf", review, "de"},
    {"Bitte keine Nachrichten mehr", review, "de"}, {"Keine Werbung mehr!", review, "de"}, {"Schreiben Sie mir nicht mehr", review, "de"}, {"Falsche Nummer", review, "de"},
    {"Sie haben die falsche Nummer", review, "de"}, {"Kein Interesse", review, "de"}, {"bin nicht interessiert", review, "de"}, {"Lassen Sie mich in Ruhe", review, "de"},
    {"Hören Sie auf mir zu schreiben", review, "de"}, {"Löschen Sie meine Nummer", review, "de"}, {"Nehmen Sie mich von der Liste", review, "de"},
    {"Ich widerrufe meine Einwilligung", review, "de"}, {"Ich möchte mich abmelden", review, "de"}, {"ich will keine SMS mehr bekommen", review, "de"}, {"Aufhören!", review, "de"},
    {"Es reicht", review, "de"}, {"melden Sie mich ab", review, "de"}, {"bitte nicht mehr anschreiben", review, "de"}, {"Newsletter abbestellen bitte", review, "de"},
    {"Ich will diese Nachrichten nicht", review, "de"}, {"Hilfe", help, "de"}, {"HILFE bitte", help, "de"}, {"anmelden", start, "de"},
    {"An der nächsten Haltestelle", other, "de"}, {"Danke für die Hilfe", other, "de"}, {"ja", other, "de"}, {"nein danke keine Tüte", other, "de"}, {"Ende", other, "de"},
    {"am Ende der Woche", other, "de"}, {"Ich habe Interesse", other, "de"}, {"Ich kann nicht aufhören zu lachen", other, "de"}, {"die richtige Nummer ist 12", other, "de"},
    {"Stoppuhr", other, "de"}, {"Anmeldung", other, "de"}, {"nonstop offen?", other, "de"}, {"ohne Stopp nach Köln", other, "de"}, {"Keine Ahnung", other, "de"},
    // others
    {"СТОП", stop, "ru"}, {"стоп, спасибо", stop, "ru"}, {"Отписаться", stop, "ru"}, {"退订", stop, "zh"}, {"取消订阅", stop, "zh"}, {"退订。", stop, "zh"}, {"AFMELDEN", stop, "nl"},
    {"stop aub", stop, "nl"}, {"Annulla iscrizione", stop, "it"}, {"停止", stop, "zh"}, {"停止。", stop, "zh"}, {"Остановка", other, "ru"}, {"停車場", other, "zh"}, {"ciao", other, "it"},
};
// clang-format on

}  // namespace cl::consent::samples
