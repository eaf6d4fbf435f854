//! Programs of customers get their updates from the running product.

mod attacks;
mod bundle;
mod electron;
mod killed;
mod licences;
mod publish;
mod rollout;
mod rotation;
mod storage;
mod velopack;
mod words;

use cockpit_tests::{Database, Linking, Setup};

/// What an installation of electron-updater calls itself.
const INSTALLATION: &str = "6f9619ff-8b86-4011-b42d-00c04fc964ff";

#[tokio::test]
async fn clients_see_one_whole_repository_through_forty_power_cuts_on_sqlite() {
    killed::again_and_again(Setup::on(Database::Sqlite), 40).await;
}

#[tokio::test]
async fn clients_see_one_whole_repository_through_forty_more_power_cuts_on_sqlite() {
    killed::again_and_again(Setup::on(Database::Sqlite), 40).await;
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

#[tokio::test]
async fn files_are_sent_and_downloaded_in_parts() {
    storage::on_the_disk(Setup::PLAIN).await;
}

#[tokio::test]
async fn files_are_sent_and_downloaded_in_parts_by_a_loaded_library() {
    storage::on_the_disk(Setup::of(Database::Sqlite, Linking::Loaded)).await;
}

#[tokio::test]
async fn files_are_sent_and_downloaded_in_parts_from_a_bucket() {
    storage::in_a_bucket().await;
}

#[tokio::test]
async fn licences_decide_what_stock_clients_get_on_sqlite() {
    licences::decide_what_clients_get(Setup::on(Database::Sqlite)).await;
}

#[tokio::test]
async fn licences_decide_what_stock_clients_get_on_mariadb() {
    licences::decide_what_clients_get(Setup::on(Database::MariaDb)).await;
}

#[tokio::test]
async fn electron_updater_works_as_it_comes() {
    electron::works_as_it_comes().await;
}

#[tokio::test]
async fn velopack_works_as_it_comes() {
    velopack::works_as_it_comes().await;
}

#[tokio::test]
async fn tuf_clients_follow_from_root_to_root_on_sqlite() {
    rotation::roots_and_what_was_taken_back(Setup::on(Database::Sqlite)).await;
}

#[tokio::test]
async fn tuf_clients_follow_from_root_to_root_on_mariadb() {
    rotation::roots_and_what_was_taken_back(Setup::on(Database::MariaDb)).await;
}

#[tokio::test]
async fn every_client_is_told_in_its_own_words_on_sqlite() {
    words::of_each_client(Setup::on(Database::Sqlite)).await;
}

#[tokio::test]
async fn every_client_is_told_in_its_own_words_on_mariadb() {
    words::of_each_client(Setup::on(Database::MariaDb)).await;
}

#[tokio::test]
async fn tuf_clients_refuse_a_rollback() {
    attacks::rollback().await;
}

#[tokio::test]
async fn tuf_clients_refuse_a_freeze() {
    attacks::freeze().await;
}

#[tokio::test]
async fn tuf_clients_refuse_mix_and_match() {
    attacks::mix_and_match().await;
}

#[tokio::test]
async fn tuf_clients_refuse_endless_data() {
    attacks::endless_data().await;
}

#[tokio::test]
async fn tuf_clients_refuse_the_wrong_software() {
    attacks::wrong_software().await;
}

#[tokio::test]
async fn tuf_clients_refuse_what_is_forged() {
    attacks::forged().await;
}

#[tokio::test]
async fn tuf_clients_refuse_keys_below_the_threshold() {
    attacks::keys_below_the_threshold().await;
}

#[tokio::test]
async fn a_bundle_serves_machines_without_a_network_and_another_cockpit() {
    bundle::carried_to_clients_and_to_another_cockpit().await;
}

#[tokio::test]
async fn a_build_server_publishes_with_a_token_that_may_nothing_else() {
    publish::by_a_build_server().await;
}
