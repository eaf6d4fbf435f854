//! What the host lends besides the database, as the harness does it.

use axum::body::Body;
use http_body_util::BodyExt as _;
use plugin_api::lent::JobState;
use plugin_api::{Cx, Fault, FaultKind, Plugin};
use plugin_testing::{Harness, ISSUER};
use serde_json::{Value as Json, json};

use crate::tiny::{self, API, TOKEN};

/// Does one lent thing, as a service named after it.
fn lending() -> Plugin {
    tiny::unbuilt()
        .service(&call("sign"), async |cx: Cx, claims: Json| {
            let token = cx.sign(TOKEN, claims.as_object().cloned().unwrap_or_default()).await?;
            assert!(cx.verify(TOKEN, &token).await?.is_some(), "genuine");
            assert_eq!(cx.verify("other+jwt", &token).await?, None, "another type");
            assert_eq!(cx.verify(TOKEN, &token.replace('.', ".A")).await?, None, "altered");
            Ok(json!(token))
        })
        .service(&call("sign-other"), async |cx: Cx, _: Json| {
            cx.sign("other+jwt", serde_json::Map::new()).await.map(Json::from)
        })
        .service(&call("seal"), async |cx: Cx, plain: Json| {
            let sealed = cx.seal("key", plain.to_string().as_bytes()).await?;
            let again = cx.seal("key", plain.to_string().as_bytes()).await?;
            assert_ne!(sealed, again, "a nonce is used once");
            assert!(cx.open("other", &sealed).await.is_err(), "another purpose");
            let mut altered = sealed.clone();
            altered[30] ^= 1;
            assert!(cx.open("key", &altered).await.is_err(), "altered");
            let opened = cx.open("key", &sealed).await?;
            Ok(serde_json::from_slice(&opened)?)
        })
        .service(&call("mac"), async |cx: Cx, purpose: Json| {
            cx.mac(purpose.as_str().unwrap_or_default(), b"x").await.map(Json::from)
        })
        .service(&call("greeting"), async |cx: Cx, new: Json| {
            let before: String = cx.setting("greeting").await?;
            if let Some(new) = new.as_str() {
                cx.set_setting("greeting", new).await?;
            }
            assert!(cx.setting::<Json>("unknown").await.is_err());
            Ok(json!(before))
        })
        .service(&call("upload"), async |cx: Cx, _: Json| {
            let begun = cx.begin_upload_noting("a.bin", "", 10, "for what").await?;
            let id = begun.upload_id.as_str();
            assert_eq!((begun.offset, begun.note.as_str()), (0, "for what"));
            let broken = ["0123", "gone"].map(|piece| match piece {
                "gone" => Err(std::io::Error::other(piece)),
                piece => Ok(piece),
            });
            let broken = Body::from_stream(futures_util::stream::iter(broken));
            assert_eq!(cx.append_upload(id, 0, broken).await?.offset, 4, "what arrived stays");
            let twice = cx.append_upload(id, 0, Body::from("0123")).await.expect_err("elsewhere");
            assert_eq!((twice.kind, twice.subject.as_str()), (FaultKind::Conflict, "4"));
            let early = cx.finish_upload(id).await.expect_err("not all of it");
            assert_eq!(early.kind, FaultKind::Conflict);
            let long = cx.append_upload(id, 4, Body::from("0123456")).await.expect_err("too long");
            assert_eq!(long.kind, FaultKind::TooLarge);
            assert!(cx.append_upload(id, 4, Body::from("456789")).await?.is_complete());
            let info = cx.finish_upload(id).await?;
            assert_eq!((info.size, info.blob_id.as_str()), (10, id));
            let (_, body) = cx.blob(id).await?;
            let text = body.collect().await.map_err(Fault::internal)?.to_bytes();
            assert_eq!(text, "0123456789");
            assert_eq!(cx.upload(id).await.expect_err("over").kind, FaultKind::NotFound);
            let other = cx.begin_upload("b", "", 1).await?.upload_id;
            cx.abort_upload(&other).await?;
            assert!(cx.upload(&other).await.is_err(), "forgotten");
            Ok(json!("kept"))
        })
        .service(&call("blob"), async |cx: Cx, text: Json| {
            let text = text.as_str().unwrap_or_default().to_owned();
            let info = cx.put_blob("a.txt", "text/plain", Body::from(text)).await?;
            let (found, body) = cx.blob(&info.blob_id).await?;
            assert_eq!(found, info);
            let text = body.collect().await.map_err(Fault::internal)?.to_bytes();
            cx.delete_blob(&info.blob_id).await?;
            assert!(cx.blob(&info.blob_id).await.is_err(), "forgotten");
            Ok(json!({ "size": info.size, "text": String::from_utf8_lossy(&text) }))
        })
        .service(&call("live"), async |cx: Cx, topic: Json| {
            cx.live(topic.as_str().unwrap_or_default(), 7).await.map(Json::from)
        })
        .service(&call("stop"), async |cx: Cx, job_id: Json| {
            cx.cancel_job(job_id.as_str().unwrap_or_default()).await.map(Json::from)
        })
        .service(&call("sleep"), async |cx: Cx, ms: Json| {
            let ms = ms.as_u64().unwrap_or_default();
            cx.sleep(std::time::Duration::from_millis(ms)).await?;
            Ok(cx.now().into())
        })
        .build()
}

fn call(name: &'static str) -> plugin_api::contracts::Contract<Json, Json> {
    plugin_api::contracts::Contract::new(name)
}

fn harness() -> Harness {
    Harness::sqlite(lending())
}

fn ask(harness: &Harness, name: &'static str, asked: &Json) -> Result<Json, Fault> {
    harness.service(&call(name), harness.superadmin().caller(), asked)
}

#[test]
fn tokens_are_signed_for_real() {
    let harness = harness();
    let token = ask(&harness, "sign", &json!({ "sub": "a", "iss": "me" })).unwrap();
    let claims = harness.claims(TOKEN, token.as_str().unwrap()).unwrap();
    assert_eq!(claims["sub"], "a");
    assert_eq!(claims["iss"], ISSUER, "the host stamps it");
    assert_eq!(claims["iat"], harness.clock().now() / 1000);
    assert!(claims.contains_key("jti"));
    assert_eq!(harness.public_keys()["keys"].as_array().unwrap().len(), 1);
    assert_eq!(harness.claims("other+jwt", token.as_str().unwrap()), None);
    assert!(ask(&harness, "sign-other", &json!(null)).is_err(), "a type nobody described");
}

#[test]
fn sealing_and_hashing_keep_purposes_apart() {
    let harness = harness();
    assert_eq!(ask(&harness, "seal", &json!("secret")).unwrap(), json!("secret"));
    let mac = |purpose: &str| ask(&harness, "mac", &json!(purpose)).unwrap();
    assert_eq!(mac("a"), mac("a"));
    assert_ne!(mac("a"), mac("b"));
    assert_eq!(mac("a").as_array().unwrap().len(), 32);
}

#[test]
fn settings_have_their_default_until_somebody_sets_them() {
    let harness = harness();
    assert_eq!(ask(&harness, "greeting", &json!("hi")).unwrap(), "hello");
    assert_eq!(ask(&harness, "greeting", &json!(null)).unwrap(), "hi");
    harness.set_setting("greeting", "good day");
    assert_eq!(ask(&harness, "greeting", &json!(null)).unwrap(), "good day");
}

#[test]
fn an_upload_goes_on_where_it_broke_off() {
    let harness = harness();
    assert_eq!(ask(&harness, "upload", &json!(null)).unwrap(), json!("kept"));
}

#[test]
fn blobs_live_topics_and_sleep_are_faked() {
    let harness = harness();
    assert_eq!(ask(&harness, "blob", &json!("ciao")).unwrap(), json!({"size": 4, "text": "ciao"}));
    ask(&harness, "live", &json!("tiny.things")).unwrap();
    assert_eq!(harness.effects().live[0].message, 7);
    assert!(ask(&harness, "live", &json!("other.things")).is_err());
    let before = harness.clock().now();
    assert_eq!(ask(&harness, "sleep", &json!(1500)).unwrap(), before + 1500);
}

#[test]
fn a_job_that_was_stopped_does_not_run() {
    let harness = harness();
    harness.superadmin().post_json(API, json!({ "nome": "Nut" })).expect(201);
    harness.clock().advance(60_000);
    let job_id = harness.effects().jobs[0].status.job_id.clone();
    ask(&harness, "stop", &json!(job_id)).unwrap();
    assert!(harness.run_jobs().is_empty());
    assert_eq!(harness.effects().jobs[0].status.state, JobState::Cancelled);
}

#[test]
fn an_idempotency_key_writes_once() {
    Harness::on_each(tiny::plugin, |harness| {
        let client = harness.superadmin().header("idempotency-key", "k1");
        let first = client.post_json(API, json!({ "nome": "Nut" })).expect(201).json();
        assert_eq!(client.post_json(API, json!({ "nome": "Nut" })).expect(201).json(), first);
        let other = client.post_json(API, json!({ "nome": "Bolt" })).expect(422);
        assert_eq!(other.problem(), "idempotency_key_reused");
        assert_eq!(harness.scalar("select count(*) from tiny_thing", []), 1);
        harness.clock().advance_days(2);
        client.post_json(API, json!({ "nome": "Bolt" })).expect(201);
        assert_eq!(harness.scalar("select count(*) from tiny_thing", []), 2);
    });
}

#[test]
fn a_refused_request_gives_its_key_back() {
    Harness::on_each(tiny::plugin, |harness| {
        let client = harness.superadmin().header("idempotency-key", "k1");
        client.post_json(API, json!({ "nome": "forbidden" })).expect(422);
        client.post_json(API, json!({ "nome": "Nut" })).expect(201);
    });
}

#[test]
fn one_key_in_parallel_writes_once() {
    Harness::on_each(tiny::plugin, |harness| {
        let client = harness.superadmin().header("idempotency-key", "k1");
        let answers = harness.parallel(8, |_| client.post_json(API, json!({ "nome": "Nut" })));
        for answer in &answers {
            assert!(matches!(answer.status.as_u16(), 201 | 409), "{answer}");
        }
        assert_eq!(harness.scalar("select count(*) from tiny_thing", []), 1);
    });
}
