//! Which customers a company may be, each with the reason: they suggest, people decide.

use plugin_api::contracts::accounts::{self, Account, Alike, Find, Likely};
use plugin_api::db::Batch;
use plugin_api::lent::Event;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Lang};
use serde_json::Value as Json;

use crate::store::companies::{self, Company};
use crate::store::suggestions::{self as store, Suggestion};

/// Suggestions kept for a company.
const MOST: usize = 10;
/// Companies looked for in one run of the job.
const RUN: i64 = 500;

/// A customer a company may be.
#[derive(Debug, Clone)]
pub(super) struct Suggested {
    pub(super) account: Account,
    /// `decision`, `same_vat_number`, `same_name`, `similar_name`.
    pub(super) reason: &'static str,
    /// 0 to 100.
    pub(super) score: i64,
}

impl Suggested {
    /// The reason in words, with the score.
    pub(super) fn why(&self, lang: &Lang) -> String {
        let score = lang.number(self.score);
        lang.with(why_key(self.reason), &[("score", &score)])
    }
}

/// The text that says a reason.
fn why_key(reason: &str) -> &'static str {
    match reason {
        "decision" => "suggested-decision",
        "same_vat_number" => "suggested-same-vat-number",
        "same_name" => "suggested-same-name",
        _ => "suggested-similar-name",
    }
}

/// The customers of the caller's branch that `company` may be, the likeliest first.
pub(super) async fn of(cx: &Cx, company: &Company) -> Result<Vec<Suggested>, Fault> {
    let vat = if company.vat_is_valid { company.vat_number.clone() } else { String::new() };
    let asked = Alike { vat_number: vat, name: company.name.clone(), limit: 10 };
    let alike = cx.service(&accounts::ALIKE, &asked).await?;
    let mut found: Vec<Suggested> = alike
        .into_iter()
        .map(|one| Suggested {
            reason: match one.reason {
                Likely::SameVatNumber => "same_vat_number",
                Likely::SameName => "same_name",
                Likely::SimilarName => "similar_name",
            },
            score: i64::from(one.score.min(100)),
            account: one.account,
        })
        .collect();
    for former in companies::former(&cx.db(), company).await? {
        // The more often it was decided so, the surer; never surer than the VAT number.
        let score = 94 + former.installations.clamp(1, 5);
        if let Some(known) =
            found.iter_mut().find(|one| one.account.account_id == former.account_id)
        {
            if known.score < score {
                known.reason = "decision";
                known.score = score;
            }
            continue;
        }
        let find = Find { account_id: former.account_id };
        if let Some(account) = cx.service(&accounts::FIND, &find).await?
            && found.iter().all(|one| one.account.account_id != account.account_id)
        {
            found.push(Suggested { account, reason: "decision", score });
        }
    }
    found.sort_by(|one, other| {
        other.score.cmp(&one.score).then_with(|| one.account.name.cmp(&other.account.name))
    });
    found.truncate(MOST);
    Ok(found)
}

/// Looks again for the companies whose turn it is.
pub(crate) async fn job(cx: Cx, _: Json) -> Result<(), Fault> {
    for id in store::due(&cx.db(), cx.now() - DAY, RUN).await? {
        let Some(company) = companies::by_id(&cx.db(), cx.scope(), &id).await? else { continue };
        keep(&cx, &company).await?;
    }
    Ok(())
}

/// Keeps what is found for a company.
async fn keep(cx: &Cx, company: &Company) -> Result<(), Fault> {
    let found: Vec<Suggestion> = of(cx, company)
        .await?
        .into_iter()
        .map(|one| Suggestion {
            account_id: one.account.account_id,
            reason: one.reason.to_owned(),
            score: one.score,
        })
        .collect();
    cx.db().batch(store::replaced(Batch::new(), &company.company_id, &found, cx.now())).await?;
    Ok(())
}

/// Accounts changed: everybody who is nobody yet is looked at again.
pub(super) async fn changed(cx: Cx, _: Event) -> Result<(), Fault> {
    cx.db().execute(store::forgotten()).await?;
    Ok(())
}
