//! Gives devices their rolling tokens, and notes who showed a stale one.

use plugin_api::db::Batch;
use plugin_api::{Cx, hex};

use super::facts::{Asked, Facts};
use crate::domain::device::Activation;
use crate::domain::licence::Licence;
use crate::domain::token::hash;
use crate::store;
use crate::store::suspicions::Reason;
use crate::store::tokens::{Given, Holder};

/// A fresh token, and what is kept of it.
pub(crate) fn give(cx: &Cx, shown: Option<&str>, address: &str) -> (String, Given) {
    let token = hex(&cx.random::<16>());
    let given = Given {
        hash: hash(&token),
        shown_hash: shown.map(hash).unwrap_or_default(),
        at: cx.now(),
        address: address.to_owned(),
    };
    (token, given)
}

/// Adds to `batch` what gives the device of `facts` its next token.
pub(crate) fn roll(
    cx: &Cx,
    batch: Batch,
    facts: &Facts,
    asked: &Asked,
    address: &str,
) -> (Option<String>, Batch) {
    let Some(seat) = &facts.seat else { return (None, batch) };
    let (token, given) = give(cx, asked.token.as_deref(), address);
    let holder = Holder {
        activation_id: &seat.activation_id,
        licence_id: &facts.licence.licence_id,
        organisation_id: &facts.licence.organisation_id,
    };
    let statement = match &facts.kept {
        Some(kept) => store::tokens::rolling(holder, kept, &given),
        None => store::tokens::first(holder, &given),
    };
    (Some(token), batch.and(statement))
}

/// Adds to `batch` what notes that a stale token was shown as this device: on the device, and among
/// what looks suspicious.
pub(crate) fn suspect(
    cx: &Cx,
    batch: Batch,
    licence: &Licence,
    seat: &Activation,
    (address, name): (&str, &str),
) -> Batch {
    let now = cx.now();
    let noted = store::tokens::suspecting(&seat.activation_id, now, address, name);
    let id = cx.fresh_id();
    store::suspicions::one_more(batch.and(noted), &id, &licence.licence_id, Reason::Clone, now)
}
