//! Warnings about metadata on the pages where people look every day, for those who may see keys.

use plugin_api::ui::{Action, Markup, Notice, Tone};
use plugin_api::{Cx, Problem};

use crate::tuf::warnings::{self, Matter, Warning};
use crate::{KEYS, paths};

/// How bad it is.
pub(super) fn tone(warning: &Warning) -> Tone {
    match warning.matter {
        Matter::Ended | Matter::Late => Tone::Bad,
        Matter::Ends | Matter::Waits => Tone::Warn,
    }
}

/// One line about a product; nothing where nothing is the matter.
pub(crate) async fn of_product(cx: &Cx, code: &str) -> Result<Markup, Problem> {
    if !cx.may(KEYS) {
        return Ok(Markup::default());
    }
    let all = warnings::of_product(cx, code).await?;
    Ok(line(cx, &all.into_iter().map(|warning| (code.to_owned(), warning)).collect::<Vec<_>>()))
}

/// One line about all products.
pub(crate) async fn of_all(cx: &Cx) -> Result<Markup, Problem> {
    if !cx.may(KEYS) {
        return Ok(Markup::default());
    }
    Ok(line(cx, &warnings::of_all(cx).await?))
}

/// The worst of them, how many more there are, and the way there.
fn line(cx: &Cx, all: &[(String, Warning)]) -> Markup {
    let Some((product, worst)) = all.iter().min_by_key(|(_, warning)| warning.matter) else {
        return Markup::default();
    };
    let lang = cx.lang();
    let mut said = worst.sentence(&lang);
    if all.len() > 1 {
        said = format!("{said} {}", lang.n("update-warnings-more", all.len() - 1));
    }
    let there = if all.iter().all(|(other, _)| other == product) {
        paths::of(paths::PRODUCT_KEYS, product)
    } else {
        paths::KEYS.to_owned()
    };
    let notice = Notice::new(tone(worst), said)
        .title(format!("{product}:"))
        .with(&Action::link(lang.t("update-keys"), cx.url(&there)).quiet());
    Markup::of(&notice)
}
