//! Everything kept of a customer, for who asks for it (GDPR art. 15), and its erasure (art. 17).

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Cx, Fault, Scope};
use serde_json::{Map, Value as Json, json};

use super::customers::audit;
use super::states;
use crate::domain::{Act, Customer, Details, Master};

/// What is kept beside the master data: the name it gets in the file, its table and columns. Hashes
/// and folded texts tell nobody anything.
const KEPT: [(&str, &str, &str); 7] = [
    ("contacts", "contact", "name, role, email, phone, notes, created_at, updated_at"),
    (
        "sites",
        "site",
        "name, address, address_line_2, postal_code, city, province, country, phone, created_at, \
         updated_at",
    ),
    ("notes", "note", "body, author, created_at, updated_at"),
    ("states", "state", "at, act, state, reason, actor"),
    ("timeline", "timeline", "at, kind, told, actor"),
    (
        "transactions",
        "transaction",
        "transaction_id, kind, amount, currency, happened_at, due_at, settled_at, settled_method, \
         method, notes, licence_name, reference",
    ),
    ("registration", "registration", "reseller_code, product, registered_at"),
];

/// Everything this plugin keeps of a customer beside its master data.
pub async fn kept(db: &Db, scope: &Scope, id: &str) -> Result<Map<String, Json>, Fault> {
    let mut all = Map::new();
    for (name, table, columns) in KEPT {
        let select = Statement::new(format!(
            "select {columns} from customer_accounts_{table} \
             where customer_id = ? and {{scope}}"
        ))
        .bind(id)
        .scope(scope, "organisation_id");
        let rows: Vec<Map<String, Json>> = db.all(select).await?;
        all.insert(name.to_owned(), rows.into_iter().map(Json::Object).collect());
    }
    Ok(all)
}

/// Blanks what is personal of a customer, who is called `name` from now on; ids, amounts and dates
/// stay. Aborts as a mismatch of `customer` when it was erased before.
pub fn erasure(cx: &Cx, customer: &Customer, name: &str) -> Batch {
    let id = &customer.customer_id;
    let master = Master {
        name: name.to_owned(),
        country: customer.details.master.country.clone(),
        ..Master::default()
    };
    let details = Details { kind: customer.details.kind, master };
    let after = Customer { details, updated_at: cx.now(), ..customer.clone() };
    let columns = super::customers::written(&after);
    let set: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let blank = Statement::new(format!(
        "update customer_accounts_customer set {} = ?, erased_at = ?, version = version + 1 \
         where customer_id = ? and erased_at is null and {{scope}}",
        set.join(" = ?, ")
    ))
    .bind_all(columns.into_iter().map(|(_, value)| value))
    .bind(cx.now())
    .bind(id)
    .scope(cx.scope(), "organisation_id")
    .label("customer")
    .expect_rows(1);
    let changes = [
        "delete from customer_accounts_contact",
        "delete from customer_accounts_site",
        "delete from customer_accounts_note",
        "delete from customer_accounts_timeline",
        "update customer_accounts_state set reason = ''",
        "update customer_accounts_transaction set notes = '', search_folded = ''",
        "update customer_accounts_registration set code_hash = '', reseller_code = '', \
         product = '', product_folded = ''",
    ];
    let batch = changes.into_iter().fold(Batch::new().and(blank), |batch, change| {
        let statement = Statement::new(format!("{change} where customer_id = ? and {{scope}}"));
        batch.and(statement.bind(id).scope(cx.scope(), "organisation_id"))
    });
    batch
        .and(states::recorded(cx, &after, Act::Erased, ""))
        .rename_organisation(&customer.organisation_id, name)
        .audit(audit("customer.erased", &after).after(json!({ "erased_at": cx.now() })))
}

/// Whether `typed` names the customer, however it is written.
pub(crate) fn names(customer: &Customer, typed: &str) -> bool {
    fold(typed.trim()) == fold(customer.name())
}
