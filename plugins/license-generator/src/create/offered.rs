//! What the custom form offers to choose from.

use plugin_api::ui::Field;
use plugin_api::{Cx, Fault};
use serde_json::Value;

use super::questions::Questions;
use super::read::parameter_field;
use crate::catalogue::{Limits, limits};
use crate::domain::catalogue::{Offer, Parameter, ParameterKind};
use crate::domain::product::{Module, Product, ProductState};
use crate::store;
use crate::store::nodes::Node;

/// A value and what it is called.
type Choice = (String, String);

/// What the form of one product offers.
#[derive(Debug)]
pub(crate) struct Offered {
    /// The product with all that belongs to it.
    pub offer: Offer,
    /// The policies for it, by code.
    policies: Vec<Choice>,
    /// The nodes that may sell.
    nodes: Vec<Node>,
    /// How far the caller may go with prices.
    limits: Limits,
}

impl Offered {
    /// What there is for `product`.
    pub(super) async fn of(cx: &Cx, product: Product) -> Result<Self, Fault> {
        let db = cx.db();
        let policies = store::policies::offered(&db, &product.product_id).await?;
        Ok(Self {
            offer: store::catalogue::offers::of(&db, product).await?,
            policies: policies.into_iter().map(|policy| (policy.code, policy.name)).collect(),
            nodes: store::nodes::all(&db, cx.scope()).await?,
            limits: limits(cx).await?,
        })
    }

    /// The product's modules.
    pub(crate) fn modules(&self) -> &[Module] {
        &self.offer.modules
    }

    /// The versions that are still issued.
    pub(super) fn version(&self, ask: &Questions<'_>) -> Field {
        let versions = self.offer.versions.iter();
        let versions = versions.filter(|version| version.state == ProductState::Active);
        let named =
            versions.map(|version| (version.number(), version.number())).collect::<Vec<_>>();
        choice(ask, "versione", &named)
    }

    /// The bundles that are still sold.
    pub(super) fn bundle(&self, ask: &Questions<'_>) -> Option<Field> {
        let bundles = self.offer.bundles.iter();
        let bundles = bundles.filter(|bundle| bundle.state == ProductState::Active);
        let named: Vec<_> =
            bundles.map(|bundle| (bundle.code.clone(), bundle.name.clone())).collect();
        (!named.is_empty()).then(|| choice(ask, "pacchetto", &named))
    }

    /// The policies for it.
    pub(super) fn policy(&self, ask: &Questions<'_>) -> Option<Field> {
        (!self.policies.is_empty()).then(|| choice(ask, "politica", &self.policies))
    }

    /// A choice of the nodes of some kinds.
    pub(super) fn node(&self, ask: &Questions<'_>, name: &str, is_kind: fn(&str) -> bool) -> Field {
        let field = ask.ask(name, Field::select).option("", ask.lang.t("new-node-none"));
        let nodes = self.nodes.iter().filter(|node| is_kind(&node.kind));
        nodes.fold(field, |field, node| field.option(&node.organisation_id, &node.name))
    }

    /// What one may take off, with how much one may.
    pub(super) fn discount(&self, ask: &Questions<'_>) -> Field {
        let most = format!("{}%", self.limits.percent());
        let hint = ask.lang.with("new-sconto-most", &[("max", &most)]);
        ask.ask("sconto", Field::text).inputmode("decimal").hint(hint)
    }

    /// The price, for who may say one.
    pub(super) fn price(&self, ask: &Questions<'_>) -> Field {
        let field = ask.ask("prezzo", Field::text).inputmode("decimal");
        if self.limits.may_override { field } else { field.hint(ask.lang.t("new-prezzo-fixed")) }
    }

    /// The product's parameters, each by its kind.
    pub(super) fn parameters(&self, ask: &Questions<'_>) -> Vec<Field> {
        self.offer.parameters.iter().map(|parameter| question(ask, parameter)).collect()
    }
}

/// A question with these answers, or an open one when there are none to offer.
fn choice(ask: &Questions<'_>, name: &str, options: &[Choice]) -> Field {
    if options.is_empty() {
        return ask.ask(name, Field::text).maxlength(64).mono();
    }
    let field = ask.ask(name, Field::select).option("", ask.lang.t("new-none"));
    options.iter().fold(field, |field, (value, text)| field.option(value, text))
}

fn question(ask: &Questions<'_>, parameter: &Parameter) -> Field {
    let name = parameter_field(&parameter.name);
    let default = match &parameter.default_value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    let make = match parameter.kind {
        ParameterKind::Integer => Field::number,
        ParameterKind::Date => Field::date,
        ParameterKind::Boolean | ParameterKind::Choice => Field::select,
        ParameterKind::Text | ParameterKind::Decimal | ParameterKind::Ip | ParameterKind::List => {
            Field::text
        }
    };
    let value = if ask.typed.has(&name) { ask.typed.text(&name) } else { default.as_str() };
    let field = make(name.clone(), parameter.label.clone()).value(value).errors(ask.errors);
    let field = if parameter.required { field.required() } else { field };
    match parameter.kind {
        ParameterKind::Boolean => field
            .option("", ask.lang.t("new-none"))
            .option("true", ask.lang.t("yes"))
            .option("false", ask.lang.t("no")),
        ParameterKind::Choice => parameter
            .choices
            .iter()
            .fold(field.option("", ask.lang.t("new-none")), |field, one| field.option(one, one)),
        _ => field,
    }
}
