//! People named to licences that are bound to people.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::licence::Licence;
use crate::domain::user::{NamedUser, People, Standing, UserName};

/// Label of the statements about a person.
pub const PERSON: &str = "person";

const COLUMNS: &str = "u.user_id, u.name, u.state, u.reserved, u.created_at, \
    (select count(*) from license_generator_activation a where a.user_id = u.user_id \
     and a.deactivated_at is null) as devices, \
    (select max(a.last_seen_at) from license_generator_activation a \
     where a.user_id = u.user_id) as last_seen_at";

/// The people of a licence, and the one of them who asks.
///
/// Unscoped: asked by who has the activation key.
pub async fn people(db: &Db, licence_id: &str, name: &UserName) -> Result<People, Fault> {
    #[derive(Deserialize)]
    struct Counts {
        active: i64,
        reserved: i64,
    }
    let counts = Statement::new(
        "select count(*) as active, cast(coalesce(sum(reserved), 0) as signed) as reserved \
         from license_generator_named_user where licence_id = ? and state = 'active'",
    );
    let counts: Option<Counts> = db.first(counts.bind(licence_id)).await?;
    let asking = format!(
        "select {COLUMNS} from license_generator_named_user u \
         where u.licence_id = ? and u.name_folded = ?"
    );
    let asking = db.first(Statement::new(asking).bind(licence_id).bind(&name.folded)).await?;
    let Counts { active, reserved } = counts.unwrap_or(Counts { active: 0, reserved: 0 });
    Ok(People { asking, active, reserved })
}

/// Everybody named to a licence: those with a seat first, by name.
pub async fn of_licence(db: &Db, scope: &Scope, licence_id: &str) -> Result<Vec<NamedUser>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_named_user u \
         where u.licence_id = ? and {{scope}} \
         order by case u.state when 'active' then 0 when 'barred' then 1 else 2 end, \
         u.name_folded, u.user_id limit 1000"
    );
    db.all(Statement::new(sql).bind(licence_id).scope(scope, "u.organisation_id")).await
}

/// A person who gets a seat.
#[derive(Debug, Clone, Copy)]
pub struct Seating<'a> {
    /// His id.
    pub user_id: &'a str,
    /// What he is called.
    pub name: &'a UserName,
    /// Whether he was never named before.
    pub is_new: bool,
    /// Whether an administrator names him.
    pub reserved: bool,
}

/// Adds to `batch` what gives a person a seat. The licence must have been written before in the same
/// batch, so that two who ask at once wait for each other.
///
/// Unscoped: part of taking a seat; pages read the licence in the caller's branch before.
pub fn seating(batch: Batch, licence: &Licence, person: Seating<'_>, now: i64) -> Batch {
    let row = if person.is_new {
        Statement::new(
            "insert into license_generator_named_user (name, reserved, state, user_id, \
             licence_id, organisation_id, name_folded, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&person.name.name)
        .bind(person.reserved)
        .bind(Standing::Active.as_str())
        .bind(person.user_id)
        .bind(&licence.licence_id)
        .bind(&licence.organisation_id)
        .bind(&person.name.folded)
        .bind(now)
    } else {
        // Only an administrator lets somebody in again who was barred.
        Statement::new(
            "update license_generator_named_user set name = ?, \
             reserved = case when ? = 1 then 1 else reserved end, \
             state = case when state = 'barred' and ? = 0 then state else 'active' end \
             where user_id = ? and (state <> 'barred' or ? = 1)",
        )
        .bind(&person.name.name)
        .bind(person.reserved)
        .bind(person.reserved)
        .bind(person.user_id)
        .bind(person.reserved || licence.shadow)
    };
    batch.and(row.expect_rows(1).label(PERSON))
}

/// The statement that lets a batch go on only if no more people have a seat than there is room for.
///
/// Unscoped: part of taking a seat.
pub fn within_limit(licence_id: &str, limit: i64) -> Statement {
    Statement::new(
        "update license_generator_licence set devices_used = devices_used where licence_id = ? \
         and (select count(*) from license_generator_named_user \
         where licence_id = ? and state = 'active') <= ?",
    )
    .bind(licence_id)
    .bind(licence_id)
    .bind(limit)
    .expect_rows(1)
    .label(PERSON)
}

/// The statement that lets a batch go on only if a person has no more devices than he may.
///
/// Unscoped: part of taking a seat.
pub fn within_devices(licence_id: &str, user_id: &str, most: i64) -> Statement {
    Statement::new(
        "update license_generator_licence set devices_used = devices_used where licence_id = ? \
         and (select count(*) from license_generator_activation \
         where user_id = ? and deactivated_at is null) <= ?",
    )
    .bind(licence_id)
    .bind(user_id)
    .bind(most)
    .expect_rows(1)
    .label(PERSON)
}

/// The statement that writes the licence and nothing else, so that what follows in the batch waits
/// for whoever else changes its people.
pub fn locking(scope: &Scope, licence_id: &str) -> Statement {
    Statement::new(
        "update license_generator_licence set devices_used = devices_used \
         where licence_id = ? and {scope}",
    )
    .bind(licence_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
}

/// Adds to `batch` what takes the seat of a person and of his devices: he is removed or barred.
pub fn unseating(
    batch: Batch,
    scope: &Scope,
    (licence_id, user_id): (&str, &str),
    to: Standing,
    now: i64,
) -> Batch {
    let licence = Statement::new(
        "update license_generator_licence set devices_used = devices_used - (select count(*) \
         from license_generator_activation where licence_id = ? and user_id = ? \
         and deactivated_at is null) where licence_id = ? and {scope}",
    )
    .bind(licence_id)
    .bind(user_id)
    .bind(licence_id)
    .scope(scope, "organisation_id")
    .expect_rows(1);
    let devices = Statement::new(
        "update license_generator_activation set deactivated_at = ? \
         where licence_id = ? and user_id = ? and deactivated_at is null",
    )
    .bind(now)
    .bind(licence_id)
    .bind(user_id);
    let person = Statement::new(
        "update license_generator_named_user set state = ?, reserved = 0 \
         where user_id = ? and licence_id = ? and state <> ?",
    )
    .bind(to.as_str())
    .bind(user_id)
    .bind(licence_id)
    .bind(to.as_str());
    batch.and(licence).and(devices).and(person.expect_rows(1).label(PERSON))
}
