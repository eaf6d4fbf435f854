//! The parts of a product — versions, modules, bundles, parameters — all entered, changed and deleted
//! the same way: a part is read into the body the API takes, and the product is saved as a whole.

mod form;
mod kind;
mod list;
mod paste;
mod question;
mod remove;
mod tables;

use plugin_api::{Access, Cx, Problem, Routes};
use serde_json::Value;

use crate::domain::catalogue::{Offer, ProductBody};
use crate::store::catalogue::offers;
use crate::{PRODUCTS, paths};

pub(super) use kind::Kind;

/// The routes of all of them.
pub(super) fn routes() -> Routes {
    let access = Access::permission(PRODUCTS);
    let all = Kind::ALL.into_iter().fold(Routes::new(), |routes, kind| add(routes, kind, &access));
    let paste = paste_path();
    all.get(&paste, paste::form, access.clone()).post(&paste, paste::handle, access)
}

/// Where many modules are entered at once.
fn paste_path() -> String {
    format!("{}/paste", Kind::Module.list_path())
}

fn add(routes: Routes, kind: Kind, access: &Access) -> Routes {
    let list = kind.list_path();
    let part = kind.part_path();
    routes
        .get(&list, move |cx, id, query| list::page(cx, kind, id, query), access.clone())
        .get(
            &format!("{list}/export"),
            move |cx, id, query| list::export(cx, kind, id, query),
            access.clone(),
        )
        .get(&format!("{list}/new"), move |cx, id| form::new(cx, kind, id), access.clone())
        .post(
            &format!("{list}/new"),
            move |cx, id, typed| form::create(cx, kind, id, typed),
            access.clone(),
        )
        .get(&part, move |cx, id| form::form(cx, kind, id), access.clone())
        .post(&part, move |cx, id, typed| form::update(cx, kind, id, typed), access.clone())
        .post(
            &format!("{part}/delete"),
            move |cx, id, typed| remove::handle(cx, kind, id, typed),
            access.clone(),
        )
}

/// A product whose parts are looked at, and those of one kind as the API has them.
struct Home {
    offer: Offer,
    kind: Kind,
    parts: Vec<Value>,
}

impl Home {
    /// The product with this id.
    async fn of_product(cx: &Cx, kind: Kind, product_id: &str) -> Result<Self, Problem> {
        let offer = offers::get(&cx.db(), product_id).await?.ok_or_else(Problem::not_found)?;
        let parts = kind.parts(&ProductBody::from(&offer));
        Ok(Self { offer, kind, parts })
    }

    /// The product of the part with this id, and which of its parts it is.
    async fn of_part(cx: &Cx, kind: Kind, part_id: &str) -> Result<(Self, usize), Problem> {
        let product_id = offers::product_of(&cx.db(), kind.table(), part_id).await?;
        let product_id = product_id.ok_or_else(Problem::not_found)?;
        let home = Self::of_product(cx, kind, &product_id).await?;
        let at = kind.ids(&home.offer).iter().position(|id| *id == part_id);
        Ok((home, at.ok_or_else(Problem::not_found)?))
    }

    fn product_id(&self) -> &str {
        &self.offer.product.product_id
    }

    /// The page that lists its parts, without the base path.
    fn list(&self) -> String {
        paths::of(&self.kind.list_path(), self.product_id())
    }

    /// Where a new one is entered, without the base path.
    fn new_path(&self) -> String {
        format!("{}/new", self.list())
    }

    /// Whether a form was filled from the product as it is now.
    fn is_current(&self, typed: &str) -> bool {
        typed == self.offer.product.version.to_string()
    }

    /// The body that makes `parts` the parts of this kind.
    fn body(&self, parts: &[Value]) -> Result<ProductBody, Problem> {
        let body = serde_json::json!({ self.kind.member(): parts });
        serde_json::from_value(body).map_err(|error| Problem::from(plugin_api::Fault::from(error)))
    }
}
