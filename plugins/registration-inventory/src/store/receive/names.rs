//! Software and companies, entered when they are named for the first time.

use plugin_api::db::Statement;

use super::inserted;

/// Software by a name it reports itself with.
#[derive(Debug, Clone)]
pub(crate) struct SoftwareRow {
    pub(crate) software_id: String,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    /// Unix milliseconds.
    pub(crate) at: i64,
}

/// Enters software that is not there yet.
pub(crate) fn software(rows: impl IntoIterator<Item = SoftwareRow>) -> Vec<Statement> {
    let rows = rows.into_iter().map(|row| {
        vec![row.software_id.into(), row.name.into(), row.name_folded.into(), row.at.into()]
    });
    inserted(
        "registration_inventory_software",
        "software_id, name, name_folded, first_seen_at",
        (
            "on conflict (software_id) do nothing",
            "on duplicate key update software_id = values(software_id)",
        ),
        rows.collect(),
    )
}

/// A company as an installation names it.
#[derive(Debug, Clone)]
pub(crate) struct CompanyRow {
    pub(crate) company_id: String,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    pub(crate) vat_number: String,
    pub(crate) vat_is_valid: bool,
    /// Unix milliseconds.
    pub(crate) at: i64,
}

/// Enters companies that are not there yet.
pub(crate) fn companies(rows: impl IntoIterator<Item = CompanyRow>) -> Vec<Statement> {
    let rows = rows.into_iter().map(|row| {
        vec![
            row.company_id.into(),
            row.name.into(),
            row.name_folded.into(),
            row.vat_number.into(),
            row.vat_is_valid.into(),
            row.at.into(),
        ]
    });
    inserted(
        "registration_inventory_company",
        "company_id, name, name_folded, vat_number, vat_is_valid, first_seen_at",
        (
            "on conflict (company_id) do nothing",
            "on duplicate key update company_id = values(company_id)",
        ),
        rows.collect(),
    )
}
