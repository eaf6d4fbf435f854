//! The cards that show contacts, sites and notes.

use plugin_api::ui::{Action, Badge, Card, Confirm, Empty, Event, Markup, Timeline, Tone};
use plugin_api::{Cx, Lang};

use super::Home;
use crate::domain::{Part, PartKind};
use crate::labels::shown;
use crate::rows::{Beside, Cell, Rows};

/// Contacts, with what may be done with each when `may_write`.
pub(crate) fn contacts(cx: &Cx, home: &Home, contacts: &[Part], may_write: bool) -> Card {
    let lang = cx.lang();
    let headers = ["contact-name", "contact-role", "customer-email", "customer-phone"];
    let rows = Rows::new("contacts-title", headers.map(|key| lang.t(key)), may_write, &lang);
    let rows = contacts.iter().fold(rows, |rows, contact| {
        let named = Markup::text(contact.get("name")).and(&ticks(&lang, contact));
        let email = contact.get("email");
        let cells = vec![
            Cell::Component(named),
            Cell::Text(contact.get("role").to_owned()),
            if email.is_empty() { Cell::Text(String::new()) } else { Cell::mail(email) },
            Cell::Text(contact.get("phone").to_owned()),
        ];
        rows.row(cells, buttons(cx, home, contact))
    });
    card(cx, home, PartKind::Contact, contacts.is_empty(), &Markup::of(&rows), may_write)
}

/// Sites, with what may be done with each when `may_write`.
pub(crate) fn sites(cx: &Cx, home: &Home, sites: &[Part], may_write: bool) -> Card {
    let lang = cx.lang();
    let headers = ["site-name", "customer-address", "customer-phone"];
    let rows = Rows::new("sites-title", headers.map(|key| lang.t(key)), may_write, &lang);
    let rows = sites.iter().fold(rows, |rows, site| {
        let named = Markup::text(site.get("name")).and(&ticks(&lang, site));
        let cells = vec![
            Cell::Component(named),
            Cell::Text(address(&lang, site)),
            Cell::Text(site.get("phone").to_owned()),
        ];
        rows.row(cells, buttons(cx, home, site))
    });
    card(cx, home, PartKind::Site, sites.is_empty(), &Markup::of(&rows), may_write)
}

/// Notes, newest first, with who wrote each and when.
pub(crate) fn notes(cx: &Cx, home: &Home, notes: &[Part], may_write: bool) -> Card {
    let lang = cx.lang();
    let written = notes.iter().fold(Markup::default(), |written, note| {
        let event = Event::new(note.created_at, note.get("body")).detail(&note.author);
        let written = written.and(&Timeline::new(&lang).event(event));
        if may_write { written.and(&Beside::new(buttons(cx, home, note))) } else { written }
    });
    card(cx, home, PartKind::Note, notes.is_empty(), &written, may_write)
}

fn card(
    cx: &Cx,
    home: &Home,
    kind: PartKind,
    is_empty: bool,
    body: &Markup,
    may_write: bool,
) -> Card {
    let lang = cx.lang();
    let noun = kind.noun();
    let card = Card::new(format!("{noun}s"), lang.t(&format!("{noun}s")));
    let card = if may_write {
        let href = cx.url(&format!("{}/new", home.parts(kind)));
        card.action(&Action::link(lang.t(&format!("{noun}-new")), href).icon("plus"))
    } else {
        card
    };
    if is_empty {
        let title = lang.t(&format!("{noun}s-empty"));
        return card.body(&Empty::new(title, lang.t(&format!("{noun}s-empty-hint"))));
    }
    card.body(body)
}

fn buttons(cx: &Cx, home: &Home, part: &Part) -> Markup {
    let lang = cx.lang();
    let noun = part.kind.noun();
    let path = cx.url(&format!("{}/{}", home.parts(part.kind), part.part_id));
    let name = part.name();
    let delete = Confirm::new(
        &lang,
        format!("delete-{}", part.part_id),
        lang.t("delete"),
        format!("{path}/delete"),
        lang.with(&format!("{noun}-delete-consequence"), &[("name", name.as_str())]),
    );
    Markup::of(&Action::link(lang.t("edit"), path).quiet().icon("pencil")).and(&delete)
}

/// What is said of it: the main one, the legal seat, where goods go.
fn ticks(lang: &Lang, part: &Part) -> Markup {
    let set = part.kind.questions().iter().filter(|(field, c)| c.is_tick() && part.is(field));
    set.fold(Markup::default(), |badges, (field, _)| {
        let text = super::form::label(lang, part.kind, field);
        badges.and(&Markup::text(" ")).and(&Badge::new(Tone::Info, text))
    })
}

fn address(lang: &Lang, site: &Part) -> String {
    let city = [site.get("postal_code"), site.get("city"), site.get("province")];
    let city = city.iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let country = shown(lang, "country", site.get("country"));
    let lines = [site.get("address"), site.get("address_line_2"), city.as_str(), country.as_str()];
    lines.iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(", ")
}
