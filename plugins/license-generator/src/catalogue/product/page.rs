//! The form of a product: its own cards, and of a new one a card for each of its first modules.

use plugin_api::form::Typed;
use plugin_api::ui::{Action, Card, Field, FormErrors, FormPage, Head, Markup};
use plugin_api::{Cx, FieldProblem, Lang, Page, Problem};

use super::super::tabs;
use super::read::{field, rows};
use crate::domain::catalogue::Offer;
use crate::domain::product::{LONGEST_CODE, LONGEST_NAME};
use crate::form::form_errors;
use crate::paths;

/// The form with what was typed and what is wrong with it.
pub(super) fn page(
    cx: &Cx,
    known: Option<&Offer>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let ask = Questions { lang: &lang, typed, errors: &errors };
    let title = known.map_or_else(|| lang.t("product-new"), |known| known.product.name.clone());
    let action = known.map_or_else(
        || cx.url(paths::PRODUCT_NEW),
        |known| cx.url(&paths::of(paths::PRODUCT, &known.product.product_id)),
    );
    let own = Markup::of(&ask.product(known.is_some()))
        .and(&ask.version(known.is_some_and(|known| !known.versions.is_empty())))
        .and(&ask.price());
    let rows_of_modules = if known.is_some() { 0 } else { rows(typed) };
    let cards = (0..rows_of_modules).fold(own, |cards, row| cards.and(&ask.module(row)));
    let before = known.map_or_else(Markup::default, |known| {
        let id = &known.product.product_id;
        Markup::of(&tabs::product(cx, id, &paths::of(paths::PRODUCT, id)))
    });
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.t("products"), cx.url(paths::PRODUCTS))
            .lead(lang.t("required-hint")),
        before,
        errors: errors.summary(&lang),
        action,
        hidden: vec![
            ("versione", typed.text("versione").to_owned()),
            ("moduli", rows(typed).to_string()),
        ],
        cards,
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(paths::PRODUCTS)),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

struct Questions<'a> {
    lang: &'a Lang,
    typed: &'a Typed,
    errors: &'a FormErrors,
}

impl Questions<'_> {
    fn ask(&self, name: String, label: &str, make: fn(String, String) -> Field) -> Field {
        let (value, lang) = (self.typed.text(&name).to_owned(), self.lang);
        make(name, lang.t(label)).value(value).errors(self.errors)
    }

    fn own(&self, name: &str, label: &str, make: fn(String, String) -> Field) -> Field {
        self.ask(name.to_owned(), label, make)
    }

    fn tick(&self, name: &str, label: &str) -> Field {
        Field::checkbox(name, self.lang.t(label)).checked(self.typed.ticked(name))
    }

    fn product(&self, is_stored: bool) -> Card {
        let code = self.own("codice", "label-code", Field::text).required().mono();
        let code = code.maxlength(LONGEST_CODE);
        let code = if is_stored {
            code.readonly().hint(self.lang.t("label-code-fixed"))
        } else {
            code.hint(self.lang.t("label-code-hint"))
        };
        Card::new("product", self.lang.t("card-product"))
            .body(&self.own("nome", "label-name", Field::text).required().maxlength(LONGEST_NAME))
            .body(&code)
            .body(&self.own("descrizione", "label-description", Field::textarea).maxlength(2000))
            .body(&self.tick("ritirato", "label-retired").hint(self.lang.t("label-retired-hint")))
    }

    fn version(&self, has_versions: bool) -> Card {
        let number = |name, label| self.own(name, label, Field::number).min(0).required();
        let (major, minor) = (number("major", "label-major"), number("minor", "label-minor"));
        let card = Card::new("version", self.lang.t("label-version"));
        if has_versions {
            let told = self.lang.t("version-from-list");
            return card.text(told).body(&major.readonly()).body(&minor.readonly());
        }
        card.body(&major.hint(self.lang.t("label-major-hint"))).body(&minor)
    }

    fn price(&self) -> Card {
        let amount = self.own("prezzo", "label-base-price", Field::text).inputmode("decimal");
        Card::new("price", self.lang.t("tab-prices"))
            .body(&amount.hint(self.lang.t("product-price-hint")))
            .body(&self.own("valuta", "label-valuta", Field::text).maxlength(3).mono())
            .body(
                &self.tick("per_posto", "label-per-seat").hint(self.lang.t("label-per-seat-hint")),
            )
    }

    fn module(&self, row: usize) -> Card {
        let number = (row + 1).to_string();
        let title = self.lang.with("module-n", &[("n", &number)]);
        let code = self.ask(field("codice", row), "label-code", Field::text).mono();
        let code = code.maxlength(LONGEST_CODE);
        Card::new(format!("module-{row}"), title)
            .body(&code)
            .body(&self.ask(field("nome", row), "label-name", Field::text).maxlength(LONGEST_NAME))
            .body(
                &self
                    .ask(field("prezzo", row), "label-base-price", Field::text)
                    .inputmode("decimal"),
            )
            .body(&self.ask(field("valuta", row), "label-valuta", Field::text).maxlength(3).mono())
            .body(&self.tick(&field("attivo", row), "label-active-default"))
    }
}
