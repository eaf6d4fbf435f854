//! The questions how quickly a release reaches people, and the plan that was answered.

use plugin_api::form::Typed;
use plugin_api::ui::{Field, FormErrors};
use plugin_api::{FieldProblem, Lang};

use crate::rollouts::plan::Plan;

/// The plan that is written by hand.
const CUSTOM: &str = "personalizzata";

/// A choice and the lines of a plan by hand.
pub(super) fn fields(lang: &Lang, typed: &Typed, errors: &FormErrors) -> [Field; 2] {
    let radios = Field::radios("schema", lang.t("plan")).errors(errors);
    let names = Plan::presets().chain([CUSTOM]);
    let radios = names.fold(radios, |field, name| {
        let hint = lang.t(&format!("plan-{name}-hint"));
        field.option_with_hint(name, lang.t(&format!("plan-{name}")), hint)
    });
    let chosen = match typed.text("schema") {
        "" => "subito",
        chosen => chosen,
    };
    let lines = match typed.text("fasi") {
        "" => Plan::preset("graduale").unwrap_or_default().text(),
        lines => lines.to_owned(),
    };
    [
        radios.value(chosen),
        Field::textarea("fasi", lang.t("plan-lines"))
            .hint(lang.t("plan-lines-hint"))
            .value(lines)
            .mono()
            .errors(errors),
    ]
}

/// A choice alone, for a question that pops up.
pub(super) fn short(lang: &Lang) -> [Field; 1] {
    let field = Field::select("schema", lang.t("plan"));
    [Plan::presets().fold(field, |field, name| field.option(name, lang.t(&format!("plan-{name}"))))]
}

/// The plan that was chosen, or what is wrong with it.
pub(super) fn read(typed: &Typed) -> Result<Plan, Vec<FieldProblem>> {
    let plan = match typed.text("schema") {
        "" => Some(Plan::default()),
        CUSTOM => Plan::read(typed.text("fasi")),
        name => Plan::preset(name),
    };
    plan.ok_or_else(Plan::mistaken)?.checked()
}
