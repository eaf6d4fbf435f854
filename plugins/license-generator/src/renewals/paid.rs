//! `POST /crm/licences/{id}/paid`: a postponed payment arrived.

use plugin_api::time::parse_date;
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;

use super::settle::settle;
use crate::domain::payment::method;
use crate::store::renewals as rows;
use crate::{paths, store};

/// Payments of one licence that are looked through.
const MOST: u32 = 1_000;

/// The answer to the question when and how it was paid.
#[derive(Debug, Deserialize)]
pub(super) struct PaidForm {
    /// Id of the payment.
    pagamento: String,
    #[serde(default)]
    data: String,
    #[serde(default)]
    metodo: String,
}

/// Marks it as paid, here and in the ledger.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<PaidForm>,
) -> Result<SeeOther, Problem> {
    let Some(at) = parse_date(&form.data) else {
        return Err(Problem::unprocessable("pagamento_data"));
    };
    let Some(method) = method(&form.metodo) else {
        return Err(Problem::unprocessable("pagamento_metodo"));
    };
    let (id, form) = (&id, &form);
    let is_paid = cx.transaction(|tx| async move {
        let (db, scope) = (tx.db(), tx.scope());
        store::licences::get(&db, scope, id).await?.ok_or_else(Problem::not_found)?;
        let payments = rows::of_licence(&db, scope, id, MOST).await?;
        let payment = payments.iter().find(|payment| payment.renewal_id == form.pagamento);
        let payment = payment.ok_or_else(Problem::not_found)?;
        Ok(payment.is_open() && settle(&tx, payment, at, method).await?)
    });
    if !is_paid.await? {
        return Err(Problem::conflict("pagamento_chiuso"));
    }
    let there = cx.url(&paths::of(paths::SHOW, id));
    Ok(SeeOther::to(there).saying(cx.lang().t("payment-noted")))
}
