//! The bodies clients and administrators meet, with the Italian names of the contract.

use std::collections::BTreeMap;

use plugin_api::time::rfc3339;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::claims::{ModuleBody, modules};
use crate::domain::licence::Licence;

/// A device as it describes itself.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DeviceBody {
    /// What tells it from others: a text, or `{"componenti": {…}}`; at most 4 KiB.
    #[schema(value_type = Object, example = "pc-4711")]
    pub impronta: serde_json::Value,
    /// What its owner calls it; at most 200 characters.
    #[schema(example = "PC-Contabilità")]
    pub nome: Option<String>,
    /// Its operating system; at most 100 characters.
    #[schema(example = "Windows 11")]
    pub piattaforma: Option<String>,
    /// The token the device got with the last answer, where its licence gives one.
    #[serde(default)]
    #[schema(example = "0f8e2c61b7a94d35a1c2e3f4051627af")]
    pub gettone: Option<String>,
}

/// A licence as its clients see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenceBody {
    /// Its id.
    pub id: String,
    /// `permanente`, `trial` or `abbonamento`.
    #[schema(example = "permanente")]
    pub tipo: &'static str,
    /// `attiva`, `scaduta`, `sospesa`, `demo`, `in_attesa_convalida` or `revocata`.
    #[schema(example = "attiva")]
    pub stato: &'static str,
    /// Its last instant, RFC 3339, if it has one.
    #[schema(example = "2027-12-31T23:59:59Z")]
    pub scadenza: Option<String>,
    /// Its modules by code.
    pub moduli: BTreeMap<String, ModuleBody>,
    /// The customer's name.
    #[schema(example = "Bianchi & Figli S.r.l.")]
    pub cliente: String,
    /// The product's code.
    #[schema(example = "STUDIO-PRO")]
    pub prodotto: String,
}

impl LicenceBody {
    /// The licence as it stands at `now`.
    pub fn at(now: i64, licence: &Licence) -> Self {
        Self {
            id: licence.licence_id.clone(),
            tipo: licence.r#type.wire(),
            stato: licence.state(now).wire(),
            scadenza: licence.expires_at.map(rfc3339),
            moduli: modules(licence, now),
            cliente: licence.customer_name().to_owned(),
            prodotto: licence.product_code.clone(),
        }
    }
}

/// The seat of a device, with how many are taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivationBody {
    /// Its id; the same for the same device.
    pub id: String,
    /// What the device shows at its next validation; left out unless its licence asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0f8e2c61b7a94d35a1c2e3f4051627af")]
    pub gettone: Option<String>,
    /// Seats taken.
    #[schema(example = 1)]
    pub dispositivi_usati: i64,
    /// Seats there are.
    #[schema(example = 3)]
    pub dispositivi_massimi: i64,
}
