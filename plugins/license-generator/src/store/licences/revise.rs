//! A licence written anew after a change; its key, its customer and its history stay.

use plugin_api::Scope;
use plugin_api::db::{Batch, Statement, Value};

use super::change::LICENCE;
use super::new::granting;
use super::{NewGrant, NewLicence};
use crate::domain::licence::Licence;

/// The columns a change never touches: what it is, whose it is, and how it came into being.
const KEPT: [&str; 15] = [
    "licence_id",
    "organisation_id",
    "account_id",
    "state_stored",
    "devices_used",
    "due_at",
    "key_hash",
    "key_sealed",
    "key_hint",
    "origin",
    "bulk_id",
    "marker",
    "version",
    "created_at",
    "created_by",
];

/// The batch that writes what a licence, as it was read, is from now on: a mismatch of [`LICENCE`]
/// when somebody was faster. `converted_at` is when a trial became a paid licence.
pub fn revision(
    scope: &Scope,
    licence: &Licence,
    new: &NewLicence,
    converted_at: Option<i64>,
) -> Batch {
    let columns: Vec<(&str, Value)> = super::new::columns(new)
        .into_iter()
        .filter(|(name, _)| !KEPT.contains(name))
        .chain([("converted_at", converted_at.into())])
        .collect();
    let names: Vec<String> = columns.iter().map(|(name, _)| format!("{name} = ?")).collect();
    let sql = format!(
        "update license_generator_licence set {}, version = version + 1 \
         where licence_id = ? and version = ? and {{scope}}",
        names.join(", ")
    );
    let update = Statement::new(sql)
        .bind_all(columns.into_iter().map(|(_, value)| value))
        .bind(&licence.licence_id)
        .bind(licence.version)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label(LICENCE);
    let forgetting =
        Statement::new("delete from license_generator_licence_module where licence_id = ?")
            .bind(&licence.licence_id);
    let batch = Batch::new().and(update).and(forgetting);
    new.modules.iter().fold(batch, |batch: Batch, grant: &NewGrant| {
        batch.and(granting(&licence.licence_id, grant))
    })
}
