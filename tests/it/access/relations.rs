//! For each role somebody who has it, and one object of every kind by how it relates to him.

use std::sync::Arc;

use cockpit_tests::Cockpit;
use cockpit_tests::branches::{Account, Branches, Person, ROOT};
use cockpit_tests::inventory_objects;
use cockpit_tests::licence_objects;
use cockpit_tests::objects::{self, Objects};
use cockpit_tests::update_objects;

/// Somebody with a role, and the objects of his node, of the one below it, next to it, above it.
#[derive(Debug, Clone)]
pub(super) struct Relations {
    /// His role.
    pub(super) role: &'static str,
    /// Himself.
    pub(super) person: Person,
    /// Of the branches in the order of [`NAMES`]; none where there is no such node.
    pub(super) objects: [Option<Objects>; 4],
}

/// How an object relates to who asks for it.
pub(super) const NAMES: [&str; 4] = ["own", "child", "sibling", "parent"];
/// The first two are within his branch, the others are not.
pub(super) const WITHIN: usize = 2;

/// A tree of its own for each role, so that what one does changes nothing for the others.
const TREES: [(&str, [&str; 3]); 3] = [
    ("reseller", ["", "rivenditore", "sotto_azienda"]),
    ("sub-company", ["rivenditore", "sotto_azienda", "agente"]),
    ("auditor", ["rivenditore", "sotto_azienda", "agente"]),
];

/// Everything of every role.
pub(super) async fn all(cockpit: &Arc<Cockpit>) -> Vec<Relations> {
    let branches = Arc::new(Branches::of(cockpit).await);
    let admin = branches.admin();
    let root = branches.maker("root@mx.example", ROOT).await;
    let of_root = objects::of_node(cockpit, &branches, &root, "agent").await;
    let mut tasks = tokio::task::JoinSet::new();
    for (role, kinds) in TREES {
        let (cockpit, branches) = (Arc::clone(cockpit), Arc::clone(&branches));
        let above = (role == "reseller").then(|| of_root.clone());
        tasks.spawn(async move { tree(&cockpit, &branches, role, kinds, above).await });
    }
    let (lent, same) = (Arc::clone(cockpit), Arc::clone(&branches));
    tasks.spawn(async move { agent(&lent, &same).await });
    let (lent, same) = (Arc::clone(cockpit), Arc::clone(&branches));
    tasks.spawn(async move { customer(&lent, &same).await });
    let below = node(cockpit, &branches, "below", "rivenditore", ROOT, "agent").await.1;
    let mut of_root = of_root;
    objects::own(&mut of_root, admin).await;
    licence_objects::of_vendor(&mut of_root, admin).await;
    inventory_objects::of_vendor(&mut of_root, admin).await;
    update_objects::of_vendor(cockpit, &mut of_root, admin).await;
    let mut found = tasks.join_all().await;
    found.push(Relations {
        role: "superadmin",
        person: admin.clone(),
        objects: [Some(of_root), Some(below), None, None],
    });
    found.sort_by_key(|one| one.role);
    found
}

/// A node with its objects: its id and they.
async fn node(
    cockpit: &Cockpit,
    all: &Branches,
    mark: &str,
    kind: &str,
    above: &str,
    role: &str,
) -> (String, Objects) {
    let id = all.node(kind, &format!("{mark} S.p.A."), above).await;
    let maker = all.maker(&format!("{mark}@mx.example"), &id).await;
    let objects = objects::of_node(cockpit, all, &maker, role).await;
    (id, objects)
}

/// The node above, the role's own, one below and one next to it.
async fn tree(
    cockpit: &Cockpit,
    all: &Branches,
    role: &'static str,
    [above, own, below]: [&str; 3],
    of_above: Option<Objects>,
) -> Relations {
    let (parent, of_parent) = match of_above {
        Some(objects) => (ROOT.to_owned(), objects),
        None => node(cockpit, all, &format!("{role}-parent"), above, ROOT, role).await,
    };
    let named = |relation: &str| format!("{role}-{relation}");
    let (id, mut of_own) = node(cockpit, all, &named("own"), own, &parent, role).await;
    let of_child = node(cockpit, all, &named("child"), below, &id, role).await.1;
    let of_sibling = node(cockpit, all, &named("sibling"), own, &parent, role).await.1;
    let person = all.person(&format!("{role}@mx.example"), role, &id).await;
    objects::own(&mut of_own, &person).await;
    // Requests are his own only if he made them.
    licence_objects::requests(cockpit, &mut of_own, &person.software).await;
    let objects = [of_own, of_child, of_sibling, of_parent].map(Some);
    Relations { role, person, objects }
}

/// An agent: below him are customers.
async fn agent(cockpit: &Cockpit, all: &Branches) -> Relations {
    let role = "agent";
    let (parent, of_parent) = node(cockpit, all, "agent-parent", "rivenditore", ROOT, role).await;
    let (id, mut of_own) = node(cockpit, all, "agent-own", "agente", &parent, role).await;
    let of_child = account(cockpit, all, "agent-child", &id).await.1;
    let of_sibling = node(cockpit, all, "agent-sibling", "agente", &parent, role).await.1;
    let person = all.person("agent@mx.example", role, &id).await;
    objects::own(&mut of_own, &person).await;
    // Requests are his own only if he made them.
    licence_objects::requests(cockpit, &mut of_own, &person.software).await;
    Relations { role, person, objects: [of_own, of_child, of_sibling, of_parent].map(Some) }
}

/// A customer: nothing is below him.
async fn customer(cockpit: &Cockpit, all: &Branches) -> Relations {
    let (above, of_parent) = node(cockpit, all, "customer-parent", "agente", ROOT, "agent").await;
    let (Account { person, .. }, mut of_own) = account(cockpit, all, "customer", &above).await;
    let of_sibling = account(cockpit, all, "customer-sibling", &above).await.1;
    objects::own(&mut of_own, &person).await;
    let objects = [Some(of_own), None, Some(of_sibling), Some(of_parent)];
    Relations { role: "customer", person, objects }
}

async fn account(cockpit: &Cockpit, all: &Branches, mark: &str, above: &str) -> (Account, Objects) {
    let email = format!("{mark}.a@mx.example");
    let account = all.customer(&format!("{mark} S.r.l."), above, &email).await;
    let objects = objects::of_account(cockpit, all, &account.id, &account.person).await;
    (account, objects)
}
