//! What somebody asks of the figures: which days, whose, and of which product.

use plugin_api::time::{self, DAY};
use plugin_api::{Cx, FieldProblem, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::span::day_of;
use crate::domain::product::Product;
use crate::store;
use crate::store::statistics::Within;
use crate::store::statistics::nodes::{Node, node};

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
    /// Code of a product.
    #[param(required = false, example = "STUDIO-PRO")]
    pub(super) prodotto: String,
}

/// What is asked, found in the caller's branch.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The first millisecond.
    pub(super) from: i64,
    /// The first millisecond that is not meant any more.
    pub(super) to: i64,
    pub(super) node: Option<Node>,
    pub(super) product: Option<Product>,
}

impl Asked {
    /// Reads the parameters; 400 names those that make no sense, and a node outside the caller's
    /// branch is as good as none: 404.
    pub(crate) async fn read(cx: &Cx, asked: &Parameters) -> Result<Self, Problem> {
        let (mut read, mistakes) = Self::read_days(cx, asked);
        let mut mistakes = mistakes;
        let code = asked.prodotto.trim();
        if !code.is_empty() {
            read.product = store::products::by_code(&cx.db(), code).await?;
            if read.product.is_none() {
                mistakes.push(FieldProblem::new("prodotto", "field-option"));
            }
        }
        if !mistakes.is_empty() {
            return Err(Problem::malformed("malformed_query").errors(mistakes));
        }
        let id = asked.organizzazione.trim();
        if !id.is_empty() {
            let found = node(&cx.db(), cx.scope(), id).await?;
            read.node = Some(found.ok_or_else(Problem::not_found)?);
        }
        Ok(read)
    }

    fn read_days(cx: &Cx, asked: &Parameters) -> (Self, Vec<FieldProblem>) {
        let today = day_of(cx.now());
        let mut mistakes = Vec::new();
        let mut day = |name: &str, text: &str| {
            let text = text.trim();
            let read = time::parse_date(text);
            if read.is_none() && !text.is_empty() {
                mistakes.push(FieldProblem::new(name, "field-date"));
            }
            read
        };
        let (first, last) = (day("da", &asked.da), day("a", &asked.a));
        let last = last.unwrap_or_else(|| today.max(first.unwrap_or(today)));
        let from = first.unwrap_or(last - (DAYS - 1) * DAY);
        let to = last + DAY;
        if mistakes.is_empty() && !(1..=MOST_DAYS).contains(&((to - from) / DAY)) {
            mistakes.push(FieldProblem::new("da", "field-range"));
        }
        (Self { from, to, node: None, product: None }, mistakes)
    }

    /// Whose figures they are.
    pub(super) fn within(&self, cx: &Cx) -> Within {
        Within {
            scope: cx.scope().clone(),
            node: self.node.as_ref().map(|node| node.organisation_id.clone()),
            product_id: self.product.as_ref().map(|product| product.product_id.clone()),
        }
    }

    /// The first and the last day, `YYYY-MM-DD`.
    pub(super) fn dates(&self) -> (String, String) {
        (time::date(self.from), time::date(self.to - 1))
    }
}
