//! `/crm/policies`: the policies there are.

use plugin_api::table::{Column, Order, Source, TableSpec};

use super::POLICIES;
use crate::paths;

const LICENCES: &str =
    "(select count(*) from license_generator_licence l where l.policy_id = p.policy_id)";

/// The list. Policies belong to the vendor, so who works in a branch below sees none of them here.
pub(crate) fn spec() -> TableSpec {
    let source = Source {
        from: "license_generator_policy p \
            left join license_generator_product r on r.product_id = p.product_id",
        id: "p.policy_id",
        scope: "p.organisation_id",
    };
    TableSpec::new(paths::POLICIES, "policies", source)
        .column(
            Column::text("politica", "p.name").label("policy").folded("p.name_folded").filterable(),
        )
        .column(Column::mono("codice", "p.code").label("label-code").sortable().filterable())
        .column(Column::text("prodotto", "r.name").folded("r.name_folded").filterable())
        .column(
            Column::flag("predefinita", "case when p.default_of is null then 0 else 1 end")
                .label("policy-default")
                .filterable(),
        )
        .column(Column::number("versione", "p.version").label("label-version").sortable())
        .column(Column::number("licenze", LICENCES).label("licences").sortable())
        .column(
            Column::instant("aggiornata", "p.updated_at")
                .label("policy-updated")
                .sortable()
                .filterable(),
        )
        .search(&["p.name_folded", "p.code_folded"])
        .row_link(paths::POLICY)
        .default_sort("politica", Order::Ascending)
        .primary("policy-new", paths::POLICY_NEW, POLICIES)
        .empty("policies-empty", "policies-empty-hint")
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
