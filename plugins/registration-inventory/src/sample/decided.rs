//! What people decided about the installations of the sample.

use plugin_api::contracts::accounts::Account;
use plugin_api::contracts::licences::{OF_ACCOUNT, OfAccount, PRODUCTS};
use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, FaultKind, Problem};
use serde_json::json;

use super::programs::PROGRAMS;
use super::reports::{Customer, INSTALLATIONS, account, installation_id};
use crate::domain::identity::Identity;
use crate::domain::{Report, State};
use crate::mapping::decisions::{Change, Decision, Kind, decide};
use crate::store::notes::{Note, insertion};
use crate::store::scale::mapped;

/// What somebody wrote about an installation, and about which.
const NOTES: [(i64, &str); 3] = [
    (0, "Installazione della sede centrale: referente l'amministrazione."),
    (12, "Sembra usata da due server: chiedere al cliente se la copia è voluta."),
    (40, "Il cliente dice di averla disinstallata."),
];

/// What was decided while reports came in: which products programs are, and whose some are.
pub(super) async fn enter(cx: &Cx, accounts: &[Customer]) -> Result<(), Fault> {
    let products = match cx.service(&PRODUCTS, &()).await {
        Ok(products) => products,
        // Nobody has products; programs stay without.
        Err(fault) if fault.kind == FaultKind::Unavailable => Vec::new(),
        Err(fault) => return Err(fault),
    };
    let product = |name: &str| products.iter().find(|product| product.name == name);
    let known = PROGRAMS.iter().filter_map(|program| Some((program, product(program.product)?)));
    let batch = known.fold(Batch::new(), |batch, (program, product)| {
        let report = Report { name: program.name.to_owned(), ..Report::default() };
        let software_id = Identity::of(&report).software_id;
        batch.and(mapped(&software_id, &product.code, cx.now()))
    });
    let batch = NOTES.iter().try_fold(batch, |batch, (n, text)| {
        let note = Note {
            note_id: cx.fresh_id(),
            installation_id: installation_id(cx, *n, accounts)?,
            at: cx.now(),
            actor: "demo".to_owned(),
            text: (*text).to_owned(),
        };
        Ok::<_, Fault>(batch.and(insertion(&note)))
    })?;
    cx.db().batch(batch).await?;
    for n in (0..INSTALLATIONS / 2).filter(|n| n % 2 == 0) {
        if let Some(account) = account(n, accounts) {
            assign(cx, accounts, n, account).await?;
        }
    }
    Ok(())
}

/// What was decided at the end: some are only counted, one is ignored, one has its licence.
pub(super) async fn later(cx: &Cx, accounts: &[Customer]) -> Result<(), Fault> {
    for (n, state) in [
        (5, State::Statistics),
        (11, State::Statistics),
        (17, State::Statistics),
        (23, State::Ignored),
    ] {
        let mut change = Change::of(installation_id(cx, n, accounts)?);
        change.state = Some(state);
        write(cx, Kind::State, json!({ "state": state.wire() }), change).await?;
    }
    let Some(account) = account(0, accounts) else { return Ok(()) };
    let asked = OfAccount { account_id: account.account_id.clone() };
    let licences = match cx.service(&OF_ACCOUNT, &asked).await {
        Ok(licences) => licences,
        Err(fault) if fault.kind == FaultKind::Unavailable => Vec::new(),
        Err(fault) => return Err(fault),
    };
    let Some(licence) = licences.into_iter().find(|licence| licence.stato == "attiva") else {
        return Ok(());
    };
    let mut change = Change::of(installation_id(cx, 0, accounts)?);
    change.licence_id = Some(Some(licence.licence_id));
    change.licence_offered = Some(true);
    write(cx, Kind::Licence, json!({ "licence": licence.key_hint }), change).await
}

async fn assign(cx: &Cx, accounts: &[Customer], n: i64, account: &Account) -> Result<(), Fault> {
    let mut change = Change::of(installation_id(cx, n, accounts)?);
    change.account = Some(account.clone());
    write(cx, Kind::Assign, json!({ "customer": account.name }), change).await
}

async fn write(
    cx: &Cx,
    kind: Kind,
    summary: serde_json::Value,
    change: Change,
) -> Result<(), Fault> {
    let mut decision = Decision::new(cx, kind, summary);
    decision.changes.push(change);
    let failed = |problem: Problem| {
        let fault = problem.fault().cloned();
        fault.unwrap_or_else(|| Fault::internal("a decision of the sample was refused"))
    };
    decide(cx, decision).await.map(drop).map_err(failed)
}
