//! A customer sees what his licences include, downloads it, and makes his address himself.

use plugin_api::contracts::licences::{NotEntitled, OFFLINE, Offline};

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
fn a_customer_carries_what_his_licence_includes_to_where_no_network_is() {
    on_each(|customer| {
        let harness = customer.vendor.harness;
        harness.service_fake(&OFFLINE, |asked| Offline {
            revocations: asked.licence_id.unwrap_or_default(),
            keys: Vec::new(),
        });
        let second = customer.two_releases();
        let (person, path) = (customer.person(), format!("{PAGE}/{LICENCE}/bundle"));
        let bundle = |version: &str| person.post_form(&path, &[("versione", version)]);
        assert!(person.get(PAGE).expect(200).html().contains(&path));
        let tar = bundle("1.1.0").expect(200);
        let named = |name: &str| String::from_utf8_lossy(&tar.bytes).contains(name);
        assert!(named("licence.json") && named("targets/stable/1.1.0/"), "what was ticked");
        assert!(!named("targets/stable/1.0.0/"), "what was not");

        customer.includes(|licence| licence.until = second - DAY);
        bundle("1.1.0").expect(403);
        bundle("1.0.0").expect(200);
        bundle("7.0.0").expect(404);
        let other = harness.in_branch(&harness.organisations().sibling, &["update-server:portal"]);
        other.post_form(&path, &[("versione", "1.0.0")]).expect(404);
        customer.refused(NotEntitled::Revoked);
        bundle("1.0.0").expect(403);
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
