//! `/crm/discounts`: how far each role may go with prices.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::form::Typed;
use plugin_api::ui::{Action, Card, Field, FormErrors, FormPage, Head, Markup};
use plugin_api::{Cx, Form, Lang, Page, Problem, SeeOther};

use super::limits::SETTING;
use super::percent;
use crate::paths;
use crate::store::catalogue::limits::{self, RoleLimit};

/// The roles every cockpit has, but the superadmin, whom nothing holds back.
const BUILT_IN: [&str; 5] = ["reseller", "sub-company", "agent", "customer", "auditor"];
const WHOLE: f64 = 100.0;
/// Longest id of a role.
const LONGEST_ROLE: usize = 64;
/// The row for a role that is not in the list yet.
const NEW: &str = "_new";

/// The form.
pub(super) async fn form(cx: Cx) -> Result<Page, Problem> {
    let known = limits::all(&cx.db()).await?;
    let typed = known.iter().fold(Typed::default(), |typed, limit| {
        let typed = typed.with(&field("sconto", &limit.role_id), percent(limit.discount_max));
        if limit.may_override {
            typed.with(&field("prezzo", &limit.role_id), "true")
        } else {
            typed
        }
    });
    page(&cx, &known, &typed, &FormErrors::new()).await
}

/// Writes the limits: a role without a discount has none of its own.
pub(super) async fn save(cx: Cx, fields: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let (lang, typed) = (cx.lang(), Typed::from(fields));
    let known = limits::all(&cx.db()).await?;
    let mut errors = FormErrors::new();
    let mut after = Vec::new();
    for role in roles(&known).into_iter().chain([NEW.to_owned()]) {
        let name = field("sconto", &role);
        let Some(text) = typed.given(&name) else { continue };
        let role_id = if role == NEW { typed.text("ruolo").to_owned() } else { role.clone() };
        let is_role = (1..=LONGEST_ROLE).contains(&role_id.len()) && role_id.is_ascii();
        if !is_role {
            errors.add("ruolo", lang.t("field-required"));
        }
        match hundredths(&text) {
            None => errors.add(name, lang.t("field-percent")),
            Some(discount_max) => after.push(RoleLimit {
                role_id,
                discount_max,
                may_override: typed.ticked(&field("prezzo", &role)),
            }),
        }
    }
    if !errors.is_empty() {
        let page = page(&cx, &known, &typed, &errors).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let gone = known.iter().filter(|old| !after.iter().any(|new| new.role_id == old.role_id));
    let batch = gone.fold(Batch::new(), |batch, old| batch.and(limits::removal(&old.role_id)));
    let batch = after
        .iter()
        .fold(batch, |batch, limit| limits::replacement(limit).into_iter().fold(batch, Batch::and));
    let audit = Audit::of("discount_limits.updated", SETTING).before(&known).after(&after);
    cx.db().batch(batch.audit(audit)).await?;
    let told = lang.t("discounts-saved");
    Ok(SeeOther::to(cx.url(paths::DISCOUNTS)).saying(told).into_response())
}

fn field(name: &str, role: &str) -> String {
    format!("{name}:{role}")
}

/// A percentage as hundredths of it.
fn hundredths(text: &str) -> Option<i64> {
    let percent: f64 = text.trim().trim_end_matches('%').trim().replace(',', ".").parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "it is between 0 and 10,000")]
    (0.0..=WHOLE).contains(&percent).then(|| (percent * WHOLE).round() as i64)
}

/// The roles that are shown.
fn roles(known: &[RoleLimit]) -> Vec<String> {
    let mut roles: Vec<String> = BUILT_IN.map(str::to_owned).to_vec();
    let others = known.iter().map(|limit| limit.role_id.clone());
    roles.extend(others.filter(|role| !BUILT_IN.contains(&role.as_str())));
    roles
}

async fn page(
    cx: &Cx,
    known: &[RoleLimit],
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let usual: i64 = cx.setting(SETTING).await?;
    let title = lang.t("discounts");
    let asking = Asking { lang: &lang, typed, errors };
    let cards = roles(known).iter().fold(Markup::default(), |cards, role| {
        let key = format!("right-role-{role}");
        let name = if lang.has(&key) { lang.t(&key) } else { role.clone() };
        cards.and(&asking.card(role, Card::new(format!("role-{role}"), name)))
    });
    let role = Field::text("ruolo", lang.t("discounts-role"))
        .hint(lang.t("discounts-role-hint"))
        .mono()
        .maxlength(LONGEST_ROLE)
        .value(typed.text("ruolo"))
        .errors(errors);
    let other = Card::new("role-new", lang.t("discounts-other")).body(&role);
    let page = FormPage {
        head: Head::new(&title)
            .lead(lang.with("discounts-about", &[("percent", &usual.to_string())])),
        before: Markup::default(),
        errors: errors.summary(&lang),
        action: cx.url(paths::DISCOUNTS),
        hidden: Vec::new(),
        cards: cards.and(&asking.card(NEW, other)),
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(paths::PRODUCTS)),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

struct Asking<'a> {
    lang: &'a Lang,
    typed: &'a Typed,
    errors: &'a FormErrors,
}

impl Asking<'_> {
    fn card(&self, role: &str, card: Card) -> Card {
        let (discount, price) = (field("sconto", role), field("prezzo", role));
        let value = self.typed.text(&discount).to_owned();
        let is_free = self.typed.ticked(&price);
        let asked = Field::text(discount, self.lang.t("discounts-most")).inputmode("decimal");
        card.body(&asked.hint(self.lang.t("discounts-most-hint")).value(value).errors(self.errors))
            .body(&Field::checkbox(price, self.lang.t("discounts-override")).checked(is_free))
    }
}
