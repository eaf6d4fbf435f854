//! The routes of the running product, each asked with the ids of somebody's objects.

use cockpit_tests::branches::Person;
use cockpit_tests::objects::{self, Kind, Objects};
use cockpit_tests::{Answer, Place};
use reqwest::Method;
use serde_json::{Value, json};

use super::kinds;

/// What is sent with every form, so that those which ask something back get to the object.
const FIELDS: [(&str, &str); 11] = [
    ("version", "1"),
    ("versione", "1"),
    ("motivo", "To see who may"),
    ("way", "up"),
    ("enabled", "true"),
    ("attivazione", NOBODYS),
    ("azione", "suspend"),
    ("state", "suspended"),
    ("reason", "To see who may"),
    ("person", NOBODYS),
    ("barred", "true"),
];

/// The same for some forms only, by how their paths end.
const ENDINGS: [(&str, &[(&str, &str)]); 6] = [
    ("/paid", &[("pagamento", NOBODYS), ("data", "2026-11-22"), ("metodo", "bonifico")]),
    ("/requests/{id}/free", &[("codice", "8QK3M-7ZT0P")]),
    ("/seats/free", &[("posto", NOBODYS)]),
    ("/seats/reserve", &[("tipo", "user"), ("nome", "Anna")]),
    ("/seats/unreserve", &[("riserva", NOBODYS)]),
    ("/users", &[("azione", "free"), ("utente", NOBODYS)]),
];
const NOBODYS: &str = "00000000-0000-7000-8000-00000000ffff";

/// How the paths of routes end that leave nothing for those that come after them.
const USING_UP: [&str; 14] = [
    "annulla", "approva", "approve", "delete", "dismiss", "erase", "forget", "refuse", "revoca",
    "revoke", "rifiuta", "undo", "unisci", "withdraw",
];

/// A route as the registry knows it.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    pub(crate) method: Method,
    /// With its parameters.
    pub(crate) path: String,
    /// Whether nobody in particular may call it, with or without a credential.
    pub(super) is_open: bool,
    /// What its parameters name.
    pub(super) kinds: Vec<Kind>,
}

impl Route {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(super) fn is_reading(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// Whether its answer depends on whose object it names.
    pub(super) fn names_objects(&self) -> bool {
        self.kinds.iter().any(|kind| !kinds::is_nobodys(*kind))
    }

    /// What is sent over the API: as little as gets to the object.
    fn body(&self) -> Value {
        match self.path.split('/').nth(5) {
            Some("contatti" | "sedi") => json!({ "nome": "Somebody" }),
            Some("note") => json!({ "testo": "Something" }),
            Some("rifiuta") => json!({ "motivo": "To see who may" }),
            Some("trasferisci") => json!({ "cliente": objects::missing(Kind::Customer) }),
            Some("unisci") => json!({ "altro": objects::missing(Kind::Customer) }),
            _ => json!({}),
        }
    }

    /// What is sent with its form.
    fn fields(&self) -> Vec<(&'static str, &'static str)> {
        let of_it = ENDINGS.iter().find(|(ending, _)| self.path.ends_with(ending));
        let of_it = of_it.map(|(_, fields)| *fields).unwrap_or_default();
        let others = FIELDS.iter().filter(|(name, _)| !of_it.iter().any(|(own, _)| own == name));
        others.chain(of_it).copied().collect()
    }

    /// Whether it leaves nothing for those that come after it.
    pub(super) fn uses_up(&self) -> bool {
        let last = self.path.rsplit('/').next().unwrap_or_default();
        self.method == Method::DELETE || USING_UP.contains(&last)
    }

    /// Later ones would leave nothing for the others.
    pub(super) fn rank(&self) -> usize {
        const LAST: [&str; 15] = [
            "mapping", "back", "stop", "apply", "switch", "settle", "reopen", "reverse", "revoke",
            "withdraw", "disable", "suspend", "end", "riprendi", "sospendi",
        ];
        if self.is_reading() {
            return 0;
        }
        let last = self.path.rsplit('/').next().unwrap_or_default();
        let is_of_many = self.path.ends_with("/sessions/end") || last == "logout";
        match LAST.iter().position(|known| *known == last) {
            Some(_) if is_of_many => LAST.len() + 4,
            Some(at) => at + 2,
            None if self.uses_up() => LAST.len() + 2 + usize::from(!last.starts_with("delete")),
            None => 1,
        }
    }

    /// The ids of a branch for its parameters, if the branch has such objects.
    pub(super) fn ids<'a>(&self, of: &'a Objects) -> Option<Vec<&'a str>> {
        self.kinds.iter().map(|kind| id_of(*kind, of)).collect()
    }

    pub(super) fn missing(&self) -> Vec<&'static str> {
        self.kinds.iter().map(|kind| objects::missing(*kind)).collect()
    }

    pub(super) async fn asked(&self, by: &Person, ids: &[&str]) -> Answer {
        let path = kinds::filled(&self.path, ids.iter().copied());
        let is_api = path.starts_with("/api/");
        let client = if is_api { &by.software } else { &by.browser };
        let request = client.request(self.method.clone(), &path);
        let request = match (self.is_reading(), is_api) {
            (true, _) => request,
            (false, true) => request.header("if-match", "\"1\"").json(&self.body()),
            (false, false) => request.form(&self.fields()),
        };
        client.send(request).await
    }
}

/// The first of a kind that a branch has; of what is nobody's there is always one.
pub(super) fn id_of(kind: Kind, of: &Objects) -> Option<&str> {
    of.get(kind).or(kinds::is_nobodys(kind).then(|| objects::missing(kind)))
}

/// Every route of what is installed in `place`, as it tells itself.
pub(crate) fn routes(place: &Place) -> Vec<Route> {
    let told: Value = serde_json::from_str(&place.cockpit(&["routes", "--json"]).success())
        .expect("routes are JSON");
    let read = |told: &Value| {
        let text = |name: &str| told[name].as_str().unwrap_or_else(|| panic!("{told}"));
        let path = text("path").to_owned();
        let kinds = kinds::of(&path)
            .unwrap_or_else(|unknown| panic!("kinds.rs does not say what {unknown} names"));
        let is_open = told["access"] == "public" || told["access"] == "credential";
        let method = Method::from_bytes(text("method").as_bytes()).expect("a method");
        Route { method, path, is_open, kinds }
    };
    let mut routes: Vec<Route> = told.as_array().expect("a list").iter().map(read).collect();
    assert!(routes.len() > 200, "{routes:?}");
    routes.sort_by_key(|route| (route.rank(), route.path.clone(), route.method.to_string()));
    routes
}
