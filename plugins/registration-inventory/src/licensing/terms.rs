//! What the licences of installations are to be: as a form asks it, and as an order.

use plugin_api::contracts::licences::{Order, Product};
use plugin_api::ui::{Card, Field, FormErrors, Markup};
use plugin_api::{Cx, Lang};
use serde::{Deserialize, Serialize};

use crate::mapping::sheet::{Sent, value};

/// The kinds of licences, as they are called on the wire.
const TYPES: [&str; 3] = ["permanente", "abbonamento", "trial"];

/// Terms of licences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Terms {
    /// `permanente`, `trial` or `abbonamento`.
    pub(super) tipo: String,
    /// The last day, `YYYY-MM-DD`; empty for as the policy says.
    pub(super) until: String,
    /// The day the price is due; empty for paid now.
    pub(super) due: String,
    /// How many devices; none for as the policy says.
    pub(super) devices: Option<i64>,
    /// The active modules; none for as the product has them.
    pub(super) modules: Option<Vec<String>>,
    /// Whether the next reports are told.
    pub(super) announced: bool,
}

impl Terms {
    /// What a form sent, or what cannot be read of it.
    pub(super) fn read(sent: &Sent, lang: &Lang) -> Result<Self, FormErrors> {
        let mut errors = FormErrors::new();
        let text = |name: &str| value(sent, name).to_owned();
        let devices = match value(sent, "dispositivi") {
            "" => None,
            typed => {
                let number = typed.parse().ok().filter(|number| *number > 0);
                if number.is_none() {
                    errors.add("dispositivi", lang.t("licensing-devices-number"));
                }
                number
            }
        };
        let tipo = text("tipo");
        if !TYPES.contains(&tipo.as_str()) {
            errors.add("tipo", lang.t("licensing-type-missing"));
        }
        for day in ["scadenza", "pagamento_entro"] {
            let typed = value(sent, day);
            if !typed.is_empty() && plugin_api::time::parse_date(typed).is_none() {
                errors.add(day, lang.t("licensing-day-wrong"));
            }
        }
        let modules = sent.iter().filter(|(name, _)| name == "moduli");
        let has_modules = !value(sent, "con_moduli").is_empty();
        let terms = Self {
            tipo,
            until: text("scadenza"),
            due: text("pagamento_entro"),
            devices,
            modules: has_modules.then(|| modules.map(|(_, code)| code.clone()).collect()),
            announced: !value(sent, "annuncia").is_empty(),
        };
        if errors.is_empty() { Ok(terms) } else { Err(errors) }
    }

    /// The licence of a product for an account.
    pub(super) fn order(&self, account_id: &str, product_code: &str) -> Order {
        Order {
            account_id: account_id.to_owned(),
            product_code: product_code.to_owned(),
            tipo: self.tipo.clone(),
            until: self.until.clone(),
            devices: self.devices,
            modules: self.modules.clone(),
            due: self.due.clone(),
            ..Order::default()
        }
    }
}

/// What a form holds before anybody typed.
pub(super) fn first(product: Option<&Product>) -> Sent {
    let mut sent = vec![("tipo", "permanente"), ("dispositivi", "1"), ("annuncia", "true")];
    let modules = product.iter().flat_map(|product| &product.modules);
    sent.extend(modules.filter(|one| one.by_default).map(|one| ("moduli", one.code.as_str())));
    sent.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The questions all licences have in common.
pub(super) fn fields(lang: &Lang, sent: &Sent, errors: &FormErrors) -> Vec<Field> {
    let types = Field::radios("tipo", lang.t("licensing-type")).required();
    let types = TYPES
        .into_iter()
        .fold(types, |field, tipo| field.option(tipo, lang.t(&format!("licence-type-{tipo}"))));
    let date = |name: &str, key: &str| {
        Field::date(name, lang.t(key)).hint(lang.t(&format!("{key}-hint"))).value(value(sent, name))
    };
    let fields = [
        types.value(value(sent, "tipo")),
        date("scadenza", "licensing-until"),
        date("pagamento_entro", "licensing-due"),
    ];
    fields.into_iter().map(|field| field.errors(errors)).collect()
}

/// Whether the software is told.
pub(super) fn announced(lang: &Lang, sent: &Sent) -> Field {
    Field::checkbox("annuncia", lang.t("licensing-announce"))
        .hint(lang.t("licensing-announce-hint"))
        .checked(!value(sent, "annuncia").is_empty())
}

/// The cards of the form of one licence.
pub(super) fn cards(cx: &Cx, product: &Product, sent: &Sent, errors: &FormErrors) -> Markup {
    let lang = cx.lang();
    let mut card = Card::new("terms", lang.t("licensing-terms"));
    for field in fields(&lang, sent, errors) {
        card = card.body(&field);
    }
    let devices = Field::number("dispositivi", lang.t("licensing-devices")).min(1);
    let card = card
        .body(&devices.value(value(sent, "dispositivi")).errors(errors))
        .body(&announced(&lang, sent));
    let cards = Markup::of(&card);
    if product.modules.is_empty() {
        return cards;
    }
    let ticked = sent.iter().filter(|(name, _)| name == "moduli").map(|(_, code)| code);
    let boxes = Field::checkboxes("moduli", lang.t("licensing-modules"));
    let boxes = product.modules.iter().fold(boxes, |boxes, one| boxes.option(&one.code, &one.name));
    cards.and(&Card::new("modules", lang.t("licensing-modules")).body(&boxes.values(ticked)))
}
