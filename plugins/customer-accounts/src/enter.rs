//! The customer another system means, found or entered, for imports of other plugins.

use plugin_api::contracts::accounts::{Account, Enter, Entered, Missing};
use plugin_api::table::fold;
use plugin_api::{Cx, Fault};

use crate::create::{enter as write, new_customer};
use crate::domain::{Customer, Details, Draft, Master, Refusal, initial_state};
use crate::import::claim;
use crate::store::{self, external};
use crate::{VALIDATE, WRITE};

/// Accounts of the same beginning that are looked at for one of the same name.
const ALIKE: u32 = 100;

/// The account meant: by its reference, else by its VAT number, else by its whole name.
pub(crate) async fn enter(cx: Cx, asked: Enter) -> Result<Entered, Fault> {
    let details = draft(&asked).check();
    let mut found = meant(&cx, &asked, details.as_ref().ok()).await?;
    if found.len() > 1 {
        return Ok(problem(&cx, "import-ambiguous"));
    }
    if let Some(account) = found.pop() {
        return Ok(Entered { account: Some(account), problem: String::new() });
    }
    if asked.missing == Missing::Leave {
        return Ok(Entered::default());
    }
    if !cx.may(WRITE) {
        return Ok(problem(&cx, "enter-forbidden"));
    }
    match details {
        Err(refusals) => Ok(refused(&cx, &refusals)),
        Ok(_) if asked.missing == Missing::Check => Ok(Entered::default()),
        Ok(details) => {
            let customer = new_customer(&cx, details, initial_state(cx.may(VALIDATE)));
            claim(&cx, &customer).await?;
            write(&cx, &customer).await?;
            Ok(Entered { account: Some(customer.account()), problem: String::new() })
        }
    }
}

fn draft(asked: &Enter) -> Draft {
    let blank = Draft::default();
    let master = Master {
        name: asked.name.clone(),
        vat_number: asked.vat_number.clone(),
        email: asked.email.clone(),
        external_reference: asked.reference.clone(),
        ..blank.master
    };
    Draft { master, ..blank }
}

async fn meant(cx: &Cx, asked: &Enter, details: Option<&Details>) -> Result<Vec<Account>, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let accounts = |found: Vec<Customer>| found.iter().map(Customer::account).collect::<Vec<_>>();
    if !asked.reference.is_empty() {
        let named = (cx.caller().organisation_id.as_str(), asked.reference.as_str());
        if let Some(known) = external::named(&db, scope, named).await? {
            return Ok(vec![known.account()]);
        }
        let unclaimed = accounts(external::unclaimed(&db, scope, named).await?);
        if !unclaimed.is_empty() {
            return Ok(unclaimed);
        }
    }
    // A number that is not right means nobody.
    let vat = details.map(|details| &details.master).filter(|master| !master.vat_number.is_empty());
    if let Some(master) = vat {
        let wanted = (master.vat_number.as_str(), master.country.as_str());
        return Ok(accounts(external::of_vat_number(&db, scope, wanted).await?));
    }
    let name = fold(asked.name.trim());
    if name.is_empty() || !asked.reference.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = store::search(&db, scope, &asked.name, ALIKE).await?;
    found.retain(|account| fold(&account.name) == name);
    Ok(found)
}

fn refused(cx: &Cx, refusals: &[Refusal]) -> Entered {
    let lang = cx.lang();
    let told = refusals.iter().map(|one| {
        let name = lang.t(&format!("customer-{}", one.field.replace('_', "-")));
        format!("{name}: {}", lang.t(one.key))
    });
    Entered { account: None, problem: told.collect::<Vec<_>>().join(" ") }
}

fn problem(cx: &Cx, key: &str) -> Entered {
    Entered { account: None, problem: cx.lang().t(key) }
}
