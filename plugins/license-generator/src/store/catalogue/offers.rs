//! Products with everything that belongs to them.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};

use crate::domain::catalogue::{Bundle, Offer, Parameter, Version};
use crate::domain::product::Product;
use crate::store::products;

/// A product, found by id, with everything that belongs to it.
///
/// Unscoped: products are the same for every branch.
pub async fn get(db: &Db, product_id: &str) -> Result<Option<Offer>, Fault> {
    match products::get(db, product_id).await? {
        Some(product) => of(db, product).await.map(Some),
        None => Ok(None),
    }
}

/// Everything that belongs to `product`.
///
/// Unscoped: products are the same for every branch.
pub async fn of(db: &Db, product: Product) -> Result<Offer, Fault> {
    let id = product.product_id.as_str();
    let modules = products::modules(db, id).await?;
    let versions = versions(db, id).await?;
    let bundles = bundles(db, id).await?;
    let parameters = parameters(db, id).await?;
    Ok(Offer { product, versions, modules, bundles, parameters })
}

/// The versions of a product, newest first.
///
/// Unscoped: products are the same for every branch.
pub async fn versions(db: &Db, product_id: &str) -> Result<Vec<Version>, Fault> {
    db.all(
        Statement::new(
            "select version_id, major, minor, released_at, note, state, modules \
             from license_generator_product_version where product_id = ? \
             order by major desc, minor desc",
        )
        .bind(product_id),
    )
    .await
}

/// The bundles of a product in their order.
///
/// Unscoped: products are the same for every branch.
pub async fn bundles(db: &Db, product_id: &str) -> Result<Vec<Bundle>, Fault> {
    db.all(
        Statement::new(
            "select bundle_id, code, name, state, modules, price, currency, discount \
             from license_generator_bundle where product_id = ? order by position, bundle_id",
        )
        .bind(product_id),
    )
    .await
}

/// The typed parameters of a product in their order.
///
/// Unscoped: products are the same for every branch.
pub async fn parameters(db: &Db, product_id: &str) -> Result<Vec<Parameter>, Fault> {
    db.all(
        Statement::new(
            "select parameter_id, name, label, kind, required, default_value, least, most, choices \
             from license_generator_parameter where product_id = ? order by position, parameter_id",
        )
        .bind(product_id),
    )
    .await
}

/// The product of the part with this id, in the table and column named.
///
/// Unscoped: products are the same for every branch.
pub async fn product_of(
    db: &Db,
    (table, column): (&'static str, &'static str),
    part_id: &str,
) -> Result<Option<String>, Fault> {
    #[derive(serde::Deserialize)]
    struct Part {
        product_id: String,
    }
    let sql = format!("select product_id from {table} where {column} = ?");
    let part: Option<Part> = db.first(Statement::new(sql).bind(part_id)).await?;
    Ok(part.map(|part| part.product_id))
}

/// Whether a licence has the module, active or not.
///
/// Unscoped: a module that somebody has is not to be deleted, whoever he is.
pub async fn has_module(db: &Db, module_id: &str) -> Result<bool, Fault> {
    let sql = "select 1 from license_generator_licence_module where module_id = ? limit 1";
    is_there(db, Statement::new(sql).bind(module_id)).await
}

/// Whether a licence is for this version of the product, or for every minor one of its major one.
///
/// Unscoped: a version that somebody has is not to be deleted, whoever he is.
pub async fn has_version(db: &Db, product_id: &str, version: &Version) -> Result<bool, Fault> {
    let sql = "select 1 from license_generator_licence where product_id = ? and version_major = ? \
               and coalesce(version_minor, ?) = ? limit 1";
    let statement = Statement::new(sql)
        .bind(product_id)
        .bind(version.major)
        .bind(version.minor)
        .bind(version.minor);
    is_there(db, statement).await
}

/// Whether a licence was sold as the bundle.
///
/// Unscoped: a bundle that somebody has is not to be deleted, whoever he is.
pub async fn has_bundle(db: &Db, product_id: &str, code: &str) -> Result<bool, Fault> {
    let sql = "select 1 from license_generator_licence where product_id = ? and bundle = ? limit 1";
    is_there(db, Statement::new(sql).bind(product_id).bind(code)).await
}

async fn is_there(db: &Db, statement: Statement) -> Result<bool, Fault> {
    Ok(!db.rows(statement).await?.is_empty())
}
