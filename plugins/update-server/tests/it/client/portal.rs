//! A customer sees what his licences include, downloads it, and makes his address himself.

use plugin_api::contracts::licences::NotEntitled;

use super::{DAY, LICENCE, on_each};

const PAGE: &str = "/crm/my-updates";

#[test]
fn a_customer_downloads_what_his_licence_includes() {
    on_each(|customer| {
        let person = customer.person();
        let second = customer.two_releases();
        for language in ["en", "it"] {
            let page = person.clone().language(language).get(PAGE).expect(200);
            assert!(page.html().contains("Acme-1.1.0-setup.exe"), "{page}");
            assert!(!page.html().contains('⟦'), "{page}");
        }
        let file =
            |version: &str| format!("{PAGE}/{LICENCE}/files/{version}/Acme-{version}-setup.exe");
        assert_eq!(person.get(&file("1.1.0")).expect(200).bytes.as_ref(), b"program");
        let made = format!("{PAGE}/{LICENCE}/address");
        assert_eq!(person.post_form(&made, &[]).expect(303).location(), PAGE);
        assert!(person.get(PAGE).expect(200).html().contains("/electron/stable"));
        person.post_form(&made, &[]).expect(409);

        customer.includes(|licence| licence.until = second - DAY);
        let page = person.get(PAGE).expect(200).html().to_owned();
        assert!(page.contains("Acme-1.0.0-setup.exe") && page.contains("Renew"), "{page}");
        person.get(&file("1.1.0")).expect(403);
        customer.refused(NotEntitled::Revoked);
        assert!(person.get(PAGE).expect(200).html().contains("not in force"));
        person.get(&file("1.0.0")).expect(403);
    });
}

#[test]
fn nobody_else_sees_or_downloads_it() {
    on_each(|customer| {
        customer.two_releases();
        let harness = customer.vendor.harness;
        let other = harness.in_branch(&harness.organisations().sibling, &["update-server:portal"]);
        let above = harness.in_branch(&harness.organisations().reseller, &["update-server:portal"]);
        let file = format!("{PAGE}/{LICENCE}/files/1.1.0/Acme-1.1.0-setup.exe");
        for client in [other, above] {
            client.get(&file).expect(404);
            client.post_form(&format!("{PAGE}/{LICENCE}/address"), &[]).expect(404);
            assert!(client.get(PAGE).expect(200).html().contains("No updates"));
        }
        customer.seller().get(PAGE).expect(403);
    });
}
