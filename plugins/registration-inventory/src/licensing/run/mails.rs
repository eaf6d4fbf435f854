//! Who is told that licences are there: nobody but whom the one who confirmed the run chose.

use plugin_api::contracts::people::{OF_ORGANISATION, OfOrganisation, Person, PersonState};
use plugin_api::db::{Mail, MailLink};
use plugin_api::{Cx, Fault, FaultKind};

use super::plan::Plan;
use crate::paths;
use crate::store::runs::{self, Run};

/// The mails for the customer at `node`: one for each person and run, however many licences it makes.
pub(super) async fn of(cx: &Cx, run: &Run, plan: &Plan, node: &str) -> Result<Vec<Mail>, Fault> {
    let mut mails = Vec::new();
    if plan.tell_customer {
        mails.extend(to(cx, run, node, ("customer", paths::MY_LICENCES)).await?);
    }
    if plan.tell_seller
        && let Some(seller) = runs::seller(&cx.db(), node).await?
    {
        mails.extend(to(cx, run, &seller, ("seller", paths::INSTALLATIONS)).await?);
    }
    Ok(mails)
}

async fn to(
    cx: &Cx,
    run: &Run,
    node: &str,
    (whom, path): (&str, &str),
) -> Result<Vec<Mail>, Fault> {
    let lang = cx.lang();
    let say = |what: &str| lang.t(&format!("mail-run-{whom}-{what}"));
    let mail = |person: Person| Mail {
        kind: "inventory_run.told".to_owned(),
        to: person.email,
        to_name: person.name,
        organisation_id: node.to_owned(),
        subject: say("subject"),
        paragraphs: vec![say("text")],
        link: Some(MailLink { label: say("link"), path: path.to_owned() }),
        unique_key: format!("inventory-run:{}:{}", run.run_id, person.id),
        ..Mail::default()
    };
    let people = people(cx, node).await?.into_iter();
    let told = people.filter(|one| one.state == PersonState::Active && !one.email.is_empty());
    Ok(told.map(mail).collect())
}

/// The people of a node; none where the caller may not know them.
async fn people(cx: &Cx, node: &str) -> Result<Vec<Person>, Fault> {
    let asked = OfOrganisation { organisation_id: node.to_owned() };
    match cx.service_on_behalf(&OF_ORGANISATION, &asked).await {
        Ok(people) => Ok(people),
        Err(fault) => match fault.kind {
            FaultKind::Unavailable | FaultKind::NotFound | FaultKind::Refused => Ok(Vec::new()),
            _ => Err(fault),
        },
    }
}
