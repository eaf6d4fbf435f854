//! Components of devices: whether a device whose fingerprint changed in part is one we know.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement, Value};

use crate::domain::device::{Activation, Component};

/// Longest name that is kept, in characters; what is compared is the hash.
const LONGEST_NAME: usize = 200;

/// What a device must have in common with a known one to be that device.
#[derive(Debug, Clone)]
pub struct Likeness {
    hashes: Vec<String>,
    at_least: i64,
    user_id: Option<String>,
}

impl Likeness {
    /// A device with these components, of which `at_least` must be the same; of a licence bound to
    /// people, only the devices of one person are his.
    pub fn new(components: &[Component], at_least: i64, user_id: Option<&str>) -> Option<Self> {
        let hashes: Vec<_> = components.iter().map(|component| component.hash.clone()).collect();
        let at_least = at_least.max(1);
        // Too few components can never have enough in common.
        let is_enough = i64::try_from(hashes.len()).is_ok_and(|count| count >= at_least);
        is_enough.then(|| Self { hashes, at_least, user_id: user_id.map(str::to_owned) })
    }

    /// `from … having …` for the devices of a licence that are like this one.
    fn rest(&self, condition: &str) -> String {
        let marks = vec!["?"; self.hashes.len()].join(", ");
        let person = if self.user_id.is_some() { " and a.user_id = ?" } else { "" };
        format!(
            "from license_generator_component c \
             join license_generator_activation a on a.activation_id = c.activation_id \
             where c.licence_id = ? and c.hash in ({marks}){person}{condition} \
             group by c.activation_id having count(*) >= ?"
        )
    }

    fn values(&self, licence_id: &str) -> Vec<Value> {
        let mut values = vec![licence_id.into()];
        values.extend(self.hashes.iter().map(|hash| hash.as_str().into()));
        values.extend(self.user_id.as_deref().map(Value::from));
        values.push(self.at_least.into());
        values
    }
}

/// The known device that is most like this one: one with a seat goes before one that gave it back,
/// then more components in common, then who was heard of last, then the older id.
///
/// Unscoped: who has the activation key speaks for its devices.
pub async fn most_alike(
    db: &Db,
    licence_id: &str,
    likeness: &Likeness,
) -> Result<Option<Activation>, Fault> {
    let sql = format!(
        "select k.activation_id, k.fingerprint, k.device_name, k.platform, k.activated_at, \
         k.last_seen_at, k.deactivated_at, k.user_id, k.user_name \
         from (select c.activation_id, count(*) as alike {}) m \
         join license_generator_activation k on k.activation_id = m.activation_id \
         order by case when k.deactivated_at is null then 0 else 1 end, m.alike desc, \
         k.last_seen_at desc, k.activation_id limit 1",
        likeness.rest("")
    );
    db.first(Statement::new(sql).bind_all(likeness.values(licence_id))).await
}

/// The statement that lets a batch go on only if no device with a seat is like this one. It writes
/// the licence, so that two devices that ask at once wait for each other.
///
/// Unscoped: part of taking a seat.
pub fn nobody_alike(licence_id: &str, likeness: &Likeness) -> Statement {
    let sql = format!(
        "update license_generator_licence set devices_used = devices_used where licence_id = ? \
         and not exists (select 1 {})",
        likeness.rest(" and a.deactivated_at is null")
    );
    Statement::new(sql).bind(licence_id).bind_all(likeness.values(licence_id))
}

/// Adds to `batch` what writes the components of a device in the place of those it had.
///
/// Unscoped: part of taking or renewing a seat.
pub fn replacing(
    batch: Batch,
    licence_id: &str,
    activation_id: &str,
    components: &[Component],
) -> Batch {
    let deletion =
        Statement::new("delete from license_generator_component where activation_id = ?")
            .bind(activation_id);
    let batch = batch.and(deletion);
    if components.is_empty() {
        return batch;
    }
    let sql = format!(
        "insert into license_generator_component (licence_id, name, hash, activation_id) values {}",
        vec!["(?, ?, ?, ?)"; components.len()].join(", ")
    );
    batch.and(components.iter().fold(Statement::new(sql), |statement, component| {
        statement
            .bind(licence_id)
            .bind(component.name.chars().take(LONGEST_NAME).collect::<String>())
            .bind(&component.hash)
            .bind(activation_id)
    }))
}
