//! What software sends of a customer, new or changed, and where each field stands in it.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::cliente::{Stato, Tipo};
use crate::domain::{Draft, kind_text};

/// What is to be known of a customer: members that are missing stay as they are, `null` or an
/// empty text clears (RFC 7396).
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "acquisti@rossi.example", "stato": "convalidato"}))]
pub(super) struct DatiCliente {
    /// Company name, or the name of a person. At most 200 characters.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub ragione_sociale: Option<String>,
    /// VAT number; its check digit is verified when `paese` is `IT`.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub partita_iva: Option<String>,
    /// Legal form. At most 64 characters.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub forma_giuridica: Option<String>,
    /// Tax code; its check letter is verified when `paese` is `IT`.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub codice_fiscale: Option<String>,
    /// Customer or prospect; `cliente` when a new one does not say.
    pub tipo: Option<Tipo>,
    /// Why it is suspended or refused: required then. At most 1,000 characters.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
    /// The node of the organisation tree that looks after it, in the caller's branch; the caller's
    /// own when a new customer does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assegnato_a: Option<String>,
    /// Where it stands; needs the permission `customer-accounts:validate`. A new one that does not
    /// say is `convalidato` when the caller has that permission, `in_attesa` otherwise.
    pub stato: Option<Stato>,
    /// Where mails go.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub telefono: Option<String>,
    /// Web site.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub sito_web: Option<String>,
    /// Address.
    #[serde(default)]
    pub indirizzo: DatiIndirizzo,
    /// Certified mail.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub pec: Option<String>,
    /// `codice destinatario`: 6 or 7 letters and digits.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub codice_sdi: Option<String>,
    /// Italian fiscal regime, `RF01` to `RF20`.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub regime_fiscale: Option<String>,
    /// The currency it is charged in, ISO 4217.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub valuta: Option<String>,
    /// Free words it is filed under, instead of those it has. At most 40 characters each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etichette: Option<Vec<String>>,
    /// How another system calls it. At most 120 characters.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub riferimento_esterno: Option<String>,
    /// Language of mails: `en` or `it`.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub lingua: Option<String>,
    /// Notes. At most 4,000 characters.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What is to be known of an address.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DatiIndirizzo {
    /// Street and number.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Building, floor, "c/o".
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub riga_2: Option<String>,
    /// Postal code; five digits in Italy.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub cap: Option<String>,
    /// City.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub citta: Option<String>,
    /// Province or region; two letters in Italy.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub provincia: Option<String>,
    /// ISO 3166-1 alpha-2; `IT` when a new customer does not say.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub paese: Option<String>,
}

/// `null` empties, which is how the domain says that nobody filled a field in.
fn nullable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| Some(text.unwrap_or_default()))
}

impl DatiCliente {
    /// Writes what was sent over `draft`.
    pub(super) fn apply(self, draft: &mut Draft) {
        if let Some(tipo) = self.tipo {
            kind_text(tipo.into()).clone_into(&mut draft.kind);
        }
        let master = &mut draft.master;
        let members = [
            (&mut master.name, self.ragione_sociale),
            (&mut master.vat_number, self.partita_iva),
            (&mut master.legal_form, self.forma_giuridica),
            (&mut master.website, self.sito_web),
            (&mut master.fiscal_regime, self.regime_fiscale),
            (&mut master.currency, self.valuta),
            (&mut master.tags, self.etichette.map(|tags| tags.join(","))),
            (&mut master.address_line_2, self.indirizzo.riga_2),
            (&mut master.tax_code, self.codice_fiscale),
            (&mut master.email, self.email),
            (&mut master.phone, self.telefono),
            (&mut master.address, self.indirizzo.via),
            (&mut master.postal_code, self.indirizzo.cap),
            (&mut master.city, self.indirizzo.citta),
            (&mut master.province, self.indirizzo.provincia),
            (&mut master.country, self.indirizzo.paese),
            (&mut master.pec, self.pec),
            (&mut master.sdi_code, self.codice_sdi),
            (&mut master.external_reference, self.riferimento_esterno),
            (&mut master.language, self.lingua),
            (&mut master.notes, self.note),
        ];
        for (field, sent) in members {
            if let Some(sent) = sent {
                *field = sent;
            }
        }
    }
}

/// What is known of a new customer: like a change, but its name is required.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct NuovoCliente(pub DatiCliente);

impl PartialSchema for NuovoCliente {
    fn schema() -> RefOr<Schema> {
        let mut schema = DatiCliente::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.required.push("ragione_sociale".to_owned());
            object.examples.clear();
        }
        schema
    }
}

impl ToSchema for NuovoCliente {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        DatiCliente::schemas(schemas);
    }
}

/// Where the field of the column `field` stands in a body (RFC 6901).
pub(super) fn pointer(field: &str) -> &'static str {
    match field {
        "name" => "/ragione_sociale",
        "vat_number" => "/partita_iva",
        "tax_code" => "/codice_fiscale",
        "legal_form" => "/forma_giuridica",
        "website" => "/sito_web",
        "fiscal_regime" => "/regime_fiscale",
        "currency" => "/valuta",
        "tags" => "/etichette",
        "address_line_2" => "/indirizzo/riga_2",
        "assigned_to" => "/assegnato_a",
        "reason" => "/motivo",
        "kind" => "/tipo",
        "state" => "/stato",
        "email" => "/email",
        "phone" => "/telefono",
        "address" => "/indirizzo/via",
        "postal_code" => "/indirizzo/cap",
        "city" => "/indirizzo/citta",
        "province" => "/indirizzo/provincia",
        "country" => "/indirizzo/paese",
        "pec" => "/pec",
        "sdi_code" => "/codice_sdi",
        "external_reference" => "/riferimento_esterno",
        "language" => "/lingua",
        "notes" => "/note",
        _ => "",
    }
}
