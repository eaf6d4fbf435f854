//! What the ids in the paths of routes name.

use cockpit_tests::objects::Kind;

/// Up to and including a parameter, what it names. A route whose parameter is not here fails the
/// test, so that a new one cannot escape it.
const KINDS: [(&str, Kind); 115] = [
    ("/api/admin/agent/{id}", Kind::Organisation),
    ("/api/admin/agent/{id}/utenti/{uid}", Kind::User),
    ("/api/admin/aggiornamenti/{prodotto}", Kind::UpdateProduct),
    ("/api/admin/aggiornamenti/{prodotto}/canali/{canale}", Kind::Channel),
    ("/api/admin/aggiornamenti/{prodotto}/canali/{canale}/elenchi/{tipo}", Kind::Act),
    ("/api/admin/aggiornamenti/{prodotto}/chiavi/{ruolo}", Kind::Act),
    ("/api/admin/caricamenti/{id}", Kind::Upload),
    ("/api/admin/clienti/esterno/{rif}", Kind::Reference),
    ("/api/admin/clienti/{id}", Kind::Customer),
    ("/api/admin/clienti/{id}/contatti/{contatto}", Kind::Contact),
    ("/api/admin/clienti/{id}/note/{nota}", Kind::Note),
    ("/api/admin/clienti/{id}/sedi/{sede}", Kind::Site),
    ("/api/admin/distribuzioni/{id}", Kind::Rollout),
    ("/api/admin/distribuzioni/{id}/{azione}", Kind::Act),
    ("/api/admin/gettoni-aggiornamenti/{id}", Kind::Address),
    ("/api/admin/installazioni/{id}", Kind::Installation),
    ("/api/admin/licenze/massiva/{id}", Kind::Bulk),
    ("/api/admin/licenze/{id}", Kind::Licence),
    ("/api/admin/politiche/{id}", Kind::Policy),
    ("/api/admin/prodotti/{id}", Kind::Product),
    ("/api/admin/registrazioni/{id}", Kind::Report),
    ("/api/admin/richieste/{id}", Kind::Request),
    ("/api/admin/rilasci/{id}", Kind::Release),
    ("/api/admin/rilasci/{id}/file/{nome}", Kind::File),
    ("/api/admin/token/{id}", Kind::Token),
    ("/api/admin/transazioni/{id}", Kind::Transaction),
    ("/api/clienti/registrazione/{id}", Kind::Waiting),
    ("/api/docs/{*file}", Kind::File),
    ("/api/licenze/posti/{id}", Kind::Seat),
    ("/assets/{owner}", Kind::File),
    ("/assets/{owner}/{hash}", Kind::File),
    ("/assets/{owner}/{hash}/{*name}", Kind::File),
    ("/crm/catalogue/bundles/{id}", Kind::Bundle),
    ("/crm/catalogue/modules/{id}", Kind::ProductModule),
    ("/crm/catalogue/parameters/{id}", Kind::Parameter),
    ("/crm/catalogue/versions/{id}", Kind::ProductVersion),
    ("/crm/companies/{id}", Kind::Company),
    ("/crm/customers/import/{import_id}", Kind::Import),
    ("/crm/customers/rules/codes/{code}", Kind::Code),
    ("/crm/customers/rules/{id}", Kind::Rule),
    ("/crm/customers/waiting/{id}", Kind::Waiting),
    ("/crm/customers/{id}", Kind::Customer),
    ("/crm/customers/{id}/contacts/{part}", Kind::Contact),
    ("/crm/customers/{id}/notes/{part}", Kind::Note),
    ("/crm/customers/{id}/sites/{part}", Kind::Site),
    ("/crm/installations/decide/{id}", Kind::Act),
    ("/crm/installations/{id}", Kind::Installation),
    ("/crm/installations/{id}/notes/{note}", Kind::InstallationNote),
    ("/crm/inventory-decisions/{id}", Kind::Decision),
    ("/crm/inventory-runs/{id}", Kind::InventoryRun),
    ("/crm/issuing-rights/{id}", Kind::Right),
    ("/crm/legacy-keys/{id}", Kind::LegacyKey),
    ("/crm/licence-requests/{id}", Kind::Request),
    ("/crm/licences/bulk/act/{id}", Kind::Act),
    ("/crm/licences/bulk/{id}", Kind::Bulk),
    ("/crm/licences/import/{import_id}", Kind::LicenceImport),
    ("/crm/licences/usage/{id}", Kind::Customer),
    ("/crm/licences/{id}", Kind::Licence),
    ("/crm/my-account/contacts/{part}", Kind::Contact),
    ("/crm/my-licences/{id}", Kind::Licence),
    ("/crm/my-updates/{id}", Kind::Licence),
    ("/crm/my-updates/{id}/files/{version}", Kind::Act),
    ("/crm/my-updates/{id}/files/{version}/{file}", Kind::File),
    ("/crm/offline/requests/{id}", Kind::Offline),
    ("/crm/policies/runs/{id}", Kind::PolicyRun),
    ("/crm/policies/version/{id}", Kind::PolicyVersion),
    ("/crm/policies/{id}", Kind::Policy),
    ("/crm/price-lists/{id}", Kind::PriceList),
    ("/crm/products/{id}", Kind::Product),
    ("/crm/quick-keys/{id}", Kind::Quick),
    ("/crm/registrations-quarantine/do/{id}", Kind::Act),
    ("/crm/registrations-quarantine/{id}", Kind::Quarantined),
    ("/crm/registrations/{id}", Kind::Report),
    ("/crm/release-files/{id}", Kind::ReleaseFile),
    ("/crm/releases/{id}", Kind::Release),
    ("/crm/rollouts/{id}", Kind::Rollout),
    ("/crm/rollouts/{id}/{act}", Kind::Act),
    ("/crm/software/{id}", Kind::Software),
    ("/crm/software/{id}/rules/{rule}", Kind::VersionRule),
    ("/crm/suspicious/{id}", Kind::Suspicion),
    ("/crm/transactions/{id}", Kind::Transaction),
    ("/crm/update-addresses/{id}", Kind::Address),
    ("/crm/update-bundles/{id}", Kind::UpdateBundle),
    ("/crm/update-products/{id}", Kind::UpdateProduct),
    ("/crm/update-products/{id}/keys/documents/{file}", Kind::File),
    ("/crm/update-products/{id}/keys/{role}", Kind::Act),
    ("/profile/sessions/{session_id}", Kind::Session),
    ("/profile/tokens/{token_id}", Kind::Token),
    ("/system/audit/{audit_id}", Kind::Audit),
    ("/system/jobs/{job_id}", Kind::Job),
    ("/system/keys/{kid}", Kind::Key),
    ("/system/mail/{mail_id}", Kind::Mail),
    ("/system/modules/{id}", Kind::Module),
    ("/system/organisations/{organisation_id}", Kind::Organisation),
    ("/system/roles/{role_id}", Kind::Role),
    ("/system/users/invitations/{link_id}", Kind::Invitation),
    ("/system/users/{user_id}", Kind::User),
    ("/system/users/{user_id}/tokens/{token_id}", Kind::UserToken),
    ("/u/{token}", Kind::Secret),
    ("/u/{token}/electron/{channel}", Kind::Channel),
    ("/u/{token}/electron/{channel}/{file}", Kind::File),
    ("/u/{token}/files/{version}", Kind::Act),
    ("/u/{token}/files/{version}/{file}", Kind::File),
    ("/u/{token}/metadata/{file}", Kind::File),
    ("/u/{token}/sparkle/{channel}", Kind::Channel),
    ("/u/{token}/squirrel-mac/{channel}", Kind::Channel),
    ("/u/{token}/squirrel/{channel}", Kind::Channel),
    ("/u/{token}/squirrel/{channel}/{file}", Kind::File),
    ("/u/{token}/targets/{*path}", Kind::File),
    ("/u/{token}/tauri/{channel}", Kind::Channel),
    ("/u/{token}/tauri/{channel}/{target}", Kind::Act),
    ("/u/{token}/tauri/{channel}/{target}/{arch}", Kind::Act),
    ("/u/{token}/tauri/{channel}/{target}/{arch}/{current_version}", Kind::Act),
    ("/u/{token}/velopack/{channel}", Kind::Channel),
    ("/u/{token}/velopack/{channel}/{file}", Kind::File),
];

/// What the parameters of a path name, in order; or the first one that nobody knows.
pub(crate) fn of(path: &str) -> Result<Vec<Kind>, String> {
    let ends = path.match_indices('}').map(|(at, _)| &path[..=at]);
    let known = |prefix: &str| {
        let found = KINDS.iter().find(|(known, _)| *known == prefix);
        found.map(|(_, kind)| *kind).ok_or_else(|| prefix.to_owned())
    };
    ends.map(known).collect()
}

/// The path with its parameters filled in.
pub(crate) fn filled<'a>(path: &str, ids: impl IntoIterator<Item = &'a str>) -> String {
    let mut ids = ids.into_iter();
    let mut out = String::new();
    for (n, piece) in path.split(['{', '}']).enumerate() {
        out.push_str(if n % 2 == 0 { piece } else { ids.next().unwrap_or_default() });
    }
    out
}

/// Whether objects of this kind belong to no branch: to nobody, or to the vendor for everybody.
pub(crate) fn is_nobodys(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Product
            | Kind::ProductVersion
            | Kind::ProductModule
            | Kind::Bundle
            | Kind::Parameter
            | Kind::PriceList
            | Kind::Policy
            | Kind::PolicyVersion
            | Kind::PolicyRun
            | Kind::Right
            | Kind::Quick
            | Kind::Key
            | Kind::Company
            | Kind::Software
            | Kind::VersionRule
            | Kind::Quarantined
            | Kind::UpdateProduct
            | Kind::Channel
            | Kind::Release
            | Kind::ReleaseFile
            | Kind::Rollout
            | Kind::UpdateBundle
            | Kind::Secret
            | Kind::Upload
            | Kind::Act
            | Kind::Module
            | Kind::File
    )
}

/// What a node may see of the nodes above it, and why.
pub(crate) fn is_shared_below(kind: Kind) -> bool {
    // A role of a node can be given to people of every node below it, so they may read it.
    kind == Kind::Role
}

#[test]
fn every_parameter_of_a_path_is_looked_up() {
    let path = "/crm/customers/{id}/notes/{part}/delete";
    assert_eq!(of(path), Ok(vec![Kind::Customer, Kind::Note]));
    assert_eq!(of("/crm/customers/new"), Ok(Vec::new()));
    assert_eq!(
        of("/crm/customers/{id}/new/{thing}"),
        Err("/crm/customers/{id}/new/{thing}".into())
    );
    assert_eq!(filled(path, ["a", "b"]), "/crm/customers/a/notes/b/delete");
}
