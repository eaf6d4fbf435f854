//! Sends the files of releases, and counts what was sent to whom.

use axum::http::header::{CACHE_CONTROL, IF_NONE_MATCH, RANGE};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::Response;
use plugin_api::time::DAY;
use plugin_api::{Cx, Path, Problem};

use super::Entitled;
use crate::catalogue;
use crate::domain::release::{Artifact, Release, State};
use crate::domain::version::Version;
use crate::protocols::electron::mapped;
use crate::store::downloads::{self, Amount};

/// Files of a licence per day; 0 for no limit.
pub(super) const DOWNLOADS: &str = "downloads-per-day";
/// Megabytes (10⁶ bytes) of a licence per day; 0 for no limit.
pub(super) const MEGABYTES: &str = "megabytes-per-day";
/// The address may carry somebody's secret, and a file may be taken back.
const KEEP: HeaderValue = HeaderValue::from_static("private, max-age=3600");

/// `GET /u/{token}/files/{version}/{file}`.
pub(super) async fn handle(
    cx: Cx,
    entitled: Entitled,
    Path((_, version, file)): Path<(String, String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let wanted = Wanted { version: Some(version), channel: None, file: &file };
    send(&cx, &entitled, &wanted, (&method, &headers)).await
}

/// A file by its name.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    /// The version it is of; none for the newest that has it.
    pub(crate) version: Option<String>,
    /// The channel it must be in; none for any.
    pub(crate) channel: Option<&'a str>,
    /// What it is called.
    pub(crate) file: &'a str,
}

/// Sends a file that is included in what somebody may have.
pub(crate) async fn send(
    cx: &Cx,
    entitled: &Entitled,
    wanted: &Wanted<'_>,
    (method, headers): (&Method, &HeaderMap),
) -> Result<Response, Problem> {
    let catalogue = catalogue::current(cx, &entitled.product.product_code).await?;
    let catalogue = catalogue.ok_or_else(Problem::not_found)?;
    let version = match &wanted.version {
        Some(text) => Some(text.parse::<Version>().map_err(|_| Problem::not_found())?),
        None => None,
    };
    let of_version = |release: &&Release| {
        version.as_ref().is_none_or(|version| {
            release.version == *version && release.version.to_string() == version.to_string()
        })
    };
    let in_channel = |release: &&Release| {
        wanted.channel.is_none_or(|channel| release.channels.contains(channel))
    };
    let window = entitled.window();
    let releases = || catalogue.releases.iter().filter(of_version).filter(in_channel);
    // What is installed somewhere is compared with what is new, also if it was taken back.
    if let Some(map) = releases().find_map(|release| mapped(release, wanted.file)) {
        let blob = map.blockmap_id.as_deref().ok_or_else(Problem::not_found)?;
        return Ok(kept(cx.send_blob(blob)));
    }
    let mut found =
        releases().filter_map(|release| Some((release, release.artifact(wanted.file)?)));
    let (release, artifact) = found.next().ok_or_else(Problem::not_found)?;
    if release.state != State::Published || !window.shows(release) {
        return Err(refused(release, &window));
    }
    count(cx, entitled, artifact, (method, headers)).await?;
    Ok(kept(cx.send_blob(&artifact.blob_id)))
}

/// Why a release is not for somebody.
fn refused(release: &Release, window: &crate::domain::select::Window) -> Problem {
    use axum::http::StatusCode;
    let code = if release.state != State::Published {
        return Problem::not_found();
    } else if release.published_at > window.until {
        "fuori_dalla_manutenzione"
    } else if window.covers(&release.version) {
        "modulo_non_incluso"
    } else {
        "versione_non_inclusa"
    };
    Problem::new(StatusCode::FORBIDDEN, code)
}

fn kept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, KEEP);
    response
}

/// Notes a download; 429 for a licence that has had as much as it may have in a day. What comes at the
/// same moment is counted within a second.
pub(crate) async fn count(
    cx: &Cx,
    entitled: &Entitled,
    artifact: &Artifact,
    (method, headers): (&Method, &HeaderMap),
) -> Result<(), Problem> {
    let etag = format!("\"{}\"", artifact.sha256);
    let has = headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    if *method == Method::HEAD || has {
        return Ok(());
    }
    let range = headers.get(RANGE).and_then(|range| range.to_str().ok());
    let amount = amount(range, artifact.size);
    let now = cx.now();
    if entitled.entitlement.is_some() {
        let most = Amount {
            downloads: cx.setting(DOWNLOADS).await?,
            bytes: cx.setting::<i64>(MEGABYTES).await?.saturating_mul(1_000_000),
        };
        if most != Amount::default() {
            let had = downloads::of_licence(&cx.db(), entitled.licence_id(), now).await?;
            let is_over = |most: i64, had: i64, more: i64| most > 0 && more > 0 && had >= most;
            if is_over(most.downloads, had.downloads, amount.downloads)
                || is_over(most.bytes, had.bytes, amount.bytes)
            {
                let left = (DAY - now.rem_euclid(DAY)) / 1000 + 1;
                return Err(Problem::too_many_requests(u32::try_from(left).unwrap_or(86_400)));
            }
        }
    }
    let who = (entitled.licence_id(), entitled.organisation_id());
    cx.write_behind(downloads::adding(&artifact.artifact_id, who, amount, now)).await?;
    Ok(())
}

/// What is asked of a file of `size` bytes: parts of it (RFC 9110 §14.1.2), or all. A file is begun once:
/// by who asks for its first byte.
fn amount(range: Option<&str>, size: i64) -> Amount {
    let whole = Amount { downloads: 1, bytes: size };
    let Some(parts) = range.and_then(|range| range.trim().strip_prefix("bytes=")) else {
        return whole;
    };
    let mut amount = Amount::default();
    for part in parts.split(',') {
        let Some((first, last)) = part.trim().split_once('-') else { return whole };
        let (start, end) = match (first.trim().parse::<i64>(), last.trim().parse::<i64>()) {
            (Ok(start), Ok(end)) => (start, end.saturating_add(1).min(size)),
            (Ok(start), Err(_)) if last.trim().is_empty() => (start, size),
            (Err(_), Ok(suffix)) if first.trim().is_empty() => ((size - suffix).max(0), size),
            _ => return whole,
        };
        amount.downloads = amount.downloads.max(i64::from(start == 0));
        amount.bytes = amount.bytes.saturating_add((end - start).max(0)).min(size);
    }
    amount
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_count_as_what_they_are() {
        let counted = |range: Option<&str>| {
            let amount = amount(range, 1000);
            (amount.downloads, amount.bytes)
        };
        assert_eq!(counted(None), (1, 1000));
        assert_eq!(counted(Some("bytes=0-99")), (1, 100));
        assert_eq!(counted(Some("bytes=100-")), (0, 900));
        assert_eq!(counted(Some("bytes=-50")), (0, 50));
        assert_eq!(counted(Some("bytes=10-19, 30-39")), (0, 20));
        assert_eq!(counted(Some("bytes=900-5000")), (0, 100));
        assert_eq!(counted(Some("bytes=2000-3000")), (0, 0));
        assert_eq!(counted(Some("bytes=0-999,0-999")), (1, 1000));
        assert_eq!(counted(Some("items=1")), (1, 1000));
        assert_eq!(counted(Some("bytes=x-y")), (1, 1000));
    }
}
