//! What stands on every mail: whom it comes from, and where its links lead.

use lettre::message::Mailbox;

use crate::config::Config;

/// What stands on every mail.
#[derive(Debug, Clone)]
pub(crate) struct Letterhead {
    pub(super) from: Mailbox,
    /// What the company is called.
    pub(super) company: String,
    /// Scheme, host and port the outside reaches us at, without a final slash.
    pub(super) origin: String,
    /// The prefix of all paths.
    pub(super) base_path: String,
}

/// The sender while none is set; the name is reserved (RFC 6761) and leads nowhere.
const NOBODY: (&str, &str) = ("cockpit", "cockpit.invalid");

impl Letterhead {
    /// As the settings say; `company` is the name in the tree, for when they name none.
    pub(crate) fn of(config: &Config, company: &str) -> Self {
        let company = match (config.company.name.as_str(), company) {
            ("", "") => "Cockpit",
            ("", name) | (name, _) => name,
        };
        let company = super::compose::one_line(company, 100);
        let set = config.mail.from.as_ref().and_then(|from| from.parse::<Mailbox>().ok());
        let nobody = || lettre::Address::new(NOBODY.0, NOBODY.1);
        let mut from = set.unwrap_or_else(|| {
            Mailbox::new(None, nobody().expect("a constant that is an address"))
        });
        from.name.get_or_insert_with(|| company.clone());
        Self {
            from,
            company,
            origin: config.http.origin(),
            base_path: config.http.base_path.clone(),
        }
    }

    /// Whom mails come from, as people read it.
    pub(crate) fn sender(&self) -> String {
        self.from.to_string()
    }

    /// The Message-ID (RFC 5322 §3.6.4) of the mail `id`.
    pub(crate) fn message_id(&self, id: &str) -> String {
        format!("<{id}@{}>", self.from.email.domain())
    }

    /// An address of the web that leads to `path`.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.base_path)
    }
}
