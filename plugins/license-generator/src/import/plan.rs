//! What is to be done with a row: which licence it means, and what that one becomes.

use plugin_api::contracts::accounts::{self, Account, Enter, Missing};
use plugin_api::form::sentence;
use plugin_api::import::{Field, Outcome, Row};
use plugin_api::table::fold;
use plugin_api::{Cx, Fault, FaultKind};

use super::read;
use crate::api::key_hash;
use crate::domain::choices::{Binding, Origin};
use crate::domain::device::Fingerprint;
use crate::domain::draft::{Draft, Rejection};
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::policy::InForce;
use crate::domain::state::StoredState;
use crate::issue::{self, NotIssued, Order, Quote};
use crate::legacy::LegacyKey;
use crate::{policies, store};

/// Separates the keyed hashes of what was imported from others.
const PURPOSE: &str = "imported-licence";
/// Longest external id, in characters.
const LONGEST_ID: usize = 200;

/// Which licence a row means.
#[derive(Debug)]
pub(super) enum Target {
    /// None that is there.
    New,
    /// This one, which the row says nothing new about.
    Same(Box<Licence>),
    /// This one, which is to be changed.
    Other(Box<Licence>),
}

/// What is to be done. Keys are credentials, so it is not `Debug`.
pub(super) struct Plan {
    /// Which licence is meant.
    pub(super) target: Target,
    /// The licence as it is to be; none where nothing is written, or where its customer is still to
    /// be entered.
    pub(super) order: Option<Order>,
    /// What people call it.
    pub(super) name: String,
    /// How the other system calls it; may be empty.
    pub(super) external_id: String,
    /// The key as it was typed; may be empty.
    pub(super) key_text: String,
    /// The activation key it keeps.
    pub(super) own: Option<ActivationKey>,
    /// The old key it is exchanged for.
    pub(super) legacy: Option<LegacyKey>,
    /// Where it stands.
    pub(super) state: StoredState,
    /// Devices that have a seat.
    pub(super) devices: Vec<Fingerprint>,
    /// What they are called.
    pub(super) device_name: String,
    /// Keyed hash of what the row is known by.
    pub(super) identity: String,
    /// Keyed hash of what it says.
    pub(super) content: String,
}

/// The plan for a row, or why it is refused; `writing` enters a customer who is not there.
pub(super) async fn plan(
    cx: &Cx,
    row: &Row,
    writing: bool,
) -> Result<Result<Plan, Outcome>, Fault> {
    let wrong = |field: &'static str, key: &str| Ok(Err(Outcome::refused(field, cx.lang().t(key))));
    let (own, legacy) = match keys(row) {
        Ok(keys) => keys,
        Err((field, key)) => return wrong(field, key),
    };
    let external_id = row.get("external_id").to_owned();
    if external_id.chars().nth(LONGEST_ID).is_some() {
        return wrong("external_id", "field-too-long");
    }
    let mut draft = match read::draft(row) {
        Ok(draft) => draft,
        Err((field, key)) => return wrong(field, key),
    };
    let Some(state) = read::state(row.get("state")) else { return wrong("state", "field-option") };
    let key_text = key_text(own, legacy.as_ref());
    if external_id.is_empty() && key_text.is_empty() {
        return wrong("external_id", "import-no-identity");
    }
    let identity = if external_id.is_empty() {
        format!("key {key_text}")
    } else {
        format!("id {external_id}")
    };
    let identity = mac(cx, &identity).await?;
    let content = mac(cx, &content(row)).await?;
    let known = match known(cx, &identity, (own, legacy.as_ref())).await? {
        Ok(known) => known,
        Err((field, key)) => return wrong(field, key),
    };
    let account = match customer(cx, row, writing).await? {
        Ok(account) => account,
        Err(refused) => return Ok(Err(refused)),
    };
    draft.cliente = Some(account.as_ref().map_or("new", |account| &account.account_id).to_owned());
    draft.agente = match agent(cx, row.get("agent")).await? {
        Ok(agent) => agent,
        Err(key) => return wrong("agent", key),
    };
    let devices: Vec<Fingerprint> = fingerprints(row.get("active_devices"));
    let order = match order(cx, draft, account.is_some(), &devices).await? {
        Ok(order) => order,
        Err(refused) => return Ok(Err(refused)),
    };
    let target = match known {
        None => Target::New,
        Some((licence, digest)) if digest == content => Target::Same(Box::new(licence)),
        Some((licence, _)) => {
            let account = account.as_ref().map(|account| account.account_id.as_str());
            if account != Some(licence.account_id.as_str()) {
                return wrong("customer", "import-other-customer");
            }
            Target::Other(Box::new(licence))
        }
    };
    let customer = account.map_or_else(|| row.get("customer").to_owned(), |account| account.name);
    let name = format!("{} · {customer}", row.get("product"));
    let device_name = row.get("device_name").chars().take(200).collect();
    Ok(Ok(Plan {
        target,
        order,
        name,
        external_id,
        key_text,
        own,
        legacy,
        state,
        devices,
        device_name,
        identity,
        content,
    }))
}

/// The key that is kept, and the one that is exchanged; what is written like ours is kept.
fn keys(row: &Row) -> Result<(Option<ActivationKey>, Option<LegacyKey>), read::Wrong> {
    let (mut own, mut legacy) = (None, None);
    for field in ["key", "legacy_key"] {
        let cell = row.get(field);
        if cell.is_empty() {
            continue;
        }
        let is_second = match ActivationKey::parse(cell) {
            Some(key) => own.replace(key).is_some(),
            None => match LegacyKey::parse(cell) {
                Some(key) => legacy.replace(key).is_some(),
                None => return Err((field, "import-key-wrong")),
            },
        };
        if is_second {
            return Err((field, "import-key-twice"));
        }
    }
    Ok((own, legacy))
}

fn key_text(own: Option<ActivationKey>, legacy: Option<&LegacyKey>) -> String {
    own.map(ActivationKey::canonical)
        .or_else(|| legacy.map(LegacyKey::canonical))
        .unwrap_or_default()
}

/// What a row says, so that the same again is known.
fn content(row: &Row) -> String {
    let ids = super::fields::FIELDS.iter().map(Field::id);
    ids.map(|id| format!("{id}={}", row.get(id))).collect::<Vec<_>>().join("\u{1f}")
}

async fn mac(cx: &Cx, text: &str) -> Result<String, Fault> {
    Ok(plugin_api::hex(&cx.mac(PURPOSE, text.as_bytes()).await?))
}

/// The licence a row means, with the digest of what was imported for it.
async fn known(
    cx: &Cx,
    identity: &str,
    (own, legacy): (Option<ActivationKey>, Option<&LegacyKey>),
) -> Result<Result<Option<(Licence, String)>, read::Wrong>, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let owner = cx.caller().organisation_id.clone();
    let imported = store::legacy::imported(&db, (&owner, identity)).await?;
    let own = match own {
        Some(key) => key_hash(cx, key).await?,
        None => String::new(),
    };
    let legacy = match legacy {
        Some(key) => key.hash(cx).await?,
        None => String::new(),
    };
    let imported_id = imported.as_ref().map(|imported| imported.licence_id.clone());
    for (own, legacy) in [(own.as_str(), ""), ("", legacy.as_str())] {
        let holder = store::legacy::holder(&db, own, legacy).await?;
        if holder.is_some() && holder != imported_id {
            return Ok(Err(("key", "import-key-taken")));
        }
    }
    let Some(imported) = imported else { return Ok(Ok(None)) };
    // One that was deleted or moved out of the branch is not entered a second time.
    match store::licences::get(&db, scope, &imported.licence_id).await? {
        Some(licence) => Ok(Ok(Some((licence, imported.content_hash)))),
        None => Ok(Err(("external_id", "import-licence-gone"))),
    }
}

/// The customer of a row; none if he is to be entered and nothing is written yet.
async fn customer(
    cx: &Cx,
    row: &Row,
    writing: bool,
) -> Result<Result<Option<Account>, Outcome>, Fault> {
    let name = row.get("customer");
    if uuid_like(name) {
        let asked = accounts::Find { account_id: name.to_owned() };
        let found = cx.service(&accounts::FIND, &asked).await?;
        let unknown = || Outcome::refused("customer", cx.lang().t("import-customer-unknown"));
        return Ok(found.map(Some).ok_or_else(unknown));
    }
    let enters = match read::yes(row.get("enter_customer")) {
        Some(yes) => yes,
        None => cx.setting("import-enters-customers").await?,
    };
    let missing = match (enters, writing) {
        (false, _) => Missing::Leave,
        (true, false) => Missing::Check,
        (true, true) => Missing::Enter,
    };
    let asked = Enter {
        reference: row.get("customer_reference").to_owned(),
        vat_number: row.get("vat_number").to_owned(),
        name: name.to_owned(),
        email: row.get("customer_email").to_owned(),
        missing,
    };
    let entered = cx.service(&accounts::ENTER, &asked).await?;
    let refused = |sentence| Ok(Err(Outcome::refused("customer", sentence)));
    match entered.account {
        Some(account) => Ok(Ok(Some(account))),
        None if !entered.problem.is_empty() => refused(entered.problem),
        None if missing == Missing::Check => Ok(Ok(None)),
        None => refused(cx.lang().t("import-customer-unknown")),
    }
}

fn uuid_like(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// The agent a cell names by id or name.
async fn agent(cx: &Cx, cell: &str) -> Result<Result<Option<String>, &'static str>, Fault> {
    if cell.is_empty() {
        return Ok(Ok(None));
    }
    let (db, scope) = (cx.db(), cx.scope());
    if let Some(node) = store::nodes::find(&db, scope, cell).await? {
        return Ok(Ok(Some(node.organisation_id)));
    }
    let name = fold(cell);
    let nodes = store::nodes::all(&db, scope).await?;
    let mut called = nodes.into_iter().filter(|node| fold(&node.name) == name);
    match (called.next(), called.next()) {
        (Some(node), None) => Ok(Ok(Some(node.organisation_id))),
        _ => Ok(Err("field-node")),
    }
}

fn fingerprints(cell: &str) -> Vec<Fingerprint> {
    let mut all: Vec<Fingerprint> = Vec::new();
    for text in cell.split([';', '|']).map(str::trim).filter(|text| !text.is_empty()) {
        let read = Fingerprint::read(&serde_json::Value::from(text));
        all.extend(read.filter(|one| !all.contains(one)));
    }
    all
}

/// The licence a draft comes to, at a time when its dates made sense; no sale is booked for it.
async fn order(
    cx: &Cx,
    mut draft: Draft,
    has_customer: bool,
    devices: &[Fingerprint],
) -> Result<Result<Option<Order>, Outcome>, Fault> {
    let code = draft.prodotto.clone().unwrap_or_default();
    let Some(product) = store::products::by_code(&cx.db(), &code).await? else {
        return Ok(Err(refused(cx, &Rejection::coded("prodotto_sconosciuto", "/prodotto"))));
    };
    let in_force = match policies::in_force(cx, Some(&product.product_id), None).await {
        Ok(in_force) => InForce { may_exceed: true, ..in_force },
        Err(NotIssued::Rejected(rejection)) => return Ok(Err(refused(cx, &rejection))),
        Err(NotIssued::Failed(fault)) => return Err(fault),
    };
    if !draft.moduli.is_empty() {
        // The file names those it has; the others it has not.
        let offer = store::catalogue::offers::of(&cx.db(), product).await?;
        for module in offer.modules {
            draft.moduli.entry(module.code).or_default();
        }
    }
    let used = i64::try_from(devices.len()).unwrap_or(i64::MAX);
    if draft.dispositivi.is_none() && used > in_force.policy.devices {
        draft.dispositivi = Some(used);
    }
    let present = read::present(&draft, cx.now());
    let terms = match draft.check(present, &in_force) {
        Ok(terms) => terms,
        Err(rejection) => return Ok(Err(refused(cx, &rejection))),
    };
    let too_many = terms.binding != Binding::Device && used > 0 || used > terms.devices_max;
    if too_many {
        let sentence = cx.lang().t("import-too-many-devices");
        return Ok(Err(Outcome::refused("active_devices", sentence)));
    }
    if !has_customer {
        return Ok(Ok(None));
    }
    let quote = Quote {
        list: terms.price,
        price: terms.price,
        currency: terms.currency.clone(),
        ..Quote::default()
    };
    match issue::fit(cx, &draft, (present, &in_force), Some(quote)).await {
        Ok(order) => Ok(Ok(Some(Order { origin: Origin::Import, ..order }))),
        Err(NotIssued::Rejected(rejection)) => Ok(Err(refused(cx, &rejection))),
        // What a service of another plugin does not find is a problem of the row.
        Err(NotIssued::Failed(fault)) if fault.kind == FaultKind::NotFound => {
            Ok(Err(Outcome::refused("customer", cx.lang().t("import-customer-unknown"))))
        }
        Err(NotIssued::Failed(fault)) => Err(fault),
    }
}

/// A rejection with each sentence at the column it is about.
fn refused(cx: &Cx, rejection: &Rejection) -> Outcome {
    let lang = cx.lang();
    let mut problems = rejection.errors.iter().map(|error| {
        let member = error.pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
        (field(member), sentence(&lang, &error.detail))
    });
    let (first, told) = problems.next().unwrap_or_default();
    problems
        .fold(Outcome::refused(first, told), |outcome, (field, told)| outcome.problem(field, told))
}

/// The column a member of a draft is read from.
fn field(member: &str) -> &'static str {
    match member {
        "cliente" => "customer",
        "prodotto" => "product",
        "versione" => "version",
        "tipo" => "type",
        "dispositivi" => "devices",
        "posti" => "seats",
        "utenti" => "users",
        "inizio" => "start",
        "scadenza" | "durata_giorni" => "end",
        "manutenzione_fino_a" => "maintenance",
        "prezzo" => "price",
        "moduli" => "modules",
        "agente" => "agent",
        "note" => "note",
        _ => "",
    }
}
