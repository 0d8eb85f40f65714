//! Twenty tasks as a script in bash, as users write them.

use std::process::Command;

use plesk_test_support::Tool;

use crate::support::{PASSWORD, Shell, err, out, start_server, status};

/// How many tasks the script has.
const TASKS: usize = 20;

#[test]
fn script_of_twenty_tasks_does_all_of_them() {
    if Command::new("jq").arg("--version").output().is_err() {
        return Tool::Jq.skip();
    }
    let shell = Shell::start();
    let second = start_server();
    shell.write("ca-2.pem", second.certificate_pem());
    let profile = |name: &str, url: &str, key: &str, ca: &str| {
        format!("[profile.{name}]\nurl = \"{url}\"\nca = \"{ca}\"\nsecret-key-command = \"echo {key}\"\n")
    };
    let config = [
        profile("first", shell.sim.url(), shell.sim.secret_key(), "ca.pem"),
        profile("gone", "https://127.0.0.1:1", "x", "ca.pem"),
        profile("lost", "https://127.0.0.1:2", "x", "ca.pem"),
        profile("second", second.url(), second.secret_key(), "ca-2.pem"),
    ];
    shell.write("config.toml", &config.concat());
    let output = shell.script(include_str!("twenty_tasks.sh")).output().expect("bash runs");
    println!("{}", out(&output));
    assert_eq!(status(&output), 0, "{}\n{}", out(&output), err(&output));
    assert_eq!(out(&output).lines().filter(|line| line.starts_with("task ")).count(), TASKS);
    assert!(!format!("{}{}", out(&output), err(&output)).contains(PASSWORD));

    let state = shell.sim.state();
    let logins: Vec<&str> = state.customers.values().map(|customer| customer.login.as_str()).collect();
    assert_eq!(logins, ["jo", "max"]);
    assert_eq!(state.databases.len(), 1);
    assert!(second.state().customers.is_empty());
}
