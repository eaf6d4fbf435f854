//! `/crm/licences/bulk/new`: for which product and whom; then what each licence is, and how many.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::{self, Account};
use plugin_api::form::{Typed, sentence};
use plugin_api::import::Posted;
use plugin_api::ui::{Action, Card, Facts, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, Fault, FieldProblem, Lang, Page, Problem, Query, SeeOther};

use super::lines;
use super::prepare::{Asked, prepare};
use crate::bulk::page::BulkPage;
use crate::create::read;
use crate::domain::bulk::{MOST, Source};
use crate::domain::draft::Draft;
use crate::domain::licence::LicenceType;
use crate::domain::product::{Module, Product, ProductState};
use crate::issue::NotIssued;
use crate::list::{account_field, name_field, product_field, search};
use crate::{labels, paths, store};

/// What the licences are for.
struct Chosen {
    account: Option<Account>,
    product: Product,
    modules: Vec<Module>,
}

/// The first question, or the second when it is answered.
pub(in crate::bulk) async fn page(
    cx: Cx,
    query: Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let mut typed = Typed::from(query);
    if let Some(like) = crate::create::named(&cx, &typed).await? {
        typed = typed.with("base", serde_json::to_string(&like).map_err(Fault::from)?);
        typed = read::typed(typed, &like);
    }
    match chosen(&cx, &typed).await? {
        Some(chosen) if !typed.ticked("trova") => {
            let typed = if typed.ticked("base") { typed } else { first_values(typed, &chosen) };
            Ok(terms(&cx, &chosen, &typed, &FormErrors::new())?)
        }
        _ => choose(&cx, &typed).await,
    }
}

/// Keeps it as a run that waits to be confirmed, or shows the form with what is wrong.
pub(in crate::bulk) async fn handle(cx: Cx, request: Request) -> Result<Response, Problem> {
    let posted = match Posted::read(request).await {
        Ok(posted) => posted,
        Err(key) => return Err(Problem::malformed("malformed_body").detail(cx.lang().t(key))),
    };
    let typed = Typed::from(plugin_api::Form(posted.fields.clone()));
    let Some(chosen) = chosen(&cx, &typed).await? else {
        return Ok(choose(&cx, &typed).await?.into_response());
    };
    let source = Source::named(typed.text("elenco"));
    let mut errors = Vec::new();
    let count = typed.number("quantita", &mut errors);
    let draft = read::draft(&with_base(typed.clone()), &chosen.modules, cx.now());
    let checked = lines::read(&cx, source, &posted, typed.text("lista")).await?;
    let asked = match (draft, checked) {
        (Ok(draft), Ok(checked)) if errors.is_empty() => Asked { draft, count, source, checked },
        (draft, checked) => {
            errors.extend(draft.err().unwrap_or_default());
            errors.extend(checked.err().map(|key| FieldProblem::new("/lista", key)));
            return refused(&cx, &chosen, &typed, &errors);
        }
    };
    let asked = &asked;
    let prepared = cx.transaction(|tx| async move {
        match prepare(&tx, asked.clone()).await {
            Ok(run) => Ok(Ok(run)),
            Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection)),
            Err(NotIssued::Failed(fault)) => Err(fault.into()),
        }
    });
    match prepared.await? {
        Ok(run) => {
            let there = cx.url(&paths::of(paths::BULK_RUN, &run.bulk_id));
            Ok(SeeOther::to(there).into_response())
        }
        Err(rejection) => refused(&cx, &chosen, &typed, &rejection.errors),
    }
}

fn refused(
    cx: &Cx,
    chosen: &Chosen,
    typed: &Typed,
    problems: &[FieldProblem],
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let mut errors = FormErrors::new();
    for problem in problems {
        let field = read::field_of(&problem.pointer);
        let is_asked = ASKED.contains(&field.as_str());
        let field = if is_asked { field } else { "quantita".to_owned() };
        errors.add(field, sentence(&lang, &problem.detail));
    }
    let page = terms(cx, chosen, typed, &errors)?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The fields of the form; what is wrong with another stands beside the number.
const ASKED: &[&str] = &[
    "quantita",
    "lista",
    "tipo",
    "scadenza",
    "durata_giorni",
    "dispositivi",
    "prezzo",
    "valuta",
    "sconto",
    "pagamento_entro",
    "note",
    "moduli",
    "cliente",
];

/// What the licence says that the others are to be like, where the form does not ask.
fn with_base(typed: Typed) -> Typed {
    let base: Option<Draft> = serde_json::from_str(typed.text("base")).ok();
    let Some(mut base) = base else { return typed };
    base.interna = false;
    for module in base.moduli.values_mut() {
        module.attivo = false;
    }
    read::typed(typed, &base)
}

fn first_values(typed: Typed, chosen: &Chosen) -> Typed {
    let typed = typed.with("tipo", LicenceType::Permanent.wire()).with("valuta", "EUR");
    let active = chosen.modules.iter().filter(|module| module.active_default);
    active.fold(typed, |typed, module| typed.with("moduli", &module.code))
}

async fn chosen(cx: &Cx, typed: &Typed) -> Result<Option<Chosen>, Problem> {
    let Some(code) = typed.given("prodotto") else { return Ok(None) };
    let product = store::products::by_code(&cx.db(), &code).await?;
    let Some(product) = product.filter(|product| product.state == ProductState::Active) else {
        return Ok(None);
    };
    let modules = store::products::modules(&cx.db(), &product.product_id).await?;
    let account = match typed.given("cliente") {
        Some(account_id) => cx.service(&accounts::FIND, &accounts::Find { account_id }).await?,
        None => None,
    };
    Ok(Some(Chosen { account, product, modules }))
}

async fn choose(cx: &Cx, typed: &Typed) -> Result<Page, Problem> {
    let lang = cx.lang();
    let accounts = search(cx, typed.text("cerca")).await?;
    let products = store::products::all(&cx.db()).await?;
    let card = Card::new("choose", lang.t("step-choose"))
        .body(&product_field(&lang, &products).value(typed.text("prodotto")).required())
        .body(&name_field(&lang).value(typed.text("cerca")))
        .body(&Action::submit(lang.t("search")).with("trova", "1"))
        .body(
            &account_field(&lang, &accounts)
                .value(typed.text("cliente"))
                .hint(lang.t("bulk-customer-hint")),
        );
    let page =
        BulkPage::new(&lang, head(cx, &lang)).form(cx.url(paths::BULK_NEW), Markup::of(&card));
    page.asking()
        .button(&Action::submit(lang.t("continue")))
        .button(&Action::link(lang.t("cancel"), cx.url(paths::BULK)))
        .render(lang.t("bulk-new"))
}

fn head(cx: &Cx, lang: &Lang) -> Head {
    Head::new(lang.t("bulk-new"))
        .back(lang.t("bulk-runs"), cx.url(paths::BULK))
        .lead(lang.t("bulk-new-lead"))
}

fn terms(cx: &Cx, chosen: &Chosen, typed: &Typed, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let ask = Ask { lang: &lang, typed, errors };
    let customer = chosen
        .account
        .as_ref()
        .map_or_else(|| lang.t("bulk-customers-of-list"), |account| account.name.clone());
    let who = Card::new("who", lang.t("card-who")).body(
        &Facts::new()
            .text(lang.t("label-prodotto"), &chosen.product.name)
            .text(lang.t("label-cliente"), customer),
    );
    let cards = Markup::of(&who)
        .and(&ask.how_many())
        .and(&ask.duration())
        .and(&ask.contents(chosen))
        .and(&ask.price());
    let id = chosen.account.as_ref().map(|account| account.account_id.clone());
    let page = BulkPage::new(&lang, head(cx, &lang))
        .errors(errors.summary(&lang))
        .form(cx.url(paths::BULK_NEW), cards)
        .hidden("prodotto", &chosen.product.code)
        .hidden("cliente", id.unwrap_or_default())
        .hidden("base", typed.text("base"))
        .files()
        .button(&Action::submit(lang.t("bulk-preview")))
        .button(&Action::link(lang.t("cancel"), cx.url(paths::BULK)));
    let title = lang.t("bulk-new");
    page.render(if errors.is_empty() {
        title
    } else {
        lang.with("title-error", &[("title", &title)])
    })
}

struct Ask<'a> {
    lang: &'a Lang,
    typed: &'a Typed,
    errors: &'a FormErrors,
}

impl Ask<'_> {
    fn field(
        &self,
        name: &'static str,
        key: &str,
        make: fn(&'static str, String) -> Field,
    ) -> Field {
        make(name, self.lang.t(key)).value(self.typed.text(name)).errors(self.errors)
    }

    fn how_many(&self) -> Card {
        let lang = self.lang;
        let source = Source::named(self.typed.text("elenco")).name();
        let sources = Source::ALL.into_iter().fold(
            Field::radios("elenco", lang.t("bulk-source")).value(source),
            |field, source| {
                let key = format!("bulk-source-{}", source.name());
                field.option_with_hint(source.name(), lang.t(&key), lang.t(&format!("{key}-hint")))
            },
        );
        Card::new("many", lang.t("bulk-many"))
            .body(&sources)
            .body(&self.field("quantita", "bulk-count", Field::number).min(1).max(MOST))
            .body(
                &self
                    .field("lista", "bulk-list", Field::textarea)
                    .hint(lang.t("bulk-list-hint"))
                    .mono()
                    .rows(6),
            )
            .body(&Field::file("file", lang.t("bulk-file")).hint(lang.t("bulk-file-hint")))
    }

    fn duration(&self) -> Card {
        let kind = LicenceType::ALL
            .into_iter()
            .fold(self.field("tipo", "label-tipo", Field::radios).required(), |field, kind| {
                field.option(kind.wire(), labels::licence_type(self.lang, kind))
            });
        Card::new("duration", self.lang.t("card-duration"))
            .body(&kind)
            .body(&self.field("scadenza", "label-scadenza", Field::date))
            .body(&self.field("durata_giorni", "label-durata-giorni", Field::number).min(1))
    }

    fn contents(&self, chosen: &Chosen) -> Card {
        let lang = self.lang;
        let card = Card::new("contents", lang.t("card-seats")).body(
            &self
                .field("dispositivi", "label-dispositivi", Field::number)
                .min(1)
                .hint(lang.t("bulk-devices-hint")),
        );
        if chosen.modules.is_empty() {
            return card;
        }
        card.body(
            &chosen.modules.iter().fold(
                Field::checkboxes("moduli", lang.t("label-moduli"))
                    .values(self.typed.all("moduli"))
                    .errors(self.errors),
                |field, module| field.option(&module.code, &module.name),
            ),
        )
    }

    fn price(&self) -> Card {
        let lang = self.lang;
        Card::new("other", lang.t("card-other"))
            .body(
                &self
                    .field("prezzo", "bulk-price", Field::text)
                    .inputmode("decimal")
                    .hint(lang.t("bulk-price-hint")),
            )
            .body(&self.field("valuta", "label-valuta", Field::text).maxlength(3).mono())
            .body(&self.field("pagamento_entro", "label-pagamento-entro", Field::date))
            .body(
                &Field::checkbox("interna", lang.t("label-interna"))
                    .checked(self.typed.ticked("interna"))
                    .hint(lang.t("label-interna-hint")),
            )
            .body(&self.field("note", "label-note", Field::textarea).maxlength(4000))
    }
}
