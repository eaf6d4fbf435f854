//! Who asked for something, kept so that a job does it as he would.

use crate::{Caller, Cx};

impl Cx {
    /// What is kept of who is asking: not where he sits.
    pub fn kept_caller(&self) -> String {
        let caller = Caller { address: None, ..self.caller().clone() };
        serde_json::to_string(&caller).unwrap_or_default()
    }

    /// Inside a job: the context with the scope, permissions, language and name of who was
    /// [kept](Self::kept_caller); without them it may do nothing. The host goes on seeing the job.
    #[must_use]
    pub fn acting_for(&self, kept: &str) -> Self {
        let caller: Caller = serde_json::from_str(kept).unwrap_or_default();
        self.acting_as(Caller {
            request_id: self.caller().request_id.clone(),
            job_id: self.caller().job_id.clone(),
            ..caller
        })
    }
}
