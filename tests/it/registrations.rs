//! Installations that report themselves to the running product.

mod killed;

use cockpit_tests::{Database, Setup};

#[tokio::test]
async fn what_was_acknowledged_survives_twenty_power_cuts_on_sqlite() {
    killed::twenty_times(Setup::on(Database::Sqlite)).await;
}

#[tokio::test]
async fn what_was_acknowledged_survives_twenty_power_cuts_on_mariadb() {
    killed::twenty_times(Setup::on(Database::MariaDb)).await;
}
