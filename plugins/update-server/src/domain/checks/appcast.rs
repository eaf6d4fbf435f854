//! Appcasts that a vendor made and signed himself (Sparkle 2.9 and later).
//!
//! The signature stands in a comment at the end and covers every byte before it:
//! `<!-- sparkle-signatures:⏎edSignature: <base64>⏎length: <bytes>⏎-->`.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use semver::Version;

use super::ed25519::{self, Stream};
use super::finding::{Finding, Matter, Scheme};
use super::listed::{Listed, file_name};
use super::release::{Artifact, Out};

const OPENS: &str = "<!-- sparkle-signatures:";

/// Whether the feed is signed by the product's key. It is kept in memory, as its clients keep it.
pub fn check_signature(feed: &str, bytes: &[u8], key: &str) -> Vec<Finding> {
    let matter = match signed(bytes) {
        None => Some(Matter::FeedUnsigned),
        Some(_) if key.trim().is_empty() => Some(Matter::SignatureUnchecked(Scheme::Sparkle)),
        Some((content, trailer)) => match (ed25519::key(key), read_trailer(trailer)) {
            (None, _) => Some(Matter::KeyUnreadable(Scheme::Sparkle)),
            (_, None) => Some(Matter::SignatureUnreadable(Scheme::Sparkle)),
            (Some(key), Some((signature, length))) => {
                let mut stream = Stream::new(&key, &signature);
                stream.update(content);
                let holds = stream.finish() && length == content.len();
                (!holds).then_some(Matter::SignatureWrong(Scheme::Sparkle))
            }
        },
    };
    matter.into_iter().map(|matter| Finding::new(feed, matter)).collect()
}

/// What is wrong with the items of a release of this version; those of others are not its business.
pub fn check_items(
    feed: &str,
    text: &str,
    version: &Version,
    artifacts: &[Artifact],
) -> Vec<Finding> {
    let items = match items(text) {
        Ok(items) => items,
        Err(detail) => return vec![Finding::new(feed, Matter::FeedUnreadable { detail })],
    };
    let own = version.to_string();
    let of_release = items.iter().filter(|item| item.versions.contains(&own)).collect::<Vec<_>>();
    if of_release.is_empty() {
        return vec![Finding::without(feed, version)];
    }
    of_release.iter().flat_map(|item| item.check(feed, artifacts)).collect()
}

/// What is wrong with a whole feed that is to be handed out as it is, and which versions it offers:
/// each must be out, with the files as the feed says.
pub fn check_all(feed: &str, text: &str, out: &[Out]) -> (Vec<Finding>, Vec<String>) {
    let unreadable = |detail| Finding::new(feed, Matter::FeedUnreadable { detail });
    let items = match items(text) {
        Ok(items) if items.is_empty() => Err("no item".to_owned()),
        items => items,
    };
    let items = match items {
        Ok(items) => items,
        Err(detail) => return (vec![unreadable(detail)], Vec::new()),
    };
    let (mut findings, mut versions) = (Vec::new(), Vec::new());
    for item in items {
        let release = out.iter().find(|release| item.versions.contains(&release.version));
        let Some(release) = release else {
            let found = item.versions.join(" / ");
            findings.push(Finding::new(feed, Matter::FeedVersionNotOut { found }));
            continue;
        };
        findings.extend(item.check(feed, &release.artifacts));
        versions.push(release.version.clone());
    }
    (findings, versions)
}

/// What is signed, and the comment after it; clients look for the last one.
fn signed(bytes: &[u8]) -> Option<(&[u8], &str)> {
    let at = bytes.windows(OPENS.len()).rposition(|window| window == OPENS.as_bytes())?;
    let (content, trailer) = bytes.split_at_checked(at)?;
    Some((content, std::str::from_utf8(trailer).ok()?))
}

/// The signature and the length that a comment says; none unless it is the end of the feed.
fn read_trailer(trailer: &str) -> Option<(ed25519_dalek::Signature, usize)> {
    let inner = trailer.trim_end().strip_prefix(OPENS)?.strip_suffix("-->")?;
    let mut lines = inner.lines().map(str::trim).filter(|line| !line.is_empty());
    let signature = ed25519::signature(lines.next()?.strip_prefix("edSignature:")?)?;
    let length = lines.next()?.strip_prefix("length:")?.trim().parse().ok()?;
    lines.next().is_none().then_some((signature, length))
}

#[derive(Default)]
struct Item {
    versions: Vec<String>,
    enclosures: Vec<Enclosure>,
}

struct Enclosure {
    file: Listed,
    signature: String,
}

impl Item {
    /// How its files differ from those of its release.
    fn check(&self, feed: &str, artifacts: &[Artifact]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for enclosure in &self.enclosures {
            findings.extend(enclosure.file.check(feed, artifacts));
            let artifact = artifacts.iter().find(|it| it.file_name == enclosure.file.name);
            if artifact.is_some_and(|it| it.sparkle.trim() != enclosure.signature.trim()) {
                let name = enclosure.file.name.clone();
                let matter = Matter::FeedHash { name, hash: "edSignature" };
                findings.push(Finding::new(feed, matter));
            }
        }
        findings
    }
}

fn items(text: &str) -> Result<Vec<Item>, String> {
    let mut reader = Reader::from_str(text);
    let mut items: Vec<Item> = Vec::new();
    let mut in_version = false;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => return Ok(items),
            Event::DocType(_) => return Err("DOCTYPE".to_owned()),
            Event::Start(element) | Event::Empty(element) => {
                in_version = false;
                match element.local_name().into_inner() {
                    "item" => items.push(Item::default()),
                    "shortVersionString" | "version" => in_version = true,
                    "enclosure" => {
                        if let Some(item) = items.last_mut() {
                            read_enclosure(&element, item)?;
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(text) if in_version => {
                if let Some(item) = items.last_mut() {
                    item.versions.push(text.xml_content(XmlVersion::Implicit1_0).trim().to_owned());
                }
            }
            Event::End(_) => in_version = false,
            _ => {}
        }
    }
}

fn read_enclosure(element: &BytesStart, item: &mut Item) -> Result<(), String> {
    let mut enclosure = Enclosure { file: Listed::default(), signature: String::new() };
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?
            .into_owned();
        match attribute.key.local_name().into_inner() {
            "url" => enclosure.file.name = file_name(&value),
            "length" => enclosure.file.size = value.trim().parse().ok(),
            "edSignature" => enclosure.signature = value,
            "shortVersionString" | "version" => item.versions.push(value),
            _ => {}
        }
    }
    item.enclosures.push(enclosure);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::platform::{Architecture, Format, Platform};

    const KEY: &str = "ILPXgB6tvBz/j8eJCB0OF8tVDrzrE6iPdh9aCLe0kqA=";
    const OTHER_KEY: &str = "0DNpEnGoQCyO0BzJryxPtBzwT1X71vWNr1qjklZjm4k=";
    /// Signed with OpenSSL as `generate_appcast` of Sparkle 2.9 does.
    const FEED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:sparkle="http://www.andymatuschak.org/xml-namespaces/sparkle">
  <channel>
    <title>Acme</title>
    <item>
      <title>1.2.3</title>
      <sparkle:version>1203</sparkle:version>
      <sparkle:shortVersionString>1.2.3</sparkle:shortVersionString>
      <description><![CDATA[<ul><li>Faster &amp; smaller</li></ul>]]></description>
      <enclosure url="https://host/files/Acme-1.2.3.dmg?a=1&amp;b=2" length="100000" type="application/octet-stream" sparkle:edSignature="lQ4AiM593/KEL50TWU9QPJpWaweaUf8KX+fhwJVrLyGjwJ1P8HvhNeHUcL4ML+V17uwbADlVtg3vr6mizyL0Cg=="/>
    </item>
    <item>
      <title>1.2.2</title>
      <enclosure url="https://host/files/Acme-1.2.2.dmg" sparkle:version="1202" sparkle:shortVersionString="1.2.2" length="1" sparkle:edSignature="eA=="/>
    </item>
  </channel>
</rss>
<!-- sparkle-signatures:
edSignature: lspnbrwuM3iS7Ha8Y4BBVKLq95b8uYKNFosBwogCAaJISQOHwdQXOKqs4N6f4s7uAGyWkDi7q/EQSSab5K17Bg==
length: 867
-->
"#;
    const DMG: Artifact<'static> = Artifact {
        file_name: "Acme-1.2.3.dmg",
        platform: Platform::MacOs,
        architecture: Architecture::Any,
        format: Format::Dmg,
        size: 100_000,
        sha1: "",
        sha256: "",
        sha512: "",
        minisign: "",
        sparkle: "lQ4AiM593/KEL50TWU9QPJpWaweaUf8KX+fhwJVrLyGjwJ1P8HvhNeHUcL4ML+V17uwbADlVtg3vr6mizyL0Cg==",
    };

    fn signature(text: &str, key: &str) -> String {
        let found = check_signature("appcast.xml", text.as_bytes(), key);
        found.iter().map(Finding::code).collect::<Vec<_>>().join(" ")
    }

    fn items(text: &str) -> String {
        let found = check_items("appcast.xml", text, &Version::new(1, 2, 3), &[DMG]);
        found.iter().map(Finding::code).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_signed_feed_is_taken_and_a_spoilt_one_is_not() {
        assert_eq!(signature(FEED, KEY), "");
        assert_eq!(signature(FEED.trim_end(), KEY), "");
        let (content, trailer) = FEED.split_at(867);
        for (text, expected) in [
            (FEED.replace("Faster", "Slower"), "firma_errata"),
            (FEED.replace("length: 867", "length: 866"), "firma_errata"),
            (format!("{content}<item/>{trailer}"), "firma_errata"),
            (format!("{FEED}<item/>"), "firma_illeggibile"),
            (FEED.replace("length: 867", "length: many"), "firma_illeggibile"),
            (FEED.replace("edSignature: ls", "edSignature: "), "firma_illeggibile"),
            (format!("{FEED}{}", trailer.replace("867", "1082")), "firma_errata"),
            (content.to_owned(), "elenco_non_firmato"),
            (String::new(), "elenco_non_firmato"),
        ] {
            assert_eq!(signature(&text, KEY), expected, "{text}");
        }
        assert_eq!(signature(FEED, OTHER_KEY), "firma_errata");
        assert_eq!(signature(FEED, "a key"), "chiave_illeggibile");
        assert_eq!(signature(FEED, ""), "firma_non_verificata");
    }

    #[test]
    fn a_feed_that_is_handed_out_offers_what_is_out() {
        let old = Artifact { file_name: "Acme-1.2.2.dmg", size: 1, sparkle: "eA==", ..DMG };
        let out = |version: &str, artifact| Out {
            version: version.to_owned(),
            artifacts: vec![artifact],
        };
        let both = [out("1.2.3", DMG), out("1.2.2", old)];
        let (found, versions) = check_all("appcast.xml", FEED, &both);
        assert_eq!((found, versions), (Vec::new(), vec!["1.2.3".to_owned(), "1.2.2".to_owned()]));
        let codes = |text: &str, out: &[Out]| {
            let found = check_all("appcast.xml", text, out).0;
            found.iter().map(Finding::code).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes(FEED, &both[..1]), "elenco_versione_non_uscita");
        assert_eq!(
            codes(&FEED.replace("length=\"1\"", "length=\"2\""), &both),
            "elenco_dimensione"
        );
        assert_eq!(codes("<rss/>", &both), "elenco_illeggibile");
        assert_eq!(codes("", &both), "elenco_illeggibile");
    }

    #[test]
    fn its_items_are_those_of_the_release() {
        assert_eq!(items(FEED), "");
        for (from, to, expected) in [
            (r#"length="100000""#, r#"length="100001""#, "elenco_dimensione"),
            (r#"edSignature="lQ4"#, r#"edSignature="lQ5"#, "elenco_impronta"),
            ("Acme-1.2.3.dmg", "Acme-1.2.4.dmg", "elenco_file_ignoto"),
            ("String>1.2.3<", "String>1.2.4<", "elenco_senza_versione"),
            ("<rss", "<!DOCTYPE rss><rss", "elenco_illeggibile"),
            ("</item>", "</items>", "elenco_illeggibile"),
        ] {
            assert_eq!(items(&FEED.replacen(from, to, 1)), expected, "{from} → {to}");
        }
    }
}
