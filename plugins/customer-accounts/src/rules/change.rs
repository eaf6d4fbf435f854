//! A rule is moved, switched on or off, or deleted.

use plugin_api::db::Batch;
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;

use super::LISTED;
use super::edit::{audit, found, replace, write};
use super::rule::Rule;
use crate::{paths, store};

/// Where to.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Way {
    /// Asked earlier.
    Up,
    /// Asked later.
    Down,
}

/// Which way a rule is moved.
#[derive(Debug, Deserialize)]
pub(super) struct MoveForm {
    way: Way,
}

/// The version of the rule the question was asked about.
#[derive(Debug, Deserialize)]
pub(super) struct VersionForm {
    version: i64,
}

/// `POST /crm/customers/rules/{id}/move`: changes places with its neighbour.
pub(super) async fn shift(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<MoveForm>,
) -> Result<SeeOther, Problem> {
    let rule = found(&cx, &id).await?;
    let rules = store::rules::all(&cx.db(), cx.scope(), LISTED).await?;
    let mut siblings = rules.into_iter().filter(|one| one.organisation_id == rule.organisation_id);
    let neighbour = match form.way {
        Way::Up => siblings.take_while(|one| one.rule_id != id).last(),
        Way::Down => siblings.by_ref().skip_while(|one| one.rule_id != id).nth(1),
    };
    if let Some(other) = neighbour {
        let moved = Rule { position: other.position, ..rule.clone() };
        let place = |rule: &Rule| store::rules::replacement(cx.scope(), rule, cx.now());
        let batch = Batch::new()
            .and(place(&moved))
            .and(place(&Rule { position: rule.position, ..other.clone() }))
            .audit(audit("rule.moved", &moved).before(&rule).after(&moved));
        write(&cx, batch).await?;
    }
    Ok(SeeOther::to(cx.url(paths::RULES)))
}

/// `POST /crm/customers/rules/{id}/switch`: asked from now on, or not.
pub(super) async fn switch(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<VersionForm>,
) -> Result<SeeOther, Problem> {
    let before = as_seen(&cx, &id, form.version).await?;
    let after = Rule { enabled: i64::from(!before.is_enabled()), ..before.clone() };
    replace(&cx, &before, &after).await?;
    let key = if after.is_enabled() { "rule-now-on" } else { "rule-now-off" };
    let told = cx.lang().with(key, &[("name", &after.name)]);
    Ok(SeeOther::to(cx.url(paths::RULES)).saying(told))
}

/// `POST /crm/customers/rules/{id}/delete`.
pub(super) async fn delete(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<VersionForm>,
) -> Result<SeeOther, Problem> {
    let rule = as_seen(&cx, &id, form.version).await?;
    let batch = Batch::new().and(store::rules::removal(cx.scope(), &rule));
    write(&cx, batch.audit(audit("rule.deleted", &rule).before(&rule))).await?;
    let told = cx.lang().with("rule-deleted", &[("name", &rule.name)]);
    Ok(SeeOther::to(cx.url(paths::RULES)).saying(told))
}

async fn as_seen(cx: &Cx, id: &str, version: i64) -> Result<Rule, Problem> {
    let rule = found(cx, id).await?;
    if rule.version == version { Ok(rule) } else { Err(Problem::conflict("rule_changed")) }
}
