//! The jobs this process runs, with what proves that they are its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plugin_api::lent::Progress;
use plugin_api::{Fault, FaultKind};

use crate::work::Wake;

/// Progress is written no more often than this, milliseconds.
const SPARING: i64 = 250;

/// The jobs this process runs, and the bell of their runner.
#[derive(Clone, Default)]
pub struct Jobs {
    running: Arc<Mutex<HashMap<String, Running>>>,
    cut_off: Arc<Mutex<Vec<(String, String)>>>,
    pub(super) bell: Wake,
}

struct Running {
    token: String,
    progress: Progress,
    written_at: i64,
    stopping: bool,
}

/// A job that runs, until dropped.
pub(super) struct Entry {
    jobs: Jobs,
    job_id: String,
    finished: bool,
}

impl Jobs {
    /// Says that a job was queued.
    pub fn wake(&self) {
        self.bell.wake();
    }

    pub(super) fn enter(&self, job_id: &str, token: &str) -> Entry {
        let progress = Progress { done: 0, total: 0, message: String::new() };
        let running = Running { token: token.to_owned(), progress, written_at: 0, stopping: false };
        locked(&self.running).insert(job_id.to_owned(), running);
        Entry { jobs: self.clone(), job_id: job_id.to_owned(), finished: false }
    }

    /// Remembers how far a job is; the token when that should be written now.
    pub(super) fn note(&self, job_id: &str, progress: &Progress, now: i64) -> Option<String> {
        let mut all = locked(&self.running);
        let running = all.get_mut(job_id)?;
        running.progress = progress.clone();
        let whole = progress.total > 0 && progress.done >= progress.total;
        if !whole && now - running.written_at < SPARING {
            return None;
        }
        running.written_at = now;
        Some(running.token.clone())
    }

    pub(super) fn stopping(&self, job_id: &str) {
        if let Some(running) = locked(&self.running).get_mut(job_id) {
            running.stopping = true;
        }
    }

    /// Whether the job was told to stop; a fault when none of this id runs here.
    pub(super) fn is_stopping(&self, job_id: &str) -> Result<bool, Fault> {
        let all = locked(&self.running);
        let running = all.get(job_id).ok_or_else(|| {
            Fault::new(FaultKind::Refused, "only a job that is running has progress").about(job_id)
        })?;
        Ok(running.stopping)
    }

    /// Jobs whose run was cut off, with their tokens; each is told once.
    pub(super) fn take_cut_off(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *locked(&self.cut_off))
    }
}

impl Entry {
    /// The run is over: how far it came, and whether it was told to stop.
    pub(super) fn finish(mut self) -> (Progress, bool) {
        self.finished = true;
        let running = locked(&self.jobs.running).remove(&self.job_id);
        running.map_or_else(
            || (Progress { done: 0, total: 0, message: String::new() }, false),
            |running| (running.progress, running.stopping),
        )
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        if let Some(running) = locked(&self.jobs.running).remove(&self.job_id) {
            let cut_off = (std::mem::take(&mut self.job_id), running.token);
            locked(&self.jobs.cut_off).push(cut_off);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
