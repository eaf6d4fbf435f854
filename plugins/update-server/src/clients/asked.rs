//! What somebody asks of versions: of which installations, and heard of since when.

use plugin_api::table::encode;
use plugin_api::time::{DAY, date};
use plugin_api::{Cx, FieldProblem, Problem};
use serde::Deserialize;

use crate::domain::platform::Platform;
use crate::store::clients::Counted;

/// Who was not heard of for so many days is not counted when nobody said otherwise.
pub(super) const DAYS: i64 = 30;
/// Days that may be asked for at most: ten years.
const MOST_DAYS: i64 = 3_660;
/// Longest code or name that is looked for, bytes.
const LONGEST: usize = 200;

/// The parameters as they came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameters {
    /// Days since an installation was heard of at most.
    pub(super) giorni: String,
    /// Code of a product.
    pub(super) prodotto: String,
    /// A channel.
    pub(super) canale: String,
    /// A platform.
    pub(super) piattaforma: String,
    /// Of a file: `csv`, `xlsx` or `json`.
    pub(super) format: String,
}

/// What is asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) days: i64,
    pub(super) counted: Counted,
}

impl Asked {
    /// Reads the parameters; 400 names those that make no sense.
    pub(super) fn read(cx: &Cx, asked: &Parameters) -> Result<Self, Problem> {
        let mut mistakes = Vec::new();
        let days = match asked.giorni.trim() {
            "" => DAYS,
            text => text.parse().unwrap_or_default(),
        };
        if !(1..=MOST_DAYS).contains(&days) {
            mistakes.push(FieldProblem::new("giorni", "field-range"));
        }
        let platform = asked.piattaforma.trim();
        if !platform.is_empty() && !Platform::ALL.iter().any(|known| known.code() == platform) {
            mistakes.push(FieldProblem::new("piattaforma", "field-option"));
        }
        let (product, channel) = (asked.prodotto.trim(), asked.canale.trim());
        for (name, text) in [("prodotto", product), ("canale", channel)] {
            // No code has others, and MariaDB does not compare codes with them.
            if text.len() > LONGEST || !text.is_ascii() {
                mistakes.push(FieldProblem::new(name, "field-option"));
            }
        }
        if !mistakes.is_empty() {
            return Err(Problem::malformed("malformed_query").errors(mistakes));
        }
        // Whole days, as lists can be asked for.
        let since = (cx.now().div_euclid(DAY) - (days - 1)) * DAY;
        let counted = Counted {
            since,
            product: product.to_owned(),
            channel: channel.to_owned(),
            platform: platform.to_owned(),
        };
        Ok(Self { days, counted })
    }

    /// Whether some installations are left out for what only checks tell.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.counted.channel.is_empty() || !self.counted.platform.is_empty()
    }

    /// The filters of the list of installations that shows those of one version.
    pub(super) fn listing(&self, product: &str, version: Option<&str>) -> String {
        let Counted { since, channel, platform, .. } = &self.counted;
        let mut query = format!("ultima_domanda.from={}", date(*since));
        let texts =
            [("canale", channel.as_str()), ("piattaforma", platform), ("prodotto", product)];
        let said = texts.into_iter().filter(|(_, text)| !text.is_empty());
        for (name, text) in said.chain(version.map(|version| ("versione", version))) {
            query = format!("{query}&{name}=%3D{}", encode(text));
        }
        query
    }

    /// The same question again, of other days and of one product, as an address says it.
    pub(super) fn again(&self, days: i64, product: &str) -> String {
        let Counted { channel, platform, .. } = &self.counted;
        let texts =
            [("prodotto", product), ("canale", channel.as_str()), ("piattaforma", platform)];
        let said = texts.into_iter().filter(|(_, text)| !text.is_empty());
        said.fold(format!("giorni={days}"), |query, (name, text)| {
            format!("{query}&{name}={}", encode(text))
        })
    }
}
