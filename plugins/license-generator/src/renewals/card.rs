//! Renewals and payments on the page of a licence.

use plugin_api::time::date;
use plugin_api::ui::{
    Action, Card, Confirm, Empty, Event, Facts, Field, Markup, Notice, Timeline, Tone,
};
use plugin_api::{Cx, Fault, Lang};

use super::RENEW;
use crate::domain::choices::Renewal as Mode;
use crate::domain::licence::Licence;
use crate::domain::payment::METHODS;
use crate::paths;
use crate::store::renewal_failures::{self, Failure};
use crate::store::renewals::{self as rows, Renewal};

/// Payments the card shows.
const SHOWN: u32 = 20;

/// The card.
pub(crate) async fn card(cx: &Cx, licence: &Licence) -> Result<Markup, Fault> {
    let (db, scope, lang) = (cx.db(), cx.scope(), cx.lang());
    let payments = rows::of_licence(&db, scope, &licence.licence_id, SHOWN).await?;
    let failure = renewal_failures::of_licence(&db, scope, &licence.licence_id).await?;
    let mut card = Card::new("renewals", lang.t("card-renewals"));
    if let Some(failure) = &failure {
        card = card.body(&told(cx, licence, failure));
    }
    card = card.body(&terms(&lang, licence));
    if payments.is_empty() {
        let empty = Empty::new(lang.t("renewals-empty"), lang.t("renewals-empty-hint"));
        return Ok(Markup::of(&card.body(&empty)));
    }
    if cx.may(RENEW) {
        for (place, payment) in payments.iter().filter(|payment| payment.is_open()).enumerate() {
            card = card.action(&paid(cx, licence, (place, payment)));
        }
    }
    let timeline = payments
        .iter()
        .fold(Timeline::new(&lang), |timeline, payment| timeline.event(event(cx, payment)));
    Ok(Markup::of(&card.body(&timeline)))
}

/// How it is renewed and what is owed.
fn terms(lang: &Lang, licence: &Licence) -> Facts {
    let how = match licence.renewal {
        Mode::Manual => lang.t("renewal-manual"),
        Mode::Automatic => lang.n("renewal-automatic", licence.renewal_months),
    };
    let mut facts = Facts::new()
        .text(lang.t("label-rinnovo"), how)
        .text(lang.t("label-rinnovi"), lang.number(licence.renewals));
    if let Some(converted) = licence.converted_at {
        facts = facts.text(lang.t("label-convertita"), lang.instant(converted));
    }
    if let Some(due) = licence.due_at.filter(|_| licence.owes()) {
        facts = facts.text(lang.t("label-pagamento-entro"), lang.date(due));
    }
    match licence.conditions.suspend_after_days {
        Some(days) => facts.text(lang.t("label-sospende-dopo"), lang.n("days", days)),
        None => facts,
    }
}

fn told(cx: &Cx, licence: &Licence, failure: &Failure) -> Notice {
    let lang = cx.lang();
    let reason = format!("problem-{}", failure.reason.replace('_', "-"));
    let reason = if lang.has(&reason) { lang.t(&reason) } else { failure.reason.clone() };
    let key = if failure.next_at.is_some() { "failure-told-again" } else { "failure-told" };
    let when = lang.instant(failure.failed_at);
    let notice = Notice::new(Tone::Warn, lang.with(key, &[("when", &when), ("why", &reason)]))
        .title(lang.t("failure-title"));
    if !cx.may(RENEW) {
        return notice;
    }
    let path = cx.url(&paths::of(paths::RENEW_AGAIN, &licence.licence_id));
    notice.with(&Action::post(lang.t("failure-try-again"), path))
}

fn paid(cx: &Cx, licence: &Licence, (place, payment): (usize, &Renewal)) -> Confirm {
    let lang = cx.lang();
    let amount = lang.money(payment.amount, &payment.currency);
    let method = METHODS.iter().fold(
        Field::select("metodo", lang.t("renew-metodo")).id(format!("paid-how-{place}")),
        |field, (stored, wire)| {
            field.option(*wire, lang.t(&format!("pay-method-{}", stored.replace('_', "-"))))
        },
    );
    Confirm::new(
        &lang,
        format!("paid-{place}"),
        lang.with("payment-arrived", &[("amount", &amount)]),
        cx.url(&paths::of(paths::PAID, &licence.licence_id)),
        lang.t("payment-arrived-hint"),
    )
    .harmless()
    .icon("check")
    .hidden("pagamento", &payment.renewal_id)
    .field(
        &Field::date("data", lang.t("payment-day"))
            .id(format!("paid-day-{place}"))
            .value(date(cx.now()))
            .required(),
    )
    .field(&method)
}

fn event(cx: &Cx, payment: &Renewal) -> Event {
    let lang = cx.lang();
    let kind = lang.t(&format!("pay-kind-{}", payment.kind.as_str()));
    let on = |key: &str, day: i64| lang.with(key, &[("date", &lang.date(day))]);
    let amount = lang.money(payment.amount, &payment.currency);
    let mut detail = vec![];
    if let (Some(old), Some(new)) = (payment.old_end, payment.new_end) {
        detail.push(format!("{} → {}", lang.date(old), lang.date(new)));
    }
    let (text, tone) = match (payment.due_at, payment.paid_at, payment.cancelled_at) {
        (_, _, Some(at)) => (on("payment-cancelled", at), Tone::Neutral),
        (Some(_), Some(at), _) => (on("payment-paid", at), Tone::Ok),
        (Some(due), None, _) if due < cx.now() => (on("payment-late", due), Tone::Bad),
        (Some(due), None, _) => (on("payment-due", due), Tone::Warn),
        (None, ..) => (String::new(), Tone::Ok),
    };
    detail.extend([text, payment.by_name.clone()]);
    detail.retain(|part| !part.is_empty());
    let said = if payment.amount == 0 { kind } else { format!("{kind}: {amount}") };
    Event::new(payment.at, said).detail(detail.join(" · ")).tone(tone)
}
