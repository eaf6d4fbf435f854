//! `/system/settings`: what every enabled plugin lets an administrator set.

use std::collections::HashMap;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use plugin_api::db::Batch;
use plugin_api::manifest::{Manifest, Setting};
use plugin_api::ui::{Action, Card, Empty, ErrorSummary, FormErrors, Head, Markup};
use plugin_api::{Cx, Fault, Form, Lang, Page, Plugin, Problem, Routes, SeeOther};
use serde_json::Value as Json;

use super::Settings;
use super::field::{field, parse, shown};
use crate::state::{App, State};

const PATH: &str = "/system/settings";

/// The routes of settings.
pub fn routes() -> Routes {
    let access = || Plugin::access("host", "settings");
    Routes::new().get(PATH, show, access()).post(PATH, save, access())
}

#[derive(askama::Template)]
#[template(path = "host/settings.html")]
struct SettingsPage {
    head: Head,
    errors: ErrorSummary,
    empty: Option<Empty>,
    forms: Vec<PluginForm>,
    path: String,
}

/// The settings of one plugin.
struct PluginForm {
    plugin: String,
    card: Card,
}

/// What was typed into the form of one plugin, and what is wrong with it.
#[derive(Default)]
struct Typed {
    plugin: String,
    values: HashMap<String, String>,
    errors: FormErrors,
}

async fn show(App(state): App, cx: Cx) -> Result<Page, Problem> {
    page(&state, &cx, &Typed::default()).await
}

async fn save(
    App(state): App,
    cx: Cx,
    Form(sent): Form<HashMap<String, String>>,
) -> Result<Response, Problem> {
    let manifest = owner(&state, sent.get("plugin").map_or("", String::as_str))?;
    let (changes, errors) = read(&manifest, &sent, &cx.lang());
    if !errors.is_empty() {
        let typed = Typed { plugin: manifest.id.clone(), values: sent, errors };
        let page = page(&state, &cx, &typed).await?.status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.into_response());
    }
    let settings = &state.work.settings;
    let mut batch = Batch::new();
    for (key, value) in changes {
        batch = settings.change(&cx, batch, &manifest, key, &value).await?;
    }
    cx.db().batch(batch).await?;
    settings.forget(&manifest.id);
    Ok(SeeOther::to(cx.url(PATH)).saying(cx.lang().t("settings-saved")).into_response())
}

/// The values that were sent, and what is wrong with those that are none.
fn read<'a>(
    manifest: &'a Manifest,
    sent: &HashMap<String, String>,
    lang: &Lang,
) -> (Vec<(&'a str, Json)>, FormErrors) {
    let (mut changes, mut errors) = (Vec::new(), FormErrors::new());
    for setting in &manifest.settings {
        let name = field_name(&manifest.id, setting);
        // A box that is not ticked is not sent; any other field that is missing stays as it is.
        let typed = match sent.get(&name) {
            Some(typed) => typed.as_str(),
            None if setting.default.is_boolean() => "",
            None => continue,
        };
        match parse(&setting.default, typed) {
            Ok(value) => changes.push((setting.key.as_str(), value)),
            Err(key) => errors.add(name, format!("{}: {}", lang.pick(&setting.label), lang.t(key))),
        }
    }
    (changes, errors)
}

async fn page(state: &Arc<State>, cx: &Cx, typed: &Typed) -> Result<Page, Problem> {
    let lang = cx.lang();
    let title = lang.t("settings-title");
    let mut forms = Vec::new();
    for manifest in described(state) {
        forms.push(plugin_form(&state.work.settings, cx, &manifest, typed).await?);
    }
    let empty = forms
        .is_empty()
        .then(|| Empty::new(lang.t("settings-empty"), lang.t("settings-empty-hint")));
    let page = SettingsPage {
        head: Head::new(title.clone()).lead(lang.t("settings-lead")),
        errors: typed.errors.summary(&lang),
        empty,
        forms,
        path: cx.url(PATH),
    };
    Page::new(title, &page)
}

async fn plugin_form(
    settings: &Settings,
    cx: &Cx,
    manifest: &Manifest,
    typed: &Typed,
) -> Result<PluginForm, Fault> {
    let lang = cx.lang();
    let mut fields = Markup::default();
    for setting in &manifest.settings {
        let name = field_name(&manifest.id, setting);
        let text = if typed.plugin == manifest.id {
            typed.values.get(&name).cloned().unwrap_or_default()
        } else {
            let value = settings.value(&cx.db(), manifest, &setting.key, cx.now()).await?;
            shown(&setting.default, &value)
        };
        fields = fields.and(&field(&lang, &name, setting, &text, &typed.errors));
    }
    let card = Card::new(format!("settings-{}", manifest.id), lang.pick(&manifest.name))
        .body(&fields)
        .body(&Action::submit(lang.t("save")));
    Ok(PluginForm { plugin: manifest.id.clone(), card })
}

/// The enabled plugins, and the host, that have something to set.
fn described(state: &State) -> Vec<Arc<Manifest>> {
    let mut manifests = vec![state.registry.host_manifest()];
    manifests.extend(state.registry.enabled());
    manifests.retain(|manifest| !manifest.settings.is_empty());
    manifests
}

fn owner(state: &State, plugin: &str) -> Result<Arc<Manifest>, Problem> {
    let found = described(state).into_iter().find(|manifest| manifest.id == plugin);
    found.ok_or_else(Problem::not_found)
}

fn field_name(plugin: &str, setting: &Setting) -> String {
    format!("{plugin}.{}", setting.key)
}

#[cfg(test)]
mod tests {
    use askama::Template as _;
    use serde_json::json;

    use super::*;
    use crate::work::testing::{each, user};

    fn manifest() -> Manifest {
        let setting = |key: &str, default: Json| Setting {
            key: key.to_owned(),
            label: [("en".to_owned(), format!("The {key}"))].into(),
            default,
        };
        let settings = vec![setting("days", json!(30)), setting("on", json!(true))];
        let name = [("en".to_owned(), "Plugin <P>".to_owned())].into();
        Manifest { id: "p".to_owned(), name, settings, ..Manifest::default() }
    }

    fn sent(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[tokio::test]
    async fn what_is_sent_is_read_and_what_is_wrong_is_shown_as_it_was_typed() {
        let scratch = each().await.remove(0);
        let (cx, manifest) = (scratch.cx_of(user("alice")), manifest());
        let lang = cx.lang();
        let (changes, errors) = read(&manifest, &sent(&[("p.days", "7")]), &lang);
        assert_eq!(changes, vec![("days", json!(7)), ("on", json!(false))]);
        assert!(errors.is_empty());
        let values = sent(&[("p.days", "\"many"), ("p.on", "true")]);
        let (_, errors) = read(&manifest, &values, &lang);
        assert_eq!(errors.of("p.days"), Some("The days: Write a whole number."));

        let typed = Typed { plugin: "p".to_owned(), values, errors };
        let form = plugin_form(&Settings::default(), &cx, &manifest, &typed).await.unwrap();
        let page = SettingsPage {
            head: Head::new("Settings"),
            errors: typed.errors.summary(&lang),
            empty: None,
            forms: vec![form],
            path: cx.url(PATH),
        };
        let html = page.render().unwrap();
        assert!(html.contains("Plugin &#60;P&#62;") && html.contains("&#34;many"), "{html}");
        assert!(html.contains("href=\"#f-p-days\"") && html.contains("id=\"f-p-days\""), "{html}");
        assert!(html.contains("checked") && html.contains("value=\"p\""), "{html}");
    }
}
