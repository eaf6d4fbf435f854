//! The choice of who looks after a customer.

use plugin_api::ui::{Field, FormErrors};
use plugin_api::{Cx, Fault, Lang, Problem};

use crate::domain::Refusal;
use crate::store::{self, Node};

/// The name of the field, in forms and refusals.
pub(crate) const FIELD: &str = "assigned_to";

/// The nodes the caller may assign customers to.
pub(crate) async fn offered(cx: &Cx) -> Result<Vec<Node>, Fault> {
    store::nodes(&cx.db(), cx.scope()).await
}

/// The question, with `chosen` chosen.
pub(crate) fn field(lang: &Lang, nodes: &[Node], chosen: &str, errors: &FormErrors) -> Field {
    let field = Field::select(FIELD, lang.t("customer-assigned-to"))
        .hint(lang.t("customer-assigned-to-hint"));
    nodes
        .iter()
        .fold(field, |field, node| field.option(&node.organisation_id, name(lang, node)))
        .value(chosen)
        .errors(errors)
}

/// A node with what it is, and whose: agents of different companies may be called alike.
fn name(lang: &Lang, node: &Node) -> String {
    let kind = lang.t(&format!("node-{}", node.kind.replace('_', "-")));
    if node.parent_name.is_empty() {
        format!("{} ({kind})", node.name)
    } else {
        format!("{} ({kind}, {})", node.name, node.parent_name)
    }
}

/// The node that was chosen; the caller's own when nothing was.
pub(crate) async fn chosen(cx: &Cx, typed: &str) -> Result<Result<Node, Refusal>, Problem> {
    let typed = typed.trim();
    let id = if typed.is_empty() { cx.caller().organisation_id.as_str() } else { typed };
    let node = store::node(&cx.db(), cx.scope(), id).await?;
    Ok(node.ok_or(Refusal { field: FIELD, key: "field-assigned-to" }))
}
