//! Unlocks the plugins of a demo, the way a superadmin does.

use std::sync::Arc;

use plugin_api::{Cx, time};

use crate::cli::Failure;
use crate::lend::fresh_id;
use crate::plugins::Status;
use crate::state::State;
use crate::vendor::unlock::{self, UnlockKey};
use crate::vendor::{Purpose, VendorKeys, pair};

/// How long the keys of a demo count.
const DAYS: i64 = 365;
/// A plugin whose unlock ends sooner gets another.
const SPARE: i64 = 30 * time::DAY;

/// Enters a key for every plugin that has none, and switches on what is off in a new demo; later
/// what somebody switched off stays off.
pub(super) async fn unlock(state: &Arc<State>, cx: &Cx, is_new: bool) -> Result<(), Failure> {
    let soon = state.now() + SPARE;
    let rows = state.registry.list(state.now());
    let locked: Vec<String> = rows
        .into_iter()
        .filter(|row| row.unlocked_until.is_none_or(|until| until < soon))
        .map(|row| row.id)
        .collect();
    if !locked.is_empty() {
        if VendorKeys::load(&state.config)?.is_compiled_in() {
            tracing::warn!(
                "This cockpit accepts only keys of its vendor, so the plugins stay locked until \
                 one is entered on the Modules page."
            );
            return Ok(());
        }
        state.registry.enter_unlock_key(cx, state, &key(state, locked)?).await?;
    }
    if is_new {
        for row in state.registry.list(state.now()) {
            if row.status == Status::Disabled {
                state.registry.switch(cx, state, &row.id, true).await?;
            }
        }
    }
    Ok(())
}

fn key(state: &State, modules: Vec<String>) -> Result<String, Failure> {
    let private = pair::read(&pair::private_path(&state.config, Purpose::Unlock))?;
    let now = state.now();
    let key = UnlockKey {
        jti: fresh_id(),
        issuer: "cockpit demo".to_owned(),
        subject: state.installation_id.clone(),
        modules,
        issued: now,
        not_before: now,
        expires: now + DAYS * time::DAY,
    };
    Ok(unlock::sign(&private, &key))
}
