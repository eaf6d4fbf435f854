//! Floating seats as validations see them: a device that holds one may go on, as long as its lease.

use plugin_api::{Cx, Fault, Scope};
use serde_json::{Map, Value};

use crate::domain::choices::Binding;
use crate::domain::claims::claims;
use crate::domain::device::Activation;
use crate::domain::licence::Licence;
use crate::store;
use crate::store::licences::Found;

/// What a seat is looked up by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By<'a> {
    /// The hash of the device's fingerprint.
    Device(&'a str),
    /// Its own id.
    Seat(&'a str),
}

/// What was found, with the floating seat of the device in the place of an activation where the
/// licence has such seats. Tokens and likeness are for activations: seats end by themselves.
pub(crate) async fn seated(cx: &Cx, mut found: Found, by: By<'_>) -> Result<Found, Fault> {
    if found.licence.binding != Binding::Floating {
        return Ok(found);
    }
    let (db, id) = (cx.db(), &found.licence.licence_id);
    let seat = match by {
        By::Device(hash) => store::seats::of_device(&db, id, hash).await?,
        // The key that names it is the credential.
        By::Seat(seat) => store::seats::by_id(&db, &Scope::everything(), id, seat).await?,
    };
    let seat = seat.filter(|seat| seat.is_out(cx.now()));
    found.activation = seat.map(|seat| seat.activation());
    found.licence.conditions.rolling_token = false;
    found.licence.conditions.match_components = None;
    Ok(found)
}

/// The claims of the computer key of a device that holds a seat of whichever kind; that of a floating
/// one is trusted until its lease ends.
pub(crate) async fn claims_of(
    cx: &Cx,
    licence: &Licence,
    activation: &Activation,
) -> Result<Map<String, Value>, Fault> {
    if licence.binding == Binding::Floating {
        let (db, everything) = (cx.db(), Scope::everything());
        let id = &activation.activation_id;
        let seat = store::seats::by_id(&db, &everything, &licence.licence_id, id).await?;
        if let Some(seat) = seat {
            return Ok(seat.claims(licence, cx.now()));
        }
    }
    Ok(claims(licence, activation, cx.now()))
}
