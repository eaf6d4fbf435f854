//! Several things at once: no client ever sees half of one.

use std::sync::atomic::{AtomicBool, Ordering};

use super::on_each;
use super::repository::{NO_END, Who};

#[test]
fn rounds_at_the_same_time_follow_one_another() {
    on_each(|repository| {
        repository.publish("1.0.0", "stable");
        for n in 1..6 {
            repository.place(&format!("1.{n}.0"), "stable");
        }
        let mut client = repository.trusting();
        repository.refresh(&mut client, &Who::until(NO_END)).expect("trusted");
        let failed = AtomicBool::new(false);
        repository.harness.parallel(12, |n| {
            if n % 3 == 0 {
                let mut client = repository.trusting();
                for until in [i64::from(u32::MAX), NO_END] {
                    let seen = repository.refresh(&mut client, &Who::until(until));
                    failed.fetch_or(seen.is_err(), Ordering::Relaxed);
                }
            } else {
                repository.round().expect(200);
            }
        });
        assert!(!failed.load(Ordering::Relaxed));
        assert_eq!(repository.seen(&mut client, &Who::until(NO_END)).len(), 6);
    });
}
