//! Products that software may be: those licences are issued for, or any code where nobody keeps them.

use plugin_api::contracts::licences::{PRODUCTS, Product};
use plugin_api::table::fold;
use plugin_api::ui::{Field, FormErrors};
use plugin_api::{Cx, Fault, FaultKind};

/// Characters of a code at most.
const LONGEST: usize = 64;

/// The products; none where nobody keeps licences.
pub(super) async fn all(cx: &Cx) -> Result<Option<Vec<Product>>, Fault> {
    match cx.service(&PRODUCTS, &()).await {
        Ok(products) => Ok(Some(products)),
        Err(fault) if matches!(fault.kind, FaultKind::Unavailable | FaultKind::NotFound) => {
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

/// The question which product it is.
pub(super) fn field(
    cx: &Cx,
    products: Option<&[Product]>,
    (name, chosen): (&str, &str),
    errors: &FormErrors,
) -> Field {
    let lang = cx.lang();
    let label = lang.t("mapping-product");
    let Some(products) = products else {
        let field = Field::text(name, label).hint(lang.t("mapping-product-code-hint"));
        return field.maxlength(LONGEST).value(chosen).errors(errors);
    };
    let field = Field::select(name, label).option("", lang.t("mapping-product-none"));
    let sold = products.iter().filter(|one| one.is_sold || one.code == chosen);
    sold.fold(field, |field, one| field.option(&one.code, format!("{} ({})", one.name, one.code)))
        .value(chosen)
        .errors(errors)
}

/// Refuses a code nobody keeps, with the key of the sentence that says so; empty is refused too.
pub(super) async fn known(cx: &Cx, code: &str) -> Result<Result<(), &'static str>, Fault> {
    if code.is_empty() {
        return Ok(Err("mapping-product-missing"));
    }
    if code.chars().count() > LONGEST {
        return Ok(Err("mapping-product-long"));
    }
    let products = all(cx).await?;
    let is_known = products.is_none_or(|known| known.iter().any(|one| one.code == code));
    Ok(if is_known { Ok(()) } else { Err("mapping-product-unknown") })
}

/// The product whose name or code is most like what software calls itself.
pub(super) fn likely<'a>(products: &'a [Product], name: &str) -> Option<&'a Product> {
    let wanted = words(name);
    let share = |product: &Product| {
        let words = words(&format!("{} {}", product.name, product.code));
        let common = wanted.iter().filter(|word| words.contains(word)).count();
        if wanted.is_empty() { 0 } else { common * 100 / wanted.len() }
    };
    let best = products.iter().filter(|one| one.is_sold).max_by_key(|product| share(product))?;
    (share(best) >= 50).then_some(best)
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_that_shares_most_words_is_likely() {
        let product = |code: &str, name: &str| Product {
            code: code.to_owned(),
            name: name.to_owned(),
            is_sold: true,
            modules: Vec::new(),
        };
        let products = [product("gest", "Gestionale"), product("gest-pro", "Gestionale Pro")];
        let likely = |name| likely(&products, name).map(|one| one.code.as_str());
        assert_eq!(likely("GESTIONALE pro"), Some("gest-pro"));
        assert_eq!(likely("Fatture"), None);
        assert_eq!(likely(""), None);
    }
}
