//! `/crm/licences/{id}`: everything about a licence, its key, and what can be done with it.

pub(crate) mod cards;
mod sale;

use askama::Template;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use plugin_api::ui::{Action, Confirm, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem};

use crate::change_state::{may_confirm, texts};
use crate::devices::Devices;
use crate::domain::device::Activation;
use crate::domain::key::ActivationKey;
use crate::domain::licence::{Licence, LicenceType};
use crate::domain::product::Module;
use crate::domain::state::StoredState;
use crate::domain::transition::{Change, Standing};
use crate::renewals::{self, RENEW};
use crate::store::log::Line;
use crate::{ISSUE, LOG, clients, create, issue, labels, meters, offline, paths, seats, store};

/// Lines of the log the page shows.
const LINES: u32 = 10;

/// What the page tells of.
struct Shown {
    licence: Licence,
    /// Only for who may issue licences.
    key: Option<ActivationKey>,
    seats: Vec<Activation>,
    /// The product's modules, for their names.
    modules: Vec<Module>,
    /// Only for who may read the log.
    lines: Option<Vec<Line>>,
    /// Where the API answers, for the command to copy.
    api: String,
}

#[derive(Template)]
#[template(path = "license-generator/show.html")]
struct ShowPage {
    head: Head,
    key: Markup,
    cards: Markup,
    devices: Devices,
    end: Markup,
}

/// The page.
pub(crate) async fn handle(
    cx: Cx,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let licence = store::licences::get(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let lines =
        if cx.may(LOG) { Some(store::log::recent(&db, scope, &id, LINES).await?) } else { None };
    let may_confirm = may_confirm(&cx, &licence).await?;
    let shown = Shown {
        key: if cx.may(ISSUE) { issue::key_of(&cx, &id).await? } else { None },
        seats: store::activations::of_licence(&db, scope, &id).await?,
        modules: store::products::modules_of_code(&db, &licence.product_code).await?,
        lines,
        api: api(&cx, &headers),
        licence,
    };
    let free = cx.may(ISSUE).then(|| paths::of(paths::FREE, &id));
    let page = ShowPage {
        head: head(&cx, &shown.licence, may_confirm),
        key: cards::key(&cx, &shown),
        cards: cards::facts(&cx, &shown)
            .and(&sale::card(&cx, &shown.licence).await?)
            .and(&renewals::card(&cx, &shown.licence).await?)
            .and(&clients::cards(&cx, &shown.licence).await?)
            .and(&seats::card(&cx, &shown.licence).await?)
            .and(&meters::card(&cx, &shown.licence).await?)
            .and(&offline::card(&cx, &shown.licence)),
        devices: Devices::new(&cx, &shown.seats, free.as_deref()),
        end: cards::log(&cx, &shown),
    };
    Page::new(title(&shown.licence), &page)
}

fn title(licence: &Licence) -> String {
    format!("{} · {}", licence.product_name, licence.key_hint)
}

/// The address clients use, as the browser that asks reaches us.
fn api(cx: &Cx, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let is_local = ["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local));
    let scheme = if is_local { "http" } else { "https" };
    format!("{scheme}://{host}{}", cx.url("/api/licenze/attiva"))
}

fn head(cx: &Cx, licence: &Licence, may_confirm: bool) -> Head {
    let lang = cx.lang();
    let head = Head::new(title(licence))
        .back(lang.t("licences"), cx.url(paths::LICENCES))
        .badge(labels::state(&lang, licence.state(cx.now())))
        .lead(licence.customer_name());
    let link = |head: Head, key: &str, path: &str, icon: &str| {
        let href = cx.url(&paths::of(path, &licence.licence_id));
        head.action(&Action::link(lang.t(key), href).icon(icon))
    };
    let is_kept = licence.state_stored != StoredState::Revoked;
    let is_trial = licence.r#type == LicenceType::Trial;
    let mut head = head;
    if is_kept && cx.may(RENEW) && !is_trial && licence.renewable_end().is_some() {
        head = link(head, "renew", paths::RENEW, "refresh");
    }
    if !cx.may(ISSUE) {
        return head;
    }
    head = head.action(&create::actions(cx, licence));
    if is_kept && is_trial {
        head = link(head, "licence-convert", paths::CONVERT, "check");
    }
    if is_kept {
        head = link(head, "licence-change", paths::CHANGE, "pencil");
        head = link(head, "licence-transfer", paths::TRANSFER, "users");
    }
    let offered = Change::offered(Standing::of(licence))
        .filter(|change| may_confirm || *change != Change::Confirm);
    offered.fold(head, |head, change| {
        let path = cx.url(&paths::of(paths::STATE, &licence.licence_id));
        let (label, hint) = texts(change);
        let confirm = Confirm::new(&lang, change.name(), lang.t(&label), path, lang.t(&hint))
            .hidden("azione", change.name());
        head.action(&if change.takes_away() { confirm } else { confirm.harmless() })
    })
}
