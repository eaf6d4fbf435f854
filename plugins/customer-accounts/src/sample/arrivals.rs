//! Codes of resellers, assignment rules of the vendor, and four customers who registered.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, hex};
use serde_json::json;

use crate::domain::{Draft, Master};
use crate::registration::{self, CODE_PURPOSE, Register};
use crate::rules::Rule;
use crate::store;

/// Name, VAT number, city, province, postal code, address, mail domain, code typed, product wanted.
const REGISTERED: [[&str; 9]; 4] = [
    [
        "Bar Pasticceria Al Molo",
        "",
        "Monfalcone",
        "GO",
        "34074",
        "Via Boito 9",
        "almolo",
        "NORDEST",
        "CASSA-FACILE",
    ],
    [
        "Carnia Legnami S.r.l.",
        "",
        "Tolmezzo",
        "UD",
        "33028",
        "Via Paluzza 51",
        "carnialegnami",
        "",
        "MAGAZZINO-PLUS",
    ],
    [
        "Profumeria Lavanda di Neri S.",
        "",
        "Savona",
        "SV",
        "17100",
        "Via Paleocapa 22",
        "lavanda",
        "",
        "CASSA-FACILE",
    ],
    [
        "Studio Tecnico Associato Murgia",
        "",
        "Altamura",
        "BA",
        "70022",
        "Corso Umberto I 76",
        "murgia",
        "VECCHIO-CODICE",
        "STUDIO-PRO",
    ],
];

/// Enters them; what names a node that is not there is left out.
pub(super) async fn enter(
    cx: &Cx,
    reseller: Option<String>,
    sibling: Option<String>,
) -> Result<(), Fault> {
    let codes = [("NORDEST", &reseller), ("PONENTE", &sibling)];
    for (code, organisation_id) in codes {
        let Some(organisation_id) = organisation_id else { continue };
        let audit = Audit::of("code.added", organisation_id)
            .named(code)
            .in_organisation(organisation_id)
            .after(json!({ "code": code }));
        let insertion = store::codes::insertion(code, organisation_id, cx.now());
        cx.db().batch(Batch::new().and(insertion).audit(audit)).await?;
    }
    let rules = [
        ("Friuli-Venezia Giulia", "GO, PN, TS, UD", "", reseller),
        ("Cassa Facile", "", "CASSA-FACILE", sibling),
    ];
    for (name, provinces, products, receiver) in rules {
        let Some(receiver_id) = receiver else { continue };
        let rule = Rule {
            rule_id: cx.fresh_id(),
            organisation_id: cx.caller().organisation_id.clone(),
            name: name.to_owned(),
            provinces: provinces.to_owned(),
            country: if provinces.is_empty() { "" } else { "IT" }.to_owned(),
            products: products.to_owned(),
            receiver_id,
            enabled: 1,
            ..Rule::default()
        };
        let audit = Audit::of("rule.created", &rule.rule_id)
            .named(name)
            .in_organisation(&rule.organisation_id)
            .after(&rule);
        let insertion = store::rules::insertion(&rule, cx.now());
        cx.db().batch(Batch::new().and(insertion).audit(audit)).await?;
    }
    for registered in REGISTERED {
        register(cx, registered).await?;
    }
    Ok(())
}

async fn register(cx: &Cx, registered: [&str; 9]) -> Result<(), Fault> {
    let [name, vat_number, city, province, postal_code, address, mail, reseller_code, product] =
        registered.map(str::to_owned);
    let draft = Draft::default();
    let master = Master {
        name,
        vat_number,
        email: format!("info@{mail}.example"),
        address,
        postal_code,
        city,
        province,
        country: "IT".to_owned(),
        language: "it".to_owned(),
        ..draft.master
    };
    // Nobody was told this code, so nobody asks with it.
    let code_hash = hex(&cx.mac(CODE_PURPOSE, &cx.random::<16>()).await?);
    let asked = Register { draft: Draft { master, ..draft }, reseller_code, product, code_hash };
    registration::register(cx.clone(), asked).await.map(drop)
}
