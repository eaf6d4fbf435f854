//! The two routes of a table that is a page of its own.

use std::sync::Arc;

use super::query::TableQuery;
use super::spec::TableSpec;
use crate::ui::Markup;
use crate::{Access, Cx, Page, Routes};

/// The page of a table with its head, and its export, for whoever has `access`.
pub fn routes(spec: impl Fn() -> TableSpec + Send + Sync + 'static, access: &Access) -> Routes {
    let spec = Arc::new(spec);
    let path = spec().path.into_owned();
    let exported = Arc::clone(&spec);
    let page = move |cx: Cx, query: TableQuery| {
        let spec = spec();
        async move {
            let table = spec.load(&cx, &query).await?;
            let html = Markup::of(&spec.head(&cx)).and(&table);
            Ok::<_, crate::Problem>(Page::html(cx.lang().t(spec.title), html))
        }
    };
    let export = move |cx: Cx, query: TableQuery| {
        let spec = exported();
        async move { spec.export(&cx, &query).await }
    };
    Routes::new().get(&path, page, access.clone()).get(
        &format!("{path}/export"),
        export,
        access.clone(),
    )
}
