//! Those who talk to the server: nobody in particular, software with a token, a person's browser.

use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::html::{self, Form};

/// Sends requests to one server; follows no redirect.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked, for messages.
    pub asked: String,
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body, lossily as text.
    pub body: String,
}

impl Client {
    /// Nobody: no cookie, no token.
    pub fn anonymous(url: &str) -> Self {
        Self::built(url, HeaderMap::new())
    }

    /// Software with an API token.
    pub fn with_token(url: &str, token: &str) -> Self {
        let bearer = HeaderValue::from_str(&format!("Bearer {token}")).expect("a token is ASCII");
        Self::built(url, HeaderMap::from_iter([(AUTHORIZATION, bearer)]))
    }

    /// A browser in English, with nobody signed in yet.
    pub fn browser(url: &str) -> Self {
        let fixed = |name: HeaderName, value| (name, HeaderValue::from_static(value));
        let same_site = HeaderName::from_static("sec-fetch-site");
        Self::built(
            url,
            HeaderMap::from_iter([
                fixed(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8"),
                fixed(ACCEPT_LANGUAGE, "en"),
                fixed(same_site, "same-origin"),
            ]),
        )
    }

    fn built(url: &str, headers: HeaderMap) -> Self {
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_mins(1))
            .build()
            .expect("a client");
        Self { http, url: url.to_owned() }
    }

    /// A request to `path`, to be sent with [`send`](Self::send).
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with('/') { format!("{}{path}", self.url) } else { path.into() };
        self.http.request(method, url)
    }

    /// Sends a request and reads the answer to its end.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// The same where the connection may break.
    pub async fn try_send(&self, request: RequestBuilder) -> Result<Answer, reqwest::Error> {
        let request = request.build()?;
        let asked = format!("{} {}", request.method(), request.url());
        let response = self.http.execute(request).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = String::from_utf8_lossy(&response.bytes().await?).into_owned();
        Ok(Answer { asked, status, headers, body })
    }

    /// `GET path`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `POST path` with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// `POST path` with the fields of a form.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.request(Method::POST, path).form(fields)).await
    }

    /// Sends a form of a page with some fields filled in.
    pub async fn fill(&self, form: &Form, fields: &[(&str, &str)]) -> Answer {
        let filled = form.filled(fields);
        self.send(self.request(Method::POST, &form.action).form(&filled)).await
    }

    /// Signs in on the login page; answers what that form answered.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        let page = self.get("/login").await.expect(200);
        let form = page.form_with("password");
        self.fill(&form, &[("email", email), ("password", password)]).await
    }
}

impl Answer {
    /// Fails unless it has this status.
    #[track_caller]
    pub fn assert(&self, status: u16) {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.told());
    }

    /// What it says, short enough for a message.
    pub fn told(&self) -> String {
        let is_page = self.header("content-type").starts_with("text/html");
        let text = if is_page { html::text(&self.body) } else { self.body.clone() };
        text.chars().take(2000).collect()
    }

    /// Itself, which must have this status.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        self.assert(status);
        self
    }

    /// A header, empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{} is no JSON ({error}): {}", self.asked, self.body))
    }

    /// The body, which must be the document of a problem with this status and code (RFC 9457).
    #[track_caller]
    pub fn problem(&self, status: u16, codice: &str) -> Value {
        self.assert(status);
        let content_type = self.header("content-type");
        assert!(
            content_type.starts_with("application/problem+json"),
            "{}: {content_type}",
            self.asked
        );
        let body = self.json();
        assert_eq!(body["codice"], codice, "{}: {body}", self.asked);
        assert_eq!(body["status"], status, "{}: {body}", self.asked);
        assert_eq!(body["instance"], self.header("x-request-id"), "{}: {body}", self.asked);
        let detail = body["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(' '), "{}: no sentence in {body}", self.asked);
        body
    }

    /// The form of the page that has a field or button of this name.
    #[track_caller]
    pub fn form_with(&self, name: &str) -> Form {
        let mut forms = html::forms(&self.body).into_iter();
        forms
            .find(|form| form.has(name))
            .unwrap_or_else(|| panic!("{}: no form has {name}: {}", self.asked, self.told()))
    }

    /// The form of the page whose action ends like this.
    #[track_caller]
    pub fn form_to(&self, ending: &str) -> Form {
        let mut forms = html::forms(&self.body).into_iter();
        forms
            .find(|form| form.action.ends_with(ending))
            .unwrap_or_else(|| panic!("{}: no form goes to {ending}: {}", self.asked, self.told()))
    }
}
