//! Writes a product with everything that belongs to it: only what is new, changed or gone.

use plugin_api::db::{Batch, Statement, Value};
use plugin_api::table::fold;

use crate::domain::catalogue::{Bundle, Offer, Parameter, Version};
use crate::domain::choices::Period;
use crate::domain::product::{Module, Product};

/// A column and its value.
type Column = (&'static str, Value);

/// A row of a table that belongs to a product.
trait Row: PartialEq {
    /// Its table.
    const TABLE: &'static str;
    /// The column of its id.
    const ID: &'static str;

    /// Its id.
    fn id(&self) -> &str;

    /// The others but product and position.
    fn columns(&self) -> Vec<Column>;
}

/// The batch that writes `after` in place of `before`, or as something new. A mismatch of `product`
/// says that somebody changed it meanwhile; a code that is taken is a `Unique` fault of
/// `license_generator_product`.
///
/// Unscoped: products are the same for every branch.
pub fn writing(before: Option<&Offer>, after: &Offer, now: i64) -> Batch {
    let product = match before {
        None => insertion(&after.product, now),
        Some(_) => update(&after.product),
    };
    let batch = Batch::new().and(product);
    let id = after.product.product_id.as_str();
    let batch = rows(batch, id, before.map(|offer| &*offer.modules), &after.modules);
    let batch = rows(batch, id, before.map(|offer| &*offer.versions), &after.versions);
    let batch = rows(batch, id, before.map(|offer| &*offer.bundles), &after.bundles);
    rows(batch, id, before.map(|offer| &*offer.parameters), &after.parameters)
}

fn insertion(product: &Product, now: i64) -> Statement {
    let mut columns = product_columns(product);
    columns.extend([
        ("product_id", product.product_id.as_str().into()),
        ("code", product.code.as_str().into()),
        ("code_folded", product.code.to_ascii_lowercase().into()),
        ("version", 1_i64.into()),
        ("created_at", now.into()),
    ]);
    inserted("license_generator_product", columns)
}

fn update(product: &Product) -> Statement {
    let (names, values) = product_columns(product).into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    Statement::new(format!(
        "update license_generator_product set {}, version = version + 1 \
         where product_id = ? and version = ?",
        assignments(&names)
    ))
    .bind_all(values)
    .bind(&product.product_id)
    .bind(product.version)
    .expect_rows(1)
    .label("product")
}

fn product_columns(product: &Product) -> Vec<Column> {
    vec![
        ("name", product.name.as_str().into()),
        ("name_folded", fold(&product.name).into()),
        ("description", product.description.as_str().into()),
        ("version_major", product.version_major.into()),
        ("version_minor", product.version_minor.into()),
        ("state", product.state.as_str().into()),
        ("base_price", product.base_price.into()),
        ("currency", product.currency.as_str().into()),
        ("per_seat", product.per_seat.into()),
    ]
}

fn rows<R: Row>(mut batch: Batch, product_id: &str, before: Option<&[R]>, after: &[R]) -> Batch {
    let before = before.unwrap_or_default();
    // What goes makes room first: its code may have been given to something new.
    for gone in before.iter().filter(|row| !after.iter().any(|kept| kept.id() == row.id())) {
        let sql = format!("delete from {} where {} = ?", R::TABLE, R::ID);
        batch = batch.and(Statement::new(sql).bind(gone.id()));
    }
    for (row, position) in after.iter().zip(0_i64..) {
        let place = before.iter().position(|known| known.id() == row.id());
        let is_same = place.and_then(|place| before.get(place)).is_some_and(|known| known == row);
        let has_moved = place.and_then(|place| i64::try_from(place).ok()) != Some(position);
        if is_same && !has_moved {
            continue;
        }
        let mut columns = row.columns();
        columns.push(("position", position.into()));
        batch = batch.and(if place.is_some() {
            let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
            let sets = assignments(&names);
            let sql = format!("update {} set {sets} where {} = ?", R::TABLE, R::ID);
            Statement::new(sql).bind_all(values).bind(row.id())
        } else {
            columns.push((R::ID, row.id().into()));
            columns.push(("product_id", product_id.into()));
            inserted(R::TABLE, columns)
        });
    }
    batch
}

fn inserted(table: &str, columns: Vec<Column>) -> Statement {
    let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let marks = vec!["?"; names.len()].join(", ");
    Statement::new(format!("insert into {table} ({}) values ({marks})", names.join(", ")))
        .bind_all(values)
}

fn assignments(names: &[&str]) -> String {
    names.iter().map(|name| format!("{name} = ?")).collect::<Vec<_>>().join(", ")
}

fn codes(codes: &[String]) -> Value {
    serde_json::Value::from(codes).to_string().into()
}

impl Row for Module {
    const TABLE: &'static str = "license_generator_module";
    const ID: &'static str = "module_id";

    fn id(&self) -> &str {
        &self.module_id
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            ("code", self.code.as_str().into()),
            ("name", self.name.as_str().into()),
            ("base_price", self.base_price.into()),
            ("currency", self.currency.as_str().into()),
            ("active_default", self.active_default.into()),
            ("description", self.description.as_str().into()),
            ("state", self.state.as_str().into()),
            ("requires", codes(&self.requires)),
            ("excludes", codes(&self.excludes)),
            ("period", self.period.map(Period::as_str).into()),
            ("quantity_max", self.quantity_max.into()),
            ("overage", self.overage.into()),
            ("trial_days", self.trial_days.into()),
        ]
    }
}

impl Row for Version {
    const TABLE: &'static str = "license_generator_product_version";
    const ID: &'static str = "version_id";

    fn id(&self) -> &str {
        &self.version_id
    }

    fn columns(&self) -> Vec<Column> {
        let modules = self.modules.as_ref().map(|all| serde_json::Value::from(&**all).to_string());
        vec![
            ("major", self.major.into()),
            ("minor", self.minor.into()),
            ("released_at", self.released_at.into()),
            ("note", self.note.as_str().into()),
            ("state", self.state.as_str().into()),
            ("modules", modules.into()),
        ]
    }
}

impl Row for Bundle {
    const TABLE: &'static str = "license_generator_bundle";
    const ID: &'static str = "bundle_id";

    fn id(&self) -> &str {
        &self.bundle_id
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            ("code", self.code.as_str().into()),
            ("name", self.name.as_str().into()),
            ("state", self.state.as_str().into()),
            ("modules", codes(&self.modules)),
            ("price", self.price.into()),
            ("currency", self.currency.as_str().into()),
            ("discount", self.discount.into()),
        ]
    }
}

impl Row for Parameter {
    const TABLE: &'static str = "license_generator_parameter";
    const ID: &'static str = "parameter_id";

    fn id(&self) -> &str {
        &self.parameter_id
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            ("name", self.name.as_str().into()),
            ("label", self.label.as_str().into()),
            ("kind", self.kind.as_str().into()),
            ("required", self.required.into()),
            ("default_value", self.default_value.as_ref().map(ToString::to_string).into()),
            ("least", self.least.as_str().into()),
            ("most", self.most.as_str().into()),
            ("choices", codes(&self.choices)),
        ]
    }
}
