//! The columns of the list of licences that nobody sees who does not choose them.

use plugin_api::table::{Column, TableSpec};
use plugin_api::ui::Tone;

use crate::labels::Choices;

const BINDING: &str = "case l.binding when 'device' then 'dispositivo' \
    when 'user' then 'utente' else 'flottante' end";
const BINDINGS: Choices = &[
    ("dispositivo", "list-binding-device", Tone::Neutral),
    ("utente", "list-binding-user", Tone::Neutral),
    ("flottante", "list-binding-floating", Tone::Neutral),
];

/// `3.1`, or `3` when every minor version is covered.
const VERSION: &str = "l.version_major || coalesce('.' || l.version_minor, '')";

const RENEWAL: &str = "case l.renewal when 'automatic' then 'automatico' else 'manuale' end";
const RENEWALS: Choices = &[
    ("manuale", "list-renewal-manual", Tone::Neutral),
    ("automatico", "list-renewal-automatic", Tone::Info),
];

const ORIGIN: &str = "case l.origin when 'person' then 'persona' when 'quick' then 'rapida' \
    when 'bulk' then 'massiva' when 'import' then 'importata' when 'request' then 'richiesta' \
    when 'legacy' then 'sostituita' else l.origin end";
const ORIGINS: Choices = &[
    ("persona", "list-origin-person", Tone::Neutral),
    ("rapida", "list-origin-quick", Tone::Neutral),
    ("massiva", "list-origin-bulk", Tone::Neutral),
    ("api", "list-origin-api", Tone::Neutral),
    ("importata", "list-origin-import", Tone::Neutral),
    ("richiesta", "list-origin-request", Tone::Neutral),
    ("sostituita", "list-origin-legacy", Tone::Neutral),
];

/// Names are read row by row, so that a list that does not show them pays nothing.
const SELLER: &str = "(select s.name from host_organisations_v1 s \
    where s.organisation_id = l.seller_id)";
const SELLER_FOLDED: &str = "(select s.name_folded from host_organisations_v1 s \
    where s.organisation_id = l.seller_id)";
const AGENT: &str = "(select s.name from host_organisations_v1 s \
    where s.organisation_id = l.agent_id)";
const AGENT_FOLDED: &str = "(select s.name_folded from host_organisations_v1 s \
    where s.organisation_id = l.agent_id)";
const POLICY: &str = "(select y.code from license_generator_policy y \
    where y.policy_id = l.policy_id)";

/// Adds them.
pub(super) fn more(spec: TableSpec) -> TableSpec {
    spec.column(Column::choice("associazione", BINDING, BINDINGS).filterable().optional())
        .column(Column::text("versione", VERSION).filterable().optional())
        .column(Column::meter("posti", "l.seats_out", "l.seats_max").sortable().optional())
        .column(Column::text("venditore", SELLER).folded(SELLER_FOLDED).filterable().optional())
        .column(Column::text("agente", AGENT).folded(AGENT_FOLDED).filterable().optional())
        .column(Column::choice("rinnovo", RENEWAL, RENEWALS).filterable().optional())
        .column(
            Column::date("pagamento_entro", "l.due_at")
                .sortable()
                .filterable()
                .optional()
                .label("label-pagamento-entro"),
        )
        .column(Column::choice("origine", ORIGIN, ORIGINS).filterable().optional())
        .column(Column::flag("ombra", "l.shadow").filterable().optional())
        .column(Column::mono("politica", POLICY).filterable().optional())
}
