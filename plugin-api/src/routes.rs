//! The routes of a plugin, each with who may call it; there is no way to add one without.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, CONTENT_TYPE,
};
use http::{HeaderValue, Method, StatusCode};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ComponentsBuilder, OpenApi, OpenApiBuilder, Paths};
use utoipa::{PartialSchema as _, ToSchema as _};
use utoipa_axum::router::UtoipaMethodRouter;

use crate::common_responses::complete;
use crate::manifest::Route;
use crate::problem::ProblemBody;
use crate::{Access, Cx, Page, Problem};

/// Collects routes; what it was given becomes a router, a table and a part of the `OpenAPI` document.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router,
    table: Vec<Route>,
    openapi: Option<OpenApi>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or file: `GET` without a place in the `OpenAPI` document.
    #[must_use]
    pub fn get<H, T>(self, path: &str, handler: H, access: Access) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.route(&Method::GET, path, get(handler), access)
    }

    /// A form of a page: `POST` without a place in the `OpenAPI` document.
    #[must_use]
    pub fn post<H, T>(self, path: &str, handler: H, access: Access) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.route(&Method::POST, path, post(handler), access)
    }

    /// Operations of the API, made with [`routes!`](utoipa_axum::routes).
    #[must_use]
    pub fn api(mut self, operations: UtoipaMethodRouter<()>, access: &Access) -> Self {
        let (mut schemas, mut paths, method_router) = operations;
        // What every operation may answer.
        schemas.push((ProblemBody::name().into_owned(), ProblemBody::schema()));
        ProblemBody::schemas(&mut schemas);
        let mut routed = None;
        for (path, item) in &mut paths.paths {
            let operations = [
                (Method::GET, &mut item.get),
                (Method::HEAD, &mut item.head),
                (Method::POST, &mut item.post),
                (Method::PUT, &mut item.put),
                (Method::PATCH, &mut item.patch),
                (Method::DELETE, &mut item.delete),
            ];
            for (method, operation) in operations {
                let Some(operation) = operation else { continue };
                operation.security = Some(security(access));
                complete(operation, access);
                self.table.push(Route {
                    method: method.to_string(),
                    path: path.clone(),
                    access: access.clone(),
                    takes_files: false,
                });
            }
            routed = Some(path.clone());
        }
        if let Some(path) = routed {
            self.router = self.router.route(&path, guarded(method_router, access.clone()));
        }
        let openapi = self.openapi.get_or_insert_with(|| {
            OpenApiBuilder::new().paths(Paths::new()).components(None).build()
        });
        openapi.merge(
            OpenApiBuilder::new()
                .paths(paths)
                .components(Some(ComponentsBuilder::new().schemas_from_iter(schemas).build()))
                .build(),
        );
        self
    }

    fn route(mut self, method: &Method, path: &str, routed: MethodRouter, access: Access) -> Self {
        self.table.push(Route {
            method: method.to_string(),
            path: path.to_owned(),
            access: access.clone(),
            takes_files: false,
        });
        self.router = self.router.route(path, guarded(routed, access));
        self
    }

    /// Web pages anywhere may call these routes with `methods` and the request headers `headers`, and
    /// read what they are answered (CORS, <https://fetch.spec.whatwg.org/#http-cors-protocol>). For
    /// what is public only: no cookie counts there. Say it last.
    #[must_use]
    pub fn cross_origin(mut self, methods: &[&str], headers: &[&str]) -> Self {
        let preflight = Preflight {
            methods: HeaderValue::from_str(&methods.join(", ")).ok(),
            headers: HeaderValue::from_str(&headers.join(", ")).ok(),
        };
        self.router = self.router.route_layer(from_fn(move |request: Request, next: Next| {
            let preflight = preflight.clone();
            async move {
                let is_preflight = *request.method() == Method::OPTIONS;
                let mut response =
                    if is_preflight { preflight.answer() } else { next.run(request).await };
                let any = HeaderValue::from_static("*");
                response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, any);
                response
            }
        }));
        self
    }

    /// Who is signed in may send bodies as long as the largest file the host keeps (the setting
    /// `blobs.largest`) to these routes, for as long as more of them arrives; the handler takes them
    /// piece by piece, never as a whole. The plugin may keep files of that length. Say it last.
    #[must_use]
    pub fn taking_files(mut self) -> Self {
        for route in &mut self.table {
            route.takes_files = !matches!(route.method.as_str(), "GET" | "HEAD");
        }
        self
    }

    /// The routes of `other` as well.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        match (&mut self.openapi, other.openapi) {
            (Some(ours), Some(theirs)) => ours.merge(theirs),
            (ours @ None, theirs) => *ours = theirs,
            (Some(_), None) => {}
        }
        self
    }

    /// The router, the table sorted by path, and the `OpenAPI` fragment with every schema name
    /// prefixed by `prefix`.
    pub fn into_parts(mut self, prefix: &str) -> (Router, Vec<Route>, serde_json::Value) {
        self.table.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
        let mut openapi =
            self.openapi.and_then(|api| serde_json::to_value(api).ok()).unwrap_or_default();
        prefix_schemas(&mut openapi, prefix);
        (self.router, self.table, openapi)
    }
}

/// What a browser is told before a page of somebody else calls.
#[derive(Clone)]
struct Preflight {
    methods: Option<HeaderValue>,
    headers: Option<HeaderValue>,
}

impl Preflight {
    fn answer(self) -> Response {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let told = response.headers_mut();
        let values = [
            (ACCESS_CONTROL_ALLOW_METHODS, self.methods),
            (ACCESS_CONTROL_ALLOW_HEADERS, self.headers),
        ];
        for (name, value) in values {
            told.extend(value.map(|value| (name, value)));
        }
        // A day; browsers that remember for less shorten it themselves.
        told.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
        response
    }
}

fn security(access: &Access) -> Vec<SecurityRequirement> {
    match access {
        Access::Public | Access::Credential => Vec::new(),
        _ => vec![
            SecurityRequirement::new("token", Vec::<String>::new()),
            SecurityRequirement::new("session", Vec::<String>::new()),
        ],
    }
}

const SCHEMAS: &str = "#/components/schemas/";

fn prefix_schemas(value: &mut serde_json::Value, prefix: &str) {
    if let Some(schemas) =
        value.pointer_mut("/components/schemas").and_then(serde_json::Value::as_object_mut)
    {
        *schemas = std::mem::take(schemas)
            .into_iter()
            .map(|(name, schema)| (prefixed(&name, prefix), schema))
            .collect();
    }
    prefix_references(value, prefix);
}

/// Every plugin has the schema of problems from here, so it needs no prefix.
fn prefixed(name: &str, prefix: &str) -> String {
    if name == "ProblemBody" { name.to_owned() } else { format!("{prefix}{name}") }
}

fn prefix_references(value: &mut serde_json::Value, prefix: &str) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                match member {
                    serde_json::Value::String(text) if name == "$ref" => {
                        if let Some(schema) = text.strip_prefix(SCHEMAS) {
                            *text = format!("{SCHEMAS}{}", prefixed(schema, prefix));
                        }
                    }
                    _ => prefix_references(member, prefix),
                }
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                prefix_references(item, prefix);
            }
        }
        _ => {}
    }
}

/// The only place that says no: checks the access, and writes the document of a problem.
fn guarded(routed: MethodRouter, access: Access) -> MethodRouter {
    let access = std::sync::Arc::new(access);
    routed.layer(from_fn(move |cx: Cx, request: Request, next: Next| {
        let access = std::sync::Arc::clone(&access);
        async move {
            let wants_page = wants_page(&request);
            let mut response = if cx.caller().may(&access) {
                next.run(request).await
            } else if cx.caller().is_signed_in() {
                Problem::forbidden().into_response()
            } else {
                Problem::unauthorized().into_response()
            };
            match response.extensions_mut().remove::<Problem>() {
                Some(problem) => tell(&cx, &problem, wants_page),
                None => response,
            }
        }
    }))
}

/// Whether a person is looking: `/api` always answers JSON.
pub fn wants_page(request: &Request) -> bool {
    !request.uri().path().starts_with("/api/")
        && request
            .headers()
            .get(http::header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"))
}

/// Writes a problem as a page or as `application/problem+json`, and logs what failed underneath.
pub fn tell(cx: &Cx, problem: &Problem, as_page: bool) -> Response {
    if problem.status().is_server_error() {
        let fault = problem.fault().map(ToString::to_string).unwrap_or_default();
        tracing::error!(request.id = cx.caller().request_id, fault, "Request failed: {problem}.");
    }
    let lang = cx.lang();
    let body = problem.body(&lang, &cx.caller().request_id);
    if as_page {
        let page = Page::html(body.title.clone(), crate::ui::problem(&body, &lang));
        let mut response = page.status(problem.status()).into_response();
        retry_after(problem, &mut response);
        return response;
    }
    let mut response = (problem.status(), axum::Json(body)).into_response();
    retry_after(problem, &mut response);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if problem.status() == StatusCode::UNAUTHORIZED {
        headers.insert(http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn retry_after(problem: &Problem, response: &mut Response) {
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(http::header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}
