//! What `cockpit demo --scale` writes beside the licences themselves.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement, Value};

use super::licences::NewLicence;

/// How many licences there are of those.
///
/// Unscoped: only the sample asks.
pub async fn entered(db: &Db) -> Result<usize, Fault> {
    let sql = "select count(*) from license_generator_licence \
        where marker >= 'scale-' and marker < 'scale.'";
    Ok(usize::try_from(db.scalar(Statement::new(sql)).await?).unwrap_or_default())
}

/// The statements that give each of the licences a device, `after` milliseconds after it began, with
/// a line in the log.
///
/// Unscoped: only the sample writes so.
pub fn activations(licences: &[(String, &NewLicence)], after: i64) -> Vec<Statement> {
    if licences.is_empty() {
        return Vec::new();
    }
    let rows = |head: &str, each: &dyn Fn(&str, &NewLicence) -> Vec<Value>| {
        let values: Vec<Vec<Value>> = licences.iter().map(|(id, new)| each(id, new)).collect();
        let places = values.iter().map(|row| format!("({})", vec!["?"; row.len()].join(", ")));
        let places = places.collect::<Vec<_>>().join(", ");
        Statement::new(format!("{head} values {places}")).bind_all(values.into_iter().flatten())
    };
    let device = |new: &NewLicence| format!("PC-{}", new.key_hint);
    let used = Statement::new(format!(
        "update license_generator_licence set devices_used = 1 where licence_id in ({})",
        vec!["?"; licences.len()].join(", ")
    ));
    vec![
        used.bind_all(licences.iter().map(|(_, new)| new.licence_id.as_str().into())),
        rows(
            "insert into license_generator_activation (activation_id, licence_id, \
             organisation_id, fingerprint, fingerprint_hash, device_name, platform, activated_at, \
             last_seen_at)",
            &|id, new| {
                let at = new.created_at + after;
                vec![
                    id.into(),
                    new.licence_id.as_str().into(),
                    new.organisation_id.as_str().into(),
                    id.into(),
                    id.into(),
                    device(new).into(),
                    "Windows 11".into(),
                    at.into(),
                    at.into(),
                ]
            },
        ),
        rows(
            "insert into license_generator_activation_log (log_id, licence_id, organisation_id, \
             at, action, key_kind, fingerprint, device_name, device_folded, address, outcome)",
            &|id, new| {
                vec![
                    id.into(),
                    new.licence_id.as_str().into(),
                    new.organisation_id.as_str().into(),
                    (new.created_at + after).into(),
                    "attiva".into(),
                    "activation".into(),
                    id.into(),
                    device(new).into(),
                    device(new).to_lowercase().into(),
                    "192.0.2.23".into(),
                    "attivata".into(),
                ]
            },
        ),
    ]
}
