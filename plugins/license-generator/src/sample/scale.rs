//! Any number of further licences for `cockpit demo --scale`, written many at a time: to see and to
//! measure how the cockpit does with a long history.

use plugin_api::contracts::accounts::Account;
use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};

use super::licences::{Shape, order, others};
use super::products::Offered;
use crate::domain::state::StoredState;
use crate::issue;
use crate::statistics::due;
use crate::store::licences::{NewLicence, statements_of_many};
use crate::store::scale::{activations, entered};

/// Licences of one batch.
const BATCH: usize = 2_000;
/// Licences of one statement: ten thousand values, of which a statement may have three times as many.
const TOGETHER: usize = 200;
/// How far back they go, in days.
const PAST: i64 = 5 * 365;
/// One in so many has an activated device.
const ACTIVATED: usize = 4;

/// Enters what is missing of `wanted` licences.
pub(super) async fn enter(
    cx: &Cx,
    accounts: &[Account],
    products: &[Offered],
    wanted: usize,
) -> Result<(), Fault> {
    let mut next = entered(&cx.db()).await?;
    let known = next;
    let shapes = others();
    while next < wanted {
        let end = wanted.min(next + BATCH);
        let mut batch = Vec::with_capacity(end - next);
        for n in next..end {
            let shape = shapes.get(n % shapes.len());
            // Each account has licences of every product.
            let account = accounts.get(n % accounts.len().max(1));
            let product = products.get((n / 7) % products.len().max(1));
            let (Some(shape), Some(account), Some(product)) = (shape, account, product) else {
                return Ok(());
            };
            let marker = format!("scale-{n:07}");
            let shape = moved(*shape, n, wanted);
            let order = order(cx, &marker, shape, account, product)?;
            let (mut new, _) = issue::new_licence(cx, order).await?;
            new.state_stored = shape.state;
            batch.push(new);
        }
        write(cx, &batch).await?;
        next = end;
    }
    if next > known {
        // Not at the next hour only: until then figures are counted from so many rows.
        cx.db().batch(Batch::new().enqueue(due())).await?;
    }
    Ok(())
}

/// The same licence, begun on another day of the last years. They are written in the order of those
/// days: rows that come in the order of their indexes are written many times faster.
fn moved(mut shape: Shape, n: usize, wanted: usize) -> Shape {
    let wide = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let length = shape.ends.map(|ends| ends - shape.began);
    shape.began = wide(n).saturating_mul(PAST) / wide(wanted.max(1)) - PAST;
    shape.ends = length.map(|length| length + shape.began);
    shape
}

async fn write(cx: &Cx, licences: &[NewLicence]) -> Result<(), Fault> {
    let rows = licences.chunks(TOGETHER).flat_map(statements_of_many);
    let batch = rows.fold(Batch::new(), Batch::and);
    let activated: Vec<(String, &NewLicence)> = licences
        .iter()
        .filter(|new| new.state_stored == StoredState::Active && new.devices_max > 0)
        .step_by(ACTIVATED)
        .map(|new| (cx.fresh_id(), new))
        .collect();
    let batch = activations(&activated, DAY).into_iter().fold(batch, Batch::and);
    cx.db().batch(batch).await.map(drop)
}
