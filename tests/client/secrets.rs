//! Nothing that the suite prints holds a credential or a password.
//!
//! The suite is run once more, as a program of its own that traces everything at the finest level,
//! with the logs of the libraries below. Another program prints what it sends and gets as `Debug` and
//! `Display` too.

use std::env;
use std::process::Command;

use plesk::{Batch, Error, RetryPolicy, customer, request, session};
use plesk_sim::Sim;
use tracing_subscriber::filter::LevelFilter;

use crate::support::{Async, Blocking, KEY, Subject, TRACED_SUITE, Way, http, packet, serve};

/// Set for the program that is read.
const TRACED: &str = "PLESK_TEST_TRACED";

/// Passwords and session ids that are sent and answered. The credentials of the simulated Plesk are
/// made from these too, as they are new at each start and would have to be printed to be known.
const SECRETS: [&str; 6] = [KEY, "correct horse", "a66734b", "hunter2-password", "proxy-passw0rd", "s3tting-value"];

/// What the program prints: every kind of success and failure, in full.
fn show<S: Subject>() {
    let print = |result: &dyn std::fmt::Debug| println!("{result:?}");
    let print_error = |error: &Error| {
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = cause {
            println!("{error} {error:?}");
            cause = error.source();
        }
    };
    let sim = Sim::start().expect("a simulated server");
    let trusted = || S::builder(sim.url()).root_certificate(sim.certificate_pem());
    let wrong = trusted().login("admin", "hunter2-password").build().unwrap();
    print_error(&wrong.send(session::Terminate::new("a66734b")).unwrap_err());
    sim.state().administrator.password = "hunter2-password".into();

    for way in [Way::Plain, Way::Tls] {
        let echo = format!("<system><status>error</status><errcode>11003</errcode><errtext>{KEY}</errtext></system>");
        let listed = "<session><get><result><status>ok</status><session><id>a66734b</id><type>admin</type>\
            <ip-address>192.0.2.1</ip-address><login>admin</login><login-time>2026-01-01T00:00:00</login-time><idle>2026-01-01T00:00:01</idle></session></result></get></session>";
        for answer in [
            http("200 OK", &packet(listed)),
            http("200 OK", &packet(&echo)),
            http("500 Oops", &format!("<h1>{KEY}</h1>")),
            http("302 Found", KEY).replace("Content-Type: ", "Location: /login\r\nContent-Type: "),
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<packet>".to_owned(),
            "SSH-2.0\r\n\r\n".to_owned(),
            String::new(),
        ] {
            let server = serve(way, answer);
            let retry = RetryPolicy::attempts(2).pauses(std::time::Duration::ZERO, std::time::Duration::ZERO);
            let builder = server.builder::<S>().retry(retry).inspect(|exchange| {
                println!("{exchange:?} {} {:?}", exchange.request(), exchange.answer());
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
                Ok(reply) => print(&(&reply, reply.take(get))),
                Err(error) => print_error(&error),
            }
            // Which may be sent again, and the server is gone.
            print_error(&client.send(session::Get::new()).unwrap_err());
        }
    }
    let proxied =
        S::builder("https://panel.example:8443").secret_key(KEY).proxy("http://me:proxy-passw0rd@127.0.0.1:1");
    print(&proxied);
    let proxied = proxied.build().unwrap();
    print_error(&proxied.send(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse"))).unwrap_err());
    let invalid = customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse\u{1}"));
    print_error(&proxied.send(invalid).unwrap_err());
}

/// The program that is read; run by itself it shows nothing.
#[test]
fn traced() {
    if env::var_os(TRACED).is_none() {
        return;
    }
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::stdout).init();
    show::<Async>();
    show::<Blocking>();
    println!("the end");
}

/// A logger that is not tracing's, and shows everything.
struct ShowAll;

impl log::Log for ShowAll {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &log::Record<'_>) {
        println!("{} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

/// The other program that is read.
#[test]
fn logged() {
    if env::var_os(TRACED).is_none() {
        return;
    }
    log::set_boxed_logger(Box::new(ShowAll)).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let server = serve(
        Way::Plain,
        http("200 OK", &packet("<session><get><result><status>ok</status></result></get></session>")),
    );
    Subject::send(&server.client::<Async>(), session::Get::new()).unwrap().unwrap();
    // ureq would have all bytes logged, so that nothing is sent by it.
    let error = server.client::<Blocking>().send(session::Get::new()).unwrap_err();
    assert!(
        matches!(error, Error::Setup { .. }) && error.is_unsent() && error.to_string().contains("ureq_proto"),
        "{error}"
    );
    println!("the end");
}

/// The same with a logger at a level where ureq shows headers and no bytes: then it sends.
#[test]
fn logged_at_debug() {
    if env::var_os(TRACED).is_none() {
        return;
    }
    log::set_boxed_logger(Box::new(ShowAll)).unwrap();
    log::set_max_level(log::LevelFilter::Debug);
    show::<Async>();
    show::<Blocking>();
    for way in [Way::Plain, Way::Tls] {
        let redirect =
            format!("HTTP/1.1 302 {KEY}\r\nLocation: /?key={KEY}\r\nX-Echo: {KEY}\r\nContent-Length: 0\r\n\r\n");
        let builder = serve(way, redirect).builder::<Blocking>().login("admin", "hunter2-password");
        let error = builder.secret_key(KEY).build().unwrap().send(session::Get::new()).unwrap_err();
        println!("{error} {error:?}");
        let builder = serve(way, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").builder::<Blocking>();
        let error = builder.login("admin", "hunter2-password").build().unwrap().send(session::Get::new()).unwrap_err();
        println!("{error} {error:?}");
    }
    println!("the end");
}

/// What a test of this file prints, in a program of its own.
fn printed_by(test: &str) -> String {
    let program = env::current_exe().unwrap();
    let output = Command::new(program).args([test, "--exact", "--nocapture"]).env(TRACED, "1").output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && printed.contains("the end"), "{printed}");
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
fn nothing_that_the_suite_traces_holds_a_secret() {
    let program = env::current_exe().unwrap();
    // The ten thousand faults are the same few packets again and again, and these tests would run themselves.
    let arguments = ["--nocapture", "--skip", "secrets::", "--skip", "faults::", "--skip", "cut_at_any_byte"];
    let output = Command::new(program).args(arguments).env(TRACED_SUITE, "1").output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("test result: ok"), "{printed:.10000}");
    for heard in ["plesk::client", "hyper", "reqwest", "trying again", "answered", "failed"] {
        assert!(printed.contains(heard), "{heard} is not in what was printed");
    }
    assert_no_secret(&printed);
    for secret in ["hunter2", "aHVudGVyMg", "R&D <pass>", "<pass> & word", "s3tting"] {
        let line = printed.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is in: {line:?}");
    }
}

#[test]
fn nothing_that_is_traced_or_printed_holds_a_secret() {
    let printed = printed_by("secrets::traced");
    // The libraries below spoke too.
    for heard in ["plesk::client", "hyper", "reqwest", "trying again", "Exchange"] {
        assert!(printed.contains(heard), "{heard} is not in what was printed");
    }
    assert_no_secret(&printed);
}

#[test]
fn nothing_that_is_logged_holds_a_secret() {
    let printed = printed_by("secrets::logged");
    assert!(printed.contains("reqwest"), "{printed}");
    assert_no_secret(&printed);
}

#[test]
fn nothing_that_is_logged_at_debug_holds_a_secret() {
    let printed = printed_by("secrets::logged_at_debug");
    // It shows headers, those that hold no secret.
    for heard in ["ureq::run", "content-type", "reqwest"] {
        assert!(printed.to_lowercase().contains(heard), "{heard} is not in what was printed");
    }
    assert_no_secret(&printed);
}
