//! The second step of a new licence as a page: sections, and beside them what they come to.

use askama::Template;
use plugin_api::form::{Typed, sentence};
use plugin_api::ui::{Action, Card, ErrorSummary, Facts, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, FieldProblem, Lang, Page, Problem};

use super::questions::Questions;
use super::read::field_of;
use super::summary::Summary;
use super::{Chosen, sections};
use crate::{ISSUE, REQUEST, paths};

#[derive(Template)]
#[template(path = "license-generator/create.html")]
struct CreatePage {
    lang: Lang,
    head: Head,
    before: Markup,
    errors: ErrorSummary,
    action: String,
    preview: String,
    request: String,
    hidden: [(&'static str, String); 2],
    cards: Markup,
    summary: Summary,
    reason: Field,
    cancel: Action,
    may_issue: bool,
    may_request: bool,
    asks: bool,
}

/// What stands beside the form.
pub(super) struct Asking<'a> {
    /// What it comes to.
    pub summary: Summary,
    /// What is wrong with it.
    pub errors: &'a [FieldProblem],
    /// Whether to offer that somebody else issues it.
    pub asks: bool,
}

/// The form with what was typed and what is wrong with it.
pub(super) fn page(
    cx: &Cx,
    chosen: &Chosen,
    typed: &Typed,
    asking: Asking<'_>,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let told = |error: &FieldProblem| (field_of(&error.pointer), sentence(&lang, &error.detail));
    let errors: FormErrors = asking.errors.iter().map(told).collect();
    let ask = Questions { lang: &lang, typed, errors: &errors };
    let may_issue = cx.may(ISSUE);
    let title = lang.t("licence-new");
    let page = CreatePage {
        head: Head::new(&title)
            .back(lang.t("licences"), cx.url(paths::LICENCES))
            .lead(lang.t("required-hint")),
        before: Markup::of(&sections::steps(&lang, 1)).and(&who(cx, chosen)),
        errors: errors.summary(&lang),
        action: cx.url(paths::NEW),
        preview: cx.url(paths::PREVIEW),
        request: cx.url(paths::REQUEST_SEND),
        hidden: [
            ("cliente", chosen.account.account_id.clone()),
            ("prodotto", chosen.product().code.clone()),
        ],
        cards: sections::all(&ask, &chosen.offered),
        summary: asking.summary,
        reason: ask.ask("motivo", Field::textarea).maxlength(2000),
        cancel: Action::link(lang.t("cancel"), cx.url(paths::LICENCES)),
        may_issue,
        may_request: cx.may(REQUEST),
        asks: asking.asks || !may_issue,
        lang: lang.clone(),
    };
    let title = if asking.errors.is_empty() {
        title
    } else {
        lang.with("title-error", &[("title", &title)])
    };
    Page::new(title, &page)
}

fn who(cx: &Cx, chosen: &Chosen) -> Card {
    let lang = cx.lang();
    let again = format!(
        "{}?trova=1&cliente={}&prodotto={}",
        cx.url(paths::NEW),
        chosen.account.account_id,
        chosen.product().code
    );
    Card::new("who", lang.t("card-who"))
        .action(&Action::link(lang.t("change"), again).quiet())
        .body(
            &Facts::new()
                .text(lang.t("label-cliente"), &chosen.account.name)
                .text(lang.t("label-prodotto"), &chosen.product().name),
        )
}
