//! The pages of an import: upload, mapping, dry run, confirmation, report.

mod act;
mod mapping;
mod report;
mod show;
mod upload;

pub(super) use upload::clear;

use axum::extract::Request;

use super::spec::ImportSpec;
use super::store::{self, Import};
use crate::table::TableQuery;
use crate::ui::{Head, Steps};
use crate::{Access, Cx, Form, Path, Problem, Routes};

/// All pages of the import, for whoever has `access`.
pub(super) fn routes(spec: &ImportSpec, access: &Access) -> Routes {
    let path = spec.place.path;
    let one = format!("{path}/{{import_id}}");
    let all = |s: ImportSpec| move |cx: Cx, query: TableQuery| upload::page(s.clone(), cx, query);
    let template = |s: ImportSpec| move |cx: Cx| async move { upload::template(&s, &cx) };
    let list =
        |s: ImportSpec| move |cx: Cx, query: TableQuery| upload::export(s.clone(), cx, query);
    let taken =
        |s: ImportSpec| move |cx: Cx, request: Request| upload::take(s.clone(), cx, request);
    let show = |s: ImportSpec| {
        move |cx: Cx, Path(id): Path<String>, query: TableQuery| {
            show::page(s.clone(), cx, id, query)
        }
    };
    let export = |s: ImportSpec| {
        move |cx: Cx, Path(id): Path<String>, query: TableQuery| {
            report::export(s.clone(), cx, id, query)
        }
    };
    let mapped = |s: ImportSpec| {
        move |cx: Cx, Path(id): Path<String>, Form(form): Form<mapping::Sent>| {
            mapping::take(s.clone(), cx, id, form)
        }
    };
    let step = |s: ImportSpec, step: act::Step| {
        move |cx: Cx, Path(id): Path<String>| act::take(s.clone(), cx, id, step)
    };
    let routes = Routes::new()
        .get(path, all(spec.clone()), access.clone())
        .post(path, taken(spec.clone()), access.clone())
        .get(&format!("{path}/export"), list(spec.clone()), access.clone())
        .get(&format!("{path}/template"), template(spec.clone()), access.clone())
        .get(&one, show(spec.clone()), access.clone())
        .get(&format!("{one}/export"), export(spec.clone()), access.clone())
        .post(&format!("{one}/mapping"), mapped(spec.clone()), access.clone());
    act::Step::ALL.into_iter().fold(routes, |routes, (last, which)| {
        routes.post(&format!("{one}{last}"), step(spec.clone(), which), access.clone())
    })
}

/// The import with this id in the caller's branch.
async fn found(spec: &ImportSpec, cx: &Cx, id: &str) -> Result<Import, Problem> {
    let found = store::find(&cx.db(), cx.scope(), spec.tables, (spec.id, id)).await?;
    found.ok_or_else(Problem::not_found)
}

/// The head of a page of one import.
fn head(spec: &ImportSpec, cx: &Cx, import: &Import) -> Head {
    let lang = cx.lang();
    Head::new(&import.file_name).back(lang.t(spec.title), cx.url(spec.place.path))
}

/// Where the reader is: 0 upload, 1 mapping, 2 check, 3 import.
fn steps(cx: &Cx, current: usize) -> Steps {
    let lang = cx.lang();
    let keys =
        ["import-step-file", "import-step-columns", "import-step-check", "import-step-import"];
    Steps::new(&lang, current, keys.map(|key| lang.t(key)))
}
