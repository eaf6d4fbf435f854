//! Where the pages of this plugin live, below the base path.

/// The list of licences.
pub const LICENCES: &str = "/crm/licences";
/// The list as a file.
pub const EXPORT: &str = "/crm/licences/export";
/// The form for a new licence.
pub const NEW: &str = "/crm/licences/new";
/// Makes a test key at once.
pub const QUICK: &str = "/crm/licences/quick";
/// One licence.
pub const SHOW: &str = "/crm/licences/{id}";
/// Takes a change of state.
pub const STATE: &str = "/crm/licences/{id}/state";
/// Frees a device.
pub const FREE: &str = "/crm/licences/{id}/free";
/// The licences of the customer who is looking.
pub const MY_LICENCES: &str = "/crm/my-licences";
/// The same as a file.
pub const MY_EXPORT: &str = "/crm/my-licences/export";
/// One of them.
pub const MY_LICENCE: &str = "/crm/my-licences/{id}";
/// Frees one of his devices.
pub const MY_FREE: &str = "/crm/my-licences/{id}/free";
/// The list of products.
pub const PRODUCTS: &str = "/crm/products";
/// The form for a new product.
pub const PRODUCT_NEW: &str = "/crm/products/new";
/// One product, as a form.
pub const PRODUCT: &str = "/crm/products/{id}";
/// The log of activations.
pub const LOG: &str = "/crm/activations";
/// A customer, as the plugin that keeps them shows him.
pub const CUSTOMER: &str = "/crm/customers/{id}";
/// The figures.
pub const DASHBOARD: &str = "/crm/licences/dashboard";
/// One of them as a file.
pub const DASHBOARD_EXPORT: &str = "/crm/licences/dashboard/export";
/// What customers use.
pub const USAGE: &str = "/crm/licences/usage";
/// The same as a file.
pub const USAGE_EXPORT: &str = "/crm/licences/usage/export";
/// What one customer uses.
pub const USAGE_OF: &str = "/crm/licences/usage/{id}";

/// Renews a licence.
pub const RENEW: &str = "/crm/licences/{id}/renew";
/// What renewing it would do, while somebody types.
pub const RENEW_PREVIEW: &str = "/crm/licences/{id}/renew/preview";
/// Lets it try to renew itself again.
pub const RENEW_AGAIN: &str = "/crm/licences/{id}/renew-again";
/// Takes the news that a postponed payment arrived.
pub const PAID: &str = "/crm/licences/{id}/paid";
/// What is still to be paid for licences.
pub const DUE: &str = "/crm/licences-due";
/// The same as a file.
pub const DUE_EXPORT: &str = "/crm/licences-due/export";
/// The same by customer, as the plugin that keeps the ledger shows it.
pub const DUE_BY_CUSTOMER: &str = "/crm/transactions/ageing";
/// Licences that could not renew themselves.
pub const FAILURES: &str = "/crm/failed-renewals";

/// What the custom form would issue, beside it.
pub const PREVIEW: &str = "/crm/licences/preview";
/// A licence to print or hand over, with its key.
pub const SHEET: &str = "/crm/licences/{id}/sheet";
/// Which licence is renewed.
pub const QUICK_RENEWAL: &str = "/crm/licences/renewal";
/// The quick buttons.
pub const QUICK_KEYS: &str = "/crm/quick-keys";
/// The form for a new one.
pub const QUICK_NEW: &str = "/crm/quick-keys/new";
/// Puts back those of a new cockpit.
pub const QUICK_RESTORE: &str = "/crm/quick-keys/restore";
/// One quick button, as a form.
pub const QUICK_KEY: &str = "/crm/quick-keys/{id}";
/// Moves it.
pub const QUICK_MOVE: &str = "/crm/quick-keys/{id}/move";
/// Deletes it.
pub const QUICK_DELETE: &str = "/crm/quick-keys/{id}/delete";
/// The rules on who may issue what.
pub const RIGHTS: &str = "/crm/issuing-rights";
/// The same as a file.
pub const RIGHTS_EXPORT: &str = "/crm/issuing-rights/export";
/// The form for a new rule.
pub const RIGHT_NEW: &str = "/crm/issuing-rights/new";
/// One rule, as a form.
pub const RIGHT: &str = "/crm/issuing-rights/{id}";
/// Deletes it.
pub const RIGHT_DELETE: &str = "/crm/issuing-rights/{id}/delete";
/// What the branch asked others to issue.
pub const REQUESTS: &str = "/crm/licence-requests";
/// The same as a file.
pub const REQUESTS_EXPORT: &str = "/crm/licence-requests/export";
/// Takes the custom form as a request.
pub const REQUEST_SEND: &str = "/crm/licence-requests/send";
/// One request.
pub const REQUEST_SHOW: &str = "/crm/licence-requests/{id}";
/// Issues what it asks for.
pub const REQUEST_APPROVE: &str = "/crm/licence-requests/{id}/approve";
/// Says no.
pub const REQUEST_REFUSE: &str = "/crm/licence-requests/{id}/refuse";
/// Takes it back.
pub const REQUEST_WITHDRAW: &str = "/crm/licence-requests/{id}/withdraw";
/// What one asked others to issue.
pub const MY_REQUESTS: &str = "/crm/my-requests";
/// The same as a file.
pub const MY_REQUESTS_EXPORT: &str = "/crm/my-requests/export";

/// Changes a licence.
pub const CHANGE: &str = "/crm/licences/{id}/change";
/// What that would come to, while somebody types.
pub const CHANGE_PREVIEW: &str = "/crm/licences/{id}/change/preview";
/// Makes a trial a paid licence.
pub const CONVERT: &str = "/crm/licences/{id}/convert";
/// What that would come to, while somebody types.
pub const CONVERT_PREVIEW: &str = "/crm/licences/{id}/convert/preview";
/// Gives a licence to another customer.
pub const TRANSFER: &str = "/crm/licences/{id}/transfer";

/// A path for the thing with this id.
pub fn of(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}

/// The list of bulk runs.
pub const BULK: &str = "/crm/licences/bulk";
/// The form that issues many licences.
pub const BULK_NEW: &str = "/crm/licences/bulk/new";
/// Takes licences that were ticked, to do something with them.
pub const BULK_ACT: &str = "/crm/licences/bulk/act/{id}";
/// One run: what it would do, how far it is, what became of it.
pub const BULK_RUN: &str = "/crm/licences/bulk/{id}";
/// What became of each of its licences, as a file.
pub const BULK_REPORT: &str = "/crm/licences/bulk/{id}/export";
/// The licences it issued with their keys, as a file.
pub const BULK_KEYS: &str = "/crm/licences/bulk/{id}/keys";
/// Starts it, or goes on with it.
pub const BULK_START: &str = "/crm/licences/bulk/{id}/start";
/// Stops it.
pub const BULK_STOP: &str = "/crm/licences/bulk/{id}/stop";
/// Takes back what it did.
pub const BULK_UNDO: &str = "/crm/licences/bulk/{id}/undo";
/// Forgets it before it was started.
pub const BULK_FORGET: &str = "/crm/licences/bulk/{id}/forget";

/// The list of policies.
pub const POLICIES: &str = "/crm/policies";
/// The form for a new policy.
pub const POLICY_NEW: &str = "/crm/policies/new";
/// One policy, as a form; takes a change to be tried out or kept.
pub const POLICY: &str = "/crm/policies/{id}";
/// Its versions.
pub const POLICY_VERSIONS: &str = "/crm/policies/{id}/versions";
/// The same as a file.
pub const POLICY_VERSIONS_EXPORT: &str = "/crm/policies/{id}/versions/export";
/// One version beside another.
pub const POLICY_VERSION: &str = "/crm/policies/version/{id}";
/// A run that applies a version to licences that exist.
pub const POLICY_RUN: &str = "/crm/policies/runs/{id}";

/// The products as a file.
pub const PRODUCTS_EXPORT: &str = "/crm/products/export";
/// What one product costs, by the catalogue and by every price list.
pub const PRODUCT_PRICES: &str = "/crm/products/{id}/prices";
/// The price lists.
pub const PRICE_LISTS: &str = "/crm/price-lists";
/// The form for a new one.
pub const PRICE_LIST_NEW: &str = "/crm/price-lists/new";
/// One price list, as a form.
pub const PRICE_LIST: &str = "/crm/price-lists/{id}";
/// What it says of a product.
pub const LIST_PRICES: &str = "/crm/price-lists/{id}/prices";
/// Deletes it.
pub const PRICE_LIST_DELETE: &str = "/crm/price-lists/{id}/delete";
/// How far roles may go with prices.
pub const DISCOUNTS: &str = "/crm/discounts";

/// Who holds the floating seats of a licence.
pub const SEATS: &str = "/crm/licences/{id}/seats";
/// Takes one from a device.
pub const SEAT_FREE: &str = "/crm/licences/{id}/seats/free";
/// Keeps one for somebody.
pub const SEAT_RESERVE: &str = "/crm/licences/{id}/seats/reserve";
/// Keeps it no longer.
pub const SEAT_UNRESERVE: &str = "/crm/licences/{id}/seats/unreserve";
/// How much of the modules of a licence was used.
pub const METERS: &str = "/crm/licences/{id}/meters";
/// The uses that were noted, as a file.
pub const METERS_EXPORT: &str = "/crm/licences/{id}/meters/export";
/// Corrects what was counted.
pub const METER_CORRECT: &str = "/crm/licences/{id}/meters/correct";

/// Why a device is let in or refused.
pub const WHY: &str = "/crm/licences/{id}/why";
/// Names a person to a licence, or takes his seat.
pub const USERS: &str = "/crm/licences/{id}/users";
/// Believes a device again that was suspected to have a clone.
pub const CLONE: &str = "/crm/licences/{id}/clone";
/// Lets the exchanges of devices so far count no more.
pub const TRANSFERS: &str = "/crm/licences/{id}/transfers";
/// Licences whose use looks suspicious.
pub const SUSPICIOUS: &str = "/crm/suspicious";
/// What looks suspicious about one.
pub const SUSPICION: &str = "/crm/suspicious/{id}";
/// Dismisses it.
pub const SUSPICION_DISMISS: &str = "/crm/suspicious/{id}/dismiss";

/// Where requests of machines without a network are brought to be answered; the QR code of a machine
/// leads here with `?r=`.
pub const OFFLINE: &str = "/crm/offline";
/// Answers one.
pub const OFFLINE_ANSWER: &str = "/crm/offline/answer";
/// Those that were answered.
pub const OFFLINE_REQUESTS: &str = "/crm/offline/requests";
/// The same as a file.
pub const OFFLINE_EXPORT: &str = "/crm/offline/requests/export";
/// One of them, with its answer.
pub const OFFLINE_SHOW: &str = "/crm/offline/requests/{id}";
/// The answer as a file.
pub const OFFLINE_FILE: &str = "/crm/offline/requests/{id}/file";
/// Frees the seat of a machine that gave up its key.
pub const OFFLINE_FREE: &str = "/crm/offline/requests/{id}/free";

/// Imports of licences.
pub const IMPORT: &str = "/crm/licences/import";
/// One of them.
pub const IMPORT_ONE: &str = "/crm/licences/import/{id}";
/// Keys of the system used before.
pub const LEGACY_KEYS: &str = "/crm/legacy-keys";
/// One of them.
pub const LEGACY_KEY: &str = "/crm/legacy-keys/{id}";
/// Revokes it.
pub const LEGACY_KEY_REVOKE: &str = "/crm/legacy-keys/{id}/revoke";
