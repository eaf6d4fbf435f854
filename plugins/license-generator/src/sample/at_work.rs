//! What goes on with the licences of the sample: seats that are out, use that was counted, renewals,
//! requests that wait, a bulk run to be confirmed, and use that looks suspicious.

use plugin_api::contracts::accounts::Account;
use plugin_api::contracts::people::{self, OfOrganisation};
use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Scope};
use serde_json::Value as Json;

use super::licences::{PLAIN, order};
use super::products::{FIRST, Offered};
use super::shared::MODULE;
use crate::bulk;
use crate::domain::bulk::Checked;
use crate::domain::choices::{Binding, Period, RequestState};
use crate::domain::device::Fingerprint;
use crate::domain::draft::Draft;
use crate::domain::licence::Licence;
use crate::domain::meter::Window;
use crate::domain::right::{Limits, Right};
use crate::domain::seat::Seat;
use crate::issue::NotIssued;
use crate::renewals::{self, Order, Payment};
use crate::store::log::{Action, Entry, KeyKind};
use crate::store::meters::{Meter, counting};
use crate::store::requests::Request;
use crate::store::seats::Taking;
use crate::store::suspicions::{Finding, Reason, noting};
use crate::{issue, store};

/// Marker of the licence that people work with: shared and counted.
const BUSY: &str = "demo-busy";
/// Who works with it, and on which machine.
const AT_WORK: [(&str, &str); 5] = [
    ("giulia.ferri", "PC-CONTABILITA"),
    ("marco.riva", "PORTATILE-RIVA"),
    ("sara.conti", "UFFICIO-VENDITE"),
    ("luca.gallo", "CASSA-1"),
    ("anna.fontana", "MAGAZZINO-2"),
];
/// What was counted in each of the last months, the oldest first.
const COUNTED: [i64; 6] = [412, 530, 615, 702, 884, 391];

/// Enters all of it with the licence that marks it, once.
pub(super) async fn enter(
    cx: &Cx,
    accounts: &[Account],
    offered: &Offered,
    told: &Json,
) -> Result<(), Fault> {
    let Some(account) = accounts.iter().cycle().nth(5) else { return Ok(()) };
    if store::licences::by_marker(&cx.db(), BUSY).await?.is_some() {
        return Ok(());
    }
    let licence = busy(cx, account, offered).await?;
    seats(cx, &licence).await?;
    counted(cx, &licence).await?;
    renewed(cx).await?;
    suspicious(cx).await?;
    for (n, (role, reason)) in [
        ("agent", "Il cliente apre una seconda sede e vuole partire lunedì."),
        ("sub_company", "Gara d'appalto: serve entro fine mese."),
    ]
    .into_iter()
    .enumerate()
    {
        let node = told.get("organisations").and_then(|nodes| nodes.get(role));
        if let Some(node) = node.and_then(Json::as_str) {
            let account = accounts.iter().find(|account| account.organisation_id == node);
            let account = account.or(accounts.get(n));
            request(cx, node, account, reason).await?;
        }
    }
    bulk_run(cx, account).await?;
    right(cx).await
}

async fn busy(cx: &Cx, account: &Account, offered: &Offered) -> Result<Licence, Fault> {
    let mut order = order(cx, BUSY, PLAIN, account, offered)?;
    order.starts_at = cx.now() - 180 * DAY;
    order.terms.binding = Binding::Floating;
    order.terms.seats_max = Some(8);
    order.terms.conditions.borrow_days = 30;
    for grant in order.grants.iter_mut().filter(|grant| grant.code == MODULE) {
        grant.active = true;
        grant.max = Some(1_000);
        grant.period = Some(Period::Month);
        grant.overage = 10;
    }
    let issued = issue::write(cx, order).await?;
    licence(cx, BUSY).await?.filter(|known| known.licence_id == issued.licence_id).ok_or_else(gone)
}

fn gone() -> Fault {
    Fault::internal("a sample licence is missing")
}

async fn licence(cx: &Cx, marker: &str) -> Result<Option<Licence>, Fault> {
    let Some(id) = store::licences::by_marker(&cx.db(), marker).await? else { return Ok(None) };
    store::licences::get(&cx.db(), &Scope::everything(), &id).await
}

/// Borrowed ones: no program of the sample sends heartbeats.
async fn seats(cx: &Cx, licence: &Licence) -> Result<(), Fault> {
    let now = cx.now();
    for (n, (user, machine)) in (1..).zip(AT_WORK) {
        let fingerprint = Fingerprint::stored(format!("demo-seat-{n}"));
        let taken_at = now - n * 2_400_000;
        let seat = Seat {
            seat_id: cx.fresh_id(),
            fingerprint: fingerprint.as_str().to_owned(),
            device_name: machine.to_owned(),
            platform: "Windows 11".to_owned(),
            user_name: user.to_owned(),
            taken_at,
            renewed_at: taken_at,
            lease_until: now + (5 * n + 2) * DAY,
            borrowed: true,
            reservation_id: None,
        };
        let hash = fingerprint.hash();
        let taking = Taking {
            seat: &seat,
            fingerprint_hash: &hash,
            address: "192.0.2.44",
            ended: 0,
            is_reserved_for_some: false,
            now,
        };
        let log = Entry {
            log_id: cx.fresh_id(),
            licence_id: Some(&licence.licence_id),
            organisation_id: &licence.organisation_id,
            at: taken_at,
            action: Action::Posto,
            key_kind: KeyKind::Activation,
            fingerprint: &seat.fingerprint,
            device_name: machine,
            address: "192.0.2.44",
            outcome: Action::Posto.success(),
            would_refuse: "",
            user_name: user,
        };
        store::seats::take(&cx.db(), licence, taking, log.insertion()).await?;
    }
    Ok(())
}

async fn counted(cx: &Cx, licence: &Licence) -> Result<(), Fault> {
    for (months, quantity) in (0..).zip(COUNTED.iter().rev()) {
        let at = cx.now() - months * 30 * DAY;
        let period_start = Window::at(at, Period::Month).starts_at;
        let meter = Meter { licence, module: MODULE, period_start };
        cx.db().batch(counting(meter, *quantity, None, at, None)).await?;
    }
    Ok(())
}

/// Two subscriptions for a year more: one paid, one to be paid later.
async fn renewed(cx: &Cx) -> Result<(), Fault> {
    let later = Payment::Postponed(Some(cx.now() + 30 * DAY));
    for (marker, payment) in [("demo-001", Payment::Paid("bank_transfer")), ("demo-015", later)] {
        let Some(licence) = licence(cx, marker).await? else { continue };
        let order = Order { payment, reference: Some("demo".to_owned()), ..Order::months(12) };
        let renewed = renewals::in_transaction(cx, &licence.licence_id, &order).await;
        let renewed = renewed.map_err(|problem| problem.fault().cloned().unwrap_or_else(gone))?;
        renewed.map_err(|_| Fault::internal("a sample renewal is refused"))?;
    }
    Ok(())
}

async fn suspicious(cx: &Cx) -> Result<(), Fault> {
    let mut batch = Batch::new();
    for (marker, reason, count) in [
        ("demo-000", Reason::Clone, 2),
        ("demo-008", Reason::Addresses, 14),
        ("demo-014", Reason::Transfers, 5),
        ("demo-022", Reason::Refusals, 37),
    ] {
        if let Some(licence) = licence(cx, marker).await? {
            let found = Finding {
                licence_id: licence.licence_id,
                count,
                first_at: cx.now() - 12 * DAY,
                last_at: cx.now() - DAY,
            };
            batch = noting(batch, &cx.fresh_id(), reason, &found);
        }
    }
    cx.db().batch(batch).await.map(drop)
}

/// A request of the first person of the node.
async fn request(
    cx: &Cx,
    node: &str,
    account: Option<&Account>,
    reason: &str,
) -> Result<(), Fault> {
    let asked = OfOrganisation { organisation_id: node.to_owned() };
    let people = cx.service(&people::OF_ORGANISATION, &asked).await?;
    let (Some(person), Some(account)) = (people.into_iter().next(), account) else {
        return Ok(());
    };
    let request = Request {
        request_id: cx.fresh_id(),
        organisation_id: node.to_owned(),
        user_id: person.id,
        asked_by: person.name,
        email: person.email,
        language: "it".to_owned(),
        account_id: account.account_id.clone(),
        customer: Some(account.name.clone()),
        product_code: FIRST.to_owned(),
        draft: Draft {
            tipo: Some("abbonamento".to_owned()),
            durata_giorni: Some(730),
            dispositivi: Some(40),
            ..draft(account)
        },
        reason: reason.to_owned(),
        obstacle: String::new(),
        state: RequestState::Waiting,
        decided_by: String::new(),
        decided_at: None,
        answer: String::new(),
        licence_id: None,
        created_at: cx.now() - DAY,
    };
    cx.db().execute(store::requests::insertion(&request)?).await.map(drop)
}

fn draft(account: &Account) -> Draft {
    Draft {
        cliente: Some(account.account_id.clone()),
        prodotto: Some(FIRST.to_owned()),
        ..Draft::default()
    }
}

async fn bulk_run(cx: &Cx, account: &Account) -> Result<(), Fault> {
    let asked = bulk::Asked {
        draft: Draft {
            tipo: Some("permanente".to_owned()),
            dispositivi: Some(1),
            ..draft(account)
        },
        count: Some(25),
        checked: Checked::default(),
        ..bulk::Asked::default()
    };
    match bulk::prepare(cx, asked).await {
        Ok(_) => Ok(()),
        Err(NotIssued::Failed(fault)) => Err(fault),
        Err(NotIssued::Rejected(_)) => Err(Fault::internal("a sample run is refused")),
    }
}

/// A rule that does not count yet: nobody of the sample is to be kept from anything.
async fn right(cx: &Cx) -> Result<(), Fault> {
    let right = Right {
        right_id: cx.fresh_id(),
        name: "Agenti: prove fino a 60 giorni".to_owned(),
        role: "agent".to_owned(),
        branch_id: None,
        limits: Limits { days_most: Some(60), person_day: Some(20), ..Limits::default() },
        enabled: false,
        version: 1,
    };
    cx.db().execute(store::rights::insertion(&right, cx.now())?).await.map(drop)
}
