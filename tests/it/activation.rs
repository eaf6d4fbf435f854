//! Devices take seats: the main job, in every setup.

mod contention;
mod floating;
pub(crate) mod keys;
pub(crate) mod other_libraries;
mod seats;
mod token_attacks;

use cockpit_tests::{Cockpit, Database, Linking, Setup};

/// Everything about activation, on one demo.
async fn everything(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(setup).await;
    keys::the_printed_request_activates_and_the_key_verifies(&cockpit).await;
    other_libraries::jose_reads_the_key_and_its_certificate(&cockpit).await;
    token_attacks::forged_computer_keys_are_no_keys(&cockpit).await;
    seats::a_fourth_device_is_refused_and_a_freed_seat_is_free(&cockpit).await;
    seats::refusals_have_their_codes(&cockpit).await;
    contention::fifty_at_once_take_three_seats(&cockpit).await;
    contention::one_device_fifty_times_takes_one_seat(&cockpit).await;
}

#[tokio::test]
async fn devices_take_seats_on_sqlite_compiled_in() {
    everything(Setup::of(Database::Sqlite, Linking::CompiledIn)).await;
}

#[tokio::test]
async fn devices_take_seats_on_sqlite_loaded() {
    everything(Setup::of(Database::Sqlite, Linking::Loaded)).await;
}

#[tokio::test]
async fn devices_take_seats_on_mariadb_compiled_in() {
    everything(Setup::of(Database::MariaDb, Linking::CompiledIn)).await;
}

#[tokio::test]
async fn devices_take_seats_on_mariadb_loaded() {
    everything(Setup::of(Database::MariaDb, Linking::Loaded)).await;
}

#[tokio::test]
async fn floating_seats_are_never_too_many_on_sqlite() {
    floating::never_too_many(Setup::on(Database::Sqlite)).await;
}

#[tokio::test]
async fn floating_seats_are_never_too_many_on_mariadb_with_two_hosts() {
    floating::never_too_many(Setup::on(Database::MariaDb)).await;
}
