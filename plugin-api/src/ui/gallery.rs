//! All components on one page with sample values, for tests of accessibility and look.

use super::{
    Action, Badge, Card, Confirm, CopyText, Empty, Event, Facts, Field, FormErrors, Head, Markup,
    Meter, Notice, Pager, Progress, Steps, Tabs, Timeline, Tone, chart,
};
use crate::Lang;

/// Text that would break out of a page if a component forgot to escape it.
const HOSTILE: &str = "<script>alert(\"1\")</script>";
/// 22 November 2026, 13:05 UTC, in unix milliseconds.
const AN_INSTANT: i64 = 1_795_352_700_000;

/// The fragment of a page that shows every component, for tests and development only.
pub fn gallery(lang: &Lang) -> String {
    let head = Head::new("ABCDE-FGHJK")
        .back(lang.t("back"), "#")
        .badge(Badge::new(Tone::Ok, lang.t("yes")))
        .lead("Components with sample values.")
        .action(&Action::download("CSV", "#csv"))
        .action(&Action::link(lang.t("create"), "#new").icon("plus").primary());
    let steps = Steps::new(lang, 1, ["Product", "Customer", "Terms", HOSTILE]);
    let tabs = Tabs::new("Views", "#b").tab("All", "#a").tab("Active", "#b").tab(HOSTILE, "#c");
    let body = Markup::of(&head)
        .and(&tabs)
        .and(&steps)
        .and(&messages(lang))
        .and(&facts(lang))
        .and(&form(lang))
        .and(&charts(lang))
        .and(&progress(lang))
        .and(&danger(lang));
    body.to_string()
}

fn messages(lang: &Lang) -> Markup {
    let tones = [Tone::Ok, Tone::Warn, Tone::Bad, Tone::Info, Tone::Neutral];
    let badges = tones.map(|tone| Badge::new(tone, tone.class()));
    let notices = tones.map(|tone| Notice::new(tone, "One sentence that says what to do."));
    let all = notices.iter().fold(Markup::default(), Markup::and);
    let row = badges.iter().fold(Markup::default(), Markup::and);
    let empty = Empty::new("No licences yet", "The first one appears here.")
        .action(Action::link(lang.t("create"), "#new").primary());
    let hostile = Notice::new(Tone::Info, HOSTILE).title(HOSTILE);
    all.and(&hostile)
        .and(&Card::new("badges", "Badges").body(&row))
        .and(&Card::new("nothing", "Nothing").body(&empty))
}

fn facts(lang: &Lang) -> Card {
    let token =
        "eyJhbGciOiJFZERTQSIsInR5cCI6ImxpY2VuemErand0In0.eyJpc3MiOiJjb2NrcGl0In0.c2lnbmF0dXJl";
    let facts = Facts::new()
        .text("Customer", "Bianchi & Figli S.r.l.")
        .text("Note", "")
        .text("Hostile", HOSTILE)
        .link("Product", "Studio Pro", "#product")
        .mono("Id", "0199d7c0-0000-7000-8000-000000000001")
        .with("State", &Badge::new(Tone::Warn, HOSTILE))
        .with("Devices", &Meter::new(3, Some(3)))
        .with("Unlimited", &Meter::new(3, None))
        .with("Activation key", &CopyText::new("7D91A-F8FC9-16609-0A1B2-C3D4E", lang.t("copy")))
        .with("Computer key", &CopyText::new(token, lang.t("copy")).block());
    Card::new("facts", "Facts")
        .action(&Action::link(lang.t("edit"), "#edit").icon("pencil"))
        .body(&facts)
}

fn form(lang: &Lang) -> Markup {
    let mut errors = FormErrors::new();
    errors.add("", HOSTILE);
    errors.add("email", "Write an e-mail address, like name@example.org.");
    errors.add("model", "Choose a model.");
    let fields = Markup::of(&Field::text("name", "Customer").hint("Company or person").required())
        .and(&Field::email("email", "E-mail").value(HOSTILE).errors(&errors).required())
        .and(&Field::number("devices", "Devices").min(1).max(999).value("3"))
        .and(&Field::date("expires", "Expires").value("2027-01-01"))
        .and(&Field::password("secret", "Password").autocomplete("new-password"))
        .and(&Field::textarea("note", "Note").value(HOSTILE).hint(HOSTILE))
        .and(
            &Field::select("product", "Product")
                .option("a", "Studio")
                .option("b", HOSTILE)
                .value("b"),
        )
        .and(&Field::checkbox("internal", "Internal use").checked(true).hint("Not invoiced."))
        .and(
            &Field::checkboxes("modules", "Modules")
                .option("base", "Base")
                .option_with_hint("pdf", "PDF", "Prints documents.")
                .values(["base"]),
        )
        .and(
            &Field::radios("model", "Model")
                .option_with_hint("permanente", "Perpetual", "No expiry, updates while maintained.")
                .option_with_hint("trial", "Trial", "Full features for a few days.")
                .value("trial")
                .errors(&errors),
        )
        .and(&Action::submit(lang.t("save")));
    Markup::of(&errors.summary(lang)).and(&Card::new("form", "Form").body(&fields))
}

fn charts(lang: &Lang) -> Markup {
    let weeks: Vec<String> = (36..48).map(|week| format!("W{week}")).collect();
    let lines = chart::Lines::new(lang, "activations", "Activations and checks", "Week", weeks)
        .description("Activations rise from 40 to 118 in twelve weeks; checks roughly double.")
        .series("Activations", [40, 44, 52, 49, 61, 66, 72, 70, 85, 97, 104, 118])
        .series("Checks", [210, 230, 228, 260, 275, 300, 330, 322, 360, 388, 402, 431]);
    let bars = chart::Bars::new(lang, "products", "Licences by product")
        .bar("Studio", 29)
        .bar_with_link(HOSTILE, 32, "#studio-pro")
        .bar("Server", 1_270);
    Markup::of(&Card::new("lines", "Lines").body(&lines))
        .and(&Card::new("bars", "Bars").body(&bars))
}

fn progress(lang: &Lang) -> Markup {
    let job = Progress::new(lang, "job", "Sending mails", 40).message("4 of 10");
    let timeline = Timeline::new(lang)
        .event(Event::new(AN_INSTANT, "Activated").detail("PC-01").tone(Tone::Ok).link("#event"))
        .event(Event::new(AN_INSTANT, HOSTILE).detail(HOSTILE).tone(Tone::Bad));
    let pager = Pager::new(lang, lang.n("table-found", 120))
        .previous(Some("#previous".to_owned()))
        .next(Some("#next".to_owned()));
    Markup::of(&Card::new("progress", "Progress").body(&job))
        .and(&Card::new("events", "Events").body(&timeline))
        .and(&pager)
}

fn danger(lang: &Lang) -> Card {
    let revoke = Confirm::new(lang, "revoke", "Revoke…", "#revoke", "No device may use it again.")
        .hidden("version", "1")
        .field(&Field::text("reason", "Reason"));
    let delete = Confirm::new(lang, "delete", "Delete", "#delete", HOSTILE)
        .word("ACME S.p.A. (1)")
        .icon("trash");
    Card::new("danger", "Danger")
        .danger()
        .text("What is done here cannot be undone.")
        .body(&Action::post("Suspend", "#suspend").with("reason", HOSTILE).danger())
        .body(&revoke)
        .body(&delete)
}
