//! The query string of a list as it came, and how `OpenAPI` documents it.

use axum::extract::FromRequestParts;
use http::request::Parts;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use crate::Problem;

/// The query string of a page, an export or an API list, not yet checked against a table.
///
/// In `#[utoipa::path(params(TableQuery))]` it documents what all lists have in common.
#[derive(Debug, Clone, Default)]
pub struct TableQuery(pub(super) Vec<(String, String)>);

impl TableQuery {
    /// Reads a query string, without `?`.
    pub fn parse(query: &str) -> Self {
        let decode = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        };
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        };
        Self(query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect())
    }

    /// Removes the parameter `name`, which is none of the table's, and gives its value.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    /// The value of the parameter `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Sets the parameter `name`, in place of what the reader said.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }
}

impl<S: Sync> FromRequestParts<S> for TableQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

/// What all lists have in common.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only documents")]
struct Common {
    /// How many rows to answer, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u8>,
    /// Where to go on: `prossimo` of the answer before.
    cursor: Option<String>,
    /// Words to search for; each must be found.
    q: Option<String>,
    /// The column to sort by, with `-` before it for descending order.
    sort: Option<String>,
}

impl IntoParams for TableQuery {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        Common::into_params(parameter_in)
    }
}
