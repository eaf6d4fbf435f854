//! Programs of the sample's licences: what they run, what they were told, what became of it.

use plugin_api::contracts::licences::Entitlement;
use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};

use crate::domain::version::Version;
use crate::store::artifacts;
use crate::store::clients::{self, Seen};
use crate::store::downloads::{self, Amount};
use crate::store::outcomes::{self, Outcome};
use crate::store::releases::Release;

/// So many installations of a kind.
struct Kind {
    count: i64,
    channel: &'static str,
    protocol: &'static str,
    platform: &'static str,
    runs: &'static str,
    /// What it was told to take; empty for nothing.
    told: &'static str,
    /// What it ran before it tried the newest; empty if it did not.
    before: &'static str,
}

const fn kind(
    count: i64,
    (channel, protocol, platform): (&'static str, &'static str, &'static str),
    (runs, told, before): (&'static str, &'static str, &'static str),
) -> Kind {
    Kind { count, channel, protocol, platform, runs, told, before }
}

const KINDS: [Kind; 7] = [
    kind(21, ("stable", "electron", "windows"), ("1.1.0", "", "")),
    kind(9, ("stable", "electron", "linux"), ("1.1.0", "", "")),
    kind(3, ("stable", "electron", "windows"), ("1.2.0", "", "1.1.0")),
    kind(1, ("stable", "electron", "linux"), ("1.2.0", "", "1.1.0")),
    kind(1, ("stable", "electron", "windows"), ("1.1.0", "1.2.0", "1.1.0")),
    kind(6, ("stable", "tuf", "windows"), ("1.0.0", "1.1.0", "")),
    kind(5, ("beta", "verifica", "windows"), ("1.2.0", "", "")),
];
/// What went wrong where it did.
const ERROR: &str = "disk full";

/// Writes what they asked and said within the last days; those who took the newest downloaded it.
pub(super) async fn enter(
    cx: &Cx,
    licences: &[Entitlement],
    newest: &Release,
) -> Result<(), Fault> {
    let scope = cx.scope();
    let files = artifacts::of_release(&cx.db(), scope, &newest.release_id).await?;
    let all = KINDS.iter().flat_map(|kind| (0..kind.count).map(move |_| kind));
    let (mut batch, mut succeeded, mut failed) = (Batch::new(), 0, 0);
    for ((n, kind), licence) in (0_i64..).zip(all).zip(licences.iter().cycle()) {
        let at = cx.now() - (n * 7 % 40) * (DAY / 24);
        let client = format!("sample-{n:03}");
        batch = batch.and(clients::noting(&seen(kind, &client, licence), at));
        if kind.before.is_empty() {
            continue;
        }
        let amount = |size: i64| Amount { downloads: 1, bytes: size };
        let whose = (licence.licence_id.as_str(), licence.organisation_id.as_str());
        if let Some(file) = files.iter().find(|file| file.platform.code() == kind.platform) {
            let added = downloads::adding(&file.artifact_id, whose, amount(file.size), at);
            batch = batch.and(added);
        }
        let has_taken_it = kind.runs == newest.version;
        *(if has_taken_it { &mut succeeded } else { &mut failed }) += 1;
        let outcome = Outcome {
            outcome_id: cx.fresh_id(),
            product_code: newest.product_code.clone(),
            release_id: newest.release_id.clone(),
            client,
            organisation_id: licence.organisation_id.clone(),
            at,
            from_version: kind.before.to_owned(),
            succeeded: has_taken_it,
            error: if has_taken_it { String::new() } else { ERROR.to_owned() },
        };
        batch = batch.and(outcomes::insertion(&outcome));
    }
    batch = batch.and(outcomes::counting(&newest.release_id, "stable", (succeeded, failed)));
    cx.db().batch(batch).await?;
    Ok(())
}

fn seen(kind: &Kind, client: &str, licence: &Entitlement) -> Seen {
    let order = kind.runs.parse().map(|version: Version| version.order()).unwrap_or_default();
    Seen {
        product_code: licence.product_code.clone(),
        client: client.to_owned(),
        licence_id: Some(licence.licence_id.clone()),
        organisation_id: licence.organisation_id.clone(),
        channel: kind.channel.to_owned(),
        platform: kind.platform.to_owned(),
        architecture: "x86_64".to_owned(),
        protocol: kind.protocol,
        version: kind.runs.to_owned(),
        version_order: order,
        offered: kind.told.to_owned(),
    }
}
