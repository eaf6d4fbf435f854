//! The question which customer: those suggested with their reasons, and those a search finds.

use plugin_api::contracts::accounts::{self, Account, Search};
use plugin_api::ui::{Field, FormErrors};
use plugin_api::{Cx, Fault};

use super::sheet::{Sent, value};
use super::suggestions::Suggested;

/// Customers a search offers.
const FOUND: u32 = 20;

/// The two fields: what is searched for, and who was found.
pub(super) async fn fields(
    cx: &Cx,
    sent: &Sent,
    suggested: &[Suggested],
    errors: &FormErrors,
) -> Result<[Field; 2], Fault> {
    let lang = cx.lang();
    let text = value(sent, "q");
    let found: Vec<Account> = if text.is_empty() && !suggested.is_empty() {
        Vec::new()
    } else {
        let search = Search { text: text.to_owned(), limit: FOUND };
        cx.service(&accounts::SEARCH, &search).await?
    };
    let question = Field::radios("account", lang.t("mapping-customer"));
    let question = suggested.iter().fold(question, |field, one| {
        field.option_with_hint(&one.account.account_id, &one.account.name, one.why(&lang))
    });
    let others = found
        .iter()
        .filter(|account| suggested.iter().all(|one| one.account.account_id != account.account_id));
    let (mut question, mut offered) = (question, suggested.len());
    for account in others {
        question = question.option(&account.account_id, &account.name);
        offered += 1;
    }
    if offered == 0 {
        question = question.hint(lang.t("mapping-customer-nobody"));
    }
    let chosen = match value(sent, "account") {
        "" if text.is_empty() => {
            suggested.first().map_or("", |one| one.account.account_id.as_str())
        }
        chosen => chosen,
    };
    let search = Field::search("q", lang.t("mapping-customer-search"))
        .hint(lang.t("mapping-customer-search-hint"))
        .value(text);
    Ok([search, question.value(chosen).errors(errors)])
}
