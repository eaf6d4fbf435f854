//! Ids in bodies, forms and questions: those of another branch answer as if there were no such
//! thing, and nothing of the other branch changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use cockpit_tests::branches::{Branches, Person, ROOT};
use cockpit_tests::objects::{self, Kind, Objects};
use cockpit_tests::{Answer, Client, Cockpit, Setup, html, licences, normal};
use reqwest::Method;
use serde_json::json;

/// `method path body`: `{customer}` and others of [`ids`] are somebody else's, or nobody's;
/// `{own customer}` and the like are one's own. A body is JSON or a form.
const ASKED: &[&str] = &[
    r#"POST /api/admin/licenze {"cliente":"{customer}","prodotto":"{product}","tipo":"permanente"}"#,
    r#"POST /api/admin/licenze {"cliente":"{own customer}","prodotto":"{product}","tipo":"permanente","organizzazione":"{organisation}"}"#,
    r#"POST /api/admin/licenze {"cliente":"{own customer}","prodotto":"{product}","tipo":"permanente","agente":"{organisation}"}"#,
    r#"PATCH /api/admin/licenze/{own licence} {"organizzazione":"{organisation}"}"#,
    r#"PATCH /api/admin/licenze/{own licence} {"agente":"{organisation}"}"#,
    r#"POST /api/admin/licenze/{own licence}/converti {"tipo":"permanente","agente":"{organisation}"}"#,
    r#"POST /api/admin/licenze/{own licence}/assegna {"organizzazione":"{organisation}"}"#,
    r#"POST /api/admin/licenze/{own licence}/assegna {"agente":"{organisation}"}"#,
    r#"POST /api/admin/licenze/{own licence}/assegna {"cliente":"{customer}"}"#,
    r#"POST /api/admin/licenze/{own licence}/trasferisci {"cliente":"{customer}"}"#,
    r#"POST /api/admin/licenze/{own licence}/trasferisci {"cliente":"{customer}","dispositivi":"libera"}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"sospendi","ids":["{licence}"]}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"riprendi","ids":["{licence}"]}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"revoca","ids":["{licence}"]}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"conferma","ids":["{licence}"]}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"rinnova","ids":["{licence}"],"rinnovo":{"periodo":12,"riferimento":"r"}}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"assegna","ids":["{licence}"],"agente":"{own organisation}"}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"assegna","ids":["{own licence}"],"agente":"{organisation}"}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"assegna","ids":["{own licence}"],"organizzazione":"{organisation}"}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"trasferisci","ids":["{licence}"],"cliente":"{own customer}"}"#,
    r#"POST /api/admin/licenze/azioni {"azione":"trasferisci","ids":["{own licence}"],"cliente":"{customer}"}"#,
    r#"POST /api/admin/licenze/massiva {"quantita":2,"licenza":{"cliente":"{customer}","prodotto":"{product}","tipo":"permanente"}}"#,
    r#"POST /api/admin/licenze/massiva {"quantita":2,"licenza":{"cliente":"{own customer}","prodotto":"{product}","tipo":"permanente","agente":"{organisation}"}}"#,
    r#"POST /api/admin/licenze/massiva {"quantita":2,"licenza":{"cliente":"{own customer}","prodotto":"{product}","tipo":"permanente","organizzazione":"{organisation}"}}"#,
    r#"POST /api/admin/licenze/massiva {"clienti":["{own customer}","{customer}"],"licenza":{"prodotto":"{product}","tipo":"permanente"}}"#,
    r#"POST /api/admin/richieste {"motivo":"m","licenza":{"cliente":"{customer}","prodotto":"{product}","tipo":"permanente"}}"#,
    r#"POST /api/admin/richieste {"motivo":"m","licenza":{"cliente":"{own customer}","prodotto":"{product}","tipo":"permanente","agente":"{organisation}"}}"#,
    r#"POST /api/admin/richieste {"motivo":"m","licenza":{"cliente":"{own customer}","prodotto":"{product}","tipo":"permanente","organizzazione":"{organisation}"}}"#,
    r#"PUT /api/licenze/posti/{seat} {"chiave_licenza":"{own key}"}"#,
    r#"DELETE /api/licenze/posti/{seat} {"chiave_licenza":"{own key}"}"#,
    "GET /api/admin/licenze?cliente={customer}",
    "GET /api/admin/licenze?lotto={bulk}",
    "GET /api/admin/licenze/{own licence}/spiega?dispositivo={activation}",
    "GET /api/statistiche?cliente={customer}",
    "GET /api/statistiche?organizzazione={organisation}",
    "GET /api/statistiche/utilizzo?cliente={customer}",
    "GET /crm/licences?lotto={bulk}",
    "GET /crm/licences?cliente={customer}",
    "GET /crm/licences/new?come={licence}",
    "GET /crm/licences/new?cliente={customer}&prodotto={product}",
    "GET /crm/licences/new?cliente={customer}&prodotto={product}&continua=1",
    "GET /crm/licences/bulk/new?cliente={customer}&prodotto={product}",
    "GET /crm/licences/bulk/new?come={licence}",
    "GET /crm/licences/dashboard?organizzazione={organisation}",
    "GET /crm/licences/{own licence}/transfer?cliente={customer}",
    "POST /crm/licences/new cliente={customer}&prodotto={product}&tipo=permanente",
    "POST /crm/licences/new cliente={own customer}&prodotto={product}&tipo=permanente&dispositivi=1&agente={organisation}",
    "POST /crm/licences/new cliente={own customer}&prodotto={product}&tipo=permanente&dispositivi=1&organizzazione={organisation}",
    "POST /crm/licences/preview cliente={customer}&prodotto={product}&tipo=permanente&dispositivi=1",
    "POST /crm/licences/preview cliente={own customer}&prodotto={product}&tipo=permanente&dispositivi=1&agente={organisation}",
    "POST /crm/licences/quick modello={quick}&cliente={customer}&prodotto={product}",
    "POST /crm/licence-requests/send cliente={customer}&prodotto={product}&tipo=permanente&dispositivi=1&motivo=m",
    "POST /crm/licence-requests/send cliente={own customer}&prodotto={product}&tipo=permanente&dispositivi=1&motivo=m&agente={organisation}",
    "POST /crm/licences/bulk/new cliente={customer}&prodotto={product}&tipo=permanente&dispositivi=1&quantita=2",
    "POST /crm/licences/bulk/new cliente={own customer}&prodotto={product}&tipo=permanente&dispositivi=1&quantita=2&agente={organisation}",
    "POST /crm/licences/bulk/new prodotto={product}&tipo=permanente&dispositivi=1&elenco=customers&lista={customer}",
    "POST /crm/licences/bulk/act/suspend selected={licence}",
    "POST /crm/licences/bulk/act/resume selected={licence}",
    "POST /crm/licences/bulk/act/renew selected={licence}",
    "POST /crm/licences/bulk/act/end selected={licence}",
    "POST /crm/licences/bulk/act/assign selected={licence}",
    "POST /crm/licences/bulk/act/revoke selected={licence}",
    "POST /crm/licences/bulk/act/revoke all=true&matching=lotto%3D{bulk}",
    "POST /crm/licences/{own licence}/transfer cliente={customer}&dispositivi=mantieni",
    "POST /crm/licences/{own licence}/change prodotto={product}&dispositivi=3&agente={organisation}",
    "POST /crm/licences/{own licence}/change/preview prodotto={product}&dispositivi=3&agente={organisation}",
    "POST /crm/licences/{own licence}/free attivazione={activation}",
    "POST /crm/licences/{own licence}/clone attivazione={activation}",
    "POST /crm/licences/{own licence}/users azione=free&utente={person}",
    "POST /crm/licences/{own licence}/users azione=bar&utente={person}",
    "POST /crm/licences/{own floating}/seats/free posto={seat}",
    "POST /crm/licences/{own floating}/seats/unreserve riserva={seat}",
    "GET /api/admin/installazioni?cliente={customer}",
    "GET /api/admin/registrazioni?installazione={installation}",
    "GET /api/statistiche/registrazioni?cliente={customer}",
    "GET /crm/installations?cliente={customer}",
    "GET /crm/registrations?installazione={installation}",
    "POST /crm/installations/regularise selected={installation}",
    "POST /crm/installations/{own installation}/licence/link licenza={licence}",
    "POST /crm/licences/{own licence}/paid pagamento={payment}&data=2026-11-22&metodo=bonifico",
    r#"POST /api/admin/gettoni-aggiornamenti {"licenza":"{licence}"}"#,
    r#"POST /api/admin/gettoni-aggiornamenti {"licenza":"{key}"}"#,
    "GET /api/admin/gettoni-aggiornamenti?licenza=%3D{licence}",
    "GET /crm/update-addresses?licenza=%3D{licence}",
    "POST /crm/update-addresses/new licenza={licence}",
    "POST /crm/update-addresses/new licenza={key}",
];

/// The ids of a branch by name.
type Ids = BTreeMap<&'static str, String>;

/// What stands for the names of [`ASKED`] in this branch.
async fn ids(cockpit: &Cockpit, maker: &Person, of: &Objects) -> Ids {
    let get = |kind| of.get(kind).unwrap_or_else(|| panic!("no {kind:?}")).to_owned();
    let customer = get(Kind::Customer);
    let mut ids = Ids::from([
        ("organisation", get(Kind::Organisation)),
        ("licence", get(Kind::Licence)),
        ("bulk", get(Kind::Bulk)),
        ("installation", get(Kind::Installation)),
        ("quick", objects::missing(Kind::Quick).to_owned()),
        ("product", cockpit.told().product.clone()),
    ]);
    let field = async |page: &str, ending: &str, name: &str| {
        let page = maker.browser.get(page).await.expect(200);
        let form = page.form_to(ending).fields.into_iter().find(|(known, _)| known == name);
        form.unwrap_or_else(|| panic!("{ending} has no {name}")).1
    };
    let page = format!("/crm/licences/{}", ids["licence"]);
    ids.insert("activation", field(&page, "/free", "attivazione").await);
    floating(cockpit, maker, &customer, &mut ids).await;
    let mut order = licences::order(&customer, &cockpit.told().product, 1);
    order["utenti"] = 2.into();
    order["associazione"] = "utente".into();
    let named = maker.software.post("/api/admin/licenze", &order).await.expect(201).json();
    let page = format!("/crm/licences/{}", named["id"].as_str().expect("an id"));
    let reserved = [("azione", "reserve"), ("nome", "Anna")];
    maker.browser.submit(&format!("{page}/users"), &reserved).await.assert(303);
    ids.insert("person", field(&page, "/users", "utente").await);
    order = licences::order(&customer, &cockpit.told().product, 1);
    order["prezzo"] = json!({ "importo": 1000, "valuta": "EUR" });
    order["pagamento_entro"] = "2027-01-31".into();
    let later = maker.software.post("/api/admin/licenze", &order).await.expect(201).json();
    let page = format!("/crm/licences/{}", later["id"].as_str().expect("an id"));
    ids.insert("payment", field(&page, "/paid", "pagamento").await);
    ids.insert("customer", customer);
    ids
}

async fn floating(cockpit: &Cockpit, maker: &Person, customer: &str, ids: &mut Ids) {
    let mut order = licences::order(customer, &cockpit.told().product, 1);
    order["associazione"] = "flottante".into();
    order["posti"] = 2.into();
    let floating = maker.software.post("/api/admin/licenze", &order).await.expect(201).json();
    let text = |name: &str| floating[name].as_str().expect(name).to_owned();
    let device = licences::device(&text("chiave_licenza"), &format!("{customer} seated"));
    let taken = cockpit.anonymous().post("/api/licenze/posti", &device).await.expect(201).json();
    ids.insert("seat", taken["posto"]["id"].as_str().expect("a seat").to_owned());
    ids.insert("floating", text("id"));
    ids.insert("key", text("chiave_licenza"));
}

/// Sends a line of [`ASKED`]; where it leads somewhere, that page too, and starts what waits there.
async fn ask(person: &Person, line: &str, own: &Ids, others: &Ids) -> String {
    let mut line = line.to_owned();
    for (name, id) in own {
        line = line.replace(&format!("{{own {name}}}"), id);
        if *name == "product" || *name == "quick" {
            line = line.replace(&format!("{{{name}}}"), id);
        }
    }
    for (name, id) in others {
        line = line.replace(&format!("{{{name}}}"), id);
    }
    assert!(!line.contains("={") && !line.contains("\"{"), "{line}");
    let mut words = line.splitn(3, ' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, path, body) = (word(), word(), word());
    let is_api = path.starts_with("/api/");
    let client = if is_api { &person.software } else { &person.browser };
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let mut request = client.request(method, &path);
    if !body.is_empty() {
        let (kind, body) = match (is_api, path.ends_with("/bulk/new")) {
            (true, _) => ("application/json", body),
            (_, true) => ("multipart/form-data; boundary=part", multipart(&body)),
            _ => ("application/x-www-form-urlencoded", body),
        };
        request = request.header("content-type", kind).header("if-match", "*").body(body);
    }
    let answer = client.send(request).await;
    let mut told = compared(answer.clone(), others);
    let location = answer.header("location").to_owned();
    if answer.status == 303 && location.starts_with('/') {
        let page = client.get(&location).await;
        let starts = html::forms(&page.body).iter().any(|form| form.action.ends_with("/start"));
        told.push_str(&compared(page, others));
        if starts {
            told.push_str(&compared(started(client, &location).await, others));
        }
    }
    told
}

/// The fields of a form that may carry a file, too.
fn multipart(form: &str) -> String {
    let part = |field: &str| {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    form.split('&').map(part).chain(["--part--\r\n".to_owned()]).collect()
}

async fn started(client: &Client, run: &str) -> Answer {
    let fields = [("scadenza", "2030-01-01"), ("mesi", "12")];
    client.submit(&format!("{run}/start"), &fields).await;
    client.get(run).await
}

fn compared(mut answer: Answer, ids: &Ids) -> String {
    answer.headers.remove("set-cookie");
    for (name, id) in ids.iter().filter(|(name, _)| **name != "product") {
        answer.body = answer.body.replace(id, &format!("<{name}>"));
    }
    normal::answer(&answer)
}

/// What the superadmin sees of the other branch.
async fn seen(admin: &Person, ids: &Ids) -> Vec<String> {
    let mut seen = Vec::new();
    for path in [
        format!("/api/admin/licenze/{}", ids["licence"]),
        format!("/api/admin/licenze/{}", ids["floating"]),
        format!("/api/admin/licenze?cliente={}&limit=100", ids["customer"]),
        format!("/api/admin/clienti/{}", ids["customer"]),
        format!("/crm/licences/bulk/{}", ids["bulk"]),
        format!("/api/admin/installazioni/{}", ids["installation"]),
        format!("/crm/licences/{}/seats", ids["floating"]),
    ] {
        let client = if path.starts_with("/api/") { &admin.software } else { &admin.browser };
        let answer = client.get(&path).await.expect(200);
        seen.push(format!("{path}: {}", normal::answer(&answer)));
    }
    seen
}

#[tokio::test]
async fn ids_of_another_branch_are_like_none_in_bodies_too() {
    let cockpit = Arc::new(Cockpit::demo(Setup::PLAIN).await);
    let branches = Branches::of(&cockpit).await;
    let admin = branches.admin();
    admin.browser.get("/").await.assert(200);
    let mut both = Vec::new();
    for mark in ["own", "other"] {
        let node = branches.node("rivenditore", &format!("{mark} S.p.A."), ROOT).await;
        let maker = branches.maker(&format!("{mark}@bx.example"), &node).await;
        let of = objects::of_node(&cockpit, &branches, &maker, "agent").await;
        let mut known = ids(&cockpit, &maker, &of).await;
        let quick = admin.ids("/crm/quick-keys", "/crm/quick-keys/").await;
        known.insert("quick", quick.first().expect("a button").clone());
        both.push((maker, known));
    }
    let (_, other) = both.pop().expect("the other");
    let (person, own) = both.pop().expect("his own");
    let shared = ["product", "quick"];
    let other: Ids = other.into_iter().filter(|(name, _)| !shared.contains(name)).collect();
    let none: Ids =
        other.keys().map(|name| (*name, objects::missing(Kind::Licence).to_owned())).collect();
    let before = seen(admin, &other).await;
    let mut wrong = Vec::new();
    for line in ASKED {
        let foreign = ask(&person, line, &own, &other).await;
        let missing = ask(&person, line, &own, &none).await;
        // All names that are nobody's have one id, so the comparison does without them.
        let plain = |told: &str| {
            other
                .keys()
                .fold(told.to_owned(), |told, name| told.replace(&format!("<{name}>"), "<asked>"))
        };
        let (foreign, missing) = (plain(&foreign), plain(&missing));
        let status = foreign.lines().next().unwrap_or_default().to_owned();
        eprintln!("{status} {line}");
        if foreign != missing || foreign.contains("500 Internal") {
            wrong.push(format!("{line}\n{}", differing(&foreign, &missing)));
        }
    }
    for (was, is) in before.iter().zip(seen(admin, &other).await) {
        if *was != is {
            wrong.push(format!("changed: {}", differing(was, &is)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let told = cockpit.told();
    no_secrets(&cockpit, admin, &[&own["key"], &other["key"], &told.activation_key]).await;
}

/// Neither the log of the server nor its audit log tells an activation key.
async fn no_secrets(cockpit: &Cockpit, admin: &Person, keys: &[&str]) {
    let audit = admin.browser.get("/system/audit/export?format=json").await.expect(200).body;
    assert!(audit.contains("licence.created"), "the audit log tells nothing of licences");
    for (place, text) in [("log", cockpit.log()), ("audit log", audit)] {
        for key in keys {
            let bare = key.replace('-', "");
            assert!(!text.contains(key) && !text.contains(&bare), "the {place} tells a key");
        }
    }
}

/// The lines that only one of them has.
fn differing(one: &str, other: &str) -> String {
    let only = |of: &str, from: &str, sign: &str| {
        let lines = of.lines().filter(|line| !from.lines().any(|known| known == *line));
        lines.map(|line| format!("  {sign} {line:.600}")).collect::<Vec<_>>().join("\n")
    };
    format!("{}\n{}", only(one, other, "+"), only(other, one, "-"))
}
