//! Contacts, sites and notes: the forms and buttons of a customer's pages, and of his own in the
//! portal.

mod form;
mod remove;
mod show;

use std::collections::BTreeMap;

use plugin_api::{Access, Cx, Form, Path, Problem, Routes};

use crate::domain::{Answers, Customer, Part, PartKind};
use crate::found::open;
use crate::{PORTAL, WRITE, my_account, paths, store};

pub(crate) use show::{contacts, notes, sites};

/// Whose contacts, sites and notes a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of a customer in the caller's branch.
    Customers,
    /// The caller's own: he is the customer.
    Mine,
}

/// The customer a page is about and where its pages are.
#[derive(Debug)]
pub(crate) struct Home {
    /// The customer.
    pub customer: Customer,
    /// Below which path its pages are, without the base path.
    pub base: String,
}

impl Home {
    /// Where parts of `kind` live, without the base path.
    pub(crate) fn parts(&self, kind: PartKind) -> String {
        format!("{}/{}s", self.base, kind.noun())
    }

    /// The page that shows parts of `kind`, without the base path.
    fn page(&self, kind: PartKind) -> String {
        let is_mine = self.base == paths::MY_ACCOUNT;
        if kind == PartKind::Contact && !is_mine {
            return paths::people(&self.customer.customer_id);
        }
        self.base.clone()
    }
}

type Parameters = Path<BTreeMap<String, String>>;

/// The routes of all of them.
pub(crate) fn routes() -> Routes {
    let portal = add(Routes::new(), Whose::Mine, PartKind::Contact);
    PartKind::ALL.into_iter().fold(portal, |routes, kind| add(routes, Whose::Customers, kind))
}

fn add(routes: Routes, whose: Whose, kind: PartKind) -> Routes {
    let (base, access) = match whose {
        Whose::Customers => (paths::SHOW, Access::permission(WRITE)),
        Whose::Mine => (paths::MY_ACCOUNT, Access::permission(PORTAL)),
    };
    let base = format!("{base}/{}s", kind.noun());
    let ask = move |cx: Cx, path: Parameters| form::ask(cx, whose, kind, path);
    let save = move |cx: Cx, path: Parameters, Form(typed): Form<Answers>| {
        form::save(cx, whose, kind, path, typed)
    };
    let remove = move |cx: Cx, path: Parameters| remove::handle(cx, whose, kind, path);
    routes
        .get(&format!("{base}/new"), ask, access.clone())
        .post(&format!("{base}/new"), save, access.clone())
        .get(&format!("{base}/{{part}}"), ask, access.clone())
        .post(&format!("{base}/{{part}}"), save, access.clone())
        .post(&format!("{base}/{{part}}/delete"), remove, access)
}

/// The customer a request is about, when it may still change.
async fn home(cx: &Cx, whose: Whose, path: &Parameters) -> Result<Home, Problem> {
    let home = match whose {
        Whose::Mine => {
            Home { customer: my_account::own(cx).await?, base: paths::MY_ACCOUNT.to_owned() }
        }
        Whose::Customers => {
            let id = path.0.get("id").map_or("", String::as_str);
            Home { customer: open(cx, id).await?, base: paths::customer(id) }
        }
    };
    if home.customer.is_open() { Ok(home) } else { Err(Problem::conflict("customer_closed")) }
}

/// The part a request names; none when it names no part.
async fn named(
    cx: &Cx,
    home: &Home,
    kind: PartKind,
    path: &Parameters,
) -> Result<Option<Part>, Problem> {
    let Some(part_id) = path.0.get("part") else { return Ok(None) };
    let id = &home.customer.customer_id;
    let found = store::part(&cx.db(), cx.scope(), kind, id, part_id).await?;
    found.map(Some).ok_or_else(Problem::not_found)
}
