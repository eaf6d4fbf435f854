//! One flush: reports that are written together, in one batch.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use plugin_api::db::{Batch, Statement};
use plugin_api::table::fold;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, FaultKind};

use super::fold::Fold;
use super::group::Submitted;
use super::incoming::{Answer, Incoming, Outcome};
use super::intake::Intake;
use crate::domain::State;
use crate::store::receive::{
    self as rows, Change, CompanyRow, ReportRow, Row, SoftwareRow, Written,
};
use crate::store::tally;

/// Failures of single reports in a row after which the database is taken to be what fails.
const HOPELESS: usize = 3;
/// The quota of new installations, and what else is new, of one address, as quarantine names it.
pub(crate) const TOO_MANY_NEW: &str = "new_installations";

/// Writes `items` in one batch; when that cannot be, each by itself, so that one that cannot be
/// written does not keep the others out. Nothing is answered before it is committed.
pub(crate) async fn flush(cx: &Cx, items: Vec<Submitted<Incoming>>, shard: i64) -> Vec<Answer> {
    let all: Vec<&Incoming> = items.iter().map(|given| &given.item).collect();
    let mut maybe_written = items.iter().any(|given| given.maybe_written);
    // The first repetition reads again what somebody else wrote meanwhile.
    for _ in 0..2 {
        match together(cx, &all, shard, maybe_written).await {
            Ok(outcomes) => return outcomes.into_iter().map(Ok).collect(),
            Err(fault) if all.len() == 1 && fault.kind != FaultKind::Unique => {
                return vec![Err(fault)];
            }
            // Each by itself tells which it is.
            Err(_) => {}
        }
        maybe_written = true;
    }
    let mut answers: Vec<Answer> = Vec::with_capacity(all.len());
    let mut failed = 0;
    for item in all {
        if let (HOPELESS.., Some(Err(fault))) = (failed, answers.last()) {
            answers.push(Err(fault.clone()));
            continue;
        }
        let answer = together(cx, &[item], shard, true).await;
        // A report that is no longer as it was says nothing about the database.
        let is_fine = answer.as_ref().err().is_none_or(|fault| fault.kind == FaultKind::Mismatch);
        failed = if is_fine { 0 } else { failed + 1 };
        answers.push(answer.and_then(|mut one| {
            one.pop().ok_or_else(|| Fault::internal("a flush left an item without an answer"))
        }));
    }
    answers
}

/// What is decided about one item before it is written.
enum Plan {
    Answer(Outcome),
    /// Answered like the item with this place.
    Like(usize),
    Keep {
        is_new: bool,
    },
    Quarantine(&'static str),
}

async fn together(
    cx: &Cx,
    items: &[&Incoming],
    shard: i64,
    maybe_written: bool,
) -> Result<Vec<Outcome>, Fault> {
    let (db, intake) = (cx.db(), cx.memory::<Intake>()?);
    let ids: BTreeSet<&str> =
        items.iter().map(|item| item.identity.installation_id.as_str()).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let mut fold = Fold::new(rows::rows(&db, &ids).await?, intake.rules(cx).await?);
    let showing = fold.faces_wanted(items.iter().copied());
    if !showing.is_empty() {
        let showing: Vec<&str> = showing.into_iter().collect();
        let faces = rows::faces_of(&db, &showing).await?;
        fold.with_faces(faces);
    }
    let before = Before::read(cx, items, maybe_written).await?;

    let limits = intake.limits(cx).await?;
    let mut batch = Vec::new();
    let mut plans: Vec<Plan> = Vec::with_capacity(items.len());
    let mut keys: HashMap<&str, (usize, &str)> = HashMap::new();
    let mut new_of: HashMap<&str, i64> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(written) = before.same(item) {
            plans.push(Plan::Answer(answer_again(&fold, item, written)));
            continue;
        }
        if let Some((key, hash)) = &item.key {
            match before.keyed(key, cx.now()) {
                Keyed::Never => {}
                Keyed::Once(written) if written.request_hash.as_deref() == Some(hash) => {
                    plans.push(Plan::Answer(answer_again(&fold, item, written)));
                    continue;
                }
                Keyed::Once(_) => {
                    plans.push(Plan::Answer(Outcome::KeyReused));
                    continue;
                }
                Keyed::LongAgo(written) => batch.push(rows::forget_key(&written.report_id)),
            }
            match keys.get(key.as_str()) {
                Some((first, other)) if other == hash => {
                    plans.push(Plan::Like(*first));
                    continue;
                }
                Some(_) => {
                    plans.push(Plan::Answer(Outcome::KeyReused));
                    continue;
                }
                None => drop(keys.insert(key, (at, hash))),
            }
        }
        let is_novel = !item.subscriber.is_empty() && fold.is_novel(item);
        let many = new_of.get(item.subscriber.as_str()).copied().unwrap_or_default();
        let above = is_novel
            && intake.budgets.spent_by(&item.subscriber, cx.now()) + many
                >= limits.new_installations;
        if let Some(reason) = item.quarantine.or(above.then_some(TOO_MANY_NEW)) {
            plans.push(Plan::Quarantine(reason));
            continue;
        }
        let is_new = fold.take(item);
        if is_novel {
            *new_of.entry(&item.subscriber).or_default() += 1;
        }
        plans.push(Plan::Keep { is_new });
    }
    let named = write(cx, &intake, items, &plans, &fold, shard, batch).await?;
    intake.names.remember(named, cx.now());
    for (address, count) in new_of {
        intake.budgets.spend_on_new(address, count, cx.now());
    }
    let live = plans.iter().any(|plan| matches!(plan, Plan::Keep { .. }));
    if live && intake.may_tell(cx.now()) {
        // Pages that listen look again; one that missed it will at the next.
        let _ = cx.live(super::TOPIC, serde_json::json!({})).await;
    }
    let outcomes = items.iter().zip(&plans).map(|(item, plan)| outcome(&fold, item, plan));
    let outcomes: Vec<Option<Outcome>> = outcomes.collect();
    let like = |at: usize| outcomes.get(at).cloned().flatten().unwrap_or(Outcome::KeyReused);
    let answered = plans.iter().zip(&outcomes).map(|(plan, outcome)| match (plan, outcome) {
        (Plan::Like(at), _) => like(*at),
        (_, Some(outcome)) => outcome.clone(),
        (_, None) => Outcome::KeyReused,
    });
    Ok(answered.collect())
}

fn outcome(fold: &Fold, item: &Incoming, plan: &Plan) -> Option<Outcome> {
    Some(match plan {
        Plan::Answer(outcome) => outcome.clone(),
        Plan::Like(_) => return None,
        Plan::Keep { is_new } => kept(fold, item, &item.report_id, *is_new),
        Plan::Quarantine(_) => Outcome::Quarantined { report_id: item.report_id.clone() },
    })
}

fn kept(fold: &Fold, item: &Incoming, report_id: &str, is_new: bool) -> Outcome {
    let row = fold.row(&item.identity.installation_id);
    Outcome::Kept {
        report_id: report_id.to_owned(),
        is_new,
        state: row.map(|row| State::stored(&row.state)).unwrap_or_default(),
        licence_offered: row.is_some_and(|row| row.licence_offered),
    }
}

/// What the report `written` was answered with, as its installation stands now.
fn answer_again(fold: &Fold, item: &Incoming, written: &Written) -> Outcome {
    if written.installation_id.is_none() {
        return Outcome::Quarantined { report_id: written.report_id.clone() };
    }
    kept(fold, item, &written.report_id, written.was_new)
}

/// Writes the batch; answers the software and companies that are known from now on.
async fn write(
    cx: &Cx,
    intake: &Intake,
    items: &[&Incoming],
    plans: &[Plan],
    fold: &Fold,
    shard: i64,
    before: Vec<Statement>,
) -> Result<Vec<String>, Fault> {
    let (mut reports, mut quarantined, mut released) = (Vec::new(), Vec::new(), Vec::new());
    let (mut software, mut companies) = (BTreeMap::new(), BTreeMap::new());
    for (item, plan) in items.iter().zip(plans) {
        match plan {
            Plan::Answer(_) | Plan::Like(_) => {}
            Plan::Quarantine(reason) => {
                quarantined.push((report_row(item, None, false), fold_name(item), *reason));
            }
            Plan::Keep { is_new } => {
                let id = &item.identity.installation_id;
                if item.is_released {
                    released.push(rows::released(&item.report_id, id, *is_new));
                    released.push(rows::unquarantined(&item.report_id));
                } else {
                    reports.push(report_row(item, Some(id), *is_new));
                }
                name(item, intake, cx.now(), &mut software, &mut companies);
            }
        }
    }
    let named: Vec<String> = software.keys().chain(companies.keys()).cloned().collect();
    let counted: Vec<&str> = fold.counted.iter().map(String::as_str).collect();
    let known: Vec<&str> =
        counted.iter().copied().filter(|id| fold.changed.contains_key(*id)).collect();
    let mut changes: BTreeMap<Change, Vec<Row>> = BTreeMap::new();
    for row in fold.changed.values() {
        changes.entry(fold.change(row)).or_default().push(row.clone());
    }

    let mut all = before;
    all.extend(rows::software(software.into_values()));
    all.extend(rows::companies(companies.into_values()));
    all.extend(known.chunks(64).map(|ids| tally::take_out(ids.iter().copied(), shard)));
    all.extend(rows::insertions(fold.new.values().cloned().collect()));
    for (change, changed) in changes {
        all.extend(rows::updates(changed, change));
    }
    let products = fold.products.iter();
    all.extend(products.map(|(id, product)| rows::product(id, product.as_deref())));
    all.extend(counted.chunks(64).map(|ids| tally::put_in(ids.iter().copied(), shard)));
    all.extend(released);
    let stored = quarantined.iter().map(|(report, ..)| report.clone());
    all.extend(rows::reports(reports.into_iter().chain(stored)));
    let waiting = quarantined.iter().map(|(report, name, reason)| (report, name.clone(), *reason));
    all.extend(rows::quarantined(waiting));
    all.extend(rows::days(fold.days.values().cloned()));
    all.extend(rows::faces(fold.faces.values().cloned()));
    all.extend(rows::activity(&fold.activity, shard));
    if !all.is_empty() {
        cx.db().batch(all.into_iter().fold(Batch::new(), Batch::and)).await?;
    }
    Ok(named)
}

fn fold_name(item: &Incoming) -> String {
    fold(&item.report.name)
}

/// Enters the software and the company of `item` unless they are known.
fn name(
    item: &Incoming,
    intake: &Intake,
    now: i64,
    software: &mut BTreeMap<String, SoftwareRow>,
    companies: &mut BTreeMap<String, CompanyRow>,
) {
    let (report, identity, at) = (&item.report, &item.identity, item.received_at);
    if !intake.names.knows(&identity.software_id, now) {
        software.entry(identity.software_id.clone()).or_insert_with(|| SoftwareRow {
            software_id: identity.software_id.clone(),
            name: report.name.clone(),
            name_folded: fold_name(item),
            at,
        });
    }
    if let Some(id) = identity.company_id.as_ref().filter(|id| !intake.names.knows(id, now)) {
        companies.entry(id.clone()).or_insert_with(|| CompanyRow {
            company_id: id.clone(),
            name: report.company.clone(),
            name_folded: fold(&report.company),
            vat_number: report.vat_number.clone(),
            vat_is_valid: report.vat_is_valid,
            at,
        });
    }
}

fn report_row(item: &Incoming, installation_id: Option<&str>, was_new: bool) -> ReportRow {
    let report = &item.report;
    ReportRow {
        report_id: item.report_id.clone(),
        installation_id: installation_id.map(str::to_owned),
        software_id: item.identity.software_id.clone(),
        received_at: item.received_at,
        address: item.address.clone(),
        name: report.name.clone(),
        version: report.version.clone(),
        company: report.company.clone(),
        vat_number: report.vat_number.clone(),
        orders: report.orders,
        sold: report.sold,
        currency: report.currency.clone(),
        flags: item.flags(),
        content_type: item.content_type.clone(),
        payload: item.payload.clone(),
        key: item.key.clone(),
        was_new,
    }
}

/// Reports that are stored already: by their id, where a leader was lost, or by their key.
struct Before(Vec<Written>);

enum Keyed<'a> {
    Never,
    Once(&'a Written),
    LongAgo(&'a Written),
}

impl Before {
    async fn read(cx: &Cx, items: &[&Incoming], maybe_written: bool) -> Result<Self, Fault> {
        let ids = items.iter().filter(|_| maybe_written).map(|item| item.report_id.as_str());
        let keys = items.iter().filter_map(|item| Some(item.key.as_ref()?.0.as_str()));
        let (ids, keys): (Vec<&str>, Vec<&str>) = (ids.collect(), keys.collect());
        if ids.is_empty() && keys.is_empty() {
            return Ok(Self(Vec::new()));
        }
        rows::written(&cx.db(), &ids, &keys).await.map(Self)
    }

    /// The row of `item` itself. One in quarantine is there in any case.
    fn same(&self, item: &Incoming) -> Option<&Written> {
        let written = self.0.iter().find(|written| written.report_id == item.report_id)?;
        (!item.is_released || written.installation_id.is_some()).then_some(written)
    }

    fn keyed(&self, key: &str, now: i64) -> Keyed<'_> {
        match self.0.iter().find(|written| written.request_key.as_deref() == Some(key)) {
            None => Keyed::Never,
            Some(written) if written.received_at + DAY < now => Keyed::LongAgo(written),
            Some(written) => Keyed::Once(written),
        }
    }
}
