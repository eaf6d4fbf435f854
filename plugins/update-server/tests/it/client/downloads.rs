//! Downloads are counted, and end where they are limited.

use axum::http::Method;
use serde_json::json;

use super::{Customer, on_each};

fn counted(customer: &Customer<'_>) -> (i64, i64) {
    let sum = |column: &str| {
        let sql = format!(
            "select cast(coalesce(sum({column}), 0) as signed) from update_server_download"
        );
        customer.vendor.harness.scalar(&sql, [])
    };
    (sum("downloads"), sum("bytes"))
}

#[test]
fn what_is_sent_is_counted_by_day_file_and_licence() {
    on_each(|customer| {
        customer.two_releases();
        let path = format!("{}/files/1.1.0/Acme-1.1.0-setup.exe", customer.address());
        let part = |range: &str| customer.program().header("range", range).get(&path);
        customer.get(&path).expect(200);
        assert_eq!(counted(customer), (1, 7));
        part("bytes=2-3");
        assert_eq!(counted(customer), (1, 9));
        customer.program().send(Method::HEAD, &path, None).expect(200);
        assert_eq!(counted(customer), (1, 9));
        customer.get(&path).expect(200);
        assert_eq!(counted(customer), (2, 16));
        let rows =
            customer.vendor.harness.scalar("select count(*) from update_server_download", []);
        assert_eq!(rows, 1);
    });
}

#[test]
fn a_licence_that_had_its_part_of_a_day_waits_for_the_next() {
    on_each(|customer| {
        customer.two_releases();
        let address = customer.address();
        let path = format!("{address}/files/1.1.0/Acme-1.1.0-setup.exe");
        customer.vendor.harness.set_setting("downloads-per-day", json!(1));
        customer.get(&path).expect(200);
        let waits = customer.get(&path).expect(429);
        let seconds: i64 = waits.header("retry-after").expect("when").parse().expect("seconds");
        assert_eq!(seconds, 14 * 3600 + 1, "the rest of the day");
        customer.program().header("range", "bytes=2-").get(&path).expect(200);
        assert_eq!(customer.newest(&address), "1.1.0", "asking is free");
        customer.vendor.harness.clock().advance_days(1);
        customer.get(&path).expect(200);
    });
}
