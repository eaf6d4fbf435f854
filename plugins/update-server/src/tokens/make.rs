//! Makes, exchanges and revokes the address of a licence; the only way in for pages, API and portal.

use plugin_api::contracts::licences::{ENTITLEMENT, Entitlement, EntitlementOf, FIND, NotEntitled};
use plugin_api::db::{Audit, Batch};
use plugin_api::time::DAY;
use plugin_api::{Cx, FieldProblem, Problem};
use serde_json::json;

use super::secret::Secret;
use crate::actor;
use crate::store::products;
use crate::store::tokens::{self, LABEL, Token};

/// Longest note, characters.
const LONGEST: usize = 200;
/// Days the old address may lead somewhere after an exchange, at most.
const MOST_DAYS: i64 = 365;

/// The code of a reason, as problems have it.
pub(crate) fn code(reason: NotEntitled) -> &'static str {
    match reason {
        NotEntitled::Unknown => "licenza_sconosciuta",
        NotEntitled::Revoked => "licenza_revocata",
        NotEntitled::Suspended => "licenza_sospesa",
        NotEntitled::Awaiting => "licenza_in_attesa",
        NotEntitled::WrongProduct => "prodotto_errato",
    }
}

/// The licence as the caller typed it, its id or its activation key, in his branch.
pub(crate) async fn licence(cx: &Cx, typed: &str) -> Result<Entitlement, Problem> {
    let typed = typed.trim().to_owned();
    let is_id = typed.len() == 36 && typed.matches('-').count() == 4;
    let asked = if is_id { EntitlementOf::Licence(typed) } else { EntitlementOf::Key(typed) };
    cx.service(&ENTITLEMENT, &asked).await?.map_err(|reason| Problem::unprocessable(code(reason)))
}

/// Makes the address of a licence that lies in the caller's branch; 409 if it has one.
pub(crate) async fn create(cx: &Cx, licence: &Entitlement, note: &str) -> Result<Token, Problem> {
    let note = note.trim();
    if note.chars().count() > LONGEST {
        return Err(Problem::validation(vec![FieldProblem::new("/nota", "field-too-long")]));
    }
    if products::known(&cx.db(), &licence.product_code).await?.is_none() {
        return Err(Problem::unprocessable("prodotto_senza_aggiornamenti"));
    }
    let secret = Secret::fresh(cx);
    let token = Token {
        token_id: cx.fresh_id(),
        token_sealed: secret.sealed(cx).await?,
        product_code: licence.product_code.clone(),
        licence_id: licence.licence_id.clone(),
        organisation_id: licence.organisation_id.clone(),
        account_id: licence.account_id.clone(),
        note: note.to_owned(),
        created_at: cx.now(),
        created_by: actor::name(cx),
        revoked_at: None,
        revoked_by: String::new(),
        last_used_at: None,
    };
    let audit = audit("update_address.created", &token);
    let batch = Batch::new().and(tokens::insertion(&token, &secret.mac(cx).await?)).audit(audit);
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("indirizzo_esistente")),
        done => done.map(|_| token).map_err(Problem::from),
    }
}

/// The address of this id; 404 where it or its licence is not in the caller's branch.
pub(crate) async fn found(cx: &Cx, id: &str) -> Result<Token, Problem> {
    let token = tokens::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)?;
    // The licence may have moved to another customer since.
    let licences = cx.service(&FIND, &vec![token.licence_id.clone()]).await?;
    licences.first().map(|_| token).ok_or_else(Problem::not_found)
}

/// Gives the licence another address; the old one leads somewhere for `days` more.
pub(crate) async fn rotate(cx: &Cx, old: &Token, days: i64) -> Result<Token, Problem> {
    if !(0..=MOST_DAYS).contains(&days) {
        return Err(Problem::validation(vec![FieldProblem::new("/giorni", "field-days")]));
    }
    let secret = Secret::fresh(cx);
    let (now, by) = (cx.now(), actor::name(cx));
    let token = Token {
        token_id: cx.fresh_id(),
        token_sealed: secret.sealed(cx).await?,
        created_at: now,
        created_by: by.clone(),
        last_used_at: None,
        ..old.clone()
    };
    let end = now.saturating_add(days.saturating_mul(DAY));
    let audit = audit("update_address.rotated", &token)
        .before(json!({ "id": old.token_id }))
        .after(json!({ "id": token.token_id, "old_until": end }));
    let batch = Batch::new()
        .and(tokens::revocation(cx.scope(), old, end, &by))
        .and(tokens::insertion(&token, &secret.mac(cx).await?))
        .audit(audit);
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("indirizzo_revocato")),
        done => done.map(|_| token).map_err(Problem::from),
    }
}

/// Lets an address lead nowhere from now on.
pub(crate) async fn revoke(cx: &Cx, token: &Token) -> Result<(), Problem> {
    let (now, by) = (cx.now(), actor::name(cx));
    let revocation = match token.revoked_at {
        None => tokens::revocation(cx.scope(), token, now, &by),
        Some(_) => tokens::cutting_short(cx.scope(), token, now, &by),
    };
    let audit = audit("update_address.revoked", token);
    match cx.db().batch(Batch::new().and(revocation).audit(audit)).await {
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("indirizzo_revocato")),
        done => done.map(drop).map_err(Problem::from),
    }
}

fn audit(action: &str, token: &Token) -> Audit {
    Audit::of(action, &token.token_id)
        .named(&token.product_code)
        .in_organisation(&token.organisation_id)
        .after(json!({ "licence": token.licence_id, "note": token.note }))
}
