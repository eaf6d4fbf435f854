//! Texts in the reader's language (Fluent), and how dates, numbers and money are written in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::manifest::Texts;
use crate::money;

/// The languages every text exists in; the first is the fallback.
pub const LANGUAGES: [&str; 2] = ["en", "it"];

/// Fluent sources of one owner, per language code: `locales/en.ftl`, `locales/it.ftl`.
pub type Sources = &'static [(&'static str, &'static str)];

/// Texts that all plugins and the host share: buttons, table furniture, problems.
pub const SHARED: Sources =
    &[("en", include_str!("../locales/en.ftl")), ("it", include_str!("../locales/it.ftl"))];

type Bundle = FluentBundle<FluentResource>;

/// All texts of one plugin (or the host) in every language, the shared ones included.
pub struct Catalogue(BTreeMap<&'static str, Bundle>);

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Catalogue").field(&self.0.keys()).finish()
    }
}

impl Catalogue {
    /// Reads the shared texts and those of `own`, which may override them.
    ///
    /// # Panics
    /// When a source is not valid Fluent; conformance tests catch that.
    pub fn new(own: Sources) -> Arc<Self> {
        let bundles = LANGUAGES.map(|code| {
            let mut bundle = FluentBundle::new_concurrent(vec![
                code.parse::<unic_langid::LanguageIdentifier>().expect("a language code of ours"),
            ]);
            bundle.set_use_isolating(false);
            for (_, text) in SHARED.iter().chain(own).filter(|(of, _)| *of == code) {
                let resource = FluentResource::try_new((*text).to_owned())
                    .unwrap_or_else(|(_, errors)| panic!("locale {code}: {errors:?}"));
                bundle.add_resource_overriding(resource);
            }
            (code, bundle)
        });
        Arc::new(Self(bundles.into()))
    }

    /// The text of `key` in every language, for a manifest.
    pub fn texts(self: &Arc<Self>, key: &str) -> Texts {
        LANGUAGES.iter().map(|code| ((*code).to_owned(), self.lang(code).t(key))).collect()
    }

    /// The catalogue as a reader of `code` sees it; English for a code we do not have.
    pub fn lang(self: &Arc<Self>, code: &str) -> Lang {
        let code = LANGUAGES.into_iter().find(|known| *known == code).unwrap_or(LANGUAGES[0]);
        Lang { code, catalogue: Arc::clone(self) }
    }
}

/// One language of a [`Catalogue`]; what templates call to get their texts.
#[derive(Debug, Clone)]
pub struct Lang {
    /// `en` or `it`.
    pub code: &'static str,
    catalogue: Arc<Catalogue>,
}

impl Lang {
    /// The text of `key`; `⟦key⟧` when there is none, which a test catches.
    pub fn t(&self, key: &str) -> String {
        self.format(key, None).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// Whether there is a text of this key.
    pub fn has(&self, key: &str) -> bool {
        self.format(key, None).is_some()
    }

    /// The text of `key` with the number `$n`, in the right plural.
    pub fn n(&self, key: &str, n: impl TryInto<i64>) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n.try_into().unwrap_or(i64::MAX)));
        self.format(key, Some(&args)).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// The text of `key` with named text arguments.
    pub fn with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            args.set((*name).to_owned(), FluentValue::from((*value).to_owned()));
        }
        self.format(key, Some(&args)).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        [self.code, LANGUAGES[0]].into_iter().find_map(|code| {
            let bundle = self.catalogue.0.get(code)?;
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
        })
    }

    /// The text of this language in a manifest, English when it lacks one.
    pub fn pick<'a>(&self, texts: &'a Texts) -> &'a str {
        texts.get(self.code).or_else(|| texts.get(LANGUAGES[0])).map_or("", String::as_str)
    }

    /// A date as people write it: `22 Nov 2026`, `22 nov 2026`. `ms` is unix milliseconds.
    pub fn date(&self, ms: i64) -> String {
        let Ok(at) = jiff::Timestamp::from_millisecond(ms) else { return String::new() };
        let day = at.to_zoned(jiff::tz::TimeZone::UTC);
        let month = self.t(&format!("month-{}", day.month()));
        format!("{} {month} {}", day.day(), day.year())
    }

    /// A date and time, UTC: `22 Nov 2026, 13:05`.
    pub fn instant(&self, ms: i64) -> String {
        let Ok(at) = jiff::Timestamp::from_millisecond(ms) else { return String::new() };
        let at = at.to_zoned(jiff::tz::TimeZone::UTC);
        format!("{}, {:02}:{:02}", self.date(ms), at.hour(), at.minute())
    }

    /// A whole number with its thousands separated: `1,234` or `1.234`.
    pub fn number(&self, n: i64) -> String {
        let digits = n.unsigned_abs().to_string();
        let separator = if self.code == "it" { '.' } else { ',' };
        let mut out = String::with_capacity(digits.len() + 6);
        if n < 0 {
            out.push('-');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// An amount in minor units with its ISO 4217 currency: `1,234.50 EUR`, `1.234,50 EUR`.
    pub fn money(&self, minor: i64, currency: &str) -> String {
        format!("{} {currency}", self.amount(minor, currency))
    }

    /// The same where its currency stands beside it: `1,234.50`, of yen `1,234`.
    pub fn amount(&self, minor: i64, currency: &str) -> String {
        let digits = money::minor_digits(currency);
        let (sign, whole, rest) = money::parted(minor, digits);
        let whole = self.number(i64::try_from(whole).unwrap_or(i64::MAX));
        if digits == 0 {
            return format!("{sign}{whole}");
        }
        let point = if self.code == "it" { ',' } else { '.' };
        format!("{sign}{whole}{point}{rest:0width$}", width = usize::from(digits))
    }
}

/// The best of our languages for an `Accept-Language` header (RFC 9110 §12.5.4).
pub fn negotiate(accept: &str) -> &'static str {
    let mut best = (LANGUAGES[0], 0.0f32);
    for range in accept.split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or("").trim();
        let quality = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let primary = tag.split('-').next().unwrap_or("");
        if let Some(code) = LANGUAGES.into_iter().find(|code| primary.eq_ignore_ascii_case(code))
            && quality > best.1
        {
            best = (code, quality);
        }
    }
    best.0
}

/// The Fluent sources of the crate that calls it: its `locales/en.ftl` and `locales/it.ftl`.
#[macro_export]
macro_rules! locales {
    () => {
        &[
            ("en", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en.ftl"))),
            ("it", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/it.ftl"))),
        ]
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_gets_his_language_and_english_otherwise() {
        assert_eq!(negotiate("it-IT,it;q=0.9,en;q=0.5"), "it");
        assert_eq!(negotiate("de, en;q=0.4, it;q=0.2"), "en");
        assert_eq!(negotiate("fr"), "en");
    }

    #[test]
    fn numbers_and_money_follow_the_language() {
        let texts = Catalogue::new(&[]);
        assert_eq!(texts.lang("it").money(123_450, "EUR"), "1.234,50 EUR");
        assert_eq!(texts.lang("en").money(-50, "EUR"), "-0.50 EUR");
        assert_eq!(texts.lang("en").money(1_234_500, "JPY"), "1,234,500 JPY");
        assert_eq!(texts.lang("it").money(-1_234_567, "KWD"), "-1.234,567 KWD");
        assert_eq!(texts.lang("en").number(1_234_567), "1,234,567");
    }
}
