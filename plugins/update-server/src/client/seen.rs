//! Notes which installation runs what and what it was told, when it asks.

use plugin_api::{Cx, Fault};

use super::Entitled;
use super::entitled::Installation;
use crate::domain::select::{Asked, Choice};
use crate::domain::version::Version;
use crate::store::clients::{Seen, noting};

/// Longest name of a channel that is kept, bytes.
const LONGEST: usize = 64;

/// Written within a second: nobody waits for it.
pub(super) async fn note(
    cx: &Cx,
    entitled: &Entitled,
    installation: &Installation,
    (asked, protocol): (&Asked, &'static str),
    choice: &Choice<'_>,
) -> Result<(), Fault> {
    if asked.channel.len() > LONGEST {
        return Ok(());
    }
    let version = asked.version.as_ref();
    let offered = choice.change().map(|offer| offer.release.version.to_string());
    let seen = Seen {
        product_code: entitled.product.product_code.clone(),
        client: installation.client.clone(),
        licence_id: entitled.entitlement.as_ref().map(|licence| licence.licence_id.clone()),
        organisation_id: entitled.organisation_id().to_owned(),
        channel: asked.channel.clone(),
        platform: asked.platform.map_or("", |platform| platform.code()).to_owned(),
        architecture: asked.architecture.map_or("", |of| of.code()).to_owned(),
        protocol,
        version: version.map(ToString::to_string).unwrap_or_default(),
        version_order: version.map(Version::order).unwrap_or_default(),
        offered: offered.unwrap_or_default(),
    };
    cx.write_behind(noting(&seen, cx.now())).await
}
