//! `/crm/customers/rules/new` and `/crm/customers/rules/{id}`: a rule is made or changed.

use axum::response::{IntoResponse, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Card, Field, FormErrors, Markup};
use plugin_api::{Cx, Form, Lang, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use super::rule::{LONGEST_CODE, Rule, RuleDraft};
use crate::domain::{Refusal, countries, country_key};
use crate::paths;
use crate::sheet::{Sheet, beside};
use crate::store::rules::LABEL;
use crate::store::{self, Node};

/// The form as sent.
#[derive(Debug, Deserialize)]
pub(super) struct RuleForm {
    /// The version the form was filled from.
    #[serde(default)]
    version: String,
    #[serde(flatten)]
    draft: RuleDraft,
}

/// The empty form.
pub(super) async fn new(cx: Cx) -> Result<Page, Problem> {
    sheet(&cx, None, &RuleDraft::default(), &[]).await?.render()
}

/// Adds a rule of the caller's organisation, after the others.
pub(super) async fn create(cx: Cx, Form(form): Form<RuleForm>) -> Result<Response, Problem> {
    let rule = Rule {
        rule_id: cx.fresh_id(),
        organisation_id: cx.caller().organisation_id.clone(),
        enabled: 1,
        ..Rule::default()
    };
    let rule = match checked(&cx, &form.draft, rule).await? {
        Ok(rule) => rule,
        Err(refusals) => {
            return Ok(sheet(&cx, None, &form.draft, &refusals).await?.render()?.into_response());
        }
    };
    let batch = Batch::new().and(store::rules::insertion(&rule, cx.now()));
    cx.db().batch(batch.audit(audit("rule.created", &rule).after(&rule))).await?;
    Ok(saved(&cx).into_response())
}

/// The form of a rule.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let rule = found(&cx, &id).await?;
    sheet(&cx, Some(&rule), &RuleDraft::from(&rule), &[]).await?.render()
}

/// Changes a rule.
pub(super) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<RuleForm>,
) -> Result<Response, Problem> {
    let before = found(&cx, &id).await?;
    if form.version != before.version.to_string() {
        return Err(Problem::conflict("rule_changed"));
    }
    match checked(&cx, &form.draft, before.clone()).await? {
        Ok(after) => {
            replace(&cx, &before, &after).await?;
            Ok(saved(&cx).into_response())
        }
        Err(refusals) => {
            let sheet = sheet(&cx, Some(&before), &form.draft, &refusals).await?;
            Ok(sheet.render()?.into_response())
        }
    }
}

/// Writes `after` in place of `before`; a problem when somebody else was faster.
pub(super) async fn replace(cx: &Cx, before: &Rule, after: &Rule) -> Result<(), Problem> {
    let audit = audit("rule.updated", after).before(before).after(after);
    let batch = Batch::new().and(store::rules::replacement(cx.scope(), after, cx.now()));
    write(cx, batch.audit(audit)).await
}

/// Runs the batch; a problem when somebody else changed the rule.
pub(super) async fn write(cx: &Cx, batch: Batch) -> Result<(), Problem> {
    match cx.db().batch(batch).await {
        Ok(_) => Ok(()),
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("rule_changed")),
        Err(fault) => Err(fault.into()),
    }
}

/// The audit row of an act on a rule.
pub(super) fn audit(action: &str, rule: &Rule) -> Audit {
    Audit::of(action, &rule.rule_id).named(&rule.name).in_organisation(&rule.organisation_id)
}

/// The rule, when it lies in the caller's branch.
pub(super) async fn found(cx: &Cx, id: &str) -> Result<Rule, Problem> {
    store::rules::find(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

async fn checked(
    cx: &Cx,
    draft: &RuleDraft,
    rule: Rule,
) -> Result<Result<Rule, Vec<Refusal>>, Problem> {
    let rule = match draft.check(rule) {
        Ok(rule) => rule,
        Err(refusals) => return Ok(Err(refusals)),
    };
    let receiver = store::node(&cx.db(), cx.scope(), &rule.receiver_id).await?;
    let unknown = Refusal { field: "receiver", key: "field-receiver" };
    Ok(receiver.map(|_| rule).ok_or(vec![unknown]))
}

fn saved(cx: &Cx) -> SeeOther {
    SeeOther::to(cx.url(paths::RULES)).saying(cx.lang().t("rule-saved"))
}

async fn sheet(
    cx: &Cx,
    rule: Option<&Rule>,
    draft: &RuleDraft,
    refusals: &[Refusal],
) -> Result<Sheet, Problem> {
    let lang = cx.lang();
    let nodes = store::nodes(&cx.db(), cx.scope()).await?;
    let ask = Questions { lang: &lang, draft, errors: beside(&lang, refusals) };
    let title = rule.map_or_else(|| lang.t("rule-new"), |rule| rule.name.clone());
    let action =
        rule.map_or_else(|| cx.url(paths::RULE_NEW), |rule| cx.url(&paths::rule(&rule.rule_id)));
    let back = (lang.t("rules"), cx.url(paths::RULES));
    let version = rule.map_or_else(String::new, |rule| rule.version.to_string());
    Ok(Sheet::new(&lang, title, action, back)
        .hidden("version", version)
        .cards(Markup::of(&ask.conditions()).and(&ask.outcome(&nodes)))
        .refused(&lang, refusals, |field| label(&lang, field)))
}

fn label(lang: &Lang, field: &str) -> String {
    lang.t(&format!("rule-{}", field.replace('_', "-")))
}

struct Questions<'a> {
    lang: &'a Lang,
    draft: &'a RuleDraft,
    errors: FormErrors,
}

impl Questions<'_> {
    fn ask(&self, name: &str, value: &str, make: fn(String, String) -> Field) -> Field {
        make(name.to_owned(), label(self.lang, name)).value(value).errors(&self.errors)
    }

    fn conditions(&self) -> Card {
        let (lang, draft) = (self.lang, self.draft);
        let any = self.ask("country", &draft.country, Field::select).option("", lang.t("any"));
        let mut named: Vec<(String, &str)> =
            countries().map(|code| (lang.t(&country_key(code)), code)).collect();
        named.sort();
        let country = named.into_iter().fold(any, |field, (name, code)| field.option(code, name));
        let code = self.ask("reseller_code", &draft.reseller_code, Field::text).mono();
        let provinces = self.ask("provinces", &draft.provinces, Field::text).maxlength(1_000);
        let products = self.ask("products", &draft.products, Field::text).mono();
        Card::new("conditions", lang.t("card-conditions"))
            .text(lang.t("card-conditions-hint"))
            .body(&code.maxlength(LONGEST_CODE))
            .body(&provinces.hint(lang.t("rule-provinces-hint")))
            .body(&country)
            .body(&products.maxlength(1_000).hint(lang.t("rule-products-hint")))
    }

    fn outcome(&self, nodes: &[Node]) -> Card {
        let (lang, draft) = (self.lang, self.draft);
        let choose = self.ask("receiver", &draft.receiver, Field::select).option("", "");
        let receiver = nodes
            .iter()
            .fold(choose, |field, node| field.option(&node.organisation_id, &node.name));
        let name = self.ask("name", &draft.name, Field::text).maxlength(120);
        Card::new("outcome", lang.t("card-outcome"))
            .body(&receiver.required())
            .body(&name.required().hint(lang.t("rule-name-hint")))
    }
}
