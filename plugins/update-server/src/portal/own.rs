//! What a customer may do with one of his own licences: make its address, download a file.

use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use plugin_api::contracts::licences::{ENTITLEMENT, Entitlement, EntitlementOf, NotEntitled};
use plugin_api::form::{Fields, Typed};
use plugin_api::{Cx, Fault, Path, Problem, SeeOther};

use crate::bundle::download;
use crate::client::Entitled;
use crate::client::files::{Wanted, send};
use crate::paths;
use crate::store::products::{self, Access};
use crate::tokens::make;

/// What a licence of the caller's own includes; a licence of the branch below him is unknown here.
pub(super) async fn included(
    cx: &Cx,
    licence_id: &str,
) -> Result<Result<Entitlement, NotEntitled>, Fault> {
    let asked = EntitlementOf::Licence(licence_id.to_owned());
    let answer = cx.service(&ENTITLEMENT, &asked).await?;
    Ok(answer.and_then(|licence| {
        let is_own = licence.organisation_id == cx.caller().organisation_id;
        is_own.then_some(licence).ok_or(NotEntitled::Unknown)
    }))
}

/// The same, for a page that names the licence: 404 where it is not his, 403 where it includes nothing.
async fn own(cx: &Cx, licence_id: &str) -> Result<Entitlement, Problem> {
    included(cx, licence_id).await?.map_err(|reason| match reason {
        NotEntitled::Unknown => Problem::not_found(),
        reason => Problem::new(StatusCode::FORBIDDEN, make::code(reason)),
    })
}

/// What he may have by this licence; none where nobody may have updates of the product.
pub(super) async fn entitled(cx: &Cx, licence: Entitlement) -> Result<Option<Entitled>, Fault> {
    let known = products::known(&cx.db(), &licence.product_code).await?;
    let open = known.filter(|product| product.access != Access::Closed);
    Ok(open.map(|product| Entitled { product, entitlement: Some(licence), segment: String::new() }))
}

/// Makes the address of a licence.
pub(super) async fn address(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let licence = own(&cx, &id).await?;
    make::create(&cx, &licence, "").await?;
    let there = cx.url(paths::MY_UPDATES);
    Ok(SeeOther::to(there).saying(cx.lang().t("update-address-made")))
}

/// Sends a file.
pub(super) async fn file(
    cx: Cx,
    Path((id, version, file)): Path<(String, String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let licence = own(&cx, &id).await?;
    let entitled = entitled(&cx, licence).await?.ok_or_else(Problem::not_found)?;
    let wanted = Wanted { version: Some(version), channel: None, file: &file };
    send(&cx, &entitled, &wanted, (&method, &headers)).await
}

/// Sends a bundle with the releases that were ticked.
pub(super) async fn bundle(
    cx: Cx,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    let licence = own(&cx, &id).await?;
    let entitled = entitled(&cx, licence).await?.ok_or_else(Problem::not_found)?;
    let typed = Typed::from(fields);
    let versions: Vec<String> = typed.all("versione").map(str::to_owned).collect();
    download::send(&cx, &entitled, &versions, (&method, &headers)).await
}
