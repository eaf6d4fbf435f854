//! Programs of customers get their updates from the running product.

mod killed;
mod rollout;

use cockpit_tests::{Database, Setup};

#[tokio::test]
async fn clients_see_one_whole_repository_through_eighty_power_cuts_on_sqlite() {
    killed::again_and_again(Setup::on(Database::Sqlite), 80).await;
}

#[tokio::test]
async fn clients_see_one_whole_repository_through_twenty_power_cuts_on_mariadb() {
    killed::again_and_again(Setup::on(Database::MariaDb), 20).await;
}

#[tokio::test]
async fn ten_percent_of_ten_thousand_installations_are_ten_percent() {
    rollout::ten_percent_of_ten_thousand().await;
}

#[tokio::test]
async fn who_is_outside_gets_the_release_before_in_the_words_of_each_client() {
    rollout::in_the_words_of_each_client().await;
}
