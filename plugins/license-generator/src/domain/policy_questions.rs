//! What a policy answers, in the order people read it: the one list behind its form, its checks and
//! the comparison of two versions.

/// What an answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number within these bounds.
    Number(i64, i64),
    /// The same, or nothing for no limit.
    Limit(i64, i64),
    /// Yes or no.
    Flag,
    /// One of these names of the wire, whose texts begin with the first text.
    Choice(&'static str, &'static [&'static str]),
    /// Any of them; all if none is chosen.
    Several(&'static str, &'static [&'static str]),
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Its name on the wire and in the form.
    pub name: &'static str,
    /// What may be answered.
    pub kind: Kind,
}

/// A part of the form: the key of its title, and its questions.
pub type Section = (&'static str, &'static [Question]);

const DAYS: i64 = 36_500;
const YEARS: i64 = 3_650;
const SEATS: i64 = 100_000;

const fn ask(name: &'static str, kind: Kind) -> Question {
    Question { name, kind }
}

const DURATION: &[Question] = &[
    ask("tipi", Kind::Several("type-", &["permanente", "trial", "abbonamento"])),
    ask("prova_giorni", Kind::Number(1, DAYS)),
    ask("durata_giorni", Kind::Limit(1, DAYS)),
    ask("durata_massima_giorni", Kind::Limit(1, DAYS)),
    ask("manutenzione_giorni", Kind::Limit(1, DAYS)),
];

const SEATING: &[Question] = &[
    ask("associazione", Kind::Choice("policy-binding-", &["dispositivo", "utente", "flottante"])),
    ask("dispositivi", Kind::Number(1, SEATS)),
    ask("dispositivi_massimi", Kind::Limit(1, SEATS)),
    ask("sforamento_percento", Kind::Number(0, 1_000)),
    ask("posto_secondi", Kind::Number(10, 86_400)),
    ask("prestito_giorni", Kind::Number(0, YEARS)),
];

const TRUST: &[Question] = &[
    ask("offline_giorni", Kind::Number(1, YEARS)),
    ask("tolleranza_giorni", Kind::Number(0, YEARS)),
    ask("alla_scadenza", Kind::Choice("at-expiry-", &["blocca", "sola_lettura", "avvisa"])),
    ask("ombra", Kind::Flag),
];

const DEVICES: &[Question] = &[
    ask("componenti_uguali", Kind::Limit(1, 32)),
    ask("gettone_rotante", Kind::Flag),
    ask("trasferimenti_massimi", Kind::Limit(0, SEATS)),
    ask("trasferimenti_giorni", Kind::Number(1, YEARS)),
];

const PAYMENT: &[Question] = &[
    ask("rinnovo", Kind::Choice("policy-renewal-", &["manuale", "automatico"])),
    ask("rinnovo_mesi", Kind::Number(1, 120)),
    ask("posticipato", Kind::Flag),
    ask("posticipo_giorni", Kind::Number(1, YEARS)),
    ask("sospensione_giorni", Kind::Limit(0, YEARS)),
];

/// The parts of the form.
pub const SECTIONS: &[Section] = &[
    ("duration", DURATION),
    ("seats", SEATING),
    ("trust", TRUST),
    ("devices", DEVICES),
    ("payment", PAYMENT),
];

/// Every question.
pub fn questions() -> impl Iterator<Item = &'static Question> {
    SECTIONS.iter().flat_map(|(_, questions)| questions.iter())
}
