//! A fictitious company to look around in: made once, served, and described in `demo.json`.

mod answer;
mod people;
mod probe;
mod sample;
mod secrets;
#[cfg(test)]
mod tests;
mod unlock;

use std::sync::Arc;

use plugin_api::{Cx, Scope};
use serde_json::{Map, Value};
use tokio::net::TcpListener;

use self::secrets::Secrets;
use crate::cli::{Failure, make_directory, say, started};
use crate::config::Config;
use crate::people::roles;
use crate::people::tokens::{self, NewToken};
use crate::people::users::{self, NewUser};
use crate::serve;
use crate::state::State;
use crate::store;
use crate::vendor::{VendorKeys, pair};

/// Makes what is missing, serves it until `stop` is done, and tells how to reach it as soon as it
/// answers. The file of an earlier run goes first: who waits for it waits for this server. `scale`
/// asks plugins for that many further rows.
pub(crate) async fn run(
    config: Config,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send,
    scale: Option<u32>,
) -> Result<(), Failure> {
    let at = config.http.reachable();
    let url = config.http.public_url.clone().unwrap_or_else(|| format!("http://{at}"));
    make_directory(&config.data)?;
    if !VendorKeys::load(&config)?.is_compiled_in() {
        pair::create_missing(&config)?;
    }
    let held = answer::withdraw(&config)?;
    let state = match started(config.clone()).await {
        Ok(state) => state,
        Err(failure) => {
            answer::restore(&config, held);
            return Err(failure);
        }
    };
    let cx = state.system("demo");
    let (mut secrets, is_new) = superadmin(&state, &cx).await?;
    unlock::unlock(&state, &cx, is_new).await?;
    let nodes = people::tree(&state, &cx, &mut secrets).await?;
    let url = format!("{url}{}", state.config.http.base_path);
    let samples = sample::fill(&state, &nodes, scale, &url).await?;
    people::customer(&state, &cx, &mut secrets, &nodes).await?;
    let told = describe(&url, &secrets, samples);

    let tell = async {
        if probe::answers(at).await {
            match answer::write(&state.config, &told) {
                Ok(path) => say(answer::text(&told, &path)),
                Err(failure) => tracing::error!("{}", failure.sentence()),
            }
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = serve(Arc::clone(&state), listener, stop) => {}
        () = tell => {}
    }
    Ok(())
}

/// The superadmin and the token of this demo, made at its first start.
async fn superadmin(state: &Arc<State>, cx: &Cx) -> Result<(Secrets, bool), Failure> {
    let everywhere = Scope::everything();
    let known = Secrets::read(&state.config)?;
    let is_new = known.is_none();
    if is_new && store::users::count(&cx.db(), &everywhere).await? > 0 {
        return Err(Failure::refused(format!(
            "{} holds an installation that is no demo; --data names another directory, and with \
             --database an empty database is needed",
            state.config.data.display()
        )));
    }
    let mut secrets = known.unwrap_or_else(|| Secrets::fresh(cx));
    // Kept before it is used: a password that was lost would lock everybody out.
    secrets.write(&state.config)?;
    let found = store::users::by_email(&cx.db(), &everywhere, &secrets.email).await?;
    let user_id = if let Some(user) = found {
        user.user_id
    } else {
        // A token of another database, which this directory was used with before.
        secrets.token.clear();
        let new = NewUser {
            email: secrets.email.clone(),
            name: "Ada Demo".to_owned(),
            password: secrets.password.clone(),
            roles: vec![roles::SUPERADMIN.to_owned()],
            organisation_id: String::new(),
        };
        users::create(state, cx, &new).await?
    };
    if secrets.token.is_empty() {
        let new = NewToken { user_id, name: "demo".to_owned(), ..NewToken::default() };
        (_, secrets.token) = tokens::create(state, cx, &new).await?;
        secrets.write(&state.config)?;
    }
    Ok((secrets, is_new))
}

/// The document of `demo.json`: how to get in, then what the plugins say of their samples.
fn describe(url: &str, secrets: &Secrets, samples: Map<String, Value>) -> Map<String, Value> {
    let mut told = Map::new();
    told.insert("url".to_owned(), url.into());
    told.insert(
        "superadmin".to_owned(),
        serde_json::json!({ "email": secrets.email, "password": secrets.password }),
    );
    told.insert("token".to_owned(), secrets.token.as_str().into());
    people::describe(secrets, &mut told);
    for (name, value) in samples {
        told.entry(name).or_insert(value);
    }
    told
}
