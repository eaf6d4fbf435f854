//! The products of the sample.

use plugin_api::{Cx, Fault};

use crate::domain::product::{Module, Product, ProductState};
use crate::store;

/// Code of the product whose keys `demo.json` names.
pub(super) const FIRST: &str = "STUDIO-PRO";

/// Code, name, description, version, and modules: code, name, price in cents, included.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    (i64, i64),
    &'static [(&'static str, &'static str, i64, bool)],
);

const LINES: [Line; 3] = [
    (
        FIRST,
        "Studio Pro",
        "Gestionale per studi professionali: anagrafiche, scadenze, documenti.",
        (3, 2),
        &[
            ("base", "Anagrafiche e scadenze", 49_000, true),
            ("documenti", "Documenti e firma", 19_000, true),
            ("fatture", "Fatturazione elettronica", 24_000, false),
            ("api", "API e integrazioni", 36_000, false),
        ],
    ),
    (
        "MAGAZZINO-PLUS",
        "Magazzino Plus",
        "Magazzino con lotti, matricole e lettori di codici a barre.",
        (5, 0),
        &[
            ("base", "Articoli e movimenti", 39_000, true),
            ("lotti", "Lotti e matricole", 15_000, false),
            ("terminali", "Terminali portatili", 22_000, false),
        ],
    ),
    (
        "CASSA-FACILE",
        "Cassa Facile",
        "Punto cassa per negozi, con registratore telematico.",
        (2, 7),
        &[
            ("base", "Vendita e chiusura", 25_000, true),
            ("fidelity", "Carte fedeltà", 9_000, false),
        ],
    ),
];

/// A product with its modules.
pub(super) struct Offered {
    /// The product.
    pub(super) product: Product,
    /// Its modules.
    pub(super) modules: Vec<Module>,
}

/// Enters the products that are missing and answers all of them.
pub(super) async fn enter(cx: &Cx) -> Result<Vec<Offered>, Fault> {
    let mut offered = Vec::new();
    for line in &LINES {
        if store::products::by_code(&cx.db(), line.0).await?.is_none() {
            let (product, modules) = read(cx, line);
            let batch = store::products::insertion(&product, &modules, cx.now());
            cx.db().batch(batch).await?;
        }
        let product = store::products::by_code(&cx.db(), line.0).await?;
        let product = product.ok_or_else(|| Fault::internal("a sample product is missing"))?;
        let modules = store::products::modules(&cx.db(), &product.product_id).await?;
        offered.push(Offered { product, modules });
    }
    Ok(offered)
}

fn read(cx: &Cx, (code, name, description, version, modules): &Line) -> (Product, Vec<Module>) {
    let product = Product {
        product_id: cx.fresh_id(),
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        description: (*description).to_owned(),
        version_major: version.0,
        version_minor: version.1,
        state: ProductState::Active,
        version: 1,
    };
    let module = |(code, name, base_price, active_default): &(&str, &str, i64, bool)| Module {
        module_id: cx.fresh_id(),
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        base_price: *base_price,
        currency: "EUR".to_owned(),
        active_default: *active_default,
    };
    (product, modules.iter().map(module).collect())
}
