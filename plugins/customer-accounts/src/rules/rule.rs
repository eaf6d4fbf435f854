//! An assignment rule: its conditions, and whether they hold.

use plugin_api::table::fold;
use serde::{Deserialize, Serialize};

use crate::domain::{Refusal, is_country};

/// The most characters of a code, of a product's code.
pub(crate) const LONGEST_CODE: usize = 64;

/// A rule: when every condition holds, `receiver_id` receives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub rule_id: String,
    /// Whose rule it is: it sorts what this organisation received.
    pub organisation_id: String,
    /// What that organisation is called.
    pub organisation: String,
    /// Its place among the rules of its organisation, ascending.
    pub position: i64,
    /// What people call it.
    pub name: String,
    /// The code a registrant must have typed; empty for any.
    pub reseller_code: String,
    /// Provinces with commas between them; empty for any.
    pub provinces: String,
    /// ISO 3166-1 alpha-2; empty for any.
    pub country: String,
    /// Codes of products with commas between them; empty for any.
    pub products: String,
    /// The organisation that receives.
    pub receiver_id: String,
    /// What that organisation is called.
    pub receiver: String,
    /// 1 when it is asked, 0 when it is switched off.
    pub enabled: i64,
    /// Counts its changes, from 1.
    pub version: i64,
}

/// What is known of who or what is to be received.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// The code that was typed.
    pub code: String,
    /// Province or region.
    pub province: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Code of the product that is wanted.
    pub product: String,
}

impl Rule {
    /// Whether it is asked at all.
    pub fn is_enabled(&self) -> bool {
        self.enabled != 0
    }

    /// Whether every condition holds; a rule without conditions always does.
    pub fn matches(&self, known: &Known) -> bool {
        let same = |wanted: &str, text: &str| wanted.is_empty() || fold(wanted) == fold(text);
        same(&self.reseller_code, &known.code)
            && same(&self.country, &known.country)
            && is_among(&self.provinces, &known.province)
            && is_among(&self.products, &known.product)
    }
}

fn is_among(list: &str, text: &str) -> bool {
    let text = fold(text.trim());
    list.is_empty() || list.split(',').any(|one| fold(one.trim()) == text)
}

/// A rule as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleDraft {
    /// What people call it.
    pub name: String,
    /// The code a registrant must have typed.
    pub reseller_code: String,
    /// Provinces with commas or spaces between them.
    pub provinces: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Codes of products with commas between them.
    pub products: String,
    /// The organisation that receives.
    pub receiver: String,
}

impl From<&Rule> for RuleDraft {
    fn from(rule: &Rule) -> Self {
        Self {
            name: rule.name.clone(),
            reseller_code: rule.reseller_code.clone(),
            provinces: rule.provinces.clone(),
            country: rule.country.clone(),
            products: rule.products.clone(),
            receiver: rule.receiver_id.clone(),
        }
    }
}

impl RuleDraft {
    /// `rule` with what was typed, or everything that is wrong with it.
    pub fn check(&self, rule: Rule) -> Result<Rule, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let mut refuse = |field, key| refusals.push(Refusal { field, key });
        let text = |text: &str| text.trim().to_owned();
        let name = text(&self.name);
        let reseller_code = text(&self.reseller_code);
        let country = text(&self.country).to_uppercase();
        let (provinces, products) = (listed(&self.provinces), listed(&self.products));
        if name.is_empty() {
            refuse("name", "field-required");
        }
        let limits = [
            ("name", &name, 120),
            ("reseller_code", &reseller_code, LONGEST_CODE),
            ("provinces", &provinces, 1_000),
            ("products", &products, 1_000),
        ];
        for (field, text, limit) in limits {
            if text.chars().count() > limit {
                refuse(field, "field-too-long");
            } else if text.chars().any(char::is_control) {
                refuse(field, "field-control");
            }
        }
        if !country.is_empty() && !is_country(&country) {
            refuse("country", "field-country");
        }
        if self.receiver.is_empty() {
            refuse("receiver", "field-required");
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let receiver_id = self.receiver.clone();
        Ok(Rule { name, reseller_code, provinces, country, products, receiver_id, ..rule })
    }
}

/// The words of a list in the form it is kept: `MI, TO`.
fn listed(text: &str) -> String {
    let words = text.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(code: &str, province: &str, product: &str) -> Known {
        let text = str::to_owned;
        Known {
            code: text(code),
            province: text(province),
            country: text("IT"),
            product: text(product),
        }
    }

    #[test]
    fn every_condition_must_hold_and_none_always_does() {
        assert!(Rule::default().matches(&known("", "", "")));
        let rule = Rule {
            reseller_code: "Nord-1".to_owned(),
            provinces: "MI, TO".to_owned(),
            country: "IT".to_owned(),
            products: "STUDIO-PRO".to_owned(),
            ..Rule::default()
        };
        assert!(rule.matches(&known("NORD-1", "to", "studio-pro")));
        assert!(!rule.matches(&known("NORD-2", "TO", "STUDIO-PRO")));
        assert!(!rule.matches(&known("NORD-1", "RM", "STUDIO-PRO")));
        assert!(!rule.matches(&known("NORD-1", "TO", "")));
    }

    #[test]
    fn a_list_is_kept_in_one_form() {
        let draft = RuleDraft {
            name: " North ".to_owned(),
            provinces: "MI,TO ; \nVA,".to_owned(),
            receiver: "x".to_owned(),
            ..RuleDraft::default()
        };
        let rule = draft.check(Rule::default()).expect("it makes sense");
        assert_eq!((rule.name.as_str(), rule.provinces.as_str()), ("North", "MI, TO, VA"));
        let odd = RuleDraft { country: "XX".to_owned(), ..RuleDraft::default() };
        let fields: Vec<_> =
            odd.check(Rule::default()).expect_err("refused").iter().map(|r| r.field).collect();
        assert_eq!(fields, ["name", "country", "receiver"]);
    }
}
