//! The credential of who asks for updates: in the address, in a header, or in the query.
//!
//! | where | what |
//! |---|---|
//! | `/u/<secret>/…` | the address of a licence |
//! | `/u/~<product code>/…` | nothing, where anybody may have the product; else one of those below |
//! | `Authorization: Bearer …` | the secret of an address, or an activation key |
//! | `X-Licence-Key: …` | the same |
//! | `?key=…` | the same |
//!
//! A secret nobody knows is 404 in an address, where clients look for the end of a list of files, and
//! 401 elsewhere. Who is known and may not have it is 403 with the reason.

use axum::extract::FromRequestParts as _;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use plugin_api::contracts::licences::{ENTITLEMENT, Entitlement, EntitlementOf, NotEntitled};
use plugin_api::{Cx, Fault, Problem, Query};

use super::Entitled;
use super::memory::{Memory, subscriber};
use crate::store::products::{self, Access, Product};
use crate::store::tokens::{self, touching};
use crate::tokens::make::code;
use crate::tokens::secret::Secret;

/// The header a program may send its activation key in.
const HEADER: &str = "x-licence-key";
/// The same in the query.
const QUERY: &str = "key";
/// Longest secret that is looked at, bytes.
const LONGEST: usize = 256;

/// A secret somebody shows besides the address. A credential, so it is not `Debug`.
pub(crate) struct Shown(Option<String>);

impl Shown {
    /// What a request shows; of several the first in the order of the table above.
    pub(crate) async fn of(parts: &mut Parts) -> Self {
        let query = Query::<Vec<(String, String)>>::from_request_parts(parts, &()).await;
        let header = |name: &str| parts.headers.get(name)?.to_str().ok();
        let bearer = header(AUTHORIZATION.as_str())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, secret)| secret.to_owned());
        let own = || header(HEADER).map(str::to_owned);
        let query = || {
            let Query(pairs) = query.ok()?;
            pairs.into_iter().find(|(name, _)| name == QUERY).map(|(_, value)| value)
        };
        let shown = bearer.or_else(own).or_else(query).map(|secret| secret.trim().to_owned());
        Self(shown.filter(|secret| !secret.is_empty()))
    }
}

/// Who asks below `/u/{segment}`.
pub(crate) async fn by_path(cx: &Cx, segment: &str, shown: Shown) -> Result<Entitled, Problem> {
    if let Some(product) = segment.strip_prefix('~') {
        return by_product(cx, product, shown).await;
    }
    let found = known(cx, segment).await?;
    // What does not exist is not there for whoever asks.
    let found =
        found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "indirizzo_sconosciuto"))?;
    let (product, licence) = match found {
        Ok(licence) => (products::known(&cx.db(), &licence.product_code).await?, Ok(licence)),
        Err((why, product)) => (products::known(&cx.db(), &product).await?, Err(why)),
    };
    let product = product.ok_or_else(Problem::not_found)?;
    admitted(product, Some(licence), segment)
}

/// Who asks for this product.
pub(crate) async fn by_product(cx: &Cx, asked: &str, shown: Shown) -> Result<Entitled, Problem> {
    let product = products::known(&cx.db(), asked).await?;
    let open = product.filter(|product| product.access != Access::Closed);
    let product = open.ok_or_else(Problem::not_found)?;
    let (mut segment, mut licence) = (format!("~{asked}"), None);
    if let Some(secret) = shown.0 {
        licence = match known(cx, &secret).await? {
            Some(Ok(licence)) if licence.product_code == product.product_code => {
                // Files are asked for where the query is not sent again.
                if Secret::read(&secret).is_some() {
                    segment = secret;
                }
                Some(Ok(licence))
            }
            Some(Ok(_)) => Some(Err(code(NotEntitled::WrongProduct))),
            Some(Err((reason, _))) => Some(Err(reason)),
            None => Some(Err(UNKNOWN)),
        };
    }
    admitted(product, licence, &segment)
}

/// A credential nobody has.
const UNKNOWN: &str = "credenziale_sconosciuta";

/// What stands against a licence or its address, decided by who may have the product.
fn admitted(
    product: Product,
    licence: Option<Result<Entitlement, &'static str>>,
    segment: &str,
) -> Result<Entitled, Problem> {
    let entitlement = match (product.access, licence) {
        (Access::Closed, _) => return Err(Problem::new(StatusCode::FORBIDDEN, "prodotto_chiuso")),
        (Access::Public, licence) => licence.and_then(Result::ok),
        (Access::Licensed, Some(Ok(licence))) => Some(licence),
        (Access::Licensed, None) => {
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "credenziale_mancante"));
        }
        (Access::Licensed, Some(Err(UNKNOWN))) => {
            return Err(Problem::new(StatusCode::UNAUTHORIZED, UNKNOWN));
        }
        (Access::Licensed, Some(Err(reason))) => {
            return Err(Problem::new(StatusCode::FORBIDDEN, reason));
        }
    };
    Ok(Entitled { product, entitlement, segment: segment.to_owned() })
}

/// What a secret is of: what its licence includes, or why nothing and of which product; none for a
/// secret nobody knows.
type Known = Option<Result<Entitlement, (&'static str, String)>>;

async fn known(cx: &Cx, secret: &str) -> Result<Known, Problem> {
    let (memory, address, now) = (cx.memory::<Memory>()?, subscriber(cx.caller()), cx.now());
    memory.admit(&address, now)?;
    let known = match Secret::read(secret) {
        Some(secret) => by_address(cx, &secret).await?,
        None => by_key(cx, secret).await?,
    };
    if known.is_none() {
        memory.miss(&address, now);
    }
    Ok(known)
}

async fn by_address(cx: &Cx, secret: &Secret) -> Result<Known, Fault> {
    let (db, now) = (cx.db(), cx.now());
    let Some(token) = tokens::by_mac(&db, &secret.mac(cx).await?).await? else { return Ok(None) };
    if !token.holds(now) {
        return Ok(Some(Err(("indirizzo_revocato", token.product_code))));
    }
    let asked = EntitlementOf::Licence(token.licence_id.clone());
    let answer = cx.service_unscoped(&ENTITLEMENT, &asked).await?;
    let licence = match answer {
        Ok(licence) => licence,
        Err(reason) => return Ok(Some(Err((code(reason), token.product_code)))),
    };
    let owner = (licence.organisation_id.as_str(), licence.account_id.as_str());
    if let Some(touch) = touching(&token, owner, now) {
        cx.write_behind(touch).await?;
    }
    Ok(Some(Ok(licence)))
}

async fn by_key(cx: &Cx, typed: &str) -> Result<Known, Fault> {
    if typed.is_empty() || typed.len() > LONGEST {
        return Ok(None);
    }
    let asked = EntitlementOf::Key(typed.to_owned());
    Ok(match cx.service_unscoped(&ENTITLEMENT, &asked).await? {
        Ok(licence) => Some(Ok(licence)),
        Err(NotEntitled::Unknown) => None,
        // Of which product it is does not matter: the address names it.
        Err(reason) => Some(Err((code(reason), String::new()))),
    })
}
