//! The parts of one kind of a product, as a tab of its pages.

use axum::response::Response;
use plugin_api::table::TableQuery;
use plugin_api::ui::{Action, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem};

use super::{Home, Kind};
use crate::catalogue::tabs;
use crate::paths;

/// The page.
pub(super) async fn page(
    cx: Cx,
    kind: Kind,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let home = Home::of_product(&cx, kind, &id).await?;
    let lang = cx.lang();
    let table = kind.spec(&id).load(&cx, &query).await?;
    let new = Action::link(lang.t(&format!("{}-new", kind.noun())), cx.url(&home.new_path()));
    let head = Head::new(&home.offer.product.name)
        .back(lang.t("products"), cx.url(paths::PRODUCTS))
        .lead(lang.t(&format!("{}-about", kind.plural())));
    let head = if kind == Kind::Module {
        let paste = cx.url(&paths::of(&super::paste_path(), &id));
        head.action(&Action::link(lang.t("modules-paste"), paste))
    } else {
        head
    };
    let html = Markup::of(&head.action(&new.icon("plus").primary()))
        .and(&tabs::product(&cx, &id, &home.list()))
        .and(&table);
    Ok(Page::html(format!("{} – {}", home.offer.product.name, lang.t(kind.plural())), html))
}

/// The same as a file.
pub(super) async fn export(
    cx: Cx,
    kind: Kind,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    Home::of_product(&cx, kind, &id).await?;
    kind.spec(&id).export(&cx, &query).await
}
