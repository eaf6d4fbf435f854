//! `/crm/customers/duplicates`: customers that seem to be there twice, each group with its merge.

use plugin_api::ui::{Action, Card, Empty, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Page, Problem};

use crate::rows::{Cell, Rows};
use crate::store::Twin;
use crate::{MERGE, paths, store};

/// The page.
pub(crate) async fn handle(cx: Cx) -> Result<Page, Problem> {
    let lang = cx.lang();
    let twins = store::duplicates(&cx.db(), cx.scope()).await?;
    let title = lang.t("duplicates");
    let head = Head::new(&title)
        .back(lang.t("customers"), cx.url(paths::LIST))
        .lead(lang.t("duplicates-lead"));
    let mut html = Markup::of(&head);
    if twins.is_empty() {
        html = html.and(&Empty::new(lang.t("duplicates-empty"), lang.t("duplicates-empty-hint")));
    }
    if twins.len() >= store::DUPLICATES_SHOWN as usize {
        html = html.and(&Notice::new(Tone::Info, lang.t("duplicates-more")));
    }
    let groups = twins.chunk_by(|one, next| (&one.why, &one.shared) == (&next.why, &next.shared));
    let html = groups.enumerate().fold(html, |html, (n, group)| html.and(&card(&cx, n, group)));
    Ok(Page::html(title, html))
}

fn card(cx: &Cx, number: usize, group: &[Twin]) -> Card {
    let lang = cx.lang();
    let Some(oldest) = group.first() else { return Card::new("none", "") };
    let id = format!("group-{number}");
    let title = match oldest.why.as_str() {
        "name" => lang.with("duplicates-name", &[("name", oldest.name.as_str())]),
        _ => lang.with("duplicates-vat-number", &[("number", oldest.shared.as_str())]),
    };
    let headers = ["customer-name", "customer-city", "customer-vat-number", "customer-created-at"];
    let rows = Rows::new(&format!("{id}-title"), headers.map(|key| lang.t(key)), true, &lang);
    let rows = group.iter().fold(rows, |rows, twin| {
        let page = paths::customer(&twin.customer_id);
        let link = Action::link(&twin.name, cx.url(&page)).quiet();
        let cells = vec![
            Cell::Component(Markup::of(&link)),
            Cell::Text(twin.city.clone()),
            Cell::Text(twin.vat_number.clone()),
            Cell::Text(lang.date(twin.created_at)),
        ];
        let is_survivor = twin.customer_id == oldest.customer_id;
        let merge = if is_survivor || !cx.may(MERGE) {
            Markup::default()
        } else {
            let into = paths::merge(&oldest.customer_id);
            let href = cx.url(&format!("{into}?other={}", twin.customer_id));
            Markup::of(&Action::link(lang.t("merge-compare"), href))
        };
        rows.row(cells, merge)
    });
    Card::new(id, title).body(&rows)
}
