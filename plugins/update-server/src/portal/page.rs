//! The page: for each of a customer's licences the newest release it includes.

use plugin_api::contracts::licences::{
    Entitlement, LicenceOfAccount, NotEntitled, OF_ACCOUNT, OfAccount,
};
use plugin_api::ui::{Action, Badge, Card, CopyText, Empty, Facts, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Problem};

use super::own::{entitled, included};
use crate::bundle::choice;
use crate::catalogue;
use crate::client::Entitled;
use crate::domain::release::{Artifact, Release};
use crate::domain::select::{Asked, Offer, offered};
use crate::form::SmallForm;
use crate::labels::bytes;
use crate::store::{accounts, channels, tokens};
use crate::tokens::addresses;
use crate::tokens::secret::Secret;
use crate::{notes, paths};

/// The page.
pub(super) async fn page(cx: Cx) -> Result<Page, Problem> {
    let lang = cx.lang();
    let title = lang.t("my-updates");
    let mut page = Markup::of(&Head::new(&title).lead(lang.t("my-updates-lead")));
    let mut is_empty = true;
    for licence in licences(&cx).await? {
        if let Some(card) = card(&cx, &lang, &licence).await? {
            page = page.and(&card);
            is_empty = false;
        }
    }
    if is_empty {
        page = page.and(&Empty::new(lang.t("my-updates-empty"), lang.t("my-updates-empty-hint")));
    }
    Ok(Page::html(title, page))
}

/// The licences of the caller's own node, newest first.
async fn licences(cx: &Cx) -> Result<Vec<LicenceOfAccount>, Problem> {
    let own = &cx.caller().organisation_id;
    let account = accounts::of_node(&cx.db(), cx.scope(), own).await?;
    let Some(account_id) = account else { return Ok(Vec::new()) };
    Ok(cx.service(&OF_ACCOUNT, &OfAccount { account_id }).await?)
}

/// What a licence includes; none where its product has no updates.
async fn card(cx: &Cx, lang: &Lang, licence: &LicenceOfAccount) -> Result<Option<Card>, Problem> {
    let names = [("product", &*licence.product), ("key", &*licence.key_hint)];
    let title = lang.with("my-updates-of", &names);
    let card = Card::new(format!("licence-{}", licence.licence_id), title);
    let included = match included(cx, &licence.licence_id).await? {
        Ok(included) => included,
        Err(NotEntitled::Unknown) => return Ok(None),
        Err(_) => {
            let known = crate::store::products::known(&cx.db(), &licence.product_code).await?;
            let said = Notice::new(Tone::Warn, lang.t("my-updates-refused"));
            return Ok(known.map(|_| card.body(&said)));
        }
    };
    let Some(entitled) = entitled(cx, included.clone()).await? else { return Ok(None) };
    let Some(catalogue) = catalogue::current(cx, &licence.product_code).await? else {
        return Ok(None);
    };
    let everywhere = plugin_api::Scope::everything();
    let known = channels::of_product(&cx.db(), &everywhere, &licence.product_code).await?;
    let channel = known.first().map_or("stable", |channel| channel.channel.as_str()).to_owned();
    // As one of his programs that does not say which it is.
    let installation = entitled.installation(cx, None, "").await?.place;
    let asked = Asked { channel: channel.clone(), installation, ..Asked::default() };
    let offers = offered(&catalogue, &asked, &entitled.window(), cx.now());
    let card = match offers.first() {
        Some(offer) => newest(cx, lang, card, licence, offer),
        None => card.body(&Notice::new(Tone::Info, lang.t("my-updates-nothing"))),
    };
    let card = window(lang, card, &entitled, &included, cx.now());
    let card = own_address(cx, lang, card, &included, &channel).await?;
    Ok(Some(own_bundle(cx, lang, card, &entitled).await?))
}

fn newest(cx: &Cx, lang: &Lang, card: Card, licence: &LicenceOfAccount, offer: &Offer<'_>) -> Card {
    let release = offer.release;
    let version = Badge::new(Tone::Ok, release.version.to_string());
    let facts = Facts::new()
        .with(lang.t("my-updates-newest"), &version)
        .text(lang.t("my-updates-published"), lang.date(release.published_at));
    let files = offer.artifacts.iter().filter(|artifact| !artifact.format.is_delta());
    let facts = files.fold(facts, |facts, artifact| {
        facts.with(machine(lang, artifact), &download(cx, lang, licence, release, artifact))
    });
    let card = card.body(&facts);
    match release.note(&[lang.code.to_owned()]) {
        Some(note) => card.body(&notes::shown(lang.code, note)),
        None => card,
    }
}

/// What a file runs on, in words where there are any.
fn machine(lang: &Lang, artifact: &Artifact) -> String {
    let platform = lang.t(&format!("place-{}", artifact.platform.code()));
    match artifact.architecture.code() {
        "any" => platform,
        architecture => format!("{platform} ({architecture})"),
    }
}

fn download(
    cx: &Cx,
    lang: &Lang,
    licence: &LicenceOfAccount,
    release: &Release,
    artifact: &Artifact,
) -> Action {
    let path = paths::of(paths::MY_FILE, &licence.licence_id)
        .replace("{version}", &release.version.to_string())
        .replace("{file}", &artifact.file_name);
    let label = format!("{} ({})", artifact.file_name, bytes(lang, artifact.size));
    Action::download(label, cx.url(&path))
}

/// Says so where later releases are not included.
fn window(lang: &Lang, card: Card, entitled: &Entitled, included: &Entitlement, now: i64) -> Card {
    if entitled.window().until >= now {
        return card;
    }
    let until = lang.date(included.until);
    card.body(&Notice::new(Tone::Info, lang.with("my-updates-ended", &[("until", &until)])))
}

/// The address with what copies it, or what makes it.
async fn own_address(
    cx: &Cx,
    lang: &Lang,
    card: Card,
    licence: &Entitlement,
    channel: &str,
) -> Result<Card, Problem> {
    let token = tokens::of_licence(&cx.db(), cx.scope(), &licence.licence_id).await?;
    let Some(token) = token else {
        let path = cx.url(&paths::of(paths::MY_ADDRESS, &licence.licence_id));
        return Ok(card.body(&Action::post(lang.t("my-updates-make-address"), path)));
    };
    let address = addresses::address(cx, Secret::of(cx, &token).await?.text());
    let copy = CopyText::new(&address, lang.t("copy-address"));
    let facts = Facts::new().with(lang.t("update-address"), &copy);
    Ok(card.body(&facts).body(&addresses::facts(lang, &address, channel)))
}

/// The releases he may carry to machines without a network, the newest ticked.
async fn own_bundle(
    cx: &Cx,
    lang: &Lang,
    card: Card,
    entitled: &Entitled,
) -> Result<Card, Problem> {
    let offered = choice::offered(cx, entitled).await?;
    if offered.is_empty() {
        return Ok(card);
    }
    let id = entitled.licence_id();
    let form = SmallForm {
        action: cx.url(&paths::of(paths::MY_BUNDLE, id)),
        has_file: false,
        fields: vec![
            choice::field(lang, &offered)
                .id(format!("bundle-{id}"))
                .hint(lang.t("my-updates-bundle-hint")),
        ],
        button: Action::submit(lang.t("bundle-download")),
    };
    Ok(card.body(&form))
}
