//! `/crm/transactions/ageing`: what is still to be paid, by customer and by how late it is.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::paths;

/// Open entries by customer and currency. Days are whole days, UTC: due today is not late, due
/// yesterday is one day late.
const FROM: &str = "(select concat_id as row_id, customer_id, organisation_id, currency, \
      cast(sum(amount) as signed) as total, \
      cast(sum(case when due_at >= today then amount else 0 end) as signed) as due_later, \
      cast(sum(case when due_at < today and due_at >= today - 2592000000 \
        then amount else 0 end) as signed) as late_30, \
      cast(sum(case when due_at < today - 2592000000 and due_at >= today - 5184000000 \
        then amount else 0 end) as signed) as late_60, \
      cast(sum(case when due_at < today - 5184000000 and due_at >= today - 7776000000 \
        then amount else 0 end) as signed) as late_90, \
      cast(sum(case when due_at < today - 7776000000 then amount else 0 end) as signed) as later \
    from (select t.customer_id || ':' || t.currency as concat_id, t.customer_id, \
        t.organisation_id, t.currency, t.amount, t.due_at, {now} - {now} % 86400000 as today \
      from customer_accounts_transaction t \
      where t.kind = 'postponed' and t.settled_at is null and t.reverses is null \
        and t.reversed_by is null) open_entry \
    group by concat_id, customer_id, organisation_id, currency) a \
  join customer_accounts_customer c on c.customer_id = a.customer_id";

/// The table.
pub(super) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "a.row_id", scope: "a.organisation_id" };
    let bucket = |id, sql: &'static str, key| {
        Column::money(id, sql, "a.currency").label(key).sortable().filterable()
    };
    TableSpec::new(paths::AGEING, "ageing", source)
        .column(
            Column::text("cliente", "c.name")
                .label("transaction-customer")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::TRANSACTIONS, "a.customer_id"),
        )
        .column(bucket("totale", "a.total", "ageing-total"))
        .column(bucket("non_scaduto", "a.due_later", "ageing-not-due"))
        .column(bucket("giorni_1_30", "a.late_30", "ageing-30"))
        .column(bucket("giorni_31_60", "a.late_60", "ageing-60"))
        .column(bucket("giorni_61_90", "a.late_90", "ageing-90"))
        .column(bucket("oltre_90", "a.later", "ageing-later"))
        .search(&["c.name_folded"])
        .below("transactions", paths::LEDGER)
        .default_sort("totale", Order::Descending)
        .empty("ageing-empty", "ageing-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
        }
    }
}
