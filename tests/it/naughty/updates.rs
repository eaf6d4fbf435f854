//! Releases in every state, so that what is done to one leaves another for the rest.

use cockpit_tests::branches::Person;
use cockpit_tests::objects::{Kind, Objects};
use cockpit_tests::{Cockpit, update_objects};
use serde_json::json;

/// How the paths of forms end that leave little to do with a release.
pub(super) const LAST: [&str; 2] = ["/publish", "/yank"];
/// The file of the draft that is changed.
const FILE: &str = "to-see-9.2.0-x64.exe";

/// What one path is about and no other.
pub(super) struct Updates {
    /// A draft that is published over the API; pages have one of their own.
    draft: String,
    /// A draft that is changed over the API.
    changed: String,
    /// A release that is out, and taken back over the API.
    bad: String,
    /// A release that is out, in one channel.
    out: String,
    /// An address for the API; pages have one of their own.
    address: String,
}

impl Updates {
    /// Makes them; what pages are about is put among the things.
    pub(super) async fn of(cockpit: &Cockpit, things: &mut Objects, admin: &Person) -> Self {
        update_objects::of_vendor(cockpit, things, admin).await;
        for kind in [Kind::Release, Kind::ReleaseFile, Kind::Address] {
            assert!(things.all(kind).count() > 1, "{kind:?}");
        }
        let first = |kind| things.get(kind).expect("one").to_owned();
        let (draft, address) = (first(Kind::Release), first(Kind::Address));
        for kind in [Kind::Release, Kind::ReleaseFile, Kind::Address] {
            things.use_up(kind);
        }
        let mut rest = things.all(Kind::Release).skip(1).map(str::to_owned);
        let (changed, bad, out) = (rest.next(), rest.next(), rest.next());
        let [changed, bad, out] = [changed, bad, out].map(|release| release.expect("one more"));
        for release in [&bad, &out] {
            let body = json!({ "canali": ["beta"] });
            let path = format!("/api/admin/rilasci/{release}");
            let change = admin.software.request(reqwest::Method::PATCH, &path);
            admin.software.send(change.header("if-match", "*").json(&body)).await.assert(200);
            let body = json!({ "conferma_avvisi": true });
            admin.software.post(&format!("{path}/pubblica"), &body).await.assert(200);
        }
        Self { draft, changed, bad, out, address }
    }

    /// The ids in this path, if not any will do.
    pub(super) fn special(&self, path: &str) -> Option<Vec<&str>> {
        let api = path.strip_prefix("/api/admin/")?;
        match api {
            "rilasci/{id}/promuovi" => Some(vec![&self.out]),
            "rilasci/{id}/pubblica" => Some(vec![&self.draft]),
            "rilasci/{id}/ritira" => Some(vec![&self.bad]),
            "rilasci/{id}/file/{nome}" => Some(vec![&self.changed, FILE]),
            _ if api.starts_with("rilasci/{id}") => Some(vec![&self.changed]),
            _ if api.starts_with("gettoni-aggiornamenti/{id}") => Some(vec![&self.address]),
            _ => None,
        }
    }

    /// Pages that no path leads to by itself.
    pub(super) fn pages(&self, product: &str) -> Vec<String> {
        let out = format!("/crm/releases/{}", self.out);
        vec![
            format!("{out}/rollout"),
            out,
            format!("/crm/update-bundles/new?prodotto={product}"),
            format!("/crm/update-products/{product}/keys/targets/elsewhere"),
        ]
    }
}
