//! The form of a quick button.

use plugin_api::form::Typed;
use plugin_api::ui::{Action, Card, Field, FormErrors, FormPage, Head, ICONS, Markup};
use plugin_api::{Cx, FieldProblem, Page, Problem};
use serde_json::Value;

use crate::create::questions::Questions;
use crate::domain::draft::{Draft, LARGEST_PAYLOAD};
use crate::domain::product::LONGEST_NAME;
use crate::domain::quick::{Kind, Template};
use crate::form::form_errors;
use crate::list::product_field;
use crate::{labels, paths, store};

/// Verbs of the permissions a button can be shown by.
const VERBS: [&str; 4] = ["issue", "renew", "bulk", "quick"];

/// What the form holds before anybody typed.
pub(super) fn first_values(template: &Template) -> Typed {
    let draft = &template.draft;
    let number = |number: Option<i64>| number.map_or_else(String::new, |n| n.to_string());
    let mut rest = template.said();
    if let Value::Object(members) = &mut rest {
        for name in ["tipo", "prodotto", "durata_giorni", "dispositivi", "interna"] {
            members.remove(name);
        }
    }
    let is_empty = rest.as_object().is_none_or(serde_json::Map::is_empty);
    let rest = serde_json::to_string_pretty(&rest).unwrap_or_default();
    let yes = |ticked: bool| if ticked { "true" } else { "" };
    Typed::default()
        .with("nome_en", &template.name_en)
        .with("nome_it", &template.name_it)
        .with("icona", &template.icon)
        .with("genere", template.kind.as_str())
        .with("permesso", &template.permission)
        .with("attivo", yes(template.enabled))
        .with("tipo", draft.tipo.clone().unwrap_or_default())
        .with("prodotto", draft.prodotto.clone().unwrap_or_default())
        .with("durata_giorni", number(draft.durata_giorni))
        .with("dispositivi", number(draft.dispositivi))
        .with("interna", yes(draft.interna))
        .with("altro", if is_empty { String::new() } else { rest })
        .with("versione", template.version.to_string())
}

/// The button as typed, or everything that is wrong.
pub(super) fn read(known: &Template, typed: &Typed) -> Result<Template, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let mut wrong = |name: &str, key: &str| errors.push(FieldProblem::new(format!("/{name}"), key));
    for name in ["nome_en", "nome_it"] {
        match typed.text(name).chars().count() {
            0 => wrong(name, "field-required"),
            n if n > LONGEST_NAME => wrong(name, "field-too-long"),
            _ => {}
        }
    }
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == typed.text("genere"));
    if kind.is_none() {
        wrong("genere", "field-option");
    }
    if !ICONS.contains(&typed.text("icona")) {
        wrong("icona", "field-option");
    }
    if !VERBS.contains(&typed.text("permesso")) {
        wrong("permesso", "field-option");
    }
    let rest = typed.given("altro").unwrap_or_else(|| "{}".to_owned());
    let rest: Option<Draft> = serde_json::from_str(&rest).ok();
    if rest.is_none() {
        wrong("altro", "field-draft");
    }
    let durata_giorni = typed.number("durata_giorni", &mut errors);
    let dispositivi = typed.number("dispositivi", &mut errors);
    let (Some(kind), Some(rest), true) = (kind, rest, errors.is_empty()) else {
        return Err(errors);
    };
    let draft = Draft {
        tipo: typed.given("tipo"),
        prodotto: typed.given("prodotto"),
        durata_giorni,
        dispositivi,
        interna: typed.ticked("interna"),
        ..rest
    };
    Ok(Template {
        name_en: typed.text("nome_en").to_owned(),
        name_it: typed.text("nome_it").to_owned(),
        icon: typed.text("icona").to_owned(),
        kind,
        draft,
        permission: typed.text("permesso").to_owned(),
        enabled: typed.ticked("attivo"),
        version: typed.text("versione").parse().unwrap_or_default(),
        ..known.clone()
    })
}

/// The form with what was typed and what is wrong with it.
pub(super) async fn page(
    cx: &Cx,
    known: Option<&Template>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let products = store::products::all(&cx.db()).await?;
    let errors = form_errors(&lang, errors);
    let ask = Questions { lang: &lang, typed, errors: &errors };
    let title = known.map_or_else(|| lang.t("quick-new"), |known| known.name(&lang));
    let action = known.map_or_else(
        || cx.url(paths::QUICK_NEW),
        |known| cx.url(&paths::of(paths::QUICK_KEY, &known.quick_id)),
    );
    let mut product = product_field(&lang, &products).option("", lang.t("quick-any-product"));
    product = product.value(typed.text("prodotto"));
    let button = Card::new("button", lang.t("quick-card-button"))
        .body(&ask.ask("nome_en", Field::text).required().maxlength(LONGEST_NAME))
        .body(&ask.ask("nome_it", Field::text).required().maxlength(LONGEST_NAME))
        .body(&select(&ask, "icona", ICONS.map(|name| (name, name.to_owned()))))
        .body(&select(&ask, "genere", kinds(&ask)))
        .body(&select(&ask, "permesso", verbs(&ask)))
        .body(&ask.tick("attivo"));
    let licence = Card::new("licence", lang.t("quick-card-licence"))
        .text(lang.t("quick-card-licence-hint"))
        .body(&kind(&ask))
        .body(&product)
        .body(&ask.ask("durata_giorni", Field::number).min(1))
        .body(&ask.seats("dispositivi"))
        .body(&ask.tick("interna"))
        .body(&ask.ask("altro", Field::textarea).mono().rows(4).maxlength(LARGEST_PAYLOAD));
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.t("quick-keys"), cx.url(paths::QUICK_KEYS))
            .lead(lang.t("required-hint")),
        before: Markup::default(),
        errors: FormErrors::summary(&errors, &lang),
        action,
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards: Markup::of(&button).and(&licence),
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(paths::QUICK_KEYS)),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

fn select(
    ask: &Questions<'_>,
    name: &str,
    options: impl IntoIterator<Item = (&'static str, String)>,
) -> Field {
    let field = ask.ask(name, Field::select);
    options.into_iter().fold(field, |field, (value, text)| field.option(value, text))
}

fn kinds(ask: &Questions<'_>) -> [(&'static str, String); 2] {
    Kind::ALL.map(|kind| (kind.as_str(), ask.lang.t(&format!("quick-kind-{}", kind.as_str()))))
}

fn verbs(ask: &Questions<'_>) -> [(&'static str, String); 4] {
    VERBS.map(|verb| (verb, ask.lang.t(&format!("permission-{verb}"))))
}

fn kind(ask: &Questions<'_>) -> Field {
    let field = ask.ask("tipo", Field::select).option("", ask.lang.t("new-none"));
    crate::domain::licence::LicenceType::ALL
        .into_iter()
        .fold(field, |field, kind| field.option(kind.wire(), labels::licence_type(ask.lang, kind)))
}
