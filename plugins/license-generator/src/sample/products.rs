//! The products of the sample, with a price list for the reseller of the demo.

use plugin_api::{Cx, Fault, Scope};
use serde_json::{Value, json};

use crate::catalogue::{Saved, save};
use crate::domain::catalogue::{Offer, ProductBody};
use crate::store;
use crate::store::catalogue::offers;
use crate::store::catalogue::price_lists::{self, ListPrice, PriceList};

/// Code of the product whose keys `demo.json` names.
pub(super) const FIRST: &str = "STUDIO-PRO";
/// The module of it whose use is counted.
const METERED: &str = "firme";

/// A product with its modules.
pub(super) type Offered = Offer;

/// A module as the API has it.
fn module(code: &str, name: &str, cents: i64, included: bool) -> Value {
    json!({
        "codice": code, "nome": name, "incluso": included,
        "prezzo": { "importo": cents, "valuta": "EUR" },
    })
}

/// The same with further members.
fn with(mut module: Value, more: &Value) -> Value {
    if let (Some(module), Some(more)) = (module.as_object_mut(), more.as_object()) {
        module.extend(more.clone());
    }
    module
}

fn bodies() -> [Value; 3] {
    let studio = json!({
        "codice": FIRST,
        "nome": "Studio Pro",
        "descrizione": "Gestionale per studi professionali: anagrafiche, scadenze, documenti.",
        "moduli": [
            module("base", "Anagrafiche e scadenze", 49_000, true),
            module("documenti", "Documenti e firma", 19_000, true),
            module("fatture", "Fatturazione elettronica", 24_000, false),
            module("api", "API e integrazioni", 36_000, false),
            with(module("archivio", "Archivio a norma", 18_000, false),
                &json!({ "richiede": ["documenti"], "giorni_prova": 30 })),
            with(module("paghe", "Paghe e contributi", 42_000, false),
                &json!({ "esclude": ["paghe-lite"] })),
            module("paghe-lite", "Paghe, fino a cinque dipendenti", 15_000, false),
            with(module(METERED, "Firme digitali a consumo", 9_000, false),
                &json!({ "richiede": ["documenti"], "periodo": "mese", "limite": 100,
                    "sforamento": 10 })),
        ],
        "versioni": [
            { "versione": "3.2", "rilasciata": "2026-09-01", "nota": "Firma remota" },
            { "versione": "3.1", "rilasciata": "2026-02-10",
              "moduli": ["base", "documenti", "fatture", "api", "archivio", "paghe", "paghe-lite"] },
            { "versione": "2.9", "rilasciata": "2024-05-06", "stato": "ritirato",
              "moduli": ["base", "documenti", "fatture"] },
        ],
        "pacchetti": [
            { "codice": "ufficio", "nome": "Studio Pro Ufficio", "sconto": 15.0,
              "moduli": ["base", "documenti", "fatture", "archivio"] },
            { "codice": "completo", "nome": "Studio Pro Completo",
              "prezzo": { "importo": 149_000, "valuta": "EUR" },
              "moduli": ["base", "documenti", "fatture", "api", "archivio", "paghe"] },
        ],
        "parametri": [
            { "nome": "sedi", "etichetta": "Numero di sedi", "tipo": "intero", "minimo": "1",
              "massimo": "500", "predefinito": 1 },
            { "nome": "regime", "etichetta": "Regime contabile", "tipo": "scelta",
              "scelte": ["ordinario", "semplificato", "forfettario"], "predefinito": "ordinario" },
            { "nome": "server", "etichetta": "Indirizzo del server", "tipo": "ip" },
        ],
    });
    let stock = json!({
        "codice": "MAGAZZINO-PLUS",
        "nome": "Magazzino Plus",
        "descrizione": "Magazzino con lotti, matricole e lettori di codici a barre.",
        "versione": "5.0",
        "moduli": [
            module("base", "Articoli e movimenti", 39_000, true),
            module("lotti", "Lotti e matricole", 15_000, false),
            with(module("terminali", "Terminali portatili", 22_000, false),
                &json!({ "richiede": ["lotti"] })),
        ],
    });
    let till = json!({
        "codice": "CASSA-FACILE",
        "nome": "Cassa Facile",
        "descrizione": "Punto cassa per negozi, con registratore telematico.",
        "versione": "2.7",
        "prezzo_per_posto": true,
        "moduli": [
            module("base", "Vendita e chiusura", 25_000, true),
            module("fidelity", "Carte fedeltà", 9_000, false),
        ],
    });
    [studio, stock, till]
}

/// Enters the products that are missing and answers all of them.
pub(super) async fn enter(cx: &Cx) -> Result<Vec<Offered>, Fault> {
    let mut offered = Vec::new();
    for body in bodies() {
        let body: ProductBody = serde_json::from_value(body)?;
        let code = body.codice.clone().unwrap_or_default();
        let mut is_new = false;
        if store::products::by_code(&cx.db(), &code).await?.is_none() {
            match save(cx, None, &body).await? {
                Saved::Written(_) => is_new = true,
                Saved::Refused(_) | Saved::Stale => {
                    return Err(Fault::internal("a sample product makes no sense"));
                }
            }
        }
        let product = store::products::by_code(&cx.db(), &code).await?;
        let product = product.ok_or_else(|| Fault::internal("a sample product is missing"))?;
        let offer = offers::of(&cx.db(), product).await?;
        if is_new && code == FIRST {
            price_list(cx, &offer).await?;
        }
        offered.push(offer);
    }
    Ok(offered)
}

/// A list for the first reseller: everything of the product for a tenth less.
async fn price_list(cx: &Cx, offer: &Offer) -> Result<(), Fault> {
    let nodes = store::nodes::all(&cx.db(), &Scope::everything()).await?;
    let Some(reseller) = nodes.into_iter().find(|node| node.kind == "reseller") else {
        return Ok(());
    };
    let list = PriceList {
        price_list_id: cx.fresh_id(),
        name: format!("Listino {}", reseller.name),
        currency: "EUR".to_owned(),
        valid_from: None,
        valid_until: None,
        version: 1,
    };
    let price = |module: &crate::domain::product::Module| ListPrice {
        product_id: offer.product.product_id.clone(),
        kind: "module".to_owned(),
        code: module.code.clone(),
        price: module.base_price * 9 / 10,
    };
    let prices: Vec<ListPrice> = offer.modules.iter().map(price).collect();
    let products = [offer.product.product_id.clone()];
    cx.db().batch(price_lists::insertion(&list, &[reseller.organisation_id], cx.now())).await?;
    cx.db().batch(price_lists::pricing(&list, &products, &prices)).await.map(drop)
}
