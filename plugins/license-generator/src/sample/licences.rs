//! The licences of the sample: four with fixed roles, and some dozens in every state.

use std::collections::BTreeMap;

use plugin_api::contracts::accounts::Account;
use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Scope};
use serde_json::json;

use super::products::Offered;
use super::sales;
use crate::domain::choices::{Binding, Origin, Renewal};
use crate::domain::device::{Device, Fingerprint};
use crate::domain::draft::Terms;
use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::policy::Conditions;
use crate::domain::state::StoredState;
use crate::domain::transition::Standing;
use crate::store::activations::Taking;
use crate::store::log::{Action, Entry, KeyKind};
use crate::{issue, store};

/// Marker of each licence `demo.json` names, and its member there.
pub(super) const NAMED: [(&str, &str); 4] = [
    ("demo-permanent", "activation_key"),
    ("demo-trial", "trial_key"),
    ("demo-expired", "expired_key"),
    ("demo-suspended", "suspended_key"),
];

/// How many licences there are besides those.
const OTHERS: usize = 56;

/// What a licence of the sample is like; days count from the first start of the demo.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    kind: LicenceType,
    pub(super) state: StoredState,
    pub(super) began: i64,
    pub(super) ends: Option<i64>,
    devices_max: i64,
    devices_used: i64,
    internal: bool,
}

pub(super) const PLAIN: Shape = Shape {
    kind: LicenceType::Permanent,
    state: StoredState::Active,
    began: 0,
    ends: None,
    devices_max: 3,
    devices_used: 0,
    internal: false,
};

fn subscription(began: i64, ends: i64, devices_max: i64, devices_used: i64) -> Shape {
    let kind = LicenceType::Subscription;
    Shape { kind, began, ends: Some(ends), devices_max, devices_used, ..PLAIN }
}

fn trial(began: i64, devices_used: i64) -> Shape {
    let kind = LicenceType::Trial;
    Shape { kind, began, ends: Some(began + 30), devices_max: 1, devices_used, ..PLAIN }
}

fn permanent(began: i64, devices_max: i64, devices_used: i64) -> Shape {
    Shape { began, devices_max, devices_used, ..PLAIN }
}

fn named() -> [Shape; 4] {
    [
        PLAIN,
        trial(0, 0),
        subscription(-375, -10, 3, 0),
        Shape { state: StoredState::Suspended, ..permanent(-90, 3, 0) },
    ]
}

pub(super) fn others() -> [Shape; 14] {
    [
        permanent(-800, 5, 4),
        subscription(-120, 245, 3, 3),
        subscription(-356, 9, 2, 1),
        trial(-18, 1),
        subscription(-410, -45, 3, 2),
        permanent(-260, 1, 1),
        trial(-75, 1),
        Shape { state: StoredState::Suspended, ..subscription(-200, 165, 5, 2) },
        subscription(-30, 335, 10, 6),
        Shape { state: StoredState::Revoked, ..permanent(-500, 2, 1) },
        Shape { state: StoredState::Awaiting, ..subscription(-1, 364, 2, 0) },
        Shape { internal: true, ..permanent(-620, 20, 8) },
        permanent(-45, 2, 0),
        trial(-4, 0),
    ]
}

/// Enters the licences that are missing, each with its devices.
pub(super) async fn enter(
    cx: &Cx,
    accounts: &[Account],
    products: &[Offered],
    agent: Option<&str>,
) -> Result<(), Fault> {
    let Some(first) = products.first() else { return Ok(()) };
    let fixed = NAMED.into_iter().zip(named());
    for ((n, ((marker, _), shape)), account) in fixed.enumerate().zip(accounts.iter().cycle()) {
        enter_one(cx, (n, marker), shape, account, first, agent).await?;
    }
    let shapes = others();
    let shapes = shapes.iter().cycle();
    // Four accounts on, so that the fixed ones do not all lie with the same few.
    let accounts = accounts.iter().cycle().skip(NAMED.len());
    let both = shapes.zip(accounts).zip(products.iter().cycle());
    for (n, ((shape, account), product)) in both.enumerate().take(OTHERS) {
        // Two in three are somebody's sale.
        let agent = agent.filter(|_| n % 3 > 0);
        enter_one(cx, (n, &format!("demo-{n:03}")), *shape, account, product, agent).await?;
    }
    Ok(())
}

async fn enter_one(
    cx: &Cx,
    (n, marker): (usize, &str),
    shape: Shape,
    account: &Account,
    offered: &Offered,
    agent: Option<&str>,
) -> Result<(), Fault> {
    if store::licences::by_marker(&cx.db(), marker).await?.is_some() {
        return Ok(());
    }
    let now = cx.now();
    let mut order = order(cx, marker, shape, account, offered)?;
    order.terms.agent_id = agent.map(str::to_owned);
    let sale = sales::of(cx, &order, n);
    let issued = issue::write(cx, order).await?;
    if let Some(sale) = sale {
        sales::book(cx, sale, &issued).await?;
    }
    for device in 0..shape.devices_used {
        activate(cx, &issued.licence_id, (n, device), now + shape.began * DAY).await?;
    }
    if shape.state != StoredState::Active {
        let everything = Scope::everything();
        let to = Standing::stored(shape.state, None);
        let id = &issued.licence_id;
        let change = store::licences::change::standing(&everything, id, Standing::Active, to);
        cx.db().execute(change).await?;
    }
    Ok(())
}

/// What is ordered; its state is set once its devices have their seats.
pub(super) fn order(
    cx: &Cx,
    marker: &str,
    shape: Shape,
    account: &Account,
    offered: &Offered,
) -> Result<issue::Order, Fault> {
    let now = cx.now();
    let terms = terms(shape, account, offered, now);
    let grants = issue::grants(&cx.lang(), &terms, offered)
        .map_err(|_| Fault::internal("the sample names unknown modules"))?;
    // Devices can only take seats of a licence in force.
    Ok(issue::Order {
        quote: issue::Quote {
            list: terms.price,
            discount: 0,
            price: terms.price,
            currency: terms.currency.clone(),
            ..issue::Quote::default()
        },
        origin: Origin::Person,
        bulk_id: None,
        terms,
        account: account.clone(),
        product: offered.product.clone(),
        grants,
        state: StoredState::Active,
        starts_at: now + shape.began * DAY,
        marker: Some(marker.to_owned()),
    })
}

fn terms(shape: Shape, account: &Account, offered: &Offered, now: i64) -> Terms {
    let price: i64 = offered
        .modules
        .iter()
        .filter(|module| module.active_default)
        .map(|module| module.base_price)
        .sum();
    let maintained = shape.kind == LicenceType::Permanent;
    Terms {
        account_id: account.account_id.clone(),
        product_code: offered.product.code.clone(),
        version: None,
        bundle: None,
        r#type: shape.kind,
        internal: shape.internal,
        binding: Binding::Device,
        devices_max: shape.devices_max,
        users_max: None,
        seats_max: None,
        starts_at: now + shape.began * DAY,
        expires_at: shape.ends.map(|days| now + days * DAY),
        maintenance_until: maintained.then(|| now + (shape.began + 730).max(40) * DAY),
        modules: BTreeMap::new(),
        price: (!shape.internal && shape.kind != LicenceType::Trial).then_some(price),
        currency: "EUR".to_owned(),
        discount: 0,
        due_at: None,
        seller_id: None,
        agent_id: None,
        site: String::new(),
        parameters: serde_json::Map::new(),
        payload: json!({ "area": "nord", "lingua": "it" }).to_string(),
        note: String::new(),
        at_expiry: AtExpiry::Block,
        offline_days: 30,
        grace_days: 7,
        policy: None,
        conditions: Conditions::default(),
        shadow: false,
        renewal: Renewal::Manual,
        renewal_months: 12,
        beyond: Vec::new(),
    }
}

const MACHINES: [&str; 8] = [
    "PC-CONTABILITA",
    "PORTATILE-ROSSI",
    "CASSA-1",
    "MAGAZZINO-2",
    "UFFICIO-VENDITE",
    "PC-DIREZIONE",
    "CASSA-2",
    "SERVER-SEDE",
];

/// Gives a device a seat some days after the licence began, and lets it ask now and then.
async fn activate(
    cx: &Cx,
    licence_id: &str,
    (n, device): (usize, i64),
    began: i64,
) -> Result<(), Fault> {
    let everything = Scope::everything();
    let licence = store::licences::get(&cx.db(), &everything, licence_id).await?;
    let licence = licence.ok_or_else(|| Fault::internal("a sample licence is missing"))?;
    let fingerprint = format!("demo-{n:03}-{device}");
    let place = usize::try_from(device).unwrap_or_default();
    let name = MACHINES.iter().cycle().nth(n + place).copied().unwrap_or_default();
    let device_of = Device {
        fingerprint: Fingerprint::stored(fingerprint.clone()),
        name: name.to_owned(),
        platform: if device % 3 == 2 { "Ubuntu 24.04" } else { "Windows 11" }.to_owned(),
    };
    let line = |at: i64, action: Action, key_kind: KeyKind| {
        let entry = Entry {
            log_id: cx.fresh_id(),
            licence_id: Some(licence_id),
            organisation_id: &licence.organisation_id,
            at,
            action,
            key_kind,
            fingerprint: &fingerprint,
            device_name: name,
            address: "192.0.2.17",
            outcome: action.success(),
            would_refuse: "",
            user_name: "",
        };
        entry.insertion()
    };
    let at = began + device * DAY / 4 + 3_600_000;
    let activation_id = cx.fresh_id();
    let taking = Taking::new(&activation_id, true, at);
    let log = line(at, Action::Attiva, KeyKind::Activation);
    store::activations::take(&cx.db(), &licence, &device_of, taking, Batch::new().and(log)).await?;
    for week in 1..=3 {
        let at = at + week * 7 * DAY;
        let is_over = licence.expires_at.is_some_and(|end| at > end);
        if at < cx.now() && !is_over {
            cx.db().execute(line(at, Action::Valida, KeyKind::Computer)).await?;
            cx.db().execute(store::activations::seen(&activation_id, at)).await?;
        }
    }
    Ok(())
}
