//! Files come into a draft, are known by name, and stay as they are once it is out.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use crate::vendor::on_each;

#[test]
fn a_build_server_sends_a_file_with_one_request() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        let name = "Acme-1.0.0-x64-setup.exe";
        let file = vendor.send(&release, name, b"abc").expect(200).json();
        assert_eq!(file["piattaforma"], "windows");
        assert_eq!(file["architettura"], "x86_64");
        assert_eq!(file["formato"], "nsis");
        assert_eq!(file["dimensione"], 3);
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(file["sha256"], sha256);
        let again = vendor.send(&release, name, b"abcd").expect(200).json();
        assert_ne!(again["id"], file["id"], "it took the place of the first");
        let path = format!("/api/admin/rilasci/{release}/file");
        let all = vendor.client.get(&path).expect(200).json();
        assert_eq!(all.as_array().map(Vec::len), Some(1));

        let other = format!("{path}/notes.txt?piattaforma=linux&formato=nope");
        let body = || Some(("application/octet-stream", Body::from("x")));
        let problem = vendor.client.send(Method::PUT, &other, body()).expect(422);
        assert_eq!(problem.problem(), "posto_sconosciuto");
        let plain = vendor.client.send(Method::PUT, &format!("{path}/a%20b.exe"), body());
        assert_eq!(plain.expect(422).problem(), "nome_file");
        vendor.client.delete(&format!("{path}/{name}")).expect(204);
        assert_eq!(vendor.client.get(&path).expect(200).json(), json!([]));
    });
}

#[test]
fn what_says_something_about_a_file_belongs_to_it() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        let early = vendor.send(&release, "Acme.exe.sig", b"?").expect(422);
        assert_eq!(early.problem(), "file_mancante");
        vendor.send(&release, "Acme.exe", b"program").expect(200);
        let wrong = vendor.send(&release, "Acme.exe.sig", b"no signature").expect(422);
        assert_eq!(wrong.problem(), "firma_illeggibile");
        vendor.send(&release, "Acme.exe.blockmap", b"map").expect(200);
        let sql = "select count(*) from update_server_artifact where blockmap_id is not null";
        assert_eq!(vendor.harness.scalar(sql, []), 1);
    });
}

#[test]
fn a_person_uploads_files_and_looks_at_them() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        let path = format!("/crm/releases/{release}/files");
        let part = |name: &str, content: &str| {
            format!(
                "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n{content}\r\n"
            )
        };
        let send = |parts: String| {
            let body = Body::from(format!("{parts}--xx--\r\n"));
            let form = Some(("multipart/form-data; boundary=xx", body));
            vendor.client.send(Method::POST, &path, form)
        };
        // What belongs to another file may come before it.
        let parts = part("Acme-1.0.0.exe.blockmap", "map") + &part("C:\\new\\Acme-1.0.0.exe", "x");
        send(parts).expect(303);
        let html = vendor.client.get(&path).expect(200).html().to_owned();
        assert!(html.contains("Acme-1.0.0.exe"));
        assert!(send(part("a b.exe", "x")).expect(422).html().contains("Rename the file"));
        assert!(send(String::new()).expect(422).html().contains("Choose at least one file"));

        let rows = vendor.harness.rows("select artifact_id from update_server_artifact", []);
        let file = rows[0]["artifact_id"].as_str().expect("an id");
        let page = format!("/crm/release-files/{file}");
        assert!(!vendor.client.get(&page).expect(200).html().contains('⟦'));
        assert_eq!(vendor.client.get(&format!("{page}/content")).expect(200).bytes.as_ref(), b"x");
        let form = [
            ("piattaforma", "windows"),
            ("architettura", "aarch64"),
            ("formato", "exe"),
            ("minisign", "?"),
        ];
        vendor.client.post_form(&page, &form).expect(422);
        vendor.client.post_form(&page, &form[..3]).expect(303);
        let sql = "select count(*) from update_server_artifact where architecture = 'aarch64'";
        assert_eq!(vendor.harness.scalar(sql, []), 1);
        vendor.client.post_form(&format!("{page}/remove"), &[]).expect(303);
        vendor.client.get(&page).expect(404);
    });
}

#[test]
fn the_files_of_a_published_release_stay() {
    on_each(|vendor| {
        let release = vendor.released("1.0.0", &["stable"]);
        let name = "Acme-1.0.0-setup.exe";
        assert_eq!(vendor.send(&release, name, b"evil").expect(409).problem(), "rilascio_uscito");
        let path = format!("/api/admin/rilasci/{release}/file/{name}");
        vendor.client.delete(&path).expect(409);
        vendor.client.patch_json(&path, json!({ "formato": "msi" })).expect(409);
        assert_eq!(vendor.read(&release)["file"][0]["formato"], "nsis");
    });
}
