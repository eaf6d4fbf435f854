//! A draft that is not wanted is deleted, with its files.

use plugin_api::db::Batch;
use plugin_api::{Cx, Problem};

use super::body::{Draft, ReleaseBody};
use super::changed;
use super::files::attach::{forget_all, kept_of};
use super::publish::unless_changed;
use super::save::audit;
use crate::domain::release::State;
use crate::store::{artifacts, releases};

/// Deletes a draft as it was read.
pub(crate) async fn delete(cx: &Cx, draft: &Draft) -> Result<(), Problem> {
    let release = &draft.release;
    if release.state != State::Draft {
        return Err(Problem::conflict("rilascio_uscito"));
    }
    let files = artifacts::of_release(&cx.db(), cx.scope(), &release.release_id).await?;
    let audit = audit("release.deleted", release).before(ReleaseBody::from(draft));
    let batch = releases::deletion(release).into_iter().fold(Batch::new(), Batch::and);
    unless_changed(cx.db().batch(batch.audit(audit)).await)?;
    forget_all(cx, files.iter().flat_map(kept_of).collect()).await?;
    changed::show(cx).await;
    Ok(())
}
