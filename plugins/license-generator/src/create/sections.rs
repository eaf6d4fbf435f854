//! The sections of the custom form.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::Lang;
use plugin_api::ui::{Card, Field, Markup};

use super::Offered;
use super::questions::Questions;
use super::read::module_field;
use crate::domain::product::Module;

/// Modules whose limits are asked for at once; of more, only those that are ticked.
const ASKED: usize = 40;

/// What may be said of one module beside whether it is included.
#[derive(Template)]
#[template(path = "license-generator/module-terms.html")]
struct ModuleTerms {
    name: String,
    fields: Markup,
    open: bool,
}

impl HtmlSafe for ModuleTerms {}

/// Everything that is asked, in sections.
pub(super) fn all(ask: &Questions<'_>, offered: &Offered) -> Markup {
    let mut cards = Markup::of(&duration(ask)).and(&seats(ask));
    if !offered.modules().is_empty() {
        cards = cards.and(&modules(ask, offered.modules()));
    }
    cards = cards.and(&version(ask, offered)).and(&price(ask, offered));
    cards.and(&sale(ask, offered)).and(&other(ask))
}

fn duration(ask: &Questions<'_>) -> Card {
    Card::new("duration", ask.lang.t("card-duration"))
        .body(&ask.kind())
        .body(&ask.ask("inizio", Field::date))
        .body(&ask.ask("scadenza", Field::date))
        .body(&ask.ask("durata_giorni", Field::number).min(1))
        .body(&ask.ask("manutenzione_fino_a", Field::date))
        .body(&ask.at_expiry())
        .body(&ask.renewal())
}

fn seats(ask: &Questions<'_>) -> Card {
    Card::new("seats", ask.lang.t("card-seats"))
        .body(&ask.binding())
        .body(&ask.seats("dispositivi"))
        .body(&ask.seats("posti"))
        .body(&ask.seats("utenti"))
        .body(&ask.tick("interna"))
        .body(&ask.shadow())
}

fn modules(ask: &Questions<'_>, modules: &[Module]) -> Card {
    let field = ask.ask("moduli", Field::checkboxes).values(ask.typed.all("moduli"));
    let boxes = modules.iter().fold(field, |field, module| {
        let price = ask.lang.money(module.base_price, &module.currency);
        let hint = if module.base_price == 0 { String::new() } else { price };
        field.option_with_hint(&module.code, &module.name, hint)
    });
    let is_ticked = |code: &str| ask.typed.all("moduli").any(|ticked| ticked == code);
    let asked = modules.iter().filter(|module| modules.len() <= ASKED || is_ticked(&module.code));
    let card = Card::new("modules", ask.lang.t("card-modules")).body(&boxes);
    asked.fold(card, |card, module| card.body(&module_terms(ask, module)))
}

fn module_terms(ask: &Questions<'_>, module: &Module) -> ModuleTerms {
    let lang = ask.lang;
    let name = |what: &str| module_field(what, &module.code);
    let field = |what: &str, make: fn(String, String) -> Field| {
        make(name(what), lang.t(&format!("new-module-{}", what.replace('_', "-"))))
            .value(ask.typed.text(&name(what)))
            .errors(ask.errors)
    };
    let fields = Markup::of(&field("fino_a", Field::date))
        .and(&field("limite", Field::number).min(0))
        .and(&ask.period(&name("periodo")))
        .and(&field("sforamento", Field::number).min(0))
        .and(
            &Field::checkbox(name("prova"), lang.t("new-module-prova"))
                .checked(ask.typed.ticked(&name("prova"))),
        );
    let is_said = |what: &str| {
        let name = name(what);
        ask.typed.ticked(&name) || ask.errors.of(&name).is_some()
    };
    let open = ["fino_a", "limite", "periodo", "sforamento", "prova"].into_iter().any(is_said);
    let name = lang.with("new-module-terms", &[("name", &module.name)]);
    ModuleTerms { name, fields, open }
}

fn version(ask: &Questions<'_>, offered: &Offered) -> Card {
    let card = Card::new("version", ask.lang.t("new-card-version")).body(&offered.version(ask));
    let choices = [offered.bundle(ask), offered.policy(ask)].into_iter().flatten();
    let fields = choices.chain(offered.parameters(ask));
    fields.fold(card, |card, field| card.body(&field))
}

fn price(ask: &Questions<'_>, offered: &Offered) -> Card {
    Card::new("price", ask.lang.t("new-card-price"))
        .body(&offered.price(ask))
        .body(&ask.ask("valuta", Field::text).maxlength(3).mono())
        .body(&offered.discount(ask))
        .body(&ask.ask("pagamento_entro", Field::date))
}

fn sale(ask: &Questions<'_>, offered: &Offered) -> Card {
    Card::new("sale", ask.lang.t("new-card-sale"))
        .body(&offered.node(ask, "organizzazione", |kind| kind != "agent"))
        .body(&offered.node(ask, "agente", |kind| kind == "agent"))
        .body(&ask.site())
}

fn other(ask: &Questions<'_>) -> Card {
    Card::new("other", ask.lang.t("new-card-other"))
        .body(&ask.object("payload"))
        .body(&ask.ask("note", Field::textarea).maxlength(4000))
}

/// Where the reader is.
pub(super) fn steps(lang: &Lang, current: usize) -> plugin_api::ui::Steps {
    plugin_api::ui::Steps::new(lang, current, [lang.t("step-choose"), lang.t("step-terms")])
}
