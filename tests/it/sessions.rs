//! Signing in and out, and what guards the pages against other sites and bad clients.

mod cookies;
mod guards;
mod set_up;
