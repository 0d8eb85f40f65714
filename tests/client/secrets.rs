//! No output contains a credential or a password.
//!
//! These tests run the test program again as a child process that traces everything at the finest level,
//! including the logs of the libraries. The tests `traced`, `logged` and `logged_at_debug` are such child
//! processes; they print `Debug` and `Display` of everything too.

use std::env;
use std::process::Command;

use plesk::{Batch, Error, RetryPolicy, customer, request, session};
use plesk_sim::Sim;
use tracing_subscriber::filter::LevelFilter;

use crate::support::{AnyClient, Async, Blocking, KEY, Scheme, TRACED_SUITE, http_response, packet, serve};

/// The environment variable that is set for a child process whose output is checked.
const TRACED: &str = "PLESK_TEST_TRACED";

/// The last line of a child process that ran to its end.
const FINISHED: &str = "all of it was printed";

/// Passwords and session IDs in requests and responses. The credentials of the simulated Plesk are random, so they
/// are replaced by these.
const SECRETS: [&str; 6] = [KEY, "correct horse", "a66734b", "hunter2-password", "proxy-passw0rd", "s3tting-value"];

/// Prints every kind of success and failure in full.
fn print_everything<C: AnyClient>() {
    let print = |result: &dyn std::fmt::Debug| println!("{result:?}");
    let print_error = |error: &Error| {
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = cause {
            println!("{error} {error:?}");
            cause = error.source();
        }
    };
    let sim = Sim::start().expect("a simulated server");
    let trusted = || C::builder(sim.url()).root_certificate(sim.certificate_pem());
    let wrong = trusted().login("admin", "hunter2-password").build().unwrap();
    print_error(&wrong.send(session::Terminate::new("a66734b")).unwrap_err());
    sim.state().administrator.password = "hunter2-password".into();

    for scheme in [Scheme::Http, Scheme::Https] {
        let echo = format!("<system><status>error</status><errcode>11003</errcode><errtext>{KEY}</errtext></system>");
        let listed = "<session><get><result><status>ok</status><session><id>a66734b</id><type>admin</type>\
            <ip-address>192.0.2.1</ip-address><login>admin</login><login-time>2026-01-01T00:00:00</login-time><idle>2026-01-01T00:00:01</idle></session></result></get></session>";
        for response in [
            http_response("200 OK", &packet(listed)),
            http_response("200 OK", &packet(&echo)),
            http_response("500 Oops", &format!("<h1>{KEY}</h1>")),
            http_response("302 Found", KEY).replace("Content-Type: ", "Location: /login\r\nContent-Type: "),
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<packet>".to_owned(),
            "SSH-2.0\r\n\r\n".to_owned(),
            String::new(),
        ] {
            let server = serve(scheme, response);
            let retry = RetryPolicy::attempts(2).pauses(std::time::Duration::ZERO, std::time::Duration::ZERO);
            let builder = server.builder::<C>().retry(retry).inspect(|exchange| {
                println!("{exchange:?} {} {:?}", exchange.request(), exchange.response());
            });
            print(&builder);
            let client = builder.build().unwrap();
            let mut batch = Batch::new();
            let setting = request::RequestSettingsSetting::new("verbose").value("s3tting-value");
            batch.set_request_settings(request::RequestSettings::new([setting]));
            let get = batch.push(session::Get::new());
            let _ = batch.push(session::Terminate::new("a66734b"));
            let _ = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse")));
            print(&(&client, &batch, &get));
            println!("{} {}", batch.to_xml_redacted(), client.dry_run(&batch).unwrap());
            match client.send_batch(batch) {
                Ok(response) => print(&(&response, response.take(get))),
                Err(error) => print_error(&error),
            }
            // The server is gone, and this request may be sent again.
            print_error(&client.send(session::Get::new()).unwrap_err());
        }
    }
    let proxied =
        C::builder("https://panel.example:8443").secret_key(KEY).proxy("http://me:proxy-passw0rd@127.0.0.1:1");
    print(&proxied);
    let proxied = proxied.build().unwrap();
    print_error(&proxied.send(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse"))).unwrap_err());
    let invalid = customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse\u{1}"));
    print_error(&proxied.send(invalid).unwrap_err());
}

/// A child process with a `tracing` subscriber. Does nothing in a normal run.
#[test]
fn traced() {
    if env::var_os(TRACED).is_none() {
        return;
    }
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::stdout).init();
    print_everything::<Async>();
    print_everything::<Blocking>();
    println!("{FINISHED}");
}

/// A logger independent of `tracing` that prints everything.
struct PrintLogger;

impl log::Log for PrintLogger {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &log::Record<'_>) {
        println!("{} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

/// A child process with a logger at level TRACE. Does nothing in a normal run.
#[test]
fn logged() {
    if env::var_os(TRACED).is_none() {
        return;
    }
    log::set_boxed_logger(Box::new(PrintLogger)).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let server = serve(
        Scheme::Http,
        http_response("200 OK", &packet("<session><get><result><status>ok</status></result></get></session>")),
    );
    AnyClient::send(&server.client::<Async>(), session::Get::new()).unwrap().unwrap();
    // ureq would log all bytes, so the blocking client refuses to send.
    let error = server.client::<Blocking>().send(session::Get::new()).unwrap_err();
    assert!(
        matches!(error, Error::Setup { .. }) && error.is_unsent() && error.to_string().contains("ureq_proto"),
        "{error}"
    );
    println!("{FINISHED}");
}

/// A child process with a logger at level DEBUG, where ureq logs headers but no bytes, so that the client sends.
/// Does nothing in a normal run.
#[test]
fn logged_at_debug() {
    if env::var_os(TRACED).is_none() {
        return;
    }
    log::set_boxed_logger(Box::new(PrintLogger)).unwrap();
    log::set_max_level(log::LevelFilter::Debug);
    print_everything::<Async>();
    print_everything::<Blocking>();
    for scheme in [Scheme::Http, Scheme::Https] {
        let redirect =
            format!("HTTP/1.1 302 {KEY}\r\nLocation: /?key={KEY}\r\nX-Echo: {KEY}\r\nContent-Length: 0\r\n\r\n");
        let builder = serve(scheme, redirect).builder::<Blocking>().login("admin", "hunter2-password");
        let error = builder.secret_key(KEY).build().unwrap().send(session::Get::new()).unwrap_err();
        println!("{error} {error:?}");
        let builder = serve(scheme, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").builder::<Blocking>();
        let error = builder.login("admin", "hunter2-password").build().unwrap().send(session::Get::new()).unwrap_err();
        println!("{error} {error:?}");
    }
    println!("{FINISHED}");
}

/// Runs a test of this file in a child process and returns its output.
fn output_of(test: &str) -> String {
    let program = env::current_exe().unwrap();
    let output = Command::new(program).args([test, "--exact", "--nocapture"]).env(TRACED, "1").output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && printed.contains(FINISHED), "{printed}");
    printed.into_owned()
}

#[track_caller]
fn assert_no_secret(printed: &str) {
    let bytes: String = KEY.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
    for secret in SECRETS.into_iter().chain([&*bytes, &KEY[..12], "Y29ycmVjdCBob3JzZQ", "bWU6cHJveHktcGFzc3cwcmQ"]) {
        let line = printed.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is in: {line:?}");
    }
}

#[test]
fn traces_of_the_whole_suite_contain_no_secrets() {
    let program = env::current_exe().unwrap();
    // Injected faults and cut responses are the same few packets again and again, and the tests of this file would
    // run themselves.
    let arguments = [
        "--nocapture",
        "--skip",
        "secrets::",
        "--skip",
        "fault_injection::",
        "--skip",
        "cut_at_any_byte",
        "--skip",
        "send_each_memory::",
    ];
    let output = Command::new(program).args(arguments).env(TRACED_SUITE, "1").output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("test result: ok"), "{printed:.10000}");
    for expected in ["plesk::client", "hyper", "reqwest", "retrying", "answered", "failed"] {
        assert!(printed.contains(expected), "{expected} is not in the output");
    }
    assert_no_secret(&printed);
    for secret in ["hunter2", "aHVudGVyMg", "R&D <pass>", "<pass> & word", "s3tting"] {
        let line = printed.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is in: {line:?}");
    }
}

#[test]
fn traces_and_printed_values_contain_no_secrets() {
    let printed = output_of("secrets::traced");
    // The libraries logged too.
    for expected in ["plesk::client", "hyper", "reqwest", "retrying", "Exchange"] {
        assert!(printed.contains(expected), "{expected} is not in the output");
    }
    assert_no_secret(&printed);
}

#[test]
fn logs_at_trace_contain_no_secrets() {
    let printed = output_of("secrets::logged");
    assert!(printed.contains("reqwest"), "{printed}");
    assert_no_secret(&printed);
}

#[test]
fn logs_at_debug_contain_no_secrets() {
    let printed = output_of("secrets::logged_at_debug");
    // Headers without secrets are logged.
    for expected in ["ureq::run", "content-type", "reqwest"] {
        assert!(printed.to_lowercase().contains(expected), "{expected} is not in the output");
    }
    assert_no_secret(&printed);
}
