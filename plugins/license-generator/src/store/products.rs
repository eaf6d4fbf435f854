//! Products and their modules. They are the vendor's and the same for every branch.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement};
use plugin_api::table::fold;

use crate::domain::product::{Module, Product};

const COLUMNS: &str =
    "product_id, code, name, description, version_major, version_minor, state, version";

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
            "select module_id, code, name, base_price, currency, active_default \
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

/// The batch that writes a new product with its modules. A code that is taken is a `Unique` fault of
/// `license_generator_product`.
///
/// Unscoped: products are the same for every branch.
pub fn insertion(product: &Product, modules: &[Module], now: i64) -> Batch {
    let row = Statement::new(
        "insert into license_generator_product (product_id, code, code_folded, name, \
         name_folded, description, version_major, version_minor, state, version, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
    )
    .bind(&product.product_id)
    .bind(&product.code)
    .bind(product.code.to_ascii_lowercase())
    .bind(&product.name)
    .bind(fold(&product.name))
    .bind(&product.description)
    .bind(product.version_major)
    .bind(product.version_minor)
    .bind(product.state.as_str())
    .bind(now);
    with_modules(Batch::new().and(row), &product.product_id, modules, &[])
}

/// The batch that writes a changed product: a mismatch of `product` says that somebody changed it
/// meanwhile. Modules that are in `known` are updated, the others added; none is taken away, because
/// licences name them.
///
/// Unscoped: products are the same for every branch.
pub fn update(product: &Product, modules: &[Module], known: &[Module]) -> Batch {
    let row = Statement::new(
        "update license_generator_product set name = ?, name_folded = ?, description = ?, version_major = ?, \
         version_minor = ?, state = ?, version = version + 1 where product_id = ? and version = ?",
    )
    .bind(&product.name)
    .bind(fold(&product.name))
    .bind(&product.description)
    .bind(product.version_major)
    .bind(product.version_minor)
    .bind(product.state.as_str())
    .bind(&product.product_id)
    .bind(product.version)
    .expect_rows(1)
    .label("product");
    with_modules(Batch::new().and(row), &product.product_id, modules, known)
}

fn with_modules(batch: Batch, product_id: &str, modules: &[Module], known: &[Module]) -> Batch {
    modules.iter().zip(0i64..).fold(batch, |batch, (module, position)| {
        let is_known = known.iter().any(|known| known.module_id == module.module_id);
        let row = if is_known {
            Statement::new(
                "update license_generator_module set name = ?, base_price = ?, currency = ?, \
                 active_default = ?, position = ? where module_id = ? and product_id = ?",
            )
        } else {
            Statement::new(
                "insert into license_generator_module (name, base_price, currency, \
                 active_default, position, module_id, product_id, code) \
                 values (?, ?, ?, ?, ?, ?, ?, ?)",
            )
        };
        let row = row
            .bind(&module.name)
            .bind(module.base_price)
            .bind(&module.currency)
            .bind(module.active_default)
            .bind(position)
            .bind(&module.module_id)
            .bind(product_id);
        batch.and(if is_known { row } else { row.bind(&module.code) })
    })
}
