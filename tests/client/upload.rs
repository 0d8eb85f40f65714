//! Files for the server.

use plesk::{Error, ErrorCode, File};

use crate::support::{KEY, Subject, Way, http, packet, serve};

fn files_are_sent_as_a_form_and_answered_one_by_one<S: Subject>(way: Way) {
    let answer = "<upload><result><status>ok</status><name>li.sh</name><file>/usr/local/psa/tmp/li_8FZruf</file></result>\
        <result><status>error</status><errcode>1023</errcode><errtext>exceeds upload_max_filesize</errtext><name>big</name><file/></result></upload>";
    let server = serve(way, http("200 OK", &packet(answer)));
    let files = [File::new("li \"x\".sh", "#!/bin/sh\n"), File::new("big", vec![0; 70_000])];
    let uploaded: Vec<_> = server.client::<S>().upload(&files).unwrap().into_iter().collect();
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

fn a_refused_upload_is_a_system_error<S: Subject>(way: Way) {
    let refused = "<system><status>error</status><errcode>1006</errcode><errtext>no</errtext></system>";
    let client = serve(way, http("200 OK", &packet(refused))).client::<S>();
    assert_error!(client.upload(&[File::new("a", "b")]).unwrap_err(), Error::System(_), "1006");
    assert_error!(client.upload(&[]).unwrap_err(), Error::EmptyBatch, "file");
    let client = serve(way, http("200 OK", &packet(""))).client::<S>();
    assert_error!(client.upload(&[File::new("a", "b")]).unwrap_err(), Error::Mismatch(_), "upload");
}

suite!(files_are_sent_as_a_form_and_answered_one_by_one, a_refused_upload_is_a_system_error);
