//! Appcasts of Sparkle and `WinSparkle`: RSS 2.0 with elements of Sparkle's own.
//!
//! A feed that the vendor signed himself is not made here: it is sent as it was uploaded.

use std::io;

use plugin_api::time::rfc2822;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::site::Site;
use crate::domain::platform::{Architecture, Format, Platform};
use crate::domain::release::{Artifact, Catalogue, Release};
use crate::domain::select::{Asked, Offer, Window, offered};

const NAMESPACE: &str = "http://www.andymatuschak.org/xml-namespaces/sparkle";
/// What the update of a program on its own is, for Sparkle.
const OCTETS: &str = "application/octet-stream";

/// What is asked of the first of `channels`. The client compares versions by itself and does not say
/// what it runs; that of `WinSparkle` names itself.
pub fn asked(channels: &[&str], user_agent: &str, installation: Option<String>) -> Asked {
    let windows = user_agent.contains("WinSparkle");
    Asked {
        channel: channels.first().copied().unwrap_or_default().to_owned(),
        platform: Some(if windows { Platform::Windows } else { Platform::MacOs }),
        formats: if windows {
            vec![Format::Exe, Format::Nsis, Format::Msi]
        } else {
            vec![Format::Zip, Format::TarGz, Format::App, Format::Dmg, Format::Pkg, Format::Delta]
        },
        installation,
        ..Asked::default()
    }
}

/// A release in a feed.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The release.
    pub offer: Offer<'a>,
    /// The channel it is said to be of; None in the first one, which every client looks at.
    pub channel: Option<&'a str>,
}

/// The releases of a feed for several channels, newest first: those of the first one for everybody,
/// those of the others for programs that look at them.
pub fn entries<'a>(
    catalogue: &'a Catalogue,
    channels: &[&'a str],
    asked: &Asked,
    window: &Window,
    now: i64,
) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (at, channel) in channels.iter().copied().enumerate() {
        let asked = Asked { channel: channel.to_owned(), ..asked.clone() };
        for offer in offered(catalogue, &asked, window, now) {
            let known = |entry: &Entry<'_>| entry.offer.release.version == offer.release.version;
            if !entries.iter().any(known) {
                entries.push(Entry { offer, channel: (at > 0).then_some(channel) });
            }
        }
    }
    entries.sort_by(|a, b| b.offer.release.version.cmp(&a.offer.release.version));
    entries
}

/// The feed. `title` is what the program is called.
pub fn render(entries: &[Entry<'_>], title: &str, site: &Site, languages: &[String]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let declaration = BytesDecl::new("1.0", Some("utf-8"), None);
    let written = writer.write_event(Event::Decl(declaration)).and_then(|()| {
        let feed = writer
            .create_element("rss")
            .with_attributes([("version", "2.0"), ("xmlns:sparkle", NAMESPACE)]);
        feed.write_inner_content(|feed| {
            feed.create_element("channel").write_inner_content(|channel| {
                text(channel, "title", title)?;
                for (at, entry) in entries.iter().enumerate() {
                    let older = entries.get(at + 1..).unwrap_or_default();
                    let seen =
                        |it: &&Entry<'_>| it.channel.is_none() || it.channel == entry.channel;
                    let mut seen = older.iter().filter(seen);
                    let step = seen.find(|older| older.offer.release.is_step);
                    item(channel, entry, step, site, languages)?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    });
    written.expect("writing to memory cannot fail");
    String::from_utf8(writer.into_inner()).expect("only texts were written")
}

type Xml = Writer<Vec<u8>>;

fn item(
    feed: &mut Xml,
    entry: &Entry<'_>,
    step: Option<&Entry<'_>>,
    site: &Site,
    languages: &[String],
) -> io::Result<()> {
    let release = entry.offer.release;
    let Some(artifact) = best(&entry.offer) else { return Ok(()) };
    feed.create_element("item").write_inner_content(|item| {
        text(item, "title", &release.version.to_string())?;
        text(item, "pubDate", &rfc2822(release.published_at))?;
        text(item, "sparkle:version", &bundle_version(release, artifact))?;
        text(item, "sparkle:shortVersionString", &release.version.to_string())?;
        if let Some(channel) = entry.channel {
            text(item, "sparkle:channel", channel)?;
        }
        if release.is_critical {
            item.create_element("sparkle:criticalUpdate").write_empty()?;
        }
        if let Some(system) = release.minimum_system.get(&artifact.platform) {
            text(item, "sparkle:minimumSystemVersion", system)?;
        }
        if (artifact.platform, artifact.architecture) == (Platform::MacOs, Architecture::Aarch64) {
            text(item, "sparkle:hardwareRequirements", "arm64")?;
        }
        if let Some((step, file)) = step.and_then(|it| Some((it.offer.release, best(&it.offer)?))) {
            text(item, "sparkle:minimumUpdateVersion", &bundle_version(step, file))?;
        }
        if let Some(note) = release.note(languages) {
            let description = item.create_element("description");
            let description = description.with_attribute(("sparkle:format", "markdown"));
            description.write_text_content(BytesText::new(&printable(note)))?;
        }
        enclosure(item, release, artifact, None, site)?;
        deltas(item, &entry.offer, artifact, site)
    })?;
    Ok(())
}

/// The file for everybody: one that runs on any machine, else on most.
fn best<'a>(offer: &Offer<'a>) -> Option<&'a Artifact> {
    let whole = offer.artifacts.iter().copied().filter(|it| !it.format.is_delta());
    whole.min_by_key(|it| match it.architecture {
        Architecture::Any => 0,
        // Runs on other Macs, too.
        Architecture::X86_64 => 1,
        _ => 2,
    })
}

fn deltas(item: &mut Xml, offer: &Offer<'_>, whole: &Artifact, site: &Site) -> io::Result<()> {
    let same = |it: &&Artifact| {
        it.format == Format::Delta
            && (it.platform, it.architecture) == (whole.platform, whole.architecture)
    };
    let deltas = offer.artifacts.iter().copied().filter(same);
    let mut deltas =
        deltas.filter_map(|it| Some((it, it.details.delta_from.as_deref()?))).peekable();
    if deltas.peek().is_none() {
        return Ok(());
    }
    item.create_element("sparkle:deltas").write_inner_content(|list| {
        for (delta, from) in deltas {
            enclosure(list, offer.release, delta, Some(from), site)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn enclosure(
    parent: &mut Xml,
    release: &Release,
    artifact: &Artifact,
    delta_from: Option<&str>,
    site: &Site,
) -> io::Result<()> {
    let (url, length) = (site.file(release, artifact), artifact.size.to_string());
    let version = bundle_version(release, artifact);
    let signature = Some(artifact.ed_signature.as_str()).filter(|it| !it.is_empty());
    let attributes = [
        ("url", Some(url.as_str())),
        ("length", Some(&length)),
        ("type", Some(OCTETS)),
        ("sparkle:version", delta_from.is_some().then_some(version.as_str())),
        ("sparkle:deltaFrom", delta_from),
        ("sparkle:edSignature", signature),
        ("sparkle:os", system(artifact)),
        ("sparkle:installationType", artifact.details.installation_type.as_deref()),
    ];
    let there = attributes.into_iter().filter_map(|(name, value)| Some((name, value?)));
    parent.create_element("enclosure").with_attributes(there).write_empty()?;
    Ok(())
}

/// What Sparkle compares: the build number of the program, where it has one.
fn bundle_version(release: &Release, artifact: &Artifact) -> String {
    let stored = artifact.details.bundle_version.clone();
    stored.unwrap_or_else(|| release.version.to_string())
}

/// What Sparkle and `WinSparkle` call a system; they pass over what is not theirs.
fn system(artifact: &Artifact) -> Option<&'static str> {
    match (artifact.platform, artifact.architecture) {
        (Platform::MacOs, _) => Some("macos"),
        (Platform::Windows, Architecture::X86_64) => Some("windows-x64"),
        (Platform::Windows, Architecture::Aarch64) => Some("windows-arm64"),
        (Platform::Windows, Architecture::I686) => Some("windows-x86"),
        (Platform::Windows, _) => Some("windows"),
        _ => None,
    }
}

fn text(parent: &mut Xml, name: &str, content: &str) -> io::Result<()> {
    parent.create_element(name).write_text_content(BytesText::new(&printable(content)))?;
    Ok(())
}

/// The text without characters that no XML document may hold (XML 1.0 §2.2).
fn printable(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    text.chars().filter(allowed).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::{appcast, finding::Finding};
    use crate::domain::fixture::artifact;
    use crate::domain::release::Details;
    use crate::protocols::fixture::{NOW, as_checked, catalogue, rolling, site};

    fn feed(catalogue: &Catalogue, channels: &[&str], user_agent: &str) -> String {
        let asked = asked(channels, user_agent, Some("a".to_owned()));
        let entries = entries(catalogue, channels, &asked, &Window::OPEN, NOW);
        render(&entries, "Acme & Co", &site(), &["it".to_owned()])
    }

    fn only(version: &str) -> Catalogue {
        let mut all = catalogue();
        all.releases.retain(|release| release.version.to_string() == version);
        all
    }

    #[test]
    fn the_feed_is_what_the_client_reads() {
        let mut all = only("1.2.0");
        let release = &mut all.releases[0];
        release.is_critical = true;
        let delta = artifact("Acme-1.2.0-from-110.delta", Platform::MacOs, Architecture::Any);
        let delta_from = Some("110".to_owned());
        let bundle_version = Some("120".to_owned());
        let details = Details { bundle_version, delta_from, ..Details::default() };
        release.artifacts.push(Artifact { details, ..delta });
        let golden = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:sparkle="http://www.andymatuschak.org/xml-namespaces/sparkle">
  <channel>
    <title>Acme &amp; Co</title>
    <item>
      <title>1.2.0</title>
      <pubDate>Sun, 22 Nov 2026 10:00:00 +0000</pubDate>
      <sparkle:version>120</sparkle:version>
      <sparkle:shortVersionString>1.2.0</sparkle:shortVersionString>
      <sparkle:criticalUpdate/>
      <sparkle:minimumSystemVersion>13.0</sparkle:minimumSystemVersion>
      <description sparkle:format="markdown">Più *veloce*</description>
      <enclosure url="https://h.example/u/T/files/1.2.0/Acme-1.2.0-mac.zip" length="1500" type="application/octet-stream" sparkle:edSignature="c2lnbmF0dXJl" sparkle:os="macos"/>
      <sparkle:deltas>
        <enclosure url="https://h.example/u/T/files/1.2.0/Acme-1.2.0-from-110.delta" length="1500" type="application/octet-stream" sparkle:version="120" sparkle:deltaFrom="110" sparkle:os="macos"/>
      </sparkle:deltas>
    </item>
  </channel>
</rss>"#;
        assert_eq!(feed(&all, &["stable"], "Acme/1.0 Sparkle/2.6.4"), golden);
    }

    #[test]
    fn it_passes_the_check_of_feeds_that_are_uploaded() {
        let all = catalogue();
        let files = as_checked(&all.releases[0].artifacts);
        let text = feed(&all, &["stable"], "");
        let version = semver::Version::new(1, 2, 0);
        let found = appcast::check_items("appcast.xml", &text, &version, &files);
        assert_eq!(found.iter().map(Finding::code).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn the_newest_comes_first_and_those_outside_a_rollout_do_not_see_it() {
        let titles = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim).filter(|line| line.starts_with("<title>"));
            lines.skip(1).map(|line| line.replace("<title>", "").replace("</title>", "")).collect()
        };
        assert_eq!(titles(&feed(&catalogue(), &["stable"], "")), ["1.2.0", "1.1.0", "1.0.0"]);
        assert_eq!(titles(&feed(&rolling(0), &["stable"], "")), ["1.1.0", "1.0.0"]);
    }

    #[test]
    fn releases_of_other_channels_say_so_and_those_of_the_first_do_not() {
        let mut all = catalogue();
        all.releases[0].channels = ["beta".to_owned()].into();
        all.releases[1].channels.insert("beta".to_owned());
        let text = feed(&all, &["stable", "beta"], "");
        assert_eq!(text.matches("<sparkle:channel>beta</sparkle:channel>").count(), 1);
        assert_eq!(text.matches("<item>").count(), 3);
        assert!(
            !feed(&all, &["beta"], "").contains("sparkle:channel"),
            "who asks for it follows it"
        );
    }

    #[test]
    fn a_release_behind_a_step_says_that_the_step_comes_first() {
        let mut all = catalogue();
        all.releases[1].is_step = true;
        let text = feed(&all, &["stable"], "");
        let needs = "<sparkle:minimumUpdateVersion>120</sparkle:minimumUpdateVersion>";
        assert_eq!(text.matches(needs).count(), 1, "only the newest is behind it: {text}");
    }

    #[test]
    fn winsparkle_gets_installers_for_windows() {
        let text = feed(&only("1.2.0"), &["stable"], "Acme/1.0 WinSparkle/0.9.0");
        assert!(text.contains(r#"x64.nsis.exe""#) && text.contains(r#"sparkle:os="windows-x64""#));
        assert!(!text.contains("minimumSystemVersion"));
    }
}
