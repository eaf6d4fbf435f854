//! Who sold a licence and who gets the credit, changed afterwards.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, FieldProblem, Problem};
use serde_json::json;

use crate::domain::draft::Rejection;
use crate::domain::licence::Licence;
use crate::renewals::changed;
use crate::store;
use crate::store::licences::change::assigning;

/// Who is to be noted; none leaves what is there, an empty text empties it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Assignment {
    /// Node that sold it.
    pub(crate) seller: Option<String>,
    /// Node of the agent who gets the credit.
    pub(crate) agent: Option<String>,
}

/// Notes who sold a licence; nodes must lie in the caller's branch.
pub(crate) async fn assign(
    cx: &Cx,
    licence: &Licence,
    assignment: &Assignment,
) -> Result<Result<(), Rejection>, Problem> {
    let mut errors = Vec::new();
    let asked = [("/organizzazione", &assignment.seller), ("/agente", &assignment.agent)];
    for (pointer, id) in asked {
        let Some(id) = id.as_deref().filter(|id| !id.is_empty()) else { continue };
        if store::nodes::find(&cx.db(), cx.scope(), id).await?.is_none() {
            errors.push(FieldProblem::new(pointer, "field-node"));
        }
    }
    if !errors.is_empty() {
        return Ok(Err(Rejection::fields(errors)));
    }
    let set = |asked: &Option<String>, known: &Option<String>| match asked {
        None => known.clone(),
        Some(id) => Some(id.clone()).filter(|id| !id.is_empty()),
    };
    let seller = set(&assignment.seller, &licence.seller_id);
    let agent = set(&assignment.agent, &licence.agent_id);
    if (&seller, &agent) == (&licence.seller_id, &licence.agent_id) {
        return Ok(Ok(()));
    }
    let audit = Audit::of("licence.assigned", &licence.licence_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .before(json!({ "seller": licence.seller_id, "agent": licence.agent_id }))
        .after(json!({ "seller": seller, "agent": agent }));
    let update = assigning(cx.scope(), licence, seller.as_deref(), agent.as_deref());
    match cx.db().batch(Batch::new().and(update).audit(audit)).await {
        Ok(_) => Ok(Ok(())),
        Err(fault) => Err(changed(fault)),
    }
}
