//! Issuing a licence: the one way one comes into being, from the API, the form, the quick button
//! and the sample.

use plugin_api::contracts::accounts::{self, Account, AccountState};
use plugin_api::contracts::ledger::{self, Book, TransactionKind};
use plugin_api::contracts::{licences, timeline};
use plugin_api::db::Audit;
use plugin_api::{Cx, Fault, FieldProblem, Problem};
use serde_json::json;

use crate::api::key_hash;
use crate::domain::draft::{Defaults, Draft, ModuleTerms, Rejection, Terms, module_pointer};
use crate::domain::key::ActivationKey;
use crate::domain::product::{Module, Product, ProductState};
use crate::domain::state::StoredState;
use crate::store::licences::{NewGrant, NewLicence};
use crate::{store, story};

/// Separates the sealing key of activation keys from others.
const SEAL_PURPOSE: &str = "activation-key";

/// A licence that was issued.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Its id.
    pub licence_id: String,
    /// Its activation key.
    pub key: ActivationKey,
}

/// Why none was issued.
#[derive(Debug)]
pub enum NotIssued {
    /// What was asked makes no sense.
    Rejected(Rejection),
    /// Something failed.
    Failed(Fault),
}

impl From<Rejection> for NotIssued {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}
impl From<Fault> for NotIssued {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl NotIssued {
    /// The problem an API answers with.
    pub fn problem(self, cx: &Cx) -> Problem {
        match self {
            Self::Failed(fault) => fault.into(),
            Self::Rejected(Rejection { code: "validation", errors }) => Problem::validation(errors),
            Self::Rejected(Rejection { code, errors }) => {
                let lang = cx.lang();
                let told = |error: &FieldProblem| json!({ "pointer": error.pointer, "detail": lang.t(&error.detail) });
                let errors: Vec<_> = errors.iter().map(told).collect();
                Problem::unprocessable(code).member("errors", errors)
            }
        }
    }
}

/// What an administrator set for where a draft says nothing.
pub async fn defaults(cx: &Cx) -> Result<Defaults, Fault> {
    Ok(Defaults {
        trial_days: cx.setting("trial-days").await?,
        offline_days: cx.setting("offline-days").await?,
        grace_days: cx.setting("grace-days").await?,
    })
}

/// Checks `draft` and issues it; run it on a transaction.
pub async fn issue(cx: &Cx, draft: &Draft) -> Result<Issued, NotIssued> {
    let terms = draft.check(cx.now(), &defaults(cx).await?)?;
    let account = account(cx, &terms.account_id).await?;
    let product = store::products::by_code(&cx.db(), &terms.product_code)
        .await?
        .ok_or_else(|| Rejection::coded("prodotto_sconosciuto", "/prodotto"))?;
    if product.state == ProductState::Retired {
        return Err(Rejection::coded("prodotto_ritirato", "/prodotto").into());
    }
    let modules = store::products::modules(&cx.db(), &product.product_id).await?;
    let order = Order {
        grants: grants(&terms, &modules)?,
        terms,
        account,
        product,
        state: StoredState::Active,
        starts_at: cx.now(),
        marker: None,
    };
    let sale = Sale::of(&order);
    let issued = write(cx, order).await?;
    if let Some(sale) = sale {
        sale.book(cx, &issued).await?;
    }
    Ok(issued)
}

/// What a licence was sold for.
struct Sale {
    account_id: String,
    product: String,
    amount: i64,
    currency: String,
    due_at: Option<i64>,
}

impl Sale {
    /// The sale of an order; none when it costs nothing or is for the vendor's own use.
    fn of(order: &Order) -> Option<Self> {
        let amount = order.terms.price.filter(|price| *price > 0 && !order.terms.internal)?;
        Some(Self {
            account_id: order.account.account_id.clone(),
            product: order.product.name.clone(),
            amount,
            currency: order.terms.currency.clone(),
            due_at: order.terms.due_at,
        })
    }

    /// Books it with whoever keeps the ledger, on the transaction that issues the licence.
    async fn book(self, cx: &Cx, issued: &Issued) -> Result<(), Fault> {
        let later = self.due_at.is_some();
        let book = Book {
            account_id: self.account_id,
            kind: if later { TransactionKind::Postponed } else { TransactionKind::Activation },
            amount: self.amount,
            currency: self.currency,
            at: cx.now(),
            due_at: self.due_at,
            method: String::new(),
            notes: String::new(),
            licence_name: format!("{} {}", self.product, issued.key.hint()),
            reference: format!("licence:{}", issued.licence_id),
            licence_id: issued.licence_id.clone(),
        };
        cx.service(&ledger::BOOK, &book).await.map(drop)
    }
}

/// Issues `draft` in a transaction of its own, for a form that shows a rejection itself.
pub async fn in_transaction(cx: &Cx, draft: &Draft) -> Result<Result<Issued, Rejection>, Problem> {
    cx.transaction(|tx| async move {
        match issue(&tx, draft).await {
            Ok(issued) => Ok(Ok(issued)),
            Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection)),
            Err(NotIssued::Failed(fault)) => Err(fault.into()),
        }
    })
    .await
}

/// Terms whose customer, product and modules were found.
#[derive(Debug)]
pub struct Order {
    /// The terms.
    pub terms: Terms,
    /// The customer.
    pub account: Account,
    /// The product.
    pub product: Product,
    /// Its modules as the licence has them.
    pub grants: Vec<NewGrant>,
    /// The state it begins in.
    pub state: StoredState,
    /// Its first millisecond.
    pub starts_at: i64,
    /// Names a licence of the sample.
    pub marker: Option<String>,
}

/// Writes an order as a licence with a new key.
pub async fn write(cx: &Cx, order: Order) -> Result<Issued, Fault> {
    let Order { terms, account, product, grants, state, starts_at, marker } = order;
    let key = ActivationKey::from_random(cx.random());
    let key_hash = key_hash(cx, key).await?;
    let new = NewLicence {
        licence_id: cx.fresh_id(),
        organisation_id: account.organisation_id,
        account_id: account.account_id,
        product_id: product.product_id,
        r#type: terms.r#type,
        state_stored: state,
        internal: terms.internal,
        devices_max: terms.devices_max,
        users_max: terms.users_max,
        starts_at,
        expires_at: terms.expires_at,
        maintenance_until: terms.maintenance_until,
        price: terms.price,
        currency: terms.currency,
        payload: terms.payload,
        note: terms.note,
        key_hash,
        key_sealed: cx.seal(SEAL_PURPOSE, key.canonical().as_bytes()).await?,
        key_hint: key.hint(),
        offline_days: terms.offline_days,
        grace_days: terms.grace_days,
        at_expiry: terms.at_expiry.as_str(),
        marker,
        created_at: starts_at.min(cx.now()),
        created_by: story::who(cx.caller()),
        modules: grants,
    };
    let audit = Audit::of("licence.created", &new.licence_id)
        .named(format!("{} {}", product.name, new.key_hint))
        .in_organisation(&new.organisation_id)
        .after(json!({
            "customer": account.name,
            "product": product.code,
            "type": new.r#type.as_str(),
            "state": new.state_stored.as_str(),
            "internal": new.internal,
            "devices": new.devices_max,
            "expires_at": new.expires_at,
        }));
    let told = story::Told {
        account_id: &new.account_id,
        licence_id: &new.licence_id,
        product: &product.name,
        key_hint: &new.key_hint,
    };
    let issued = licences::Issued {
        licence_id: new.licence_id.clone(),
        account_id: new.account_id.clone(),
        product_code: product.code,
    };
    let batch = store::licences::insertion(&new)
        .audit(audit)
        .emit(timeline::HAPPENED, story::entry(cx, told, "licence.issued", ""))
        .emit(licences::ISSUED, issued);
    cx.db().batch(batch).await?;
    Ok(Issued { licence_id: new.licence_id, key })
}

/// The activation key of a licence in the caller's branch.
pub async fn key_of(cx: &Cx, licence_id: &str) -> Result<Option<ActivationKey>, Fault> {
    let sealed = store::licences::sealed_key(&cx.db(), cx.scope(), licence_id).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = cx.open(SEAL_PURPOSE, &sealed).await?;
    let key = std::str::from_utf8(&plain).ok().and_then(ActivationKey::parse);
    key.map(Some).ok_or_else(|| Fault::internal("a sealed activation key is none"))
}

async fn account(cx: &Cx, account_id: &str) -> Result<Account, NotIssued> {
    let asked = accounts::Find { account_id: account_id.to_owned() };
    let account = cx.service(&accounts::FIND, &asked).await?;
    let account = account.ok_or_else(|| Rejection::coded("cliente_sconosciuto", "/cliente"))?;
    match account.state {
        AccountState::Suspended => Err(Rejection::coded("cliente_sospeso", "/cliente").into()),
        AccountState::Validated | AccountState::Awaiting => Ok(account),
    }
}

/// Every module of the product, as the terms or the product itself have it.
pub fn grants(terms: &Terms, modules: &[Module]) -> Result<Vec<NewGrant>, Rejection> {
    let is_known = |code: &str| modules.iter().any(|module| module.code == code);
    let unknown: Vec<FieldProblem> = terms
        .modules
        .keys()
        .filter(|code| !is_known(code))
        .map(|code| FieldProblem::new(module_pointer(code), "field-module"))
        .collect();
    if !unknown.is_empty() {
        return Err(Rejection::fields(unknown));
    }
    let grant = |module: &Module| {
        let inherited = ModuleTerms { active: module.active_default, ..ModuleTerms::default() };
        let terms = terms.modules.get(&module.code).cloned().unwrap_or(inherited);
        NewGrant {
            module_id: module.module_id.clone(),
            code: module.code.clone(),
            active: terms.active,
            until: terms.until,
            max: terms.max,
        }
    };
    Ok(modules.iter().map(grant).collect())
}
