//! What other plugins ask of versions: how many installations of the caller's branch run which.

use plugin_api::contracts::inventory::{Running, RunsVersion, Versions};
use plugin_api::table::encode;
use plugin_api::{Cx, Fault, time};

use crate::store::figures::versions::{COUNTED, Runs, heard, running};
use crate::{READ, paths};

/// The installations heard of since an instant, by product and version.
pub(super) async fn service(cx: Cx, asked: Versions) -> Result<Running, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let is_cut = heard(&db, scope, asked.since).await? > COUNTED;
    let lines = running(&db, scope, asked.since).await?;
    let may_read = cx.may(READ);
    let told = |line: Runs| RunsVersion {
        path: if may_read { listing(&line, asked.since) } else { String::new() },
        product_code: line.product_code,
        version: line.version,
        installations: line.installations,
    };
    Ok(Running { versions: lines.into_iter().map(told).collect(), is_cut })
}

/// The list of what a line counts. Whole days are as fine as it can be asked.
fn listing(line: &Runs, since: i64) -> String {
    let day = time::date(since);
    let shown = "stato=non_ancora_assegnato,assegnata,solo_statistica";
    let (product, version) = (encode(&line.product_code), encode(&line.version));
    format!(
        "{}?prodotto=%3D{product}&versione=%3D{version}&ultima_segnalazione.from={day}&{shown}",
        paths::INSTALLATIONS
    )
}
