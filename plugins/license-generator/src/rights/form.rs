//! The form of a rule.

use plugin_api::form::Typed;
use plugin_api::ui::{Action, Card, Confirm, Field, FormPage, Head, Markup};
use plugin_api::{Cx, FieldProblem, Page, Problem};

use crate::create::questions::Questions;
use crate::domain::draft::MOST_SEATS;
use crate::domain::licence::LicenceType;
use crate::domain::product::{LONGEST_CODE, LONGEST_NAME};
use crate::domain::right::{Limits, Right};
use crate::form::form_errors;
use crate::{labels, paths, store};

/// The roles every cockpit has; rules for others name them by their id.
const ROLES: [&str; 5] = ["reseller", "sub-company", "agent", "auditor", "customer"];
/// Largest number of a quota or of days.
const MOST: i64 = 1_000_000;

/// The numbers of [`Limits`] by the fields of the form.
fn numbers(limits: &mut Limits) -> [(&'static str, &mut Option<i64>, i64); 6] {
    [
        ("posti_massimi", &mut limits.seats_most, MOST_SEATS),
        ("giorni_massimi", &mut limits.days_most, MOST),
        ("persona_giorno", &mut limits.person_day, MOST),
        ("persona_mese", &mut limits.person_month, MOST),
        ("organizzazione_giorno", &mut limits.organisation_day, MOST),
        ("organizzazione_mese", &mut limits.organisation_month, MOST),
    ]
}

/// What the form holds before anybody typed.
pub(super) fn first_values(right: &Right) -> Typed {
    let yes = |ticked: bool| if ticked { "true" } else { "" };
    let mut limits = right.limits.clone();
    let mut typed = Typed::default()
        .with("nome", &right.name)
        .with("ruolo", &right.role)
        .with("ramo", right.branch_id.clone().unwrap_or_default())
        .with("attiva", yes(right.enabled))
        .with("senza_interne", yes(limits.no_internal))
        .with("versione", right.version.to_string());
    for (name, number, _) in numbers(&mut limits) {
        typed = typed.with(name, number.map_or_else(String::new, |number| number.to_string()));
    }
    for code in &right.limits.products {
        typed = typed.with("prodotti", code);
    }
    right.limits.types.iter().fold(typed, |typed, kind| typed.with("tipi", kind.wire()))
}

/// The rule as typed, or everything that is wrong.
pub(super) fn read(known: &Right, typed: &Typed) -> Result<Right, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    match typed.text("nome").chars().count() {
        0 => errors.push(FieldProblem::new("/nome", "field-required")),
        n if n > LONGEST_NAME => errors.push(FieldProblem::new("/nome", "field-too-long")),
        _ => {}
    }
    let role = typed.given("altro_ruolo").unwrap_or_else(|| typed.text("ruolo").to_owned());
    if role.len() > LONGEST_CODE || role.chars().any(char::is_whitespace) {
        errors.push(FieldProblem::new("/altro_ruolo", "field-code"));
    }
    let mut limits = Limits {
        products: typed.all("prodotti").map(str::to_owned).collect(),
        types: typed.all("tipi").filter_map(LicenceType::from_wire).collect(),
        no_internal: typed.ticked("senza_interne"),
        ..Limits::default()
    };
    for (name, number, most) in numbers(&mut limits) {
        *number = typed.number(name, &mut errors);
        if number.is_some_and(|number| !(0..=most).contains(&number)) {
            errors.push(FieldProblem::new(format!("/{name}"), "field-range"));
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Right {
        right_id: known.right_id.clone(),
        name: typed.text("nome").to_owned(),
        role,
        branch_id: typed.given("ramo"),
        limits,
        enabled: typed.ticked("attiva"),
        version: typed.text("versione").parse().unwrap_or_default(),
    })
}

/// The form with what was typed and what is wrong with it.
pub(super) async fn page(
    cx: &Cx,
    known: Option<&Right>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let ask = Questions { lang: &lang, typed, errors: &errors };
    let title = known.map_or_else(|| lang.t("right-new"), |known| known.name.clone());
    let mut head = Head::new(&title)
        .back(lang.t("rights"), cx.url(paths::RIGHTS))
        .lead(lang.t("required-hint"));
    let mut action = cx.url(paths::RIGHT_NEW);
    if let Some(known) = known {
        action = cx.url(&paths::of(paths::RIGHT, &known.right_id));
        let delete = cx.url(&paths::of(paths::RIGHT_DELETE, &known.right_id));
        let hint = lang.t("right-delete-hint");
        let delete = Confirm::new(&lang, "delete", lang.t("delete"), delete, hint);
        head = head.action(&delete.hidden("versione", known.version.to_string()));
    }
    let page = FormPage {
        head,
        before: Markup::default(),
        errors: errors.summary(&lang),
        action,
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards: Markup::of(&whom(cx, &ask).await?).and(&what(cx, &ask).await?).and(&quotas(&ask)),
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(paths::RIGHTS)),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

async fn whom(cx: &Cx, ask: &Questions<'_>) -> Result<Card, Problem> {
    let (lang, typed) = (ask.lang, ask.typed);
    let mut role = ask.ask("ruolo", Field::select).option("", lang.t("right-any-role"));
    for known in ROLES {
        role = role.option(known, lang.t(&format!("right-role-{known}")));
    }
    let own = typed.text("ruolo");
    let own = if ROLES.contains(&own) { typed.text("altro_ruolo") } else { own };
    let other = ask.ask("altro_ruolo", Field::text).value(own).mono().maxlength(LONGEST_CODE);
    let nodes = store::nodes::all(&cx.db(), cx.scope()).await?;
    let mut branch = ask.ask("ramo", Field::select).option("", lang.t("right-any-branch"));
    for node in &nodes {
        branch = branch.option(&node.organisation_id, &node.name);
    }
    Ok(Card::new("whom", lang.t("right-card-whom"))
        .body(&ask.ask("nome", Field::text).required().maxlength(LONGEST_NAME))
        .body(&role)
        .body(&other)
        .body(&branch)
        .body(&ask.tick("attiva")))
}

async fn what(cx: &Cx, ask: &Questions<'_>) -> Result<Card, Problem> {
    let (lang, typed) = (ask.lang, ask.typed);
    let products = store::products::all(&cx.db()).await?;
    let field = ask.ask("prodotti", Field::checkboxes).values(typed.all("prodotti"));
    let field = products.iter().fold(field, |field, product| {
        field.option_with_hint(&product.code, &product.name, &product.code)
    });
    let types = ask.ask("tipi", Field::checkboxes).values(typed.all("tipi"));
    let types = LicenceType::ALL
        .into_iter()
        .fold(types, |types, kind| types.option(kind.wire(), labels::licence_type(lang, kind)));
    Ok(Card::new("what", lang.t("right-card-what"))
        .body(&field)
        .body(&types)
        .body(&ask.ask("posti_massimi", Field::number).min(0))
        .body(&ask.ask("giorni_massimi", Field::number).min(0))
        .body(&ask.tick("senza_interne")))
}

fn quotas(ask: &Questions<'_>) -> Card {
    let card = Card::new("quotas", ask.lang.t("right-card-quotas"))
        .text(ask.lang.t("right-card-quotas-hint"));
    ["persona_giorno", "persona_mese", "organizzazione_giorno", "organizzazione_mese"]
        .into_iter()
        .fold(card, |card, name| card.body(&ask.ask(name, Field::number).min(0)))
}
