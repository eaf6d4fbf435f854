//! Somebody who asks: a caller with headers of his own.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{Method, Request};
use plugin_api::{Caller, Permissions, Scope};
use serde::Serialize;

use crate::organisations::Node;
use crate::world::World;
use crate::{Answer, block_on};

/// A caller of the plugin under test. Every request runs to its end on the thread that makes it.
#[derive(Clone)]
pub struct Client {
    world: Arc<World>,
    caller: Caller,
    headers: Vec<(String, String)>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("caller", &self.caller).finish_non_exhaustive()
    }
}

impl Client {
    pub(crate) fn new(world: Arc<World>, caller: Caller) -> Self {
        Self { world, caller, headers: Vec::new() }
    }

    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The same caller with exactly these permissions.
    #[must_use]
    pub fn with_permissions(mut self, ids: &[&str]) -> Self {
        let ids: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        self.caller.permissions = Permissions::Some(ids);
        self
    }

    /// The same caller, with these roles.
    #[must_use]
    pub fn with_roles(mut self, ids: &[&str]) -> Self {
        self.caller.roles = ids.iter().map(|id| (*id).to_owned()).collect();
        self
    }

    /// The same caller, belonging to `node` and confined to its branch.
    #[must_use]
    pub fn in_organisation(mut self, node: &Node) -> Self {
        self.caller.scope = Scope::branch(&node.path);
        self.caller.organisation_id.clone_from(&node.id);
        self
    }

    /// The same caller, answered in `language`: `en` or `it`.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.caller.language);
        self
    }

    /// The same caller where the cockpit is mounted below `base_path`, without a trailing slash.
    #[must_use]
    pub fn base_path(mut self, base_path: &str) -> Self {
        base_path.clone_into(&mut self.caller.base_path);
        self
    }

    /// The same caller, sending one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// `GET path`, query string included.
    pub fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None)
    }

    /// `POST path` with a JSON body.
    pub fn post_json(&self, path: &str, json: impl Serialize) -> Answer {
        self.send_json(Method::POST, path, json)
    }

    /// `PUT path` with a JSON body.
    pub fn put_json(&self, path: &str, json: impl Serialize) -> Answer {
        self.send_json(Method::PUT, path, json)
    }

    /// `PATCH path` with a JSON body.
    pub fn patch_json(&self, path: &str, json: impl Serialize) -> Answer {
        self.send_json(Method::PATCH, path, json)
    }

    /// `DELETE path`.
    pub fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None)
    }

    /// `POST path` with the fields of a form; a name may come several times.
    pub fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(fields).expect("pairs of texts make a form");
        self.send(Method::POST, path, Some(("application/x-www-form-urlencoded", body.into())))
    }

    fn send_json(&self, method: Method, path: &str, json: impl Serialize) -> Answer {
        let body = serde_json::to_vec(&json).expect("the body of a test is JSON");
        self.send(method, path, Some(("application/json", body.into())))
    }

    /// Any request: a body comes with its content type. Pages are asked for as a browser does,
    /// unless a header `accept` says otherwise.
    pub fn send(&self, method: Method, path: &str, body: Option<(&str, Body)>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        let asks = |name: &str| self.headers.iter().any(|(known, _)| known == name);
        if !path.starts_with("/api/") && !asks(ACCEPT.as_str()) {
            request = request.header(ACCEPT, "text/html");
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let body = match body {
            Some((content_type, body)) => {
                if !asks(CONTENT_TYPE.as_str()) {
                    request = request.header(CONTENT_TYPE, content_type);
                }
                body
            }
            None => Body::empty(),
        };
        let request = request.body(body).expect("the path and headers of a test are valid");
        block_on(self.world.handle(self.caller.clone(), request))
    }
}
