//! `/api/admin`: what the host offers to software, with the Italian names of the source documents.

mod agent;
mod token;

use plugin_api::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new().merge(agent::routes()).merge(token::routes())
}
