//! Our cockpit as the existing one talks to it on behalf of a person: signs him in, asks for his menu.

use reqwest::StatusCode;
use serde::Deserialize;

use crate::{Person, Site};

/// Somebody who is signed in at the existing cockpit, with the session its server has with ours.
pub(crate) struct Ours {
    /// Who he is.
    pub(crate) person: Person,
    client: reqwest::Client,
}

/// What `GET /api/menu` answers, as far as it is used here.
#[derive(Default, Deserialize)]
pub(crate) struct Menu {
    /// Its sections.
    pub(crate) sezioni: Vec<Section>,
}

/// A section of the menu.
#[derive(Deserialize)]
pub(crate) struct Section {
    /// What it is called.
    pub(crate) titolo: String,
    /// Its entries.
    pub(crate) voci: Vec<Entry>,
}

/// An entry of the menu.
#[derive(Deserialize)]
pub(crate) struct Entry {
    /// What it says.
    pub(crate) etichetta: String,
    /// Where it leads, from the root of the server.
    pub(crate) percorso: String,
    /// How many things wait behind it.
    pub(crate) in_attesa: i64,
}

impl Ours {
    /// Nobody has talked to our cockpit for him yet.
    pub(crate) fn new(person: Person) -> reqwest::Result<Self> {
        let redirect = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().cookie_store(true).redirect(redirect).build()?;
        Ok(Self { person, client })
    }

    /// What he may see, with links to pages without our frame; the session begins when one is needed.
    pub(crate) async fn menu(&self, site: &Site) -> reqwest::Result<Menu> {
        let ask = || {
            let menu = self.client.get(format!("{}/api/menu", site.cockpit));
            menu.header("x-cockpit-frame", "none").send()
        };
        let mut answer = ask().await?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            let form = [("token", site.issuer.token(&self.person))];
            self.client.post(format!("{}/sso", site.cockpit)).form(&form).send().await?;
            answer = ask().await?;
        }
        answer.error_for_status()?.json().await
    }

    /// Where his browser goes to see the page at `path`: it is signed in on the way.
    pub(crate) fn handover(&self, site: &Site, path: &str) -> String {
        let token = site.issuer.token(&self.person);
        let next = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC);
        format!("{}/sso?token={token}&next={next}&frame=none", site.cockpit)
    }
}
