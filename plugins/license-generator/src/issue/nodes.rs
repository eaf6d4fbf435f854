//! Whom a licence is sold by and credited to.

use plugin_api::{Cx, FieldProblem};

use super::NotIssued;
use crate::domain::draft::{Rejection, Terms};
use crate::store;

/// Refuses a seller or an agent that is no node of the caller's branch.
pub(super) async fn check(cx: &Cx, terms: &Terms) -> Result<(), NotIssued> {
    let asked = [("/organizzazione", &terms.seller_id), ("/agente", &terms.agent_id)];
    for (pointer, id) in asked {
        let Some(id) = id else { continue };
        if store::nodes::find(&cx.db(), cx.scope(), id).await?.is_none() {
            return Err(Rejection::fields(vec![FieldProblem::new(pointer, "field-node")]).into());
        }
    }
    Ok(())
}
