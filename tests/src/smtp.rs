//! A real mail server of another make, killed when dropped.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::environment;

/// A running mail server.
pub struct MailServer {
    process: Child,
    folder: PathBuf,
    /// Where it listens on the loopback address.
    pub port: u16,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl MailServer {
    /// Starts one that keeps what it takes in `folder`; port 0 takes a free one. It answers only
    /// `wait` seconds after it took a mail.
    pub fn start(folder: &Path, port: u16, wait: u32) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let mut process = Command::new(environment::python())
            .arg(environment::repository().join("tests/it/smtp_server.py"))
            .arg(folder)
            .args([port.to_string(), wait.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python with aiosmtpd: tests/run.sh installs it");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its port");
        let port = line.trim().parse().unwrap_or_else(|_| panic!("no port: {line:?}"));
        Self { process, folder: folder.to_owned(), port }
    }

    /// The address a cockpit sends mails to.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// Every mail it took, in order.
    pub fn taken(&self) -> Vec<String> {
        taken(&self.folder)
    }

    /// Kills it at once.
    pub fn kill(self) {}
}

/// Every mail in a folder, in the order of the names.
pub fn taken(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "eml"));
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).expect("a mail")).collect()
}

/// The header `name` of a mail, unfolded; none when it has none or several.
pub fn header(mail: &str, name: &str) -> Option<String> {
    let (head, _) = mail.split_once("\r\n\r\n")?;
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let start = format!("{}:", name.to_lowercase());
    let mut found = unfolded.split("\r\n").filter(|line| line.to_lowercase().starts_with(&start));
    let first = found.next()?;
    found.next().is_none().then(|| first[start.len()..].trim().to_owned())
}
