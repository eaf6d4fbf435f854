//! Somebody who may write everywhere, and one thing of every kind to write about.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use cockpit_tests::branches::{Branches, Person, led_to};
use cockpit_tests::licences::{self, Issued};
use cockpit_tests::objects::{self, Kind, Objects};
use cockpit_tests::{Client, Cockpit, inventory_objects, licence_objects};
use reqwest::Method;
use serde_json::json;

use super::findings::Findings;
use super::routes;
use super::updates::Updates;
use crate::access::kinds;
use crate::access::routes::Route;

/// Pages for whoever is not signed in.
const OPEN: [&str; 6] = ["/login", "/forgot", "/invitation", "/reset", "/setup", "/sso"];

/// How paths begin that are no pages.
const NO_PAGES: [&str; 8] =
    ["/api/", "/assets/", "/.well-known", "/live", "/healthz", "/readyz", "/sso", "/u/"];
/// How paths of files end.
const FILES: [&str; 3] = ["/export", "/template", "/personal-data"];

/// How the paths of what ends a customer end. Each gets one of its own: the pages of the one that
/// everything else is about must be there until the end.
pub(super) const ENDS: [&str; 3] = ["/erase", "/merge", "/unisci"];

/// A demo with people and things.
pub(crate) struct World {
    /// The running product.
    pub(crate) cockpit: Arc<Cockpit>,
    /// What was wrong so far.
    pub(crate) findings: Findings,
    pub(super) routes: Vec<Route>,
    /// Who may do everything.
    pub(super) admin: Person,
    /// Who sees only the portal.
    pub(super) customer: Person,
    things: Objects,
    of_customer: Objects,
    /// Licences that some paths are about, by how these end or go on.
    special: Vec<(&'static str, Issued)>,
    /// Requests that are decided once only: over the API, and on the pages.
    requests: Vec<String>,
    updates: Updates,
    /// Somebody who can be given a licence.
    pub(super) receiver: String,
    /// Nobody.
    nobody: Client,
    serial: AtomicU32,
    begun: AtomicUsize,
}

impl World {
    pub(crate) async fn new() -> Arc<Self> {
        let (cockpit, routes) = routes::demo().await;
        let branches = Branches::of(&cockpit).await;
        let admin = branches.admin().clone();
        let vendor = &admin.organisation;
        // Not the admin himself: what he needs to go on must not be renamed or ended.
        let maker = branches.person("maker@naughty.example", "superadmin", vendor).await;
        let mut things = objects::of_node(&cockpit, &branches, &maker, "agent").await;
        let node = branches.node("rivenditore", "To be renamed", vendor).await;
        licence_objects::of_vendor(&mut things, &admin).await;
        inventory_objects::of_vendor(&mut things, &admin).await;
        let updates = Updates::of(&cockpit, &mut things, &admin).await;
        licensable(&mut things, &admin, &cockpit.told().product).await;
        things.forget(Kind::Organisation);
        things.add(Kind::Organisation, node);
        let account = branches.customer("Portal", vendor, "portal@naughty.example").await;
        let of_customer =
            objects::of_account(&cockpit, &branches, &account.id, &account.person).await;
        let products = admin.ids("/crm/products", "/crm/products/").await;
        things.add(Kind::Product, products.first().expect("a product"));
        let setting = "customer-accounts.registrations-per-hour";
        let fields = [("plugin", "customer-accounts"), (setting, "1000000")];
        admin.browser.submit("/system/settings", &fields).await.assert(303);
        let special = special(&cockpit, &admin, things.get(Kind::Customer).expect("one")).await;
        let body = json!({ "ragione_sociale": "Receiver", "stato": "convalidato" });
        let receiver = admin.software.post("/api/admin/clienti", &body).await.expect(201).json();
        let receiver = receiver["id"].as_str().expect("an id").to_owned();
        let mut rest = things.clone();
        let requests = std::iter::repeat_with(|| {
            rest.use_up(Kind::Request);
            rest.get(Kind::Request).expect("a request").to_owned()
        });
        let requests = requests.take(2).collect();
        let floating = special.first().expect("the one with seats");
        let taken = licences::device(&floating.1.key, "naughty");
        let taken = cockpit.anonymous().post("/api/licenze/posti", &taken).await.expect(201).json();
        things.forget(Kind::Seat);
        things.add(Kind::Seat, taken["posto"]["id"].as_str().expect("an id"));
        let nobody = cockpit.browser();
        Arc::new(Self {
            cockpit: Arc::new(cockpit),
            findings: Findings::default(),
            routes,
            admin,
            customer: account.person,
            things,
            of_customer,
            special,
            requests,
            updates,
            receiver,
            nobody,
            serial: AtomicU32::new(0),
            begun: AtomicUsize::new(0),
        })
    }

    /// A number that was not used yet.
    pub(super) fn serial(&self) -> String {
        self.serial.fetch_add(1, Ordering::Relaxed).to_string()
    }

    /// Where the words of one more form begin, so that forms which take only some of them take
    /// others than their neighbours.
    pub(super) fn begin(&self) -> usize {
        self.begun.fetch_add(1, Ordering::Relaxed) * 60
    }

    /// The browser of who may do everything.
    pub(crate) fn browser(&self) -> &Client {
        &self.admin.browser
    }

    /// Whose browser opens this path.
    pub(super) fn browser_for(&self, path: &str) -> &Client {
        let is_open = OPEN.iter().any(|open| path.starts_with(open));
        match (is_open, is_portal(path)) {
            (true, _) => &self.nobody,
            (_, true) => &self.customer.browser,
            _ => &self.admin.browser,
        }
    }

    /// The id of a thing, which is there.
    pub(super) fn id(&self, kind: Kind) -> &str {
        self.things.get(kind).unwrap_or_else(|| panic!("no {kind:?}"))
    }

    /// The path with a customer of its own where `place` ends one.
    pub(super) fn of_its_own(&self, place: &str, path: &str) -> String {
        match ENDS.iter().position(|end| place.ends_with(end)) {
            Some(at) => path.replace(self.id(Kind::Customer), &self.spare(at + 1)),
            None => path.to_owned(),
        }
    }

    /// The customer that goes into another one.
    pub(super) fn to_go(&self) -> String {
        self.spare(ENDS.len() + 1)
    }

    /// The customer after so many others.
    fn spare(&self, after: usize) -> String {
        let mut rest = self.things.clone();
        (0..after).for_each(|_| rest.use_up(Kind::Customer));
        rest.get(Kind::Customer).expect("a customer").to_owned()
    }

    /// An installation that nothing else is about.
    pub(super) fn another_installation(&self) -> String {
        let mut rest = self.things.clone();
        rest.use_up(Kind::Installation);
        rest.get(Kind::Installation).expect("an installation").to_owned()
    }

    /// A path with the ids of things, or none where there is no such thing.
    pub(super) fn filled(&self, path: &str) -> Option<String> {
        let things = if is_portal(path) { &self.of_customer } else { &self.things };
        let kinds = kinds::of(path).unwrap_or_else(|path| panic!("what is at {path}?"));
        let ids: Option<Vec<&str>> = kinds.into_iter().map(|kind| things.get(kind)).collect();
        if path.contains("/richieste/{id}/rifiuta")
            || path.starts_with("/crm/licence-requests/{id}")
        {
            let request = usize::from(path.starts_with("/crm/"));
            return Some(kinds::filled(path, [self.requests.get(request)?.as_str()]));
        }
        if let Some(ids) = self.updates.special(path) {
            return Some(kinds::filled(path, ids));
        }
        let special = self.special(path).map(|licence| licence.id.as_str());
        let ids = ids?.into_iter();
        Some(match special.filter(|_| !path.contains("/posti")) {
            Some(licence) => kinds::filled(path, [licence]),
            None => kinds::filled(path, ids),
        })
    }

    /// The licence that this path wants, if not any will do.
    pub(super) fn special(&self, path: &str) -> Option<&Issued> {
        let is_about_licences = path.contains("/licences/{id}") || path.contains("/licenze/");
        let found = self.special.iter().find(|(part, _)| path.contains(part));
        found.map(|(_, licence)| licence).filter(|_| is_about_licences)
    }

    /// The paths of pages: everything one can open that is neither a file nor the API.
    pub(crate) fn pages(&self) -> Vec<String> {
        let gets = self.routes.iter().filter(|route| route.method == Method::GET);
        let mut pages: Vec<String> = gets
            .filter(|route| {
                !NO_PAGES.iter().any(|beginning| route.path.starts_with(beginning))
                    && !FILES.iter().any(|end| route.path.ends_with(end))
            })
            .filter_map(|route| self.filled(&route.path))
            .collect();
        let product = &self.cockpit.told().product;
        let customer = self.id(Kind::Customer);
        let terms = format!("/crm/licences/new?cliente={customer}&prodotto={product}&continua=1");
        let many = format!("/crm/licences/bulk/new?cliente={customer}&prodotto={product}");
        pages.extend([terms, many]);
        pages.extend(self.updates.pages(product));
        let special = self.special.iter().filter(|(part, _)| *part != "/trasferisci");
        for (part, licence) in special {
            let page = format!("/crm/licences/{}", licence.id);
            pages.push(page.clone());
            // Some have a page of their own.
            let is_page = ["/seats", "/convert"].contains(part);
            pages.extend(is_page.then(|| format!("{page}{part}")));
        }
        pages
    }
}

/// Licences of other sorts than most.
async fn special(cockpit: &Cockpit, admin: &Person, customer: &str) -> Vec<(&'static str, Issued)> {
    let mut made = Vec::new();
    // Its seats stay out for as long as this test may take.
    let patient = json!({ "codice": "PATIENT", "nome": "Patient", "posto_secondi": 86_400 });
    admin.software.post("/api/admin/politiche", &patient).await.assert(201);
    let floating = json!({
        "associazione": "flottante", "posti": 50, "dispositivi": null, "politica": "PATIENT",
    });
    for (part, terms) in [
        ("/posti", floating),
        ("/disattiva", json!({})),
        ("/seats", json!({ "associazione": "flottante", "posti": 50, "dispositivi": null })),
        ("/users", json!({ "associazione": "utente", "posti": 50 })),
        ("/converti", json!({ "tipo": "trial", "durata_giorni": 30 })),
        ("/convert", json!({ "tipo": "trial", "durata_giorni": 30 })),
        ("/trasferisci", json!({})),
    ] {
        let mut order = licences::order(customer, &cockpit.told().product, 1);
        for (name, value) in terms.as_object().into_iter().flatten() {
            order[name] = value.clone();
        }
        let issued = admin.software.post("/api/admin/licenze", &order).await.expect(201).json();
        let text = |name: &str| issued[name].as_str().expect("a text").to_owned();
        if part == "/disattiva" {
            let (client, key) = (cockpit.anonymous(), text("chiave_licenza"));
            licences::activate(&client, &key, "x").await.assert(200);
        }
        made.push((part, Issued { id: text("id"), key: text("chiave_licenza") }));
    }
    made
}

/// Says what product the installation is, so that it can get a licence, and prepares a run for it.
async fn licensable(things: &mut Objects, admin: &Person, product: &str) {
    let installation = things.get(Kind::Installation).expect("an installation").to_owned();
    let fields = [("selected", &*installation), ("step", "decide"), ("product", product)];
    admin.browser.submit("/crm/installations/decide/product", &fields).await.assert(303);
    let fields = [("selected", &*installation)];
    let run = led_to(&admin.browser.submit("/crm/installations/regularise", &fields).await);
    things.forget(Kind::InventoryRun);
    things.add(Kind::InventoryRun, run);
}

fn is_portal(path: &str) -> bool {
    // What somebody asked others to issue is his, who works for a branch.
    path.starts_with("/crm/my-") && !path.starts_with("/crm/my-requests")
}
