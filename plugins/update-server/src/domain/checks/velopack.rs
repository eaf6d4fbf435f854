//! `releases.<channel>.json` of Velopack, or one asset of it.

use std::collections::BTreeMap;

use semver::Version;
use serde_json::Value;

use super::finding::{Finding, Matter};
use super::listed::{Listed, left_out};
use super::release::Artifact;

/// An asset with its keys in lower case, as Velopack's clients do not mind the case.
type Asset = BTreeMap<String, Value>;

/// What is wrong with a feed for a release of this version. Assets of other versions are not its
/// business: the feed lists them all.
pub fn check(feed: &str, text: &str, version: &Version, artifacts: &[Artifact]) -> Vec<Finding> {
    let found = |matter| Finding::new(feed, matter);
    let unreadable = |detail| vec![found(Matter::FeedUnreadable { detail })];
    let assets = match read(text) {
        Ok(assets) => assets,
        Err(detail) => return unreadable(detail),
    };
    let mut findings = Vec::new();
    let mut names = Vec::new();
    for asset in &assets {
        let own = match text_of(asset, "version").map(Version::parse) {
            Some(Ok(own)) => own,
            Some(Err(error)) => return unreadable(error.to_string()),
            None => return unreadable("an asset without Version".to_owned()),
        };
        if own == *version {
            let Some(name) = text_of(asset, "filename").filter(|name| !name.is_empty()) else {
                return unreadable("an asset without FileName".to_owned());
            };
            findings.extend(check_asset(feed, name, asset, artifacts));
            names.push(name.to_owned());
        }
    }
    if names.is_empty() {
        findings.push(Finding::without(feed, version));
    }
    findings.extend(left_out(feed, &names, artifacts));
    findings
}

fn check_asset(feed: &str, name: &str, asset: &Asset, artifacts: &[Artifact]) -> Vec<Finding> {
    let owned = |key: &str| text_of(asset, key).map(str::to_owned);
    let listed = Listed {
        name: name.to_owned(),
        size: asset.get("size").and_then(Value::as_u64),
        sha1: owned("sha1"),
        sha256: owned("sha256"),
        sha512: None,
    };
    let mut findings = listed.check(feed, artifacts);
    for (field, there) in [
        // Older clients verify nothing else.
        ("SHA1", listed.sha1.is_some()),
        ("Size", listed.size.is_some()),
        ("PackageId", asset.contains_key("packageid")),
    ] {
        if !there {
            let matter = Matter::FeedFieldMissing { name: name.to_owned(), field };
            findings.push(Finding::new(feed, matter));
        }
    }
    let package = text_of(asset, "packageid").unwrap_or_default();
    if name.strip_prefix(package).is_none_or(|rest| !rest.is_empty() && !rest.starts_with('-')) {
        let matter = Matter::FeedPackage { name: name.to_owned(), package: package.to_owned() };
        findings.push(Finding::new(feed, matter));
    }
    findings
}

fn text_of<'a>(asset: &'a Asset, key: &str) -> Option<&'a str> {
    asset.get(key).and_then(Value::as_str)
}

fn read(text: &str) -> Result<Vec<Asset>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let outer = lower(value)?;
    match outer.get("assets").cloned() {
        Some(Value::Array(assets)) => assets.into_iter().map(lower).collect(),
        Some(_) => Err("Assets is no list".to_owned()),
        None => Ok(vec![outer]),
    }
}

fn lower(value: Value) -> Result<Asset, String> {
    let Value::Object(entries) = value else { return Err("no object".to_owned()) };
    let count = entries.len();
    let asset: Asset =
        entries.into_iter().map(|(key, value)| (key.to_ascii_lowercase(), value)).collect();
    if asset.len() == count { Ok(asset) } else { Err("a key twice".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::platform::{Architecture, Format, Platform};

    const FULL: Artifact<'static> = Artifact {
        file_name: "Acme.App-1.2.3-full.nupkg",
        platform: Platform::Windows,
        architecture: Architecture::X86_64,
        format: Format::Nupkg,
        size: 1500,
        sha1: "94689fede03fed7ab59c24337673a27837f0c3ec",
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        sha512: "",
        minisign: "",
        sparkle: "",
    };
    const FEED: &str = r#"{"Assets":[
        {"PackageId":"Acme.App","Version":"1.2.3","Type":"Full","FileName":"Acme.App-1.2.3-full.nupkg",
         "SHA1":"94689FEDE03FED7AB59C24337673A27837F0C3EC",
         "SHA256":"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD","Size":1500},
        {"PackageId":"Acme.App","Version":"1.2.2","Type":"Full","FileName":"Acme.App-1.2.2-full.nupkg",
         "SHA1":"00","Size":1}]}"#;

    fn codes(text: &str) -> Vec<&'static str> {
        let version = Version::new(1, 2, 3);
        let found = check("releases.win.json", text, &version, &[FULL]);
        found.iter().map(Finding::code).collect()
    }

    #[test]
    fn a_feed_of_the_release_is_taken() {
        assert_eq!(codes(FEED), [""; 0]);
        assert_eq!(codes(&FEED.replace("PackageId", "packageId")), [""; 0]);
    }

    #[test]
    fn each_difference_is_told() {
        for (from, to, expected) in [
            ("94689F", "94689E", "elenco_impronta"),
            ("BA7816", "BA7817", "elenco_impronta"),
            ("1500", "1501", "elenco_dimensione"),
            (r#""SHA1":"94689FEDE03FED7AB59C24337673A27837F0C3EC","#, "", "elenco_campo_mancante"),
            (r#""PackageId":"Acme.App","#, r#""PackageId":"Acme","#, "elenco_pacchetto"),
            (r#"{"Assets""#, "{", "elenco_illeggibile"),
            (r#""Version":"1.2.3""#, r#""Version":"one""#, "elenco_illeggibile"),
            (r#""Type":"Full""#, r#""version":"1.2.4""#, "elenco_illeggibile"),
        ] {
            assert_eq!(codes(&FEED.replacen(from, to, 1)), [expected], "{from} → {to}");
        }
        let absent = FEED.replace("1.2.3", "1.2.4");
        assert_eq!(codes(&absent), ["elenco_senza_versione"]);
    }
}
