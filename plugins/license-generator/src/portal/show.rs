//! `/crm/my-licences/{id}`: one licence with its key and devices, for the customer it belongs to.

use plugin_api::ui::{Card, CopyText, Facts, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem};

use super::free;
use crate::devices::Devices;
use crate::domain::licence::Licence;
use crate::show::cards::{devices_used, modules};
use crate::{issue, labels, offline, paths, store};

/// The page.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (db, scope, lang) = (cx.db(), cx.scope(), cx.lang());
    let licence = own(&cx, &id).await?;
    let seats = store::activations::of_licence(&db, scope, &id).await?;
    let known = store::products::modules_of_code(&db, &licence.product_code).await?;
    let left = free::left(&cx, &id).await?;
    let way = (left > 0).then(|| paths::of(paths::MY_FREE, &id));
    let mut html = Markup::of(
        &Head::new(&licence.product_name)
            .back(lang.t("my-licences"), cx.url(paths::MY_LICENCES))
            .badge(labels::state(&lang, licence.state(cx.now())))
            .action(&offline::own_link(&cx)),
    );
    if let Some(key) = issue::key_of(&cx, &id).await? {
        let copy = CopyText::new(key.to_string(), lang.t("copy-key"));
        let card = Card::new("key", lang.t("card-key")).text(lang.t("my-key-hint"));
        html = html.and(&card.body(&Facts::new().with(lang.t("card-key"), &copy)));
    }
    let rule = if left > 0 { lang.n("my-free-left", left) } else { lang.t("my-free-none") };
    let html = html
        .and(&Devices::new(&cx, &seats, way.as_deref()))
        .and(&Markup::of(&Card::new("rule", lang.t("my-free-title")).text(rule)))
        .and(&terms(&cx, &licence))
        .and(&modules(&lang, &licence, &known));
    Ok(Page::html(&licence.product_name, html))
}

/// The licence, if it is the caller's own: not one of the branch below him, whose keys another
/// permission shows, and none for the vendor's own use.
pub(crate) async fn own(cx: &Cx, id: &str) -> Result<Licence, Problem> {
    let found = store::licences::get(&cx.db(), cx.scope(), id).await?;
    let node = &cx.caller().organisation_id;
    let own = found.filter(|licence| !licence.internal && licence.organisation_id == *node);
    own.ok_or_else(Problem::not_found)
}

fn terms(cx: &Cx, licence: &Licence) -> Card {
    let lang = cx.lang();
    let day = |ms: Option<i64>, none: &str| ms.map_or_else(|| lang.t(none), |ms| lang.date(ms));
    let facts = Facts::new()
        .text(lang.t("label-tipo"), labels::licence_type(&lang, licence.r#type))
        .with(lang.t("label-dispositivi"), &devices_used(licence))
        .text(lang.t("label-inizio"), lang.date(licence.starts_at))
        .text(lang.t("label-scadenza"), day(licence.expires_at, "never"))
        .text(
            lang.t("label-manutenzione-fino-a"),
            day(licence.maintenance_until, "maintenance-unlimited"),
        );
    Card::new("terms", lang.t("card-terms")).body(&facts)
}
