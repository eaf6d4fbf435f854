//! What programs of customers ask: updates in the way each client asks for them, files, and what became
//! of an update.

pub(crate) mod credential;
mod entitled;
pub mod esito;
mod feeds;
pub(crate) mod files;
mod memory;
mod pack;
mod routes;
mod seen;
mod tuf;
pub mod verifica;

pub(crate) use entitled::Entitled;
pub use memory::Memory;

use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Plugin};
use serde_json::Value as Json;

use crate::store::{clients, downloads, outcomes};

/// Days what installations said is kept.
const KEPT: &str = "client-days";

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .memory(Memory::default())
        .token_type(crate::protocols::verifica::TOKEN_TYPE)
        .setting(files::DOWNLOADS, 0)
        .setting(files::MEGABYTES, 0)
        .setting(KEPT, 400)
        .routes(routes::routes())
        .job("forget-update-clients", Some("23 3 * * *"), forget)
}

/// A job: forgets installations, outcomes and downloads that are older than is wanted.
async fn forget(cx: Cx, _: Json) -> Result<(), Fault> {
    let (days, db): (i64, _) = (cx.setting(KEPT).await?, cx.db());
    let before = cx.now() - days.max(1).saturating_mul(DAY);
    db.execute(clients::forgetting(before)).await?;
    db.execute(outcomes::forgetting(before)).await?;
    db.execute(downloads::forgetting(cx.now(), days.max(1))).await.map(drop)
}
