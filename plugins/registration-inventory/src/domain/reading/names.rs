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
    let at = FIELDS.binary_search_by_key(&key, |(name, _, _)| name).ok()?;
    FIELDS.get(at).map(|(_, field, rank)| (*field, *rank))
}

fn inner(group: Group, key: &str) -> Option<Group> {
    let at = GROUPS.binary_search_by_key(&key, |(name, _)| name).ok()?;
    let (_, inner) = *GROUPS.get(at)?;
    // A group within another is only what belongs there: `cliente.software` is not the sender.
    match group {
        Group::Top | Group::Installation => Some(inner),
        Group::Computer => (inner == Group::System).then_some(inner),
        Group::Totals => (inner == Group::Sold).then_some(inner),
        _ => None,
    }
}

/// Names of fields, sorted, and how surely each is that: 0 for its own name.
const FIELDS: &[(&str, Field, u8)] = &[
    ("app", Field::Name, 2),
    ("application", Field::Name, 2),
    ("applicationname", Field::Name, 1),
    ("applicationversion", Field::Version, 1),
    ("applicativo", Field::Name, 2),
    ("applicazione", Field::Name, 2),
    ("appname", Field::Name, 1),
    ("appversion", Field::Version, 1),
    ("azienda", Field::Company, 2),
    ("aziendapartitaiva", Field::Vat, 1),
    ("aziendaragionesociale", Field::Company, 1),
    ("build", Field::Version, 2),
    ("businessname", Field::Company, 1),
    ("client", Field::Company, 2),
    ("cliente", Field::Company, 2),
    ("clientenome", Field::Company, 1),
    ("clientepartitaiva", Field::Vat, 1),
    ("clientepiva", Field::Vat, 1),
    ("clienteragionesociale", Field::Company, 1),
    ("clientname", Field::Company, 1),
    ("codiceinstallazione", Field::ExternalId, 1),
    ("codicevaluta", Field::Currency, 1),
    ("company", Field::Company, 2),
    ("companyname", Field::Company, 1),
    ("computer", Field::Host, 2),
    ("computerid", Field::ExternalId, 2),
    ("computername", Field::Host, 1),
    ("currency", Field::Currency, 1),
    ("currencycode", Field::Currency, 1),
    ("customer", Field::Company, 2),
    ("customername", Field::Company, 1),
    ("denominazione", Field::Company, 1),
    ("device", Field::Host, 2),
    ("deviceid", Field::ExternalId, 2),
    ("devicename", Field::Host, 1),
    ("dispositivo", Field::Host, 2),
    ("ditta", Field::Company, 2),
    ("divisa", Field::Currency, 1),
    ("fatturato", Field::Sold, 1),
    ("fingerprint", Field::ExternalId, 2),
    ("guid", Field::ExternalId, 2),
    ("hardwareid", Field::ExternalId, 2),
    ("host", Field::Host, 2),
    ("hostname", Field::Host, 0),
    ("hwid", Field::ExternalId, 2),
    ("id", Field::ExternalId, 3),
    ("idcomputer", Field::ExternalId, 2),
    ("iddispositivo", Field::ExternalId, 2),
    ("idinstall", Field::ExternalId, 1),
    ("idinstallazione", Field::ExternalId, 0),
    ("idmacchina", Field::ExternalId, 2),
    ("importovenduto", Field::Sold, 1),
    ("impresa", Field::Company, 2),
    ("impronta", Field::ExternalId, 2),
    ("installationid", Field::ExternalId, 1),
    ("installationuuid", Field::ExternalId, 1),
    ("installazioneid", Field::ExternalId, 1),
    ("installid", Field::ExternalId, 1),
    ("intestatario", Field::Company, 2),
    ("macchina", Field::Host, 2),
    ("machine", Field::Host, 2),
    ("machineid", Field::ExternalId, 2),
    ("machinename", Field::Host, 1),
    ("name", Field::Name, 3),
    ("nome", Field::Name, 3),
    ("nomeapp", Field::Name, 1),
    ("nomeapplicazione", Field::Name, 1),
    ("nomeazienda", Field::Company, 1),
    ("nomecliente", Field::Company, 1),
    ("nomecomputer", Field::Host, 1),
    ("nomedispositivo", Field::Host, 1),
    ("nomeditta", Field::Company, 1),
    ("nomemacchina", Field::Host, 1),
    ("nomepc", Field::Host, 1),
    ("nomeprodotto", Field::Name, 1),
    ("nomeprogramma", Field::Name, 1),
    ("nomesoftware", Field::Name, 0),
    ("nordini", Field::Orders, 1),
    ("numeroordini", Field::Orders, 1),
    ("numeropartitaiva", Field::Vat, 1),
    ("numeroversione", Field::Version, 1),
    ("numordini", Field::Orders, 1),
    ("operatingsystem", Field::System, 1),
    ("ordercount", Field::Orders, 1),
    ("orders", Field::Orders, 1),
    ("orderscount", Field::Orders, 1),
    ("ordini", Field::Orders, 1),
    ("ordinitotali", Field::Orders, 1),
    ("organisation", Field::Company, 2),
    ("organization", Field::Company, 2),
    ("organizzazione", Field::Company, 2),
    ("os", Field::System, 1),
    ("osname", Field::System, 1),
    ("partitaiva", Field::Vat, 0),
    ("partitaivacliente", Field::Vat, 1),
    ("pc", Field::Host, 2),
    ("pcname", Field::Host, 1),
    ("piattaforma", Field::System, 1),
    ("piva", Field::Vat, 1),
    ("pivacliente", Field::Vat, 1),
    ("platform", Field::System, 1),
    ("postazione", Field::Host, 2),
    ("prodotto", Field::Name, 2),
    ("product", Field::Name, 2),
    ("productname", Field::Name, 1),
    ("productversion", Field::Version, 1),
    ("program", Field::Name, 2),
    ("programma", Field::Name, 2),
    ("programname", Field::Name, 1),
    ("ragionesociale", Field::Company, 0),
    ("ragionesocialecliente", Field::Company, 1),
    ("ragsoc", Field::Company, 1),
    ("release", Field::Version, 2),
    ("revenue", Field::Sold, 1),
    ("sales", Field::Sold, 1),
    ("salestotal", Field::Sold, 1),
    ("sistema", Field::System, 1),
    ("sistemaoperativo", Field::System, 0),
    ("societa", Field::Company, 2),
    ("software", Field::Name, 2),
    ("softwarename", Field::Name, 1),
    ("softwarenome", Field::Name, 1),
    ("softwareversion", Field::Version, 1),
    ("softwareversione", Field::Version, 1),
    ("sold", Field::Sold, 1),
    ("taxid", Field::Vat, 1),
    ("totalefatturato", Field::Sold, 1),
    ("totaleordini", Field::Orders, 0),
    ("totalevendite", Field::Sold, 1),
    ("totalevenduto", Field::Sold, 0),
    ("totalorders", Field::Orders, 1),
    ("totalsales", Field::Sold, 1),
    ("totalsold", Field::Sold, 1),
    ("totordini", Field::Orders, 1),
    ("totvenduto", Field::Sold, 1),
    ("turnover", Field::Sold, 1),
    ("uuid", Field::ExternalId, 2),
    ("valuta", Field::Currency, 0),
    ("vat", Field::Vat, 1),
    ("vatcode", Field::Vat, 1),
    ("vatid", Field::Vat, 1),
    ("vatno", Field::Vat, 1),
    ("vatnumber", Field::Vat, 1),
    ("vendite", Field::Sold, 1),
    ("venduto", Field::Sold, 1),
    ("vendutototale", Field::Sold, 1),
    ("ver", Field::Version, 1),
    ("vers", Field::Version, 1),
    ("version", Field::Version, 1),
    ("versione", Field::Version, 0),
    ("versioneapp", Field::Version, 1),
    ("versioneprogramma", Field::Version, 1),
    ("versionesoftware", Field::Version, 1),
    ("versionnumber", Field::Version, 1),
    ("workstation", Field::Host, 2),
];

/// Names of groups, sorted.
const GROUPS: &[(&str, Group)] = &[
    ("ambiente", Group::Computer),
    ("anagrafica", Group::Company),
    ("app", Group::Software),
    ("application", Group::Software),
    ("applicativo", Group::Software),
    ("applicazione", Group::Software),
    ("azienda", Group::Company),
    ("body", Group::Top),
    ("client", Group::Company),
    ("cliente", Group::Company),
    ("company", Group::Company),
    ("computer", Group::Computer),
    ("contatori", Group::Totals),
    ("corpo", Group::Top),
    ("customer", Group::Company),
    ("data", Group::Top),
    ("dati", Group::Top),
    ("daticliente", Group::Company),
    ("device", Group::Computer),
    ("dispositivo", Group::Computer),
    ("ditta", Group::Company),
    ("environment", Group::Computer),
    ("fatturato", Group::Sold),
    ("host", Group::Computer),
    ("impresa", Group::Company),
    ("installation", Group::Installation),
    ("installazione", Group::Installation),
    ("intestatario", Group::Company),
    ("macchina", Group::Computer),
    ("machine", Group::Computer),
    ("operatingsystem", Group::System),
    ("organisation", Group::Company),
    ("organization", Group::Company),
    ("organizzazione", Group::Company),
    ("os", Group::System),
    ("payload", Group::Top),
    ("pc", Group::Computer),
    ("postazione", Group::Computer),
    ("prodotto", Group::Software),
    ("product", Group::Software),
    ("program", Group::Software),
    ("programma", Group::Software),
    ("registration", Group::Top),
    ("registrazione", Group::Top),
    ("report", Group::Top),
    ("sales", Group::Sold),
    ("segnalazione", Group::Top),
    ("sistema", Group::System),
    ("sistemaoperativo", Group::System),
    ("societa", Group::Company),
    ("software", Group::Software),
    ("statistiche", Group::Totals),
    ("statistics", Group::Totals),
    ("stats", Group::Totals),
    ("totalevenduto", Group::Sold),
    ("totali", Group::Totals),
    ("totals", Group::Totals),
    ("vendite", Group::Sold),
    ("venduto", Group::Sold),
    ("workstation", Group::Computer),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted_and_fit() {
        assert!(FIELDS.is_sorted_by(|one, next| one.0 < next.0));
        assert!(GROUPS.is_sorted_by(|one, next| one.0 < next.0));
        assert!(FIELDS.iter().all(|(name, _, _)| name.len() <= LONGEST));
        assert!(GROUPS.iter().all(|(name, _)| name.len() <= LONGEST));
    }
}
