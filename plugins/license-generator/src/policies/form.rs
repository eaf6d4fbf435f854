//! The form of a policy: what it is, then a card for each part of its values.

use plugin_api::form::Typed;
use plugin_api::ui::{Action, Card, Field, FormErrors, FormPage, Head, Markup, Notice, Tabs, Tone};
use plugin_api::{Cx, FieldProblem, Lang, Page, Problem};

use super::values::{choice, label};
use crate::domain::policy_draft::LONGEST_NOTE;
use crate::domain::policy_questions::{Kind, Question, SECTIONS};
use crate::domain::product::{LONGEST_CODE, LONGEST_NAME};
use crate::form::form_errors;
use crate::store::policies::Stored;
use crate::store::policies::runs::{self, RunState};
use crate::{paths, store};

/// The tabs of a policy, with the page `current` marked.
pub(super) fn tabs(cx: &Cx, policy_id: &str, current: &str) -> Tabs {
    let lang = cx.lang();
    let href = |path: &str| cx.url(&paths::of(path, policy_id));
    Tabs::new(lang.t("policy-tabs"), href(current))
        .tab(lang.t("policy-tab-values"), href(paths::POLICY))
        .tab(lang.t("policy-tab-versions"), href(paths::POLICY_VERSIONS))
}

/// The form with what was typed and what is wrong with it. A change is tried out before it is saved;
/// a new policy has nothing to try it on.
pub(super) async fn page(
    cx: &Cx,
    known: Option<&Stored>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let ask = Questions { lang: &lang, typed, errors: &errors };
    let title = known.map_or_else(|| lang.t("policy-new"), |known| known.name.clone());
    let action = known.map_or_else(
        || cx.url(paths::POLICY_NEW),
        |known| cx.url(&paths::of(paths::POLICY, &known.policy_id)),
    );
    let before = match known {
        Some(known) => before(cx, known).await?,
        None => Markup::default(),
    };
    let mut cards = Markup::of(&ask.identity(cx, known).await?);
    for (section, questions) in SECTIONS {
        let title = lang.t(&format!("policy-section-{section}"));
        let card = Card::new(*section, title);
        cards = cards.and(&questions.iter().fold(card, |card, asked| card.body(&ask.one(asked))));
    }
    let submit = match known {
        Some(_) => Action::submit(lang.t("policy-try")).with("passo", "prova"),
        None => Action::submit(lang.t("save")).with("passo", "salva"),
    };
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.t("policies"), cx.url(paths::POLICIES))
            .lead(lang.t("required-hint")),
        before,
        errors: errors.summary(&lang),
        action,
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards,
        buttons: vec![submit, Action::link(lang.t("cancel"), cx.url(paths::POLICIES))],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

/// The tabs, and a run that is not finished.
async fn before(cx: &Cx, known: &Stored) -> Result<Markup, Problem> {
    let lang = cx.lang();
    let tabs = Markup::of(&tabs(cx, &known.policy_id, paths::POLICY));
    let run = runs::latest(&cx.db(), cx.scope(), &known.policy_id).await?;
    let Some(run) = run.filter(|run| run.state != RunState::Done) else { return Ok(tabs) };
    let href = cx.url(&paths::of(paths::POLICY_RUN, &run.run_id));
    let notice = Notice::new(Tone::Info, lang.t("policy-run-unfinished"))
        .with(&Action::link(lang.t("policy-run-show"), href));
    Ok(tabs.and(&notice))
}

struct Questions<'a> {
    lang: &'a Lang,
    typed: &'a Typed,
    errors: &'a FormErrors,
}

impl Questions<'_> {
    fn ask(&self, name: &str, key: &str, make: fn(String, String) -> Field) -> Field {
        let field = make(name.to_owned(), self.lang.t(key)).errors(self.errors);
        let field = field.value(self.typed.text(name));
        let hint = format!("{key}-hint");
        if self.lang.has(&hint) { field.hint(self.lang.t(&hint)) } else { field }
    }

    async fn identity(&self, cx: &Cx, known: Option<&Stored>) -> Result<Card, Problem> {
        let code = self.ask("codice", "label-code", Field::text).required().mono();
        let code = code.maxlength(LONGEST_CODE);
        let product = if let Some(known) = known {
            let every = || self.lang.t("policy-every-product");
            let name = known.product_name.clone().unwrap_or_else(every);
            Field::text("prodotto_nome", self.lang.t("label-prodotto")).value(name).readonly()
        } else {
            let every = self
                .ask("prodotto", "label-prodotto", Field::select)
                .option("", self.lang.t("policy-every-product"));
            let products = store::products::all(&cx.db()).await?;
            products
                .into_iter()
                .fold(every, |field, product| field.option(product.code, product.name))
        };
        let code = match known {
            Some(_) => code.readonly().hint(self.lang.t("label-code-fixed")),
            None => code.hint(self.lang.t("policy-code-hint")),
        };
        let is_default = Field::checkbox("predefinita", self.lang.t("policy-predefinita"))
            .checked(self.typed.ticked("predefinita"))
            .hint(self.lang.t("policy-predefinita-hint"));
        let note = self.ask("nota", "policy-nota", Field::textarea).maxlength(LONGEST_NOTE);
        let name = self.ask("nome", "label-name", Field::text).required().maxlength(LONGEST_NAME);
        let card = Card::new("policy", self.lang.t("policy-section-identity"));
        Ok(card.body(&name).body(&code).body(&product).body(&is_default).body(&note))
    }

    fn one(&self, question: &Question) -> Field {
        let (name, key) = (question.name, label(question));
        match question.kind {
            Kind::Number(from, to) => {
                self.ask(name, &key, Field::number).min(from).max(to).required()
            }
            Kind::Limit(from, to) => self.ask(name, &key, Field::number).min(from).max(to),
            Kind::Flag => self.ask(name, &key, Field::checkbox).checked(self.typed.ticked(name)),
            Kind::Choice(prefix, all) => {
                all.iter().fold(self.ask(name, &key, Field::select), |field, value| {
                    field.option(*value, self.lang.t(&choice(prefix, value)))
                })
            }
            Kind::Several(prefix, all) => {
                let field = self.ask(name, &key, Field::checkboxes).values(self.typed.all(name));
                all.iter().fold(field, |field, value| {
                    field.option(*value, self.lang.t(&choice(prefix, value)))
                })
            }
        }
    }
}
