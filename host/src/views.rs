//! Saved views of tables: `POST /views`, `POST /views/delete`, and the list plugins ask for.

use std::sync::Arc;

use plugin_api::lent::SavedView;
use plugin_api::{Access, Caller, Cx, Fault, FieldProblem, Form, Problem, Routes, SeeOther};
use serde::Deserialize;

use crate::jobs::person;
use crate::people::local_path;
use crate::state::State;
use crate::store::views::{self as store, NewView};

/// How many views one person may keep.
const MOST: i64 = 100;
/// Longest name, characters.
const NAME: usize = 80;
/// Longest path, bytes.
const PATH: usize = 300;
/// Longest query string, bytes.
const QUERY: usize = 4_000;

/// The routes of saved views.
pub fn routes() -> Routes {
    Routes::new().post("/views", save, Access::SignedIn).post(
        "/views/delete",
        delete,
        Access::SignedIn,
    )
}

/// The views `caller` sees for the table at `path`: his own, and those shared in his organisation.
pub async fn list(
    state: &Arc<State>,
    caller: &Caller,
    path: &str,
) -> Result<Vec<SavedView>, Fault> {
    let user = person(caller);
    if user.is_empty() || path.len() > PATH {
        return Ok(Vec::new());
    }
    store::list(&state.system("views").db(), user, &caller.organisation_id, path).await
}

#[derive(Deserialize)]
struct SaveForm {
    path: String,
    name: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    shared: bool,
}

#[derive(Deserialize)]
struct DeleteForm {
    view_id: String,
    path: String,
}

async fn save(cx: Cx, Form(form): Form<SaveForm>) -> Result<SeeOther, Problem> {
    let (path, name) = (local(&form.path)?, form.name.trim());
    let mut errors = Vec::new();
    if name.is_empty() {
        errors.push(FieldProblem::new("name", "field-required"));
    }
    if name.chars().count() > NAME {
        errors.push(FieldProblem::new("name", "field-too-long"));
    }
    if form.query.len() > QUERY || form.query.chars().any(char::is_control) {
        errors.push(FieldProblem::new("query", "field-too-long"));
    }
    if !errors.is_empty() {
        return Err(Problem::validation(errors));
    }
    let query = form.query.trim_start_matches('?');
    let view = NewView {
        user_id: person(cx.caller()),
        organisation_id: &cx.caller().organisation_id,
        path,
        name,
        query,
        shared: form.shared,
    };
    keep(&cx, &view).await?;
    let back = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    Ok(SeeOther::to(cx.url(&back)).saying(cx.lang().with("views-saved", &[("name", name)])))
}

async fn keep(cx: &Cx, view: &NewView<'_>) -> Result<(), Problem> {
    if view.user_id.is_empty() {
        return Err(Problem::forbidden());
    }
    let db = cx.db();
    if store::count_others(&db, view).await? >= MOST {
        return Err(Problem::conflict("too_many_views").argument("most", MOST));
    }
    db.execute(store::save(view, &cx.fresh_id(), cx.now())).await?;
    Ok(())
}

async fn delete(cx: Cx, Form(form): Form<DeleteForm>) -> Result<SeeOther, Problem> {
    let path = local(&form.path)?;
    let deleted = cx.db().execute(store::delete(person(cx.caller()), &form.view_id)).await?;
    if deleted == 0 {
        return Err(Problem::not_found());
    }
    Ok(SeeOther::to(cx.url(path)).saying(cx.lang().t("views-deleted")))
}

/// `path` if it is one of this site's pages, without a query.
fn local(path: &str) -> Result<&str, Problem> {
    if local_path(path) == path && path.len() <= PATH && !path.contains('?') {
        return Ok(path);
    }
    Err(Problem::validation(vec![FieldProblem::new("path", "field-local-path")]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::testing::{each, user};

    fn form(name: &str, query: &str, shared: bool) -> Form<SaveForm> {
        let (path, name, query) = ("/crm/x".to_owned(), name.to_owned(), query.to_owned());
        Form(SaveForm { path, name, query, shared })
    }

    #[tokio::test]
    async fn views_are_ones_own_unless_shared_in_the_organisation() {
        for database in each().await {
            let (alice, bob) = (database.cx_of(user("alice")), database.cx_of(user("bob")));
            let elsewhere = Caller { organisation_id: "other".into(), ..user("carol") };
            save(alice.clone(), form("Mine", "?a=1", false)).await.unwrap();
            save(alice.clone(), form("Ours", "b=2", true)).await.unwrap();
            save(alice.clone(), form("Mine", "a=3", false)).await.unwrap();
            let names = async |caller: &Caller| {
                let (user, organisation) = (person(caller), caller.organisation_id.as_str());
                let views = store::list(&alice.db(), user, organisation, "/crm/x").await.unwrap();
                views.into_iter().map(|view| (view.name, view.query, view.own)).collect::<Vec<_>>()
            };
            let row = |name: &str, query: &str, own| (name.to_owned(), query.to_owned(), own);
            let all = vec![row("Mine", "a=3", true), row("Ours", "b=2", true)];
            assert_eq!(names(&user("alice")).await, all);
            assert_eq!(names(&user("bob")).await, vec![row("Ours", "b=2", false)]);
            assert_eq!(names(&elsewhere).await, vec![]);

            let ours = store::list(&alice.db(), "bob", "branch", "/crm/x").await.unwrap().remove(0);
            let form =
                || Form(DeleteForm { view_id: ours.view_id.clone(), path: "/crm/x".to_owned() });
            assert_eq!(delete(bob, form()).await.unwrap_err().codice(), "not_found");
            delete(alice.clone(), form()).await.unwrap();
            assert_eq!(names(&user("bob")).await, vec![]);
        }
    }

    #[tokio::test]
    async fn other_sites_and_bad_names_are_refused() {
        let database = each().await.remove(0);
        let cx = database.cx_of(user("alice"));
        for path in ["//evil", "https://evil", "/x?y=1", "x", ""] {
            let Form(asked) = form("n", "", false);
            let refused = save(cx.clone(), Form(SaveForm { path: path.to_owned(), ..asked })).await;
            assert_eq!(refused.unwrap_err().codice(), "validation", "{path}");
        }
        let long = "x".repeat(NAME + 1);
        for (name, query) in [("  ", ""), (long.as_str(), ""), ("n", "a\r\nb")] {
            let refused = save(cx.clone(), form(name, query, false)).await;
            assert_eq!(refused.unwrap_err().codice(), "validation", "{name}");
        }
    }

    #[tokio::test]
    async fn nobody_keeps_views_without_end() {
        let database = each().await.remove(0);
        let cx = database.cx_of(user("alice"));
        for n in 0..MOST {
            save(cx.clone(), form(&n.to_string(), "", false)).await.unwrap();
        }
        let refused = save(cx.clone(), form("one more", "", false)).await.unwrap_err();
        assert_eq!(refused.codice(), "too_many_views");
        save(cx, form("7", "changed=1", false)).await.unwrap();
    }
}
