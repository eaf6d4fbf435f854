//! Who may do a piece of work alone: a row with a time limit and a number that only grows.
//!
//! Unscoped: leases are between processes.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};

/// A lease this process holds. Put [`Lease::renewal`] into the batch that does the work: when
/// somebody else has taken the lease over, the whole batch fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    name: String,
    holder: String,
    fence: i64,
    ttl: i64,
}

/// Takes the lease `name` for `ttl` milliseconds, unless somebody holds it. `holder` names this
/// process, a fresh id.
pub async fn acquire(
    db: &Db,
    name: &str,
    holder: &str,
    now: i64,
    ttl: i64,
) -> Result<Option<Lease>, Fault> {
    let lease = |fence| Lease { name: name.to_owned(), holder: holder.to_owned(), fence, ttl };
    let taken = Statement::new(
        "update host_lease set holder = ?, fence = fence + 1, expires_at = ? \
         where lease_name = ? and expires_at <= ?",
    )
    .bind(holder)
    .bind(now + ttl)
    .bind(name)
    .bind(now);
    if db.execute(taken).await? == 0 {
        let first = Statement::new(
            "insert into host_lease (lease_name, holder, fence, expires_at) values (?, ?, 1, ?)",
        )
        .bind(name)
        .bind(holder)
        .bind(now + ttl);
        return match db.execute(first).await {
            Ok(_) => Ok(Some(lease(1))),
            Err(fault) if fault.kind == plugin_api::FaultKind::Unique => Ok(None),
            Err(fault) => Err(fault),
        };
    }
    let fence = Statement::new("select fence from host_lease where lease_name = ? and holder = ?")
        .bind(name)
        .bind(holder);
    Ok(Some(db.scalar(fence).await?).filter(|fence| *fence > 0).map(lease))
}

impl Lease {
    /// Its number; a later holder has a greater one.
    pub fn fence(&self) -> i64 {
        self.fence
    }

    /// Keeps the lease for its time from `now` on; changes one row, or none when it is lost.
    pub fn renewal(&self, now: i64) -> Statement {
        self.until(now + self.ttl)
    }

    /// Gives the lease up.
    pub fn release(&self) -> Statement {
        self.until(0)
    }

    fn until(&self, instant: i64) -> Statement {
        Statement::new(
            "update host_lease set expires_at = ? \
             where lease_name = ? and holder = ? and fence = ?",
        )
        .bind(instant)
        .bind(&self.name)
        .bind(&self.holder)
        .bind(self.fence)
        .expect_rows(1)
        .label("lease")
    }
}
