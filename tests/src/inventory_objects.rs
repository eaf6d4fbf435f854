//! What the inventory knows of a branch, and what only the vendor sorts out.

use serde_json::{Value, json};

use crate::branches::{Branches, Person, led_to};
use crate::client::Client;
use crate::objects::{Kind, Objects};
use crate::server::Cockpit;

/// Installations of a branch.
const INSTALLATIONS: usize = 4;
/// Runs that were prepared, one for each way to go on with one.
const RUNS: usize = 3;

/// A program reports itself; answers the id of its installation.
pub async fn reported(anonymous: &Client, software: &Client, of: &str, company: &str) -> String {
    let report = json!({
        "nome_software": "Somebody's program", "versione": "1.0", "id_installazione": of,
        "cliente": { "ragione_sociale": company },
    });
    anonymous.post("/api/registrazione-software", &report).await.assert(201);
    let list = format!("/api/admin/installazioni?id_installazione={of}");
    first(software, &list).await
}

/// Says of an installation that it is this customer's; only the vendor's people may.
pub async fn assign(admin: &Person, installation: &str, customer: &str) {
    let fields = [("selected", installation), ("step", "decide"), ("account", customer)];
    admin.browser.submit("/crm/installations/decide/assign", &fields).await.assert(303);
}

/// Makes installations of a customer, with their reports and notes.
pub(crate) async fn of_customer(
    cockpit: &Cockpit,
    all: &Branches,
    made: &mut Objects,
    customer: &str,
) {
    let admin = all.admin();
    for n in 0..INSTALLATIONS {
        let own = format!("{customer} {n}");
        let installation = reported(&cockpit.anonymous(), &admin.software, &own, customer).await;
        assign(admin, &installation, customer).await;
        let list = format!("/api/admin/registrazioni?installazione={installation}");
        made.add(Kind::Report, first(&admin.software, &list).await);
        if n == 0 {
            let page = format!("/crm/installations/{installation}");
            for text in ["One", "Two"] {
                let fields = [("testo", text)];
                admin.browser.submit(&format!("{page}/notes"), &fields).await.assert(303);
            }
            for note in admin.ids(&page, &format!("{page}/notes/")).await {
                made.add(Kind::InstallationNote, note);
            }
        }
        made.add(Kind::Installation, installation);
    }
}

/// What somebody who may give licences decided about his installations, and prepares for them.
pub(crate) async fn decided(made: &mut Objects, maker: &Person) {
    let installation = made.get(Kind::Installation).expect("an installation").to_owned();
    let licence = made.get(Kind::Licence).expect("a licence").to_owned();
    let page = format!("/crm/installations/{installation}/licence");
    for linked in [true, false] {
        let way = if linked { "link" } else { "unlink" };
        let fields = [("licenza", &*licence)];
        maker.browser.submit(&format!("{page}/{way}"), &fields).await.assert(303);
    }
    let decisions = maker.ids("/crm/inventory-decisions", "/crm/inventory-decisions/").await;
    assert!(decisions.len() > 1, "{decisions:?}");
    for decision in decisions {
        made.add(Kind::Decision, decision);
    }
    for _ in 0..RUNS {
        let fields = [("selected", &*installation)];
        let run = maker.browser.submit("/crm/installations/regularise", &fields).await;
        made.add(Kind::InventoryRun, led_to(&run));
    }
}

/// Names and what is in quarantine: the vendor's people sort them out.
pub async fn of_vendor(made: &mut Objects, admin: &Person) {
    for (kind, list) in [
        (Kind::Company, "/crm/companies"),
        (Kind::Software, "/crm/software"),
        (Kind::Quarantined, "/crm/registrations-quarantine"),
    ] {
        let found = admin.ids(list, &format!("{list}/")).await;
        assert!(!found.is_empty(), "the demo has none in {list}");
        for one in found {
            made.add(kind, one);
        }
    }
    let software = made.get(Kind::Software).expect("a name").to_owned();
    let page = format!("/crm/software/{software}");
    let fields = [("from", "990"), ("to", "999"), ("rule_product", "TO-SEE")];
    admin.browser.submit(&format!("{page}/rules"), &fields).await.assert(303);
    let rules = admin.ids(&page, &format!("{page}/rules/")).await;
    made.add(Kind::VersionRule, rules.first().expect("a rule"));
}

async fn first(software: &Client, list: &str) -> String {
    let found: Value = software.get(list).await.expect(200).json();
    found["dati"][0]["id"].as_str().unwrap_or_else(|| panic!("{list}: {found}")).to_owned()
}
