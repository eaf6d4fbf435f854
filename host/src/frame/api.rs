//! `GET /api/menu`: the menu of who is asking, for an existing cockpit that shows it in its own.

use plugin_api::{Access, Cx, Json, Problem, Routes};
use serde::Serialize;
use utoipa::ToSchema;

use super::{badges, menu};
use crate::state::App;

/// The menu of who is asking.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MenuBody {
    /// The language of its texts.
    #[schema(example = "it")]
    lingua: String,
    /// Its sections in order, none empty.
    sezioni: Vec<SectionBody>,
}

/// A section of the menu.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SectionBody {
    /// `overview`, `crm` or `system`.
    #[schema(example = "crm")]
    id: String,
    /// What it is called.
    #[schema(example = "CRM")]
    titolo: String,
    /// Its entries in order.
    voci: Vec<EntryBody>,
}

/// An entry of the menu.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryBody {
    /// What it says.
    #[schema(example = "Clienti")]
    etichetta: String,
    /// Where it leads, from the root of this server.
    #[schema(example = "/crm/customers")]
    percorso: String,
    /// The name of its icon.
    #[schema(example = "users")]
    icona: String,
    /// How many things wait behind it; 0 for none.
    #[schema(example = 3)]
    in_attesa: i64,
    /// It and the pages that share its place in the menu, as tabs; empty if there are no others.
    schede: Vec<TabBody>,
}

/// A page that shares an entry with others.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TabBody {
    /// What it says.
    #[schema(example = "Operazioni massive")]
    etichetta: String,
    /// Where it leads, from the root of this server.
    #[schema(example = "/crm/licences/bulk")]
    percorso: String,
}

pub(super) fn routes() -> Routes {
    Routes::new().api(plugin_api::routes!(handle), &Access::SignedIn)
}

/// What the caller may see, with a session or a token. With `X-Cockpit-Frame: none` its links lead to
/// pages without our frame.
#[utoipa::path(
    get,
    path = "/api/menu",
    operation_id = "menu",
    tag = "cockpit",
    responses(
        (status = 200, description = "The menu.", body = MenuBody),
        (status = 401, description = "Nobody is signed in.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
async fn handle(App(state): App, cx: Cx) -> Result<Json<MenuBody>, Problem> {
    let sections = badges::counted(&state, &cx, menu(&state, &cx, "/api/menu")).await;
    let sezioni = sections.into_iter().map(|section| SectionBody {
        id: section.id,
        titolo: section.title,
        voci: section.items.into_iter().map(EntryBody::from).collect(),
    });
    Ok(Json(MenuBody { lingua: cx.lang().code.to_owned(), sezioni: sezioni.collect() }))
}

impl From<super::menu::MenuItem> for EntryBody {
    fn from(item: super::menu::MenuItem) -> Self {
        let tab = |tab: super::menu::MenuItem| TabBody { etichetta: tab.label, percorso: tab.href };
        Self {
            etichetta: item.label,
            percorso: item.href,
            icona: item.icon,
            in_attesa: item.badge,
            schede: item.tabs.into_iter().map(tab).collect(),
        }
    }
}
