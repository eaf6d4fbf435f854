//! A vendor with a product to publish releases of.

use axum::body::Body;
use axum::http::Method;
use plugin_api::contracts::licences::{self, Module, Product};
use plugin_testing::{Answer, Client, Harness};
use serde_json::{Value as Json, json};

/// The product's code.
pub(crate) const PRODUCT: &str = "STUDIO";
/// Everything a publisher may do.
const PERMISSIONS: [&str; 3] =
    ["update-server:read", "update-server:publish", "update-server:rollout"];

/// A vendor whose product is set up with the channels `stable` and `beta`.
pub(crate) struct Vendor<'a> {
    pub(crate) harness: &'a Harness,
    pub(crate) client: Client,
}

/// Runs a test on each database.
pub(crate) fn on_each(test: impl Fn(&Vendor<'_>)) {
    Harness::on_each(update_server::plugin, |harness| test(&Vendor::open(harness)));
}

/// The catalogue of licences as another plugin answers it.
pub(crate) fn catalogue(harness: &Harness) {
    harness.service_fake(&licences::PRODUCTS, |()| {
        let module = Module { code: "base".into(), name: "Base".into(), by_default: true };
        let product = |code: &str| Product {
            code: code.into(),
            name: format!("{code} for all"),
            is_sold: true,
            modules: vec![module.clone()],
        };
        vec![product(PRODUCT), product("OTHER")]
    });
}

impl<'a> Vendor<'a> {
    fn open(harness: &'a Harness) -> Self {
        catalogue(harness);
        let vendor = Self { harness, client: harness.with_permissions(&PERMISSIONS) };
        let settings =
            json!({ "accesso": "con_licenza", "stop_percentuale": 10, "stop_minimo": 4 });
        let path = format!("/api/admin/aggiornamenti/{PRODUCT}");
        vendor.client.put_json(&path, settings).expect(200);
        vendor.client.put_json(&format!("{path}/canali/beta"), json!({})).expect(200);
        vendor
    }

    /// Makes a draft of this version in these channels; answers its id.
    pub(crate) fn draft(&self, version: &str, channels: &[&str]) -> String {
        let body = json!({ "prodotto": PRODUCT, "versione": version, "canali": channels });
        id(&self.client.post_json("/api/admin/rilasci", body).expect(201).json())
    }

    /// Sends a file to a draft.
    pub(crate) fn send(&self, release: &str, name: &str, bytes: &[u8]) -> Answer {
        let path = format!("/api/admin/rilasci/{release}/file/{name}");
        let body = Some(("application/octet-stream", Body::from(bytes.to_vec())));
        self.client.send(Method::PUT, &path, body)
    }

    /// Makes a release of this version with one file, and publishes it.
    pub(crate) fn released(&self, version: &str, channels: &[&str]) -> String {
        self.staged(version, channels, &json!([]))
    }

    /// The same, by stages.
    pub(crate) fn staged(&self, version: &str, channels: &[&str], stages: &Json) -> String {
        let id = self.draft(version, channels);
        self.send(&id, &format!("Acme-{version}-setup.exe"), b"program").expect(200);
        let path = format!("/api/admin/rilasci/{id}/pubblica");
        self.client.post_json(&path, json!({ "fasi": stages })).expect(200);
        id
    }

    /// A release as the API tells it.
    pub(crate) fn read(&self, id: &str) -> Json {
        self.client.get(&format!("/api/admin/rilasci/{id}")).expect(200).json()
    }

    /// How often the metadata of the product was signed.
    pub(crate) fn rounds(&self) -> i64 {
        let sql = "select metadata_version from update_server_product where product_code = ?";
        self.harness.scalar(sql, [PRODUCT.into()])
    }

    /// The version of the row that a page of the release sends along.
    pub(crate) fn row(&self, id: &str) -> String {
        let sql = "select row_version from update_server_release where release_id = ?";
        self.harness.scalar(sql, [id.into()]).to_string()
    }
}

/// The `id` of an answer.
pub(crate) fn id(answer: &Json) -> String {
    answer["id"].as_str().expect("an id").to_owned()
}
