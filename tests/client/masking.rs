//! What messages show of a server's texts: one line, without the secrets of client and request.

use plesk::{Batch, Error, RawPacket, customer, session};

use crate::support::{AnyClient, KEY, Scheme, http_response, packet, serve};

/// The key in Base64.
const KEY_BASE64: &str = "YzBmZmVlLXNlY3JldC1rZXk";

fn refusal(text: &str) -> String {
    format!("<result><status>error</status><errcode>1019</errcode><errtext>{text}</errtext></result>")
}

fn add() -> customer::Add {
    customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse"))
}

#[track_caller]
fn assert_hidden(shown: &str) {
    for secret in [KEY, KEY_BASE64, "correct horse", "a66734b", &KEY[..9]] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
    assert!(shown.lines().count() <= 1 && !shown.contains(['\u{9b}', '\u{202e}', '\u{1b}']), "{shown:?}");
}

/// Each of these places shows a text of the server.
fn texts_of_the_server_are_shown_without_secrets<C: AnyClient>(scheme: Scheme) {
    let texts = [KEY, KEY_BASE64, "correct horse", "one\ntwo\u{9b}31m\u{202e}three"];
    for text in texts {
        let name = text.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_");
        for body in [
            packet(&format!("<customer><add>{}</add></customer>", refusal(text))),
            packet(&format!(
                "<customer><add><result><status>ok</status><id>{text}</id><guid>g</guid></result></add></customer>"
            )),
            packet(&format!("<customer><add><result><status>{text}</status></result></add></customer>")),
            packet(&format!("<system>{}</system>", refusal(text).replace("result>", "x>"))),
            packet(&format!("<system><status>error</status><errcode>1001</errcode><errtext>{text}</errtext></system>")),
            packet(&format!("<customer><{name}/></customer>")),
            format!("<{name}/>"),
            format!("<?xml version=\"1.0\" encoding=\"{text}\"?><packet/>"),
            format!("<packet><customer><add><{name}></add></customer></packet>"),
            format!("no packet: {text}"),
        ] {
            for strict in [false, true] {
                let server = serve(scheme, http_response("200 OK", &body));
                let client = server.builder::<C>().strict(strict).build().unwrap();
                let error = client.send(add()).and_then(|added| Ok(added.map(drop)?)).expect_err(&body);
                assert_hidden(&error.to_string());
                let mut cause = std::error::Error::source(&error);
                while let Some(error) = cause {
                    assert_hidden(&error.to_string());
                    cause = error.source();
                }
                assert!(!format!("{error:?}").contains("correct horse"), "{error:?}");
            }
        }
    }
}

fn headers_of_the_server_are_shown_without_secrets<C: AnyClient>(scheme: Scheme) {
    for header in ["Location: /?k=", "Content-Encoding: "] {
        for text in [KEY, "\u{202e}gnp", "\u{9b}31m"] {
            let status = if header.starts_with("Location") { "302 Found" } else { "200 OK" };
            let response = format!("HTTP/1.1 {status}\r\n{header}{text}\r\nContent-Length: 3\r\n\r\nabc");
            let error = serve(scheme, response).client::<C>().send(add()).unwrap_err();
            assert_hidden(&error.to_string());
        }
    }
}

/// The secrets of a raw packet are those that the schema defines.
fn secrets_of_a_raw_packet_are_not_shown<C: AnyClient>(scheme: Scheme) {
    let sent = "<packet><session><terminate><session-id>a66734b</session-id></terminate></session></packet>";
    let refused =
        "<system><status>error</status><errcode>1014</errcode><errtext>a66734b &#10; is bad</errtext></system>";
    let server = serve(scheme, http_response("200 OK", &packet(refused)));
    let error = server.client::<C>().send_raw(RawPacket::new(sent)).unwrap_err();
    assert_error!(&error, Error::System(_), "***", "is bad");
    assert_hidden(&error.to_string());
}

/// A fault says what it is about, also where `?` turned it into an error.
fn fault_shows_operation_object_host_and_text<C: AnyClient>(scheme: Scheme) {
    let response = "<customer><del><result><status>ok</status><id>7</id></result><result><status>error</status>\
        <errcode>1013</errcode><errtext>Client does not exist\n</errtext><filter-id>jo\n</filter-id></result></del></customer>";
    let server = serve(scheme, http_response("200 OK", &packet(response)));
    let host = server.url.split("//").last().unwrap().to_owned();
    let outcomes = server.client::<C>().send(customer::Del::new(customer::Filter::logins(["jane", "jo"]))).unwrap();
    let fault = outcomes.all_ok().unwrap_err();
    assert!(fault.is_not_found() && !fault.is_permission() && !fault.is_taken());
    assert_eq!((fault.operation(), fault.host(), fault.object()), (Some("customer/del"), Some(&*host), Some("jo\n")));
    let expected = format!("customer/del for 'jo' on {host}: error 1013: Client does not exist");
    assert_eq!(fault.to_string(), expected);
    let error = Error::from(fault);
    assert_eq!((error.to_string(), error.host()), (expected, Some(&*host)));
    assert!(error.is_not_found() && !error.is_timeout() && !error.is_connect());
}

/// A code about the whole packet or the server has the same advice wherever it is.
fn fault_with_a_code_about_the_packet_has_its_advice<C: AnyClient>(scheme: Scheme) {
    for (code, advice) in
        [(1001, "check login"), (1003, "try again later"), (1017, "no protocol version"), (11003, "IP address")]
    {
        let result = refusal("no").replace("1019", &code.to_string());
        let server =
            serve(scheme, http_response("200 OK", &packet(&format!("<customer><add>{result}</add></customer>"))));
        let fault = server.client::<C>().send(add()).unwrap().unwrap_err();
        assert!(fault.to_string().contains(advice), "{fault}");
    }
}

fn debug_of_request_settings_and_responses_shows_no_values<C: AnyClient>() {
    let setting = plesk::request::RequestSettingsSetting::new("verbose").value("s3tting-value");
    let settings = plesk::request::RequestSettings::new([setting]);
    assert!(!format!("{settings:?}").contains("s3tting"), "{settings:?}");
    let mut batch = Batch::new();
    batch.set_request_settings(settings);
    let _ = batch.push(session::Get::new());
    assert!(!batch.to_xml_redacted().contains("s3tting"));
}

test_over_http_and_https!(
    texts_of_the_server_are_shown_without_secrets,
    headers_of_the_server_are_shown_without_secrets,
    secrets_of_a_raw_packet_are_not_shown,
    fault_shows_operation_object_host_and_text,
    fault_with_a_code_about_the_packet_has_its_advice,
);

test_with_both_clients!(debug_of_request_settings_and_responses_shows_no_values);
