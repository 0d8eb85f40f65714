//! Uploads of files.

use plesk::{Error, ErrorCode, File};

use crate::support::{AnyClient, KEY, Scheme, http_response, packet, serve};

fn upload_sends_a_form_and_returns_an_outcome_for_each_file<C: AnyClient>(scheme: Scheme) {
    let response = "<upload><result><status>ok</status><name>li.sh</name><file>/usr/local/psa/tmp/li_8FZruf</file></result>\
        <result><status>error</status><errcode>1023</errcode><errtext>exceeds upload_max_filesize</errtext><name>big</name><file/></result></upload>";
    let server = serve(scheme, http_response("200 OK", &packet(response)));
    let files = [File::new("li \"x\".sh", "#!/bin/sh\n"), File::new("big", vec![0; 70_000])];
    let uploaded: Vec<_> = server.client::<C>().upload(&files).unwrap().into_iter().collect();
    assert_eq!(uploaded[0].as_ref().unwrap().file, "/usr/local/psa/tmp/li_8FZruf");
    let fault = uploaded[1].as_ref().unwrap_err();
    assert_eq!((fault.code, &*fault.body.name), (Some(ErrorCode::OPERATION_FAILED), "big"));

    let request = server.request();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("post /enterprise/control/agent.php ") && head.contains(&format!("key: {KEY}")), "{head}");
    let boundary = head.split_once("content-type: multipart/form-data; boundary=").unwrap().1.lines().next().unwrap();
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    let ["", first, second, "--\r\n"] = parts[..] else { panic!("{body}") };
    assert_eq!(
        first,
        "\r\nContent-Disposition: form-data; name=\"file1\"; filename=\"li %22x%22.sh\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n#!/bin/sh\n\r\n"
    );
    assert_eq!(second.len(), "\r\nContent-Disposition: form-data; name=\"file2\"; filename=\"big\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n".len() + 70_000);
}

fn upload_refused_or_unanswered_is_an_error<C: AnyClient>(scheme: Scheme) {
    let refused = "<system><status>error</status><errcode>1006</errcode><errtext>no</errtext></system>";
    let client = serve(scheme, http_response("200 OK", &packet(refused))).client::<C>();
    assert_error!(client.upload(&[File::new("a", "b")]).unwrap_err(), Error::System(_), "1006");
    assert_error!(client.upload(&[]).unwrap_err(), Error::EmptyBatch, "file");
    let client = serve(scheme, http_response("200 OK", &packet(""))).client::<C>();
    assert_error!(client.upload(&[File::new("a", "b")]).unwrap_err(), Error::Mismatch(_), "upload");
}

test_over_http_and_https!(
    upload_sends_a_form_and_returns_an_outcome_for_each_file,
    upload_refused_or_unanswered_is_an_error
);
