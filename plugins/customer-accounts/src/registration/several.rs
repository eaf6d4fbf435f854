//! `/crm/customers/waiting/several`: many of those who wait are validated or handed on at once.

use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::AccountState;
use plugin_api::ui::{Action, Card, Field, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Form, Page, Problem};

use crate::domain::{Customer, Refusal};
use crate::rows::{Cell, Rows};
use crate::sheet::{Sheet, beside};
use crate::store::{self, Change, Node};
use crate::{WRITE, chooser, paths};

/// Whom a page offers at most.
const OFFERED: u32 = 100;
/// The name of the field with who was chosen.
const WHOM: &str = "customer";

/// What was sent: `customer` once for each, `act`, `assigned_to`, and `confirm`.
type Answers = Vec<(String, String)>;

fn answer<'a>(answers: &'a Answers, name: &str) -> &'a str {
    answers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// The question.
pub(super) async fn form(cx: Cx) -> Result<Page, Problem> {
    let waiting = store::registrations::all_waiting(&cx.db(), cx.scope(), OFFERED).await?;
    sheet(&cx, &waiting, &Answers::new(), &[]).await?.render()
}

/// Asks once more with how many they are, then does it, and tells of each what became of it.
pub(super) async fn handle(cx: Cx, Form(answers): Form<Answers>) -> Result<Response, Problem> {
    let waiting = store::registrations::all_waiting(&cx.db(), cx.scope(), OFFERED).await?;
    let is_chosen = |id: &str| answers.iter().any(|(name, value)| name == WHOM && value == id);
    let chosen: Vec<&Customer> = waiting.iter().filter(|one| is_chosen(&one.customer_id)).collect();
    let mut refusals = Vec::new();
    if chosen.is_empty() {
        refusals.push(Refusal { field: WHOM, key: "waiting-several-nobody" });
    }
    let mut node = None;
    match answer(&answers, "act") {
        "validate" => {}
        "assign" if cx.may(WRITE) => {
            let found = chooser::chosen(&cx, answer(&answers, chooser::FIELD)).await?;
            node = found.map_err(|refusal| refusals.push(refusal)).ok();
        }
        _ => refusals.push(Refusal { field: "act", key: "field-option" }),
    }
    if !refusals.is_empty() {
        return Ok(sheet(&cx, &waiting, &answers, &refusals).await?.render()?.into_response());
    }
    if answer(&answers, "confirm") != "true" {
        return Ok(confirmation(&cx, &chosen, node.as_ref()).render()?.into_response());
    }
    let lang = cx.lang();
    let headers = [lang.t("customer-name"), lang.t("waiting-outcome")];
    let mut rows = Rows::new("outcome-title", headers, false, &lang);
    for customer in chosen {
        let outcome = lang.t(act(&cx, customer, node.as_ref()).await?);
        let href = cx.url(&paths::customer(&customer.customer_id));
        let name = Markup::of(&Action::link(customer.name(), href).quiet());
        rows = rows.row(vec![Cell::Component(name), Cell::Text(outcome)], Markup::default());
    }
    let title = lang.t("waiting-several");
    let head = Head::new(&title).back(lang.t("waiting"), cx.url(paths::WAITING));
    let card = Card::new("outcome", lang.t("waiting-outcome")).body(&rows);
    Ok(Page::html(title, Markup::of(&head).and(&card)).into_response())
}

/// Acts on one; answers the text that says what became of it.
async fn act(cx: &Cx, customer: &Customer, node: Option<&Node>) -> Result<&'static str, Problem> {
    let Some(node) = node else {
        let state = AccountState::Validated;
        let after = Customer { state, updated_at: cx.now(), ..customer.clone() };
        let change = store::replace(cx, cx.scope(), customer, &after, "").await?;
        return Ok(if change == Change::Done { "waiting-done" } else { "waiting-changed" });
    };
    if node.organisation_id == customer.assigned_to {
        return Ok("waiting-done");
    }
    let moving = store::assignment(cx, cx.scope(), customer, node).await?;
    match cx.db().batch(moving).await {
        Ok(_) => Ok("waiting-done"),
        Err(fault) if fault.kind == plugin_api::FaultKind::Mismatch => Ok("waiting-changed"),
        Err(fault) => Err(fault.into()),
    }
}

/// How many, and what becomes of them.
fn confirmation(cx: &Cx, chosen: &[&Customer], node: Option<&Node>) -> Sheet {
    let lang = cx.lang();
    let count = lang.n("waiting-several-count", chosen.len());
    let told = node.map_or_else(
        || lang.t("waiting-several-validated"),
        |node| lang.with("waiting-several-assigned", &[("to", node.name.as_str())]),
    );
    let names: Vec<&str> = chosen.iter().map(|customer| customer.name()).collect();
    let card = Card::new("whom", count).text(told).text(names.join(", "));
    let back = (lang.t("waiting"), cx.url(paths::WAITING));
    let act = if node.is_some() { "assign" } else { "validate" };
    let sheet = Sheet::new(&lang, lang.t("waiting-several"), cx.url(paths::WAITING_SEVERAL), back)
        .hidden("confirm", "true")
        .hidden("act", act)
        .hidden(chooser::FIELD, node.map_or("", |node| node.organisation_id.as_str()))
        .cards(Markup::of(&card));
    chosen.iter().fold(sheet, |sheet, customer| sheet.hidden(WHOM, &customer.customer_id))
}

async fn sheet(
    cx: &Cx,
    waiting: &[Customer],
    answers: &Answers,
    refusals: &[Refusal],
) -> Result<Sheet, Problem> {
    let (lang, errors) = (cx.lang(), beside(&cx.lang(), refusals));
    let whom =
        waiting.iter().fold(Field::checkboxes(WHOM, lang.t("waiting-who")), |field, customer| {
            field.option(&customer.customer_id, customer.name())
        });
    let sent = answers.iter().filter(|(name, _)| name == WHOM).map(|(_, value)| value.as_str());
    let act = Field::radios("act", lang.t("waiting-several-act"))
        .option("validate", lang.t("waiting-validate"));
    let mut acts = Card::new("act", lang.t("waiting-several-act"));
    if cx.may(WRITE) {
        let nodes = chooser::offered(cx).await?;
        let node = chooser::field(&lang, &nodes, answer(answers, chooser::FIELD), &errors);
        let act = act.option("assign", lang.t("waiting-assign"));
        acts = acts.body(&act.value(answer(answers, "act")).errors(&errors)).body(&node);
    } else {
        acts = acts.body(&act.value("validate").errors(&errors));
    }
    let back = (lang.t("waiting"), cx.url(paths::WAITING));
    let sheet = Sheet::new(&lang, lang.t("waiting-several"), cx.url(paths::WAITING_SEVERAL), back);
    let limit = Notice::new(Tone::Info, lang.t("waiting-several-limit"));
    let is_full = waiting.len() >= OFFERED as usize;
    let before = if is_full { Markup::of(&limit) } else { Markup::default() };
    let card = Card::new("whom", lang.t("waiting-who")).body(&whom.values(sent).errors(&errors));
    Ok(sheet.before(before).cards(Markup::of(&card).and(&acts)).refused(&lang, refusals, |field| {
        lang.t(if field == WHOM { "waiting-who" } else { "waiting-several-act" })
    }))
}
