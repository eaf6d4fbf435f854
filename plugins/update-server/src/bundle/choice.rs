//! What may go into a bundle for whom.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use plugin_api::ui::Field;
use plugin_api::{Cx, Lang, Problem};

use crate::client::Entitled;
use crate::domain::release::{Release, State};
use crate::domain::tuf::name::target;
use crate::domain::version::Version;
use crate::labels::bytes;
use crate::products::page::found;
use crate::tokens::make;
use crate::{catalogue, tuf};

/// Who a bundle of this product is for: a licence of the caller's branch, by its id or activation key,
/// or nobody in particular.
pub(crate) async fn whose(cx: &Cx, product: &str, licence: &str) -> Result<Entitled, Problem> {
    let product = found(cx, product).await?;
    let entitlement = match licence.trim() {
        "" => None,
        typed => Some(make::licence(cx, typed).await?),
    };
    if entitlement.as_ref().is_some_and(|licence| licence.product_code != product.product_code) {
        return Err(Problem::unprocessable("prodotto_errato"));
    }
    Ok(Entitled { product, entitlement, segment: String::new() })
}

/// For whom metadata is asked: as one of his programs that does not say which it is.
pub(super) async fn signed(cx: &Cx, entitled: &Entitled) -> Result<tuf::Entitled, Problem> {
    Ok(match entitled.entitlement {
        Some(_) => entitled.signed(&entitled.installation(cx, None, "").await?),
        // The vendor's own bundle: those no rollout has reached, who see the lowest numbers.
        None => tuf::Entitled {
            product_code: entitled.product.product_code.clone(),
            until: i64::MAX,
            modules: None,
            installation: None,
        },
    })
}

/// The releases that may go in, newest version first, each with the channels that signed metadata names
/// it in for him; none before anything was published.
pub(crate) async fn offered(cx: &Cx, entitled: &Entitled) -> Result<Vec<Release>, Problem> {
    let product = entitled.product.product_code.as_str();
    let Some(all) = catalogue::current(cx, product).await? else { return Ok(Vec::new()) };
    let named = match tuf::carried::named(cx, &signed(cx, entitled).await?).await {
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => return Ok(Vec::new()),
        named => named?,
    };
    let window = entitled.window();
    let fits = |release: &&Release| release.state == State::Published && window.shows(release);
    let releases = all.releases.iter().filter(fits).cloned().map(|mut release| {
        let version = release.version.to_string();
        let files: Vec<String> =
            release.artifacts.iter().map(|file| file.file_name.clone()).collect();
        release.channels.retain(|channel| {
            files.iter().all(|file| named.contains_key(&target(channel, &version, file)))
        });
        release
    });
    Ok(releases.filter(|release| !release.channels.is_empty()).collect())
}

/// Those of `offered` that were asked for; the newest if none was. 403 for one that is not his, 404 for
/// one there is none of.
pub(super) async fn chosen(
    cx: &Cx,
    entitled: &Entitled,
    versions: &[String],
) -> Result<Vec<Release>, Problem> {
    let offered = offered(cx, entitled).await?;
    if versions.is_empty() {
        let newest = offered.into_iter().next().ok_or_else(Problem::not_found)?;
        return Ok(vec![newest]);
    }
    let wanted: Option<Vec<Version>> = versions.iter().map(|text| text.parse().ok()).collect();
    let wanted = wanted.ok_or_else(Problem::not_found)?;
    let there: BTreeSet<String> =
        offered.iter().map(|release| release.version.to_string()).collect();
    if let Some(other) = wanted.iter().find(|version| !there.contains(&version.to_string())) {
        let all = catalogue::current(cx, &entitled.product.product_code).await?;
        let is_out = all.is_some_and(|all| {
            all.release(other).is_some_and(|release| release.state == State::Published)
        });
        return Err(if is_out {
            Problem::new(StatusCode::FORBIDDEN, "versione_non_inclusa")
        } else {
            Problem::not_found()
        });
    }
    Ok(offered.into_iter().filter(|release| wanted.contains(&release.version)).collect())
}

/// The question which releases go in, with the newest ticked.
pub(crate) fn field(lang: &Lang, offered: &[Release]) -> Field {
    let field = Field::checkboxes("versione", lang.t("bundle-releases"));
    let field = offered.iter().fold(field, |field, release| {
        let size: i64 = release.artifacts.iter().map(|file| file.size).sum();
        let channels: Vec<&str> = release.channels.iter().map(String::as_str).collect();
        let hint = [&*channels.join(", "), &*lang.date(release.published_at), &*bytes(lang, size)];
        let version = release.version.to_string();
        field.option_with_hint(version.clone(), version, hint.join(" · "))
    });
    field.values(offered.first().map(|newest| newest.version.to_string()))
}
