//! The form of master data, for a new customer and for one that is changed.

use askama::Template;
use plugin_api::ui::{Action, Card, ErrorSummary, Field, FormErrors, Head, Markup};
use plugin_api::{Lang, Page, Problem};

use crate::domain::{Draft, Refusal, countries, country_key, limit};
use crate::labels::label;

/// What the form is for.
#[derive(Debug)]
pub(crate) struct Purpose {
    /// Title of the page.
    pub title: String,
    /// Where the form is sent.
    pub action: String,
    /// The page above: its name and address; also where who cancels goes.
    pub back: (String, String),
    /// What is sent along.
    pub hidden: (&'static str, String),
}

/// A page that is one form.
#[derive(Debug, Template)]
#[template(path = "customer-accounts/form.html")]
pub(crate) struct FormPage {
    lang: Lang,
    purpose: Purpose,
    head: Head,
    errors: ErrorSummary,
    warning: Markup,
    cards: Markup,
    more: Markup,
    save: Action,
    cancel: Action,
}

impl FormPage {
    /// The form as it was typed, with what is wrong with it.
    pub(crate) fn new(lang: &Lang, purpose: Purpose, draft: &Draft, refusals: &[Refusal]) -> Self {
        let errors: FormErrors =
            refusals.iter().map(|refusal| (refusal.field, lang.t(refusal.key))).collect();
        // Far from its field, a message must name it.
        let named = |refusal: &Refusal| {
            (refusal.field, format!("{}: {}", label(lang, refusal.field), lang.t(refusal.key)))
        };
        let summary: FormErrors = refusals.iter().map(named).collect();
        let (above, href) = purpose.back.clone();
        Self {
            head: Head::new(&purpose.title).back(above, &href).lead(lang.t("required-hint")),
            errors: summary.summary(lang),
            warning: Markup::default(),
            cards: cards(&Questions { lang, draft, errors: &errors }),
            more: Markup::default(),
            save: Action::submit(lang.t("save")),
            cancel: Action::link(lang.t("cancel"), href),
            lang: lang.clone(),
            purpose,
        }
    }

    /// Something to know before the form is sent again.
    #[must_use]
    pub(crate) fn warning(mut self, warning: Markup) -> Self {
        self.warning = warning;
        self
    }

    /// Another card of questions.
    #[must_use]
    pub(crate) fn more(mut self, card: &Card) -> Self {
        self.more = self.more.and(card);
        self
    }

    /// The page.
    pub(crate) fn render(&self) -> Result<Page, Problem> {
        let wrong = !self.errors.to_string().is_empty();
        let title = &self.purpose.title;
        let title =
            if wrong { format!("{}: {title}", self.lang.t("error")) } else { title.clone() };
        Page::new(title, self)
    }
}

struct Questions<'a> {
    lang: &'a Lang,
    draft: &'a Draft,
    errors: &'a FormErrors,
}

impl Questions<'_> {
    /// The control `make` builds for the field `name`, holding what was typed.
    fn ask(&self, name: &'static str, make: fn(&'static str, String) -> Field) -> Field {
        let typed = self.draft.master.fields().into_iter().find(|(field, _)| *field == name);
        make(name, label(self.lang, name))
            .value(typed.map_or("", |(_, text)| text))
            .errors(self.errors)
    }

    fn text(&self, name: &'static str) -> Field {
        self.ask(name, Field::text).maxlength(limit(name))
    }

    fn email(&self, name: &'static str) -> Field {
        self.ask(name, Field::email).maxlength(limit(name)).autocomplete("off")
    }

    fn hint(&self, key: &str) -> String {
        self.lang.t(key)
    }

    fn kind(&self) -> Field {
        let lang = self.lang;
        Field::radios("kind", label(lang, "kind"))
            .option_with_hint("customer", lang.t("kind-customer"), lang.t("kind-customer-hint"))
            .option_with_hint("prospect", lang.t("kind-prospect"), lang.t("kind-prospect-hint"))
            .value(&self.draft.kind)
            .errors(self.errors)
            .required()
    }

    fn country(&self) -> Field {
        country_options(self.lang, self.ask("country", Field::select)).required()
    }

    fn language(&self) -> Field {
        plugin_api::lang::LANGUAGES.into_iter().fold(
            self.ask("language", Field::select).option("", self.lang.t("language-unknown")),
            |field, code| field.option(code, self.lang.t(&format!("language-{code}"))),
        )
    }
}

/// Adds every country to a chooser, by name.
pub(crate) fn country_options(lang: &Lang, chooser: Field) -> Field {
    let mut named: Vec<(String, &str)> =
        countries().map(|code| (lang.t(&country_key(code)), code)).collect();
    named.sort_by_key(|(name, _)| plain(name));
    named.into_iter().fold(chooser, |field, (name, code)| field.option(code, name))
}

/// Folded so that Åland and Österreich stand where a reader looks for them.
fn plain(name: &str) -> String {
    name.to_lowercase().replace('å', "a").replace('ö', "o").replace('é', "e")
}

fn cards(ask: &Questions<'_>) -> Markup {
    let lang = ask.lang;
    let company = Card::new("company", lang.t("card-company"))
        .body(&ask.kind())
        .body(&ask.text("name").required())
        .body(&ask.text("legal_form"))
        .body(&ask.text("vat_number").mono().hint(ask.hint("customer-vat-number-hint")))
        .body(&ask.text("tax_code").mono())
        .body(&ask.text("sdi_code").mono().hint(ask.hint("customer-sdi-code-hint")))
        .body(&ask.email("pec").hint(ask.hint("customer-pec-hint")))
        .body(&ask.text("fiscal_regime").mono().hint(ask.hint("customer-fiscal-regime-hint")))
        .body(&ask.text("currency").mono().hint(ask.hint("customer-currency-hint")));
    let address = Card::new("address", lang.t("card-address"))
        .body(&ask.text("address"))
        .body(&ask.text("address_line_2"))
        .body(&ask.text("postal_code"))
        .body(&ask.text("city"))
        .body(&ask.text("province").hint(ask.hint("customer-province-hint")))
        .body(&ask.country());
    let contact = Card::new("contact", lang.t("card-contact"))
        .body(&ask.email("email"))
        .body(&ask.ask("phone", Field::text).maxlength(limit("phone")).inputmode("tel"))
        .body(&ask.text("website").inputmode("url"))
        .body(&ask.language());
    let other = Card::new("other", lang.t("card-other"))
        .body(&ask.text("external_reference").hint(ask.hint("customer-external-reference-hint")))
        .body(&ask.text("tags").hint(ask.hint("customer-tags-hint")))
        .body(&ask.ask("notes", Field::textarea).maxlength(limit("notes")).rows(5));
    Markup::of(&company).and(&address).and(&contact).and(&other)
}
