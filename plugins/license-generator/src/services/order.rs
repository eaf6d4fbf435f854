//! What other plugins ask about licences that are to be issued: the products there are, what one
//! would cost, and issuing it on the rights of who is asking.

use std::collections::BTreeMap;

use plugin_api::contracts::licences::{self, Ordered, Quoted};
use plugin_api::{Cx, Fault, Lang};

use crate::create::summary::said;
use crate::domain::choices::Origin;
use crate::domain::draft::{Draft, ModuleDraft, Price};
use crate::domain::product::ProductState;
use crate::issue::{self, NotIssued, rights};
use crate::store;

/// Every product with its modules, by name.
pub(crate) async fn products(cx: Cx, (): ()) -> Result<Vec<licences::Product>, Fault> {
    let db = cx.db();
    let mut told = Vec::new();
    for product in store::products::all(&db).await? {
        let modules = store::products::modules(&db, &product.product_id).await?;
        let sold = modules.into_iter().filter(|module| module.state == ProductState::Active);
        let module = |module: crate::domain::product::Module| licences::Module {
            code: module.code,
            name: module.name,
            by_default: module.active_default,
        };
        told.push(licences::Product {
            code: product.code,
            name: product.name,
            is_sold: product.state == ProductState::Active,
            modules: sold.map(module).collect(),
        });
    }
    Ok(told)
}

/// What an order would cost, and why the caller could not issue it; writes nothing.
pub(crate) async fn quote(cx: Cx, asked: licences::Order) -> Result<Quoted, Fault> {
    let prepared = issue::prepare(&cx, &draft(&cx, asked).await?, Origin::Person).await;
    let lang = cx.lang();
    let order = match prepared {
        Ok(order) => order,
        Err(why) => return Ok(Quoted { price: None, problem: problem(&lang, why)? }),
    };
    let beyond = rights::would_refuse(&cx, &order, 1).await?;
    let currency = order.quote.currency;
    Ok(Quoted {
        price: order.quote.price.filter(|price| *price != 0).map(|price| (price, currency)),
        problem: beyond.map(|rejection| said(&lang, &rejection)).unwrap_or_default(),
    })
}

/// Issues a licence; on the caller's transaction when it is on one. Nothing is written when it
/// answers a problem.
pub(crate) async fn issue(cx: Cx, asked: licences::Order) -> Result<Ordered, Fault> {
    let draft = draft(&cx, asked).await?;
    let issued = cx.transaction(|tx| {
        let draft = &draft;
        async move {
            match issue::issue(&tx, draft, Origin::Person).await {
                Ok(issued) => Ok(Ordered { licence_id: issued.licence_id, ..Ordered::default() }),
                Err(why) => {
                    let problem = problem(&tx.lang(), why)?;
                    Ok(Ordered { problem, ..Ordered::default() })
                }
            }
        }
    });
    issued.await.map_err(|problem| {
        problem.fault().cloned().unwrap_or_else(|| Fault::internal("a licence was not issued"))
    })
}

fn problem(lang: &Lang, why: NotIssued) -> Result<String, Fault> {
    match why {
        NotIssued::Rejected(rejection) => Ok(said(lang, &rejection)),
        NotIssued::Failed(fault) => Err(fault),
    }
}

/// The draft an order stands for. Where it names modules, the others of the product are off; one it
/// names that the product does not have stays in, to be refused by name.
async fn draft(cx: &Cx, asked: licences::Order) -> Result<Draft, Fault> {
    let given = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let mut modules = BTreeMap::new();
    if let Some(active) = asked.modules {
        let known = store::products::modules_of_code(&cx.db(), asked.product_code.trim()).await?;
        let off = known.into_iter().map(|module| (module.code, false));
        for (code, attivo) in off.chain(active.into_iter().map(|code| (code, true))) {
            modules.insert(code, ModuleDraft { attivo, ..ModuleDraft::default() });
        }
    }
    Ok(Draft {
        cliente: given(asked.account_id),
        prodotto: given(asked.product_code),
        tipo: given(asked.tipo),
        versione: given(asked.version),
        scadenza: given(asked.until),
        dispositivi: asked.devices,
        moduli: modules,
        prezzo: asked.price.map(|(importo, valuta)| Price { importo, valuta }),
        pagamento_entro: given(asked.due),
        note: given(asked.note),
        ..Draft::default()
    })
}
