//! What clients ask to learn of updates, each in its own way.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use plugin_api::{Cx, Json, Path, Problem, Query};
use serde::{Deserialize, Serialize};

use super::entitled::Installation;
use super::files::{Wanted, send};
use super::pack::packed;
use super::{Entitled, seen};
use crate::catalogue;
use crate::domain::platform::{Architecture, Platform};
use crate::domain::release::{Catalogue, State};
use crate::domain::select::{Asked, Choice, offered, select};
use crate::domain::version::Version;
use crate::protocols::electron::STAGING_ID;
use crate::protocols::{
    electron, languages, nupkg, sparkle, squirrel_mac, squirrel_windows, tauri, tauri_static,
    velopack,
};
use crate::store::{channels, clients, feeds};

/// Ours, and what a client asks again each time.
const AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// A request for news, by somebody who may ask.
pub(super) struct Asking {
    pub(super) cx: Cx,
    pub(super) entitled: Entitled,
    method: Method,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let entitled = Entitled::from_request_parts(parts, state).await?;
        let cx = Cx::from_request_parts(parts, state).await?;
        Ok(Self::new(cx, entitled, parts))
    }
}

impl Asking {
    /// The request of `parts` by `entitled`.
    pub(super) fn new(cx: Cx, entitled: Entitled, parts: &Parts) -> Self {
        Self { cx, entitled, method: parts.method.clone(), headers: parts.headers.clone() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The languages he reads, liked best first.
    pub(super) fn languages(&self) -> Vec<String> {
        let mut languages = languages::accepted(self.header(ACCEPT_LANGUAGE.as_str()));
        languages.push(self.cx.lang().code.to_owned());
        languages
    }

    /// Which installation asks.
    pub(super) async fn installation(&self, said: Option<&str>) -> Result<Installation, Problem> {
        let user_agent = self.header(USER_AGENT.as_str());
        Ok(self.entitled.installation(&self.cx, said, user_agent).await?)
    }

    /// Everything there is of the product.
    pub(super) async fn catalogue(&self) -> Result<Arc<Catalogue>, Problem> {
        let found = catalogue::current(&self.cx, &self.entitled.product.product_code).await?;
        found.ok_or_else(Problem::not_found)
    }

    /// Chooses what he gets, and notes that he asked.
    pub(super) async fn choose<'a>(
        &self,
        catalogue: &'a Catalogue,
        installation: &Installation,
        (asked, protocol): (&Asked, &'static str),
    ) -> Result<Choice<'a>, Problem> {
        let choice = select(catalogue, asked, &self.entitled.window(), self.cx.now());
        seen::note(&self.cx, &self.entitled, installation, (asked, protocol), &choice).await?;
        Ok(choice)
    }

    /// What an installation runs whose protocol does not say it, if it said so otherwise.
    async fn running(&self, installation: &Installation) -> Result<Option<Version>, Problem> {
        if !installation.is_certain {
            return Ok(None);
        }
        let product = &self.entitled.product.product_code;
        let version = clients::version(&self.cx.db(), product, &installation.client).await?;
        Ok(version.as_deref().and_then(Version::claimed))
    }

    /// The channel of a feed of electron-updater: the one its name says if the product has it, else the
    /// one of the address. Programs may call the default one what they like.
    async fn channel(&self, feed: &electron::Feed, address: String) -> Result<String, Problem> {
        let Some(named) = feed.channel.as_ref().filter(|named| **named != address) else {
            return Ok(address);
        };
        let everywhere = plugin_api::Scope::everything();
        let product = &self.entitled.product.product_code;
        let known = channels::of_product(&self.cx.db(), &everywhere, product).await?;
        let has_it = known.iter().any(|known| known.channel == *named);
        Ok(if has_it { named.clone() } else { address })
    }

    /// An answer made here, as the client takes it best.
    async fn packed(&self, response: Response) -> Result<Response, Problem> {
        packed(&self.headers, response).await
    }

    /// The newest file of this name in a channel.
    async fn file(&self, channel: &str, file: &str) -> Result<Response, Problem> {
        let wanted = Wanted { version: None, channel: Some(channel), file };
        send(&self.cx, &self.entitled, &wanted, (&self.method, &self.headers)).await
    }

    /// The feed the vendor signed himself, byte for byte, while all it offers is out.
    async fn uploaded(&self, channel: &str, kind: &str) -> Result<Option<Response>, Problem> {
        let (db, product) = (self.cx.db(), &self.entitled.product.product_code);
        let Some(feed) = feeds::find(&db, product, channel, kind).await? else { return Ok(None) };
        let all = self.catalogue().await?;
        let is_out = |version: &str| {
            let mut same = all.releases.iter().filter(|it| it.version.to_string() == version);
            same.any(|release| release.state == State::Published)
        };
        let is_whole = feed.versions.split(' ').all(is_out);
        Ok(is_whole.then(|| fresh(self.cx.send_blob(&feed.blob_id))))
    }
}

fn fresh(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, AGAIN);
    response
}

/// A text of this type.
fn text(content_type: &'static str, body: String) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    fresh(response)
}

/// JSON, or 204 for no news.
fn json_or_nothing(update: Option<impl Serialize>) -> Response {
    fresh(match update {
        Some(update) => Json(update).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// What Tauri may put behind its question.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TauriQuery {
    bundle_type: String,
}

/// `tauri/{channel}/{target}/{arch}/{current_version}`.
pub(super) async fn tauri(
    asking: Asking,
    Path((_, channel, target, arch, version)): Path<(String, String, String, String, String)>,
    Query(query): Query<TauriQuery>,
) -> Result<Response, Problem> {
    let installation = asking.installation(None).await?;
    let variables = tauri::Variables {
        target: &target,
        arch: &arch,
        current_version: &version,
        bundle_type: &query.bundle_type,
    };
    let Some(asked) = variables.asked(&channel, installation.place.clone()) else {
        return Ok(json_or_nothing(None::<()>));
    };
    let catalogue = asking.catalogue().await?;
    let choice = asking.choose(&catalogue, &installation, (&asked, "tauri")).await?;
    let site = asking.entitled.site(&asking.cx);
    let update = tauri::render(&choice, &site, &asking.languages());
    asking.packed(json_or_nothing(update)).await
}

/// `tauri/{channel}/latest.json`.
pub(super) async fn tauri_static(
    asking: Asking,
    Path((_, channel)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let installation = asking.installation(None).await?;
    let asked = tauri_static::asked(&channel, installation.place.clone());
    let catalogue = asking.catalogue().await?;
    let choice = asking.choose(&catalogue, &installation, (&asked, "tauri")).await?;
    let offer = choice.offer().ok_or_else(Problem::not_found)?;
    let site = asking.entitled.site(&asking.cx);
    let document = tauri_static::render(offer, &site, &asking.languages());
    asking.packed(fresh(Json(document).into_response())).await
}

/// What a program may put behind the address of its feed; electron-updater repeats it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ElectronQuery {
    versione: String,
}

/// `electron/{channel}/{file}`: a feed, a file beside it, a block map.
pub(super) async fn electron(
    asking: Asking,
    Path((_, channel, file)): Path<(String, String, String)>,
    Query(query): Query<ElectronQuery>,
) -> Result<Response, Problem> {
    let Some(feed) = electron::Feed::of(&file) else { return asking.file(&channel, &file).await };
    let (platform, channel) = (feed.platform, asking.channel(&feed, channel).await?);
    if platform == Platform::Windows
        && let Some(uploaded) = asking.uploaded(&channel, "electron").await?
    {
        return Ok(uploaded);
    }
    let said = asking.header(STAGING_ID);
    let installation = asking.installation(Some(said)).await?;
    let version = match Version::claimed(&query.versione) {
        Some(version) => Some(version),
        None => asking.running(&installation).await?,
    };
    let asked = feed.asked(&channel, installation.place.clone(), version);
    let catalogue = asking.catalogue().await?;
    let choice = asking.choose(&catalogue, &installation, (&asked, "electron")).await?;
    let site = asking.entitled.site(&asking.cx);
    let yml = electron::render(&choice, platform, &site, &asking.languages());
    asking.packed(text("application/yaml; charset=utf-8", yml)).await
}

/// `sparkle/{channel}/appcast.xml`.
pub(super) async fn sparkle(
    asking: Asking,
    Path((_, channel)): Path<(String, String)>,
) -> Result<Response, Problem> {
    if let Some(uploaded) = asking.uploaded(&channel, "appcast").await? {
        return Ok(uploaded);
    }
    let product = asking.entitled.product.product_code.clone();
    let everywhere = plugin_api::Scope::everything();
    let known = channels::of_product(&asking.cx.db(), &everywhere, &product).await?;
    let others = known.iter().map(|known| known.channel.as_str()).filter(|one| *one != channel);
    let channels: Vec<&str> = std::iter::once(channel.as_str()).chain(others).collect();
    let installation = asking.installation(None).await?;
    let user_agent = asking.header(USER_AGENT.as_str());
    let asked = sparkle::asked(&channels, user_agent, installation.place.clone());
    let catalogue = asking.catalogue().await?;
    asking.choose(&catalogue, &installation, (&asked, "sparkle")).await?;
    let (window, now) = (asking.entitled.window(), asking.cx.now());
    let entries = sparkle::entries(&catalogue, &channels, &asked, &window, now);
    let site = asking.entitled.site(&asking.cx);
    let feed = sparkle::render(&entries, &product, &site, &asking.languages());
    asking.packed(text("application/rss+xml; charset=utf-8", feed)).await
}

/// What Squirrel and Velopack say of themselves.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PackageQuery {
    #[serde(rename = "localVersion")]
    local_version: String,
    #[serde(rename = "stagingId")]
    staging_id: String,
    arch: Option<String>,
    os: Option<String>,
    rid: Option<String>,
    version: Option<String>,
}

/// `squirrel/{channel}/{file}`: `RELEASES`, or a package beside it.
pub(super) async fn squirrel(
    asking: Asking,
    Path((_, channel, file)): Path<(String, String, String)>,
    Query(query): Query<PackageQuery>,
) -> Result<Response, Problem> {
    if !file.eq_ignore_ascii_case("RELEASES") {
        return asking.file(&channel, &file).await;
    }
    let installation = asking.installation(None).await?;
    let machine = (Some(Platform::Windows), query.arch.as_deref().and_then(Architecture::of));
    let version = Version::claimed(&query.local_version);
    let asked = nupkg::asked(&channel, machine, version, installation.place.clone());
    let catalogue = asking.catalogue().await?;
    asking.choose(&catalogue, &installation, (&asked, "squirrel")).await?;
    let offers = offered(&catalogue, &asked, &asking.entitled.window(), asking.cx.now());
    let list = squirrel_windows::render(&catalogue, &offers, &asked);
    let list = list.ok_or_else(Problem::not_found)?;
    asking.packed(text("text/plain; charset=utf-8", list)).await
}

/// `squirrel-mac/{channel}`, with the version behind it or in `?version=`.
pub(super) async fn squirrel_mac(
    asking: Asking,
    Path((_, channel)): Path<(String, String)>,
    Query(query): Query<PackageQuery>,
) -> Result<Response, Problem> {
    let installation = asking.installation(None).await?;
    let (version, user_agent) = (query.version.as_deref(), asking.header(USER_AGENT.as_str()));
    let asked = squirrel_mac::asked(&channel, version, user_agent, installation.place.clone());
    let Some(asked) = asked else { return Ok(json_or_nothing(None::<()>)) };
    let catalogue = asking.catalogue().await?;
    let choice = asking.choose(&catalogue, &installation, (&asked, "squirrel")).await?;
    let site = asking.entitled.site(&asking.cx);
    let update = squirrel_mac::render(&choice, &site, &asking.languages());
    asking.packed(json_or_nothing(update)).await
}

/// `velopack/{channel}/{file}`: `releases.<name>.json`, or a package beside it.
pub(super) async fn velopack(
    asking: Asking,
    Path((_, channel, file)): Path<(String, String, String)>,
    Query(query): Query<PackageQuery>,
) -> Result<Response, Problem> {
    let Some(named) = velopack::channel(&file) else { return asking.file(&channel, &file).await };
    let said = [query.os.as_deref(), query.rid.as_deref(), query.arch.as_deref()];
    let machine = velopack::machine(named, said);
    let installation = asking.installation(Some(&query.staging_id)).await?;
    let version = Version::claimed(&query.local_version);
    let asked = nupkg::asked(&channel, machine, version, installation.place.clone());
    let catalogue = asking.catalogue().await?;
    asking.choose(&catalogue, &installation, (&asked, "velopack")).await?;
    let offers = offered(&catalogue, &asked, &asking.entitled.window(), asking.cx.now());
    let feed = velopack::render(&catalogue, &offers, &asked, &asking.languages());
    asking.packed(fresh(Json(feed).into_response())).await
}
