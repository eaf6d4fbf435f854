//! Registration: who came by himself waits with whoever the rules say, until somebody of his
//! validates or refuses him.

mod budget;
mod enter;
mod queue;
mod several;
mod waiting;

use plugin_api::{Access, Routes};

pub(crate) use budget::{forget, origin, spend};
pub(crate) use enter::{REGISTER, Register, register};
pub(crate) use queue::count;

use crate::domain::Customer;
use crate::rules::Known;
use crate::{VALIDATE, paths};

/// Separates the key of the codes that registrants ask with from others.
pub(crate) const CODE_PURPOSE: &str = "registration-code";

/// The pages.
pub(crate) fn routes() -> Routes {
    let validate = Access::permission(VALIDATE);
    Routes::new()
        .get(paths::WAITING, queue::handle, validate.clone())
        .get(paths::WAITING_EXPORT, queue::export, validate.clone())
        .get(paths::WAITING_SEVERAL, several::form, validate.clone())
        .post(paths::WAITING_SEVERAL, several::handle, validate.clone())
        .get(paths::WAITING_ONE, waiting::handle, validate)
}

/// What the rules may know of a customer who typed `code` and wants `product`.
pub(crate) fn received(customer: &Customer, code: String, product: String) -> Known {
    let master = &customer.details.master;
    Known { code, province: master.province.clone(), country: master.country.clone(), product }
}
