//! What has to be said before some acts: the new last day, who sells.

use plugin_api::form::Typed;
use plugin_api::time::{parse_date, parse_end_of_day};
use plugin_api::ui::{Field, FormErrors};
use plugin_api::{Cx, Fault, FieldProblem};

use super::{Act, Acting};
use crate::domain::renewal::MOST_MONTHS;
use crate::store;

/// The fields an act asks for.
pub(in crate::bulk) async fn fields(
    cx: &Cx,
    act: Act,
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Vec<Field>, Fault> {
    let lang = cx.lang();
    let day = || {
        Field::date("scadenza", lang.t("bulk-end-day"))
            .value(typed.text("scadenza"))
            .hint(lang.t("bulk-end-hint"))
            .errors(errors)
            .required()
    };
    Ok(match act {
        Act::End => vec![day()],
        Act::Renew => {
            let months = Some(typed.text("mesi")).filter(|text| !text.is_empty()).unwrap_or("12");
            vec![
                Field::number("mesi", lang.t("bulk-months"))
                    .min(1)
                    .max(MOST_MONTHS)
                    .value(months)
                    .errors(errors)
                    .required(),
                Field::checkbox("posticipato", lang.t("bulk-later"))
                    .checked(typed.ticked("posticipato"))
                    .hint(lang.t("bulk-later-hint")),
            ]
        }
        Act::Assign => {
            let nodes = store::nodes::all(&cx.db(), cx.scope()).await?;
            let field = |name: &'static str, key: &str| {
                let empty = Field::select(name, lang.t(key)).option("", lang.t("bulk-as-it-is"));
                let options = nodes
                    .iter()
                    .fold(empty, |field, node| field.option(&node.organisation_id, &node.name));
                options.value(typed.text(name)).errors(errors)
            };
            vec![field("organizzazione", "bulk-seller"), field("agente", "bulk-agent")]
        }
        Act::Suspend | Act::Resume | Act::Revoke => Vec::new(),
    })
}

/// Reads the answers into what is to be done, or says what is wrong with them.
pub(in crate::bulk) async fn read(
    cx: &Cx,
    act: Act,
    typed: &Typed,
    acting: Acting,
) -> Result<Result<Acting, Vec<FieldProblem>>, Fault> {
    let wrong = |pointer: &str, key: &str| Ok(Err(vec![FieldProblem::new(pointer, key)]));
    match act {
        Act::Suspend | Act::Resume | Act::Revoke => Ok(Ok(acting)),
        Act::End => {
            let text = typed.text("scadenza");
            match parse_date(text).and_then(|_| parse_end_of_day(text)) {
                Some(end) => Ok(Ok(Acting { end: Some(end), ..acting })),
                None => wrong("/scadenza", "field-date"),
            }
        }
        Act::Renew => match typed.text("mesi").parse() {
            Ok(months) if (1..=MOST_MONTHS).contains(&months) => {
                Ok(Ok(Acting { months, later: typed.ticked("posticipato"), ..acting }))
            }
            _ => wrong("/mesi", "field-range"),
        },
        Act::Assign => {
            let (seller_id, agent_id) = (typed.given("organizzazione"), typed.given("agente"));
            for (pointer, id) in [("/organizzazione", &seller_id), ("/agente", &agent_id)] {
                let Some(id) = id else { continue };
                if store::nodes::find(&cx.db(), cx.scope(), id).await?.is_none() {
                    return wrong(pointer, "field-node");
                }
            }
            if seller_id.is_none() && agent_id.is_none() {
                return wrong("/organizzazione", "bulk-nobody");
            }
            Ok(Ok(Acting { seller_id, agent_id, ..acting }))
        }
    }
}
