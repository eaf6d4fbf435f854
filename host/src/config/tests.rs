//! Tests of precedence, origins, refusals and the hiding of secrets.

use std::fs;

use super::*;

fn sources(environment: &[(&str, &str)], flags: Vec<Given>) -> Sources {
    let environment =
        environment.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Sources { environment, flags, file: None }
}

fn refusal(environment: &[(&str, &str)]) -> String {
    Loaded::from(&sources(environment, Vec::new())).unwrap_err().0
}

/// A data directory whose `cockpit.toml` says `text`, as the flag `--data` would name it.
fn directory(text: &str) -> (tempfile::TempDir, Given) {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("cockpit.toml"), text).unwrap();
    let flag = Given::flag("data", "data", directory.path().to_str().unwrap());
    (directory, flag)
}

#[test]
fn each_source_outranks_the_one_before_and_is_named() {
    let (directory, data) =
        directory("[http]\nlisten = \"[::1]:1\"\nbody_limit_bytes = 2048\nmax_connections = 7\n");
    let environment = [
        ("COCKPIT_HTTP__LISTEN", "[::1]:2"),
        ("COCKPIT_HTTP__BODY_LIMIT_BYTES", "4096"),
        ("COCKPIT_COMPANY__NAME", "1984"),
        ("COCKPIT_HTTP__TRUSTED_PROXIES", "10.0.0.1, 192.168.0.0/16"),
    ];
    let flags = vec![data, Given::flag("listen", "http.listen", "[::1]:3")];
    let loaded = Loaded::from(&sources(&environment, flags)).unwrap();
    let file = directory.path().join("cockpit.toml").display().to_string();
    let origin = |key: &str| loaded.origins[key].as_str();
    let http = &loaded.config.http;
    assert_eq!((http.listen.port(), origin("http.listen")), (3, "flag --listen"));
    assert_eq!(http.body_limit_bytes, 4096);
    assert_eq!(
        origin("http.body_limit_bytes"),
        "environment variable COCKPIT_HTTP__BODY_LIMIT_BYTES"
    );
    assert_eq!((http.max_connections, origin("http.max_connections")), (7, file.as_str()));
    assert_eq!(
        (http.request_deadline_seconds, origin("http.request_deadline_seconds")),
        (30, "default")
    );
    assert_eq!(loaded.config.company.name, "1984");
    for (address, is_trusted) in [("10.0.0.1", true), ("192.168.3.3", true), ("10.0.0.2", false)] {
        assert_eq!(http.trusted_proxies.contains(&address.parse().unwrap()), is_trusted);
    }
    assert_eq!(loaded.config.plugins_directory(), directory.path().join("plugins"));
}

#[test]
fn the_reference_lists_exactly_the_settings_there_are() {
    fn keys(prefix: &str, value: &serde_json::Value, out: &mut Vec<String>) {
        match value.as_object() {
            Some(members) => members.iter().for_each(|(name, value)| {
                keys(
                    &format!("{prefix}{}{name}", if prefix.is_empty() { "" } else { "." }),
                    value,
                    out,
                );
            }),
            None => out.push(prefix.to_owned()),
        }
    }
    let mut there = Vec::new();
    keys("", &serde_json::to_value(Config::default()).unwrap(), &mut there);
    let mut listed: Vec<_> = Config::settings().map(|s| s.key.to_owned()).collect();
    there.sort();
    listed.sort();
    assert_eq!(there, listed);
    assert!(
        reference().contains("| `http.listen` | `COCKPIT_HTTP__LISTEN` | `\"127.0.0.1:8080\"` |")
    );
    assert!(reference().contains("`COCKPIT_SECRETS__KEK` or `COCKPIT_SECRETS__KEK_FILE`"));
}

#[test]
fn unknown_keys_are_refused_with_their_origin() {
    let (directory, data) = directory("[http]\nlisten = \"[::1]:1\"\nport = 3\n");
    let said = Loaded::from(&sources(&[], vec![data])).unwrap_err().0;
    let file = directory.path().join("cockpit.toml").display().to_string();
    assert!(said.starts_with(&format!("http.port in {file} is no setting")), "{said}");
    assert!(refusal(&[("COCKPIT_HTTP__PORT", "1")]).contains("COCKPIT_HTTP__PORT is no setting"));
    assert!(
        refusal(&[("COCKPIT_HTTP_LISTEN", "x")]).contains("did you mean COCKPIT_HTTP__LISTEN?")
    );
    let platform = [("COCKPIT_SERVICE_HOST", "10.0.0.1"), ("COCKPIT_TEST_MARIADB", "x")];
    assert!(Loaded::from(&sources(&platform, Vec::new())).is_ok());
}

#[test]
fn a_value_that_makes_no_sense_is_refused_with_its_origin() {
    for (name, text, expected) in [
        ("COCKPIT_HTTP__LISTEN", "here", "http.listen (environment variable COCKPIT_HTTP__LISTEN)"),
        ("COCKPIT_HTTP__MAX_CONNECTIONS", "many", "http.max_connections (environment variable"),
        ("COCKPIT_HTTP__MAX_CONNECTIONS", "0", "be at least 1 (environment variable"),
        ("COCKPIT_HTTP__BASE_PATH", "x/", "http.base_path must be empty, or begin"),
        ("COCKPIT_HTTP__PUBLIC_URL", "https://a/b", "http.public_url must be an origin"),
        ("COCKPIT_HTTP__TRUSTED_PROXIES", "10.0.0.0/99", "is no IP address and no network"),
        ("COCKPIT_LOG__FORMAT", "xml", "log.format (environment variable COCKPIT_LOG__FORMAT)"),
        ("COCKPIT_PLUGINS__TRUSTED_KEYS", "abc", "plugins.trusted_keys must hold Ed25519"),
        ("COCKPIT_SESSION__IDLE_HOURS", "-1", "session.idle_hours (environment variable"),
    ] {
        let said = refusal(&[(name, text)]);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn secrets_come_from_files_too_and_are_never_shown() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("url");
    fs::write(&path, "mysql://u:hunter2@h/d\n").unwrap();
    let path = path.to_str().unwrap();
    let environment = [("COCKPIT_DATABASE__URL_FILE", path), ("COCKPIT_SECRETS__KEK", "hunter2")];
    let loaded = Loaded::from(&sources(&environment, Vec::new())).unwrap();
    assert_eq!(loaded.config.database.url.as_ref().unwrap().expose(), "mysql://u:hunter2@h/d");
    assert_eq!(loaded.origins["database.url"], "environment variable COCKPIT_DATABASE__URL_FILE");
    let shown = format!("{loaded:?}{}{}", loaded.text(), loaded.json());
    assert!(shown.contains("(hidden)"));
    assert!(!shown.contains("hunter2"));

    let both = [("COCKPIT_DATABASE__URL_FILE", path), ("COCKPIT_DATABASE__URL", "mysql://x")];
    assert!(refusal(&both).contains("keep one"));
    assert!(refusal(&[("COCKPIT_SECRETS__KEK_FILE", "/nowhere")]).contains("cannot be read"));
    assert!(!refusal(&[("COCKPIT_DATABASE__URL", "hunter2")]).contains("hunter2"));
}

#[test]
fn a_mistake_in_the_file_names_the_line_and_quotes_no_secret() {
    let (_directory, data) = directory("[secrets]\nkek = \"hunter2\n");
    let said = Loaded::from(&sources(&[], vec![data])).unwrap_err().0;
    assert!(said.contains("line 2") && !said.contains("hunter2"), "{said}");
    let (_directory, data) = directory("[secrets]\nkek = 190919841984\n");
    let said = Loaded::from(&sources(&[], vec![data])).unwrap_err().0;
    assert!(said.contains("secrets.kek") && !said.contains("1984"), "{said}");
}

#[test]
fn a_file_cannot_move_the_directory_it_was_found_in() {
    let (_directory, data) = directory("data = \"elsewhere\"\n");
    assert!(Loaded::from(&sources(&[], vec![data])).unwrap_err().0.contains("use --data"));
}

#[test]
fn the_file_that_init_writes_is_read_and_changes_nothing() {
    let (_directory, data) = directory(&reference_file());
    let loaded = Loaded::from(&sources(&[], vec![data])).unwrap();
    assert!(Config::settings().all(|s| s.key == "data" || loaded.is_default(s.key)));
    // Every line, once its # is taken off, is a setting.
    let file = reference_file();
    let plain = file.lines().filter(|line| !line.starts_with("# "));
    let plain: Vec<_> = plain.map(|line| line.trim_start_matches('#')).collect();
    let table: toml::Table = plain.join("\n").parse().unwrap();
    let settings = table.values().filter_map(toml::Value::as_table).map(toml::Table::len);
    assert_eq!(settings.sum::<usize>() + 1, Config::settings().count());
}
