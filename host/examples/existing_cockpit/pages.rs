//! The pages of the existing cockpit: its login, its home, and its frame around ours.

use std::fmt::Write as _;
use std::sync::{Arc, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use plugin_api::{Form, Query};
use serde::Deserialize;

use crate::ours::{Menu, Ours};
use crate::{PEOPLE, Site, issuer};

/// Name of the cookie; another than ours, because both are sent to one host.
const SESSION: &str = "existing";
/// The password of everybody.
const PASSWORD: &str = "existing";

pub(crate) fn routes(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/login", post(login))
        .route("/page", get(page))
        .with_state(site)
}

#[derive(Deserialize)]
struct Login {
    name: String,
    password: String,
}

#[derive(Deserialize)]
struct Page {
    path: String,
}

async fn home(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    match signed_in(&site, &headers) {
        Some(ours) => framed(&site, &ours, "<p>What this cockpit always did.</p>").await,
        None => Html(
            "<!doctype html><html lang=en><title>Existing cockpit</title>\
             <h1>Existing cockpit</h1><form method=post action=/login>\
             <label>Name <input name=name></label>\
             <label>Password <input name=password type=password></label><button>Sign in</button></form>",
        )
        .into_response(),
    }
}

async fn login(State(site): State<Arc<Site>>, Form(login): Form<Login>) -> Response {
    let person = PEOPLE.iter().find(|person| person.name == login.name);
    let (Some(person), PASSWORD) = (person, login.password.as_str()) else {
        return (StatusCode::FORBIDDEN, "Name or password are wrong.").into_response();
    };
    let Ok(ours) = Ours::new(person.clone()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let token = issuer::secret();
    let cookie = format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Lax");
    let mut sessions = site.sessions.lock().unwrap_or_else(PoisonError::into_inner);
    sessions.insert(token, Arc::new(ours));
    (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, "/".to_owned())]).into_response()
}

/// A page of ours inside the frame of this cockpit.
async fn page(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    Query(page): Query<Page>,
) -> Response {
    let Some(ours) = signed_in(&site, &headers) else {
        return (StatusCode::SEE_OTHER, [(LOCATION, "/")]).into_response();
    };
    let handover = escaped(&ours.handover(&site, &page.path));
    let frame = format!("<iframe title=CRM width=100% height=800 src=\"{handover}\"></iframe>");
    framed(&site, &ours, &frame).await
}

fn signed_in(site: &Site, headers: &HeaderMap) -> Option<Arc<Ours>> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, token) = pairs.find(|(name, _)| *name == SESSION)?;
    let sessions = site.sessions.lock().unwrap_or_else(PoisonError::into_inner);
    sessions.get(token).cloned()
}

/// The frame of this cockpit, with our entries in its menu.
async fn framed(site: &Site, ours: &Ours, body: &str) -> Response {
    let menu = ours.menu(site).await.unwrap_or_else(|error| {
        // It goes on without ours, as it did before.
        eprintln!("The menu of the cockpit is missing: {error}");
        Menu::default()
    });
    let mut nav = "<ul><li><a href=/>Home</a></ul>".to_owned();
    for section in &menu.sezioni {
        let _ = write!(nav, "<h2>{}</h2><ul>", escaped(&section.titolo));
        for entry in &section.voci {
            let path = percent_encoding::percent_encode(
                entry.percorso.as_bytes(),
                percent_encoding::NON_ALPHANUMERIC,
            );
            let waiting = match entry.in_attesa {
                0 => String::new(),
                count => format!(" ({count})"),
            };
            let label = escaped(&entry.etichetta);
            let _ = write!(nav, "<li><a href=\"/page?path={path}\">{label}</a>{waiting}");
        }
        nav.push_str("</ul>");
    }
    let name = escaped(ours.person.name);
    Html(format!(
        "<!doctype html><html lang=en><title>Existing cockpit</title>\
         <header><b>Existing cockpit</b> {name}</header><nav>{nav}</nav><main>{body}</main>"
    ))
    .into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
