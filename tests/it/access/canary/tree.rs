//! The nodes, who reads there, and which customer is where.

use std::path::PathBuf;

use cockpit_tests::branches::{Branches, Person, ROOT};
use cockpit_tests::demo::Member;
use cockpit_tests::{Client, Cockpit, licences, objects};
use serde_json::json;

/// What every canary begins with, so that searching for it finds all of them.
pub(super) const START: &str = "cnry";

/// A node of the tree.
pub(super) struct Node {
    pub(super) id: String,
    /// The place of the node above it; the root is above itself.
    pub(super) above: usize,
}

/// Somebody who reads.
pub(super) struct Reader {
    pub(super) email: String,
    /// The place of his node, or of the customer he belongs to.
    pub(super) at: At,
    pub(super) browser: Client,
    pub(super) software: Client,
}

/// Where somebody, or a word, belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// To a node.
    Node(usize),
    /// To a customer.
    Customer(usize),
}

/// A customer with a word of its own.
pub(super) struct Customer {
    pub(super) id: String,
    /// The place of the node that looks after it.
    pub(super) at: usize,
    /// The customer it was merged into.
    pub(super) merged: Option<usize>,
    pub(super) licence: String,
}

/// A word that was written somewhere.
pub(super) struct Canary {
    pub(super) word: String,
    pub(super) at: At,
}

/// Everything.
pub(super) struct Tree {
    pub(super) branches: Branches,
    pub(super) admin: Person,
    pub(super) mails: PathBuf,
    pub(super) product: String,
    pub(super) anonymous: Client,
    pub(super) nodes: Vec<Node>,
    pub(super) customers: Vec<Customer>,
    pub(super) canaries: Vec<Canary>,
    pub(super) members: Vec<Reader>,
}

impl Tree {
    /// The tree of the demo and a little more, each node with customers of its own.
    pub(super) async fn planted(cockpit: &Cockpit) -> Self {
        let branches = Branches::of(cockpit).await;
        let admin = branches.admin().clone();
        let told = cockpit.told();
        let node = |id: &str, above| Node { id: id.to_owned(), above };
        let mut nodes = vec![
            node(ROOT, 0),
            node(&told.roles.reseller.organisation, 0),
            node(&told.sibling.organisation, 0),
            node(&told.roles.sub_company.organisation, 1),
            node(&told.roles.agent.organisation, 3),
        ];
        let second = branches.node("sotto_azienda", "Ponente Est", &nodes[2].id).await;
        nodes.push(node(&second, 2));
        let mut tree = Self {
            mails: cockpit.place.data().join("mail"),
            product: told.product.clone(),
            anonymous: cockpit.anonymous(),
            customers: Vec::new(),
            canaries: Vec::new(),
            members: Vec::new(),
            branches,
            admin,
            nodes,
        };
        let members: [(&Member, usize); 4] = [
            (&told.roles.reseller, 1),
            (&told.sibling, 2),
            (&told.roles.sub_company, 3),
            (&told.roles.agent, 4),
        ];
        for (member, at) in members {
            let person = Person::of(&cockpit.url, &member.email, &member.password).await;
            tree.reads(person, At::Node(at));
        }
        for (email, role, at) in
            [("second@mx.example", "sub-company", 5), ("auditor@mx.example", "auditor", 1)]
        {
            let person = tree.branches.person(email, role, &tree.nodes[at].id).await;
            tree.reads(person, At::Node(at));
        }
        for n in 0..tree.nodes.len() * 2 {
            tree.customer(n % tree.nodes.len()).await;
        }
        for (customer, email) in [(4, "four@mx.example"), (5, "five@mx.example")] {
            let person = tree.branches.invited(&tree.customers[customer].id, email).await;
            tree.reads(person, At::Customer(customer));
        }
        tree
    }

    fn reads(&mut self, person: Person, at: At) {
        let Person { email, browser, software, .. } = person;
        self.members.push(Reader { email, at, browser, software });
    }

    /// A new word.
    pub(super) fn word(&mut self, at: At) -> String {
        let word = format!("{START}{:04}x", self.canaries.len());
        self.canaries.push(Canary { word: word.clone(), at });
        word
    }

    /// Makes a customer of a node, whose word stands in everything that is known of it.
    pub(super) async fn customer(&mut self, at: usize) {
        let customer = self.customers.len();
        let word = self.word(At::Customer(customer));
        let body = json!({
            "ragione_sociale": format!("{word} S.r.l."), "email": format!("{word}@c.example"),
            "indirizzo": { "via": format!("Via {word}"), "citta": word },
            "etichette": [word], "note": word, "assegnato_a": self.nodes[at].id,
            "riferimento_esterno": word,
            "stato": if customer % 3 == 2 { "in_attesa" } else { "convalidato" },
        });
        let made = self.admin.software.post("/api/admin/clienti", &body).await.expect(201).json();
        let id = made["id"].as_str().expect("an id").to_owned();
        let issued = licences::issue(&self.admin.software, &id, &self.product, 5).await;
        licences::activate(&self.anonymous, &issued.key, &word).await;
        let licence = issued.id;
        self.customers.push(Customer { id, at, merged: None, licence });
    }

    /// The customer that another one is by now.
    pub(super) fn survivor(&self, mut customer: usize) -> usize {
        while let Some(into) = self.customers[customer].merged {
            customer = into;
        }
        customer
    }

    /// Whether the node `above` is `node` or lies above it.
    fn covers(&self, above: usize, mut node: usize) -> bool {
        while node != above && node != 0 {
            node = self.nodes[node].above;
        }
        node == above
    }

    /// Whether a reader may see what belongs somewhere.
    pub(super) fn may_see(&self, reader: usize, what: At) -> bool {
        let what = match what {
            At::Customer(customer) => At::Customer(self.survivor(customer)),
            node @ At::Node(_) => node,
        };
        match (self.members[reader].at, what) {
            (At::Node(own), At::Node(node)) => self.covers(own, node),
            (At::Node(own), At::Customer(customer)) => {
                self.covers(own, self.customers[customer].at)
            }
            (At::Customer(own), At::Customer(customer)) => self.survivor(own) == customer,
            (At::Customer(_), At::Node(_)) => false,
        }
    }

    /// The words a text has that this reader may not see.
    pub(super) fn forbidden<'a>(&'a self, reader: usize, text: &str) -> Vec<&'a str> {
        self.words(text).filter(|canary| !self.may_see(reader, canary.at)).map(word).collect()
    }

    /// The words a text has that are his.
    pub(super) fn allowed<'a>(&'a self, reader: usize, text: &str) -> Vec<&'a str> {
        self.words(text).filter(|canary| self.may_see(reader, canary.at)).map(word).collect()
    }

    fn words(&self, text: &str) -> impl Iterator<Item = &Canary> {
        let text = text.to_lowercase();
        self.canaries.iter().filter(move |canary| text.contains(&canary.word))
    }

    /// Imports a file of customers by somebody of a node.
    pub(super) async fn import(&mut self, reader: usize) {
        let At::Node(node) = self.members[reader].at else { return };
        let word = self.word(At::Node(node));
        let csv = format!("ragione_sociale,note\n{word} imported,{word}\n");
        objects::upload(&self.members[reader].browser, &csv).await;
    }
}

fn word(canary: &Canary) -> &str {
    &canary.word
}
