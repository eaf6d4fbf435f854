//! The floating seats of a licence, in short, on its page.

use plugin_api::ui::{Action, Card, Facts, Markup, Meter};
use plugin_api::{Cx, Fault};

use crate::domain::choices::Binding;
use crate::domain::licence::Licence;
use crate::{paths, store};

/// The card; nothing for a licence without floating seats.
pub(crate) async fn card(cx: &Cx, licence: &Licence) -> Result<Markup, Fault> {
    if licence.binding != Binding::Floating {
        return Ok(Markup::default());
    }
    let lang = cx.lang();
    let out = store::seats::out(&cx.db(), &licence.licence_id, cx.now()).await?;
    let next = out.next_return.map_or_else(|| lang.t("seats-none-out"), |next| lang.instant(next));
    let facts = Facts::new()
        .with(lang.t("label-seats-out"), &Meter::new(out.held, licence.seats_max))
        .text(lang.t("label-seats-next"), next);
    let there = cx.url(&paths::of(paths::SEATS, &licence.licence_id));
    let card = Card::new("seats", lang.t("card-floating-seats"))
        .action(&Action::link(lang.t("seats-show"), there).quiet())
        .body(&facts);
    Ok(Markup::of(&card))
}
