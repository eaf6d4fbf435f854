//! `/system/mail/{mail_id}`: one mail, its headers, its words and what can be done with it.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::db::Mail;
use plugin_api::ui::{Badge, Card, Confirm, Facts, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Path, Permissions, Problem, Routes};

use super::{PATH, STATES};
use crate::config::{Config, MailTransport};
use crate::mail::{self, Letterhead};
use crate::pages::may;
use crate::state::{App, State};
use crate::store::mail::{self as store, MailRow};
use crate::store::organisations;

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/mail/{mail_id}", show, may("mail"))
}

/// The words of a mail as its receiver reads them.
#[derive(Debug, Clone, Template)]
#[template(path = "host/letter.html")]
struct Letter {
    paragraphs: Vec<String>,
    link: Option<(String, String)>,
}

impl HtmlSafe for Letter {}

async fn show(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let row = store::find(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let (lang, mail) = (cx.lang(), row.mail().unwrap_or_default());
    let title = match row.subject.trim() {
        "" => lang.t("mail-no-subject"),
        subject => subject.to_owned(),
    };
    let shown =
        if row.state == "waiting" && !row.error.is_empty() { "retrying" } else { &row.state };
    let (_, word, tone) = STATES.into_iter().find(|(name, ..)| *name == shown).unwrap_or(STATES[0]);
    let mut head = Head::new(&title)
        .back(lang.t("mail-title"), cx.url(PATH))
        .badge(Badge::new(tone, lang.t(word)));
    if let Some(act) = act(&cx, &row) {
        head = head.action(&act);
    }
    let mut html = Markup::of(&head);
    if !row.error.is_empty() {
        html = html.and(&Notice::new(tone, row.error.as_str()).title(lang.t("mail-error")));
    }
    let html = html
        .and(
            &Card::new("headers", lang.t("mail-headers"))
                .body(&headers(&state, &cx, &row, &mail).await?),
        )
        .and(&Card::new("way", lang.t("mail-way")).body(&way(&row, &lang)))
        .and(&words(&state.config, &cx, &row, mail));
    Ok(Page::html(title, html))
}

/// What can still be done: sending it once more, or taking it back.
fn act(cx: &Cx, row: &MailRow) -> Option<Confirm> {
    let lang = cx.lang();
    let verb = match row.state.as_str() {
        "dead" => "resend",
        "waiting" => "withdraw",
        _ => return None,
    };
    let to = row.mail().unwrap_or_default().to;
    let consequence = lang.with(&format!("mail-{verb}-consequence"), &[("to", &to)]);
    let path = cx.url(&format!("{PATH}/{}/{verb}", row.mail_id));
    let confirm = Confirm::new(&lang, verb, lang.t(&format!("mail-{verb}")), path, consequence);
    Some(if verb == "resend" { confirm.harmless() } else { confirm })
}

async fn headers(state: &State, cx: &Cx, row: &MailRow, mail: &Mail) -> Result<Facts, Problem> {
    let lang = cx.lang();
    let root = organisations::find(&cx.db(), cx.scope(), organisations::ROOT).await?;
    let letterhead = Letterhead::of(&state.config, &root.map(|root| root.name).unwrap_or_default());
    Ok(Facts::new()
        .text(lang.t("mail-from"), letterhead.sender())
        .text(lang.t("mail-to"), &mail.to)
        .text(lang.t("mail-to-name"), &mail.to_name)
        .text(lang.t("mail-subject"), &row.subject)
        .text(lang.t("mail-at"), lang.instant(row.created_at))
        .mono("Message-ID", letterhead.message_id(&row.mail_id)))
}

/// How far it came.
fn way(row: &MailRow, lang: &Lang) -> Facts {
    let when = |at: Option<i64>| at.map(|at| lang.instant(at)).unwrap_or_default();
    let facts = Facts::new()
        .mono(lang.t("mail-kind"), &row.kind)
        .mono(lang.t("mail-module"), &row.plugin)
        .text(lang.t("mail-attempts"), lang.number(row.attempts))
        .text(lang.t("mail-sent-at"), when(row.sent_at));
    match row.state.as_str() {
        "waiting" => facts.text(lang.t("mail-next-at"), when(Some(row.next_at))),
        "dead" => facts.text(lang.t("mail-dead-at"), when(Some(row.next_at))),
        _ => facts,
    }
}

/// Its words; those of a secret mail only where they are meant for whoever tries things out, and only
/// for who may do everything: they let him in as somebody else.
fn words(config: &Config, cx: &Cx, row: &MailRow, mail: Mail) -> Card {
    let lang = cx.lang();
    let card = Card::new("words", lang.t("mail-words"));
    let is_for_trying = config.mail.transport == MailTransport::Files
        && cx.caller().permissions == Permissions::Everything;
    if row.secret && !is_for_trying {
        return card.body(&Notice::new(Tone::Info, lang.t("mail-secret")));
    }
    let is_ours = mail.link.as_ref().is_some_and(mail::is_ours);
    let link = mail.link.filter(|_| is_ours).map(|link| (link.label, cx.url(&link.path)));
    card.body(&Letter { paragraphs: mail.paragraphs, link })
}
