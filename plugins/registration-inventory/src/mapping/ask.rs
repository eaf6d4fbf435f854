//! What becomes of the installations somebody ticked: asked once more with how many they are.

use std::borrow::Cow;

use axum::response::{IntoResponse as _, Response};
use plugin_api::table::{BulkAction, Selection, TableSpec};
use plugin_api::ui::{Action, Card, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Form, Path, Problem, SeeOther};

use super::sheet::{Sent, Sheet, value};
use super::work::{self, Act, Work};
use super::{products, suggestions, whose};
use crate::domain::State;
use crate::store::installations::Installation;
use crate::store::{companies, installations as store};
use crate::{CLASSIFY, installations, paths};

/// Where it is asked.
pub(super) const DECIDE: &str = "/crm/installations/decide/{id}";

/// What may be decided: its name in addresses and the key of its verb.
const ACTS: [(&str, &str); 5] = [
    ("assign", "installations-assign"),
    ("product", "installations-product"),
    ("statistics", "installations-count-only"),
    ("ignore", "installations-ignore"),
    ("pending", "installations-reset"),
];

/// Adds what may be decided about several installations to their list.
pub(super) fn actions(spec: TableSpec) -> TableSpec {
    ACTS.into_iter().fold(spec, |spec, (name, key)| {
        spec.bulk(BulkAction::new(key, Cow::Owned(paths::of(DECIDE, name)), CLASSIFY))
    })
}

/// The buttons for one installation.
pub(super) fn buttons(cx: &Cx, of: &Installation) -> Markup {
    let lang = cx.lang();
    let current = match of.state {
        State::Pending => "pending",
        State::Statistics => "statistics",
        State::Ignored => "ignore",
        State::Assigned => "",
    };
    let offered = ACTS.into_iter().filter(|(name, _)| *name != current);
    offered.fold(Markup::default(), |markup, (name, key)| {
        let post = Action::post(lang.t(key), cx.url(&paths::of(DECIDE, name)))
            .with("selected", &of.installation_id);
        let is_first = name == "assign" && of.state == State::Pending;
        markup.and(&if is_first { post.primary() } else { post })
    })
}

/// Asks, or does it.
pub(super) async fn handle(
    cx: Cx,
    Path(name): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let (_, key) =
        ACTS.into_iter().find(|(known, _)| *known == name).ok_or_else(Problem::not_found)?;
    let selection = Selection::read(&sent)?;
    let spec = installations::list::spec();
    let count = selection.count(&cx, &spec).await?;
    if selection.is_empty() || count == 0 {
        let back = SeeOther::to(selection.back(&cx, &spec));
        return Ok(back.saying(cx.lang().t("decide-nothing")).into_response());
    }
    let mut errors = FormErrors::new();
    if value(&sent, "step") == "decide" {
        match read(&cx, &name, &sent).await? {
            Ok(act) => {
                return work::start(&cx, Work::Installations { selection, act }, count).await;
            }
            Err((field, key)) => errors.add(field, cx.lang().t(key)),
        }
    }
    Ok(page(&cx, (&name, key), &sent, (&selection, count), &errors).await?.into_response())
}

type Wrong = (&'static str, &'static str);

async fn read(cx: &Cx, name: &str, sent: &Sent) -> Result<Result<Act, Wrong>, Problem> {
    Ok(Ok(match name {
        "assign" => match value(sent, "account") {
            "" => return Ok(Err(("account", "mapping-customer-missing"))),
            id => Act::Assign(work::account(cx, id).await?.account_id),
        },
        "product" => {
            let code = value(sent, "product");
            // None is what takes back what was said of these.
            if !code.is_empty()
                && let Err(key) = products::known(cx, code).await?
            {
                return Ok(Err(("product", key)));
            }
            Act::Product(code.to_owned())
        }
        "statistics" => Act::State(State::Statistics),
        "ignore" => Act::State(State::Ignored),
        _ => Act::State(State::Pending),
    }))
}

async fn page(
    cx: &Cx,
    (name, key): (&str, &str),
    sent: &Sent,
    (selection, count): (&Selection, i64),
    errors: &FormErrors,
) -> Result<plugin_api::Page, Problem> {
    let lang = cx.lang();
    let title = lang.t(key);
    let spec = installations::list::spec();
    let ids = selection.ids(cx, &spec, None, 20).await?;
    let some = store::by_ids(&cx.db(), cx.scope(), &ids).await?;
    let back = selection.back(cx, &spec);
    let head =
        Head::new(&title).back(lang.t("installations"), &back).lead(lang.n("decide-count", count));
    let mut sheet = Sheet::new(&lang, head, errors);
    sheet.action = cx.url(&paths::of(DECIDE, name));
    let kept = sent.iter().filter(|(name, _)| ["selected", "all", "matching"].contains(&&**name));
    sheet.hidden = kept.cloned().collect();
    let mut card = Card::new("decide", &title).text(lang.n(&format!("decide-told-{name}"), count));
    match name {
        "assign" => {
            let suggested = match some.first().and_then(|one| one.company_id.as_deref()) {
                Some(id) => match companies::by_id(&cx.db(), cx.scope(), id).await? {
                    Some(company) => suggestions::of(cx, &company).await?,
                    None => Vec::new(),
                },
                None => Vec::new(),
            };
            for field in whose::fields(cx, sent, &suggested, errors).await? {
                card = card.body(&field);
            }
            sheet
                .buttons
                .push(Action::submit(lang.t("mapping-search")).with("step", "search").quiet());
            let mut names = some.iter().map(|one| one.company_id.as_deref());
            let first = names.next();
            if names.any(|other| Some(other) != first) {
                let several = Notice::new(Tone::Warn, lang.t("decide-several-companies"));
                sheet.before = Markup::of(&several);
            }
        }
        "product" => {
            let products = products::all(cx).await?;
            let chosen = ("product", value(sent, "product"));
            card = card.body(&products::field(cx, products.as_deref(), chosen, errors));
        }
        _ => {}
    }
    sheet.cards = Markup::of(&card);
    sheet.buttons.insert(0, Action::submit(&title).with("step", "decide"));
    sheet.buttons.push(Action::link(lang.t("cancel"), back).quiet());
    let rows = crate::installations::Rows {
        title: lang.n("decide-first", count),
        headers: ["decide-software", "decide-company", "decide-computer"]
            .map(|key| lang.t(key))
            .into(),
        rows: some
            .iter()
            .map(|one| {
                use crate::installations::Cell;
                let href = cx.url(&paths::of(paths::INSTALLATION, &one.installation_id));
                vec![
                    Cell::Link(format!("{} {}", one.software, one.version), href),
                    Cell::Text(one.company.clone()),
                    Cell::Text(one.host_name.clone()),
                ]
            })
            .collect(),
    };
    sheet.after = Markup::of(&Card::new("first", lang.n("decide-first", count)).body(&rows));
    sheet.render(title)
}
