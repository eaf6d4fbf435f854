//! The quick buttons with their dialogs, for the head of any page.

use plugin_api::contracts::accounts::Account;
use plugin_api::ui::{Confirm, Field};
use plugin_api::{Cx, Fault, Lang};

use crate::domain::product::{Product, ProductState};
use crate::domain::quick::{Kind, Template};
use crate::list::{account_field, name_field, product_field, search};
use crate::{paths, store};

/// The buttons the caller may press, in their order; the first has the id `quick`. Each is its own
/// dialog: customer, product, and the values one mostly changes.
pub(crate) async fn buttons(cx: &Cx) -> Result<Vec<Confirm>, Fault> {
    let mut templates = store::quick::all(&cx.db()).await?;
    templates.retain(|template| template.enabled && cx.may(&template.permission()));
    let products = store::products::all(&cx.db()).await?;
    let has_product = products.iter().any(|product| product.state == ProductState::Active);
    templates.retain(|template| has_product || template.kind == Kind::Renew);
    if templates.is_empty() {
        return Ok(Vec::new());
    }
    let accounts = search(cx, "").await?;
    let lang = cx.lang();
    let button = |(n, template): (usize, &Template)| {
        let id = if n == 0 { "quick".to_owned() } else { format!("quick-{}", n + 1) };
        let make = Dialog { cx, lang: &lang, id: &id, template };
        match template.kind {
            Kind::Issue => make.issue(&accounts, &products),
            Kind::Renew => make.renew(),
        }
    };
    Ok(templates.iter().enumerate().map(button).collect())
}

struct Dialog<'a> {
    cx: &'a Cx,
    lang: &'a Lang,
    id: &'a str,
    template: &'a Template,
}

impl Dialog<'_> {
    fn confirm(&self, path: &str, hint: &str) -> Confirm {
        let name = self.template.name(self.lang);
        Confirm::new(self.lang, self.id, name, self.cx.url(path), self.lang.t(hint))
            .harmless()
            .icon(&self.template.icon)
            .hidden("modello", &self.template.quick_id)
    }

    fn within(&self, name: &str) -> String {
        format!("{}-{name}", self.id)
    }

    fn issue(&self, accounts: &[Account], products: &[Product]) -> Confirm {
        let product = self.template.draft.prodotto.clone().unwrap_or_default();
        let product = product_field(self.lang, products).value(product).required();
        let dialog = self
            .confirm(paths::QUICK, "quick-key-hint")
            .field(&account_field(self.lang, accounts).id(self.within("cliente")))
            .field(&name_field(self.lang).id(self.within("cerca")))
            .field(&product.id(self.within("prodotto")));
        changeable(self.lang, self.template)
            .into_iter()
            .fold(dialog, |dialog, (name, field)| dialog.field(&field.id(self.within(name))))
    }

    fn renew(&self) -> Confirm {
        let search = Field::search("q", self.lang.t("quick-renewal-which"))
            .hint(self.lang.t("quick-renewal-hint"))
            .maxlength(200)
            .id(self.within("q"));
        self.confirm(paths::QUICK_RENEWAL, "quick-renewal-about").field(&search)
    }
}

/// The defaults of a button that its dialog lets one change, by their names.
pub(super) fn changeable(lang: &Lang, template: &Template) -> Vec<(&'static str, Field)> {
    let draft = &template.draft;
    let numbers = [
        ("durata_giorni", "new-durata-giorni", draft.durata_giorni),
        ("dispositivi", "label-dispositivi", draft.dispositivi),
        ("posti", "new-posti", draft.posti),
    ];
    let field = |(name, label, number): (&'static str, &str, Option<i64>)| {
        let field = Field::number(name, lang.t(label)).min(1).value(number?.to_string());
        Some((name, field))
    };
    numbers.into_iter().filter_map(field).collect()
}
