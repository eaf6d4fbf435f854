//! Black-box tests of the running product; every file is one subject.

mod access;
mod activation;
mod admin_api;
mod browser;
mod cli;
mod embedding;
mod libraries;
mod linkings;
mod mail;
mod modules;
mod moving;
mod naughty;
mod registrations;
mod scanning;
mod schemathesis;
mod sessions;
mod tidy;
mod timing;
mod updates;
