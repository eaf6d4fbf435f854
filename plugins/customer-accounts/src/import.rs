//! `/crm/customers/import`: customers from a file.

mod decide;
mod read;
mod write;

use plugin_api::import::{Act, Field, ImportSpec, Outcome, Place, Row};
use plugin_api::{Cx, Problem, cx::Tx};

use crate::{WRITE, paths};
use decide::Plan;
pub(crate) use write::claim;

/// The fields of master data, with what spreadsheets call them.
const FIELDS: &[Field] = &[
    Field::new("name", "customer-name").required().known_as(&[
        "ragione sociale",
        "denominazione",
        "azienda",
        "nome azienda",
        "cliente",
        "company",
        "company name",
        "customer",
        "nome",
        "intestazione",
    ]),
    Field::new("legal_form", "customer-legal-form").known_as(&["forma giuridica"]),
    Field::new("vat_number", "customer-vat-number").known_as(&[
        "partita iva",
        "p.iva",
        "piva",
        "partitaiva",
        "vat",
        "vat number",
        "vat id",
        "p iva",
    ]),
    Field::new("tax_code", "customer-tax-code").known_as(&["codice fiscale", "cf", "cod fiscale"]),
    Field::new("kind", "customer-kind").known_as(&["tipo", "tipologia", "type", "kind"]),
    Field::new("state", "customer-state").known_as(&["stato", "status"]),
    Field::new("reason", "customer-reason").known_as(&["causale", "motivo stato"]),
    Field::new("email", "customer-email").known_as(&["e-mail", "mail", "posta elettronica"]),
    Field::new("phone", "customer-phone").known_as(&["telefono", "tel", "telephone", "cellulare"]),
    Field::new("website", "customer-website").known_as(&["sito", "sito web", "web", "url"]),
    Field::new("address", "customer-address").known_as(&["indirizzo", "via", "street"]),
    Field::new("address_line_2", "customer-address-line-2").known_as(&["indirizzo 2", "presso"]),
    Field::new("postal_code", "customer-postal-code").known_as(&["cap", "zip", "postcode"]),
    Field::new("city", "customer-city").known_as(&["citta", "comune", "localita", "town"]),
    Field::new("province", "customer-province").known_as(&[
        "provincia",
        "prov",
        "pr",
        "state/region",
    ]),
    Field::new("country", "customer-country").known_as(&["paese", "nazione", "stato estero"]),
    Field::new("pec", "customer-pec").known_as(&[
        "posta certificata",
        "email pec",
        "indirizzo pec",
    ]),
    Field::new("sdi_code", "customer-sdi-code").known_as(&[
        "codice destinatario",
        "codice sdi",
        "sdi",
        "codice univoco",
    ]),
    Field::new("fiscal_regime", "customer-fiscal-regime").known_as(&["regime fiscale"]),
    Field::new("currency", "customer-currency").known_as(&["valuta", "divisa"]),
    Field::new("external_reference", "customer-external-reference").known_as(&[
        "riferimento esterno",
        "codice cliente",
        "codice",
        "id cliente",
        "customer code",
        "code",
    ]),
    Field::new("language", "customer-language").known_as(&["lingua"]),
    Field::new("tags", "customer-tags").known_as(&["etichette", "tag", "labels"]),
    Field::new("notes", "customer-notes").known_as(&["note", "annotazioni", "remarks"]),
    Field::new("organisation", "import-organisation").known_as(&[
        "organizzazione",
        "rivenditore",
        "agente",
        "assegnato a",
        "reseller",
        "agent",
        "assigned to",
        "codice rivenditore",
        "organisation",
        "organization",
    ]),
    Field::new("contact_name", "import-contact-name").known_as(&[
        "contatto",
        "referente",
        "contact",
    ]),
    Field::new("contact_role", "import-contact-role").known_as(&["ruolo contatto", "ruolo"]),
    Field::new("contact_email", "import-contact-email")
        .known_as(&["email contatto", "email referente"]),
    Field::new("contact_phone", "import-contact-phone").known_as(&["telefono contatto"]),
    Field::new("site_name", "import-site-name").known_as(&["sede", "nome sede", "site"]),
    Field::new("site_address", "import-site-address").known_as(&["indirizzo sede"]),
    Field::new("site_postal_code", "import-site-postal-code").known_as(&["cap sede"]),
    Field::new("site_city", "import-site-city").known_as(&["citta sede"]),
    Field::new("site_province", "import-site-province").known_as(&["provincia sede"]),
    Field::new("site_country", "import-site-country").known_as(&["paese sede"]),
];

/// The import.
pub(crate) fn spec() -> ImportSpec {
    let place = Place {
        path: paths::IMPORT,
        one: paths::IMPORT_ONE,
        above: ("customers", paths::LIST),
        object: paths::SHOW,
        permission: WRITE,
    };
    let tables = plugin_api::import_tables!("customer_accounts");
    let spec = ImportSpec::new("customers", "import-customers", place, tables);
    FIELDS.iter().copied().fold(spec, ImportSpec::field).rows(check, apply)
}

/// What would become of a row.
async fn check(cx: Cx, row: Row) -> Result<Outcome, Problem> {
    Ok(match decide::plan(&cx, &row).await? {
        Ok(plan) => outcome(&plan),
        Err(refused) => refused,
    })
}

/// Writes a row, as the database stands now.
async fn apply(tx: Tx, row: Row) -> Result<Outcome, Problem> {
    match decide::plan(&tx, &row).await? {
        Ok(plan) => {
            write::write(&tx, &plan).await?;
            Ok(outcome(&Plan { written: true, ..plan }))
        }
        Err(refused) => Ok(refused),
    }
}

fn outcome(plan: &Plan) -> Outcome {
    let act = match &plan.before {
        None => Act::Create,
        Some(_) if plan.changes_nothing() => Act::Unchanged,
        Some(_) => Act::Update,
    };
    let master = &plan.after.details.master;
    let vat = if master.vat_number.is_empty() {
        String::new()
    } else {
        format!("{} {}", master.country, master.vat_number)
    };
    let outcome = Outcome::of(act, plan.after.name())
        .unique_in_file("external_reference", master.external_reference.as_str())
        .unique_in_file("vat_number", vat);
    // A new customer has an id only once it is written; the dry run links to nothing.
    if plan.before.is_some() || plan.written {
        outcome.object(&plan.after.customer_id)
    } else {
        outcome
    }
}
