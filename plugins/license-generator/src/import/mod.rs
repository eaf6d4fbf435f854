//! `/crm/licences/import`: licences, their keys and their devices from a file of another system.

mod fields;
mod plan;
mod read;
mod write;

use plugin_api::import::{Act, ImportSpec, Outcome, Place, Row};
use plugin_api::{Cx, Plugin, Problem, cx::Tx};

use crate::paths;
use plan::{Plan, Target};

/// Who may import licences and look after the keys that come with them.
pub(crate) const IMPORT: &str = "license-generator:import";

/// Adds the import and its permission.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .permission("import", &[])
        .menu("import-licences", paths::IMPORT, "upload", "import", "")
        .hint("import-licences-about")
        .group("licences")
        .setting("import-enters-customers", false)
        .import(spec())
}

fn spec() -> ImportSpec {
    let place = Place {
        path: paths::IMPORT,
        one: paths::IMPORT_ONE,
        above: ("licences", paths::LICENCES),
        object: paths::SHOW,
        permission: IMPORT,
    };
    let tables = plugin_api::import_tables!("license_generator");
    let spec = ImportSpec::new("licences", "import-licences", place, tables);
    fields::FIELDS.iter().copied().fold(spec, ImportSpec::field).rows(check, apply)
}

/// What would become of a row.
async fn check(cx: Cx, row: Row) -> Result<Outcome, Problem> {
    Ok(match plan::plan(&cx, &row, false).await? {
        Ok(plan) => outcome(&plan, None),
        Err(refused) => refused,
    })
}

/// Writes a row, as the database stands now.
async fn apply(tx: Tx, row: Row) -> Result<Outcome, Problem> {
    match plan::plan(&tx, &row, true).await? {
        Ok(plan) => {
            let licence_id = write::write(&tx, &plan).await?;
            Ok(outcome(&plan, Some(&licence_id)))
        }
        Err(refused) => Ok(refused),
    }
}

fn outcome(plan: &Plan, written: Option<&str>) -> Outcome {
    let (act, known) = match &plan.target {
        Target::New => (Act::Create, None),
        Target::Same(licence) => (Act::Unchanged, Some(licence)),
        Target::Other(licence) => (Act::Update, Some(licence)),
    };
    let outcome = Outcome::of(act, &plan.name)
        .unique_in_file("external_id", plan.external_id.as_str())
        .unique_in_file("key", plan.key_text.as_str());
    // A new licence has an id only once it is written; the dry run links to nothing.
    match written.or(known.map(|licence| licence.licence_id.as_str())) {
        Some(id) => outcome.object(id),
        None => outcome,
    }
}
