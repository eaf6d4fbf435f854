//! What waits for signatures: the documents, who signed them, who still may, and the form that takes
//! the signatures.

use plugin_api::Cx;
use plugin_api::ui::{Action, Card, Field, FormErrors, Markup};

use super::documents::{ALL, CANONICAL};
use super::grid::{Grid, KeyId, text};
use crate::form::SmallForm;
use crate::paths;
use crate::tuf::offline::{Waits, file_name};

/// The card.
pub(super) fn card(cx: &Cx, code: &str, waits: &[Waits], errors: &FormErrors, typed: &str) -> Card {
    let lang = cx.lang();
    let headers = [
        "update-document",
        "update-waits-since",
        "update-metadata-ends",
        "update-signed-by",
        "update-signs-still",
        "download",
    ];
    let file =
        |name: &str| cx.url(&paths::of(paths::PRODUCT_KEYS_DOCUMENT, code).replace("{file}", name));
    let ids = |ids: &[String]| match ids {
        [] => text("–"),
        ids => ids.iter().fold(Markup::default(), |all, id| all.and(&KeyId::new(&lang, id))),
    };
    let grid = Grid::new(&lang, "update-waits", &headers);
    let grid = waits.iter().fold(grid, |grid, one| {
        let name = file_name(&one.role, one.version);
        let bytes = format!("{}.{}{CANONICAL}", one.version, one.role);
        let downloads = Markup::of(&Action::download(&name, file(&name)).icon("download"))
            .and(&Action::download(lang.t("update-bytes-to-sign"), file(&bytes)).quiet());
        let cells = vec![
            text(lang.date(one.since)),
            text(lang.date(one.expires_at)),
            ids(&one.signed_by),
            ids(&one.open),
            downloads,
        ];
        grid.row(text(format!("{} {}", one.role, one.version)), cells)
    });
    let form = SmallForm {
        action: cx.url(&paths::of(paths::PRODUCT_KEYS_SIGNATURES, code)),
        has_file: true,
        fields: vec![
            Field::file("firme", lang.t("update-signatures-files")).multiple().errors(errors),
            Field::textarea("testo", lang.t("update-signatures-text"))
                .hint(lang.t("update-signatures-text-hint"))
                .mono()
                .rows(4)
                .value(typed)
                .errors(errors),
        ],
        button: Action::submit(lang.t("update-signatures-send")).primary(),
    };
    Card::new("waits", lang.t("update-waits"))
        .text(lang.t("update-waits-hint"))
        .action(&Action::download(lang.t("update-documents-all"), file(ALL)).icon("download"))
        .body(&grid)
        .body(&form)
}
