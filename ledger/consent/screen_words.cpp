// See screen_words.hpp. Words are folded: no case, no accents.

#include "ledger/consent/screen_words.hpp"

#include "ledger/consent/phrase_index.hpp"

#include <array>

namespace cl::consent {

namespace {

struct Group {
    std::uint32_t meaning;
    std::string_view words;  // apart by spaces
};

// clang-format off
constexpr Group groups[] = {
    {w_care, "doctor doctors physician nurse hospital clinic surgery surgeon surgical medical medication medications meds medicine "
             "prescription prescribed rx symptom symptoms treatment therapy therapist psychiatrist psychologist oncologist oncology "
             "cardiologist gynecologist patient patients pain sick fever flu headache infection injury pregnant depression depressed "
             "anxiety allergy allergic mri xray ultrasound icu rehab inpatient outpatient bloodwork vaccine vaccinated "
             "medico medica clinica receta embarazada enferma enfermo medecin hopital ordonnance enceinte malade consulta receita "
             "gravida doente arzt arztin krankenhaus rezept schwanger krank patientin"},
    {w_condition, "diabetes diabetic hiv cancer leukemia lymphoma melanoma tumor tumour chemo chemotherapy radiotherapy epilepsy "
                  "epileptic hepatitis tuberculosis alzheimers dementia parkinsons schizophrenia schizophrenic bipolar asthma copd "
                  "hypertension miscarriage abortion chlamydia gonorrhea syphilis herpes seizures dialysis psoriasis lupus sclerosis "
                  "fibromyalgia arthritis anemia pneumonia endometriosis autism autistic adhd ptsd anorexia bulimia overdose "
                  "mastectomy hysterectomy vasectomy colonoscopy mammogram biopsy crohns cirrhosis sepsis aneurysm neuropathy "
                  "diabetico diabetica vih sida diabete diabetique epilepsie krebs krebserkrankung zuckerkrank demenz esquizofrenia "
                  "hipertension hipertensao quimioterapia tuberculose aborto"},
    {w_diagnosed, "diagnosed diagnosis diagnoses dx icd suffers suffering diagnosticado diagnosticada diagnosticaron diagnostico diagnostic "
                  "diagnostique diagnostiquee diagnose diagnostiziert"},
    {w_medicine, "metformin insulin lisinopril atorvastatin lipitor simvastatin amlodipine metoprolol losartan gabapentin sertraline "
                 "zoloft prozac fluoxetine lexapro escitalopram citalopram bupropion wellbutrin xanax alprazolam lorazepam ativan "
                 "clonazepam klonopin diazepam valium adderall ritalin methylphenidate oxycodone oxycontin percocet hydrocodone "
                 "vicodin morphine fentanyl tramadol suboxone buprenorphine methadone naltrexone warfarin coumadin eliquis apixaban "
                 "xarelto plavix clopidogrel prednisone levothyroxine synthroid albuterol humira adalimumab ozempic wegovy "
                 "semaglutide trulicity jardiance truvada biktarvy lamotrigine lithium seroquel quetiapine abilify aripiprazole "
                 "risperidone olanzapine amoxicillin azithromycin doxycycline ciprofloxacin hydrochlorothiazide furosemide tamoxifen "
                 "letrozole keppra levetiracetam depakote topiramate methotrexate insulina metformina insuline metformine"},
    {w_dose, "mg mcg ml milligrams tablets tablet pills pill capsules capsule iu bid tid qid prn dosage dose refill"},
    {w_mrn, "mrn mrns"}, {w_record, "record records chart patient case"}, {w_medical, "medical hospital"},
    {w_number, "number num no nr nbr id identifier numero nummer"},
    {w_member, "member subscriber policyholder insurance insured beneficiary"}, {w_medicare, "medicare medicaid mbi hicn"},
    {w_ssn, "ssn ssns"}, {w_social, "social soc"}, {w_security, "security sec"},
    {w_birth, "dob birth birthdate birthday born bday nacimiento nacido nacida naissance nascimento nascido nascida geburtsdatum "
              "geboren geburtstag"},
    {w_card, "card cards visa mastercard amex discover cc credit debit cvv cvc cvv2 exp expires expiry expiration tarjeta carte karte "
             "kreditkarte cartao"},
    {w_account, "account acct acc accounts cuenta compte conta konto kontonummer checking savings"},
    {w_bank, "bank banco banque banking bancaria bancaire bancaria checking savings iban wire direct deposit"},
    {w_routing, "routing aba sortcode blz"},
    {w_month, "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
              "sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
              "januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre "
              "novembre decembre janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro"},
    {w_street, "street st avenue ave road rd blvd boulevard lane ln drive dr court ct terrace parkway pkwy highway hwy circle cir "
               "place pl way strasse"},
    {w_calle, "calle avenida rua rue plaza praca chemin"},
    {w_no_street, "the a an go going gone to of in on at my your his her our it its is was are be and or for from by with min mins "
                  "minutes hour hours hr hrs pm am day days week weeks month months year years times time more people miles km "
                  "down up that this will i you he she we they me us him them as so but not if when then than about around after "
                  "before out off over near left right next all just still get got no yes ok kids guys cars lei lor la bucks dollars"},
    {w_state, "al ak az ar ca co ct de fl ga hi id il ia ks ky la ma md me mi mn ms mo mt nc nd ne nh nj nm nv ny oh ok or pa ri sc sd "
              "tn tx ut va vt wa wi wv wy dc"},
    {w_flat, "apt apartment suite ste unit zip zipcode"},
    {w_domain, "com net org edu gov io co info biz de fr es br pt uk us it nl me ca"},
};
// clang-format on

struct Entry {
    std::string_view text;
    std::uint32_t hash = 0;
    std::uint32_t meaning = 0;
};

struct Table {
    static constexpr std::size_t size = 2048;
    std::array<Entry, size> entries{};

    constexpr Table() {
        for (Group const& group : groups) {
            std::size_t at = 0;
            while (at < group.words.size()) {
                Word const word = word_at(group.words, at);
                std::string_view const text = group.words.substr(word.begin, word.end - word.begin);
                Entry& entry = entries[place(text, word.hash)];
                entry = {text, word.hash, entry.meaning | group.meaning};
                at = word.end + 1;
            }
        }
    }

    [[nodiscard]] constexpr std::size_t place(std::string_view text, std::uint32_t hash) const {
        std::size_t at = (hash ^ (hash >> 16U)) % size;
        while (!entries[at].text.empty() && (entries[at].hash != hash || entries[at].text != text)) at = (at + 1) % size;
        return at;
    }
};
constexpr Table table;

}  // namespace

std::uint32_t screen_word(std::string_view folded, std::uint32_t hash) noexcept {
    return table.entries[table.place(folded, hash)].meaning;
}

}  // namespace cl::consent
