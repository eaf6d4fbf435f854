//! `/crm/failed-renewals`: licences that could not renew themselves.

use plugin_api::db::{Audit, Batch};
use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;
use plugin_api::{Cx, Path, Problem, SeeOther};

use crate::store::renewal_failures;
use crate::{labels, paths, store};

/// Failures about the end their licence still has.
const FROM: &str = "license_generator_renewal_failure f \
    join license_generator_licence l on l.licence_id = f.licence_id and l.expires_at = f.ends_at \
    join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id";

/// Whether it is tried again.
const NEXT: &str = "case when f.next_at is null then 'fermo' else 'riprova' end";

const NEXTS: labels::Choices =
    &[("fermo", "failure-given-up", Tone::Bad), ("riprova", "failure-again", Tone::Warn)];

/// The table.
pub(super) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "f.licence_id", scope: "l.organisation_id" };
    TableSpec::new(paths::FAILURES, "failures", source)
        .column(Column::mono("chiave", "l.key_hint").sortable())
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(Column::text("prodotto", "p.name").folded("p.name_folded").filterable())
        .column(Column::date("scadenza", "f.ends_at").sortable().filterable())
        .column(Column::text("motivo", "f.reason").label("failure-reason"))
        .column(Column::number("tentativi", "f.attempts").label("failure-attempts"))
        .column(Column::choice("esito", NEXT, NEXTS).filterable())
        .column(Column::instant("quando", "f.failed_at").sortable())
        .search(&["c.name_folded", "l.key_hint", "p.name_folded"])
        .row_link(paths::SHOW)
        .below("due", paths::DUE)
        .default_sort("quando", Order::Descending)
        .empty("failures-empty", "failures-empty-hint")
}

/// `POST /crm/licences/{id}/renew-again`: forgets the failure, so that the next run tries again.
pub(super) async fn again(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
    let licence = licence.ok_or_else(Problem::not_found)?;
    let audit = Audit::of("renewal.retried", &id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id);
    let batch = Batch::new().and(renewal_failures::forgetting(cx.scope(), &id)).audit(audit);
    cx.db().batch(batch).await?;
    let there = cx.url(&paths::of(paths::SHOW, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t("failure-again-told")))
}
