//! Products: entered, changed, retired; codes stay.

use crate::{PRODUCT, on_each};

/// Address of the only product.
fn path(shop: &crate::Shop<'_>) -> String {
    let rows = shop.harness.rows("select product_id from license_generator_product", []);
    format!("/crm/products/{}", rows[0]["product_id"].as_str().expect("an id"))
}

#[test]
fn a_code_is_taken_whatever_its_case() {
    on_each(|shop| {
        let admin = shop.harness.superadmin();
        let form = [("nome", "Altro"), ("codice", "studio"), ("major", "1"), ("minor", "0")];
        let answer = admin.post_form("/crm/products/new", &form).expect(422);
        assert!(answer.html().contains("This is already in use"), "{answer}");
        let wrong = [("nome", ""), ("codice", "a b"), ("major", "-1"), ("minor", "x")];
        let answer = admin.post_form("/crm/products/new", &wrong).expect(422);
        for field in ["f-nome", "f-codice", "f-major", "f-minor"] {
            assert!(answer.html().contains(&format!("href=\"#{field}\"")), "{field}: {answer}");
        }
        shop.seller().get("/crm/products").expect(403);
    });
}

#[test]
fn a_change_keeps_the_code_and_the_modules() {
    on_each(|shop| {
        let admin = shop.harness.superadmin();
        let path = path(shop);
        admin.get(&path).expect(200);
        let mut form = PRODUCT.to_vec();
        form.extend([
            ("versione", "1"),
            ("codice", "ALTRO"),
            ("prezzo", "99"),
            ("ritirato", "true"),
        ]);
        admin.post_form(&path, &form).expect(303);
        let page = admin.get(&path).expect(200);
        assert_eq!(page.html().matches("value=\"STUDIO\"").count(), 1);
        assert!(page.html().contains("value=\"99.00\""), "{page}");
        let count = "select count(*) from license_generator_module";
        assert_eq!(shop.harness.scalar(count, []), 2);
        let refused = shop.try_issue(&serde_json::json!({})).expect(422);
        assert_eq!(refused.problem(), "prodotto_ritirato");
        let late = admin.post_form(&path, &form).expect(422);
        assert!(late.html().contains("Somebody changed this product"), "{late}");
    });
}
