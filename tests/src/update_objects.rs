//! What the vendor hands out as updates, and where the licences of a branch find it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

use crate::branches::Person;
use crate::client::Client;
use crate::objects::{Kind, Objects, id};
use crate::server::Cockpit;

/// Drafts of a vendor, so that each way to use one up has one of its own.
const DRAFTS: usize = 5;

/// Makes the addresses of all licences of a branch; each has one.
pub(crate) async fn of_branch(made: &mut Objects, by: &Client) {
    let licences: Vec<String> = made.all(Kind::Licence).map(str::to_owned).collect();
    for licence in licences {
        let body = json!({ "licenza": licence });
        let address = by.post("/api/admin/gettoni-aggiornamenti", &body).await.expect(201).json();
        made.add(Kind::Address, id(&address));
    }
}

/// What the vendor keeps for everybody: the demo's product, releases of it with files, its rollout.
pub async fn of_vendor(cockpit: &Cockpit, made: &mut Objects, admin: &Person) {
    let updates = &cockpit.told().updates;
    let software = &admin.software;
    made.add(Kind::UpdateProduct, &*updates.product);
    made.add(Kind::Channel, &*updates.channel);
    made.add(Kind::Secret, &*updates.token);
    for n in 0..DRAFTS {
        let body = json!({
            "prodotto": updates.product, "versione": format!("9.{n}.0"), "canali": [updates.channel],
        });
        let release = id(&software.post("/api/admin/rilasci", &body).await.expect(201).json());
        let name = format!("to-see-9.{n}.0-x64.exe");
        let path = format!("/api/admin/rilasci/{release}/file/{name}");
        let file = software.request(Method::PUT, &path).body(format!("program {n}"));
        software.send(file).await.assert(200);
        let page = format!("/crm/releases/{release}/files");
        for file in admin.ids(&page, "/crm/release-files/").await {
            made.add(Kind::ReleaseFile, file);
        }
        made.add(Kind::Upload, begun(software, &release, &name.replace("exe", "msi")).await);
        made.add(Kind::Release, release);
    }
    let rollouts: Value = software.get("/api/admin/distribuzioni").await.expect(200).json();
    for rollout in rollouts["dati"].as_array().expect("a list") {
        made.add(Kind::Rollout, id(rollout));
    }
}

/// Announces a file of a release, of which nothing comes.
async fn begun(software: &Client, release: &str, name: &str) -> String {
    let named = format!("filename {},rilascio {}", STANDARD.encode(name), STANDARD.encode(release));
    let begin = software
        .request(Method::POST, "/api/admin/caricamenti")
        .header("tus-resumable", "1.0.0")
        .header("upload-length", 10)
        .header("upload-metadata", named);
    let begun = software.send(begin).await.expect(201);
    begun.header("location").rsplit('/').next().expect("an id").to_owned()
}
