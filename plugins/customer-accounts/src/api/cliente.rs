//! A customer as JSON, as it is answered.

use plugin_api::contracts::accounts::{AccountKind, AccountState};
use plugin_api::time::rfc3339;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::Customer;

/// Customer or prospect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tipo {
    /// Has bought something.
    Cliente,
    /// May buy something.
    Prospect,
}

impl From<Tipo> for AccountKind {
    fn from(tipo: Tipo) -> Self {
        match tipo {
            Tipo::Cliente => Self::Customer,
            Tipo::Prospect => Self::Prospect,
        }
    }
}

impl From<AccountKind> for Tipo {
    fn from(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Customer => Self::Cliente,
            AccountKind::Prospect => Self::Prospect,
        }
    }
}

/// Where a customer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stato {
    /// Checked by the vendor or a reseller.
    Convalidato,
    /// Not checked yet.
    InAttesa,
    /// Not to be served.
    Sospeso,
}

impl From<Stato> for AccountState {
    fn from(stato: Stato) -> Self {
        match stato {
            Stato::Convalidato => Self::Validated,
            Stato::InAttesa => Self::Awaiting,
            Stato::Sospeso => Self::Suspended,
        }
    }
}

impl From<AccountState> for Stato {
    fn from(state: AccountState) -> Self {
        match state {
            AccountState::Validated => Self::Convalidato,
            AccountState::Awaiting => Self::InAttesa,
            AccountState::Suspended => Self::Sospeso,
        }
    }
}

/// A customer or prospect; `null` stands for what nobody filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Cliente {
    /// Its id.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000001")]
    pub id: String,
    /// Company name, or the name of a person.
    #[schema(example = "Rossi Meccanica S.r.l.")]
    pub ragione_sociale: String,
    /// VAT number; an Italian one without `IT`.
    #[schema(example = "12345678903")]
    pub partita_iva: Option<String>,
    /// Legal form.
    #[schema(example = "S.r.l.")]
    pub forma_giuridica: Option<String>,
    /// Tax code.
    pub codice_fiscale: Option<String>,
    /// Customer or prospect.
    pub tipo: Tipo,
    /// Where it stands.
    pub stato: Stato,
    /// Where mails go.
    pub email: Option<String>,
    /// Telephone.
    pub telefono: Option<String>,
    /// Web site.
    pub sito_web: Option<String>,
    /// Address.
    pub indirizzo: Indirizzo,
    /// Certified mail.
    pub pec: Option<String>,
    /// Where electronic invoices go (Sistema di Interscambio).
    pub codice_sdi: Option<String>,
    /// Italian fiscal regime, `RF01` to `RF20`.
    pub regime_fiscale: Option<String>,
    /// The currency it is charged in, ISO 4217.
    pub valuta: Option<String>,
    /// How another system calls it.
    pub riferimento_esterno: Option<String>,
    /// Language of mails: `en` or `it`.
    pub lingua: Option<String>,
    /// Free words it is filed under.
    pub etichette: Vec<String>,
    /// Notes.
    pub note: Option<String>,
    /// The node of the organisation tree that looks after it.
    pub assegnato_a: String,
    /// What that organisation is called; an agent's is the one above him.
    pub organizzazione: Option<String>,
    /// The agent who looks after it.
    pub agente: Option<String>,
    /// The customer this one was merged into: it takes no changes any more.
    pub unita_a: Option<String>,
    /// When what is personal of it was erased, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub cancellato: Option<String>,
    /// When it was entered, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub creato: String,
    /// When it last changed, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub aggiornato: String,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Indirizzo {
    /// Street and number.
    pub via: Option<String>,
    /// Building, floor, "c/o".
    pub riga_2: Option<String>,
    /// Postal code.
    pub cap: Option<String>,
    /// City.
    pub citta: Option<String>,
    /// Province or region; two letters in Italy.
    pub provincia: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "IT")]
    pub paese: String,
}

impl From<&Customer> for Cliente {
    fn from(customer: &Customer) -> Self {
        let master = &customer.details.master;
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            id: customer.customer_id.clone(),
            ragione_sociale: master.name.clone(),
            partita_iva: some(&master.vat_number),
            forma_giuridica: some(&master.legal_form),
            codice_fiscale: some(&master.tax_code),
            tipo: customer.details.kind.into(),
            stato: customer.state.into(),
            email: some(&master.email),
            telefono: some(&master.phone),
            sito_web: some(&master.website),
            indirizzo: Indirizzo {
                via: some(&master.address),
                riga_2: some(&master.address_line_2),
                cap: some(&master.postal_code),
                citta: some(&master.city),
                provincia: some(&master.province),
                paese: master.country.clone(),
            },
            pec: some(&master.pec),
            codice_sdi: some(&master.sdi_code),
            regime_fiscale: some(&master.fiscal_regime),
            valuta: some(&master.currency),
            riferimento_esterno: some(&master.external_reference),
            lingua: some(&master.language),
            etichette: customer.tags().map(str::to_owned).collect(),
            note: some(&master.notes),
            assegnato_a: customer.assigned_to.clone(),
            organizzazione: some(&customer.organisation),
            agente: some(&customer.agent),
            unita_a: some(&customer.merged_into),
            cancellato: customer.erased_at.map(rfc3339),
            creato: rfc3339(customer.created_at),
            aggiornato: rfc3339(customer.updated_at),
        }
    }
}
