//! Roles are made, changed, put back to their defaults and deleted.

use std::collections::BTreeSet;
use std::sync::Arc;

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, FieldProblem, Permissions, Problem};
use serde_json::json;

use super::edits::is_default;
use super::{SUPERADMIN, all, may_grant, permissions};
use crate::people::users;
use crate::state::State;
use crate::store::roles::{self as store, RoleRow, Writing};
use crate::store::{role_permissions, users as user_store};

/// What a role is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What people call it; not used for a built-in one.
    pub name: String,
    /// What it is for; not used for a built-in one.
    pub description: String,
    /// Whether who has it needs a second factor.
    pub totp_required: bool,
    /// What who has it may do, of what the editor may do himself; the rest stays as it is.
    pub permissions: BTreeSet<String>,
}

/// The role `id`, if the caller sees it.
pub async fn find(cx: &Cx, id: &str) -> Result<RoleRow, Problem> {
    let own = &cx.caller().organisation_id;
    store::find(&cx.db(), cx.scope(), own, id).await?.ok_or_else(Problem::not_found)
}

/// Whether the caller may change a role: it is one of his branch and may do nothing he may not.
pub async fn may_change(state: &State, cx: &Cx, role: &RoleRow) -> Result<bool, Problem> {
    let granted = permissions(state, std::slice::from_ref(&role.role_id));
    Ok(may_grant(cx.caller(), &granted)
        && store::belongs(&cx.db(), cx.scope(), &role.role_id).await?)
}

/// What `role` may do, of what the caller may do himself.
pub fn shown(state: &State, cx: &Cx, role: &str) -> BTreeSet<String> {
    let granted = permissions(state, &[role.to_owned()]);
    let ids = all(state).into_iter().map(|permission| permission.id);
    ids.filter(|id| cx.may(id) && granted.contain(id)).collect()
}

/// Makes a role of the caller's own node; answers its id. Audited.
pub async fn create(state: &Arc<State>, cx: &Cx, draft: &Draft) -> Result<String, Problem> {
    worded(draft)?;
    let draft = &own(state, cx, draft);
    let id = cx.fresh_id();
    let node = &cx.caller().organisation_id;
    let role = writing(&id, node, draft);
    let audit =
        Audit::of("role.created", &id).named(role.name).in_organisation(node).after(told(draft));
    let mut batch = Batch::new().and(store::insertion(cx.scope(), &role));
    for permission in all(state) {
        if draft.permissions.contains(&permission.id) {
            batch = batch.and(role_permissions::setting(cx.scope(), &id, &permission.id, true));
        }
    }
    commit(state, cx, batch.audit(audit)).await?;
    Ok(id)
}

/// Changes a role. Audited.
pub async fn change(
    state: &Arc<State>,
    cx: &Cx,
    role: &RoleRow,
    draft: &Draft,
) -> Result<(), Problem> {
    allowed(state, cx, role).await?;
    let was = self::draft(state, cx, role);
    let before = &was.permissions;
    let mut draft = own(state, cx, draft);
    if role.built_in {
        (draft.name, draft.description) = (String::new(), String::new());
    } else {
        worded(&draft)?;
    }
    if role.role_id == SUPERADMIN {
        draft.permissions.clone_from(before);
    }
    if !draft.permissions.is_subset(before) && holds(cx, role).await? {
        return Err(refused("permissions", "role-own-wider"));
    }
    let mut batch = Batch::new()
        .and(store::change(cx.scope(), &writing(&role.role_id, &role.organisation_id, &draft)));
    for permission in all(state) {
        let (id, wanted) = (&permission.id, draft.permissions.contains(&permission.id));
        if !cx.may(id) || wanted == before.contains(id) {
            continue;
        }
        batch = batch.and(role_permissions::resetting(cx.scope(), &role.role_id, id));
        if wanted != is_default(&role.role_id, &permission) {
            let setting = role_permissions::setting(cx.scope(), &role.role_id, id, wanted);
            batch = batch.and(setting);
        }
    }
    let audit = Audit::of("role.changed", &role.role_id)
        .named(role.title(&cx.lang()))
        .in_organisation(&role.organisation_id)
        .before(told(&was))
        .after(told(&draft));
    commit(state, cx, batch.audit(audit)).await
}

/// Puts a built-in role back to what the manifests say. Audited.
pub async fn reset(state: &Arc<State>, cx: &Cx, role: &RoleRow) -> Result<(), Problem> {
    allowed(state, cx, role).await?;
    let granted: BTreeSet<String> = all(state)
        .iter()
        .filter(|permission| is_default(&role.role_id, permission))
        .map(|permission| permission.id.clone())
        .collect();
    // What an editor lacks he cannot bring back either.
    if !role.built_in || !may_grant(cx.caller(), &Permissions::Some(granted.clone())) {
        return Err(Problem::forbidden());
    }
    let before = shown(state, cx, &role.role_id);
    if !granted.is_subset(&before) && holds(cx, role).await? {
        return Err(Problem::conflict("role_own_wider"));
    }
    let audit = Audit::of("role.reset", &role.role_id)
        .named(role.title(&cx.lang()))
        .in_organisation(&role.organisation_id)
        .before(json!({ "permissions": before }))
        .after(json!({ "permissions": granted }));
    let clearing = role_permissions::clearing(cx.scope(), &role.role_id);
    commit(state, cx, Batch::new().and(clearing).audit(audit)).await
}

/// Deletes a role of one's own that nobody has and nobody is invited to. Audited.
pub async fn delete(state: &Arc<State>, cx: &Cx, role: &RoleRow) -> Result<(), Problem> {
    allowed(state, cx, role).await?;
    let audit = Audit::of("role.deleted", &role.role_id)
        .named(&role.name)
        .in_organisation(&role.organisation_id)
        .before(told(&draft(state, cx, role)));
    let batch = Batch::new()
        .and(role_permissions::clearing(cx.scope(), &role.role_id))
        .and(store::lapsing(&role.role_id))
        .and(store::deletion(cx.scope(), &role.role_id))
        .audit(audit);
    match commit(state, cx, batch).await {
        Err(problem) if problem.fault().is_some_and(|fault| fault.is_mismatch("role")) => {
            Err(Problem::conflict("role_in_use"))
        }
        other => other,
    }
}

/// A draft without permissions the caller lacks, or that do not exist.
fn own(state: &State, cx: &Cx, draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    let known: BTreeSet<String> = all(state).into_iter().map(|known| known.id).collect();
    draft.permissions.retain(|id| known.contains(id) && cx.may(id));
    draft
}

async fn commit(state: &Arc<State>, cx: &Cx, batch: Batch) -> Result<(), Problem> {
    cx.db().batch(batch.and(role_permissions::edited())).await?;
    Ok(state.people.roles.read(&cx.db()).await?)
}

/// Refuses whoever may not change the role: he sees it, but it is not his.
async fn allowed(state: &State, cx: &Cx, role: &RoleRow) -> Result<(), Problem> {
    if may_change(state, cx, role).await? { Ok(()) } else { Err(Problem::forbidden()) }
}

/// Whether the caller has this role himself. A superadmin may do everything anyway.
async fn holds(cx: &Cx, role: &RoleRow) -> Result<bool, Problem> {
    if cx.caller().permissions == Permissions::Everything {
        return Ok(false);
    }
    let Some(id) = users::own_id(cx) else { return Ok(false) };
    let user = user_store::find(&cx.db(), cx.scope(), id).await?;
    Ok(user.is_some_and(|user| user.roles().contains(&role.role_id)))
}

/// Refuses a name that is missing and texts that are too long.
fn worded(draft: &Draft) -> Result<(), Problem> {
    match draft.name.trim().chars().count() {
        0 => Err(refused("name", "field-required")),
        101.. => Err(refused("name", "field-too-long")),
        _ if draft.description.trim().chars().count() > 500 => {
            Err(refused("description", "field-too-long"))
        }
        _ => Ok(()),
    }
}

fn refused(field: &str, key: &str) -> Problem {
    Problem::validation(vec![FieldProblem::new(format!("/{field}"), key)])
}

fn writing<'a>(id: &'a str, organisation_id: &'a str, draft: &'a Draft) -> Writing<'a> {
    Writing {
        role_id: id,
        organisation_id,
        name: draft.name.trim(),
        description: draft.description.trim(),
        totp_required: draft.totp_required,
    }
}

/// What the audit log keeps of a role.
fn told(draft: &Draft) -> serde_json::Value {
    json!({
        "name": draft.name.trim(), "description": draft.description.trim(),
        "totp_required": draft.totp_required, "permissions": draft.permissions,
    })
}

/// A role as it is, of what the caller may do himself.
pub fn draft(state: &State, cx: &Cx, role: &RoleRow) -> Draft {
    Draft {
        name: role.name.clone(),
        description: role.description.clone(),
        totp_required: role.totp_required,
        permissions: shown(state, cx, &role.role_id),
    }
}
