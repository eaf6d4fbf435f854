//! The list of mails.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem, Routes};

use super::{PATH, STATES, outlet};
use crate::pages::may;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, list, may("mail")).get("/system/mail/export", export, may("mail"))
}

fn spec() -> TableSpec {
    let source = Source {
        from: "host_mail m \
               left join host_organisation o on o.organisation_id = m.organisation_id",
        id: "m.mail_id",
        scope: "m.organisation_id",
    };
    let state = "case when m.state = 'waiting' and m.error <> '' then 'retrying' else m.state end";
    TableSpec::new(PATH, "mail-title", source)
        .column(
            Column::text("subject", "m.subject")
                .label("mail-subject")
                .folded("m.subject_folded")
                .filterable(),
        )
        .column(
            Column::text("to", "m.recipient")
                .label("mail-to")
                .folded("m.recipient_folded")
                .filterable(),
        )
        .column(Column::choice("state", state, &STATES).label("mail-state").filterable())
        .column(Column::instant("at", "m.created_at").label("mail-at").sortable().filterable())
        .column(Column::number("attempts", "m.attempts").label("mail-attempts").sortable())
        .column(Column::text("error", "m.error").label("mail-error"))
        .column(Column::mono("kind", "m.kind").label("mail-kind").sortable().filterable())
        .column(Column::instant("sent", "m.sent_at").label("mail-sent-at").sortable().optional())
        .column(
            Column::text("organisation", "o.name")
                .label("mail-organisation")
                .folded("o.name_folded")
                .filterable()
                .optional(),
        )
        .column(Column::mono("plugin", "m.plugin").label("mail-module").filterable().optional())
        .search(&["m.recipient_folded", "m.subject_folded", "m.kind"])
        .row_link("/system/mail/{id}")
        .default_sort("at", Order::Descending)
        .preset("mail-preset-dead", "state=dead")
        .preset("mail-preset-waiting", "state=waiting,retrying")
        .empty("mail-empty", "mail-empty-hint")
}

async fn list(App(state): App, cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let lang = cx.lang();
    let head = spec().head(&cx).lead(lang.t("mail-lead"));
    let table = spec().load(&cx, &query).await?;
    let html = Markup::of(&head).and(&outlet::notice(&state.config, &lang)).and(&table);
    Ok(Page::html(lang.t("mail-title"), html))
}

async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

#[cfg(test)]
mod tests {
    use plugin_api::Catalogue;

    use super::*;

    #[test]
    fn the_list_is_described_without_mistakes() {
        let texts = &[
            ("en", include_str!("../../../locales/en.ftl")),
            ("en", include_str!("../../../locales/mail.en.ftl")),
        ];
        assert_eq!(spec().mistakes(&Catalogue::new(texts).lang("en")), Vec::<String>::new());
    }
}
