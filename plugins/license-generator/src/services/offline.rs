//! What is carried to machines without a network together with their updates.

use plugin_api::contracts::licences::{Offline, OfflineKey, OfflineOf};
use plugin_api::{Cx, Fault};

use super::entitlement::includes;
use crate::api::revoche;
use crate::domain::claims::{TOKEN_TYPE, claims};
use crate::domain::device::Activation;
use crate::store;

/// The revocations, and fresh computer keys of the devices that have a seat of the licence. A licence
/// that includes nothing now renews nobody.
pub(crate) async fn offline(cx: Cx, asked: OfflineOf) -> Result<Offline, Fault> {
    let (db, scope, now) = (cx.db(), cx.scope(), cx.now());
    let revocations = cx.sign(revoche::LIST_TYPE, revoche::list(&cx).await?).await?;
    let mut keys = Vec::new();
    let licence = match &asked.licence_id {
        Some(id) => store::licences::get(&db, scope, id).await?,
        None => None,
    };
    if let Some(licence) = licence
        && includes(licence.clone(), now).is_ok()
    {
        let devices = store::activations::of_licence(&db, scope, &licence.licence_id).await?;
        for device in devices.iter().filter(|device| device.is_active()) {
            let computer_key = cx.sign(TOKEN_TYPE, claims(&licence, device, now)).await?;
            keys.push(key(device, computer_key));
        }
    }
    Ok(Offline { revocations, keys })
}

fn key(device: &Activation, computer_key: String) -> OfflineKey {
    OfflineKey {
        activation_id: device.activation_id.clone(),
        device: device.title().to_owned(),
        computer_key,
    }
}
