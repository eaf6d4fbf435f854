//! Services, jobs and subscriptions: each is answered, whatever is asked.

use plugin_api::FaultKind;
use serde_json::Value as Json;

use super::faults::Faults;
use crate::Harness;

pub(super) fn check(harness: &Harness, faults: &mut Faults) {
    let plugin = harness.world.under_test();
    let manifest = plugin.manifest();
    let caller = harness.job_caller("conformance");
    let services = manifest.services.iter().map(|name| format!("service:{name}"));
    let events = manifest.subscriptions.iter().map(|name| format!("event:{name}"));
    let jobs = manifest.jobs.iter().map(|job| format!("job:{}", job.name));
    for name in services.chain(events).chain(jobs) {
        let answer = faults.contain(&name, || harness.call(&name, &caller, Json::Null));
        if let Some(Err(fault)) = answer {
            let is_unknown = fault.kind == FaultKind::NotFound && fault.subject == name;
            faults.check(!is_unknown, || format!("{name} is described but not answered"));
        }
    }
    for job in manifest.jobs.iter().filter(|job| job.cron.is_some()) {
        let name = format!("job:{}", job.name);
        let answer = faults.contain(&name, || harness.call(&name, &caller, Json::Null));
        if let Some(Err(fault)) = answer {
            faults.tell(format!("{name}, run by its cron expression, fails: {fault}"));
        }
    }
}
