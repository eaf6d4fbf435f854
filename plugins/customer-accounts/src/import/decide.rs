//! What is to be done with a row: which customer it means, and what that one becomes.

use plugin_api::contracts::accounts::AccountState;
use plugin_api::import::{Outcome, Row};
use plugin_api::table::fold;
use plugin_api::{Cx, Fault};

use super::read;
use crate::VALIDATE;
use crate::create::new_customer;
use crate::domain::{
    Act, Answers, Customer, Draft, PartKind, Refusal, checked, initial_state, is_id, may_follow,
};
use crate::store::{self, Node, external};

/// What is to be done.
#[derive(Debug)]
pub(super) struct Plan {
    /// The customer as it is; none for a new one.
    pub(super) before: Option<Customer>,
    /// As it becomes.
    pub(super) after: Customer,
    /// Why its state changes, when it does.
    pub(super) reason: String,
    /// Who looks after it from now on, when that changes.
    pub(super) moves_to: Option<Node>,
    /// Contacts and sites it does not have yet.
    pub(super) parts: Vec<(PartKind, Answers)>,
    /// Whether it is being written.
    pub(super) written: bool,
}

impl Plan {
    /// Whether everything is already as the row says.
    pub(super) fn changes_nothing(&self) -> bool {
        let same = self.before.as_ref().is_some_and(|before| *before == self.after);
        same && self.moves_to.is_none() && self.parts.is_empty()
    }
}

/// The plan for a row, or why it is refused.
pub(super) async fn plan(cx: &Cx, row: &Row) -> Result<Result<Plan, Outcome>, Fault> {
    let before = match meant(cx, row).await? {
        Ok(Some(before)) if !before.is_open() => return Ok(Err(closed(cx))),
        Ok(before) => before,
        Err(refused) => return Ok(Err(refused)),
    };
    let known = before.as_ref().map_or_else(Draft::default, |known| known.details.clone().into());
    let details = match read::draft(cx, row, known).map(Draft::check) {
        Some(Ok(details)) => details,
        Some(Err(refusals)) => return Ok(Err(refused(cx, "", &refusals))),
        None => return Ok(Err(wrong(cx, "", "import-row-unreadable"))),
    };
    let node = match assigned(cx, row.get("organisation")).await? {
        Ok(node) => node,
        Err(refused) => return Ok(Err(refused)),
    };
    let state = match state(cx, row.get("state"), before.as_ref()) {
        Ok(state) => state,
        Err(refused) => return Ok(Err(refused)),
    };
    let reason = match reason(cx, row.get("reason"), before.as_ref(), state) {
        Ok(reason) => reason,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut after = match &before {
        Some(before) => Customer { details, state, ..before.clone() },
        None => new_customer(cx, details, state),
    };
    let moves_to = match (&before, node) {
        (None, Some(node)) => {
            after.assigned_to.clone_from(&node.organisation_id);
            None
        }
        (Some(before), Some(node)) if before.assigned_to != node.organisation_id => Some(node),
        _ => None,
    };
    let parts = match new_parts(cx, row, before.as_ref()).await? {
        Ok(parts) => parts,
        Err(refused) => return Ok(Err(refused)),
    };
    Ok(Ok(Plan { before, after, reason, moves_to, parts, written: false }))
}

/// The refusal of a row that means an erased customer.
fn closed(cx: &Cx) -> Outcome {
    wrong(cx, "external_reference", "problem-customer-closed")
}

/// A refusal of one field, by the key of its text.
fn wrong(cx: &Cx, field: &str, key: &str) -> Outcome {
    Outcome::refused(field, cx.lang().t(key))
}

fn refused(cx: &Cx, prefix: &str, refusals: &[Refusal]) -> Outcome {
    let lang = cx.lang();
    let problems = refusals.iter().map(|one| (format!("{prefix}{}", one.field), lang.t(one.key)));
    let mut problems = problems.collect::<Vec<_>>().into_iter();
    let (field, sentence) = problems.next().unwrap_or_default();
    problems.fold(Outcome::refused(field, sentence), |outcome, (field, sentence)| {
        outcome.problem(field, sentence)
    })
}

/// The one customer a row means: by its reference, else by its VAT number and country.
async fn meant(cx: &Cx, row: &Row) -> Result<Result<Option<Customer>, Outcome>, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let reference = row.get("external_reference");
    if !reference.is_empty() {
        let named = (cx.caller().organisation_id.as_str(), reference);
        if let Some(known) = external::named(&db, scope, named).await? {
            return Ok(Ok(Some(known)));
        }
        let mut found = external::unclaimed(&db, scope, named).await?;
        match found.len() {
            0 => {}
            1 => return Ok(Ok(found.pop())),
            _ => return Ok(Err(wrong(cx, "external_reference", "import-ambiguous"))),
        }
    }
    let Some(Ok(details)) = read::draft(cx, row, Draft::default()).map(Draft::check) else {
        // What is wrong with it is told when it is read for good.
        return Ok(Ok(None));
    };
    let master = &details.master;
    if master.vat_number.is_empty() {
        return Ok(Ok(None));
    }
    let wanted = (master.vat_number.as_str(), master.country.as_str());
    let mut found = external::of_vat_number(&db, scope, wanted).await?;
    // A customer that another reference names already is another one.
    let other = |known: &Customer| {
        let theirs = &known.details.master.external_reference;
        !reference.is_empty() && !theirs.is_empty() && theirs != reference
    };
    match found.len() {
        0 => Ok(Ok(None)),
        1 if found.first().is_some_and(other) => {
            Ok(Err(wrong(cx, "vat_number", "import-other-reference")))
        }
        1 => Ok(Ok(found.pop())),
        _ => Ok(Err(wrong(cx, "vat_number", "import-ambiguous"))),
    }
}

/// The node a cell names by its id, a code or its name; none for an empty cell.
async fn assigned(cx: &Cx, cell: &str) -> Result<Result<Option<Node>, Outcome>, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    if cell.is_empty() {
        return Ok(Ok(None));
    }
    let id = if is_id(cell) {
        cell.to_owned()
    } else {
        let mut called = external::nodes_called(&db, scope, &fold(cell)).await?;
        if called.len() > 1 {
            return Ok(Err(wrong(cx, "organisation", "import-organisation-ambiguous")));
        }
        if let Some(id) = called.pop() {
            id
        } else {
            let code = store::codes::find(&db, cell).await?;
            code.map(|code| code.organisation_id).unwrap_or_default()
        }
    };
    // A node outside the caller's branch is as if there were none.
    match store::node(&db, scope, &id).await? {
        Some(node) => Ok(Ok(Some(node))),
        None => Ok(Err(wrong(cx, "organisation", "import-organisation-unknown"))),
    }
}

fn state(cx: &Cx, cell: &str, before: Option<&Customer>) -> Result<AccountState, Outcome> {
    let now = before.map(|before| before.state);
    let usual = now.unwrap_or_else(|| initial_state(cx.may(VALIDATE)));
    if cell.is_empty() {
        return Ok(usual);
    }
    let wanted = read::state(cell).ok_or_else(|| wrong(cx, "state", "field-option"))?;
    if wanted == usual {
        return Ok(usual);
    }
    let told = |key| Err(wrong(cx, "state", key));
    match now {
        _ if !cx.may(VALIDATE) => told("import-state-forbidden"),
        Some(from) if !may_follow(from, wanted) => told("field-state-move"),
        None if wanted == AccountState::Suspended => told("field-state-new"),
        _ => Ok(wanted),
    }
}

/// Why the state changes: asked for where the page of a customer asks for it.
fn reason(
    cx: &Cx,
    cell: &str,
    before: Option<&Customer>,
    to: AccountState,
) -> Result<String, Outcome> {
    match before {
        Some(before) if before.state != to => crate::state::reason(Act::of(before.state, to), cell)
            .map_err(|key| wrong(cx, "reason", key)),
        _ => Ok(String::new()),
    }
}

/// The contact and the site of a row, unless the customer has one of that name.
async fn new_parts(
    cx: &Cx,
    row: &Row,
    before: Option<&Customer>,
) -> Result<Result<Vec<(PartKind, Answers)>, Outcome>, Fault> {
    let mut new = Vec::new();
    for kind in [PartKind::Contact, PartKind::Site] {
        let Some(typed) = read::part(cx, row, kind) else { continue };
        let answers = match checked(kind, &typed) {
            Ok(answers) => answers,
            Err(refusals) => {
                let prefix = format!("{}_", kind.noun());
                return Ok(Err(refused(cx, &prefix, &refusals)));
            }
        };
        let name = fold(answers.get("name").map_or("", String::as_str));
        let known = match before {
            Some(before) => store::parts(&cx.db(), cx.scope(), kind, &before.customer_id).await?,
            None => Vec::new(),
        };
        if !known.iter().any(|part| fold(part.get("name")) == name) {
            new.push((kind, answers));
        }
    }
    Ok(Ok(new))
}
