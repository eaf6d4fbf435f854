//! Nothing that takes words escapes: every route that writes is among what was written to.

use std::collections::BTreeSet;

use cockpit_tests::objects::Kind;
use reqwest::Method;

use super::form::Form;
use super::submit::{Found, Sent};
use super::world::World;

/// Forms that are on no page of a demo at rest, with their fields; `name=value` is not written in,
/// and what stands in braces is filled in.
const BY_HAND: [(&str, &str); 25] = [
    ("/login", "email password next"),
    ("/login/code", "code next"),
    ("/invitation", "token name password again"),
    ("/reset", "token password again"),
    ("/setup", "token company name email password again"),
    ("/sso", "token"),
    ("/profile/second-factor/confirm", "code"),
    ("/profile/second-factor/codes", "current"),
    ("/profile/second-factor/off", "current"),
    ("/views", "path=/crm/customers name query shared=true"),
    ("/views/delete", "view_id path"),
    ("/crm/customers/{id}/merge", "other version other_version name confirm"),
    ("/crm/customers/{id}/people/bar", "person barred"),
    ("/crm/customers/import/{import_id}/mapping", "column_0 column_1 separator encoding sheet"),
    (
        "/crm/installations/decide/assign",
        "selected={installation} step=decide account={customer} q",
    ),
    ("/crm/installations/decide/product", "selected={installation} step=decide product"),
    ("/crm/installations/{id}/licence/hint", "annuncia"),
    ("/crm/licences/import/{import_id}/mapping", "column_0 column_1 separator encoding sheet"),
    ("/crm/licences/{id}/clone", "attivazione"),
    ("/crm/licences/{id}/paid", "pagamento data metodo"),
    ("/crm/licences/{id}/seats/free", "posto"),
    ("/crm/licences/{id}/seats/unreserve", "riserva"),
    ("/crm/offline/answer", "richiesta codice"),
    ("/crm/policies/runs/{id}", "passo"),
    ("/crm/software/several", "selected={software} step=decide product"),
];

/// The same without any field, or with a file.
const WORDLESS: [&str; 39] = [
    "/api/admin/aggiornamenti/{prodotto}/canali/{canale}/elenchi/{tipo}",
    "/api/admin/aggiornamenti/{prodotto}/chiavi/{ruolo}/ruota",
    "/api/admin/caricamenti",
    "/api/admin/caricamenti/{id}",
    "/api/admin/gettoni-aggiornamenti/{id}/revoca",
    "/api/admin/licenze/{id}/conferma",
    "/api/admin/licenze/{id}/revoca",
    "/api/admin/licenze/{id}/riprendi",
    "/api/admin/licenze/{id}/sospendi",
    "/api/admin/richieste/{id}/annulla",
    "/api/admin/rilasci/{id}/file/{nome}",
    "/crm/customers/import/{import_id}/apply",
    "/crm/customers/import/{import_id}/back",
    "/crm/customers/import/{import_id}/stop",
    "/crm/customers/rules/apply",
    "/crm/installations/{id}/licence/unlink",
    "/crm/inventory-runs/{id}/stop",
    "/crm/licence-requests/{id}/withdraw",
    "/crm/licences/bulk/{id}/stop",
    "/crm/licences/bulk/{id}/undo",
    "/crm/licences/import/{import_id}/apply",
    "/crm/licences/import/{import_id}/back",
    "/crm/licences/import/{import_id}/stop",
    "/crm/licences/{id}/renew-again",
    "/crm/licences/{id}/transfers",
    "/crm/transactions/{id}/reopen",
    "/crm/update-bundles/{id}",
    "/crm/update-products/{id}/feed/remove",
    "/crm/update-products/{id}/keys/give-up",
    "/crm/update-products/{id}/keys/signatures",
    "/profile/sessions/end",
    "/profile/sessions/{session_id}/end",
    "/system/keys/certify",
    "/system/mail/{mail_id}/resend",
    "/system/mail/{mail_id}/withdraw",
    "/system/organisations/{organisation_id}/resume",
    "/system/roles/{role_id}/reset",
    "/system/users/{user_id}/enable",
    "/system/users/{user_id}/second-factor",
];

/// What never takes naughty words, because it wants one that is right, or happens only once.
///
/// Prices want amounts. The form of a module goes with the version of its product, which every other
/// form changes meanwhile; its words are taken by the form that adds one.
const REFUSING: [&str; 43] = [
    "POST /crm/catalogue/modules/{id}",
    "POST /crm/price-lists/{id}/prices",
    "PATCH /api/admin/agent/{id}/utenti/{uid}",
    "POST /api/admin/aggiornamenti/{prodotto}/chiavi/{ruolo}/altrove",
    "POST /api/admin/aggiornamenti/{prodotto}/firme",
    "POST /api/admin/distribuzioni",
    "POST /api/admin/distribuzioni/{id}/{azione}",
    "POST /api/admin/gettoni-aggiornamenti",
    "PATCH /api/admin/rilasci/{id}/file/{nome}",
    "POST /api/aggiornamenti/esito",
    "POST /api/admin/clienti/{id}/unisci",
    "POST /api/admin/transazioni/{id}/salda",
    "POST /api/licenze/consumi",
    "POST /api/licenze/offline",
    "POST /crm/customers/{id}/erase",
    "POST /crm/customers/{id}/merge",
    "POST /crm/customers/{id}/people/bar",
    "POST /crm/customers/import/{import_id}/mapping",
    "POST /crm/licence-requests/{id}/approve",
    "POST /crm/licence-requests/{id}/refuse",
    "POST /crm/licences/import/{import_id}/mapping",
    "POST /crm/licences/{id}/clone",
    "POST /crm/licences/{id}/paid",
    "POST /crm/licences/{id}/seats/free",
    "POST /crm/licences/{id}/seats/unreserve",
    "POST /crm/offline/answer",
    "POST /crm/offline/requests/{id}/free",
    "POST /crm/policies/runs/{id}",
    "POST /crm/releases/{id}/yank",
    "POST /crm/transactions/{id}/settle",
    "POST /crm/transactions/{id}/reverse",
    "POST /crm/update-addresses/new",
    "POST /crm/update-products/{id}/keys/{role}/elsewhere",
    "POST /forgot",
    "POST /invitation",
    "POST /login",
    "POST /login/code",
    "POST /profile/password",
    "POST /reset",
    "POST /setup",
    "POST /sso",
    "POST /system/modules/unlock",
    "POST /views/delete",
];

/// The forms that no page shows now.
pub(super) fn by_hand(world: &World) -> Vec<Found> {
    let named = [
        ("{installation}", world.another_installation()),
        ("{customer}", world.id(Kind::Customer).to_owned()),
        ("{software}", world.id(Kind::Software).to_owned()),
    ];
    let filled = BY_HAND.iter().filter_map(|(path, fields)| {
        let fill = |fields: String, (name, id): &(&str, String)| fields.replace(name, id);
        let fields = named.iter().fold((*fields).to_owned(), fill);
        let form = Form::by_hand(&world.filled(path)?, &fields);
        Some(Found { page: String::new(), place: format!("POST {path}"), form })
    });
    filled.collect()
}

/// Complains about routes that no form or operation led to, and about those that took nothing.
pub(super) fn check(world: &World, forms: &BTreeSet<String>, sent: &[Sent]) {
    let writes = |method: &Method| ![Method::GET, Method::HEAD, Method::DELETE].contains(method);
    for route in world.routes.iter().filter(|route| writes(&route.method)) {
        let place = format!("{} {}", route.method, route.path);
        let is_known = forms.contains(&place) || sent.iter().any(|sent| sent.place == place);
        if !is_known && !WORDLESS.contains(&route.path.as_str()) {
            world.findings.note(&place, "was not reached", "no page has its form");
        }
    }
    for one in sent.iter().filter(|sent| !sent.place.starts_with("GET ")) {
        let is_refusing = REFUSING.contains(&one.place.as_str())
            || one.place.starts_with("POST /profile/second-factor");
        if one.taken == 0 && !is_refusing {
            world.findings.note(&one.place, "never took anything", &one.refusal);
        }
    }
}
