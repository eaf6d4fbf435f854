//! Libraries that are not what they should be: the host stays up, and the Modules page says why.

mod failing;
mod refused;
