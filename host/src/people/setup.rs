//! The first run: until a user exists, who knows the one-time token may make the first one.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use plugin_api::db::{Audit, Batch, RenameOrganisation};
use plugin_api::{Cx, Fault, Problem, Scope};
use subtle::ConstantTimeEq as _;

use super::users::{self, NewUser};
use super::{People, roles, secrets};
use crate::state::State;
use crate::store::organisations::ROOT;
use crate::store::users::{self as store, OnlyFirst, UserRow};

/// What the first page asks for; not `Debug`, because of the password.
#[derive(Clone, Default)]
pub(crate) struct Start {
    /// The one-time token.
    pub(crate) token: String,
    /// What the company is called.
    pub(crate) company: String,
    /// The first superadmin's e-mail address.
    pub(crate) email: String,
    /// His name.
    pub(crate) name: String,
    /// His password.
    pub(crate) password: String,
}

/// Whether no user exists yet. Asks the database only until one does.
pub async fn is_needed(state: &Arc<State>) -> Result<bool, Fault> {
    if state.people.is_set_up.load(Ordering::Relaxed) {
        return Ok(false);
    }
    let users = store::count(&state.system("setup").db(), &Scope::everything()).await?;
    if users > 0 {
        done(state);
    }
    Ok(users == 0)
}

/// The one-time token, made anew at each start and written to `setup-token` in the data directory,
/// where only the owner of the process reads it; none once a user exists. Print it.
pub async fn token(state: &Arc<State>) -> Result<Option<String>, Fault> {
    if !is_needed(state).await? {
        // Somebody was made another way; the token is worth nothing any more.
        let _ = std::fs::remove_file(file(state));
        return Ok(None);
    }
    let token = secrets::secret(&state.system("setup"));
    let path = file(state);
    let _ = std::fs::remove_file(&path);
    let mut options = std::fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.write(true).create_new(true).open(&path);
    written.and_then(|mut file| writeln!(file, "{token}")).map_err(Fault::internal)?;
    *held(&state.people) = Some(token.clone());
    Ok(Some(token))
}

/// Makes the root's name and the first superadmin, and answers him. The token is used up.
pub(crate) async fn finish(state: &Arc<State>, cx: &Cx, start: &Start) -> Result<UserRow, Problem> {
    let given = start.token.trim().as_bytes();
    let is_right =
        held(&state.people).as_ref().is_some_and(|token| bool::from(token.as_bytes().ct_eq(given)));
    if !is_right {
        let field = plugin_api::FieldProblem::new("/token", "setup-token-wrong");
        return Err(Problem::validation(vec![field]));
    }
    let everywhere = Scope::everything();
    let new = NewUser {
        email: start.email.clone(),
        name: start.name.clone(),
        password: start.password.clone(),
        roles: vec![roles::SUPERADMIN.to_owned()],
        organisation_id: ROOT.to_owned(),
    };
    // Nobody is signed in yet, so the rename says itself how far it reaches.
    let name = start.company.trim().to_owned();
    let audit = Audit::of("organisation.renamed", ROOT).named(&name);
    let naming = RenameOrganisation { organisation_id: ROOT.to_owned(), name };
    let naming = Batch::new().and(naming.statement(&everywhere)).audit(audit);
    // Two at once: the statement adds a user only while there is none.
    let made = users::insert(state, cx, &everywhere, &new, OnlyFirst::Yes, naming).await;
    let id = made.map_err(|problem| match problem.fault() {
        Some(fault) if fault.is_mismatch("user") => Problem::conflict("setup_done"),
        _ => problem,
    })?;
    let user = store::find(&cx.db(), &everywhere, &id).await?;
    user.ok_or_else(|| Fault::internal("the first user is gone").into())
}

/// Notes that a user exists; the token and its file are worth nothing any more.
pub(super) fn done(state: &State) {
    state.people.is_set_up.store(true, Ordering::Relaxed);
    if held(&state.people).take().is_some() {
        let _ = std::fs::remove_file(file(state));
    }
}

fn held(people: &People) -> std::sync::MutexGuard<'_, Option<String>> {
    people.setup_token.lock().unwrap_or_else(PoisonError::into_inner)
}

fn file(state: &State) -> PathBuf {
    state.config.file("setup-token")
}
