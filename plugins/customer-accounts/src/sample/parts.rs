//! Contacts, sites and notes of three in five customers of the sample, of every organisation.

use plugin_api::{Cx, Fault};

use crate::domain::{Answers, Customer, Part, PartKind, checked};
use crate::store;

/// Name and role of the contacts of Italian customers.
const ITALIAN: [(&str, &str); 9] = [
    ("Marta Benedetti", "Amministrazione"),
    ("Luca Ferraris", "Responsabile IT"),
    ("Giulia Sartori", "Titolare"),
    ("Paolo Deledda", "Acquisti"),
    ("Chiara Montanari", "Amministrazione"),
    ("Stefano Pinna", "Responsabile sistemi"),
    ("Elisa Bortoluzzi", "Direzione"),
    ("Andrea Galimberti", "Contabilità"),
    ("Sara D'Amico", "Segreteria"),
];

/// Those of the others.
const FOREIGN: [(&str, &str); 5] = [
    ("Anna Lindqvist", "Accounts payable"),
    ("Thomas Keller", "Head of IT"),
    ("Joana Figueira", "Owner"),
    ("Émile Garnier", "Purchasing"),
    ("Kate Whitfield", "Office manager"),
];

/// Name, address, postal code, city and province of further sites.
const SITES: [[&str; 5]; 5] = [
    ["Magazzino", "Via dell'Industria 12", "35010", "Limena", "PD"],
    ["Filiale di Udine", "Viale Tricesimo 101", "33100", "Udine", "UD"],
    ["Punto vendita centro", "Corso Italia 8", "34121", "Trieste", "TS"],
    ["Ufficio commerciale", "Via Emilia Est 44", "41121", "Modena", "MO"],
    ["Deposito", "Strada del Portone 61", "10095", "Grugliasco", "TO"],
];

const NOTES: [&str; 6] = [
    "Chiamare la mattina: nel pomeriggio sono in laboratorio.",
    "Vuole passare al rinnovo triennale; mandare il preventivo entro fine mese.",
    "Prima installazione seguita in sede, tutto a posto. Prossima visita in autunno.",
    "Il nuovo responsabile IT chiede l'accesso al portale.",
    "Interessati al modulo documenti: provato insieme al telefono.",
    "Attenzione: la fattura va intestata alla capogruppo.",
];

/// Enters them.
pub(super) async fn enter(cx: &Cx, customers: &[Customer]) -> Result<(), Fault> {
    let some = customers.iter().enumerate().filter(|(place, _)| place % 5 % 2 == 0);
    for (n, (_, customer)) in some.enumerate() {
        let names = if customer.details.master.country == "IT" { &ITALIAN[..] } else { &FOREIGN };
        let people = names.iter().cycle().skip(n * 2).take(1 + n % 3).enumerate();
        for (place, (name, role)) in people {
            let typed = contact(customer, name, role, (n, place));
            save(cx, customer, PartKind::Contact, &typed).await?;
        }
        for (place, site) in SITES.iter().cycle().skip(n).take(n % 3).enumerate() {
            let [name, address, postal_code, city, province] = site;
            let typed = [
                ("name", (*name).to_owned()),
                ("address", (*address).to_owned()),
                ("postal_code", (*postal_code).to_owned()),
                ("city", (*city).to_owned()),
                ("province", (*province).to_owned()),
                ("country", "IT".to_owned()),
                ("is_shipping", tick(place == 0)),
            ];
            save(cx, customer, PartKind::Site, &typed).await?;
        }
        let note = NOTES.iter().cycle().nth(n).copied().unwrap_or_default();
        save(cx, customer, PartKind::Note, &[("body", note.to_owned())]).await?;
    }
    Ok(())
}

fn contact(
    customer: &Customer,
    name: &str,
    role: &str,
    (n, place): (usize, usize),
) -> [(&'static str, String); 5] {
    let master = &customer.details.master;
    let domain = master.email.split('@').next_back().unwrap_or("cliente.example");
    let local = plugin_api::table::fold(name).replace([' ', '\''], ".");
    [
        ("name", name.to_owned()),
        ("role", role.to_owned()),
        ("email", format!("{local}@{domain}")),
        ("phone", format!("+39 333 555 {:04}", 1_000 + n * 31 + place)),
        ("is_primary", tick(place == 0)),
    ]
}

fn tick(yes: bool) -> String {
    if yes { "true" } else { "" }.to_owned()
}

async fn save(
    cx: &Cx,
    customer: &Customer,
    kind: PartKind,
    typed: &[(&str, String)],
) -> Result<(), Fault> {
    let typed: Answers =
        typed.iter().map(|(field, text)| ((*field).to_owned(), text.clone())).collect();
    let answers = checked(kind, &typed)
        .map_err(|refusals| Fault::internal(format!("a sample part is not valid: {refusals:?}")))?;
    let part =
        Part { kind, part_id: cx.fresh_id(), answers, author: String::new(), created_at: cx.now() };
    cx.db().batch(store::saving(cx, customer, None, &part)).await.map(drop)
}
