//! The meters of a licence, in short, on its page.

use plugin_api::ui::{Action, Badge, Card, Facts, Markup, Meter, Tone};
use plugin_api::{Cx, Fault, Lang};

use crate::domain::choices::Period;
use crate::domain::licence::{Licence, ModuleGrant};
use crate::domain::meter::{Reading, Window};
use crate::{paths, store};

/// The card; nothing for a licence whose modules are not counted.
pub(crate) async fn card(cx: &Cx, licence: &Licence) -> Result<Markup, Fault> {
    let counted = counted(licence);
    if counted.is_empty() {
        return Ok(Markup::default());
    }
    let lang = cx.lang();
    let mut facts = Facts::new();
    for (module, period) in counted {
        facts = facts.with(&module.code, &reading(cx, licence, module, period).await?);
    }
    let there = cx.url(&paths::of(paths::METERS, &licence.licence_id));
    let card = Card::new("meters", lang.t("card-meters"))
        .action(&Action::link(lang.t("meters-show"), there).quiet())
        .body(&facts);
    Ok(Markup::of(&card))
}

/// The modules of a licence that are counted, by code.
pub(super) fn counted(licence: &Licence) -> Vec<(&ModuleGrant, Period)> {
    let of = |module| -> Option<(&ModuleGrant, Period)> {
        let module: &ModuleGrant = module;
        module.period.map(|period| (module, period))
    };
    let mut counted: Vec<_> = licence.modules.iter().filter_map(of).collect();
    counted.sort_by(|a, b| a.0.code.cmp(&b.0.code));
    counted
}

/// What the meter of a module shows now.
pub(super) async fn reading(
    cx: &Cx,
    licence: &Licence,
    module: &ModuleGrant,
    period: Period,
) -> Result<Markup, Fault> {
    let lang = cx.lang();
    let window = Window::at(cx.now(), period);
    let meter =
        store::meters::Meter { licence, module: &module.code, period_start: window.starts_at };
    let reading = Reading::of(module, store::meters::used(&cx.db(), meter).await?);
    let mut shown = Markup::of(&Meter::new(reading.used, reading.limit))
        .and(&Badge::new(Tone::Neutral, period_name(&lang, period)));
    if reading.over > 0 {
        let over = lang.with("meter-over", &[("n", &lang.number(reading.over))]);
        shown = shown.and(&Badge::new(Tone::Warn, over));
    }
    if let Some(resets_at) = window.resets_at {
        let resets = lang.with("meter-resets", &[("date", &lang.date(resets_at))]);
        shown = shown.and(&Badge::new(Tone::Info, resets));
    }
    Ok(shown)
}

/// How often a count begins anew.
pub(super) fn period_name(lang: &Lang, period: Period) -> String {
    lang.t(&format!("meter-period-{}", period.wire()))
}
