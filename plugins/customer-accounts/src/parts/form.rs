//! Enters or changes a contact, a site or a note.

use axum::response::{IntoResponse, Response};
use plugin_api::ui::{Card, Field, FormErrors, Markup};
use plugin_api::{Cx, Lang, Page, Problem, SeeOther};

use super::{Home, Parameters, Whose, home, named};
use crate::domain::{Answers, Control, Part, PartKind, Question, Refusal, checked, limit};
use crate::form::country_options;
use crate::sheet::{Sheet, beside};
use crate::{my_account, store};

/// The form, with what is known.
pub(super) async fn ask(
    cx: Cx,
    whose: Whose,
    kind: PartKind,
    path: Parameters,
) -> Result<Page, Problem> {
    if whose == Whose::Mine && my_account::asking(&cx).await?.is_none() {
        return Ok(my_account::for_others(&cx));
    }
    let home = home(&cx, whose, &path).await?;
    let part = named(&cx, &home, kind, &path).await?;
    let answers = part.as_ref().map_or_else(|| first_answers(kind), |part| part.answers.clone());
    sheet(&cx, &home, kind, part.as_ref(), &answers, &[]).render()
}

/// Saves it, or shows the form again with what is wrong.
pub(super) async fn save(
    cx: Cx,
    whose: Whose,
    kind: PartKind,
    path: Parameters,
    typed: Answers,
) -> Result<Response, Problem> {
    let home = home(&cx, whose, &path).await?;
    let before = named(&cx, &home, kind, &path).await?;
    let answers = match checked(kind, &typed) {
        Ok(answers) => answers,
        Err(refusals) => {
            let sheet = sheet(&cx, &home, kind, before.as_ref(), &typed, &refusals);
            return Ok(sheet.render()?.into_response());
        }
    };
    write(&cx, &home, kind, before.as_ref(), answers).await?;
    let notice = cx.lang().t(&format!("{}-saved", kind.noun()));
    Ok(SeeOther::to(cx.url(&home.page(kind))).saying(notice).into_response())
}

async fn write(
    cx: &Cx,
    home: &Home,
    kind: PartKind,
    before: Option<&Part>,
    answers: Answers,
) -> Result<(), Problem> {
    let after = match before {
        Some(before) if before.answers == answers => return Ok(()),
        Some(before) => Part { answers, ..before.clone() },
        None => Part {
            kind,
            part_id: cx.fresh_id(),
            answers,
            author: String::new(),
            created_at: cx.now(),
        },
    };
    store::write_part(cx, store::saving(cx, &home.customer, before, &after)).await
}

/// What a new one begins with.
fn first_answers(kind: PartKind) -> Answers {
    let country = (kind == PartKind::Site).then(|| ("country".to_owned(), "IT".to_owned()));
    country.into_iter().collect()
}

fn sheet(
    cx: &Cx,
    home: &Home,
    kind: PartKind,
    part: Option<&Part>,
    answers: &Answers,
    refusals: &[Refusal],
) -> Sheet {
    let lang = cx.lang();
    let noun = kind.noun();
    let (title, last) = match part {
        None => (lang.t(&format!("{noun}-new")), "new"),
        Some(part) => (lang.t(&format!("{noun}-edit")), part.part_id.as_str()),
    };
    let action = cx.url(&format!("{}/{last}", home.parts(kind)));
    let back = (home.customer.name().to_owned(), cx.url(&home.page(kind)));
    let errors = beside(&lang, refusals);
    let card = kind.questions().iter().fold(Card::new(noun, &title), |card, question| {
        card.body(&field(&lang, kind, *question, answers, &errors))
    });
    Sheet::new(&lang, title, action, back).cards(Markup::of(&card)).refused(
        &lang,
        refusals,
        |field| label(&lang, kind, field),
    )
}

fn field(
    lang: &Lang,
    kind: PartKind,
    (name, control): Question,
    answers: &Answers,
    errors: &FormErrors,
) -> Field {
    let label = label(lang, kind, name);
    let value = answers.get(name).map_or("", String::as_str);
    let field = match control {
        Control::Text => Field::text(name, label).maxlength(limit(name)),
        Control::Email => Field::email(name, label).maxlength(limit(name)).autocomplete("off"),
        Control::Phone => Field::text(name, label).maxlength(limit(name)).inputmode("tel"),
        Control::Lines => Field::textarea(name, label).maxlength(limit(name)).rows(5),
        Control::Country => country_options(lang, Field::select(name, label)),
        Control::Tick | Control::OnlyOne => {
            return Field::checkbox(name, label).checked(!value.is_empty()).errors(errors);
        }
    };
    let field = field.value(value).errors(errors);
    let is_required = matches!(name, "name" | "country" | "body");
    if is_required { field.required() } else { field }
}

/// What a question of a part is called; addresses and the like are called as those of customers.
pub(super) fn label(lang: &Lang, kind: PartKind, field: &str) -> String {
    let own = format!("{}-{}", kind.noun(), field.replace('_', "-"));
    if lang.has(&own) { lang.t(&own) } else { crate::labels::label(lang, field) }
}
