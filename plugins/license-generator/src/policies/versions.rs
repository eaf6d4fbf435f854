//! `/crm/policies/{id}/versions`: every version of a policy, to read, compare and go back to.

use askama::Template;
use axum::response::Response;
use plugin_api::form::Typed;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec, TableView};
use plugin_api::ui::{Action, Badge, Card, Facts, Field, Head, Markup, Tabs, Tone};
use plugin_api::{Cx, Page, Path, Problem, Query};

use super::edit::known;
use super::form::tabs;
use super::grid::{Grid, comparison};
use super::read;
use super::values::compared;
use crate::domain::policy_draft::PolicyDraft;
use crate::paths;
use crate::store::policies::{self as store, Stored, Version};

#[derive(Template)]
#[template(path = "license-generator/policy-versions.html")]
struct ListPage {
    head: Head,
    tabs: Tabs,
    table: TableView,
}

#[derive(Template)]
#[template(path = "license-generator/policy-version.html")]
struct VersionPage {
    head: Head,
    tabs: Tabs,
    facts: Card,
    /// Where the other version is chosen.
    action: String,
    other: Field,
    compare: Action,
    values: Grid,
}

fn spec(policy: &Stored) -> TableSpec {
    let source = Source {
        from: "license_generator_policy_version v \
            join license_generator_policy p on p.policy_id = v.policy_id",
        id: "v.version_id",
        scope: "p.organisation_id",
    };
    TableSpec::new(paths::of(paths::POLICY_VERSIONS, &policy.policy_id), "policy-versions", source)
        .column(Column::number("versione", "v.version").label("label-version").sortable())
        .column(Column::instant("quando", "v.created_at").sortable().filterable())
        .column(Column::text("autore", "v.created_by").label("policy-author"))
        .column(Column::text("nota", "v.note").label("policy-nota"))
        .only("v.policy_id = ?", [policy.policy_id.as_str().into()])
        .row_link(paths::POLICY_VERSION)
        .default_sort("versione", Order::Descending)
        .empty("policies-empty", "policies-empty-hint")
}

/// Every version.
pub(super) async fn list(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let policy = known(&cx, &id).await?;
    let lang = cx.lang();
    let title = lang.with("policy-versions-of", &[("name", &policy.name)]);
    let page = ListPage {
        head: Head::new(&title).back(lang.t("policies"), cx.url(paths::POLICIES)),
        tabs: tabs(&cx, &id, paths::POLICY_VERSIONS),
        table: spec(&policy).load(&cx, &query).await?,
    };
    Page::new(title, &page)
}

/// The same as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    spec(&known(&cx, &id).await?).export(&cx, &query).await
}

/// One version beside another: the current one unless told otherwise, or the one before if this is it.
pub(super) async fn show(
    cx: Cx,
    Path(id): Path<String>,
    query: Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let version = store::version(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let policy = known(&cx, &version.policy_id).await?;
    let all = store::versions(&db, scope, &version.policy_id).await?;
    let typed = Typed::from(query);
    let usual =
        if version.version == policy.version { version.version - 1 } else { policy.version };
    let other = all
        .iter()
        .find(|other| other.version_id == typed.text("con"))
        .or_else(|| all.iter().find(|other| other.version == usual))
        .unwrap_or(&version);
    let lang = cx.lang();
    let title = |version: &Version| {
        let number = lang.number(version.version);
        lang.with("policy-version-n", &[("n", &number)])
    };
    let names = [title(&version), title(other)];
    let choose = all.iter().fold(
        Field::select("con", lang.t("policy-compare-with")).value(&other.version_id),
        |field, known| {
            let named = format!("{} · {}", title(known), lang.date(known.created_at));
            field.option(&known.version_id, named)
        },
    );
    let heading = format!("{} · {}", version.name, title(&version));
    let page = VersionPage {
        head: head(&cx, &policy, &version, &heading),
        tabs: tabs(&cx, &policy.policy_id, paths::POLICY_VERSIONS),
        facts: facts(&cx, &version),
        action: cx.url(&paths::of(paths::POLICY_VERSION, &id)),
        other: choose,
        compare: Action::submit(lang.t("policy-compare")),
        values: comparison(&lang, names, compared(&lang, &version.document, &other.document)),
    };
    Page::new(heading, &page)
}

/// An older version comes back as any change does: tried out first, then kept as a new one.
fn head(cx: &Cx, policy: &Stored, version: &Version, title: &str) -> Head {
    let lang = cx.lang();
    let above = cx.url(&paths::of(paths::POLICY_VERSIONS, &policy.policy_id));
    let head = Head::new(title).back(lang.t("policy-versions"), above);
    if version.version == policy.version {
        return head.badge(Badge::new(Tone::Ok, lang.t("policy-current")));
    }
    let number = lang.number(version.version);
    let draft = PolicyDraft {
        nota: lang.with("policy-restored-note", &[("n", &number)]),
        codice: policy.code.clone(),
        nome: version.name.clone(),
        predefinita: policy.default_of.is_some(),
        ..PolicyDraft::from(&version.document)
    };
    let path = cx.url(&paths::of(paths::POLICY, &policy.policy_id));
    let restore = Action::post(lang.t("policy-restore"), path)
        .with("passo", "prova")
        .with("versione", policy.version.to_string());
    let restore = read::pairs(&draft)
        .into_iter()
        .fold(restore, |restore, (name, value)| restore.with(name, value));
    head.action(&restore)
}

fn facts(cx: &Cx, version: &Version) -> Card {
    let lang = cx.lang();
    let facts = Facts::new()
        .text(lang.t("column-quando"), lang.instant(version.created_at))
        .text(lang.t("policy-author"), &version.created_by)
        .text(lang.t("policy-nota"), &version.note);
    Card::new("version", lang.t("policy-version")).body(&Markup::of(&facts))
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use super::*;
    use crate::domain::policy::Policy;

    #[test]
    fn the_table_makes_sense() {
        let policy = Stored {
            policy_id: "P".into(),
            code: "A".into(),
            name: "A".into(),
            product_id: None,
            product_code: None,
            product_name: None,
            default_of: None,
            version: 1,
            updated_at: 0,
            document: Policy::default(),
        };
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(spec(&policy).mistakes(&lang), Vec::<String>::new());
        }
    }
}
