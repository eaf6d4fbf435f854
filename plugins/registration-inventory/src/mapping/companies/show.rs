//! `/crm/companies/{id}`: who a company may be, why, and the decision.

use axum::response::{IntoResponse as _, Response};
use plugin_api::ui::{Action, Badge, Card, Facts, FormErrors, Head, Markup, Tone};
use plugin_api::{Cx, Form, Lang, Path, Problem};

use super::super::sheet::{Sent, Sheet, value};
use super::super::work::{self, AT_ONCE, Work};
use super::super::{suggestions, whose};
use crate::installations::{Cell, Rows};
use crate::store::companies::{self as store, Company};
use crate::store::installations;
use crate::{labels, paths};

/// What a company is called: its name, else its VAT number.
pub(in crate::mapping) fn name(lang: &Lang, company: &Company) -> String {
    match (company.name.as_str(), company.vat_number.as_str()) {
        ("", "") => lang.t("company-nameless"),
        ("", vat) => vat.to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// The page.
pub(in crate::mapping) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let company = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    asked(&cx, &company, &Sent::new(), &FormErrors::new()).await
}

/// Searches, or says which customer it is.
pub(in crate::mapping) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let company = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let mut errors = FormErrors::new();
    if value(&sent, "step") == "decide" {
        match value(&sent, "account") {
            "" => errors.add("account", cx.lang().t("mapping-customer-missing")),
            account_id => {
                let work = Work::Company { company_id: id, account_id: account_id.to_owned() };
                let (db, most) = (cx.db(), AT_ONCE + 1);
                let id = &company.company_id;
                let waiting = store::pending(&db, cx.scope(), id, "", most).await?;
                let count = i64::try_from(waiting.len()).unwrap_or_default();
                return work::start(&cx, work, count).await;
            }
        }
    }
    asked(&cx, &company, &sent, &errors).await
}

/// The page with what was sent and what is wrong with it.
async fn asked(
    cx: &Cx,
    company: &Company,
    sent: &Sent,
    errors: &FormErrors,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let title = name(&lang, company);
    let found = suggestions::of(cx, company).await?;
    let mut head = Head::new(&title).back(lang.t("companies"), cx.url(paths::COMPANIES));
    if !company.vat_number.is_empty() && !company.vat_is_valid {
        head = head.badge(Badge::new(Tone::Warn, lang.t("vat-wrong")));
    }
    let create = cx.url(&paths::of(super::create::PATH, &company.company_id));
    head = head.action(&Action::link(lang.t("company-create-customer"), create));
    let all =
        cx.url(&format!("{}?ragione_sociale={}", paths::INSTALLATIONS, encoded(&company.name)));
    head = head.action(&Action::link(lang.t("company-all-installations"), all));
    let mut sheet = Sheet::new(&lang, head, errors);
    let mut facts = Facts::new()
        .mono(lang.t("company-vat-number"), &company.vat_number)
        .text(lang.t("company-first-seen"), lang.instant(company.first_seen_at));
    if let Some(id) = &company.account_id
        && let Ok(account) = work::account(cx, id).await
    {
        let href = cx.url(&paths::of(paths::CUSTOMER, id));
        facts = facts.link(lang.t("mapping-customer"), account.name, href);
    }
    sheet.before = Markup::of(&Card::new("company", lang.t("company-said")).body(&facts));
    sheet.action = cx.url(&paths::of(paths::COMPANY, &company.company_id));
    let card = Card::new("whose", lang.t("company-whose")).text(lang.t("company-whose-told"));
    let fields = whose::fields(cx, sent, &found, errors).await?;
    sheet.cards = Markup::of(&fields.iter().fold(card, Card::body));
    sheet.buttons.push(Action::submit(lang.t("company-assign")).with("step", "decide"));
    sheet.buttons.push(Action::submit(lang.t("mapping-search")).with("step", "search").quiet());
    sheet.after = Markup::of(&its_installations(cx, &lang, company).await?);
    Ok(sheet.render(title)?.into_response())
}

async fn its_installations(cx: &Cx, lang: &Lang, company: &Company) -> Result<Card, Problem> {
    let ids = store::installations(&cx.db(), cx.scope(), &company.company_id, 50).await?;
    let found = installations::by_ids(&cx.db(), cx.scope(), &ids).await?;
    let rows = found.iter().map(|one| {
        let href = cx.url(&paths::of(paths::INSTALLATION, &one.installation_id));
        let state = labels::STATES.iter().find(|(wire, ..)| *wire == one.state.wire());
        let state = state.map(|(_, key, tone)| Badge::new(*tone, lang.t(key)));
        vec![
            Cell::Link(one.software.clone(), href),
            Cell::Mono(one.version.clone()),
            Cell::Text(one.host_name.clone()),
            Cell::Parts(state.map(|badge| Markup::of(&badge)).unwrap_or_default()),
        ]
    });
    let headers = ["decide-software", "software-version", "decide-computer", "company-state"];
    let rows = Rows {
        title: lang.t("company-installations"),
        headers: headers.map(|key| lang.t(key)).into(),
        rows: rows.collect(),
    };
    Ok(Card::new("installations", lang.t("company-installations")).body(&rows))
}

/// `text` inside an address.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&plugin_api::hex(&[byte]));
        }
        out
    })
}
