//! The organisation tree of a test: a vendor, two resellers, and what lies below the first.

use cockpit_database::Database;
use plugin_api::Fault;
use plugin_api::db::{NewOrganisation, Statement};

use crate::clock::START;

/// Id of the root of the tree: the vendor.
pub const ROOT: &str = "00000000-0000-7000-8000-000000000001";

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id, what rows carry as `organisation_id`.
    pub id: String,
    /// Materialised path, `/…/…/`.
    pub path: String,
    /// `vendor`, `reseller`, `sub_company`, `agent` or `customer`.
    pub kind: String,
    /// What people call it.
    pub name: String,
}

impl Node {
    fn root() -> Self {
        Self {
            id: ROOT.to_owned(),
            path: format!("/{}/", step(ROOT)),
            kind: "vendor".to_owned(),
            name: "Vendor".to_owned(),
        }
    }

    pub(crate) fn below(parent: &Self, id: &str, kind: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            path: format!("{}{}/", parent.path, step(id)),
            kind: kind.to_owned(),
            name: name.to_owned(),
        }
    }

    pub(crate) fn as_new(&self, parent_id: &str) -> NewOrganisation {
        NewOrganisation {
            organisation_id: self.id.clone(),
            parent_id: parent_id.to_owned(),
            kind: self.kind.clone(),
            name: self.name.clone(),
        }
    }
}

/// The nodes every harness begins with.
#[derive(Debug, Clone)]
pub struct Organisations {
    /// The root.
    pub vendor: Node,
    /// A reseller below the vendor.
    pub reseller: Node,
    /// A company below [`reseller`](Self::reseller).
    pub sub_company: Node,
    /// An agent below [`sub_company`](Self::sub_company).
    pub agent: Node,
    /// Another reseller: must never see anything of the first one's branch, nor be seen.
    pub sibling: Node,
}

impl Organisations {
    pub(crate) fn new() -> Self {
        let id = |n: u8| format!("00000000-0000-7000-8000-0000000000{n:02}");
        let vendor = Node::root();
        let reseller = Node::below(&vendor, &id(2), "reseller", "Reseller A");
        let sub_company = Node::below(&reseller, &id(3), "sub_company", "Sub-company of A");
        let agent = Node::below(&sub_company, &id(4), "agent", "Agent of A");
        let sibling = Node::below(&vendor, &id(5), "reseller", "Reseller B");
        Self { vendor, reseller, sub_company, agent, sibling }
    }

    /// All of them.
    pub fn all(&self) -> [&Node; 5] {
        [&self.vendor, &self.reseller, &self.sub_company, &self.agent, &self.sibling]
    }

    pub(crate) async fn insert(&self, database: &Database) -> Result<(), Fault> {
        let above = [None, Some(&self.vendor), Some(&self.reseller), Some(&self.sub_company)];
        let above = above.into_iter().chain([Some(&self.vendor)]);
        let rows = self.all().into_iter().zip(above);
        let rows = rows.map(|(node, parent)| row(node, parent).render(database.dialect()));
        database.batch(rows.collect()).await.map(drop)
    }
}

/// How an id stands in a path.
pub(crate) fn step(id: &str) -> String {
    id.replace('-', "")
}

fn row(node: &Node, parent: Option<&Node>) -> Statement {
    Statement::new(
        "insert into host_organisation \
         (organisation_id, parent_id, path, kind, name, name_folded, created_at) \
         values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&node.id)
    .bind(parent.map(|parent| parent.id.as_str()))
    .bind(&node.path)
    .bind(&node.kind)
    .bind(&node.name)
    .bind(plugin_api::table::fold(&node.name))
    .bind(START)
}
