//! What is due is taken, piece by piece, so that nobody else does it: under jobs, events and mails
//! alike.

use plugin_api::db::{Db, Statement};

/// Takes of `due` what nobody else was faster at: the statement of `claim` changes one row then, and
/// none otherwise. `claim` also notes on the piece what it writes.
pub(crate) async fn take<T: Send>(
    db: &Db,
    due: Vec<T>,
    claim: impl Fn(&mut T) -> Statement + Send + Sync,
) -> Vec<T> {
    let mut taken = Vec::new();
    for mut piece in due {
        let statement = claim(&mut piece);
        match db.execute(statement).await {
            Ok(1) => taken.push(piece),
            Ok(_) => {}
            // What was taken already must run, or it would wait for its lease to end.
            Err(fault) => {
                tracing::warn!(%fault, "What is due could not be taken.");
                break;
            }
        }
    }
    taken
}
