//! Proxies: the same one for both clients, or an error before anything is sent.

use std::env;
use std::process::Command;

use plesk::{Error, session};

use crate::support::{AnyClient, Async, Blocking, KEY, Scheme, serve};

/// Set in the child process: the URL of the server.
const URL: &str = "PLESK_TEST_PROXIES_URL";

const VARIABLES: [&str; 9] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "REQUEST_METHOD",
];

fn print_error_of<C: AnyClient>(url: &str) {
    let error = C::builder(url).secret_key(KEY).danger_plain_http().build().and_then(|client| {
        let sent = client.send(session::Get::new());
        Ok(sent?.map(|_| ())?)
    });
    println!("error: {}", error.unwrap_err());
}

/// A child process with its own environment. Does nothing in a normal run.
#[test]
fn child() {
    if let Ok(url) = env::var(URL) {
        print_error_of::<Async>(&url);
        print_error_of::<Blocking>(&url);
    }
}

/// Returns the errors of both clients in a process with these environment variables.
fn errors_with(url: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["proxies::child", "--exact", "--nocapture"]).env(URL, url);
    for name in VARIABLES {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors: Vec<_> = printed.lines().filter_map(|line| line.strip_prefix("error: ").map(str::to_owned)).collect();
    assert_eq!(errors.len(), 2, "{printed}");
    assert!(!printed.contains("hunter2"), "{printed}");
    errors
}

#[test]
fn environment_has_the_same_meaning_for_both_clients() {
    let panel = "https://127.0.0.1:1";
    let through = "(through the proxy 127.0.0.1:2)";
    let direct = "cannot connect to 127.0.0.1:1: Connection refused";
    let proxy = "http://me:hunter2@127.0.0.1:2";
    for (url, variables, expected) in [
        (panel, &[][..], direct),
        (panel, &[("HTTPS_PROXY", proxy)][..], through),
        (panel, &[("all_proxy", "127.0.0.1:2")][..], through),
        (panel, &[("HTTP_PROXY", proxy)][..], direct),
        (panel, &[("HTTPS_PROXY", proxy), ("NO_PROXY", "10.0.0.0/8,127.0.0.0/8")][..], direct),
        (panel, &[("HTTPS_PROXY", proxy), ("NO_PROXY", "*")][..], direct),
        (panel, &[("HTTPS_PROXY", proxy), ("NO_PROXY", "10.0.0.0/8")][..], through),
        (
            "https://panel.invalid:1",
            &[("HTTPS_PROXY", proxy), ("NO_PROXY", ".panel.invalid")][..],
            "cannot connect to panel.invalid:1",
        ),
        (
            panel,
            &[("HTTPS_PROXY", "socks5://me:hunter2@127.0.0.1:2")][..],
            "cannot build the client: the proxy in the environment variable HTTPS_PROXY starts with socks5://",
        ),
        (
            panel,
            &[("HTTPS_PROXY", "https://me:hunter2@127.0.0.1:2")][..],
            "starts with https://, which is not supported",
        ),
        (panel, &[("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:many")][..], "is not a URL"),
        ("http://127.0.0.1:1", &[("HTTP_PROXY", proxy)][..], "would see the credentials"),
        ("http://127.0.0.1:1", &[("HTTP_PROXY", proxy), ("REQUEST_METHOD", "POST")][..], direct),
        ("http://127.0.0.1:1", &[("http_proxy", proxy), ("REQUEST_METHOD", "POST")][..], "would see the credentials"),
    ] {
        for error in errors_with(url, variables) {
            let is_direct = expected == direct || expected.starts_with("cannot connect");
            assert!(error.contains(expected) && !(is_direct && error.contains("proxy 1")), "{variables:?}: {error}");
        }
    }
}

fn proxy_that_cannot_be_used_is_a_setup_error<C: AnyClient>() {
    for (url, proxy, because) in [
        ("https://panel.example:8443", "socks5://me:hunter2@proxy.example", "socks5://"),
        ("https://panel.example:8443", "https://me:hunter2@proxy.example", "https://"),
        ("https://panel.example:8443", "http://me:hunter2@proxy.example:port", "not a URL"),
        ("http://panel.example:8880", "http://me:hunter2@proxy.example", "would see the credentials"),
    ] {
        let error = C::builder(url).secret_key(KEY).danger_plain_http().proxy(proxy).build().unwrap_err();
        assert!(matches!(error, Error::Setup { .. }) && error.to_string().contains(because), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

fn error_through_a_proxy_names_it<C: AnyClient>(_scheme: Scheme) {
    let proxy = serve(Scheme::Http, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    let address = proxy.url.replace("http://", "");
    let client = C::builder("panel.example").secret_key(KEY).proxy(&*address).build().unwrap();
    let error = client.send(session::Get::new()).unwrap_err();
    assert_error!(&error, Error::Connect { .. }, "cannot connect to panel.example:8443", "through the proxy");
    assert!(error.to_string().contains(&address), "{error}");
}

test_over_http_and_https!(error_through_a_proxy_names_it);

test_with_both_clients!(proxy_that_cannot_be_used_is_a_setup_error);
