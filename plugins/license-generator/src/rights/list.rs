//! `/crm/issuing-rights`: the rules on who may issue what and how many.

use axum::response::Response;
use plugin_api::table::{Column, Source, TableQuery, TableSpec};
use plugin_api::ui::{Markup, Notice, Tone};
use plugin_api::{Cx, Page, Problem};

use crate::paths;

fn spec() -> TableSpec {
    let source = Source {
        from: "license_generator_right r \
            left join host_organisations_v1 o on o.organisation_id = r.branch_id",
        id: "r.right_id",
        scope: "r.organisation_id",
    };
    TableSpec::new(paths::RIGHTS, "rights", source)
        .column(Column::text("nome", "r.name").folded("r.name_folded").label("label-name"))
        .column(Column::text("ruolo", "r.role").filterable().label("right-role"))
        .column(Column::text("ramo", "o.name").folded("o.name_folded").label("right-branch"))
        .column(Column::flag("attiva", "r.enabled").filterable().label("right-enabled"))
        .column(Column::instant("modificata", "r.updated_at").sortable().label("right-updated"))
        .search(&["r.name_folded"])
        .row_link(paths::RIGHT)
        .primary("right-new", paths::RIGHT_NEW, crate::RIGHTS)
        .empty("rights-empty", "rights-empty-hint")
}

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let (spec, lang) = (spec(), cx.lang());
    let table = spec.load(&cx, &query).await?;
    let explained = Notice::new(Tone::Info, lang.t("rights-explained"));
    let body = Markup::of(&spec.head(&cx)).and(&explained).and(&table);
    Ok(Page::html(lang.t("rights"), body))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
        }
    }
}
