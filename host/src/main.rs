//! The program `cockpit`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cockpit_host::cli::main()
}
