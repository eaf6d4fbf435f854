//! Taking a seat, and renewing the one a device has. No decision here is made on a value that was
//! read before; each is part of the batch that writes, which writes the licence first, so that all who
//! ask for a seat of it wait for each other.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement};

use super::{DEVICE, SEAT};
use crate::domain::choices::Binding;
use crate::domain::device::{Activation, Device};
use crate::domain::licence::Licence;
use crate::domain::user::UserName;
use crate::store::components::{self, Likeness};
use crate::store::tokens::{self, Given, Holder};
use crate::store::transfers::{self, Exchange};
use crate::store::users::{self, Seating};

/// How a seat is taken.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// The id the seat has or will have.
    pub activation_id: &'a str,
    /// Whether this device never had a seat before.
    pub is_new: bool,
    /// The present, unix milliseconds.
    pub now: i64,
    /// What it is refused for if a device with a seat turns out to be like it.
    pub likeness: Option<&'a Likeness>,
    /// A seat given back long ago by a device with the very same fingerprint, which the device that
    /// asks is not.
    pub retired: Option<&'a str>,
    /// The person who takes it.
    pub person: Option<Seating<'a>>,
    /// Id of the exchange it would be, where exchanges are counted.
    pub transfer_id: Option<&'a str>,
    /// The token the device gets.
    pub token: Option<&'a Given>,
}

impl<'a> Taking<'a> {
    /// A plain seat of a device.
    pub fn new(activation_id: &'a str, is_new: bool, now: i64) -> Self {
        Self {
            activation_id,
            is_new,
            now,
            likeness: None,
            retired: None,
            person: None,
            transfer_id: None,
            token: None,
        }
    }
}

/// Gives `device` a seat together with what `with` brings, or neither. The row of a seat it had and
/// gave back is used again. A licence that only watches has a seat for everybody.
///
/// Unscoped: who has the activation key may take a seat of its licence.
pub async fn take(
    db: &Db,
    licence: &Licence,
    device: &Device,
    taking: Taking<'_>,
    with: Batch,
) -> Result<(), Fault> {
    let (id, now) = (licence.licence_id.as_str(), taking.now);
    let mut batch = with.and(seat(licence, now).expect_rows(1).label(SEAT));
    if let Some(likeness) = taking.likeness {
        let alone = components::nobody_alike(id, likeness);
        batch = batch.and(alone.expect_rows(1).label(DEVICE));
    }
    if let Some(retired) = taking.retired {
        batch = batch.and(retiring(retired));
    }
    if let Some(person) = taking.person {
        batch = users::seating(batch, licence, person, now);
        if let (Some(limit), false) = (licence.users_limit(), licence.shadow) {
            batch = batch.and(users::within_limit(id, limit));
        }
    }
    let row = row(licence, device, taking);
    batch = batch.and(row.expect_rows(1).label(DEVICE));
    if let (Some(person), false) = (taking.person, licence.shadow || licence.devices_max == 0) {
        batch = batch.and(users::within_devices(id, person.user_id, licence.devices_max));
    }
    batch = with_components(batch, id, taking.activation_id, device, taking.is_new);
    if let Some(given) = taking.token {
        batch = tokens::anew(batch, holder(licence, taking.activation_id), given);
    }
    if let Some(transfer_id) = taking.transfer_id {
        let exchange = Exchange { transfer_id, activation_id: taking.activation_id, now };
        let most = licence.conditions.transfers_max.filter(|_| !licence.shadow);
        batch = transfers::noting(batch, licence, exchange, most);
    }
    db.batch(batch).await.map(drop)
}

/// Whose seat it is.
fn holder<'a>(licence: &'a Licence, activation_id: &'a str) -> Holder<'a> {
    Holder {
        activation_id,
        licence_id: &licence.licence_id,
        organisation_id: &licence.organisation_id,
    }
}

/// The statement that counts the seat, if there is one.
fn seat(licence: &Licence, now: i64) -> Statement {
    let counted = "update license_generator_licence set devices_used = devices_used + 1 \
        where licence_id = ?";
    if licence.shadow {
        return Statement::new(counted).bind(&licence.licence_id);
    }
    // People are counted instead of devices where it is bound to people.
    let room = match licence.binding {
        Binding::User => "",
        Binding::Device | Binding::Floating => " and devices_used < devices_limit",
    };
    let sql = format!(
        "{counted}{room} and state_stored = 'active' and starts_at <= ? \
         and (expires_at is null or expires_at >= ?)"
    );
    Statement::new(sql).bind(&licence.licence_id).bind(now).bind(now)
}

/// The statement that writes the device.
fn row(licence: &Licence, device: &Device, taking: Taking<'_>) -> Statement {
    let sql = if taking.is_new {
        "insert into license_generator_activation (device_name, platform, activated_at, \
         last_seen_at, fingerprint, fingerprint_hash, user_id, user_name, activation_id, \
         licence_id, organisation_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    } else {
        "update license_generator_activation set device_name = ?, platform = ?, \
         activated_at = ?, last_seen_at = ?, fingerprint = ?, fingerprint_hash = ?, \
         user_id = ?, user_name = ?, deactivated_at = null \
         where activation_id = ? and deactivated_at is not null"
    };
    let person = taking.person;
    let statement = Statement::new(sql)
        .bind(&device.name)
        .bind(&device.platform)
        .bind(taking.now)
        .bind(taking.now)
        .bind(device.fingerprint.as_str())
        .bind(seat_hash(device, person.map(|person| person.name)))
        .bind(person.map(|person| person.user_id.to_owned()))
        .bind(person.map_or("", |person| person.name.name.as_str()))
        .bind(taking.activation_id);
    if taking.is_new {
        statement.bind(&licence.licence_id).bind(&licence.organisation_id)
    } else {
        statement
    }
}

/// What the seat of a device is found by.
pub fn seat_hash(device: &Device, person: Option<&UserName>) -> String {
    match person {
        Some(name) => name.seat_hash(&device.fingerprint),
        None => device.fingerprint.hash(),
    }
}

/// The statement after which a seat given back is not found by its fingerprint any more.
fn retiring(activation_id: &str) -> Statement {
    Statement::new(
        "update license_generator_activation set fingerprint_hash = activation_id \
         where activation_id = ? and deactivated_at is not null",
    )
    .bind(activation_id)
}

/// Adds the components of a device; one that is a text has none, and had none if it is new.
fn with_components(
    batch: Batch,
    licence_id: &str,
    activation_id: &str,
    device: &Device,
    is_new: bool,
) -> Batch {
    let parts = device.fingerprint.components();
    if is_new && parts.is_empty() {
        return batch;
    }
    components::replacing(batch, licence_id, activation_id, &parts)
}

/// How a seat is renewed.
#[derive(Debug, Clone, Copy)]
pub struct Renewing<'a> {
    /// The licence.
    pub licence: &'a Licence,
    /// The seat, as it was read.
    pub activation: &'a Activation,
    /// Whether the device is known by its components, some of which changed.
    pub is_changed: bool,
    /// A seat given back long ago that has the new fingerprint.
    pub retired: Option<&'a str>,
    /// The token the device gets, whatever it had before.
    pub token: Option<&'a Given>,
    /// The present, unix milliseconds.
    pub now: i64,
}

/// Notes that a device with a seat asked again, as it calls itself now.
///
/// Unscoped: who has the activation key speaks for its devices.
pub async fn renew(
    db: &Db,
    device: &Device,
    renewing: Renewing<'_>,
    with: Batch,
) -> Result<(), Fault> {
    let Renewing { licence, activation, now, .. } = renewing;
    let mut batch = with;
    if renewing.is_changed {
        batch = changing(batch, licence, activation, device, renewing.retired);
    }
    let row = Statement::new(
        "update license_generator_activation set device_name = ?, platform = ?, last_seen_at = ? \
         where activation_id = ? and deactivated_at is null",
    )
    .bind(&device.name)
    .bind(&device.platform)
    .bind(now)
    .bind(&activation.activation_id);
    batch = batch.and(row.expect_rows(1).label(DEVICE));
    if let Some(given) = renewing.token {
        batch = tokens::anew(batch, holder(licence, &activation.activation_id), given);
    }
    db.batch(batch).await.map(drop)
}

/// Adds to `batch` what gives a device with a seat the fingerprint it has now. It writes the licence
/// first, as whoever takes a seat does: nobody decides on components that are just changing.
///
/// Unscoped: who has the activation key speaks for its devices.
pub fn changing(
    batch: Batch,
    licence: &Licence,
    activation: &Activation,
    device: &Device,
    retired: Option<&str>,
) -> Batch {
    let id = &activation.activation_id;
    let mut batch =
        batch.and(users::locking(&plugin_api::Scope::everything(), &licence.licence_id));
    if let Some(retired) = retired {
        batch = batch.and(retiring(retired));
    }
    let person = UserName::parse(&activation.user_name);
    let row = Statement::new(
        "update license_generator_activation set fingerprint = ?, fingerprint_hash = ? \
         where activation_id = ? and deactivated_at is null",
    )
    .bind(device.fingerprint.as_str())
    .bind(seat_hash(device, person.as_ref()))
    .bind(id);
    batch = batch.and(row.expect_rows(1).label(DEVICE));
    with_components(batch, &licence.licence_id, id, device, false)
}
