//! A product with releases, and the plugin's functions behind routes of the test's own.

use axum::body::Bytes;
use axum::response::Response;
use plugin_api::lang::Sources;
use plugin_api::{Access, Cx, Json, Path, Plugin, Problem, Query, Routes};
use plugin_testing::{Answer, Client, Harness};
use serde::Deserialize;
use serde_json::{Value, json};
use update_server::domain::tuf::role::Role;
use update_server::domain::tuf::trust::{Distrust, Trusted};
use update_server::tuf::keys::{Change, NewKey};
use update_server::tuf::{Entitled, keys, metadata, offline, targets, warnings};

const LOCALES: Sources = &[
    ("en", include_str!("../../../locales/en.ftl")),
    ("it", include_str!("../../../locales/it.ftl")),
    ("en", include_str!("../../../locales/tuf.en.ftl")),
    ("it", include_str!("../../../locales/tuf.it.ftl")),
];

/// The largest window: no end.
pub(super) const NO_END: i64 = i64::MAX;

/// Who asks: what the credential of the address comes to.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Who {
    pub(super) until: i64,
    pub(super) installation: Option<String>,
    pub(super) module: Option<String>,
}

impl Who {
    /// Somebody whose releases end at `until`.
    pub(super) fn until(until: i64) -> Self {
        Self { until, installation: None, module: None }
    }

    fn query(&self) -> String {
        let part = |name: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |value| format!("&{name}={value}"))
        };
        let rest = part("installation", &self.installation) + &part("module", &self.module);
        format!("?until={}{rest}", self.until)
    }

    fn entitled(self) -> Entitled {
        Entitled {
            product_code: "app".to_owned(),
            until: self.until,
            modules: self.module.map(|module| vec![module]),
            installation: self.installation,
        }
    }
}

async fn round(cx: Cx) -> Result<Json<Value>, Problem> {
    cx.transaction(|tx| async move { update_server::tuf::round(&tx, "app").await }).await?;
    Ok(Json(Value::Null))
}

async fn send_metadata(
    cx: Cx,
    Path(file): Path<String>,
    Query(who): Query<Who>,
) -> Result<Response, Problem> {
    metadata::metadata(&cx, &who.entitled(), &file).await
}

async fn send_target(
    cx: Cx,
    Path(path): Path<String>,
    Query(who): Query<Who>,
) -> Result<Response, Problem> {
    targets::targets(&cx, &who.entitled(), &path).await
}

async fn put_blob(cx: Cx, body: Bytes) -> Result<Json<String>, Problem> {
    let info = cx.put_blob("app.zip", "application/zip", body.into()).await?;
    Ok(Json(info.blob_id))
}

#[derive(Deserialize)]
struct ChangeBody {
    role: Role,
    here: usize,
    elsewhere: Vec<String>,
    remove: Vec<String>,
    threshold: Option<usize>,
}

async fn change(cx: Cx, Json(body): Json<ChangeBody>) -> Result<Json<Value>, Problem> {
    let here = std::iter::repeat_n(NewKey::Here, body.here);
    let add = here.chain(body.elsewhere.into_iter().map(NewKey::Elsewhere)).collect();
    let (role, remove, threshold) = (body.role, body.remove, body.threshold);
    keys::change(&cx, "app", Change { role, add, remove, threshold }).await?;
    Ok(Json(Value::Null))
}

async fn rotate(cx: Cx, Path(role): Path<Role>) -> Result<Json<Value>, Problem> {
    keys::rotate(&cx, "app", role).await.map(|()| Json(Value::Null))
}

async fn take_offline(
    cx: Cx,
    Path(role): Path<Role>,
    Json(keys): Json<Vec<String>>,
) -> Result<Json<Value>, Problem> {
    keys::take_offline(&cx, "app", role, &keys, keys.len()).await.map(|()| Json(Value::Null))
}

async fn give_up(cx: Cx) -> Result<Json<Value>, Problem> {
    keys::give_up(&cx, "app").await.map(|()| Json(Value::Null))
}

async fn list(cx: Cx) -> Result<Json<Value>, Problem> {
    let all = json!({
        "keys": keys::list(&cx, "app").await?,
        "warnings": warnings::of_product(&cx, "app").await?,
        "waiting": offline::waiting(&cx, "app").await?,
    });
    Ok(Json(all))
}

async fn documents(cx: Cx) -> Result<Json<Value>, Problem> {
    let all = offline::documents(&cx, "app").await?;
    let read = all.values().map(|bytes| serde_json::from_slice::<Value>(bytes).unwrap_or_default());
    Ok(Json(read.collect()))
}

async fn upload(cx: Cx, body: Bytes) -> Result<Json<Value>, Problem> {
    offline::upload(&cx, "app", &body).await.map(|()| Json(Value::Null))
}

fn plugin() -> Plugin {
    let routes = Routes::new()
        .post("/api/t/round", round, Access::Public)
        .post("/api/t/blob", put_blob, Access::Public)
        .get("/api/t/metadata/{file}", send_metadata, Access::Public)
        .get("/api/t/targets/{*path}", send_target, Access::Public)
        .get("/api/t/keys", list, Access::Public)
        .post("/api/t/keys", change, Access::Public)
        .post("/api/t/rotate/{role}", rotate, Access::Public)
        .post("/api/t/offline/{role}", take_offline, Access::Public)
        .post("/api/t/give-up", give_up, Access::Public)
        .get("/api/t/documents", documents, Access::Public)
        .post("/api/t/documents", upload, Access::Public);
    let plugin = Plugin::new(update_server::ID, "0.0.0", LOCALES)
        .memory(update_server::client::Memory::default())
        .migrations(plugin_api::migrations!("update-server": "0001" "create_update_server"))
        .routes(routes);
    update_server::tuf::add_to(plugin).build()
}

/// Runs a test on each database, with a product of two channels that has no release yet.
pub(super) fn on_each(test: impl Fn(&Repository<'_>)) {
    Harness::on_each(plugin, |harness| {
        harness.sql(
            "insert into update_server_product (product_code, access, seed, created_at) \
             values ('app', 'public', ?, 0)",
            ["5e".repeat(32).into()],
        );
        for channel in ["stable", "beta"] {
            harness.sql(
                "insert into update_server_channel (product_code, channel, created_at) \
                 values ('app', ?, 0)",
                [channel.into()],
            );
        }
        test(&Repository { harness });
    });
}

/// A product.
pub(super) struct Repository<'a> {
    pub(super) harness: &'a Harness,
}

impl Repository<'_> {
    pub(super) fn client(&self) -> Client {
        self.harness.anonymous()
    }

    /// Puts a release into a channel, published now, with one file; answers when.
    pub(super) fn place(&self, version: &str, channel: &str) -> i64 {
        self.harness.clock().advance(60_000);
        let now = self.harness.clock().now();
        let blob: String = self
            .client()
            .send(
                axum::http::Method::POST,
                "/api/t/blob",
                Some(("text/plain", version.to_owned().into())),
            )
            .expect(200)
            .read();
        let id = format!("release-{version}");
        self.harness.sql(
            "insert into update_server_release (release_id, product_code, version, version_order, \
             state, published_at, created_at) values (?, 'app', ?, ?, 'published', ?, 0)",
            [id.as_str().into(), version.into(), version.into(), now.into()],
        );
        self.harness.sql(
            "insert into update_server_placement (product_code, channel, release_id, placed_at) \
             values ('app', ?, ?, 0)",
            [channel.into(), id.as_str().into()],
        );
        let sha256 = plugin_api::hex(&<sha2::Sha256 as sha2::Digest>::digest(version));
        let size = i64::try_from(version.len()).expect("short");
        self.harness.sql(
            "insert into update_server_artifact (artifact_id, release_id, product_code, platform, \
             architecture, format, file_name, blob_id, size, sha256, sha512, sha1, blake2b, \
             minisign, created_at) \
             values (?, ?, 'app', 'linux', 'x86_64', 'zip', 'app.zip', ?, ?, ?, '', '', '', '', 0)",
            [id.as_str().into(), id.as_str().into(), blob.into(), size.into(), sha256.into()],
        );
        now
    }

    /// The same, and signs.
    pub(super) fn publish(&self, version: &str, channel: &str) -> i64 {
        let at = self.place(version, channel);
        self.round().expect(200);
        at
    }

    /// Takes a release back.
    pub(super) fn yank(&self, version: &str) {
        let sql = "update update_server_release set state = 'yanked', \
            row_version = row_version + 1 where version = ?";
        self.harness.sql(sql, [version.into()]);
        self.round().expect(200);
    }

    pub(super) fn round(&self) -> Answer {
        self.client().post_json("/api/t/round", json!({}))
    }

    pub(super) fn metadata(&self, who: &Who, file: &str) -> Answer {
        self.client().get(&format!("/api/t/metadata/{file}{}", who.query()))
    }

    pub(super) fn target(&self, who: &Who, path: &str) -> Answer {
        self.client().get(&format!("/api/t/targets/{path}{}", who.query()))
    }

    /// Keys, warnings, what waits.
    pub(super) fn keys(&self) -> Value {
        self.client().get("/api/t/keys").expect(200).json()
    }

    /// A client that trusts the first root.
    pub(super) fn trusting(&self) -> Trusted {
        let root = self.metadata(&Who::until(NO_END), "1.root.json").expect(200);
        Trusted::begin(&root.bytes).expect("a root")
    }

    /// Lets a client take in the newest state.
    pub(super) fn refresh(&self, client: &mut Trusted, who: &Who) -> Result<(), Distrust> {
        let fetch = |file: &str| {
            let answer = self.metadata(who, file);
            (answer.status == 200).then(|| answer.bytes.to_vec())
        };
        client.refresh(&fetch, self.harness.clock().now())
    }

    /// The versions a client sees, once it took in the newest state.
    pub(super) fn seen(&self, client: &mut Trusted, who: &Who) -> Vec<String> {
        self.refresh(client, who).expect("trusted");
        let version = |name: &String| name.split('/').nth(1).map(str::to_owned);
        client.targets().keys().filter_map(version).collect()
    }
}
