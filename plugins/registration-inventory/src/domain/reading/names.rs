//! What software calls its fields, in Italian and English.

use plugin_api::table::fold;

/// What a report is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Name,
    Version,
    Company,
    Vat,
    Orders,
    Sold,
    Currency,
    ExternalId,
    Host,
    System,
}

/// What an object within a body is about, which says what its `nome` or `id` is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Top,
    Company,
    Software,
    Computer,
    System,
    Totals,
    Sold,
    Installation,
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named {
    /// As a plain value, and how surely: 0 for its own name, more for names that may mean else.
    pub field: Option<(Field, u8)>,
    /// As an object.
    pub group: Option<Group>,
}

/// The longest key that means something.
const LONGEST: usize = 40;

/// What `key` stands for in `group`. Case, `_`, `-` and spaces do not matter; `cliente.nome` and
/// `cliente[nome]` lead into a group.
pub(super) fn named(group: Group, key: &str) -> Named {
    let mut group = group;
    let mut key = key;
    // Each turn takes a part of the key away.
    loop {
        let whole = plainly(group, key);
        if whole.field.is_some() || whole.group.is_some() {
            return whole;
        }
        let Some((head, rest)) = key.split_once(['.', '[', '/']) else { return whole };
        if !head.is_empty() {
            let Some(inner) = plainly(group, head.trim_end_matches(']')).group else {
                return whole;
            };
            group = inner;
        }
        key = rest;
    }
}

fn plainly(group: Group, key: &str) -> Named {
    let mut buffer = [0_u8; LONGEST];
    let mut length = 0;
    let folded;
    let mut source = key;
    if !key.is_ascii() {
        folded = fold(key);
        source = &folded;
    }
    for byte in source.bytes().filter(|byte| !b"_- .[]".contains(byte)) {
        let Some(slot) = buffer.get_mut(length) else { return Named::default() };
        *slot = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = buffer.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let plain = plain.unwrap_or_default();
    Named { field: field(group, plain), group: inner(group, plain) }
}

fn field(group: Group, key: &str) -> Option<(Field, u8)> {
    let own = match (group, key) {
        (Group::Company, "nome" | "name" | "denominazione" | "ragione" | "descrizione") => {
            Some(Field::Company)
        }
        (Group::Software, "nome" | "name" | "titolo" | "title") => Some(Field::Name),
        (Group::Computer, "nome" | "name") => Some(Field::Host),
        (Group::System, "nome" | "name") => Some(Field::System),
        (Group::Sold, "importo" | "amount" | "valore" | "value" | "totale" | "total") => {
            Some(Field::Sold)
        }
        (Group::Installation, "codice" | "code") => Some(Field::ExternalId),
        _ => None,
    };
    if let Some(field) = own {
        return Some((field, 1));
    }
    let (field, rank) = top(key)?;
    let is_of_group = match group {
        Group::Top => true,
        Group::Company => matches!(field, Field::Company | Field::Vat),
        Group::Software => matches!(field, Field::Name | Field::Version),
        Group::Computer => matches!(field, Field::Host | Field::System | Field::ExternalId),
        Group::System => false,
        Group::Totals => matches!(field, Field::Orders | Field::Sold | Field::Currency),
        Group::Sold => field == Field::Currency,
        Group::Installation => !matches!(key, "nome" | "name"),
    };
    is_of_group.then_some((field, rank))
}

fn top(key: &str) -> Option<(Field, u8)> {
    Some(match key {
        "nomesoftware" => (Field::Name, 0),
        "softwarename" | "softwarenome" | "nomeprogramma" | "nomeapplicazione" | "nomeapp"
        | "nomeprodotto" | "appname" | "applicationname" | "programname" | "productname" => {
            (Field::Name, 1)
        }
        "software" | "applicazione" | "applicativo" | "application" | "app" | "programma"
        | "program" | "prodotto" | "product" => (Field::Name, 2),
        "nome" | "name" => (Field::Name, 3),
        "versione" => (Field::Version, 0),
        "version" | "ver" | "vers" | "versionesoftware" | "softwareversion"
        | "softwareversione" | "versioneprogramma" | "versioneapp" | "appversion"
        | "applicationversion" | "productversion" | "versionnumber" | "numeroversione" => {
            (Field::Version, 1)
        }
        "release" | "build" => (Field::Version, 2),
        "ragionesociale" => (Field::Company, 0),
        "clienteragionesociale"
        | "ragionesocialecliente"
        | "aziendaragionesociale"
        | "nomeazienda"
        | "nomecliente"
        | "nomeditta"
        | "clientenome"
        | "denominazione"
        | "companyname"
        | "customername"
        | "clientname"
        | "businessname"
        | "ragsoc" => (Field::Company, 1),
        "cliente" | "azienda" | "ditta" | "societa" | "impresa" | "intestatario" | "company"
        | "customer" | "client" | "organizzazione" | "organization" | "organisation" => {
            (Field::Company, 2)
        }
        "partitaiva" => (Field::Vat, 0),
        "piva" | "clientepartitaiva" | "clientepiva" | "partitaivacliente" | "pivacliente"
        | "aziendapartitaiva" | "numeropartitaiva" | "vat" | "vatnumber" | "vatno" | "vatid"
        | "vatcode" | "taxid" => (Field::Vat, 1),
        "totaleordini" => (Field::Orders, 0),
        "ordini" | "numeroordini" | "numordini" | "nordini" | "totordini" | "ordinitotali"
        | "orders" | "totalorders" | "ordercount" | "orderscount" => (Field::Orders, 1),
        "totalevenduto" => (Field::Sold, 0),
        "venduto" | "totvenduto" | "vendutototale" | "importovenduto" | "totalevendite"
        | "vendite" | "fatturato" | "totalefatturato" | "sales" | "totalsales" | "salestotal"
        | "totalsold" | "sold" | "revenue" | "turnover" => (Field::Sold, 1),
        "valuta" => (Field::Currency, 0),
        "currency" | "currencycode" | "codicevaluta" | "divisa" => (Field::Currency, 1),
        "idinstallazione" => (Field::ExternalId, 0),
        "installationid"
        | "installid"
        | "idinstall"
        | "installazioneid"
        | "installationuuid"
        | "codiceinstallazione" => (Field::ExternalId, 1),
        "machineid" | "idmacchina" | "idcomputer" | "computerid" | "deviceid" | "iddispositivo"
        | "uuid" | "guid" | "hwid" | "hardwareid" | "fingerprint" | "impronta" => {
            (Field::ExternalId, 2)
        }
        "id" => (Field::ExternalId, 3),
        "hostname" => (Field::Host, 0),
        "nomecomputer" | "nomepc" | "nomemacchina" | "nomedispositivo" | "computername"
        | "pcname" | "machinename" | "devicename" => (Field::Host, 1),
        "computer" | "pc" | "host" | "macchina" | "machine" | "postazione" | "workstation"
        | "dispositivo" | "device" => (Field::Host, 2),
        "sistemaoperativo" => (Field::System, 0),
        "os" | "operatingsystem" | "osname" | "sistema" | "piattaforma" | "platform" => {
            (Field::System, 1)
        }
        _ => return None,
    })
}

fn inner(group: Group, key: &str) -> Option<Group> {
    let inner = match key {
        "dati" | "data" | "payload" | "corpo" | "body" | "registrazione" | "registration"
        | "segnalazione" | "report" => Group::Top,
        "cliente" | "daticliente" | "azienda" | "ditta" | "anagrafica" | "societa" | "impresa"
        | "intestatario" | "company" | "customer" | "client" | "organizzazione"
        | "organization" | "organisation" => Group::Company,
        "software" | "applicazione" | "applicativo" | "application" | "app" | "programma"
        | "program" | "prodotto" | "product" => Group::Software,
        "computer" | "pc" | "host" | "macchina" | "machine" | "postazione" | "workstation"
        | "dispositivo" | "device" | "ambiente" | "environment" => Group::Computer,
        "sistemaoperativo" | "os" | "operatingsystem" | "sistema" => Group::System,
        "totali" | "totals" | "statistiche" | "statistics" | "stats" | "contatori" => Group::Totals,
        "totalevenduto" | "venduto" | "vendite" | "fatturato" | "sales" => Group::Sold,
        "installazione" | "installation" => Group::Installation,
        _ => return None,
    };
    // A group within another is only what belongs there: `cliente.software` is not the sender.
    match group {
        Group::Top | Group::Installation => Some(inner),
        Group::Computer => (inner == Group::System).then_some(inner),
        Group::Totals => (inner == Group::Sold).then_some(inner),
        _ => None,
    }
}
