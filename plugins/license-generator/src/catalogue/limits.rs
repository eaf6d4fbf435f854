//! How far the caller may go with prices.

use plugin_api::{Cx, Fault, FieldProblem, Permissions};

use crate::domain::catalogue::after_discount;
use crate::domain::draft::Rejection;
use crate::store::catalogue::limits::all;

/// The setting that counts for roles without a limit of their own, in percent.
pub(crate) const SETTING: &str = "max-discount";
/// Hundredths of a percent in the whole.
const WHOLE: i64 = 10_000;

/// How far somebody may go with prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The highest discount, hundredths of a percent.
    pub discount: i64,
    /// Whether he may say a price of his own.
    pub may_override: bool,
}

impl Limits {
    /// Nothing holds him back.
    const NONE: Self = Self { discount: WHOLE, may_override: true };

    /// The highest discount as people read it: `12.5`.
    pub(crate) fn percent(self) -> String {
        percent(self.discount)
    }

    /// Refuses a discount, hundredths of a percent, that is higher.
    pub(crate) fn check_discount(self, cx: &Cx, discount: i64) -> Result<(), Rejection> {
        if discount <= self.discount {
            return Ok(());
        }
        let most = self.percent();
        let text = cx.lang().with("field-discount-most", &[("percent", &most)]);
        let errors = vec![FieldProblem::new("/sconto", text)];
        Err(Rejection { code: "sconto_eccessivo", errors })
    }

    /// Refuses a price that was said, unless he may say one or could come to it by a discount on
    /// `usual`, which is in the same currency.
    pub(crate) fn check_price(self, said: i64, usual: Option<i64>) -> Result<(), Rejection> {
        let is_near = usual.is_some_and(|usual| said >= after_discount(usual, self.discount));
        if self.may_override || is_near {
            return Ok(());
        }
        Err(Rejection::coded("prezzo_non_modificabile", "/prezzo"))
    }
}

/// Hundredths of a percent as people read and type it: `12.5`.
pub(crate) fn percent(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How far the caller may go: the furthest of his roles counts, superadmins and jobs may do anything.
pub(crate) async fn limits(cx: &Cx) -> Result<Limits, Fault> {
    let caller = cx.caller();
    if caller.permissions == Permissions::Everything {
        return Ok(Limits::NONE);
    }
    let usual: i64 = cx.setting(SETTING).await?;
    let usual = Limits { discount: (usual * 100).clamp(0, WHOLE), may_override: true };
    let known = all(&cx.db()).await?;
    let of = |role: &String| {
        let limit = known.iter().find(|limit| limit.role_id == *role);
        limit.map_or(usual, |limit| Limits {
            discount: limit.discount_max,
            may_override: limit.may_override,
        })
    };
    let furthest = |a: Limits, b: Limits| Limits {
        discount: a.discount.max(b.discount),
        may_override: a.may_override || b.may_override,
    };
    Ok(caller.roles.iter().map(of).reduce(furthest).unwrap_or(usual))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_percentage_is_written_as_short_as_it_can_be() {
        for (hundredths, text) in [(0, "0"), (1250, "12.5"), (10_000, "100"), (5, "0.05")] {
            assert_eq!(super::percent(hundredths), text);
        }
    }
}
