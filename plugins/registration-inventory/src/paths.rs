//! Where the pages are, and the pages of others that they lead to.

/// The live list of installations.
pub const INSTALLATIONS: &str = "/crm/installations";
/// One installation.
pub const INSTALLATION: &str = "/crm/installations/{id}";
/// Raw reports.
pub const REPORTS: &str = "/crm/registrations";
/// One raw report.
pub const REPORT: &str = "/crm/registrations/{id}";
/// Software by the names it reports itself with.
pub const SOFTWARE: &str = "/crm/software";
/// One name of software.
pub const SOFTWARE_NAME: &str = "/crm/software/{id}";
/// Companies as installations name them.
pub const COMPANIES: &str = "/crm/companies";
/// One company.
pub const COMPANY: &str = "/crm/companies/{id}";
/// What was decided, and its undoing.
pub const DECISIONS: &str = "/crm/inventory-decisions";
/// One decision.
pub const DECISION: &str = "/crm/inventory-decisions/{id}";
/// Where a decision is undone.
pub const DECISION_UNDO: &str = "/crm/inventory-decisions/{id}/undo";
/// Figures.
pub const STATISTICS: &str = "/crm/inventory-statistics";
/// Reports above a quota.
pub const QUARANTINE: &str = "/crm/registrations-quarantine";
/// The licence of one installation: linked or made.
pub const LICENSING: &str = "/crm/installations/{id}/licence";
/// Where many installations get licences.
pub const REGULARISE: &str = "/crm/installations/regularise";
/// Runs that give licences to many.
pub const RUNS: &str = "/crm/inventory-runs";
/// One run.
pub const RUN: &str = "/crm/inventory-runs/{id}";
/// What an end customer sees of his own.
pub const MY_INSTALLATIONS: &str = "/crm/my-installations";
/// The licences of whoever is looking; of license-generator.
pub const MY_LICENCES: &str = "/crm/my-licences";
/// A customer; of customer-accounts.
pub const CUSTOMER: &str = "/crm/customers/{id}";
/// A licence; of license-generator.
pub const LICENCE: &str = "/crm/licences/{id}";

/// `path` with `{id}` filled in.
pub fn of(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}
