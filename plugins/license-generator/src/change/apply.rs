//! Changing a licence that keeps its key: more devices, another version, other modules, a trial that
//! becomes a paid licence. The same rules count as when one is issued.

use std::collections::BTreeSet;

use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, FieldProblem, Problem};

use super::book::book;
use super::current;
use super::patch::{Cost, LicencePatch};
use super::told::differences;
use crate::domain::draft::{Draft, Rejection};
use crate::domain::licence::{Licence, LicenceType};
use crate::domain::policy::InForce;
use crate::domain::state::StoredState;
use crate::issue::{self, NotIssued, Order, Quote};
use crate::renewals::{Payment, changed};
use crate::store::licences::revise::revision;
use crate::{policies, store, story};

/// Members that a policy limits.
const LIMITED: [&str; 7] =
    ["tipo", "dispositivi", "posti", "utenti", "scadenza", "durata_giorni", "ombra"];
/// Members that move its end.
const ENDS: [&str; 3] = ["scadenza", "durata_giorni", "tipo"];
/// Members that change what it costs.
const PRICES: [&str; 2] = ["prezzo", "sconto"];

/// Whether a change is a conversion, which only a trial undergoes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// It is changed.
    Change,
    /// A trial becomes a paid licence, and is sold.
    Conversion,
}

/// What a change would come to; nothing is written.
pub(crate) struct Revision {
    /// The licence as it is to be.
    pub(crate) order: Order,
    /// What it costs now.
    cost: Option<Cost>,
    /// When a trial became a paid licence.
    converted_at: Option<i64>,
}

/// Works out what a change would come to, or why it cannot be.
pub(crate) async fn prepare(
    cx: &Cx,
    licence: &Licence,
    patch: LicencePatch,
    wanted: Wanted,
) -> Result<Revision, NotIssued> {
    check_wanted(licence, &patch, wanted)?;
    patch.check()?;
    let cost = patch.cost()?;
    let touched = patch.touched();
    let is = |names: &[&str]| names.iter().any(|name| touched.contains(*name));
    let numbers = (patch.rinnovo_mesi, patch.tolleranza_giorni, patch.offline_giorni);
    let draft = ended(patch.onto(current::draft(licence)), licence, &touched);
    let code = draft.prodotto.as_deref().unwrap_or_default();
    let product = store::products::by_code(&cx.db(), code).await?;
    let product_id = product.map(|product| product.product_id);
    let in_force = policies::in_force(cx, product_id.as_deref(), draft.politica.as_deref()).await?;
    check_numbers(licence, &in_force, &numbers)?;
    // What nobody touches was allowed once, whatever the policy says today.
    let in_force = InForce { may_exceed: in_force.may_exceed || !is(&LIMITED), ..in_force };
    let now = if is(&ENDS) {
        cx.now()
    } else {
        licence.expires_at.map_or(cx.now(), |end| end.min(cx.now()))
    };
    let quote = (wanted == Wanted::Change && !is(&PRICES)).then(|| as_sold(licence));
    let mut order = issue::fit(cx, &draft, (now, &in_force), quote).await?;
    issue::rights::check_change(cx, licence, &order, &touched).await?;
    keep(&mut order, licence, draft.politica.is_some());
    let terms = &mut order.terms;
    terms.renewal_months = numbers.0.unwrap_or(terms.renewal_months);
    terms.grace_days = numbers.1.unwrap_or(terms.grace_days);
    terms.offline_days = numbers.2.unwrap_or(terms.offline_days);
    if terms.binding != licence.binding && licence.devices_used + licence.seats_out > 0 {
        let error = FieldProblem::new("/associazione", "field-binding-in-use");
        return Err(Rejection::fields(vec![error]).into());
    }
    let was_trial = licence.r#type == LicenceType::Trial;
    let converts = was_trial && terms.r#type != LicenceType::Trial;
    let sold = (wanted == Wanted::Conversion).then(|| cost.clone().or_else(|| sale(&order)));
    Ok(Revision {
        converted_at: if converts { Some(cx.now()) } else { licence.converted_at },
        cost: sold.unwrap_or(cost),
        order,
    })
}

fn check_wanted(licence: &Licence, patch: &LicencePatch, wanted: Wanted) -> Result<(), Rejection> {
    if licence.state_stored == StoredState::Revoked {
        return Err(Rejection::coded("licenza_revocata", ""));
    }
    if wanted == Wanted::Change {
        return Ok(());
    }
    if licence.r#type != LicenceType::Trial {
        return Err(Rejection::coded("non_in_prova", "/tipo"));
    }
    let kind = patch.tipo.as_deref().and_then(LicenceType::from_wire);
    if kind.is_none_or(|kind| kind == LicenceType::Trial) {
        return Err(Rejection::coded("conversione_tipo", "/tipo"));
    }
    Ok(())
}

/// Refuses more days of tolerance or trust than the licence has or its policy gives: a device that is
/// trusted for years never learns that its licence was revoked.
fn check_numbers(
    licence: &Licence,
    in_force: &InForce,
    (_, grace, offline): &(Option<i64>, Option<i64>, Option<i64>),
) -> Result<(), Rejection> {
    let policy = &in_force.policy;
    let asked = [
        (*grace, policy.grace_days.max(licence.grace_days), "/tolleranza_giorni"),
        (*offline, policy.offline_days.max(licence.offline_days), "/offline_giorni"),
    ];
    let errors: Vec<_> = asked
        .into_iter()
        .filter(|(days, most, _)| days.is_some_and(|days| days > *most) && !in_force.may_exceed)
        .map(|(_, _, pointer)| FieldProblem::new(pointer, "field-policy-most"))
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Rejection::fields(errors)) }
}

/// A licence of another type does not keep the end the old one had, unless somebody says so; nor do
/// modules of a trial stay on trial.
fn ended(mut draft: Draft, licence: &Licence, touched: &BTreeSet<String>) -> Draft {
    let kind = draft.tipo.as_deref().and_then(LicenceType::from_wire);
    if kind == Some(licence.r#type) {
        return draft;
    }
    if !touched.contains("scadenza") {
        draft.scadenza = None;
    }
    if licence.r#type == LicenceType::Trial && !touched.contains("moduli") {
        for module in draft.moduli.values_mut().filter(|module| module.prova) {
            module.prova = false;
            module.fino_a = None;
        }
    }
    draft
}

/// The price a licence was sold at.
fn as_sold(licence: &Licence) -> Quote {
    Quote {
        list: licence.list_price,
        discount: licence.discount,
        price: licence.price,
        currency: licence.currency.clone(),
        ..Quote::default()
    }
}

/// What a trial is sold for.
fn sale(order: &Order) -> Option<Cost> {
    let amount = order.quote.price.filter(|price| *price > 0 && !order.terms.internal)?;
    let currency = order.quote.currency.clone();
    Some(Cost { amount, currency, payment: Payment::Paid("") })
}

/// What a licence keeps of the policy it was issued under, unless it is put under another.
fn keep(order: &mut Order, licence: &Licence, is_other_policy: bool) {
    let terms = &mut order.terms;
    if is_other_policy {
        return;
    }
    terms.policy = licence.policy_id.clone().zip(licence.policy_version);
    terms.conditions = licence.conditions.clone();
    terms.grace_days = licence.grace_days;
    terms.offline_days = licence.offline_days;
    terms.renewal_months = licence.renewal_months;
}

/// Writes a change with what it costs; run it on a transaction.
pub(crate) async fn apply(
    cx: &Cx,
    licence: &Licence,
    patch: LicencePatch,
    wanted: Wanted,
) -> Result<(), NotIssued> {
    let Revision { order, cost, converted_at } = prepare(cx, licence, patch, wanted).await?;
    let (db, scope) = (cx.db(), cx.scope());
    // A key is made along with the row; the licence keeps the one it has.
    let (new, _) = issue::new_licence(cx, order).await?;
    db.batch(revision(scope, licence, &new, converted_at)).await?;
    let Some(now) = store::licences::get(&db, scope, &licence.licence_id).await? else {
        return Ok(());
    };
    let (before, after) = differences(licence, &now);
    if !after.is_empty() {
        let converts = converted_at != licence.converted_at;
        let action = if converts { "licence.converted" } else { "licence.changed" };
        let audit = Audit::of(action, &licence.licence_id)
            .named(format!("{} {}", licence.product_name, licence.key_hint))
            .in_organisation(&licence.organisation_id)
            .before(before)
            .after(after);
        let line = story::entry(cx, (&now).into(), action, "");
        db.batch(Batch::new().audit(audit).emit(timeline::HAPPENED, line)).await?;
    }
    match cost.filter(|cost| cost.amount > 0) {
        Some(cost) => book(cx, licence, &cost, &now).await,
        None => Ok(()),
    }
}

/// Changes a licence in a transaction of its own: why not, if what was asked makes no sense.
pub(crate) async fn in_transaction(
    cx: &Cx,
    licence: &Licence,
    patch: &LicencePatch,
    wanted: Wanted,
) -> Result<Result<(), Rejection>, Problem> {
    cx.transaction(|tx| async move {
        match apply(&tx, licence, patch.clone(), wanted).await {
            Ok(()) => Ok(Ok(())),
            Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection)),
            Err(NotIssued::Failed(fault)) => Err(changed(fault)),
        }
    })
    .await
}
