//! A changed row is found, an erased one is not mistaken for one, on every database.

use plugin_api::db::{Audit, Db, Statement, Value};
use plugin_api::{Actor, Caller, Scope};

use super::{Broken, Report, sealer, statement, verify};
use crate::store::organisations::ROOT;
use crate::store::{audit as store, leases};
use crate::testing::{db, migrated};

async fn write(db: &Db, n: i64) {
    let caller = Caller {
        actor: Actor::User { id: format!("u{n}"), name: "Ada".to_owned() },
        request_id: "r".to_owned(),
        ..Caller::default()
    };
    let audit = Audit::of("licence.created", "l").named("L").after(n);
    let id = format!("00000000-0000-7000-8000-{n:012}");
    db.execute(statement(&caller, "host", &audit, n, &id, &[1; 16])).await.unwrap();
}

async fn seal_all(db: &Db) {
    let lease = leases::acquire(db, "t", "h", 0, 1000).await.unwrap().unwrap();
    while sealer::seal(db, &lease, 1).await.unwrap() > 0 {}
    db.execute(lease.release()).await.unwrap();
}

async fn broken(db: &Db) -> Option<Broken> {
    verify(db).await.unwrap().first_broken
}

#[tokio::test]
async fn a_change_of_any_column_is_found() {
    for database in migrated().await {
        let db = db(&database);
        for n in 1..=3 {
            write(&db, n).await;
        }
        let counted = |report: Report| (report.rows, report.sealed, report.first_broken);
        assert_eq!(counted(verify(&db).await.unwrap()), (3, 0, None));
        seal_all(&db).await;
        assert_eq!(counted(verify(&db).await.unwrap()), (3, 3, None));
        let texts = [
            "organisation_id",
            "actor_kind",
            "actor_id",
            "actor_name",
            "address",
            "plugin",
            "action",
            "object_id",
            "object_name",
            "request_id",
            "content",
            "salt",
            "digest",
            "chain_hash",
        ];
        let texts = texts.map(|column| (column, Value::from("x")));
        for (column, value) in texts.into_iter().chain([("at", Value::Int(9))]) {
            let before = cell(&db, column).await;
            set(&db, column, value).await;
            let found = broken(&db).await;
            assert!(
                matches!(found, Some(Broken::Link(2, _) | Broken::Content(2, _))),
                "{column}: {found:?}"
            );
            set(&db, column, before).await;
            assert_eq!(broken(&db).await, None, "{column}");
        }
    }
}

/// The cell `column` of the second row.
async fn cell(db: &Db, column: &str) -> Value {
    let sql = format!("select {column} from host_audit where chain_no = 2");
    let rows = db.rows(Statement::new(sql)).await.unwrap();
    rows.cells.into_iter().next().unwrap()
}

async fn set(db: &Db, column: &str, value: Value) {
    let sql = format!("update host_audit set {column} = ? where chain_no = 2");
    assert_eq!(db.execute(Statement::new(sql).bind_all([value])).await.unwrap(), 1);
}

#[tokio::test]
async fn a_row_that_was_taken_out_is_missed() {
    for database in migrated().await {
        let db = db(&database);
        for n in 1..=3 {
            write(&db, n).await;
        }
        seal_all(&db).await;
        let delete = |no: i64| Statement::new("delete from host_audit where chain_no = ?").bind(no);
        db.execute(delete(3)).await.unwrap();
        assert_eq!(broken(&db).await, Some(Broken::End(2, 3)));
        db.execute(delete(1)).await.unwrap();
        assert_eq!(broken(&db).await, Some(Broken::Missing(1)));
    }
}

#[tokio::test]
async fn erased_rows_still_verify_and_nothing_can_be_put_in_their_place() {
    for database in migrated().await {
        let db = db(&database);
        for n in 1..=3 {
            write(&db, n).await;
        }
        seal_all(&db).await;
        let branch = "00000000-0000-7000-8000-0000000000b0";
        let elsewhere = Audit::of("licence.created", "l").in_organisation(branch).after("Bob");
        let id = "00000000-0000-7000-8000-000000000009";
        db.execute(statement(&Caller::default(), "host", &elsewhere, 9, id, &[2; 16]))
            .await
            .unwrap();
        let nothing = Scope::nothing();
        assert_eq!(db.execute(store::erasure_of(&nothing, ROOT)).await.unwrap(), 0);
        db.execute(store::erasure_of(&Scope::everything(), branch)).await.unwrap();
        seal_all(&db).await;
        let report = verify(&db).await.unwrap();
        assert_eq!((report.rows, report.sealed, report.erased), (4, 4, 1), "{report:?}");
        assert_eq!(report.first_broken, None, "also when it was erased before it was sealed");
        let row = store::find(&db, &Scope::everything(), id).await.unwrap().unwrap();
        assert_eq!((row.actor_name.as_str(), row.content.as_str()), ("", ""));
        assert!(super::is_whole(&row));
        db.execute(store::erasure_of(&Scope::everything(), ROOT)).await.unwrap();
        assert_eq!(broken(&db).await, None);
        set(&db, "object_name", Value::from("x")).await;
        assert!(matches!(broken(&db).await, Some(Broken::Content(2, _))));
    }
}

#[tokio::test]
async fn who_lost_the_lease_seals_nothing() {
    for database in migrated().await {
        let db = db(&database);
        write(&db, 1).await;
        let old = leases::acquire(&db, "t", "old", 0, 10).await.unwrap().unwrap();
        assert_eq!(leases::acquire(&db, "t", "new", 9, 10).await.unwrap(), None);
        let new = leases::acquire(&db, "t", "new", 10, 10).await.unwrap().unwrap();
        assert!(new.fence() > old.fence());
        let fault = sealer::seal(&db, &old, 11).await.unwrap_err();
        assert!(fault.is_mismatch("lease"), "{fault}");
        assert_eq!(store::head(&db).await.unwrap().chain_no, 0);
        assert_eq!(sealer::seal(&db, &new, 11).await.unwrap(), 1);
    }
}
