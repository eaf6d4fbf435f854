//! Programs of customers get their updates from the running product.

mod killed;

use cockpit_tests::{Database, Setup};

#[tokio::test]
async fn clients_see_one_whole_repository_through_eighty_power_cuts_on_sqlite() {
    killed::again_and_again(Setup::on(Database::Sqlite), 80).await;
}

#[tokio::test]
async fn clients_see_one_whole_repository_through_twenty_power_cuts_on_mariadb() {
    killed::again_and_again(Setup::on(Database::MariaDb), 20).await;
}
