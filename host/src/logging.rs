//! Structured logs on standard error, with the request's id on every line of its span.

use std::io::IsTerminal as _;

use plugin_api::{Fault, FaultKind};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::config::Config;

/// Installs the subscriber; once per process.
pub fn start(config: &Config) -> Result<(), Fault> {
    let filter = EnvFilter::try_new(&config.log.filter)
        .map_err(|error| Fault::new(FaultKind::Invalid, format!("log.filter: {error}")))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_span_events(FmtSpan::NONE)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let installed = if config.log.is_json() {
        builder.json().flatten_event(true).with_current_span(true).try_init()
    } else {
        builder.compact().try_init()
    };
    installed.map_err(Fault::internal)
}

/// The most verbose level libraries are asked for, 1 error to 5 trace: the filter decides the rest.
pub(crate) fn plugin_level(config: &Config) -> u8 {
    let filter = &config.log.filter;
    if filter.contains("trace") {
        5
    } else if filter.contains("debug") {
        4
    } else {
        3
    }
}
