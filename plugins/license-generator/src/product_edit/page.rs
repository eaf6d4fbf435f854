//! The form of a product: its own card, and one for each module.

use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, FieldProblem, Lang, Page, Problem};

use super::Known;
use super::read::{field, rows};
use crate::domain::product::{LONGEST_CODE, LONGEST_NAME};
use crate::form::{FormPage, Typed, form_errors};
use crate::paths;

/// The form with what was typed and what is wrong with it.
pub(super) fn page(
    cx: &Cx,
    known: Option<&Known>,
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
    let stored = known.map_or(0, |known| known.modules.len());
    let cards = (0..rows(typed)).fold(Markup::of(&ask.product(known.is_some())), |cards, row| {
        cards.and(&ask.module(row, row < stored))
    });
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.t("products"), cx.url(paths::PRODUCTS))
            .lead(lang.t("required-hint")),
        before: Markup::default(),
        errors: errors.summary(&lang),
        action,
        hidden: vec![
            ("versione", typed.text("versione").to_owned()),
            ("moduli", rows(typed).to_string()),
        ],
        cards,
        buttons: [
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(paths::PRODUCTS)),
        ],
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
            .body(
                &self
                    .own("major", "label-major", Field::number)
                    .min(0)
                    .required()
                    .hint(self.lang.t("label-major-hint")),
            )
            .body(&self.own("minor", "label-minor", Field::number).min(0).required())
            .body(&self.tick("ritirato", "label-retired").hint(self.lang.t("label-retired-hint")))
    }

    fn module(&self, row: usize, is_stored: bool) -> Card {
        let number = (row + 1).to_string();
        let title = self.lang.with("module-n", &[("n", &number)]);
        let code = self.ask(field("codice", row), "label-code", Field::text).mono();
        let code = code.maxlength(LONGEST_CODE);
        Card::new(format!("module-{row}"), title)
            .body(&if is_stored { code.readonly() } else { code })
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
