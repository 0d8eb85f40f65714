//! The help, the man page, and searching the description.

use std::process::{Command, Stdio};

use plesk_test_support::Tool;

use crate::support::{Shell, err, out, status};

const COMMANDS: [&str; 8] = ["describe", "send", "login", "sim", "check", "format", "completions", "man"];

/// The width of a terminal that everybody has.
const WIDTH: usize = 80;

#[test]
fn help_of_every_command_fits_80_columns() {
    let shell = Shell::start();
    let mut helps = vec![vec!["--help"], vec!["-h"]];
    helps.extend(COMMANDS.iter().flat_map(|command| [vec![*command, "--help"], vec![*command, "-h"]]));
    for arguments in helps {
        for columns in ["200", "80"] {
            let output = shell.command(&arguments).env("COLUMNS", columns).output().expect("the command runs");
            assert_eq!(status(&output), 0, "{arguments:?}");
            assert!(out(&output).contains("Usage: plesk"), "{arguments:?}");
            let wide = out(&output).lines().find(|line| line.chars().count() > WIDTH);
            assert_eq!(wide, None, "{arguments:?}");
        }
    }
    let text = shell.run(&["--help"]);
    assert!(COMMANDS.iter().all(|command| out(&text).contains(&format!("  {command}"))), "{text:?}");
    assert!(!out(&text).contains("__complete"), "{text:?}");
}

#[test]
fn help_of_send_states_the_exit_status() {
    let help = Shell::start().run(&["send", "--help"]);
    for line in ["  0  every operation succeeded", "  1  a server refused an operation", "  2  nothing was done"] {
        assert!(out(&help).contains(&format!("\n{line}")), "{}", out(&help));
    }
}

#[test]
fn every_operator_is_listed_on_one_line() {
    let shell = Shell::start();
    let list = shell.run(&["describe"]);
    let rows: Vec<&str> = out(&list).lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(rows.len(), 28, "{}", out(&list));
    assert!(rows.iter().all(|row| row.chars().count() <= WIDTH && !row.starts_with("   ")), "{rows:?}");
    assert!(rows.is_sorted());
    for row in rows {
        let operator = row.split_whitespace().next().expect("a name");
        let described = shell.run(&["describe", operator]);
        assert_eq!(status(&described), 0, "{operator}");
        let wide = out(&described).lines().find(|line| line.chars().count() > WIDTH);
        assert_eq!(wide, None, "{operator}");
    }
}

#[test]
fn search_finds_operations_by_what_they_are_about() {
    let shell = Shell::start();
    for (words, operation) in [
        ("mailbox", "mail.create"),
        ("dns record", "dns.add_rec"),
        ("mailbox quota", "mail.create"),
        ("custom button", "ui.create-custombutton"),
        ("secret key", "secret_key.create"),
    ] {
        let found = shell.run(&["describe", "--search", words]);
        assert_eq!(status(&found), 0, "{words}: {found:?}");
        assert!(out(&found).contains(operation), "{words}: {}", out(&found));
    }
    let found = shell.run(&["describe", "--search", "mailbox", "--json"]);
    assert!(out(&found).lines().all(|line| line.starts_with("{\"operation\":")), "{found:?}");
    let nothing = shell.run(&["describe", "--search", "custmer"]);
    assert_eq!((status(&nothing), out(&nothing)), (1, ""));
    assert!(err(&nothing).contains("did you mean `customer`?"), "{nothing:?}");
}

#[test]
fn wrong_names_are_answered_with_similar_ones() {
    let shell = Shell::start();
    for (arguments, suggestion) in [
        (&["describe", "custmer"][..], "`customer`"),
        (&["describe", "customer.dell"], "`del`"),
        (&["describe", "add_rec"], "dns.add_rec"),
        (&["describe", "web-space.add"], "`webspace.add`"),
        (&["send", "customer.gett"], "`get`"),
        (&["send", "customer.add", "gen_inf.login=x"], "`gen_info`"),
        (&["chekc", "x"], "'check'"),
    ] {
        let output = shell.run(arguments);
        assert_eq!((status(&output), out(&output)), (2, ""), "{arguments:?}");
        assert!(err(&output).contains(suggestion), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn man_page_is_read_without_an_error() {
    let shell = Shell::start();
    let page = shell.run(&["man"]);
    assert_eq!(status(&page), 0);
    for command in COMMANDS {
        assert!(out(&page).contains(&format!("plesk\\-{command}")), "{command}");
    }
    shell.write("plesk.1", out(&page));
    let lint = Command::new("mandoc")
        .args(["-T", "lint", "-W", "error", "plesk.1"])
        .current_dir(shell.folder.path())
        .stdin(Stdio::null())
        .output();
    let Ok(lint) = lint else { return Tool::Mandoc.skip() };
    assert!(lint.status.success(), "{}", out(&lint));
    let text = Command::new("mandoc")
        .args(["-T", "utf8", "-O", "width=78", "plesk.1"])
        .current_dir(shell.folder.path())
        .output()
        .expect("mandoc runs");
    for part in ["PATH=@env:NAME", "Exit status", "--json-request"] {
        // Bold letters are written twice, with a backspace between them.
        let plain = out(&text).split('\u{8}').map(|part| part.chars().skip(1).collect::<String>());
        assert!(out(&text).contains(part) || plain.collect::<String>().contains(part), "{part}: {}", out(&text));
    }
}
