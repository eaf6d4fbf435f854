//! `/crm/release-files/{id}`: what is known of a file; of a draft it can be changed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{
    Action, Card, Confirm, CopyText, Facts, Field, FormErrors, FormPage, Head, Markup,
};
use plugin_api::{Cx, Page, Path, Problem, SeeOther};

use super::place::{Place, SaidPlace};
use super::{attach, list};
use crate::domain::checks::{ed25519, minisign};
use crate::domain::release::{Artifact, Details, State};
use crate::releases::body::Draft;
use crate::releases::{save, tabs};
use crate::store::artifacts;
use crate::{PUBLISH, labels, paths};

/// Longest text of a detail, characters.
const LONGEST: usize = 100;

/// The file and its release.
pub(super) async fn found(cx: &Cx, id: &str) -> Result<(Artifact, Draft), Problem> {
    let file = artifacts::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)?;
    let draft = save::found(cx, &file.release_id).await?;
    Ok((file, draft))
}

/// The file as it came.
pub(super) async fn content(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let (file, _) = found(&cx, &id).await?;
    Ok(cx.send_blob(&file.blob_id))
}

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (file, draft) = found(&cx, &id).await?;
    if draft.release.state != State::Draft || !cx.may(PUBLISH) {
        let html = Markup::of(&head(&cx, &file, &draft)).and(&about(&cx, &file));
        return Ok(Page::html(file.file_name, html));
    }
    let details = &file.details;
    let typed = Typed::default()
        .with("minisign", &file.minisign)
        .with("ed_signature", &file.ed_signature)
        .with("bundle_version", details.bundle_version.clone().unwrap_or_default())
        .with("delta_from", details.delta_from.clone().unwrap_or_default())
        .with("admin_rights", if details.admin_rights { "true" } else { "" });
    form(&cx, &file, &draft, &typed, &FormErrors::new())
}

/// Changes what a file of a draft is for and what it is signed with.
pub(super) async fn save(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (file, draft) = found(&cx, &id).await?;
    let typed = Typed::from(fields);
    let mut errors = FormErrors::new();
    let said = |name: &str| Some(typed.text(name).to_owned());
    let said = SaidPlace {
        piattaforma: said("piattaforma"),
        architettura: said("architettura"),
        formato: said("formato"),
    };
    let Place { platform, architecture, format } = said.of(&file.file_name)?;
    let lang = cx.lang();
    let signature = match typed.text("minisign") {
        "" => String::new(),
        text => minisign::Signature::read(text).map_or_else(
            || {
                errors.add("minisign", lang.t("problem-firma-illeggibile"));
                String::new()
            },
            |read| read.text().to_owned(),
        ),
    };
    let ed_signature = typed.text("ed_signature");
    if !ed_signature.is_empty() && ed25519::signature(ed_signature).is_none() {
        errors.add("ed_signature", lang.t("problem-firma-illeggibile"));
    }
    let mut line = |name: &str| {
        let text = typed.text(name);
        if text.chars().count() > LONGEST {
            errors.add(name, lang.t("field-too-long"));
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    };
    let details = Details {
        bundle_version: line("bundle_version"),
        delta_from: line("delta_from"),
        admin_rights: typed.ticked("admin_rights"),
        ..file.details.clone()
    };
    if !errors.is_empty() {
        let page = form(&cx, &file, &draft, &typed, &errors)?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let file = Artifact {
        platform,
        architecture,
        format,
        minisign: signature,
        ed_signature: ed_signature.to_owned(),
        details,
        ..file
    };
    attach::changed(&cx, &draft.release, &file).await?;
    let there = cx.url(&paths::of(paths::RELEASE_FILES, &file.release_id));
    Ok(SeeOther::to(there).saying(lang.t("file-saved")).into_response())
}

fn head(cx: &Cx, file: &Artifact, draft: &Draft) -> Head {
    let content = cx.url(&paths::of(paths::RELEASE_FILE_CONTENT, &file.artifact_id));
    Head::new(&file.file_name)
        .back(
            tabs::title(&draft.release),
            cx.url(&paths::of(paths::RELEASE_FILES, &file.release_id)),
        )
        .action(&Action::download(cx.lang().t("download"), content))
}

fn about(cx: &Cx, file: &Artifact) -> Card {
    let lang = cx.lang();
    let copied = |text: &str| CopyText::new(text, lang.t("copy"));
    let facts = Facts::new()
        .text(lang.t("file-size"), labels::bytes(&lang, file.size))
        .mono(lang.t("file-platform"), file.platform.code())
        .mono(lang.t("file-architecture"), file.architecture.code())
        .mono(lang.t("file-format"), file.format.code())
        .with(lang.t("file-sha256"), &copied(&file.sha256))
        .with(lang.t("file-sha512"), &copied(&file.sha512))
        .with(lang.t("file-sha1"), &copied(&file.sha1));
    Card::new("about", lang.t("file-about")).body(&facts)
}

fn form(
    cx: &Cx,
    file: &Artifact,
    draft: &Draft,
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let of = |field: Field, name: &str| field.value(typed.text(name)).errors(errors);
    let chosen = [file.platform.code(), file.architecture.code(), file.format.code()].join(" ");
    let place = list::place_fields(&lang, &chosen, errors)
        .iter()
        .fold(Card::new("place", lang.t("file-place")), Card::body);
    let signatures = Card::new("signatures", lang.t("file-signed"))
        .body(&of(
            Field::textarea("minisign", lang.t("file-minisign"))
                .hint(lang.t("file-minisign-hint"))
                .mono(),
            "minisign",
        ))
        .body(&of(
            Field::text("ed_signature", lang.t("file-sparkle"))
                .hint(lang.t("file-sparkle-hint"))
                .mono(),
            "ed_signature",
        ));
    let details = Card::new("details", lang.t("file-details"))
        .body(&of(
            Field::text("bundle_version", lang.t("file-bundle-version"))
                .hint(lang.t("file-bundle-version-hint"))
                .maxlength(LONGEST),
            "bundle_version",
        ))
        .body(&of(
            Field::text("delta_from", lang.t("file-delta-from"))
                .hint(lang.t("file-delta-from-hint"))
                .maxlength(LONGEST),
            "delta_from",
        ))
        .body(
            &Field::checkbox("admin_rights", lang.t("file-admin-rights"))
                .checked(typed.ticked("admin_rights")),
        );
    let remove = cx.url(&paths::of(paths::RELEASE_FILE_REMOVE, &file.artifact_id));
    let told = lang.with("file-remove-told", &[("file", &file.file_name)]);
    let page = FormPage {
        title: file.file_name.clone(),
        head: head(cx, file, draft).action(&Confirm::new(
            &lang,
            "remove",
            lang.t("remove"),
            remove,
            told,
        )),
        before: Markup::of(&about(cx, file)),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::RELEASE_FILE, &file.artifact_id)),
        hidden: Vec::new(),
        cards: Markup::of(&place).and(&signatures).and(&details),
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(
                lang.t("cancel"),
                cx.url(&paths::of(paths::RELEASE_FILES, &file.release_id)),
            ),
        ],
        after: Markup::default(),
    };
    page.render(&lang)
}
