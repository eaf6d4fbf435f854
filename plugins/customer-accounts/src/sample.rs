//! Fictitious customers for `cockpit demo`, with their people, their past and their money.

mod arrivals;
mod ledger;
mod parts;
mod past;

use plugin_api::contracts::accounts::AccountState;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};
use serde_json::{Value as Json, json};

use crate::create::{enter, new_customer};
use crate::domain::{Customer, Draft, Master};
use crate::store;

/// One customer a line, its fields separated by `|`; the first line names them.
const CUSTOMERS: &str = include_str!("sample/customers.txt");

/// Whose the customers are, in turn: levels of the demo's tree, or the vendor's own.
const OWNERS: [&str; 6] = ["vendor", "reseller", "agent", "sub_company", "sibling", "agent"];

/// Enters everything, unless there are customers; `asked.organisations` has the nodes by their
/// level.
pub(crate) async fn fill(cx: Cx, asked: Json) -> Result<Json, Fault> {
    if store::any(&cx.db(), cx.scope()).await? {
        return Ok(json!({}));
    }
    let node = |level: &str| Some(asked.get("organisations")?.get(level)?.as_str()?.to_owned());
    let mut customers = Vec::new();
    for (number, line) in CUSTOMERS.lines().skip(1).enumerate() {
        let customer = customer(&cx, number, line)
            .ok_or_else(|| Fault::internal(format!("sample customer {number} is not valid")))?;
        let owner = OWNERS.get(number % OWNERS.len()).and_then(|level| node(level));
        let customer = Customer { assigned_to: owner.unwrap_or(customer.assigned_to), ..customer };
        let began = past::began(&customer);
        enter(&cx, &began).await?;
        customers.push(past::live_through(&cx, number, began, &customer).await?);
    }
    parts::enter(&cx, &customers).await?;
    arrivals::enter(&cx, node("reseller"), node("sibling")).await?;
    ledger::enter(&cx, &customers).await?;
    Ok(json!({}))
}

fn customer(cx: &Cx, number: usize, line: &str) -> Option<Customer> {
    let fields: Vec<&str> = line.split('|').collect();
    let [
        kind,
        state,
        days,
        name,
        country,
        vat_number,
        city,
        province,
        postal_code,
        address,
        mail,
        language,
        notes,
        tags,
    ] = fields.as_slice()
    else {
        return None;
    };
    let text = |text: &str| text.to_owned();
    let italian = *country == "IT";
    let master = Master {
        name: text(name),
        vat_number: text(vat_number),
        tax_code: if italian { text(vat_number) } else { String::new() },
        email: format!("info@{mail}.example"),
        phone: phone(country, number),
        address: text(address),
        postal_code: text(postal_code),
        city: text(city),
        province: text(province),
        country: text(country),
        pec: if italian { format!("posta@pec.{mail}.example") } else { String::new() },
        sdi_code: if italian { format!("D{number:03}X7Q") } else { String::new() },
        external_reference: format!("CRM-{:04}", 1_040 + number * 3),
        language: text(language),
        notes: text(notes),
        tags: text(tags),
        ..Master::default()
    };
    let details = Draft { kind: text(kind), master }.check().ok()?;
    let state = match *state {
        "validated" => AccountState::Validated,
        "awaiting" => AccountState::Awaiting,
        _ => AccountState::Suspended,
    };
    let customer = new_customer(cx, details, state);
    let at = customer.created_at - days.parse::<i64>().ok()? * DAY;
    Some(Customer { created_at: at, updated_at: at, ..customer })
}

/// A number nobody has, of the country's form as far as a demo needs it.
fn phone(country: &str, number: usize) -> String {
    let prefix = match country {
        "IT" => "+39 02",
        "DE" => "+49 711",
        "GB" => "+44 113",
        "US" | "CA" => "+1 503",
        "FR" => "+33 4",
        "NO" => "+47",
        "NL" => "+31 30",
        "CZ" => "+420 5",
        "CH" => "+41 44",
        "ES" => "+34 94",
        "PL" => "+48 42",
        "JP" => "+81 52",
        "DK" => "+45",
        _ => "+351 2",
    };
    format!("{prefix} 555 {:04}", 100 + number * 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_the_fields_the_first_names() {
        let fields = |line: &str| line.split('|').count();
        let named = CUSTOMERS.lines().next().map(fields);
        assert_eq!(named, Some(14));
        assert!(CUSTOMERS.lines().all(|line| Some(fields(line)) == named));
        assert!(CUSTOMERS.lines().count() > 40);
    }
}
