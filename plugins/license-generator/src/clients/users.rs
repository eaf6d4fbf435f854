//! `POST /crm/licences/{id}/users`: names a person to a licence, takes his seat, or keeps him out.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FieldProblem, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use crate::domain::choices::Binding;
use crate::domain::licence::Licence;
use crate::domain::user::{NamedUser, Standing, UserName};
use crate::store::users::{PERSON, Seating};
use crate::{paths, store};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    /// Gives him a seat before he comes, or again.
    Reserve,
    /// Takes his seat; he may come again.
    Free,
    /// Takes his seat for good.
    Bar,
}

/// What the form sends: a name to reserve for, else the id of a person.
#[derive(Debug, Deserialize)]
pub(super) struct UserForm {
    azione: Act,
    #[serde(default)]
    nome: String,
    #[serde(default)]
    utente: String,
}

/// Does it; 409 when there is no room.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<UserForm>,
) -> Result<SeeOther, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
    let licence = licence
        .filter(|licence| licence.binding == Binding::User)
        .ok_or_else(Problem::not_found)?;
    let notice = match form.azione {
        Act::Reserve => reserve(&cx, &licence, &form.nome).await?,
        Act::Free => unseat(&cx, &licence, &form.utente, Standing::Removed).await?,
        Act::Bar => unseat(&cx, &licence, &form.utente, Standing::Barred).await?,
    };
    let there = cx.url(&paths::of(paths::SHOW, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t(notice)))
}

async fn reserve(cx: &Cx, licence: &Licence, typed: &str) -> Result<&'static str, Problem> {
    let name = UserName::parse(typed)
        .ok_or_else(|| Problem::validation(vec![FieldProblem::new("/nome", "field-user")]))?;
    let (db, id) = (cx.db(), licence.licence_id.as_str());
    let people = store::users::people(&db, id, &name).await?;
    let fresh = cx.fresh_id();
    let known = people.asking.as_ref();
    let user_id = known.map_or(fresh.as_str(), |user| user.user_id.as_str());
    let seating = Seating { user_id, name: &name, is_new: known.is_none(), reserved: true };
    let batch = Batch::new().and(store::users::locking(cx.scope(), id));
    let mut batch = store::users::seating(batch, licence, seating, cx.now());
    if let Some(limit) = licence.users_limit() {
        batch = batch.and(store::users::within_limit(id, limit));
    }
    match db.batch(batch.audit(audit("user.reserved", user_id, licence, &name.name))).await {
        Ok(_) => Ok("user-reserved"),
        Err(fault) if fault.is_mismatch(PERSON) => Err(Problem::conflict("limite_utenti")
            .argument("max", licence.users_max.unwrap_or_default())),
        Err(fault) if fault.is_unique("license_generator_named_user") => Ok("user-reserved"),
        Err(fault) => Err(fault.into()),
    }
}

async fn unseat(
    cx: &Cx,
    licence: &Licence,
    user_id: &str,
    to: Standing,
) -> Result<&'static str, Fault> {
    let (db, scope, id) = (cx.db(), cx.scope(), licence.licence_id.as_str());
    let users = store::users::of_licence(&db, scope, id).await?;
    let is_it = |user: &&NamedUser| user.user_id == user_id && user.state != to;
    let Some(user) = users.iter().find(is_it) else { return Ok("user-unchanged") };
    let (action, notice) = match to {
        Standing::Barred => ("user.barred", "user-barred-done"),
        Standing::Active | Standing::Removed => ("user.freed", "user-freed"),
    };
    let batch = store::users::unseating(Batch::new(), scope, (id, user_id), to, cx.now());
    match db.batch(batch.audit(audit(action, user_id, licence, &user.name))).await {
        Ok(_) => Ok(notice),
        Err(fault) if fault.is_mismatch(PERSON) => Ok("user-unchanged"),
        Err(fault) => Err(fault),
    }
}

fn audit(action: &str, user_id: &str, licence: &Licence, name: &str) -> Audit {
    Audit::of(action, user_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .after(json!({ "licence": licence.licence_id, "user": name }))
}
