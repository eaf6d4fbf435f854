//! `Idempotency-Key`: claims a key or finds its answer, in the transaction of the write it guards.

use plugin_api::db::Db;
use plugin_api::lent::{OnceRequest, OnceState, StoredAnswer};
use plugin_api::time::DAY;
use plugin_api::{Actor, Caller, Fault, FaultKind};
use sha2::{Digest as _, Sha256};

use crate::store::idempotency::{self as store, Key};

/// Claims the key of `request` for `caller`, or keeps its answer when it carries one. `db` is bound
/// to the transaction of the write.
///
/// Callers with a credential of the plugin's own are one caller here; what they cannot do is read
/// each other's answers, since those take the same request.
pub async fn handle(
    db: &Db,
    plugin: &str,
    caller: &Caller,
    request: OnceRequest,
    now: i64,
) -> Result<OnceState, Fault> {
    let caller = caller_key(caller);
    let key = Key { plugin, caller: &caller, name: &request.key };
    let hash = hash(&request.request);
    if let Some(answer) = &request.answer {
        return match db.execute(store::answer(key, &hash, answer)).await? {
            1 => Ok(OnceState::Fresh),
            _ => Err(Fault::internal("an answer for a key that was not claimed")),
        };
    }
    match db.execute(store::claim(key, &hash, now)).await {
        Ok(_) => Ok(OnceState::Fresh),
        // The failed insert had no effect; on both databases the transaction goes on.
        Err(fault) if fault.kind == FaultKind::Unique => known(db, key, &hash, now).await,
        Err(fault) => Err(fault),
    }
}

async fn known(db: &Db, key: Key<'_>, hash: &str, now: i64) -> Result<OnceState, Fault> {
    // A row this transaction cannot see yet was written by one that is just ending.
    let Some(stored) = store::find(db, key).await? else { return Ok(OnceState::InFlight) };
    if stored.created_at <= now - DAY {
        let again = store::claim_again(key, stored.created_at, hash, now);
        let claimed = db.execute(again).await? == 1;
        return Ok(if claimed { OnceState::Fresh } else { OnceState::InFlight });
    }
    if stored.request_hash != hash {
        return Ok(OnceState::Different);
    }
    Ok(match (stored.status, stored.body) {
        (Some(status), Some(body)) => OnceState::Answered(StoredAnswer { status, body }),
        _ => OnceState::InFlight,
    })
}

fn caller_key(caller: &Caller) -> String {
    match &caller.actor {
        Actor::User { id, .. } => format!("user:{id}"),
        Actor::Token { id, .. } => format!("token:{id}"),
        Actor::Job { .. } => format!("job:{}", caller.job_id),
        Actor::Anonymous => "credential".to_owned(),
    }
}

fn hash(request: &str) -> String {
    plugin_api::hex(&Sha256::digest(request.as_bytes()))
}

#[cfg(test)]
mod tests {
    use plugin_api::{Cx, Problem};

    use super::*;
    use crate::work::testing::{each, user};

    fn request(key: &str, request: &str) -> OnceRequest {
        OnceRequest { key: key.to_owned(), request: request.to_owned(), answer: None }
    }

    async fn ask(
        cx: &Cx,
        plugin: &str,
        caller: &Caller,
        asked: OnceRequest,
        now: i64,
    ) -> OnceState {
        handle(&cx.db(), plugin, caller, asked, now).await.unwrap()
    }

    #[tokio::test]
    async fn a_key_is_claimed_answered_and_replayed_in_its_own_transaction() {
        for database in each().await {
            let (cx, alice, bob) = (&database.cx, user("alice"), user("bob"));
            let answer = StoredAnswer { status: 201, body: r#"{"id":1}"#.to_owned() };
            let answered: Result<(), Problem> = cx
                .transaction(|tx| {
                    let (alice, answer) = (alice.clone(), answer.clone());
                    async move {
                        let asked = request("k", "r");
                        let state = handle(&tx.db(), "p", &alice, asked.clone(), 1_000).await?;
                        assert_eq!(state, OnceState::Fresh);
                        // Claimed here, and not answered.
                        let state = handle(&tx.db(), "p", &alice, asked.clone(), 1_000).await?;
                        assert_eq!(state, OnceState::InFlight);
                        let told = OnceRequest { answer: Some(answer), ..asked };
                        handle(&tx.db(), "p", &alice, told, 1_000).await?;
                        Ok(())
                    }
                })
                .await;
            answered.unwrap();
            let again = ask(cx, "p", &alice, request("k", "r"), 2_000).await;
            assert_eq!(again, OnceState::Answered(answer));
            let other = ask(cx, "p", &alice, request("k", "other"), 2_000).await;
            assert_eq!(other, OnceState::Different);
            assert_eq!(ask(cx, "p", &bob, request("k", "r"), 2_000).await, OnceState::Fresh);
            assert_eq!(ask(cx, "q", &alice, request("k", "r"), 2_000).await, OnceState::Fresh);
            assert_eq!(ask(cx, "p", &alice, request("K", "r"), 2_000).await, OnceState::Fresh);
        }
    }

    #[tokio::test]
    async fn a_key_is_new_again_after_a_day() {
        for database in each().await {
            let (cx, alice) = (&database.cx, user("alice"));
            assert_eq!(ask(cx, "p", &alice, request("k", "r"), 0).await, OnceState::Fresh);
            assert_eq!(
                ask(cx, "p", &alice, request("k", "x"), DAY - 1).await,
                OnceState::Different
            );
            assert_eq!(ask(cx, "p", &alice, request("k", "x"), DAY).await, OnceState::Fresh);
            assert_eq!(ask(cx, "p", &alice, request("k", "x"), DAY + 1).await, OnceState::InFlight);
            assert_eq!(cx.db().execute(store::purge(DAY + 1)).await.unwrap(), 1);
        }
    }

    #[tokio::test]
    async fn what_is_rolled_back_claims_nothing() {
        for database in each().await {
            let (cx, alice) = (&database.cx, user("alice"));
            let refused: Result<(), Problem> = cx
                .transaction(|tx| {
                    let alice = alice.clone();
                    async move {
                        handle(&tx.db(), "p", &alice, request("k", "r"), 0).await?;
                        Err(Problem::conflict("refused"))
                    }
                })
                .await;
            assert_eq!(refused.unwrap_err().codice(), "refused");
            assert_eq!(ask(cx, "p", &alice, request("k", "r"), 0).await, OnceState::Fresh);
        }
    }
}
