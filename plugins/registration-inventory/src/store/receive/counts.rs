//! What happened on a day, added up.

use plugin_api::db::Statement;

use super::inserted;

/// What one flush adds to a day of one organisation, software and version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Activity {
    /// Days since 1970-01-01, UTC.
    pub(crate) day: i64,
    /// The node its installations belong to.
    pub(crate) organisation_id: String,
    /// Their software.
    pub(crate) software_id: String,
    /// Their version.
    pub(crate) version: String,
}

/// Adds `(active, created, reports)` to each, in the part of `shard`.
pub(crate) fn activity<'a>(
    counts: impl IntoIterator<Item = (&'a Activity, &'a [i64; 3])>,
    shard: i64,
) -> Vec<Statement> {
    let rows = counts.into_iter().map(|(of, [active, created, reports])| {
        vec![
            of.day.into(),
            of.organisation_id.as_str().into(),
            of.software_id.as_str().into(),
            of.version.as_str().into(),
            shard.into(),
            (*active).into(),
            (*created).into(),
            (*reports).into(),
        ]
    });
    inserted(
        "registration_inventory_activity",
        "day, organisation_id, software_id, version, shard, active, created, reports",
        (
            "on conflict (day, organisation_id, software_id, version, shard) do update set \
             active = active + excluded.active, created = created + excluded.created, \
             reports = reports + excluded.reports",
            "on duplicate key update active = active + values(active), \
             created = created + values(created), reports = reports + values(reports)",
        ),
        rows.collect(),
    )
}
