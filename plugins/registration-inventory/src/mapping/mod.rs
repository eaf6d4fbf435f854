//! What software is and whose: products, customers, suggestions, decisions and their undoing.

mod ask;
mod companies;
pub(crate) mod decisions;
mod products;
mod rules;
pub(crate) mod sheet;
mod software;
mod suggestions;
mod whose;
mod work;

pub(crate) use suggestions::job as suggest;
pub(crate) use work::tell;

use plugin_api::contracts::accounts::STATE_CHANGED;
use plugin_api::table::{self, TableSpec};
use plugin_api::ui::{Card, Markup, Timeline};
use plugin_api::{Access, Cx, Plugin, Problem, Routes};

use crate::store::installations::Installation;
use crate::{CLASSIFY, LICENSE, paths};

/// Most that the badge counts to.
const CAP: i64 = 999;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .menu("companies", paths::COMPANIES, "building", "classify", "")
        .hint("companies-about")
        .group("inventory")
        .menu("software", paths::SOFTWARE, "file", "classify", "")
        .hint("software-about")
        .group("inventory")
        .menu("decisions", paths::DECISIONS, "clock", "classify", "")
        .hint("decisions-about")
        .group("inventory")
        .routes(pages())
        .job(work::NAME, None, work::job)
        .job("suggest", Some("* * * * *"), suggestions::job)
        .on(STATE_CHANGED, suggestions::changed)
}

fn pages() -> Routes {
    let classify = Access::permission(CLASSIFY);
    let either = Access::AnyOf(vec![CLASSIFY.to_owned(), LICENSE.to_owned()]);
    table::routes(companies::spec, &classify)
        .merge(table::routes(software::spec, &classify))
        .merge(table::routes(decisions::list::spec, &either))
        .post(ask::DECIDE, ask::handle, classify.clone())
        .post(companies::ACCEPT, companies::accept, classify.clone())
        .get(paths::COMPANY, companies::show::page, classify.clone())
        .post(paths::COMPANY, companies::show::handle, classify.clone())
        .get(companies::create::PATH, companies::create::form, classify.clone())
        .post(companies::create::PATH, companies::create::handle, classify.clone())
        .post(software::SEVERAL, software::several, classify.clone())
        .get(paths::SOFTWARE_NAME, software::page, classify.clone())
        .post(paths::SOFTWARE_NAME, software::handle, classify.clone())
        .post(software::RULES, rules::add, classify.clone())
        .post(software::RULE_DELETE, rules::remove, classify)
        .get(paths::DECISION, decisions::list::show, either.clone())
        .post(paths::DECISION_UNDO, decisions::undo::handle, either)
}

/// How many installations wait for somebody to say whose they are, for the badge of their list.
pub(crate) async fn waiting(cx: Cx) -> Result<i64, plugin_api::Fault> {
    crate::store::decisions::waiting(&cx.db(), cx.scope(), CAP).await
}

/// Adds what may be decided about several installations at once to their list.
pub(crate) fn actions(spec: TableSpec) -> TableSpec {
    ask::actions(spec)
}

/// The buttons that decide about one installation, for the head of its page.
#[expect(clippy::unused_async, reason = "its caller awaits it as it does the others")]
pub(crate) async fn actions_of(cx: &Cx, of: &Installation) -> Result<Markup, Problem> {
    Ok(if cx.may(CLASSIFY) { ask::buttons(cx, of) } else { Markup::default() })
}

/// What was decided about one installation and who it may be, for its page.
pub(crate) async fn of_installation(cx: &Cx, of: &Installation) -> Result<Markup, Problem> {
    let id = &of.installation_id;
    let told = crate::store::decisions::of_installation(&cx.db(), cx.scope(), id).await?;
    if told.is_empty() {
        return Ok(Markup::default());
    }
    let lang = cx.lang();
    let timeline = told.iter().fold(Timeline::new(&lang), |timeline, one| {
        timeline.event(decisions::list::event(cx, &lang, one))
    });
    Ok(Markup::of(&Card::new("decided", lang.t("decisions")).body(&timeline)))
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_tables_make_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for spec in
                [super::companies::spec(), super::software::spec(), super::decisions::list::spec()]
            {
                assert_eq!(spec.mistakes(&lang), Vec::<String>::new());
            }
        }
    }
}
