//! What is asked of every setup: pages, operations and refusals, written as one line each.

use cockpit_tests::{Answer, Client, Cockpit};
use reqwest::Method;

/// `who method path body`: who is `superadmin`, `nobody` or `software`; a body is JSON or a form;
/// `{customer}`, `{licence}`, `{product}`, `{key}` and others of [`Asking`] are filled in.
pub(super) const ALL: &[&str] = &[
    "superadmin GET /crm/customers",
    "superadmin GET /crm/customers?q=meccanica&sort=-ragione_sociale",
    "superadmin GET /crm/customers?stato=sospeso",
    "superadmin GET /crm/customers?columns=ragione_sociale,email",
    "superadmin GET /crm/customers?sort=nothing&limit=x",
    "superadmin GET /crm/customers/new",
    "superadmin GET /crm/customers/{customer}",
    "superadmin GET /crm/customers/{customer}/edit",
    "superadmin GET /crm/customers/nobody",
    "superadmin GET /crm/customers/export?format=csv",
    "superadmin GET /crm/customers/export?format=json",
    "superadmin POST /crm/customers/new name=",
    "superadmin POST /crm/customers/new name=Nuova+S.r.l.&country=IT&vat_number=1&kind=customer",
    "superadmin POST /crm/customers/new name=Nuova+S.r.l.&country=IT&kind=customer",
    "superadmin POST /crm/customers/{customer}/edit name=",
    "superadmin POST /crm/customers/{customer}/state state=nonsense",
    "superadmin DELETE /crm/customers/{customer}",
    "superadmin GET /crm/licences?limit=100",
    "superadmin GET /crm/licences?stato=scaduta",
    "superadmin GET /crm/licences?q=zzzzzz",
    "superadmin GET /crm/licences/new",
    "superadmin GET /crm/licences/{licence}",
    "superadmin GET /crm/licences/nobody",
    "superadmin GET /crm/licences/export?format=csv",
    "superadmin POST /crm/licences/new x=1",
    "superadmin POST /crm/licences/quick cliente=nobody&prodotto=nothing",
    "superadmin POST /crm/licences/quick cliente={customer}&prodotto={product}",
    "superadmin POST /crm/licences/{licence}/state stato=nonsense",
    "superadmin GET /crm/products",
    "superadmin GET /crm/products/new",
    "superadmin POST /crm/products/new x=1",
    "superadmin GET /crm/activations?limit=100",
    "superadmin GET /crm/nothing",
    "superadmin GET /system/users",
    "nobody GET /crm/customers",
    "nobody GET /crm/licences/{licence}",
    "nobody POST /crm/customers/new name=A",
    "nobody GET /api/admin/clienti",
    "nobody GET /api/admin/licenze/{licence}",
    "nobody PUT /api/admin/licenze",
    "nobody GET /api/licenze/attiva",
    "nobody GET /api/openapi.json",
    "software GET /api/admin/clienti?limit=5&sort=ragione_sociale",
    "software GET /api/admin/clienti?limit=500",
    "software GET /api/admin/clienti?cursor=x",
    "software GET /api/admin/clienti/{customer}",
    "software GET /api/admin/clienti/nobody",
    "software POST /api/admin/clienti {}",
    r#"software POST /api/admin/clienti {"ragione_sociale":"Bianchi è qui 🔑","email":"a@b.example"}"#,
    r#"software POST /api/admin/clienti {"ragione_sociale":"A","partita_iva":"123","x":1}"#,
    "software POST /api/admin/clienti {",
    r#"software PATCH /api/admin/clienti/{customer} {"telefono":"1"}"#,
    "software GET /api/admin/licenze?limit=5&sort=cliente",
    "software GET /api/admin/licenze?stato=nonsense",
    "software GET /api/admin/licenze/{licence}",
    r#"software POST /api/admin/licenze {"cliente":"{customer}","prodotto":"{product}","tipo":"permanente"}"#,
    r#"software POST /api/admin/licenze {"cliente":"nobody","prodotto":"{product}","tipo":"permanente"}"#,
    "software POST /api/admin/licenze {}",
    r#"nobody POST /api/licenze/attiva {"chiave_licenza":"{key}","dispositivo":{"impronta":"a","nome":"è"}}"#,
    r#"nobody POST /api/licenze/attiva {"chiave_licenza":"{key}","dispositivo":{"impronta":{"componenti":{"b":1,"a":[2]}}}}"#,
    r#"nobody POST /api/licenze/attiva {"chiave_licenza":"{key}","dispositivo":{"impronta":"c"}}"#,
    r#"nobody POST /api/licenze/attiva {"chiave_licenza":"{key}","dispositivo":{"impronta":"d"}}"#,
    r#"nobody POST /api/licenze/valida {"chiave_licenza":"{key}","dispositivo":{"impronta":"a"}}"#,
    r#"nobody POST /api/licenze/valida {"chiave_licenza":"{key}","dispositivo":{"impronta":"z"}}"#,
    r#"nobody POST /api/licenze/valida {"chiave_computer":"x"}"#,
    "nobody POST /api/licenze/valida {}",
    r#"nobody POST /api/licenze/valida {"chiave_licenza":"{expired}","dispositivo":{"impronta":"a"}}"#,
    r#"nobody POST /api/licenze/attiva {"chiave_licenza":"{expired}","dispositivo":{"impronta":"a"}}"#,
    r#"nobody POST /api/licenze/attiva {"chiave_licenza":"x","dispositivo":{"impronta":"a"}}"#,
    r#"nobody POST /api/licenze/attiva {"chiave_licenza":7}"#,
    r#"nobody POST /api/licenze/disattiva {"chiave_licenza":"{key}","dispositivo":{"impronta":"a"}}"#,
    r#"nobody POST /api/licenze/disattiva {"chiave_licenza":"{key}","dispositivo":{"impronta":"a"}}"#,
    "superadmin GET /crm/installations?limit=100&q=demo-01",
    "superadmin GET /crm/installations?stato=non_ancora_assegnato&clone=sospetto",
    "superadmin GET /crm/installations?sort=nothing&limit=x",
    "superadmin GET /crm/installations/export?format=csv",
    "superadmin GET /crm/installations/{installation}",
    "superadmin GET /crm/installations/{installation}/licence",
    "superadmin GET /crm/installations/nobody",
    "superadmin POST /crm/installations/{installation}/notes testo=",
    "superadmin POST /crm/installations/{installation}/notes testo=Da+richiamare+%F0%9F%94%91",
    "superadmin POST /crm/installations/{installation}/licence tipo=nonsense&prodotto={product}",
    "superadmin POST /crm/installations/decide/ignore selected={installation}",
    "superadmin POST /crm/installations/decide/ignore selected={installation}&step=decide",
    "superadmin POST /crm/installations/decide/assign selected={installation}&step=decide",
    "superadmin POST /crm/installations/decide/assign selected={installation}&step=decide&account=nobody",
    "superadmin POST /crm/installations/decide/assign selected={installation}&step=decide&account={customer}",
    "superadmin POST /crm/installations/decide/nothing selected={installation}",
    "superadmin POST /crm/installations/regularise selected={installation}",
    "superadmin GET /crm/installations/{installation}",
    "superadmin GET /crm/registrations?limit=100&q=demo-010",
    "superadmin GET /crm/companies?limit=100",
    "superadmin GET /crm/software?limit=100",
    "superadmin GET /crm/inventory-decisions",
    "superadmin GET /crm/inventory-runs",
    "superadmin GET /crm/inventory-statistics",
    "superadmin GET /crm/registrations-quarantine",
    "nobody GET /crm/installations",
    "nobody GET /api/admin/installazioni",
    "nobody GET /api/statistiche/registrazioni",
    "software GET /api/admin/installazioni?limit=5&sort=nome_software",
    "software GET /api/admin/installazioni?limit=500",
    "software GET /api/admin/installazioni?stato=nonsense",
    "software GET /api/admin/installazioni/{installation}",
    "software GET /api/admin/installazioni/nobody",
    "software GET /api/admin/registrazioni?installazione={installation}&limit=5",
    "software GET /api/admin/registrazioni/nobody",
    "software GET /api/statistiche/registrazioni",
    "software GET /api/statistiche/registrazioni?da=x",
    "nobody GET /api/registrazione-software",
    "nobody GET /api/registrazione-software?nome_software=Prova&id_installazione=1",
    "nobody POST /api/registrazione-software {",
    r#"nobody POST /api/registrazione-software {"versione":"1"}"#,
    r#"nobody POST /api/registrazione-software {"nome_software":"Prova è 🔑","id_installazione":"1"}"#,
    r#"nobody POST /api/registrazione-software {"nome_software":"Prova è 🔑","id_installazione":"1","totale_venduto":"1.250,40","totale_ordini":"x"}"#,
    "software GET /api/admin/installazioni?nome_software=Prova",
    "superadmin GET /crm/releases",
    "superadmin GET /crm/releases?stato=draft&sort=nothing",
    "superadmin GET /crm/releases/new",
    "superadmin GET /crm/releases/nobody",
    "superadmin GET /crm/releases/export?format=csv",
    "superadmin GET /crm/rollouts",
    "superadmin GET /crm/update-products",
    "superadmin GET /crm/update-products/{product}",
    "superadmin POST /crm/update-products/{product}/channel canale=%21",
    "superadmin POST /crm/update-products/{product}/channel canale=nightly&descrizione=%C3%A8",
    "superadmin GET /crm/update-keys",
    "superadmin GET /crm/update-addresses",
    "superadmin POST /crm/update-addresses/new licenza=nobody",
    "superadmin GET /crm/update-versions",
    "superadmin GET /crm/update-clients?sort=versione",
    "superadmin GET /crm/update-downloads/export?format=json",
    "superadmin GET /crm/update-bundles",
    "superadmin GET /crm/my-updates",
    "software GET /api/admin/rilasci?sort=versione",
    "software GET /api/admin/rilasci/nobody",
    "software POST /api/admin/rilasci {}",
    r#"software POST /api/admin/rilasci {"prodotto":"{product}","versione":"3"}"#,
    r#"software POST /api/admin/rilasci {"prodotto":"{product}","versione":"9.0.0","canali":["nightly"],"note":{"it":"È *nuova* 🔑"}}"#,
    "software GET /api/admin/distribuzioni",
    "software GET /api/admin/gettoni-aggiornamenti",
    "software GET /api/admin/aggiornamenti/{product}",
    "nobody GET /api/admin/rilasci",
    "nobody GET /api/aggiornamenti/verifica",
    "nobody GET /api/aggiornamenti/verifica?chiave=x&nonce=7f3a7f3a7f3a7f3a&prodotto={product}",
    "nobody POST /api/aggiornamenti/esito {}",
    "nobody GET /u/{secret}/electron/beta/latest.yml",
    "nobody GET /u/{secret}/tauri/stable/windows/x86_64/0.0.1",
    "nobody GET /u/{secret}/velopack/stable/releases.win.json",
    "nobody GET /u/{secret}/sparkle/nothing/appcast.xml",
    "nobody GET /u/{secret}/metadata/0.root.json",
    "nobody GET /u/~{product}/electron/stable/latest.yml",
    "nobody GET /u/nothing/metadata/1.root.json",
    "superadmin GET /crm/licences/{licence}",
    "superadmin GET /crm/activations?q=zzzzzz",
];

/// Who asks, and what stands for the names in braces.
pub(super) struct Asking {
    superadmin: Client,
    software: Client,
    nobody: Client,
    names: Vec<(&'static str, String)>,
}

impl Asking {
    /// Everybody on one server.
    pub(super) async fn of(cockpit: &Cockpit) -> Self {
        let software = cockpit.software();
        // The first by name, which is the same in every demo; ids are not.
        let first = async |path: &str| {
            let list = software.get(path).await.expect(200).json();
            list["dati"][0]["id"].as_str().expect("a row").to_owned()
        };
        let customer = first("/api/admin/clienti?sort=ragione_sociale&limit=1").await;
        let path = format!("/api/admin/licenze?cliente={customer}&sort=cliente&limit=1");
        let customers_own = software.get(&path).await.expect(200).json();
        let licence = match customers_own["dati"][0]["id"].as_str() {
            Some(id) => id.to_owned(),
            None => first("/api/admin/licenze?sort=cliente&limit=1").await,
        };
        let told = cockpit.told();
        let names = vec![
            ("{customer}", customer),
            ("{licence}", licence),
            ("{installation}", first("/api/admin/installazioni?id_installazione=demo-001").await),
            ("{product}", told.product.clone()),
            ("{key}", told.activation_key.clone()),
            ("{secret}", told.updates.token.clone()),
            ("{expired}", told.expired_key.clone()),
        ];
        let superadmin = cockpit.superadmin().await;
        Self { superadmin, software, nobody: cockpit.anonymous(), names }
    }

    /// Sends one of [`ALL`].
    pub(super) async fn ask(&self, line: &str) -> Answer {
        let fill = |text: String, (name, value): &(&str, String)| text.replace(name, value);
        let line = self.names.iter().fold(line.to_owned(), fill);
        let mut words = line.splitn(4, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (who, method, path, body) = (word(), word(), word(), word());
        let client = match who {
            "superadmin" => &self.superadmin,
            "software" => &self.software,
            _ => &self.nobody,
        };
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = client.request(method, path);
        if !body.is_empty() {
            let is_form = path.starts_with("/crm/");
            let kind =
                if is_form { "application/x-www-form-urlencoded" } else { "application/json" };
            request = request.header("content-type", kind).body(body.to_owned());
        }
        client.send(request).await
    }
}
