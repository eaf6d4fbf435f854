//! A whole cockpit on each database, and software that talks to it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use cockpit_database::throwaway::ThrowAway;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH};
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use plugin_api::{Caller, Cx, Scope};
use serde_json::{Value as Json, json};
use tower::ServiceExt as _;

use crate::config::Config;
use crate::people::organisations::{NewNode, create};
use crate::people::{NewToken, tokens};
use crate::state::{State, system_caller};
use crate::store::users::{Insertion, OnlyFirst, insertion};
use crate::store::{organisations, roles};

/// A cockpit that is gone when dropped.
pub(crate) struct Cockpit {
    pub(crate) state: Arc<State>,
    pub(crate) router: Router,
    _folder: tempfile::TempDir,
    _database: ThrowAway,
}

/// A cockpit on each database that can be tested here.
pub(crate) async fn cockpits() -> Vec<Cockpit> {
    let mut cockpits = Vec::new();
    for database in ThrowAway::each().await.expect("throw-away databases") {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::in_directory(folder.path());
        config.database.url = database.settings().url.clone().map(Into::into);
        config.database.connections = 4;
        let state = State::start(config).await.expect("a cockpit");
        let router = crate::http::router(Arc::clone(&state));
        cockpits.push(Cockpit { state, router, _folder: folder, _database: database });
    }
    cockpits
}

impl Cockpit {
    /// The context of somebody of the node `id` who may do everything there.
    pub(crate) async fn of(&self, id: &str) -> Cx {
        let db = self.state.system("test").db();
        let found = organisations::find(&db, &Scope::everything(), id).await.expect("a tree");
        let node = found.expect("a node");
        let everything = id == organisations::ROOT;
        let scope = if everything { Scope::everything() } else { Scope::branch(node.path) };
        let organisation_id = node.organisation_id;
        self.state.cx(Caller { scope, organisation_id, ..system_caller("test") })
    }

    /// Makes a node; answers its id.
    pub(crate) async fn node(&self, parent: &str, kind: &str, name: &str) -> String {
        let cx = self.of(organisations::ROOT).await;
        let (name, kind, parent_id) = (name.to_owned(), kind.to_owned(), parent.to_owned());
        create(&cx, &NewNode { name, kind, parent_id }).await.expect("a node")
    }

    /// Makes a user of the node `id` with one role; answers his id and a token of his.
    pub(crate) async fn user(&self, id: &str, role: &str, email: &str) -> (String, String) {
        let cx = self.of(organisations::ROOT).await;
        let user_id = cx.fresh_id();
        let user = Insertion {
            user_id: &user_id,
            organisation_id: id,
            email,
            name: email,
            password_hash: "x",
            now: cx.now(),
        };
        let batch = plugin_api::db::Batch::new()
            .and(insertion(cx.scope(), &user, OnlyFirst::No))
            .and(roles::giving(cx.scope(), &user_id, role));
        cx.db().batch(batch).await.expect("a user");
        let new =
            NewToken { user_id: user_id.clone(), name: email.to_owned(), ..NewToken::default() };
        let (_, token) = tokens::create(&self.state, &cx, &new).await.expect("a token");
        (user_id, token)
    }

    /// What software with this token is answered.
    pub(crate) async fn call(&self, token: &str, method: &str, path: &str, body: Json) -> Reply {
        self.call_if(token, method, path, body, None).await
    }

    /// The same with an `If-Match`.
    pub(crate) async fn call_if(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Json,
        if_match: Option<&str>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        if let Some(etag) = if_match {
            request = request.header(IF_MATCH, etag);
        }
        let body = match body {
            Json::Null => Body::empty(),
            Json::String(form) => {
                request = request
                    .header(ACCEPT, "text/html")
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
                Body::from(form)
            }
            body => {
                request = request.header(CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
        };
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let headers = response.headers().clone();
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        let text = String::from_utf8_lossy(&body).into_owned();
        Reply { status, headers, json: serde_json::from_str(&text).unwrap_or(json!(null)), text }
    }
}

/// What was answered.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: http::HeaderMap,
    pub(crate) json: Json,
    pub(crate) text: String,
}

impl Reply {
    /// The same, whose status must be this one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// A header; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The stable code of a problem.
    pub(crate) fn codice(&self) -> &str {
        self.json["codice"].as_str().unwrap_or_default()
    }
}
