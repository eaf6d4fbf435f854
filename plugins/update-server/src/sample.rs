//! A fictitious product with three releases in two channels for `cockpit demo`; the newest is on its
//! way to people.

mod asking;

use std::cmp::Reverse;

use plugin_api::contracts::accounts::{self, Account, AccountState};
use plugin_api::contracts::licences::{
    ENTITLEMENT, Entitlement, EntitlementOf, OF_ACCOUNT, OfAccount,
};
use plugin_api::cx::Tx;
use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Problem};
use serde_json::{Value as Json, json};

use crate::actor;
use crate::products::{channels, save as product};
use crate::releases::body::{Draft, ReleaseBody};
use crate::releases::files::attach::attach;
use crate::releases::files::place::SaidPlace;
use crate::releases::{changed, save};
use crate::rollouts::plan::{Plan, PlannedStage};
use crate::rollouts::start::begun;
use crate::store::{placements, products, releases, tokens};
use crate::tokens::make;
use crate::tokens::secret::Secret;

/// Accounts whose licences are looked through.
const ACCOUNTS: u32 = 100;
/// The channel whose releases are for everybody, and the one before it.
const CHANNELS: [(&str, &str); 2] =
    [("stable", "For everybody"), ("beta", "For those who like to see what comes")];

/// A release of the sample.
struct Sample {
    version: &'static str,
    /// How many days ago it went out.
    days: i64,
    channels: &'static [&'static str],
    notes: [(&'static str, &'static str); 2],
    /// Percent and hours; none for everybody at once.
    rollout: &'static [(i64, i64)],
}

const RELEASES: [Sample; 3] = [
    Sample {
        version: "1.0.0",
        days: 400,
        channels: &["stable", "beta"],
        notes: [("en", "The first release."), ("it", "Il primo rilascio.")],
        rollout: &[],
    },
    Sample {
        version: "1.1.0",
        days: 90,
        channels: &["stable", "beta"],
        notes: [
            ("en", "- Opens large files twice as fast\n- Prints on both sides"),
            ("it", "- Apre i file grandi in metà tempo\n- Stampa fronte e retro"),
        ],
        rollout: &[],
    },
    Sample {
        version: "1.2.0",
        days: 2,
        channels: &["stable", "beta"],
        notes: [
            ("en", "- A darker dark theme\n- Remembers where you were"),
            ("it", "- Un tema scuro più scuro\n- Ricorda dove eri"),
        ],
        rollout: &[(10, 0), (50, 96), (100, 168)],
    },
];

/// Enters what is missing; answers where the programs of one licence find updates.
pub(crate) async fn fill(cx: Cx, told: Json) -> Result<Json, Fault> {
    let licences = licences(&cx).await?;
    let Some(licence) = licences.first() else { return Ok(json!({})) };
    let code = licence.product_code.clone();
    if products::known(&cx.db(), &code).await?.is_none() {
        enter(&cx, &code).await.map_err(fault)?;
        if let Some(newest) = releases::out(&cx.db(), &code).await?.first() {
            asking::enter(&cx, &licences, newest).await?;
        }
    }
    let token = match tokens::of_licence(&cx.db(), cx.scope(), &licence.licence_id).await? {
        Some(token) => token,
        None => make::create(&cx, licence, "").await.map_err(fault)?,
    };
    let secret = Secret::of(&cx, &token).await?;
    let url = told.get("url").and_then(Json::as_str).unwrap_or_default();
    let base = format!("{url}/u/{}", secret.text());
    Ok(json!({ "updates": {
        "product": code, "base_url": base, "token": secret.text(), "channel": "stable",
    } }))
}

fn fault(problem: Problem) -> Fault {
    problem.fault().cloned().unwrap_or_else(|| Fault::internal(problem))
}

/// The licences of the product that one includes updates of for longest, which comes first: of the first
/// customer by name who has one.
async fn licences(cx: &Cx) -> Result<Vec<Entitlement>, Fault> {
    let asked = accounts::Search { text: String::new(), limit: ACCOUNTS };
    let mut accounts: Vec<Account> = cx.service(&accounts::SEARCH, &asked).await?;
    accounts.retain(|account| account.state == AccountState::Validated);
    // Ids of one millisecond come in any order, and every demo is to be the same.
    accounts.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.account_id.cmp(&b.account_id)));
    let mut all: Vec<Entitlement> = Vec::new();
    for account in accounts {
        let asked = OfAccount { account_id: account.account_id };
        for licence in cx.service(&OF_ACCOUNT, &asked).await? {
            let asked = EntitlementOf::Licence(licence.licence_id);
            let Ok(found) = cx.service(&ENTITLEMENT, &asked).await? else { continue };
            all.push(found);
        }
    }
    all.sort_by_key(|licence| Reverse((licence.until, licence.newest.is_none())));
    let product = all.first().map(|best| best.product_code.clone()).unwrap_or_default();
    all.retain(|licence| licence.product_code == product);
    Ok(all)
}

async fn enter(cx: &Cx, code: &str) -> Result<(), Problem> {
    let body =
        product::ProductBody { accesso: Some("con_licenza".to_owned()), ..Default::default() };
    product::create(cx, code, &body).await?;
    for (name, description) in CHANNELS {
        channels::write(cx, code, name, description).await?;
    }
    for sample in &RELEASES {
        let note = |(language, text): &(&str, &str)| ((*language).to_owned(), (*text).to_owned());
        let body = ReleaseBody {
            prodotto: Some(code.to_owned()),
            versione: Some(sample.version.to_owned()),
            canali: Some(sample.channels.iter().map(|name| (*name).to_owned()).collect()),
            note: Some(sample.notes.iter().map(note).collect()),
            ..ReleaseBody::default()
        };
        let save::Saved::Written(id) = save::create(cx, &body).await? else {
            return Err(Fault::internal("a sample release was refused").into());
        };
        let release = save::found(cx, &id).await?.release;
        for ending in ["x64.exe", "x86_64.AppImage"] {
            let name = format!("{code}-{}-{ending}", sample.version);
            let content = content(&name, sample.version);
            let blob = cx.put_blob(&name, "application/octet-stream", content.into()).await?;
            attach(cx, &release, &blob, &name, &SaidPlace::default()).await?;
        }
        let draft = &save::found(cx, &id).await?;
        cx.transaction(|tx| async move { out(&tx, draft, sample).await }).await?;
    }
    Ok(())
}

/// 256 KiB of which most is the same in every version, so that an update can leave it out.
fn content(name: &str, version: &str) -> Vec<u8> {
    let mut state = 0x9E37_79B9_u32;
    let mut bytes: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()
    })
    .take(64 * 1024)
    .flatten()
    .collect();
    let mark = format!("{name} {version}\n");
    for (place, byte) in bytes.iter_mut().skip(100_000).zip(mark.bytes()) {
        *place = byte;
    }
    bytes
}

/// Publishes it as of the day it is said to have gone out.
async fn out(tx: &Tx, draft: &Draft, sample: &Sample) -> Result<(), Problem> {
    let (release, at) = (&draft.release, tx.now() - sample.days * DAY);
    let stage = |(percentuale, dopo_ore): &(i64, i64)| PlannedStage {
        percentuale: *percentuale,
        dopo_ore: *dopo_ore,
    };
    let plan = Plan(sample.rollout.iter().map(stage).collect());
    let mut batch = Batch::new().and(releases::publication(release, at));
    for channel in &draft.channels {
        let place = (release.product_code.as_str(), &*release.release_id, &**channel);
        batch = batch.and(placements::placing(place, (at, &actor::name(tx))));
        if channel == "stable" {
            batch = begun(tx, batch, (release, channel), &plan);
        }
    }
    tx.db().batch(batch.audit(save::audit("release.published", release))).await?;
    changed::published(tx, release, draft.channels.clone()).await
}
