//! What the border costs: the same request to a plugin that is mounted, called over the border, and
//! loaded from a library.
//!
//! The loaded case is a host without plugins, and needs the libraries:
//! `cargo build --release -p customer-accounts-library -p license-generator-library
//! --target-dir target/libraries`, then `cargo bench -p host --no-default-features`.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use cockpit_host::config::Config;
use cockpit_host::state::State;
use cockpit_host::vendor::unlock::{self, ANY, UnlockKey};
use cockpit_host::vendor::{Purpose, pair, signature};
use criterion::{Criterion, criterion_group, criterion_main};
use http::{Request, StatusCode};
use tower::ServiceExt as _;

const LIBRARIES: [&str; 2] = ["libcustomer_accounts_library.so", "liblicense_generator_library.so"];

/// A running product whose plugins are linked one way; every other id is refused.
async fn product(folder: &Path, through_border: bool) -> Router {
    let mut config = Config::in_directory(folder);
    config.plugins.through_border = through_border;
    pair::create_missing(&config).expect("keys");
    let state = cockpit_host::start(config).await.expect("a host");
    unlock_all(&state).await;
    cockpit_host::http::router(state)
}

async fn unlock_all(state: &Arc<State>) {
    let private = pair::read(&pair::private_path(&state.config, Purpose::Unlock)).expect("a key");
    let key = UnlockKey {
        jti: "bench".into(),
        issuer: "bench".into(),
        subject: ANY.into(),
        modules: vec!["*".into()],
        issued: state.now(),
        not_before: 0,
        expires: state.now() + 86_400_000,
    };
    let cx = state.system("bench");
    let token = unlock::sign(&private, &key);
    state.registry.enter_unlock_key(&cx, state, &token).await.expect("unlocked");
}

/// Refused by the guard inside the plugin: routing and crossing, no database.
async fn ask(router: Router) {
    let request = Request::get("/api/admin/licenze").body(Body::empty()).expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

/// Libraries signed into the data directory under names of their own ids.
fn place_libraries(folder: &Path) {
    let config = Config::in_directory(folder);
    pair::create_missing(&config).expect("keys");
    let private = pair::read(&pair::private_path(&config, Purpose::Plugin)).expect("a key");
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/libraries/release");
    let target = config.plugins_directory();
    std::fs::create_dir_all(&target).expect("a folder");
    for name in LIBRARIES {
        let bytes =
            std::fs::read(built.join(name)).expect("a library, built as the file's head says");
        let told = cockpit_host::plugins::describe(&built.join(name)).expect("a plugin");
        let signed = signature::SignedLibrary {
            id: told.id,
            version: told.version,
            abi: signature::this_abi().to_owned(),
            sha256: signature::digest(&bytes),
            target: signature::this_target(),
            signed: 0,
        };
        std::fs::write(target.join(name), bytes).expect("written");
        let jws = signature::sign(&private, &signed);
        std::fs::write(target.join(format!("{name}.jws")), jws).expect("written");
    }
}

fn dispatch(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let mut group = criterion.benchmark_group("dispatch");
    let folder = || tempfile::tempdir().expect("a folder");
    // A host that has the plugins compiled in does not load libraries of the same ids.
    if cfg!(feature = "customer-accounts") {
        for (name, through_border) in [("mounted", false), ("over the border", true)] {
            let folder = folder();
            let router = runtime.block_on(product(folder.path(), through_border));
            group.bench_function(name, |bencher| {
                bencher.to_async(&runtime).iter(|| ask(router.clone()));
            });
        }
    } else {
        let folder = folder();
        place_libraries(folder.path());
        let router = runtime.block_on(product(folder.path(), false));
        group.bench_function("loaded", |bencher| {
            bencher.to_async(&runtime).iter(|| ask(router.clone()));
        });
    }
    group.finish();
}

criterion_group!(benches, dispatch);
criterion_main!(benches);
