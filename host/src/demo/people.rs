//! The organisation tree of a demo, three levels deep, with somebody who signs in at each level.

use std::collections::BTreeMap;
use std::sync::Arc;

use plugin_api::contracts::accounts::{self, AccountState};
use plugin_api::{Cx, FaultKind, Scope};
use serde_json::{Map, Value, json};

use super::secrets::{Person, Secrets};
use crate::cli::Failure;
use crate::people::organisations::{self, NewNode};
use crate::people::tokens::{self, NewToken};
use crate::people::users::{self, NewUser};
use crate::state::{State, system_caller};
use crate::store;
use crate::store::organisations::{Organisation, ROOT};

/// A level of the tree and who signs in there.
struct Level {
    /// Its member of `demo.json`.
    name: &'static str,
    kind: &'static str,
    /// The level above it; empty for the vendor.
    above: &'static str,
    organisation: &'static str,
    role: &'static str,
    person: &'static str,
    email: &'static str,
}

/// The levels, each after the one above it.
const LEVELS: [Level; 4] = [
    Level {
        name: "reseller",
        kind: "reseller",
        above: "",
        organisation: "Nordest Informatica S.r.l.",
        role: "reseller",
        person: "Bruno Riva",
        email: "bruno@nordest.example",
    },
    Level {
        name: "sub_company",
        kind: "sub_company",
        above: "reseller",
        organisation: "Nordest Trieste",
        role: "sub-company",
        person: "Carla Furlan",
        email: "carla@nordest.example",
    },
    Level {
        name: "agent",
        kind: "agent",
        above: "sub_company",
        organisation: "Agenzia Dario Cossutta",
        role: "agent",
        person: "Dario Cossutta",
        email: "dario@nordest.example",
    },
    Level {
        name: SIBLING,
        kind: "reseller",
        above: "",
        organisation: "Ponente Software S.p.A.",
        role: "reseller",
        person: "Elena Parodi",
        email: "elena@ponente.example",
    },
];

/// The customer's member of `demo.json`, who signs in for the agent's first customer.
const CUSTOMER: &str = "customer";

/// The member of `demo.json` for the reseller beside the first one.
const SIBLING: &str = "sibling";

/// The ids of the nodes by level, for the samples of plugins.
pub(super) type Nodes = BTreeMap<&'static str, String>;

/// Makes the nodes that are missing, with their people.
pub(super) async fn tree(
    state: &Arc<State>,
    cx: &Cx,
    secrets: &mut Secrets,
) -> Result<Nodes, Failure> {
    let mut nodes = Nodes::new();
    for level in LEVELS {
        let above = nodes.get(level.above).map_or(ROOT, String::as_str).to_owned();
        let id = node(cx, &level, &above).await?;
        let person = NewUser {
            email: level.email.to_owned(),
            name: level.person.to_owned(),
            roles: vec![level.role.to_owned()],
            organisation_id: id.clone(),
            ..NewUser::default()
        };
        sign_in(state, cx, secrets, level.name, person).await?;
        nodes.insert(level.name, id);
    }
    Ok(nodes)
}

async fn node(cx: &Cx, level: &Level, above: &str) -> Result<String, Failure> {
    let below = store::organisations::below(&cx.db(), cx.scope(), above).await?;
    let is_it = |node: &&Organisation| node.name == level.organisation && node.kind == level.kind;
    if let Some(known) = below.iter().find(is_it) {
        return Ok(known.organisation_id.clone());
    }
    let new = NewNode {
        name: level.organisation.to_owned(),
        kind: level.kind.to_owned(),
        parent_id: above.to_owned(),
    };
    Ok(organisations::create(cx, &new).await.map_err(plugin_api::Problem::from)?)
}

/// Makes the user of the agent's first validated customer; without a plugin that keeps customers
/// there is none.
pub(super) async fn customer(
    state: &Arc<State>,
    cx: &Cx,
    secrets: &mut Secrets,
    nodes: &Nodes,
) -> Result<(), Failure> {
    let Some(agent) = nodes.get("agent") else { return Ok(()) };
    let Some(agent) = store::organisations::find(&cx.db(), cx.scope(), agent).await? else {
        return Ok(());
    };
    let caller = plugin_api::Caller { scope: Scope::branch(agent.path), ..system_caller("demo") };
    let asked = accounts::Search { text: String::new(), limit: 100 };
    let mut found = match state.cx(caller).service(&accounts::SEARCH, &asked).await {
        Err(fault) if fault.kind == FaultKind::Unavailable => return Ok(()),
        found => found?,
    };
    found.retain(|account| account.state == AccountState::Validated);
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let Some(account) = found.into_iter().next() else { return Ok(()) };
    let person = NewUser {
        email: "franca@cliente.example".to_owned(),
        name: "Franca Zorzi".to_owned(),
        roles: vec!["customer".to_owned()],
        organisation_id: account.organisation_id,
        ..NewUser::default()
    };
    sign_in(state, cx, secrets, CUSTOMER, person).await
}

/// Makes a user and his token unless they are there; what he signs in with is kept first.
async fn sign_in(
    state: &Arc<State>,
    cx: &Cx,
    secrets: &mut Secrets,
    name: &str,
    new: NewUser,
) -> Result<(), Failure> {
    let person = secrets.people.entry(name.to_owned()).or_insert_with(|| Person::fresh(cx));
    person.email.clone_from(&new.email);
    let password = person.password.clone();
    secrets.write(&state.config)?;
    let known = store::users::by_email(&cx.db(), cx.scope(), &new.email).await?;
    let is_new = known.is_none();
    let (user_id, organisation) = if let Some(user) = known {
        (user.user_id, user.organisation_id)
    } else {
        let organisation = new.organisation_id.clone();
        (users::create(state, cx, &NewUser { password, ..new }).await?, organisation)
    };
    let person = secrets.people.entry(name.to_owned()).or_insert_with(|| Person::fresh(cx));
    person.organisation = organisation;
    if is_new || person.token.is_empty() {
        let new = NewToken { user_id, name: "demo".to_owned(), ..NewToken::default() };
        (_, person.token) = tokens::create(state, cx, &new).await?;
    }
    secrets.write(&state.config)
}

/// What `demo.json` says of them.
pub(super) fn describe(secrets: &Secrets, told: &mut Map<String, Value>) {
    let said = |person: &Person| {
        json!({ "email": person.email, "password": person.password, "token": person.token,
            "organisation": person.organisation })
    };
    let roles: Map<String, Value> = secrets
        .people
        .iter()
        .filter(|(name, _)| *name != SIBLING)
        .map(|(name, person)| (name.clone(), said(person)))
        .collect();
    told.insert("roles".to_owned(), roles.into());
    if let Some(sibling) = secrets.people.get(SIBLING) {
        told.insert(SIBLING.to_owned(), said(sibling));
    }
}
