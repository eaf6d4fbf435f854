//! `/crm/licences`: the list of licences, for people and for software.

mod columns;

use askama::Template;
use axum::response::Response;
use plugin_api::contracts::accounts::{self, Account};
use plugin_api::table::{Column, Lookup, Order, Source, TableQuery, TableSpec, TableView};
use plugin_api::ui::{Action, Field, Head, Markup};
use plugin_api::{Cx, Fault, Lang, Page, Problem};

use crate::domain::product::{Product, ProductState};
use crate::{ISSUE, REQUEST, bulk, labels, paths, quick, store};

/// Accounts a chooser offers without being asked for a name.
const OFFERED: u32 = 100;

/// Where lists of licences read from.
pub(crate) const FROM: &str = "license_generator_licence l \
    left join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id";

/// A column of the node above the customer's own. No join: with one, a page would read the whole tree.
macro_rules! above {
    ($column:literal) => {
        concat!(
            "(select o.",
            $column,
            " from host_organisations_v1 o where o.organisation_id = l.organisation_id)"
        )
    };
}

/// The same precedence as [`State::at`](crate::domain::state::State::at).
pub(crate) const STATE: &str = "case when l.state_stored = 'revoked' then 'revocata' \
    when l.state_stored = 'suspended' then 'sospesa' \
    when l.expires_at < {now} then 'scaduta' \
    when l.state_stored = 'awaiting' or l.starts_at > {now} then 'in_attesa_convalida' \
    when l.type = 'trial' then 'demo' else 'attiva' end";

/// What an index knows of a state.
const NARROWED: &[(&str, &str)] = &[
    ("attiva", "l.state_stored = 'active'"),
    ("demo", "l.state_stored = 'active'"),
    ("scaduta", "l.expires_at < {now}"),
    ("sospesa", "l.state_stored = 'suspended'"),
    ("revocata", "l.state_stored = 'revoked'"),
];

/// Licences by what they are searched by: customers and products are few, and a key is known by how
/// it begins.
const LOOKUPS: &[Lookup] = &[
    Lookup::Through(
        "l.account_id",
        "select account_id from customer_accounts_v1 where",
        "name_folded",
    ),
    Lookup::Through(
        "l.product_id",
        "select product_id from license_generator_product where",
        "name_folded",
    ),
    Lookup::Through(
        "l.product_id",
        "select product_id from license_generator_product where",
        "code_folded",
    ),
    Lookup::Begins("l.key_hint"),
];

/// The type by its name on the wire.
pub(crate) const TYPE: &str = "case l.type when 'permanent' then 'permanente' \
    when 'subscription' then 'abbonamento' else l.type end";

/// The parameter of the list that names a bulk run: only its licences are shown.
pub(crate) const RUN: &str = "lotto";

/// The list, of one bulk run if it is named.
pub(crate) fn of(products: &[Product], run: Option<&str>) -> TableSpec {
    match run.filter(|run| !run.is_empty()) {
        Some(run) => spec(products).only("l.bulk_id = ?", [run.into()]).keeping(RUN, run),
        None => spec(products),
    }
}

/// The list, with the Italian names that software uses in filters and exports.
pub(crate) fn spec(products: &[Product]) -> TableSpec {
    let source = Source { from: FROM, id: "l.licence_id", scope: "l.organisation_id" };
    let named = |product: &Product| (product.code.clone(), product.name.clone());
    let spec = TableSpec::new(paths::LICENCES, "licences", source)
        .column(Column::mono("chiave", "l.key_hint").sortable())
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(
            Column::text("prodotto", "p.name")
                .folded("p.name_folded")
                .filter_options("p.code", products.iter().map(named)),
        )
        .column(Column::choice("tipo", TYPE, labels::TYPES).sortable().filterable())
        .column(
            Column::choice("stato", STATE, labels::STATES)
                .sortable()
                .filterable()
                .narrowed(NARROWED),
        )
        .column(Column::meter("dispositivi", "l.devices_used", "l.devices_max").sortable())
        .column(Column::date("scadenza", "l.expires_at").sortable().filterable())
        .column(Column::flag("interna", "l.internal").filterable().optional())
        .column(Column::money("prezzo", "l.price", "l.currency").sortable().optional())
        .column(Column::date("manutenzione_fino_a", "l.maintenance_until").sortable().optional())
        .column(
            Column::text("organizzazione", above!("parent_name"))
                .folded(above!("parent_name_folded"))
                .filterable()
                .optional(),
        )
        .column(Column::date("creata", "l.created_at").sortable().filterable())
        .search(&["c.name_folded", "p.code_folded", "p.name_folded"])
        .lookups(LOOKUPS)
        .row_link(paths::SHOW)
        .default_sort("creata", Order::Descending)
        .preset("licences-active", "stato=attiva,demo")
        .preset("licences-expired", "stato=scaduta&sort=-scadenza")
        .preset("licences-suspended", "stato=sospesa,revocata")
        .primary("licence-new", paths::NEW, ISSUE)
        .empty("licences-empty", "licences-empty-hint");
    bulk::actions(columns::more(spec))
}

#[derive(Template)]
#[template(path = "license-generator/list.html")]
struct ListPage {
    head: Head,
    quick: Markup,
    table: TableView,
}

/// The page.
pub(crate) async fn handle(cx: Cx, mut query: TableQuery) -> Result<Page, Problem> {
    let products = store::products::all(&cx.db()).await?;
    let spec = of(&products, query.take(RUN).as_deref());
    let mut head = spec.head(&cx);
    let mut buttons = quick::buttons(&cx).await?.into_iter();
    if let Some(button) = buttons.next() {
        head = head.action(&button);
    }
    if !cx.may(ISSUE) && cx.may(REQUEST) {
        let ask = Action::link(cx.lang().t("request-new"), cx.url(paths::NEW));
        head = head.action(&ask.icon("plus"));
    }
    let quick = buttons.fold(Markup::default(), |quick, button| quick.and(&button));
    let table = spec.load(&cx, &query).await?;
    Page::new(cx.lang().t("licences"), &ListPage { head, quick, table })
}

/// The list as a file.
pub(crate) async fn export(cx: Cx, mut query: TableQuery) -> Result<Response, Problem> {
    let products = store::products::all(&cx.db()).await?;
    let run = query.take(RUN).or_else(|| matching(&query));
    of(&products, run.as_deref()).export(&cx, &query).await
}

/// The bulk run of the page that rows were ticked on.
fn matching(query: &TableQuery) -> Option<String> {
    let page = query.get("matching")?;
    TableQuery::parse(page).take(RUN)
}

/// Accounts in the caller's branch whose name matches, the most recent ones for no name.
pub(crate) async fn search(cx: &Cx, text: &str) -> Result<Vec<Account>, Fault> {
    let asked = accounts::Search { text: text.to_owned(), limit: OFFERED };
    cx.service(&accounts::SEARCH, &asked).await
}

/// A choice of customers.
pub(crate) fn account_field(lang: &Lang, accounts: &[Account]) -> Field {
    accounts.iter().fold(
        Field::select("cliente", lang.t("label-cliente")).option("", lang.t("choose")),
        |field, account| field.option(&account.account_id, &account.name),
    )
}

/// Looks for a customer by name.
pub(crate) fn name_field(lang: &Lang) -> Field {
    Field::search("cerca", lang.t("label-cerca")).hint(lang.t("label-cerca-hint")).maxlength(200)
}

/// A choice of the products licences are issued for.
pub(crate) fn product_field(lang: &Lang, products: &[Product]) -> Field {
    let active = products.iter().filter(|product| product.state == ProductState::Active);
    active.fold(Field::select("prodotto", lang.t("label-prodotto")), |field, product| {
        field.option(&product.code, &product.name)
    })
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec(&[]).mistakes(&lang), Vec::<String>::new());
        }
    }
}
