//! The API of the administration, and what wrong requests do to any part of the product.

mod bad_input;
mod customers;
mod document;
mod issuing;
mod lists;

use cockpit_tests::{Cockpit, Database, Setup};

/// Everything about the API, on one demo.
async fn everything(database: Database) {
    if !database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(Setup::on(database)).await;
    lists::a_list_is_walked_page_by_page_without_gap_or_repetition(&cockpit).await;
    lists::filters_search_and_order_work_together(&cockpit).await;
    customers::a_customer_is_entered_read_and_changed(&cockpit).await;
    customers::a_change_names_the_version_it_was_made_from(&cockpit).await;
    customers::a_request_sent_twice_enters_one_customer(&cockpit).await;
    issuing::a_licence_is_issued_for_a_customer_and_a_product(&cockpit).await;
    issuing::orders_that_make_no_sense_are_refused_field_by_field(&cockpit).await;
    bad_input::nothing_a_client_sends_is_a_fault_of_the_server(&cockpit).await;
}

#[tokio::test]
async fn the_api_keeps_its_contract_on_sqlite() {
    everything(Database::Sqlite).await;
}

#[tokio::test]
async fn the_api_keeps_its_contract_on_mariadb() {
    everything(Database::MariaDb).await;
}
