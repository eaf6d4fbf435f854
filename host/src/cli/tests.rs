//! Tests of how commands are read and how they fail.

use clap::{CommandFactory as _, Parser as _};

use super::open::failure;
use super::*;
use crate::config::Http;

#[test]
fn every_command_is_well_formed_and_takes_the_data_directory() {
    fn leaves(command: &clap::Command, path: &[String], all: &mut Vec<Vec<String>>) {
        let mut path = path.to_vec();
        path.push(command.get_name().to_owned());
        let below: Vec<_> = command.get_subcommands().collect();
        if below.is_empty() {
            all.push(path);
        } else {
            for command in below {
                leaves(command, &path, all);
            }
        }
    }
    Cli::command().debug_assert();
    let mut all = Vec::new();
    leaves(&Cli::command(), &[], &mut all);
    assert!(all.len() >= 14, "{all:?}");
    for mut arguments in all {
        arguments.extend(["--data".to_owned(), "x".to_owned()]);
        // What a command itself requires may be missing; the flag must be known.
        if let Err(error) = Cli::try_parse_from(&arguments) {
            let kind = error.kind();
            assert_ne!(kind, clap::error::ErrorKind::UnknownArgument, "{arguments:?}: {error}");
        }
    }
}

#[test]
fn every_command_teaches_by_example() {
    fn check(command: &clap::Command) {
        if command.get_subcommands().next().is_none() && command.get_name() != "help" {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example"), "{} has no example", command.get_name());
        }
        command.get_subcommands().for_each(check);
    }
    check(&Cli::command());
}

#[test]
fn a_database_in_use_says_what_to_do() {
    use plugin_api::{Fault, FaultKind};
    let busy = "another process already uses the database x; stop it first";
    let failure_of = |fault| failure("cockpit-data", fault);
    let told = failure_of(Fault::new(FaultKind::Refused, busy));
    assert_eq!(told.told().0, 75);
    assert!(told.told().1.contains("Stop it, run this again"), "{}", told.told().1);
    assert_eq!(failure_of(Fault::new(FaultKind::Refused, "wrong key")).told(), (78, "wrong key"));
    assert_eq!(failure_of(Fault::internal("x")).told(), (1, "x"));
}

#[test]
fn a_refused_user_is_told_field_by_field() {
    let error = plugin_api::FieldProblem::new("/email", "Not an address.");
    let failure = Failure::from(plugin_api::Problem::validation(vec![error]));
    assert!(failure.told().1.ends_with("\n  email: Not an address."), "{}", failure.told().1);
}

#[test]
fn an_address_for_everybody_is_reached_on_this_machine() {
    for (listened, reached) in
        [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("192.0.2.1:80", "192.0.2.1:80")]
    {
        let http = Http { listen: listened.parse().unwrap(), ..Http::default() };
        assert_eq!(http.reachable().to_string(), reached);
        assert_eq!(http.origin(), format!("http://{reached}"), "so do links in mails");
        assert_eq!(http.leads_astray(), listened != reached);
    }
}
