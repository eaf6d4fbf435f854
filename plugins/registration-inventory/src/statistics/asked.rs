//! What somebody asks of the figures: which days, whose, and of which software.

use plugin_api::time::{self, DAY};
use plugin_api::{Cx, FieldProblem, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::store::figures::nodes::{Node, Software, node, software};

/// Setting: days after which an installation counts as silent.
pub(super) const SILENT_DAYS: &str = "silent-days";
/// Days shown when nobody chose.
pub(super) const DAYS: i64 = 30;
/// Days shown at most: ten years.
const MOST_DAYS: i64 = 3_660;

/// The parameters as they came.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// The first day, UTC; 29 days before the last one if not said.
    #[param(required = false, format = Date, example = "2026-01-01")]
    pub(super) da: String,
    /// The last day, UTC; today if not said.
    #[param(required = false, format = Date, example = "2026-01-31")]
    pub(super) a: String,
    /// Id of a node of the organisation tree: only what lies below, itself included.
    #[param(required = false)]
    pub(super) organizzazione: String,
    /// Id of a software.
    #[param(required = false)]
    pub(super) software: String,
    /// Code of a product.
    #[param(required = false, example = "STUDIO-PRO")]
    pub(super) prodotto: String,
    /// Days after which an installation counts as silent, 1 to 3660; as the settings say if not said.
    #[param(required = false, example = "30")]
    pub(super) silenti: String,
}

/// What is asked, found in the caller's branch.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The first day, since 1970-01-01.
    pub(super) first: i64,
    /// The last.
    pub(super) last: i64,
    pub(super) node: Option<Node>,
    pub(super) software: Option<Software>,
    /// Empty for all.
    pub(super) product: String,
    pub(super) silent_days: i64,
}

impl Asked {
    /// Reads the parameters; 400 names those that make no sense, and a node or software outside the
    /// caller's branch is as good as none: 404.
    pub(crate) async fn read(cx: &Cx, asked: &Parameters) -> Result<Self, Problem> {
        let (mut read, mut mistakes) = Self::read_days(cx, asked);
        read.silent_days = match asked.silenti.trim() {
            "" => cx.setting(SILENT_DAYS).await?,
            text => text.parse().unwrap_or_default(),
        };
        if !(1..=MOST_DAYS).contains(&read.silent_days) {
            mistakes.push(FieldProblem::new("silenti", "field-range"));
        }
        if !mistakes.is_empty() {
            return Err(Problem::malformed("malformed_query").errors(mistakes));
        }
        let id = asked.organizzazione.trim();
        if !id.is_empty() {
            let found = node(&cx.db(), cx.scope(), id).await?;
            read.node = Some(found.ok_or_else(Problem::not_found)?);
        }
        let id = asked.software.trim();
        if !id.is_empty() {
            let found = software(&cx.db(), cx.scope(), id).await?;
            read.software = Some(found.ok_or_else(Problem::not_found)?);
        }
        Ok(read)
    }

    fn read_days(cx: &Cx, asked: &Parameters) -> (Self, Vec<FieldProblem>) {
        let today = cx.now().div_euclid(DAY);
        let mut mistakes = Vec::new();
        let mut day = |name: &str, text: &str| {
            let text = text.trim();
            let read = time::parse_date(text).map(|at| at.div_euclid(DAY));
            if read.is_none() && !text.is_empty() {
                mistakes.push(FieldProblem::new(name, "field-date"));
            }
            read
        };
        let (first, last) = (day("da", &asked.da), day("a", &asked.a));
        let last = last.unwrap_or_else(|| today.max(first.unwrap_or(today)));
        let first = first.unwrap_or(last - (DAYS - 1));
        if mistakes.is_empty() && !(0..MOST_DAYS).contains(&(last - first)) {
            mistakes.push(FieldProblem::new("da", "field-range"));
        }
        let product = asked.prodotto.trim().to_owned();
        (Self { first, last, node: None, software: None, product, silent_days: 0 }, mistakes)
    }

    /// The first and the last day, `YYYY-MM-DD`.
    pub(super) fn dates(&self) -> (String, String) {
        (time::date(self.first * DAY), time::date(self.last * DAY))
    }
}
