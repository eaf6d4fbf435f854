//! `/crm/releases/{id}`: what a release is, where it stands, what can be done with it.

use plugin_api::ui::{Action, Card, Confirm, Facts, Field, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Page, Path, Problem};

use super::plan;
use crate::domain::release::State;
use crate::releases::body::Draft;
use crate::releases::{save, tabs, yank};
use crate::store::{channels, clients};
use crate::{PUBLISH, ROLLOUT, paths};

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let draft = save::found(&cx, &id).await?;
    let release = &draft.release;
    let lang = cx.lang();
    let elsewhere: Vec<String> = channels::of_product(&cx.db(), cx.scope(), &release.product_code)
        .await?
        .into_iter()
        .map(|channel| channel.channel)
        .filter(|channel| !draft.channels.contains(channel))
        .collect();
    let head = tabs::head(&cx, release);
    let (db, product) = (cx.db(), &release.product_code);
    let having = clients::having(&db, cx.scope(), product, &release.version_order).await?;
    let head = actions(&cx, &draft, &elsewhere, having).iter().fold(head, Head::action);
    let mut html = Markup::of(&head).and(&tabs::tabs(&cx, release, paths::RELEASE));
    if release.state == State::Yanked {
        let when = release.yanked_at.map_or_else(String::new, |at| lang.instant(at));
        let title = lang.with("release-yanked-at", &[("when", &when)]);
        html = html.and(&Notice::new(Tone::Bad, &release.yank_reason).title(title));
    }
    if release.state == State::Draft {
        html = html.and(&Notice::new(Tone::Info, lang.t("release-draft-hint")));
    }
    Ok(Page::html(tabs::title(release), html.and(&about(&cx, &draft))))
}

/// What can be done with it; `having` installations run it.
fn actions(cx: &Cx, draft: &Draft, elsewhere: &[String], having: i64) -> Vec<Markup> {
    let (lang, release) = (cx.lang(), &draft.release);
    let of = |path: &str| cx.url(&paths::of(path, &release.release_id));
    let version = release.row_version.to_string();
    let mut all = Vec::new();
    if cx.may(PUBLISH) {
        all.push(Markup::of(&Action::link(lang.t("edit"), of(paths::RELEASE_EDIT)).icon("pencil")));
    }
    if cx.may(PUBLISH) && release.state == State::Draft {
        let told = lang.with("release-delete-told", &[("name", &tabs::title(release))]);
        let delete =
            Confirm::new(&lang, "delete", lang.t("delete"), of(paths::RELEASE_DELETE), told)
                .hidden("versione", &version);
        let publish = Action::link(lang.t("release-publish"), of(paths::RELEASE_PUBLISH));
        all.push(Markup::of(&delete));
        all.push(Markup::of(&publish.primary()));
    }
    if cx.may(PUBLISH) && release.state == State::Published && !elsewhere.is_empty() {
        let field = Field::select("canale", lang.t("release-promote-to"));
        let field = elsewhere.iter().fold(field, |field, channel| field.option(channel, channel));
        let promote = Confirm::new(
            &lang,
            "promote",
            lang.t("release-promote"),
            of(paths::RELEASE_PROMOTE),
            lang.t("release-promote-told"),
        )
        .harmless()
        .hidden("versione", &version)
        .field(&field);
        let promote = plan::short(&lang).iter().fold(promote, Confirm::field);
        all.push(Markup::of(&promote));
    }
    if cx.may(ROLLOUT) && release.state == State::Published {
        let reason = Field::text("motivo", lang.t("release-yank-reason"))
            .hint(lang.t("release-yank-reason-hint"))
            .maxlength(yank::LONGEST)
            .required();
        let told = lang.with("release-yank-told", &[("name", &tabs::title(release))]);
        let told = format!("{} {told}", lang.n("release-yank-having", having));
        let yank =
            Confirm::new(&lang, "yank", lang.t("release-yank"), of(paths::RELEASE_YANK), told)
                .hidden("versione", &version)
                .field(&reason)
                .word(&release.version);
        all.push(Markup::of(&yank));
    }
    all
}

fn about(cx: &Cx, draft: &Draft) -> Card {
    let (lang, release) = (cx.lang(), &draft.release);
    let yes_or_no = |yes: bool| lang.t(if yes { "yes" } else { "no" });
    let minimum = draft.minimum();
    let minimum: Vec<String> = minimum
        .iter()
        .map(|(platform, version)| format!("{} {version}", lang.t(&format!("place-{platform}"))))
        .collect();
    let modules = draft.modules().join(", ");
    let created = [("when", &*lang.instant(release.created_at)), ("by", &*release.created_by)];
    let product = cx.url(&paths::of(paths::PRODUCT, &release.product_code));
    let facts = Facts::new()
        .link(lang.t("release-product"), &release.product_code, product)
        .mono(lang.t("release-version"), &release.version)
        .text(lang.t("release-channels"), draft.channels.join(", "))
        .text(
            lang.t("release-published"),
            release.published_at.map_or_else(String::new, |at| lang.instant(at)),
        )
        .text(lang.t("release-created"), lang.with("done-by", &created))
        .text(lang.t("release-step"), yes_or_no(release.is_step))
        .text(lang.t("release-critical"), yes_or_no(release.is_critical))
        .text(lang.t("release-minimum"), minimum.join(", "))
        .text(
            lang.t("release-modules"),
            if modules.is_empty() { lang.t("release-modules-any") } else { modules },
        );
    Card::new("about", lang.t("tab-release")).body(&facts)
}
