//! Files are looked at for viruses where the host has a scanner.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use plugin_api::lent::Scan;
use plugin_testing::Answer;
use serde_json::json;

use crate::vendor::{Vendor, on_each};

const NAME: &str = "Acme-1.0.0-setup.exe";
/// A real program that does as clamdscan does.
const SCRIPT: &str =
    "if grep -q EICAR-STANDARD-ANTIVIRUS; then echo 'stream: Eicar FOUND'; exit 1; fi";

fn scanned(content: &[u8]) -> Scan {
    let mut child = Command::new("/bin/sh")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell");
    child.stdin.take().expect("its input").write_all(content).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    match output.status.code() {
        Some(0) => Scan::Clean,
        _ => Scan::Infected(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
    }
}

fn publish(vendor: &Vendor<'_>, release: &str) -> Answer {
    vendor.client.post_json(&format!("/api/admin/rilasci/{release}/pubblica"), json!({}))
}

fn told(answer: &Answer) -> (String, String) {
    let one = &answer.json()["avvisi"][0];
    let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
    (text("codice"), text("testo"))
}

#[test]
fn an_infected_file_is_not_published() {
    on_each(|vendor| {
        vendor.harness.scan_with(scanned);
        let release = vendor.draft("1.0.0", &["stable"]);
        // Taken apart, so that no scanner finds it here.
        let infected = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!"];
        vendor.send(&release, NAME, infected.concat().as_bytes()).expect(200);
        let waiting = publish(vendor, &release).expect(422);
        assert_eq!(told(&waiting).0, "controllo_in_corso");
        assert_eq!(waiting.header("retry-after"), Some("5"));
        assert_eq!(vendor.harness.run_jobs().len(), 1);
        let found = publish(vendor, &release).expect(422);
        let (code, text) = told(&found);
        assert_eq!(code, "virus");
        assert!(text.contains(NAME) && text.contains("stream: Eicar FOUND"), "{text}");
        assert_eq!(found.header("retry-after"), None, "asking again does not help");
        for language in ["en", "it"] {
            let client = vendor.client.clone().language(language);
            let page = client.get(&format!("/crm/releases/{release}/publish")).expect(200);
            assert!(page.html().contains("Eicar FOUND") && !page.html().contains('⟦'));
        }
        vendor.send(&release, NAME, b"program").expect(200);
        vendor.harness.run_jobs();
        publish(vendor, &release).expect(200);
    });
}

#[test]
fn a_scanner_that_does_not_answer_is_asked_again() {
    on_each(|vendor| {
        let works = Arc::new(AtomicBool::new(false));
        let is_working = Arc::clone(&works);
        vendor.harness.scan_with(move |_| {
            if is_working.load(Ordering::Relaxed) {
                return Scan::Clean;
            }
            Scan::Failed("no database".to_owned())
        });
        let release = vendor.draft("1.0.0", &["stable"]);
        vendor.send(&release, NAME, b"program").expect(200);
        vendor.harness.run_jobs();
        let check = format!("/api/admin/rilasci/{release}/pubblica");
        let seen = vendor.client.get(&check).expect(200).json();
        assert_eq!(seen[0]["codice"], "scansione_fallita");
        let text = seen[0]["testo"].as_str().expect("a text");
        assert!(text.contains("no database") && text.contains("Publish again"), "{text}");
        assert_eq!(vendor.harness.run_jobs().len(), 0, "looking does not ask");
        publish(vendor, &release).expect(422);
        assert_eq!(vendor.harness.run_jobs().len(), 1);
        assert_eq!(vendor.client.get(&check).expect(200).json()[0]["codice"], "scansione_fallita");
        works.store(true, Ordering::Relaxed);
        publish(vendor, &release).expect(422);
        vendor.harness.run_jobs();
        publish(vendor, &release).expect(200);
    });
}

#[test]
fn without_a_scanner_nobody_speaks_of_one() {
    on_each(|vendor| {
        let release = vendor.released("1.0.0", &["stable"]);
        assert!(vendor.harness.run_jobs().iter().all(|run| run.job != "examine-file"));
        assert_eq!(vendor.read(&release)["stato"], "pubblicato");
    });
}
