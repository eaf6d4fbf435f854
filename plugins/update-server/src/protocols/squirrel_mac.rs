//! Squirrel.Mac, which Electron's own `autoUpdater` is: a document, or the status 204.

use plugin_api::time::rfc3339;
use serde::Serialize;

use super::site::Site;
use crate::domain::platform::{Format, Platform};
use crate::domain::select::{Asked, Choice};
use crate::domain::version::Version;

/// What is asked. The client installs whatever it is told of, so nothing can be said without the
/// version it runs: from its address, else from the `User-Agent` that macOS makes (`Acme/1.0.0 …`).
pub fn asked(
    channel: &str,
    version: Option<&str>,
    user_agent: &str,
    installation: Option<String>,
) -> Option<Asked> {
    let named = || user_agent.split_whitespace().next()?.split_once('/')?.1.into();
    let version = version.or_else(named).and_then(Version::claimed)?;
    Some(Asked {
        channel: channel.to_owned(),
        platform: Some(Platform::MacOs),
        formats: vec![Format::Zip],
        version: Some(version),
        installation,
        ..Asked::default()
    })
}

/// The answer, with the status 200.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Update {
    url: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    pub_date: String,
}

/// What is answered; None is said with the status 204 and nothing else.
pub fn render(choice: &Choice<'_>, site: &Site, languages: &[String]) -> Option<Update> {
    let offer = choice.change()?;
    Some(Update {
        url: site.file(offer.release, offer.artifact()?),
        name: offer.release.version.to_string(),
        notes: offer.release.note(languages).map(str::to_owned),
        pub_date: rfc3339(offer.release.published_at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::select::{Window, select};
    use crate::protocols::fixture::{NOW, catalogue, site};

    fn answered(version: Option<&str>, user_agent: &str) -> String {
        let catalogue = catalogue();
        let Some(asked) = asked("stable", version, user_agent, None) else { return "400".into() };
        let choice = select(&catalogue, &asked, &Window::OPEN, NOW);
        let update = render(&choice, &site(), &["en".to_owned()]);
        update.map_or("204".to_owned(), |it| serde_json::to_string(&it).expect("JSON"))
    }

    #[test]
    fn the_answer_is_what_the_client_reads() {
        let golden = r#"{"url":"https://h.example/u/T/files/1.2.0/Acme-1.2.0-mac.zip","name":"1.2.0","notes":"*Faster* & safer","pub_date":"2026-11-22T10:00:00Z"}"#;
        assert_eq!(answered(Some("1.0.0"), ""), golden);
        assert_eq!(answered(None, "Acme/1.1.0 CFNetwork/1568.100.1 Darwin/24.0.0"), golden);
    }

    #[test]
    fn who_needs_nothing_is_told_so_and_who_does_not_say_what_he_runs_is_not_served() {
        assert_eq!(answered(Some("1.2.0"), ""), "204");
        assert_eq!(answered(None, "curl"), "400");
    }
}
