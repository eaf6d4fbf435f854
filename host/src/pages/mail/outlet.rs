//! Where mails go, as whoever looks after them must know.

use plugin_api::Lang;
use plugin_api::ui::{Notice, Tone};

use crate::config::{Config, MailTransport, Secret};
use crate::mail;

/// Says where mails go, and what is missing for them to arrive well.
pub(super) fn notice(config: &Config, lang: &Lang) -> Notice {
    match config.mail.transport {
        MailTransport::Files => {
            let folder = mail::directory(config);
            let folder = std::path::absolute(&folder).unwrap_or(folder);
            let said = lang.with("mail-to-files", &[("folder", &folder.to_string_lossy())]);
            Notice::new(Tone::Info, said)
        }
        MailTransport::Smtp => {
            let from = config.mail.from.as_deref().unwrap_or_default();
            let said = lang.with("mail-to-server", &[("server", server(config)), ("from", from)]);
            if config.http.public_url.is_some() {
                return Notice::new(Tone::Info, said);
            }
            let origin = config.http.origin();
            let links = lang.with("mail-no-public-url", &[("origin", &origin)]);
            Notice::new(Tone::Warn, format!("{said} {links}"))
        }
    }
}

/// Host and port of the mail server, without whoever signs in there.
fn server(config: &Config) -> &str {
    let url = config.mail.smtp_url.as_ref().map_or("", Secret::expose);
    let place = url.split_once("://").map_or("", |(_, rest)| rest);
    let place = place.split('?').next().unwrap_or_default();
    let place = place.rsplit('@').next().unwrap_or_default();
    place.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_named_without_its_password() {
        for url in ["smtps://u:p%40ss@mail.test:465", "smtp://u:p@mail.test:465/us?tls=none"] {
            let mut config = Config::default();
            config.mail.smtp_url = Some(Secret::from(url.to_owned()));
            assert_eq!(server(&config), "mail.test:465");
        }
    }
}
