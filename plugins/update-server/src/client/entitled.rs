//! Who asks for updates, and what he may have.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use plugin_api::contracts::licences::Entitlement;
use plugin_api::{Cx, Fault, Problem, hex};

use super::credential::{Shown, by_path};
use super::memory::subscriber;
use crate::domain::select::Window;
use crate::protocols::site::Site;
use crate::store::downloads::NOBODY;
use crate::store::products::{Access, Product};
use crate::tokens::addresses;
use crate::tuf;

/// The vendor's own node.
const VENDOR: &str = "00000000-0000-7000-8000-000000000001";
/// Separates the keyed hashes of installations from others.
const PURPOSE: &str = "update-client";
/// Longest name an installation may call itself by, bytes.
const LONGEST: usize = 200;

/// Who asks for updates of a product, and what he may have of it.
#[derive(Debug, Clone)]
pub(crate) struct Entitled {
    /// The product.
    pub(crate) product: Product,
    /// What his licence includes, if he showed one that holds.
    pub(crate) entitlement: Option<Entitlement>,
    /// What stands behind `/u/` in addresses he is given.
    pub(crate) segment: String,
}

/// Which installation asks: keyed hashes, so that nothing else is kept of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Installation {
    /// What its place in rollouts is computed from; none where it cannot be told from others.
    pub(crate) place: Option<String>,
    /// What it is known by.
    pub(crate) client: String,
    /// Whether it said itself who it is: what is known of it then is about nobody else.
    pub(crate) is_certain: bool,
}

impl Entitled {
    /// What he may see. A product for anybody has no limits, whatever licence somebody shows.
    pub(crate) fn window(&self) -> Window {
        match &self.entitlement {
            Some(licence) if self.product.access != Access::Public => Window {
                until: licence.until,
                modules: licence.modules.as_ref().map(|codes| codes.iter().cloned().collect()),
                newest: licence.newest.map(|(major, minor)| {
                    let number = |number: i64| u64::try_from(number).unwrap_or_default();
                    (number(major), minor.map(number))
                }),
            },
            _ => Window::OPEN,
        }
    }

    /// The same for signed metadata.
    pub(crate) fn signed(&self, installation: &Installation) -> tuf::Entitled {
        let window = self.window();
        tuf::Entitled {
            product_code: self.product.product_code.clone(),
            until: window.until,
            modules: window.modules.map(|codes| codes.into_iter().collect()),
            installation: installation.place.clone(),
        }
    }

    /// His licence; zeros without one.
    pub(crate) fn licence_id(&self) -> &str {
        self.entitlement.as_ref().map_or(NOBODY, |licence| &licence.licence_id)
    }

    /// The node rows about him belong to: his own, the vendor's without a licence.
    pub(crate) fn organisation_id(&self) -> &str {
        self.entitlement.as_ref().map_or(VENDOR, |licence| &licence.organisation_id)
    }

    /// Where he finds files.
    pub(crate) fn site(&self, cx: &Cx) -> Site {
        Site::new(addresses::address(cx, &self.segment))
    }

    /// Which of his installations asks. `said` is what it calls itself by, where its protocol says
    /// that. Without, all installations of a licence have one place in rollouts, as an address may
    /// change; they are told apart by it in lists.
    pub(crate) async fn installation(
        &self,
        cx: &Cx,
        said: Option<&str>,
        user_agent: &str,
    ) -> Result<Installation, Fault> {
        let said = said.map(str::trim).filter(|said| (1..=LONGEST).contains(&said.len()));
        if let Some(said) = said {
            let client = self.hash(cx, &["id", said]).await?;
            return Ok(Installation { place: Some(client.clone()), client, is_certain: true });
        }
        let address = subscriber(cx.caller());
        match &self.entitlement {
            Some(licence) => Ok(Installation {
                place: Some(self.hash(cx, &["licence", &licence.licence_id]).await?),
                client: self.hash(cx, &["device", &licence.licence_id, &address]).await?,
                is_certain: false,
            }),
            None => Ok(Installation {
                place: None,
                client: self.hash(cx, &["address", &address, user_agent]).await?,
                is_certain: false,
            }),
        }
    }

    async fn hash(&self, cx: &Cx, parts: &[&str]) -> Result<String, Fault> {
        let mut message = self.product.product_code.clone();
        for part in parts {
            message.push('\0');
            message.push_str(part);
        }
        Ok(hex(&cx.mac(PURPOSE, message.as_bytes()).await?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Entitled {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let cx = Cx::from_request_parts(parts, state).await?;
        let path = RawPathParams::from_request_parts(parts, state).await;
        let path = path.map_err(|_| Problem::not_found())?;
        let named = path.iter().find(|(name, _)| *name == "token").map(|(_, value)| value);
        let segment = named.unwrap_or_default().to_owned();
        let shown = Shown::of(parts).await;
        by_path(&cx, &segment, shown).await
    }
}
