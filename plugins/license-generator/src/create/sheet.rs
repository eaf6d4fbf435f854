//! `/crm/licences/{id}/sheet`: a licence with its key on one page, to print or hand over.

use askama::Template;
use plugin_api::ui::{Action, CopyText, Facts, Head, Markup};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use crate::domain::licence::Licence;
use crate::{ISSUE, issue, labels, paths, store};

#[derive(Template)]
#[template(path = "license-generator/sheet.html")]
struct SheetPage {
    lang: Lang,
    head: Head,
    key: CopyText,
    facts: Facts,
}

/// The page.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
    let licence = licence.ok_or_else(Problem::not_found)?;
    let key = issue::key_of(&cx, &id).await?.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let back = cx.url(&paths::of(paths::SHOW, &id));
    let page = SheetPage {
        head: Head::new(&licence.product_name)
            .back(lang.t("sheet-back"), back)
            .lead(licence.customer_name()),
        key: CopyText::new(key.to_string(), lang.t("copy-key")).block(),
        facts: facts(&lang, &licence),
        lang: lang.clone(),
    };
    Page::new(lang.with("sheet-title", &[("product", &licence.product_name)]), &page)
}

fn facts(lang: &Lang, licence: &Licence) -> Facts {
    let day = |ms: Option<i64>, none: &str| ms.map_or_else(|| lang.t(none), |ms| lang.date(ms));
    let active = licence.modules.iter().filter(|module| module.active);
    let modules = active.map(|module| module.code.as_str()).collect::<Vec<_>>().join(", ");
    Facts::new()
        .text(lang.t("label-cliente"), licence.customer_name())
        .text(lang.t("label-tipo"), labels::licence_type(lang, licence.r#type))
        .text(lang.t("label-dispositivi"), lang.number(licence.devices_max))
        .text(lang.t("label-inizio"), lang.date(licence.starts_at))
        .text(lang.t("label-scadenza"), day(licence.expires_at, "never"))
        .text(
            lang.t("label-manutenzione-fino-a"),
            day(licence.maintenance_until, "maintenance-unlimited"),
        )
        .text(lang.t("card-modules"), modules)
        .mono(lang.t("label-id"), &licence.licence_id)
}

/// What the page of a licence offers of it: to print it, and to issue another like it.
pub(crate) fn actions(cx: &Cx, licence: &Licence) -> Markup {
    if !cx.may(ISSUE) {
        return Markup::default();
    }
    let lang = cx.lang();
    let sheet = cx.url(&paths::of(paths::SHEET, &licence.licence_id));
    let again = format!("{}?come={}", cx.url(paths::NEW), licence.licence_id);
    Markup::of(&Action::link(lang.t("sheet"), sheet).icon("file"))
        .and(&Action::link(lang.t("licence-like"), again).icon("copy"))
}
