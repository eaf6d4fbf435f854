//! Many licences renewed at once: what would happen to each, and doing it.

use std::collections::BTreeMap;

use plugin_api::{Cx, Fault, Problem};

use super::order::{Order, Plan, plan};
use super::renew::in_transaction;
use crate::domain::licence::Licence;
use crate::issue::NotIssued;
use crate::store;

/// What renewing many licences would do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forecast {
    /// Those that would be renewed.
    pub(crate) renewed: Vec<(Licence, Plan)>,
    /// Those that would not, each with the code of the reason.
    pub(crate) left_out: Vec<(Licence, &'static str)>,
    /// What it would cost by currency, minor units.
    pub(crate) totals: BTreeMap<String, i64>,
}

/// What renewing these licences would do; ids that name none in the caller's branch are left out.
/// Nothing is written.
pub(crate) async fn forecast(
    cx: &Cx,
    licence_ids: &[String],
    order: &Order,
) -> Result<Forecast, Fault> {
    let mut forecast = Forecast::default();
    for id in licence_ids {
        let Some(licence) = store::licences::get(&cx.db(), cx.scope(), id).await? else { continue };
        match plan(cx, &licence, order).await {
            Ok(plan) => {
                *forecast.totals.entry(plan.currency.clone()).or_default() += plan.amount;
                forecast.renewed.push((licence, plan));
            }
            Err(NotIssued::Rejected(rejection)) => {
                forecast.left_out.push((licence, rejection.code));
            }
            Err(NotIssued::Failed(fault)) => return Err(fault),
        }
    }
    Ok(forecast)
}

/// Renews these licences, each in a transaction of its own: its id with the code of what stood
/// against it, if something did. The run's own `reference` makes a repetition do nothing.
pub(crate) async fn renew_many(
    cx: &Cx,
    licence_ids: &[String],
    order: &Order,
) -> Vec<(String, Result<(), Problem>)> {
    let mut outcomes = Vec::with_capacity(licence_ids.len());
    for id in licence_ids {
        let outcome = match in_transaction(cx, id, order).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(rejection)) => Err(NotIssued::Rejected(rejection).problem(cx)),
            Err(problem) => Err(problem),
        };
        outcomes.push((id.clone(), outcome));
    }
    outcomes
}
