//! The operations of the API that take a body, as its own document tells them.

use std::collections::BTreeSet;

use cockpit_tests::licences;
use cockpit_tests::objects::Kind;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::submit::{Round, Sent, times};
use super::world::World;

/// How often a body that was refused is corrected and sent again.
const CORRECTIONS: usize = 10;

/// Members that name what must be there already.
const REFERENCES: [&str; 8] = [
    "/cliente",
    "/altro",
    "/prodotto",
    "/sopra",
    "/chiave_licenza",
    "/chiave_computer",
    "/ramo",
    "/permessi/0",
];

/// Members that are cleaned up, cut into words or answered in another form, and free ones.
const CHANGED: [&str; 9] = [
    "/etichette/0",
    "/sito_web",
    "/valuta",
    "/chiave_computer",
    "/partita_iva",
    "/codice_sdi",
    "/codice_fiscale",
    "/data",
    "*",
];

/// Members of the answer that are another thing than what was sent under their name: what never
/// changes, the note of a version, what becomes of devices, the newest version, and why somebody asked.
const OTHER: [(&str, &str); 9] = [
    ("PATCH /api/admin/politiche/{id}", "/codice"),
    ("PATCH /api/admin/politiche/{id}", "/prodotto"),
    ("PATCH /api/admin/politiche/{id}", "/nota"),
    ("POST /api/admin/politiche", "/nota"),
    ("POST /api/admin/licenze/{id}/trasferisci", "/dispositivi"),
    ("POST /api/admin/prodotti", "/versione"),
    ("PATCH /api/admin/prodotti/{id}", "/versione"),
    ("POST /api/admin/richieste/{id}/approva", "/motivo"),
    ("POST /api/admin/richieste/{id}/rifiuta", "/motivo"),
];

/// An operation with a body.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) method: Method,
    /// With its parameters.
    pub(super) path: String,
    /// A body that makes sense.
    example: Value,
    /// Where texts stand in it (RFC 6901).
    texts: Vec<String>,
}

/// All of them.
pub(super) async fn all(world: &World) -> Vec<Operation> {
    let document = world.admin.software.get("/api/openapi.json").await.expect(200).json();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let media = &operation["requestBody"]["content"]["application/json"];
            let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else { continue };
            if media.is_null() {
                continue;
            }
            let schema = resolved(&document, &media["schema"]);
            let mut texts = Vec::new();
            leaves(&document, &media["schema"], "", &mut texts);
            let examples = [&media["example"], &schema["example"]].into_iter();
            let mut examples = examples.filter(|example| !example.is_null());
            let example = examples.next().cloned();
            let mut example = example.unwrap_or_else(|| json!({}));
            known(world, path, &schema["properties"], &mut example);
            found.push(Operation { method, path: path.clone(), example, texts });
        }
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|name| document.pointer(name.trim_start_matches('#'))) {
        Some(found) => resolved(document, found),
        None => schema,
    }
}

/// Where texts can stand: not where only some words are allowed, but in every list and object.
fn leaves(document: &Value, schema: &Value, pointer: &str, found: &mut Vec<String>) {
    let schema = resolved(document, schema);
    for branch in ["oneOf", "anyOf", "allOf"] {
        for one in schema[branch].as_array().into_iter().flatten() {
            leaves(document, one, pointer, found);
        }
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        leaves(document, member, &format!("{pointer}/{name}"), found);
    }
    if !schema["items"].is_null() {
        leaves(document, &schema["items"], &format!("{pointer}/0"), found);
    }
    let is_free = schema["properties"].is_null() && is(schema, "object");
    if is_free {
        // Whatever it is called.
        found.push(format!("{pointer}/*"));
    } else if is(schema, "string") && schema["enum"].is_null() {
        found.push(pointer.to_owned());
    }
}

/// Whether something can be of this type.
fn is(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::String(one) => one == kind,
        Value::Array(all) => all.iter().any(|one| one == kind),
        _ => false,
    }
}

/// What the document cannot know: what is there. References to what is not there are left out.
fn known(world: &World, path: &str, properties: &Value, body: &mut Value) {
    let told = world.cockpit.told();
    let is_transfer = ["/trasferisci", "/assegna"].iter().any(|end| path.ends_with(end));
    let customer = if is_transfer { &world.receiver } else { world.id(Kind::Customer) };
    let key = world.special(path).map_or(&told.activation_key, |licence| &licence.key);
    for (name, value) in [
        ("cliente", json!(customer)),
        ("altro", json!(world.to_go())),
        ("prodotto", json!(told.product)),
        ("sopra", json!(world.admin.organisation)),
        ("chiave_licenza", json!(key)),
        ("dispositivo", json!({ "impronta": "x", "nome": "y" })),
        ("canale", json!(told.updates.channel)),
        ("riferimento", Value::Null),
        ("codice_rivenditore", Value::Null),
    ] {
        if !properties[name].is_null() {
            body[name] = value;
        }
    }
    if path.ends_with("/assegna") {
        body["agente"] = json!(world.admin.organisation);
    }
    if is(&properties["licenza"], "string") {
        // The id of one of this customer, which may be missing.
        body["licenza"] = Value::Null;
    } else if !properties["licenza"].is_null() {
        body["licenza"] = licences::order(world.id(Kind::Customer), &told.product, 1);
    }
    if path == "/api/admin/licenze/{id}"
        && let Some(members) = body.as_object_mut()
    {
        // Those of the example are another product's.
        members.remove("moduli");
    }
    if path.ends_with("/massiva") {
        body["quantita"] = json!(1);
    }
    if body["tipo"].is_null() && !properties["alla_scadenza"].is_null() {
        body["tipo"] = "permanente".into();
    }
}

impl Operation {
    /// What takes it, for messages.
    pub(super) fn place(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Sends it so often that all words go through it, within the limits, with the words from
    /// `begin` on.
    pub(super) async fn all(
        &self,
        world: &World,
        words: &[String],
        limits: (usize, usize),
        begin: usize,
    ) -> Sent {
        let mut sent = Sent { place: self.place(), ..Sent::default() };
        for number in 0..times(words.len(), self.texts.len(), limits) {
            sent.times += 1;
            let round = Round::new(words, begin + number, self.texts.len());
            let mut refused = BTreeSet::new();
            for _ in 0..=CORRECTIONS {
                let before = refused.len();
                match self.once(world, &round, &mut refused).await {
                    Ok(()) => {
                        sent.taken += 1;
                        break;
                    }
                    Err(refusal) => sent.refusal = refusal,
                }
                if refused.len() == before {
                    break;
                }
            }
        }
        sent
    }

    /// Sends it once; a refusal is told, and what was refused noted.
    async fn once(
        &self,
        world: &World,
        round: &Round<'_>,
        refused: &mut BTreeSet<String>,
    ) -> Result<(), String> {
        let place = self.place();
        let body = self.body(round, refused, &world.serial());
        let words: Vec<&str> = (0..self.texts.len()).map(|n| round.word(n)).collect();
        // A reference of another system is a word of somebody too.
        let path = self.path.replace("{rif}", &encoded(round.word(self.texts.len())));
        let Some(path) = world.filled(&path) else {
            return Err("there is no such thing".to_owned());
        };
        let path = world.of_its_own(&place, &path);
        // Nobody makes a token with a token.
        let is_token = self.path == "/api/admin/token";
        let client = if is_token { &world.admin.browser } else { &world.admin.software };
        let request = client.request(self.method.clone(), &path);
        // Any version there is; by a reference one makes what is not there yet.
        let is_new = self.path.ends_with("{rif}");
        let request = if is_new { request } else { request.header("if-match", "*") };
        let answer = world.findings.ask(&place, request.json(&body), &words).await;
        if answer.status < 400 {
            self.is_there(world, &path, &body, &answer).await;
            return Ok(());
        }
        let is_problem = answer.header("content-type").starts_with("application/problem+json");
        if !is_problem {
            world.findings.note(&place, "refuses without a problem", &format!("{words:?}"));
            return Err(answer.status.to_string());
        }
        let before = refused.len();
        let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
        if errors.is_empty() {
            // It names something that is not there.
            refused.extend(self.texts.iter().filter(|text| is_reference(text)).cloned());
        }
        for pointer in errors.iter().filter_map(|error| error["pointer"].as_str()) {
            let inside = |text: &&String| {
                let text = text.trim_end_matches("/*");
                pointer.starts_with(text) || text.starts_with(pointer)
            };
            refused.extend(self.texts.iter().filter(inside).cloned());
        }
        if refused.len() == before {
            // Lists that contradict each other, or something else.
            refused.extend(self.texts.iter().filter(|text| text.contains("/0")).cloned());
        }
        Err(format!("{} {}", answer.status, answer.body))
    }

    fn body(&self, round: &Round<'_>, refused: &BTreeSet<String>, serial: &str) -> Value {
        let mut body = self.example.clone();
        for (number, pointer) in self.texts.iter().enumerate() {
            let word = round.word(number);
            if !refused.contains(pointer) {
                put(&mut body, pointer, word);
            } else if pointer.ends_with("email") {
                put(&mut body, pointer, &format!("n{serial}@naughty.example"));
            }
        }
        body
    }

    /// What was taken is there, and every text of it as it was sent.
    async fn is_there(
        &self,
        world: &World,
        path: &str,
        body: &Value,
        answer: &cockpit_tests::Answer,
    ) {
        let is_record = path.starts_with("/api/admin/");
        if answer.body.is_empty() || !is_record {
            return;
        }
        let place = format!("{}: what was taken", self.place());
        let told = answer.json();
        let is_other = |pointer: &str| OTHER.contains(&(&*self.place(), pointer));
        let is_changed = |pointer: &str| CHANGED.iter().any(|end| pointer.ends_with(end));
        let kept = |pointer: &&String| !is_changed(pointer) && !is_other(pointer);
        for pointer in self.texts.iter().filter(kept) {
            let (sent, got) = (body.pointer(pointer), told.pointer(pointer));
            let (Some(sent), Some(got)) = (sent.and_then(Value::as_str), got) else { continue };
            let got = got.as_str().unwrap_or_default();
            // A code names the same thing in capitals too, and is answered as that thing writes it.
            let is_named = is_reference(pointer) && sent.eq_ignore_ascii_case(got);
            if !is_named && !is_same(sent, got) {
                let example = format!("{sent:?} became {got:?}");
                world.findings.note(&place, &format!("has another {pointer}"), &example);
            }
        }
        let Some(id) = told["id"].as_str().filter(|_| self.method == Method::POST) else { return };
        let one = format!("{path}/{id}");
        if super::routes::at(&world.routes, &Method::GET, &one).is_none() {
            return;
        }
        let request = world.admin.software.request(Method::GET, &one);
        let again = world.findings.ask(&place, request, &[] as &[&str]).await;
        if again.status != 200 {
            world.findings.note(&place, &format!("answers {}", again.status), &one);
            return;
        }
        let again = again.json();
        for (name, value) in told.as_object().into_iter().flatten().filter(|(_, v)| v.is_string()) {
            // Its customer has another name by now, or its job is further on.
            let is_job = name == "stato" && path.ends_with("/massiva");
            let is_foreign = name == "cliente_nome" || is_job;
            if !is_foreign && again[name] != *value {
                let example = format!("{value} became {}", again[name]);
                world.findings.note(&place, &format!("was read with another {name}"), &example);
            }
        }
    }
}

/// Whether words at this place name something that must be there.
fn is_reference(pointer: &str) -> bool {
    REFERENCES.iter().any(|name| pointer.ends_with(name))
}

/// Blanks around a text and the kind of line end are nobody's words, and where nobody wrote anything something may be set.
fn is_same(sent: &str, got: &str) -> bool {
    let ends = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    sent.trim().is_empty() || ends(sent) == ends(got)
}

/// Writes a text at a place, with the objects and lists around it.
fn put(body: &mut Value, pointer: &str, word: &str) {
    let mut at = body;
    for name in pointer.split('/').skip(1) {
        if name == "0" {
            if at.as_array().is_none_or(Vec::is_empty) {
                *at = json!([null]);
            }
            at = &mut at[0];
            continue;
        }
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let name = if name == "*" { word } else { name };
        at = &mut at[name];
    }
    *at = word.into();
}

fn encoded(word: &str) -> String {
    let bytes = word.bytes().map(|byte| format!("%{byte:02X}"));
    // Nothing, "." and ".." would be other paths.
    if word.trim_matches('.').is_empty() { "none".to_owned() } else { bytes.collect() }
}

#[test]
fn texts_are_written_where_they_belong() {
    let mut body = json!({ "a": 1, "list": ["x"] });
    for pointer in ["/a/b", "/list/0", "/new/0", "/free/*"] {
        put(&mut body, pointer, "w");
    }
    let wanted = json!({ "a": { "b": "w" }, "list": ["w"], "new": ["w"], "free": { "w": "w" } });
    assert_eq!(body, wanted);
    assert_eq!(encoded("a/é"), "%61%2F%C3%A9");
}
