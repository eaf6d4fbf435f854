//! The operations for programs of the administration, each with who may call it.

use plugin_api::{Access, Routes, routes};

use super::{chiavi, distribuzioni, elenchi, pacchetto, prodotti, rilasci, uploads};
use crate::{KEYS, PUBLISH, READ, ROLLOUT};

/// All of them.
pub(crate) fn routes() -> Routes {
    let (read, publish) = (Access::permission(READ), Access::permission(PUBLISH));
    // What a build server's token can make, it can look at.
    let look = Access::AnyOf(vec![READ.to_owned(), PUBLISH.to_owned()]);
    let steer = Access::permission(ROLLOUT);
    Routes::new()
        .api(routes!(rilasci::list::handle), &look)
        .api(routes!(rilasci::create::handle), &publish)
        .api(routes!(rilasci::get::handle), &look)
        .api(routes!(rilasci::update::handle), &publish)
        .api(routes!(rilasci::delete::handle), &publish)
        .api(routes!(rilasci::files::list), &look)
        .merge(Routes::new().api(routes!(rilasci::files::put), &publish).taking_files())
        .api(routes!(rilasci::files::remove), &publish)
        .api(routes!(rilasci::sign::handle), &publish)
        .api(routes!(rilasci::publish::check), &look)
        .api(routes!(rilasci::publish::handle), &publish)
        .api(routes!(rilasci::promote::handle), &publish)
        .api(routes!(rilasci::yank::handle), &steer)
        .api(routes!(distribuzioni::list), &read)
        .api(routes!(distribuzioni::get), &read)
        .api(routes!(distribuzioni::start), &steer)
        .api(routes!(distribuzioni::steer::handle), &steer)
        .api(routes!(prodotti::get), &look)
        .api(routes!(prodotti::put), &publish)
        .api(routes!(prodotti::channel), &publish)
        .api(routes!(elenchi::put), &publish)
        .api(routes!(elenchi::delete), &publish)
        .api(routes!(pacchetto::handle), &publish)
        .merge(chiavi::routes(&Access::permission(KEYS)))
        .merge(uploads::routes())
}
