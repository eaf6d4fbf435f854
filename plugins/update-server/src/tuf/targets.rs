//! Hands out the files that signed metadata names.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use plugin_api::{Cx, Fault, Problem};

use super::Entitled;
use crate::domain::release::{Artifact, Release, State};
use crate::domain::tuf::address::TargetPath;

/// The file at this address (what follows `targets/`, decoded): with its hash before the file's name,
/// before the whole name, or without. 404 for what is not there or not for him.
pub async fn targets(cx: &Cx, entitled: &Entitled, path: &str) -> Result<Response, Problem> {
    let file = find(cx, entitled, path).await?;
    let mut response = cx.send_blob(&file.blob_id);
    let tag = HeaderValue::try_from(format!("\"{}\"", file.sha256)).map_err(Fault::internal)?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// The file at this address, for who sends or counts it himself.
pub async fn find(cx: &Cx, entitled: &Entitled, path: &str) -> Result<Artifact, Problem> {
    let all = crate::catalogue::current(cx, &entitled.product_code).await?;
    let all = all.ok_or_else(Problem::not_found)?;
    let reading = |asked: TargetPath| {
        let is_it = |release: &&Release| {
            release.version.to_string() == asked.version
                && release.channels.contains(&asked.channel)
                && is_for(release, entitled)
        };
        let release = all.releases.iter().find(is_it)?;
        let file = release.artifact(&asked.file)?;
        asked.sha256.is_none_or(|sha256| sha256 == file.sha256).then(|| file.clone())
    };
    TargetPath::readings(path).into_iter().find_map(reading).ok_or_else(Problem::not_found)
}

/// Whether a release is for him. A rollout that has not reached him is no reason: it says what he is
/// led to, not what he may have.
fn is_for(release: &Release, entitled: &Entitled) -> bool {
    let has = |modules: &Vec<String>| modules.iter().any(|code| release.modules.contains(code));
    release.state == State::Published
        && release.published_at <= entitled.until
        && (release.modules.is_empty() || entitled.modules.as_ref().is_none_or(has))
}
