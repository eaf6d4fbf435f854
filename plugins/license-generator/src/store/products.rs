//! Products and their modules. They are the vendor's and the same for every branch.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};

use crate::domain::product::{Module, Product};

const COLUMNS: &str = "product_id, code, name, description, version_major, version_minor, state, \
    base_price, currency, per_seat, version";

/// Every product by name.
///
/// Unscoped: products are the same for every branch.
pub async fn all(db: &Db) -> Result<Vec<Product>, Fault> {
    let sql =
        format!("select {COLUMNS} from license_generator_product order by name_folded, product_id");
    db.all(Statement::new(sql)).await
}

/// A product by the code software uses, whatever its case.
///
/// Unscoped: products are the same for every branch.
pub async fn by_code(db: &Db, code: &str) -> Result<Option<Product>, Fault> {
    let sql = format!("select {COLUMNS} from license_generator_product where code_folded = ?");
    db.first(Statement::new(sql).bind(code.to_ascii_lowercase())).await
}

/// A product by id.
///
/// Unscoped: products are the same for every branch.
pub async fn get(db: &Db, product_id: &str) -> Result<Option<Product>, Fault> {
    let sql = format!("select {COLUMNS} from license_generator_product where product_id = ?");
    db.first(Statement::new(sql).bind(product_id)).await
}

/// The modules of a product in their order.
///
/// Unscoped: products are the same for every branch.
pub async fn modules(db: &Db, product_id: &str) -> Result<Vec<Module>, Fault> {
    db.all(
        Statement::new(
            "select module_id, code, name, base_price, currency, active_default, description, state, \
             requires, excludes, period, quantity_max, overage, trial_days \
             from license_generator_module where product_id = ? order by position, module_id",
        )
        .bind(product_id),
    )
    .await
}

/// The modules of the product with this code, as it is written there.
///
/// Unscoped: products are the same for every branch.
pub async fn modules_of_code(db: &Db, code: &str) -> Result<Vec<Module>, Fault> {
    let product = by_code(db, code).await?;
    match product {
        Some(product) => modules(db, &product.product_id).await,
        None => Ok(Vec::new()),
    }
}
