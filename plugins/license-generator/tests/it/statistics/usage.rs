//! The report of what customers use.

use plugin_testing::START;
use serde_json::json;

use super::{STATISTICS, reader};
use crate::{on_each, text};

#[test]
fn what_was_issued_stands_against_what_is_used() {
    on_each(|shop| {
        assert!(reader(shop).get("/crm/licences/usage").expect(200).html().contains("No licences"));
        let licence = shop.issue(&json!({}));
        shop.activate(&text(&licence, "chiave_licenza"), "a").expect(200);
        let id = text(&licence, "id");
        let sql = |sql: &str| shop.harness.sql(sql, [id.as_str().into()]);
        sql("update license_generator_licence set seats_max = 5 where licence_id = ?");
        let day = START - START % 86_400_000;
        sql(&format!(
            "insert into license_generator_seat_peak (licence_id, day, peak) values (?, {day}, 4)"
        ));
        for (period, used) in [(1, 90), (2, 7)] {
            sql(&format!(
                "insert into license_generator_meter (licence_id, module, period_start, \
                 organisation_id, used, updated_at) values (?, 'pdf', {period}, 'x', {used}, 1)"
            ));
        }
        sql("update license_generator_licence_module set quantity_max = 100 \
             where code = 'pdf' and licence_id = ?");
        let list = reader(shop).get("/api/statistiche/utilizzo").expect(200).json();
        assert_eq!(
            list["dati"],
            json!([{ "id": shop.account.account_id, "nome": "Bianchi & Figli", "licenze": 1,
                "dispositivi_usati": 1, "dispositivi": 3, "posti_picco": 4, "posti": 5,
                "consumi": 7, "consumi_limite": 100 }])
        );
        let page = format!("/crm/licences/usage/{}", shop.account.account_id);
        let html = reader(shop).get(&page).expect(200);
        for part in ["1 / 3", "4 / 5", "pdf: 7 / 100"] {
            assert!(html.html().contains(part), "{part}: {html}");
        }
        let csv = reader(shop).get(&format!("{page}?format=csv")).expect(200);
        assert!(csv.text().contains("permanente,,1,3,4,5,pdf 7/100"), "{csv}");
        let all = reader(shop).get("/crm/licences/usage/export?format=json").expect(200).json();
        assert_eq!(all[0]["posti"], json!({ "usati": 4, "massimi": 5 }));
        let sibling = shop.sibling().with_permissions(&[STATISTICS]);
        sibling.get(&page).expect(404);
        let foreign = sibling.get("/api/statistiche/utilizzo").expect(200).json();
        assert_eq!(foreign["dati"], json!([]));
        shop.seller().get(&page).expect(403);
    });
}
