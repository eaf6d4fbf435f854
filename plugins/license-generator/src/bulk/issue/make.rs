//! Issues the licences of a run, some at a time. Each transaction also counts what it did, so that a
//! run that was cut off goes on right behind: no licence twice, none missing.

use std::time::Duration;

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, Problem};

use super::settle;
use crate::bulk::job::Teller;
use crate::domain::bulk::{Issuing, Line, Pace, Run, RunState, Source};
use crate::domain::choices::Origin;
use crate::domain::device::Fingerprint;
use crate::domain::draft::Draft;
use crate::issue::{self, NotIssued, Order};
use crate::store;

/// Licences written by one statement: always as many, so that it is prepared once.
const TOGETHER: usize = 25;
/// Customers served in one transaction at most: each costs several statements.
const CUSTOMERS: usize = 20;

/// Issues what is left to issue.
pub(in crate::bulk) async fn run(cx: &Cx, mut run: Run) -> Result<(), Fault> {
    let work: Issuing = serde_json::from_str(&run.work)?;
    let order = match alike(cx, &run, &work).await? {
        Ok(order) => order,
        // What was right when it was confirmed is wrong now: the run says how far it came.
        Err(code) => return settle::end(cx, &run, &work, (RunState::Stopped, code)).await,
    };
    let (mut pace, mut teller) = (Pace::default(), Teller::default());
    while run.done < run.total {
        if teller.tell(cx, &run).await? {
            return settle::end(cx, &run, &work, (RunState::Stopped, "")).await;
        }
        let began = cx.now();
        let Some((done, skipped)) = some(cx, &run, &work, order.as_ref(), pace).await? else {
            return Ok(());
        };
        run.done += done;
        run.skipped += skipped;
        pace = pace.after(cx.now() - began);
        cx.sleep(Duration::from_millis(pace.pause())).await?;
    }
    settle::end(cx, &run, &work, (RunState::Done, "")).await
}

/// The order all licences of the run have in common; none when they are for many customers.
async fn alike(
    cx: &Cx,
    run: &Run,
    work: &Issuing,
) -> Result<Result<Option<Order>, &'static str>, Fault> {
    if work.source == Source::Customers {
        return Ok(Ok(None));
    }
    match issue::prepare(cx, &work.draft, Origin::Bulk).await {
        Ok(order) => Ok(Ok(Some(as_confirmed(order, run)))),
        Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection.code)),
        Err(NotIssued::Failed(fault)) => Err(fault),
    }
}

/// The price is the one that was confirmed, whatever the price list says by now.
fn as_confirmed(mut order: Order, run: &Run) -> Order {
    if run.price.is_some() {
        order.quote.price = run.price;
        order.quote.currency.clone_from(&run.currency);
    }
    order.bulk_id = Some(run.bulk_id.clone());
    order
}

/// Issues some; answers how many lines it got through and how many of them it left out, or nothing
/// when another job works on the run.
async fn some(
    cx: &Cx,
    run: &Run,
    work: &Issuing,
    order: Option<&Order>,
    pace: Pace,
) -> Result<Option<(i64, i64)>, Fault> {
    let left = usize::try_from(run.total - run.done).unwrap_or_default();
    let size = pace.size().min(left);
    let from = usize::try_from(run.done).unwrap_or_default();
    let written = match (order, work.source) {
        (Some(order), Source::Count) => write(cx, run, order, vec![None; size]).await,
        (Some(order), _) => {
            let lines = store::bulk::lines(&cx.db(), &run.bulk_id, from, size).await?;
            write(cx, run, order, lines.into_iter().map(Some).collect()).await
        }
        (None, _) => {
            let size = size.min(CUSTOMERS);
            let lines = store::bulk::lines(&cx.db(), &run.bulk_id, from, size).await?;
            serve(cx, run, &work.draft, &lines).await
        }
    };
    match written {
        Ok((0, _)) => Err(Fault::internal("the list of a run is shorter than it said")),
        Ok(written) => Ok(Some(written)),
        Err(fault) if fault.is_mismatch(store::bulk::RUN) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Writes licences that are alike, each for its device if there is one, in one batch. The seat of
/// that device is taken before it comes, so that no other can have it.
async fn write(
    cx: &Cx,
    run: &Run,
    order: &Order,
    devices: Vec<Option<Line>>,
) -> Result<(i64, i64), Fault> {
    let n = i64::try_from(devices.len()).unwrap_or(i64::MAX);
    let (mut licences, mut seats) = (Vec::with_capacity(devices.len()), Vec::new());
    for device in devices {
        let mut order = order.clone();
        if let Some(device) = device.as_ref().filter(|device| !device.serial.is_empty()) {
            let notes = [order.terms.note.as_str(), device.serial.as_str()];
            notes.join(" ").trim().clone_into(&mut order.terms.note);
        }
        let (mut new, _) = issue::new_licence(cx, order).await?;
        if device.is_some() {
            new.devices_max = 1;
            new.devices_limit = 1;
        }
        seats.extend(device.map(|device| (licences.len(), device)));
        licences.push(new);
    }
    let mut batch = Batch::new().and(store::bulk::advance(run, n, 0));
    for together in licences.chunks(TOGETHER) {
        batch = store::licences::statements_of_many(together).into_iter().fold(batch, Batch::and);
    }
    for (at, device) in seats {
        let Some(new) = licences.get(at) else { continue };
        let fingerprint = Fingerprint::stored(device.key);
        let id = cx.fresh_id();
        batch = store::bulk::reserving(batch, new, &id, &fingerprint, &device.name);
    }
    cx.db().batch(batch).await?;
    Ok((n, 0))
}

/// Issues a licence to each of these customers, with all that belongs to a single one.
async fn serve(cx: &Cx, run: &Run, draft: &Draft, lines: &[Line]) -> Result<(i64, i64), Fault> {
    let served = cx.transaction(|tx| async move {
        let mut skipped = 0;
        for line in lines {
            let draft = Draft { cliente: Some(line.key.clone()), ..draft.clone() };
            match issue::prepare(&tx, &draft, Origin::Bulk).await {
                Ok(order) => drop(issue::complete(&tx, as_confirmed(order, run)).await?),
                Err(NotIssued::Rejected(_)) => skipped += 1,
                Err(NotIssued::Failed(fault)) => return Err(fault.into()),
            }
        }
        let done = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let advance = Batch::new().and(store::bulk::advance(run, done, skipped));
        tx.db().batch(advance).await?;
        Ok((done, skipped))
    });
    served.await.map_err(|problem| fault(&problem))
}

/// The fault behind a problem.
pub(in crate::bulk) fn fault(problem: &Problem) -> Fault {
    problem.fault().cloned().unwrap_or_else(|| Fault::internal("a licence could not be issued"))
}
