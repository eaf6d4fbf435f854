//! scratch
use serde_json::json;
use crate::*;
#[test]
fn dump() {
    let harness = plugin_testing::Harness::sqlite(customer_accounts::plugin());
    let caller = harness.job_caller("demo");
    harness.call("sample", &caller, json!({})).unwrap();
    let c = harness.superadmin();
    let list = c.get("/api/admin/clienti?q=zurich").json();
    let one = list["dati"][0]["id"].as_str().unwrap().to_owned();
    let sprite = std::fs::read_to_string("../../templates/icons.html").unwrap();
    let base = std::fs::read_to_string("../../templates/base.html").unwrap();
    std::fs::create_dir_all("/tmp/ca-pages").unwrap();
    let _ = base;
    for (lang, theme) in [("en", "light"), ("it", "dark")] {
        let c = c.clone().language(lang);
        let pages = [
            ("list", c.get("/crm/customers")),
            ("new", c.get("/crm/customers/new")),
            ("show", c.get(&format!("/crm/customers/{one}"))),
            ("bad", c.post_form("/crm/customers/new", &[("kind","customer"),("country","IT"),("vat_number","123")])),
            ("conflict", c.post_form(&format!("/crm/customers/{one}/edit"), &[("version","0"),("kind","customer"),("country","CH"),("name","Zürichberg AG")])),
        ];
        for (name, page) in pages {
            let html = format!("<!doctype html><html lang={lang} data-theme={theme}><meta charset=utf-8><meta name=viewport content='width=device-width'><link rel=stylesheet href=app.css><body class=bare>{sprite}<main>{}</main>", page.text());
            std::fs::write(format!("/tmp/ca-pages/{name}-{lang}.html"), html).unwrap();
        }
    }
}
