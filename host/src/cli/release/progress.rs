//! How much of a file was sent, told to whoever watches at a terminal.

use std::io::{IsTerminal as _, Write as _};

/// One line that is written anew with each percent; nothing where nobody watches.
pub(super) struct Progress {
    name: String,
    length: u64,
    sent: u64,
    told: Option<u64>,
}

impl Progress {
    /// Of a file of `length` bytes.
    pub(super) fn of(name: &str, length: u64) -> Self {
        let told = std::io::stderr().is_terminal().then_some(u64::MAX);
        Self { name: name.to_owned(), length, sent: 0, told }
    }

    /// So many more bytes are on their way.
    pub(super) fn more(&mut self, bytes: usize) {
        self.sent = self.sent.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        let percent = self.percent();
        if self.told.is_some_and(|told| told != percent) {
            self.told = Some(percent);
            write(&format!("{}: {percent} %", self.name));
        }
    }

    fn percent(&self) -> u64 {
        self.sent.saturating_mul(100).checked_div(self.length).unwrap_or(100).min(100)
    }
}

/// From the beginning of the line, in place of what stood there.
fn write(text: &str) {
    // Who closed the terminal does not watch.
    let _ = write!(std::io::stderr(), "\r\x1b[K{text}").and_then(|()| std::io::stderr().flush());
}

impl Drop for Progress {
    /// The line is free for what is said next.
    fn drop(&mut self) {
        if self.told.is_some() {
            write("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn percent_are_of_the_whole_file() {
        let mut progress = Progress { name: String::new(), length: 300, sent: 0, told: None };
        assert_eq!(progress.percent(), 0);
        progress.more(100);
        assert_eq!(progress.percent(), 33);
        progress.more(900);
        assert_eq!(progress.percent(), 100);
        assert_eq!(Progress { name: String::new(), length: 0, sent: 0, told: None }.percent(), 100);
    }
}
