//! How long validations are kept.

use serde_json::json;

use crate::on_each;

#[test]
fn old_validations_are_forgotten_and_everything_else_kept() {
    on_each(|shop| {
        let key = shop.key(&json!({"dispositivi": 1}));
        shop.activate(&key, "pc-1").expect(200);
        shop.validate(&key, "pc-1");
        shop.validate(&key, "pc-2");
        shop.activate(&key, "pc-2").expect(409);
        shop.harness.clock().advance_days(700);
        shop.validate(&key, "pc-1");
        let caller = shop.harness.job_caller("forget-validations");
        let forget = || {
            shop.harness.call("job:forget-validations", &caller, json!(null)).expect("forgets");
        };
        forget();
        assert_eq!(shop.outcomes().len(), 5);
        shop.harness.clock().advance_days(31);
        forget();
        assert_eq!(
            shop.outcomes(),
            ["attiva attivata", "attiva limite_dispositivi", "valida valida"]
        );
        shop.harness.set_setting("log-days", 1);
        forget();
        assert_eq!(shop.outcomes(), ["attiva attivata", "attiva limite_dispositivi"]);
    });
}
