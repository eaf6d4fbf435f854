//! The questions a licence is described by, each with what was typed and what is wrong with it.

use plugin_api::Lang;
use plugin_api::form::Typed;
use plugin_api::ui::{Field, FormErrors};

use crate::domain::choices::{Binding, Period, Renewal};
use crate::domain::draft::{LARGEST_PAYLOAD, MOST_SEATS};
use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::product::LONGEST_NAME;
use crate::labels;

/// Asks the questions of one form.
pub(crate) struct Questions<'a> {
    /// The reader's language.
    pub lang: &'a Lang,
    /// What was typed.
    pub typed: &'a Typed,
    /// What is wrong with it.
    pub errors: &'a FormErrors,
}

impl Questions<'_> {
    /// What a field is called: the text `new-<name>`, or the one every page has for it.
    pub(crate) fn label(&self, name: &str) -> String {
        let name = name.replace('_', "-");
        let own = format!("new-{name}");
        if self.lang.has(&own) { self.lang.t(&own) } else { self.lang.t(&format!("label-{name}")) }
    }

    fn hint(&self, name: &str) -> String {
        let name = name.replace('_', "-");
        let keys = [format!("new-{name}-hint"), format!("label-{name}-hint")];
        keys.iter().find(|key| self.lang.has(key)).map_or_else(String::new, |key| self.lang.t(key))
    }

    /// A question, with a sentence below its label if there is one.
    pub(crate) fn ask(&self, name: &str, make: fn(String, String) -> Field) -> Field {
        make(name.to_owned(), self.label(name))
            .value(self.typed.text(name))
            .hint(self.hint(name))
            .errors(self.errors)
    }

    /// A number of devices, people or seats.
    pub(crate) fn seats(&self, name: &str) -> Field {
        self.ask(name, Field::number).min(1).max(MOST_SEATS)
    }

    /// A box to tick.
    pub(crate) fn tick(&self, name: &str) -> Field {
        Field::checkbox(name, self.label(name))
            .checked(self.typed.ticked(name))
            .hint(self.hint(name))
            .errors(self.errors)
    }

    /// The type, each explained.
    pub(crate) fn kind(&self) -> Field {
        let field = self.ask("tipo", Field::radios).required();
        LicenceType::ALL.into_iter().fold(field, |field, kind| {
            let hint = self.lang.t(&format!("type-{}-hint", kind.wire()));
            field.option_with_hint(kind.wire(), labels::licence_type(self.lang, kind), hint)
        })
    }

    /// What it is bound to, each explained.
    pub(crate) fn binding(&self) -> Field {
        Binding::ALL.iter().fold(self.ask("associazione", Field::radios), |field, choice| {
            let wire = choice.wire();
            let hint = self.lang.t(&format!("new-binding-{wire}-hint"));
            field.option_with_hint(wire, self.lang.t(&format!("new-binding-{wire}")), hint)
        })
    }

    /// A choice that may be left to the policy.
    fn or_policy(&self, name: &str, choices: Vec<(&'static str, String)>) -> Field {
        let field = self.ask(name, Field::select).option("", self.lang.t("new-as-policy"));
        choices.into_iter().fold(field, |field, (value, text)| field.option(value, text))
    }

    /// What the product does after the end.
    pub(crate) fn at_expiry(&self) -> Field {
        let choice = |choice: AtExpiry| (choice.wire(), labels::at_expiry(self.lang, choice));
        self.or_policy("alla_scadenza", AtExpiry::ALL.map(choice).to_vec())
    }

    /// How it is renewed.
    pub(crate) fn renewal(&self) -> Field {
        let choice = |choice: &Renewal| {
            (choice.wire(), self.lang.t(&format!("new-renewal-{}", choice.wire())))
        };
        self.or_policy("rinnovo", Renewal::ALL.iter().map(choice).collect())
    }

    /// Whether it refuses nothing.
    pub(crate) fn shadow(&self) -> Field {
        let choices = vec![("true", self.lang.t("yes")), ("false", self.lang.t("no"))];
        self.or_policy("ombra", choices)
    }

    /// How often a count begins anew.
    pub(crate) fn period(&self, name: &str) -> Field {
        let field = Field::select(name, self.lang.t("new-module-periodo"))
            .value(self.typed.text(name))
            .errors(self.errors)
            .option("", self.lang.t("new-period-none"));
        Period::ALL.iter().fold(field, |field, period| {
            field.option(period.wire(), self.lang.t(&format!("new-period-{}", period.wire())))
        })
    }

    /// The customer's site.
    pub(crate) fn site(&self) -> Field {
        self.ask("sede", Field::text).maxlength(LONGEST_NAME)
    }

    /// A JSON object.
    pub(crate) fn object(&self, name: &str) -> Field {
        self.ask(name, Field::textarea).mono().rows(4).maxlength(LARGEST_PAYLOAD)
    }
}
