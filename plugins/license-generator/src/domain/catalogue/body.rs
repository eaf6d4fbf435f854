//! A product as the API has it: what is asked for, and what every form is read into.

use plugin_api::time::date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};

use super::{Bundle, Offer, Parameter, Version};
use crate::domain::choices::Period;
use crate::domain::draft::Price;
use crate::domain::product::Module;

/// A product. Members left out stay as they are; lists are replaced as a whole, and what they name by
/// a known code goes on being the same.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ProductBody {
    /// What software calls it; it cannot be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "STUDIO-PRO")]
    pub codice: Option<String>,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Studio Pro")]
    pub nome: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub descrizione: Option<String>,
    /// `attivo` or `ritirato`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "attivo")]
    pub stato: Option<String>,
    /// The newest version, `3.1`; that of the newest of `versioni` if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "3.1")]
    pub versione: Option<String>,
    /// What it costs without modules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prezzo_base: Option<Price>,
    /// Whether prices are for each device, person or floating seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prezzo_per_posto: Option<bool>,
    /// Its versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versioni: Option<Vec<CatalogueVersion>>,
    /// Its modules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moduli: Option<Vec<CatalogueModule>>,
    /// Its bundles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pacchetti: Option<Vec<CatalogueBundle>>,
    /// Its typed parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parametri: Option<Vec<CatalogueParameter>>,
}

/// A version of a product.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CatalogueVersion {
    /// Major and minor number.
    #[schema(example = "3.1")]
    pub versione: String,
    /// The day it came out.
    #[schema(example = "2026-09-01")]
    pub rilasciata: Option<String>,
    /// For people.
    pub nota: Option<String>,
    /// `attivo` or `ritirato`; `attivo` if left out.
    pub stato: Option<String>,
    /// Codes of the modules it includes; all of them if left out.
    pub moduli: Option<Vec<String>>,
}

/// A module of a product.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CatalogueModule {
    /// What software calls it; unique within the product.
    #[schema(example = "fatture")]
    pub codice: String,
    /// What people call it.
    #[schema(example = "Fatturazione elettronica")]
    pub nome: String,
    /// What it is.
    pub descrizione: Option<String>,
    /// `attivo` or `ritirato`; `attivo` if left out.
    pub stato: Option<String>,
    /// What it costs; nothing if left out.
    pub prezzo: Option<Price>,
    /// Whether a new licence has it unless told otherwise.
    pub incluso: bool,
    /// Codes of the modules it cannot be without.
    pub richiede: Vec<String>,
    /// Codes of the modules it cannot be with.
    pub esclude: Vec<String>,
    /// How often its count begins anew unless a licence says otherwise: `mai`, `giorno`, `mese` or
    /// `anno`; it is not counted if left out.
    pub periodo: Option<String>,
    /// How much of it may be used unless a licence says otherwise.
    pub limite: Option<i64>,
    /// By how many percent its count may go over `limite`.
    #[schema(minimum = 0, maximum = 1000)]
    pub sforamento: Option<i64>,
    /// Days it may be tried unless a licence says otherwise.
    #[schema(minimum = 1, maximum = 3650)]
    pub giorni_prova: Option<i64>,
}

/// Modules that are sold together.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CatalogueBundle {
    /// What software calls it; unique within the product.
    #[schema(example = "completo")]
    pub codice: String,
    /// What people call it.
    #[schema(example = "Studio completo")]
    pub nome: String,
    /// `attivo` or `ritirato`; `attivo` if left out.
    pub stato: Option<String>,
    /// Codes of its modules.
    pub moduli: Vec<String>,
    /// What it costs; what its modules cost together if left out.
    pub prezzo: Option<Price>,
    /// Percent taken off what its modules cost together.
    #[schema(minimum = 0, maximum = 100, example = 15.0)]
    pub sconto: Option<f64>,
}

/// A value of any of the types of parameters, or none.
fn default_value() -> Schema {
    let types = [Type::String, Type::Number, Type::Boolean, Type::Array, Type::Null];
    let object = ObjectBuilder::new().schema_type(SchemaType::Array(types.into()));
    object.description(Some("Its value unless a licence says otherwise.")).into()
}

/// Something a product wants to be told with each licence.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CatalogueParameter {
    /// What software calls it; unique within the product.
    #[schema(example = "sedi")]
    pub nome: String,
    /// What people call it.
    #[schema(example = "Numero di sedi")]
    pub etichetta: String,
    /// `testo`, `intero`, `decimale`, `booleano`, `data`, `scelta`, `ip` or `elenco`.
    #[schema(example = "intero")]
    pub tipo: String,
    /// Whether a licence must have it.
    pub obbligatorio: bool,
    /// Its value unless a licence says otherwise.
    #[schema(schema_with = default_value)]
    pub predefinito: Option<Value>,
    /// The smallest number or day, the fewest characters or values.
    #[schema(example = "1")]
    pub minimo: Option<String>,
    /// The largest number or day, the most characters or values.
    pub massimo: Option<String>,
    /// What may be chosen, for `scelta` and `elenco`.
    pub scelte: Vec<String>,
}

impl From<&Offer> for ProductBody {
    fn from(offer: &Offer) -> Self {
        let product = &offer.product;
        Self {
            codice: Some(product.code.clone()),
            nome: Some(product.name.clone()),
            descrizione: Some(product.description.clone()),
            stato: Some(product.state.wire().to_owned()),
            versione: Some(format!("{}.{}", product.version_major, product.version_minor)),
            prezzo_base: Some(Price {
                importo: product.base_price,
                valuta: product.currency.clone(),
            }),
            prezzo_per_posto: Some(product.per_seat),
            versioni: Some(offer.versions.iter().map(Into::into).collect()),
            moduli: Some(offer.modules.iter().map(Into::into).collect()),
            pacchetti: Some(offer.bundles.iter().map(Into::into).collect()),
            parametri: Some(offer.parameters.iter().map(Into::into).collect()),
        }
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl From<&Version> for CatalogueVersion {
    fn from(version: &Version) -> Self {
        Self {
            versione: version.number(),
            rilasciata: version.released_at.map(date),
            nota: given(&version.note),
            stato: Some(version.state.wire().to_owned()),
            moduli: version.modules.clone(),
        }
    }
}

impl From<&Module> for CatalogueModule {
    fn from(module: &Module) -> Self {
        Self {
            codice: module.code.clone(),
            nome: module.name.clone(),
            descrizione: given(&module.description),
            stato: Some(module.state.wire().to_owned()),
            prezzo: Some(Price { importo: module.base_price, valuta: module.currency.clone() }),
            incluso: module.active_default,
            richiede: module.requires.clone(),
            esclude: module.excludes.clone(),
            periodo: module.period.map(|period: Period| period.wire().to_owned()),
            limite: module.quantity_max,
            sforamento: (module.overage > 0).then_some(module.overage),
            giorni_prova: module.trial_days,
        }
    }
}

impl From<&Bundle> for CatalogueBundle {
    fn from(bundle: &Bundle) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "it is at most 10,000")]
        let percent = bundle.discount as f64 / 100.0;
        Self {
            codice: bundle.code.clone(),
            nome: bundle.name.clone(),
            stato: Some(bundle.state.wire().to_owned()),
            moduli: bundle.modules.clone(),
            prezzo: bundle.price.map(|importo| Price { importo, valuta: bundle.currency.clone() }),
            sconto: (bundle.discount > 0).then_some(percent),
        }
    }
}

impl From<&Parameter> for CatalogueParameter {
    fn from(parameter: &Parameter) -> Self {
        Self {
            nome: parameter.name.clone(),
            etichetta: parameter.label.clone(),
            tipo: parameter.kind.wire().to_owned(),
            obbligatorio: parameter.required,
            predefinito: parameter.default_value.clone(),
            minimo: given(&parameter.least),
            massimo: given(&parameter.most),
            scelte: parameter.choices.clone(),
        }
    }
}
