//! Fictitious installations for `cockpit demo`: three months of reports, and what was decided.

mod decided;
mod programs;
mod reports;
mod scale;

use plugin_api::contracts::accounts::{self, Account, AccountState, Alike};
use plugin_api::db::Batch;
use plugin_api::fiscal::is_italian_vat_number;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Scope};
use serde_json::{Value as Json, json};

use self::reports::Customer;
use crate::mapping::suggest;
use crate::receive::{Incoming, fold_in};
use crate::statistics::again;
use crate::store::figures::keep;
use crate::store::installations::by_id;

/// Days of history.
const DAYS: i64 = 90;
/// Accounts that installations name at most.
const ACCOUNTS: u32 = 100;

/// Enters what is missing.
pub(crate) async fn fill(cx: Cx, told: Json) -> Result<Json, Fault> {
    let asked = accounts::Search { text: String::new(), limit: ACCOUNTS };
    let mut accounts = cx.service(&accounts::SEARCH, &asked).await?;
    accounts.retain(|account| account.state == AccountState::Validated);
    // Ids of one millisecond come in any order, and every demo is to be the same.
    accounts.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.account_id.cmp(&b.account_id)));
    let accounts = customers(&cx, accounts).await?;
    let today = cx.now().div_euclid(DAY);
    let known = reports::installation_id(&cx, reports::FIRST, &accounts)?;
    if by_id(&cx.db(), &Scope::everything(), &known).await?.is_none() {
        for n in 0..=DAYS {
            let (day, midnight) = (n, (today - DAYS + n) * DAY);
            write(&cx, reports::of_day(&cx, &accounts, day, midnight)?).await?;
            if n == DAYS / 2 {
                decided::enter(&cx, &accounts).await?;
            }
            cx.db().batch(keep::of_day(Batch::new(), today - DAYS + n)).await?;
        }
        decided::later(&cx, &accounts).await?;
        again(&cx).await?;
        cx.db().batch(keep::of_day(Batch::new(), today)).await?;
        // Who looks first sees what the job would find within the minute.
        suggest(cx.clone(), Json::Null).await?;
    }
    if let Some(wanted) = told.get("scale").and_then(Json::as_i64) {
        scale::enter(&cx, wanted).await?;
    }
    let program = programs::PROGRAMS.first().map_or("", |program| program.name);
    Ok(json!({ "inventory": { "software": program, "installation": known } }))
}

/// The accounts with their VAT numbers; with one of the sample where they have no Italian one.
async fn customers(cx: &Cx, accounts: Vec<Account>) -> Result<Vec<Customer>, Fault> {
    let mut customers = Vec::with_capacity(accounts.len());
    for (n, account) in (100..).zip(accounts) {
        let asked = Alike { name: account.name.clone(), limit: 5, ..Alike::default() };
        let alike = cx.service(&accounts::ALIKE, &asked).await?.into_iter();
        let own = alike.filter(|one| one.account.account_id == account.account_id);
        let mut italian = own.filter(|one| is_italian_vat_number(&one.vat_number));
        let vat_number =
            italian.next().map_or_else(|| programs::vat_number(n), |one| one.vat_number);
        customers.push(Customer { account, vat_number });
    }
    Ok(customers)
}

/// Writes reports as if they had come.
async fn write(cx: &Cx, mut items: Vec<Incoming>) -> Result<(), Fault> {
    // Lists show them by id, as those of real reports ascend with the time.
    let mut ids: Vec<String> = items.iter().map(|item| item.report_id.clone()).collect();
    ids.sort_unstable();
    items.sort_by_key(|item| item.received_at);
    for (item, id) in items.iter_mut().zip(ids) {
        item.report_id = id;
    }
    for answer in fold_in(cx, items).await {
        answer?;
    }
    Ok(())
}
