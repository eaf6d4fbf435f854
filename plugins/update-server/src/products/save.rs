//! The one way a product is set up or changed: from its page, from the API, from the sample.

use plugin_api::contracts::licences;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, FaultKind, FieldProblem, Problem, hex};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::checks::{ed25519, minisign};
use crate::releases::changed;
use crate::store::channels::{self, Channel};
use crate::store::products::{self, Access, LABEL, Product};

/// Longest key, bytes.
const LONGEST_KEY: usize = 1000;
/// The channel every product begins with.
const FIRST_CHANNEL: &str = "stable";

/// What the update server is told of a product. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ProductBody {
    /// `pubblico`, `con_licenza` or `chiuso`.
    #[schema(example = "con_licenza")]
    pub accesso: Option<String>,
    /// Public key of minisign: the file `.pub`, its second line, or its base64; empty for none.
    pub chiave_minisign: Option<String>,
    /// `SUPublicEDKey` of Sparkle; empty for none.
    pub chiave_sparkle: Option<String>,
    /// A rollout stops when more than this share fails, percent.
    #[schema(example = 5)]
    pub stop_percentuale: Option<i64>,
    /// It takes this many outcomes before a rollout stops by itself.
    #[schema(example = 20)]
    pub stop_minimo: Option<i64>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Saved {
    /// It is written.
    Written,
    /// It makes no sense.
    Refused(Vec<FieldProblem>),
    /// Somebody changed it meanwhile.
    Stale,
}

/// The codes of accesses in the API.
const ACCESSES: [(&str, Access); 3] =
    [("pubblico", Access::Public), ("con_licenza", Access::Licensed), ("chiuso", Access::Closed)];

/// As the API says it.
pub(crate) fn wire(access: Access) -> &'static str {
    ACCESSES.iter().find(|(_, known)| *known == access).map_or("", |(wire, _)| *wire)
}

fn applied(body: &ProductBody, mut product: Product) -> Result<Product, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let mut wrong = |pointer: &str, key: &str| errors.push(FieldProblem::new(pointer, key));
    if let Some(wanted) = &body.accesso {
        match ACCESSES.iter().find(|(wire, _)| wire == wanted) {
            Some((_, access)) => product.access = *access,
            None => wrong("/accesso", "field-option"),
        }
    }
    let mut key =
        |pointer: &str, text: &Option<String>, into: &mut String, ok: fn(&str) -> bool| {
            let Some(text) = text.as_deref().map(str::trim) else { return };
            if !text.is_empty() && (text.len() > LONGEST_KEY || !ok(text)) {
                wrong(pointer, "field-key");
            }
            text.clone_into(into);
        };
    let is_minisign = |text: &str| minisign::Key::read(text).is_some();
    let is_sparkle = |text: &str| ed25519::key(text).is_some();
    key("/chiave_minisign", &body.chiave_minisign, &mut product.minisign_key, is_minisign);
    key("/chiave_sparkle", &body.chiave_sparkle, &mut product.sparkle_key, is_sparkle);
    if let Some(percent) = body.stop_percentuale {
        product.stop_percent = percent;
        if !(0..=100).contains(&percent) {
            wrong("/stop_percentuale", "field-percent");
        }
    }
    if let Some(minimum) = body.stop_minimo {
        product.stop_minimum = minimum;
        if !(1..=1_000_000).contains(&minimum) {
            wrong("/stop_minimo", "field-minimum");
        }
    }
    if errors.is_empty() { Ok(product) } else { Err(errors) }
}

/// The products of the catalogue of licences, by code, with their names; none if nobody can say.
pub(crate) async fn sold(cx: &Cx) -> Result<Option<Vec<(String, String)>>, Problem> {
    match cx.service(&licences::PRODUCTS, &()).await {
        Ok(known) => Ok(Some(known.into_iter().map(|one| (one.code, one.name)).collect())),
        Err(fault) if fault.kind == FaultKind::Unavailable => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

/// Sets up a product of the catalogue of licences, with its first channel.
pub(crate) async fn create(cx: &Cx, code: &str, body: &ProductBody) -> Result<Saved, Problem> {
    let known = sold(cx).await?;
    if code.is_empty() || known.is_some_and(|known| known.iter().all(|(known, _)| known != code)) {
        let problem = FieldProblem::new("/codice", "field-product-unknown");
        return Ok(Saved::Refused(vec![problem]));
    }
    let empty = Product {
        product_code: code.to_owned(),
        access: Access::Licensed,
        minisign_key: String::new(),
        sparkle_key: String::new(),
        seed: hex(&cx.random::<32>()),
        stop_percent: 5,
        stop_minimum: 20,
        metadata_version: 0,
        version: 1,
    };
    let product = match applied(body, empty) {
        Ok(product) => product,
        Err(errors) => return Ok(Saved::Refused(errors)),
    };
    let channel =
        Channel { channel: FIRST_CHANNEL.to_owned(), description: String::new(), position: 0 };
    let audit = Audit::of("update_product.created", code).named(code).after(&product);
    let written = cx
        .transaction(|tx| {
            let (product, audit) = (product.clone(), audit.clone());
            let channel = channel.clone();
            async move {
                let batch = Batch::new()
                    .and(products::insertion(&product, tx.now()))
                    .and(channels::writing(&product.product_code, &channel, tx.now()));
                tx.db().batch(batch.audit(audit)).await?;
                changed::changed(&tx, &product.product_code).await
            }
        })
        .await;
    match written {
        Ok(()) => Ok(Saved::Written),
        Err(problem) if is_taken(&problem) => {
            Ok(Saved::Refused(vec![FieldProblem::new("/codice", "field-taken")]))
        }
        Err(problem) => Err(problem),
    }
}

fn is_taken(problem: &Problem) -> bool {
    problem.fault().is_some_and(|fault| fault.kind == FaultKind::Unique)
}

/// Changes what the update server knows of a product as it was read `before`.
pub(crate) async fn update(
    cx: &Cx,
    before: &Product,
    body: &ProductBody,
) -> Result<Saved, Problem> {
    let after = match applied(body, before.clone()) {
        Ok(after) if after == *before => return Ok(Saved::Written),
        Ok(after) => after,
        Err(errors) => return Ok(Saved::Refused(errors)),
    };
    let audit = Audit::of("update_product.updated", &after.product_code)
        .named(&after.product_code)
        .before(before)
        .after(&after);
    match cx.db().batch(Batch::new().and(products::update(&after)).audit(audit)).await {
        Ok(_) => Ok(Saved::Written),
        Err(fault) if fault.is_mismatch(LABEL) => Ok(Saved::Stale),
        Err(fault) => Err(fault.into()),
    }
}
