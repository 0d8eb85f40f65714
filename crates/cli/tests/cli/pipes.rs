//! Pipes whose reader leaves, and colors.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::{Shell, err, out, status};

/// Returns the exit status and the messages of a command whose reader leaves after one line.
fn first_line_only(shell: &Shell, arguments: &[&str]) -> (i32, String) {
    let mut child = shell.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut line = String::new();
    BufReader::with_capacity(16, child.stdout.take().expect("output")).read_line(&mut line).expect("a line");
    assert!(!line.is_empty());
    let output = child.wait_with_output().expect("it ends");
    (status(&output), err(&output).to_owned())
}

#[test]
fn reader_that_leaves_changes_neither_the_messages_nor_the_status() {
    let shell = Shell::start();
    for login in 0..40 {
        shell.sim.state().add_customer(&format!("customer_{login}"));
    }
    shell.write("bad.xml", "<packet/>");
    let many = vec!["bad.xml"; 2_000];
    for (arguments, expected) in [
        (&["describe", "webspace.add"][..], 0),
        (&["describe", "webspace.add", "--json"], 0),
        (&["man"], 0),
        (&["completions", "bash"], 0),
        (&["send", "customer.get", "filter", "dataset.gen_info"], 0),
        (&["send", "customer.get", "filter", "dataset.gen_info", "--xml-answer"], 0),
        (&[&["check"], many.as_slice()].concat(), 1),
    ] {
        assert_eq!(first_line_only(&shell, arguments), (expected, String::new()), "{:?}", &arguments[..2]);
    }
}

#[test]
fn closed_streams_do_not_stop_an_operation() {
    let shell = Shell::start();
    let add = "plesk send customer.add gen_info.pname=X gen_info.login=jo gen_info.passwd=@env:PW";
    let output = shell.script(&format!("{add} >&- 2>&-")).output().expect("bash runs");
    assert_eq!(shell.sim.state().customers.len(), 1, "{output:?}");
    let output = shell.script("plesk send customer.del filter 2>&-; echo $?").output().expect("bash runs");
    assert_eq!(out(&output), "2\n");
    assert_eq!(shell.sim.state().customers.len(), 1);
}

/// The beginning of every color.
const ESCAPE: char = '\u{1b}';

#[test]
fn colors_are_only_in_pipes_if_asked_for() {
    let shell = Shell::start();
    shell.write("good.xml", "<packet><session><get/></session></packet>");
    let commands: [&[&str]; 7] = [
        &["describe"],
        &["describe", "customer.add"],
        &["--help"],
        &["send", "--help"],
        &["send", "ip.get"],
        &["send", "customer.dle"],
        &["check", "good.xml", "none.xml"],
    ];
    for arguments in commands {
        let plain = shell.run(arguments);
        let plain = format!("{}{}", out(&plain), err(&plain));
        assert!(!plain.contains(ESCAPE), "{arguments:?}: {plain}");
        let colored = shell.run(&[&["--color", "always"], arguments].concat());
        let colored = format!("{}{}", out(&colored), err(&colored));
        assert!(colored.contains(ESCAPE), "{arguments:?}: {colored}");
        assert_eq!(strip(&colored), plain, "{arguments:?}");
        for never in ["--color=never", "--color=auto"] {
            let output = shell.run(&[arguments, &[never]].concat());
            assert!(!out(&output).contains(ESCAPE) && !err(&output).contains(ESCAPE), "{arguments:?}: {output:?}");
        }
    }
}

/// Removes colors: an escape character, a bracket, and what follows up to an `m`.
fn strip(text: &str) -> String {
    let mut parts = text.split(ESCAPE);
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| part.split_once('m')).map(|(_, rest)| rest).collect::<String>()
}
