//! Signed metadata and the files it names (TUF 1.0): `metadata/{file}`, `targets/{path}`.

use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use plugin_api::{Cx, Path, Problem};

use super::pack::packed;
use super::{Entitled, files};
use crate::domain::version::Version;
use crate::tuf;

/// A metadata file.
pub(super) async fn metadata(
    cx: Cx,
    entitled: Entitled,
    Path((_, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let installation = entitled.installation(&cx, None, "").await?;
    let document = tuf::metadata::metadata(&cx, &entitled.signed(&installation), &file).await?;
    packed(&headers, document).await
}

/// A file that metadata names.
pub(super) async fn targets(
    cx: Cx,
    entitled: Entitled,
    Path((_, path)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let installation = entitled.installation(&cx, None, "").await?;
    let signed = entitled.signed(&installation);
    let file = tuf::targets::find(&cx, &signed, &path).await?;
    let version = path.split('/').nth(1).and_then(|version| version.parse::<Version>().ok());
    if version.is_some_and(|version| !entitled.window().covers(&version)) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "versione_non_inclusa"));
    }
    files::count(&cx, &entitled, &file, (&method, &headers)).await?;
    tuf::targets::targets(&cx, &signed, &path).await
}
