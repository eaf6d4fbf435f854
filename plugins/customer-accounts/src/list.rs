//! `/crm/customers`: the list of customers and prospects, for people and for software.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Action, Markup, Notice, Tone};
use plugin_api::{Cx, Page, Problem};

use crate::domain::is_id;
use crate::{WRITE, paths, store};

const KINDS: &[(&str, &str, Tone)] =
    &[("cliente", "kind-customer", Tone::Neutral), ("prospect", "kind-prospect", Tone::Info)];

/// Where customers stand, as software names it.
pub(crate) const STATES: &[(&str, &str, Tone)] = &[
    ("convalidato", "state-validated", Tone::Ok),
    ("in_attesa", "state-awaiting", Tone::Warn),
    ("sospeso", "state-suspended", Tone::Bad),
];

/// Those below a node, itself among them: the tree is walked through nodes that are no customers.
const BELOW: &str = "(c.organisation_id = ? or n.parent_id in (with recursive below as \
    (select o.organisation_id from host_organisations_v1 o where o.organisation_id = ? \
    union all select o.organisation_id from host_organisations_v1 o \
    join below b on o.parent_id = b.organisation_id where o.kind <> 'customer') \
    select organisation_id from below))";

/// The list with what `query` asks of the branch: the parameter `sotto` names a node.
pub(crate) fn asked(query: &mut TableQuery) -> (TableSpec, Option<String>) {
    let below = query.take("sotto").filter(|id| !id.is_empty());
    match below {
        Some(id) => (below_node(spec(), &id), Some(id)),
        None => (spec(), None),
    }
}

fn below_node(spec: TableSpec, id: &str) -> TableSpec {
    let node = if is_id(id) { id } else { "" };
    spec.only(BELOW, [node.into(), node.into()]).keeping("sotto", id)
}

/// The page.
pub(crate) async fn handle(cx: Cx, mut query: TableQuery) -> Result<Page, Problem> {
    let (lang, (spec, below)) = (cx.lang(), asked(&mut query));
    let table = spec.load(&cx, &query).await?;
    let duplicates = Action::link(lang.t("duplicates"), cx.url(paths::DUPLICATES)).icon("copy");
    let mut head = spec.head(&cx).action(&duplicates);
    if cx.may(WRITE) {
        let import = cx.url(paths::IMPORT);
        head = head.action(&Action::link(lang.t("import-customers"), import).icon("file"));
    }
    let mut html = Markup::of(&head);
    if let Some(id) = below {
        let node = store::node(&cx.db(), cx.scope(), &id).await?;
        let name = node.map_or(id, |node| node.name);
        let all = Action::link(lang.t("customers-all"), cx.url(paths::LIST)).quiet();
        let told = lang.with("customers-below", &[("name", &name)]);
        html = html.and(&Notice::new(Tone::Info, told).with(&all));
    }
    Ok(Page::html(lang.t("customers"), html.and(&table)))
}

/// The same as a file.
pub(crate) async fn export(cx: Cx, mut query: TableQuery) -> Result<Response, Problem> {
    asked(&mut query).0.export(&cx, &query).await
}

/// The list, with the Italian names that software uses in filters and exports.
pub(crate) fn spec() -> TableSpec {
    let source = Source { from: store::SOURCE, id: "c.customer_id", scope: "c.organisation_id" };
    TableSpec::new(paths::LIST, "customers", source)
        .only("c.merged_into = ''", [])
        .column(
            Column::text("ragione_sociale", "c.name")
                .label("customer-name")
                .folded("c.name_folded"),
        )
        .column(
            Column::choice(
                "stato",
                "case c.state when 'validated' then 'convalidato' \
                 when 'awaiting' then 'in_attesa' else 'sospeso' end",
                STATES,
            )
            .label("customer-state")
            .sortable()
            .filterable(),
        )
        .column(
            Column::choice(
                "tipo",
                "case c.kind when 'customer' then 'cliente' else c.kind end",
                KINDS,
            )
            .label("customer-kind")
            .sortable()
            .filterable(),
        )
        .column(Column::mono("partita_iva", "c.vat_number").label("customer-vat-number").sortable())
        .column(
            Column::text("citta", "c.city")
                .label("customer-city")
                .folded("c.city_folded")
                .filterable(),
        )
        .column(
            Column::text(
                "organizzazione",
                "case when a.kind = 'agent' then a.parent_name else a.name end",
            )
            .label("customer-organisation")
            .folded("case when a.kind = 'agent' then a.parent_name_folded else a.name_folded end")
            .filterable(),
        )
        .column(
            Column::text("agente", "case when a.kind = 'agent' then a.name end")
                .label("customer-agent")
                .folded("case when a.kind = 'agent' then a.name_folded end")
                .filterable(),
        )
        .column(
            Column::text("etichette", "c.tags")
                .label("customer-tags")
                .folded("c.tags_folded")
                .filterable()
                .optional(),
        )
        .column(Column::text("paese", "c.country").label("customer-country").sortable().optional())
        .column(Column::text("email", "c.email").label("customer-email").optional())
        .column(Column::text("telefono", "c.phone").label("customer-phone").optional())
        .column(
            Column::mono("riferimento_esterno", "c.external_reference")
                .label("customer-external-reference")
                .sortable()
                .optional(),
        )
        .column(
            Column::date("creato", "c.created_at")
                .label("customer-created-at")
                .sortable()
                .filterable()
                .optional(),
        )
        .column(
            Column::instant("aggiornato", "c.updated_at")
                .label("customer-updated-at")
                .sortable()
                .optional(),
        )
        .search(&["c.search_folded"])
        .row_link(paths::SHOW)
        .default_sort("ragione_sociale", Order::Ascending)
        .preset("customers-awaiting", "stato=in_attesa")
        .preset("customers-prospects", "tipo=prospect")
        .preset("customers-suspended", "stato=sospeso")
        .primary("customer-new", paths::NEW, WRITE)
        .empty("customers-empty", "customers-empty-hint")
}
