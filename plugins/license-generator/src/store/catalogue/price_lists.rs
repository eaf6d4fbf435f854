//! Price lists, whose they are, and what they say. Where nobody has one, the catalogue's prices count.

use std::collections::BTreeMap;

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement};
use plugin_api::table::fold;
use serde::{Deserialize, Serialize};

use crate::domain::catalogue::{Item, ListPrices};

/// The label of the statements: a mismatch means that somebody else changed the list.
pub const LABEL: &str = "price-list";
/// Deeper than any tree of organisations.
const DEEPEST: i64 = 64;

const COLUMNS: &str = "l.price_list_id, l.name, l.currency, l.valid_from, l.valid_until, l.version";

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceList {
    /// Its id.
    pub price_list_id: String,
    /// What people call it; unique.
    pub name: String,
    /// ISO 4217, of all its prices.
    pub currency: String,
    /// Its first millisecond; none for always.
    pub valid_from: Option<i64>,
    /// Its last millisecond; none for ever.
    pub valid_until: Option<i64>,
    /// Counts its changes.
    pub version: i64,
}

/// A price of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPrice {
    /// The product.
    pub product_id: String,
    /// `base`, `module` or `bundle`.
    pub kind: String,
    /// The code of a module or bundle; else empty.
    pub code: String,
    /// Minor units.
    pub price: i64,
}

/// The list with this id.
///
/// Unscoped: price lists are the vendor's, read only with the permission to change products.
pub async fn get(db: &Db, price_list_id: &str) -> Result<Option<PriceList>, Fault> {
    let sql =
        format!("select {COLUMNS} from license_generator_price_list l where l.price_list_id = ?");
    db.first(Statement::new(sql).bind(price_list_id)).await
}

/// Every price of a list.
///
/// Unscoped: as [`get`].
pub async fn prices(db: &Db, price_list_id: &str) -> Result<Vec<ListPrice>, Fault> {
    db.all(
        Statement::new(
            "select product_id, kind, code, price from license_generator_list_price \
             where price_list_id = ? order by product_id, kind, code",
        )
        .bind(price_list_id),
    )
    .await
}

/// Ids of the nodes a list is given to.
///
/// Unscoped: as [`get`].
pub async fn given_to(db: &Db, price_list_id: &str) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Given {
        organisation_id: String,
    }
    let sql = "select organisation_id from license_generator_price_list_use \
               where price_list_id = ? order by organisation_id";
    let given: Vec<Given> = db.all(Statement::new(sql).bind(price_list_id)).await?;
    Ok(given.into_iter().map(|given| given.organisation_id).collect())
}

/// The list in force at `now` for a node: its own, else that of the nearest node above it that has
/// one; of several of one node the one that began last.
///
/// Unscoped: a list of a node above the caller counts for him too.
pub async fn in_force(
    db: &Db,
    organisation_id: &str,
    now: i64,
) -> Result<Option<PriceList>, Fault> {
    let sql = format!(
        "with recursive license_generator_above (organisation_id, parent_id, depth) as ( \
           select organisation_id, parent_id, 0 from host_organisations_v1 \
             where organisation_id = ? \
           union all \
           select o.organisation_id, o.parent_id, a.depth + 1 from host_organisations_v1 o \
             join license_generator_above a on o.organisation_id = a.parent_id \
             where a.depth < ?) \
         select {COLUMNS} from license_generator_above a \
         join license_generator_price_list_use u on u.organisation_id = a.organisation_id \
         join license_generator_price_list l on l.price_list_id = u.price_list_id \
         where coalesce(l.valid_from, ?) <= ? and coalesce(l.valid_until, ?) >= ? \
         order by a.depth, l.valid_from desc, l.price_list_id limit 1"
    );
    let statement = Statement::new(sql)
        .bind(organisation_id)
        .bind(DEEPEST)
        .bind(now)
        .bind(now)
        .bind(now)
        .bind(now);
    db.first(statement).await
}

/// What `list` says about a product.
///
/// Unscoped: as [`in_force`].
pub async fn of_product(db: &Db, list: &PriceList, product_id: &str) -> Result<ListPrices, Fault> {
    let rows: Vec<ListPrice> = db
        .all(
            Statement::new(
                "select product_id, kind, code, price from license_generator_list_price \
                 where price_list_id = ? and product_id = ?",
            )
            .bind(&list.price_list_id)
            .bind(product_id),
        )
        .await?;
    let prices: BTreeMap<Item, i64> = rows
        .into_iter()
        .filter_map(|row| Some((Item::stored(&row.kind, &row.code)?, row.price)))
        .collect();
    Ok(ListPrices { name: list.name.clone(), currency: list.currency.clone(), prices })
}

/// The batch that writes a new list; a name that is taken is a `Unique` fault of
/// `license_generator_price_list`.
///
/// Unscoped: as [`get`].
pub fn insertion(list: &PriceList, nodes: &[String], now: i64) -> Batch {
    let row = Statement::new(
        "insert into license_generator_price_list (name, name_folded, currency, valid_from, \
         valid_until, price_list_id, version, created_at) values (?, ?, ?, ?, ?, ?, 1, ?)",
    );
    let batch = Batch::new().and(values(row, list).bind(now));
    given(batch, &list.price_list_id, nodes)
}

/// The batch that writes a changed list and whom it is given to.
///
/// Unscoped: as [`get`].
pub fn update(list: &PriceList, nodes: &[String]) -> Batch {
    let row = Statement::new(
        "update license_generator_price_list set name = ?, name_folded = ?, currency = ?, \
         valid_from = ?, valid_until = ?, version = version + 1 \
         where price_list_id = ? and version = ?",
    );
    let row = values(row, list).bind(list.version).expect_rows(1).label(LABEL);
    let batch = Batch::new().and(row).and(ungiving(&list.price_list_id));
    given(batch, &list.price_list_id, nodes)
}

/// The batch that writes all prices `prices` of a list for the products of the ids `products`.
///
/// Unscoped: as [`get`].
pub fn pricing(list: &PriceList, products: &[String], prices: &[ListPrice]) -> Batch {
    let id = &list.price_list_id;
    let touched = Statement::new(
        "update license_generator_price_list set version = version + 1 \
         where price_list_id = ? and version = ?",
    )
    .bind(id)
    .bind(list.version)
    .expect_rows(1)
    .label(LABEL);
    let batch = products.iter().fold(Batch::new().and(touched), |batch, product_id| {
        let sql = "delete from license_generator_list_price \
                   where price_list_id = ? and product_id = ?";
        batch.and(Statement::new(sql).bind(id).bind(product_id))
    });
    prices.iter().fold(batch, |batch, price| {
        batch.and(
            Statement::new(
                "insert into license_generator_list_price \
                 (price_list_id, product_id, kind, code, price) values (?, ?, ?, ?, ?)",
            )
            .bind(id)
            .bind(&price.product_id)
            .bind(&price.kind)
            .bind(&price.code)
            .bind(price.price),
        )
    })
}

/// The batch that deletes a list with its prices.
///
/// Unscoped: as [`get`].
pub fn removal(list: &PriceList) -> Batch {
    let id = &list.price_list_id;
    let row = Statement::new(
        "delete from license_generator_price_list where price_list_id = ? and version = ?",
    )
    .bind(id)
    .bind(list.version)
    .expect_rows(1)
    .label(LABEL);
    let prices =
        Statement::new("delete from license_generator_list_price where price_list_id = ?").bind(id);
    Batch::new().and(row).and(ungiving(id)).and(prices)
}

fn ungiving(price_list_id: &str) -> Statement {
    Statement::new("delete from license_generator_price_list_use where price_list_id = ?")
        .bind(price_list_id)
}

fn given(batch: Batch, price_list_id: &str, nodes: &[String]) -> Batch {
    nodes.iter().fold(batch, |batch, node| {
        batch.and(
            Statement::new(
                "insert into license_generator_price_list_use (organisation_id, price_list_id) \
                 values (?, ?)",
            )
            .bind(node)
            .bind(price_list_id),
        )
    })
}

fn values(row: Statement, list: &PriceList) -> Statement {
    row.bind(&list.name)
        .bind(fold(&list.name))
        .bind(&list.currency)
        .bind(list.valid_from)
        .bind(list.valid_until)
        .bind(&list.price_list_id)
}
