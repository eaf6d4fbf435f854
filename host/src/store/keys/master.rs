//! The master key, sealed with the key-encryption key, and the proof that both belong to this database.
//!
//! Unscoped: keys belong to the installation.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// The proof of the master key this database was made with.
pub async fn proof(db: &Db) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Proof {
        proof: String,
    }
    let statement = Statement::new("select proof from host_key_proof where name = 'kek'");
    Ok(db.first::<Proof>(statement).await?.map(|row| row.proof))
}

/// Leaves the proof; `Unique` when there is one.
pub async fn insert_proof(db: &Db, proof: &str, now: i64) -> Result<(), Fault> {
    let statement =
        Statement::new("insert into host_key_proof (name, proof, created_at) values ('kek', ?, ?)")
            .bind(proof)
            .bind(now);
    db.execute(statement).await.map(drop)
}

/// The master key as the key-encryption key sealed it, base64; none while that one is the master key
/// itself, because it was never exchanged.
pub async fn master(db: &Db) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Master {
        sealed: String,
    }
    let statement = Statement::new("select sealed from host_master where name = 'master'");
    Ok(db.first::<Master>(statement).await?.map(|row| row.sealed))
}

/// Keeps the master key as another key-encryption key sealed it.
pub fn keep_master(sealed: &str, now: i64) -> [Statement; 2] {
    [
        Statement::new("delete from host_master where name = 'master'"),
        Statement::new(
            "insert into host_master (name, sealed, changed_at) values ('master', ?, ?)",
        )
        .bind(sealed)
        .bind(now),
    ]
}
