//! `/crm/releases/{id}/files`: the files of a release, and where more are sent.

use askama::Template;
use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec, TableView};
use plugin_api::ui::{Action, ErrorSummary, Field, FormErrors, Head, Tabs};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use crate::domain::platform::{Architecture, Format, Platform};
use crate::domain::release::State;
use crate::releases::changed::TOPIC;
use crate::releases::{save, tabs};
use crate::store::OF_VENDOR;
use crate::store::releases::Release;
use crate::{PUBLISH, paths};

const SIGNED: &str = "case when a.minisign <> '' and a.ed_signature <> '' then 'both' \
    when a.minisign <> '' then 'minisign' when a.ed_signature <> '' then 'sparkle' \
    else 'none' end";

#[derive(Template)]
#[template(path = "update-server/files.html")]
struct FilesPage {
    lang: Lang,
    head: Head,
    tabs: Tabs,
    table: TableView,
    send: Option<Send>,
}

/// The form that more files are sent with.
struct Send {
    errors: ErrorSummary,
    action: String,
    /// Where a script sends them, in parts.
    uploads: String,
    release_id: String,
    /// What the script says, as JSON.
    texts: String,
    file: Field,
    fields: Vec<Field>,
    button: Action,
}

/// The page.
pub(super) async fn page(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let draft = save::found(&cx, &id).await?;
    render(&cx, &draft.release, &query, &FormErrors::new()).await
}

/// The list as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    save::found(&cx, &id).await?;
    spec(&id).export(&cx, &query).await
}

/// The page with what was wrong with what was sent.
pub(super) async fn render(
    cx: &Cx,
    release: &Release,
    query: &TableQuery,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let takes_more = release.state == State::Draft && cx.may(PUBLISH);
    let page = FilesPage {
        head: tabs::head(cx, release),
        tabs: tabs::tabs(cx, release, paths::RELEASE_FILES),
        table: spec(&release.release_id).load(cx, query).await?,
        send: takes_more.then(|| form(cx, release, errors)),
        lang,
    };
    let title = format!("{}: {}", page.lang.t("tab-release-files"), tabs::title(release));
    let title =
        if errors.is_empty() { title } else { page.lang.with("title-error", &[("title", &title)]) };
    Page::new(title, &page)
}

fn form(cx: &Cx, release: &Release, errors: &FormErrors) -> Send {
    let lang = cx.lang();
    Send {
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::RELEASE_FILES, &release.release_id)),
        uploads: cx.url(crate::api::uploads::PATH),
        release_id: release.release_id.clone(),
        texts: texts(&lang),
        file: Field::file("file", lang.t("file-choose"))
            .hint(lang.t("file-choose-hint"))
            .errors(errors)
            .multiple()
            .required(),
        fields: place_fields(&lang, "", errors),
        button: Action::submit(lang.t("file-send")).icon("plus"),
    }
}

/// What the script that sends files in parts says, each by its name there.
pub(crate) fn texts(lang: &Lang) -> String {
    const NAMES: [&str; 13] = [
        "waiting",
        "sending",
        "paused",
        "broken",
        "failed",
        "done",
        "signed_out",
        "pause",
        "resume",
        "cancel",
        "retry",
        "of",
        "left",
    ];
    let said = NAMES.map(|name| {
        let key = format!("file-send-{}", name.replace('_', "-"));
        let places = [("sent", "{sent}"), ("all", "{all}"), ("name", "{name}")];
        (name, serde_json::Value::from(lang.with(&key, &places)))
    });
    serde_json::Value::Object(
        said.map(|(name, text)| (name.to_owned(), text)).into_iter().collect(),
    )
    .to_string()
}

/// The questions what a file is for; `guessed` is the text of the first choice, if there is one.
pub(super) fn place_fields(lang: &Lang, chosen: &str, errors: &FormErrors) -> Vec<Field> {
    let mut chosen = chosen.split(' ');
    let is_known = chosen.clone().any(|code| !code.is_empty());
    let mut select = |name: &'static str, key: &str, codes: Vec<&'static str>| {
        let field = Field::select(name, lang.t(key)).errors(errors);
        let field = if is_known { field } else { field.option("", lang.t("file-guess")) };
        let field = codes.into_iter().fold(field, |field, code| {
            let key = format!("place-{}", code.replace(['_', '.'], "-"));
            let text = if lang.has(&key) { lang.t(&key) } else { code.to_owned() };
            field.option(code, text)
        });
        field.value(chosen.next().unwrap_or_default())
    };
    vec![
        select(
            "piattaforma",
            "file-platform",
            Platform::ALL.iter().map(|one| one.code()).collect(),
        ),
        select(
            "architettura",
            "file-architecture",
            Architecture::ALL.iter().map(|one| one.code()).collect(),
        ),
        select("formato", "file-format", Format::ALL.iter().map(|one| one.code()).collect()),
    ]
}

fn spec(release_id: &str) -> TableSpec {
    let signatures = &[
        ("both", "file-signed-both", plugin_api::ui::Tone::Ok),
        ("minisign", "file-signed-minisign", plugin_api::ui::Tone::Ok),
        ("sparkle", "file-signed-sparkle", plugin_api::ui::Tone::Ok),
        ("none", "file-signed-none", plugin_api::ui::Tone::Neutral),
    ];
    let source = Source { from: "update_server_artifact a", id: "a.artifact_id", scope: OF_VENDOR };
    TableSpec::new(paths::of(paths::RELEASE_FILES, release_id), "release-files", source)
        .column(Column::text("file", "a.file_name").label("file-name").sortable().filterable())
        .column(Column::mono("piattaforma", "a.platform").label("file-platform").filterable())
        .column(
            Column::mono("architettura", "a.architecture").label("file-architecture").filterable(),
        )
        .column(Column::mono("formato", "a.format").label("file-format").filterable())
        .column(Column::number("dimensione", "a.size").label("file-size").sortable())
        .column(Column::choice("firme", SIGNED, signatures).label("file-signed"))
        .column(Column::mono("sha256", "a.sha256").label("file-sha256").optional())
        .only("a.release_id = ?", [release_id.into()])
        .row_link(paths::RELEASE_FILE)
        .live(TOPIC)
        .default_sort("file", Order::Ascending)
        .empty("release-files-empty", "release-files-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec("x").mistakes(&lang), Vec::<String>::new());
        }
    }
}
