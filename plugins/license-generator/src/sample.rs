//! Fictitious products and licences for `cockpit demo`, in every state, and the keys it prints.

mod at_work;
mod imported;
mod licences;
mod policies;
mod products;
mod sales;
mod scale;
mod shared;

use plugin_api::contracts::accounts::{self, Account, AccountState};
use plugin_api::{Cx, Fault};
use serde_json::{Value as Json, json};

use crate::{issue, store};

/// Accounts that are given licences at most.
const ACCOUNTS: u32 = 100;

/// Enters what is missing, and answers the keys that `demo.json` names.
pub(crate) async fn fill(cx: Cx, told: Json) -> Result<Json, Fault> {
    let asked = accounts::Search { text: String::new(), limit: ACCOUNTS };
    let mut accounts: Vec<Account> = cx.service(&accounts::SEARCH, &asked).await?;
    accounts.retain(|account| account.state == AccountState::Validated);
    // Ids of one millisecond come in any order, and every demo is to be the same.
    accounts.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.account_id.cmp(&b.account_id)));
    if accounts.is_empty() {
        return Err(Fault::internal("there is no validated customer to issue licences for"));
    }
    let products = products::enter(&cx).await?;
    policies::enter(&cx).await?;
    let agent = told.get("organisations").and_then(|nodes| nodes.get("agent"));
    let agent = agent.and_then(Json::as_str);
    licences::enter(&cx, &accounts, &products, agent).await?;
    if let (Some(account), Some(product)) = (accounts.first(), products.first()) {
        shared::enter(&cx, account, product).await?;
        imported::enter(&cx, account, product).await?;
        at_work::enter(&cx, &accounts, product, &told).await?;
    }
    if let Some(wanted) = told.get("scale").and_then(Json::as_u64) {
        scale::enter(&cx, &accounts, &products, usize::try_from(wanted).unwrap_or_default())
            .await?;
    }
    let mut answer = json!({ "product": products::FIRST });
    for (marker, name) in licences::NAMED {
        answer[name] = Json::from(key(&cx, marker).await?);
    }
    answer["maintenance_key"] = Json::from(key(&cx, imported::MAINTENANCE).await?);
    answer["legacy_key"] = Json::from(imported::legacy_key(&cx).await?);
    answer["floating_key"] = Json::from(key(&cx, shared::FLOATING).await?);
    let metered = key(&cx, shared::METERED).await?;
    answer["meter"] = json!({ "key": metered, "module": shared::MODULE });
    Ok(answer)
}

async fn key(cx: &Cx, marker: &str) -> Result<String, Fault> {
    let licence_id = store::licences::by_marker(&cx.db(), marker).await?;
    let licence_id = licence_id.ok_or_else(|| Fault::internal("a sample licence is missing"))?;
    let key = issue::key_of(cx, &licence_id).await?;
    Ok(key.map(|key| key.to_string()).unwrap_or_default())
}
