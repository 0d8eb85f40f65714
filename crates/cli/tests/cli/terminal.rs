//! Questions, progress and colors on a terminal. `script` of util-linux makes one.

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use plesk_test_support::Tool;

use crate::support::{PASSWORD, Shell, start_server};

/// A command on a terminal of 80 columns.
struct Terminal {
    child: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
    /// Everything that appeared on the terminal.
    shown: String,
    /// The file of the terminal.
    name: String,
}

impl Terminal {
    /// Runs a command line of bash, with what `shell` has in its environment; `None` if there are no terminals here.
    fn run(shell: &Shell, line: &str, prepare: impl FnOnce(&mut Command)) -> Option<Self> {
        let version = Command::new("script").arg("--version").output();
        if !version.is_ok_and(|version| String::from_utf8_lossy(&version.stdout).contains("util-linux")) {
            Tool::Script.skip();
            return None;
        }
        let quoted = line.replace('\'', r"'\''");
        let script = format!(
            "exec timeout 60 script --quiet --return --flush --command 'tty; stty cols 80 rows 24; {quoted}' /dev/null"
        );
        let mut command = shell.script(&script);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        prepare(&mut command);
        let mut child = command.spawn().expect("script runs");
        let (input, output) = (child.stdin.take(), child.stdout.take().expect("output"));
        let mut terminal = Self { child, input, output, shown: String::new(), name: String::new() };
        terminal.expect("\n");
        terminal.name = std::mem::take(&mut terminal.shown).trim().to_owned();
        Some(terminal)
    }

    /// Waits until a text appears.
    fn expect(&mut self, text: &str) {
        let mut byte = [0];
        let mut bytes = Vec::new();
        let from = self.shown.len();
        while !String::from_utf8_lossy(&bytes).contains(text) {
            let read = self.output.read(&mut byte).expect("readable");
            let shown = String::from_utf8_lossy(&bytes);
            assert!(read == 1, "{text} did not appear: {}{shown}", &self.shown[..from]);
            bytes.push(byte[0]);
        }
        self.shown.push_str(&String::from_utf8_lossy(&bytes));
    }

    fn type_line(&mut self, line: &str) {
        let input = self.input.as_mut().expect("an open input");
        input.write_all(format!("{line}\n").as_bytes()).and_then(|()| input.flush()).expect("written");
    }

    /// Types a secret as soon as the terminal does not show what is typed.
    fn type_secret(&mut self, secret: &str) {
        let is_hidden = |name: &str| {
            let settings = Command::new("stty").args(["-a", "-F", name]).output().expect("stty runs");
            String::from_utf8_lossy(&settings.stdout).contains(" -echo ")
        };
        let start = Instant::now();
        while !is_hidden(&self.name) {
            assert!(start.elapsed() < Duration::from_secs(30), "the terminal shows what is typed: {}", self.shown);
        }
        self.type_line(secret);
    }

    /// Closes the input, which a terminal shows as its end, and waits for the command.
    fn finish(mut self) -> (i32, String) {
        self.input = None;
        let mut bytes = Vec::new();
        // The end of a terminal is an error on some systems.
        let _ = self.output.read_to_end(&mut bytes);
        self.shown.push_str(&String::from_utf8_lossy(&bytes));
        let status = self.child.wait().expect("it ends").code().expect("an exit status");
        (status, self.shown)
    }
}

fn no_change(_: &mut Command) {}

#[test]
fn deletion_of_everything_is_asked_about_on_a_terminal() {
    for (answer, expected, left) in
        [(Some("y"), 0, 0), (Some("YES"), 0, 0), (Some("n"), 2, 1), (Some(""), 2, 1), (None, 2, 1)]
    {
        let shell = Shell::start();
        shell.sim.state().add_customer("jo");
        let Some(mut terminal) = Terminal::run(&shell, "plesk send customer.del filter", no_change) else { return };
        terminal.expect("Go on? [y/N] ");
        assert!(
            terminal.shown.contains("This deletes all customers that the caller can see, on https://"),
            "{}",
            terminal.shown
        );
        assert_eq!(shell.sim.state().customers.len(), 1);
        if let Some(answer) = answer {
            terminal.type_line(answer);
        }
        let (status, shown) = terminal.finish();
        assert_eq!((status, shell.sim.state().customers.len()), (expected, left), "{answer:?}: {shown}");
        assert_eq!(shown.contains("nothing was sent"), left == 1, "{shown}");
    }
}

#[test]
fn harmless_operation_is_not_asked_about() {
    let shell = Shell::start();
    let id = shell.sim.state().add_customer("jo").id;
    let Some(terminal) = Terminal::run(&shell, &format!("plesk send customer.del filter.id={id}"), no_change) else {
        return;
    };
    let (status, shown) = terminal.finish();
    assert_eq!(status, 0, "{shown}");
    assert!(!shown.contains("Go on?") && shell.sim.state().customers.is_empty(), "{shown}");
}

#[test]
fn login_asks_for_the_key_and_for_the_pin() {
    for (answer, is_stored) in [("y", true), ("n", false)] {
        let shell = Shell::start();
        let line = "plesk login panel";
        let Some(mut terminal) = Terminal::run(&shell, line, |command| {
            command.env_remove("PLESK_SECRET_KEY").env_remove("PLESK_CA");
        }) else {
            return;
        };
        terminal.expect("Secret key for https://");
        terminal.expect(": ");
        terminal.type_secret(shell.sim.secret_key());
        terminal.expect("Its SHA-256 fingerprint is");
        terminal.expect("Go on? [y/N] ");
        terminal.type_line(answer);
        let (status, shown) = terminal.finish();
        assert_eq!(status, if is_stored { 0 } else { 2 }, "{shown}");
        assert!(!shown.contains(shell.sim.secret_key()), "{shown}");
        let config = fs::read_to_string(shell.config()).unwrap_or_default();
        assert_eq!(config.contains("pin = "), is_stored, "{config}");
        if !is_stored {
            continue;
        }
        // The profile is all that the next command needs.
        let next = shell.command_without_server(&["send", "session.get"]).output().expect("the command runs");
        assert!(next.status.success(), "{next:?}");
    }
}

#[test]
fn password_is_asked_for_without_an_echo() {
    let shell = Shell::start();
    let Some(mut terminal) = Terminal::run(&shell, "plesk send server.get_protos --json", |command| {
        command.env_remove("PLESK_SECRET_KEY").env("PLESK_LOGIN", "admin");
    }) else {
        return;
    };
    terminal.expect("Password of admin on https://");
    terminal.expect(": ");
    terminal.type_secret(shell.sim.password());
    let (status, shown) = terminal.finish();
    assert_eq!(status, 0, "{shown}");
    assert!(!shown.contains(shell.sim.password()) && shown.contains("1.6.9.1"), "{shown}");
}

#[test]
fn progress_is_shown_on_a_terminal_only() {
    let shell = Shell::start();
    for number in 0..1_000 {
        shell.write(&format!("{number}.xml"), "<packet><session><get/></session></packet>");
    }
    let Some(terminal) = Terminal::run(&shell, "plesk check *.xml > report.txt", no_change) else { return };
    let (status, shown) = terminal.finish();
    assert!(status == 0 && shown.contains("/1000 files"), "{shown}");
    let report = fs::read_to_string(shell.folder.path().join("report.txt")).expect("the report");
    assert_eq!(report.lines().filter(|line| line.ends_with(".xml: valid")).count(), 1_000);

    let piped = shell.script("plesk check *.xml 2>&1 >report.txt | cat").output().expect("bash runs");
    assert!(piped.status.success() && piped.stdout.is_empty() && piped.stderr.is_empty(), "{piped:?}");
}

#[test]
fn progress_of_many_servers_is_shown_on_a_terminal() {
    let shell = Shell::start();
    let second = start_server();
    shell.write("ca-2.pem", second.certificate_pem());
    let profile = |name: &str, url: &str, key: &str, ca: &str| {
        format!("[profile.{name}]\nurl = \"{url}\"\nca = \"{ca}\"\nsecret-key-command = \"echo {key}\"\n")
    };
    let config = [
        profile("first", shell.sim.url(), shell.sim.secret_key(), "ca.pem"),
        profile("second", second.url(), second.secret_key(), "ca-2.pem"),
    ];
    shell.write("config.toml", &config.concat());
    let Some(terminal) = Terminal::run(&shell, "plesk send server.get_protos --all", no_change) else { return };
    let (status, shown) = terminal.finish();
    assert!(status == 0 && shown.contains("/2 servers") && shown.contains("second"), "{shown}");
}

#[test]
fn colors_are_shown_on_a_terminal_unless_refused() {
    let shell = Shell::start();
    for (line, variable, is_colored) in [
        ("plesk describe customer.add", None, true),
        ("plesk describe customer.add", Some("1"), false),
        ("plesk --color never describe customer.add", None, false),
        ("plesk --color always describe customer.add", Some("1"), true),
        ("plesk send customer.dle", None, true),
        ("plesk send customer.dle", Some("1"), false),
    ] {
        let set = |command: &mut Command| {
            if let Some(value) = variable {
                command.env("NO_COLOR", value);
            }
        };
        let Some(terminal) = Terminal::run(&shell, line, set) else { return };
        let (_, shown) = terminal.finish();
        assert!(shown.contains("customer"), "{shown}");
        assert_eq!(shown.contains('\u{1b}'), is_colored, "{line}, NO_COLOR {variable:?}: {shown:?}");
    }
}

#[test]
fn output_on_a_terminal_of_80_columns_is_not_broken_within_words() {
    let shell = Shell::start();
    let mut state = shell.sim.state();
    for login in ["jo", "sam"] {
        state.add_customer(login);
    }
    drop(state);
    shell.write("bad.xml", "<packet><customer><add><gen_info><nmae>x</nmae></gen_info></add></customer></packet>");
    let long = "An extremely long name of a company that goes on and on, and then some more GmbH & Co. KG";
    let set = shell.run(&["send", "customer.set", "filter.login=jo", &format!("values.gen_info.cname={long}")]);
    assert!(set.status.success(), "{set:?}");
    for line in [
        "plesk describe",
        "plesk describe customer",
        "plesk describe customer.add",
        "plesk describe --search mailbox",
        "plesk send customer.get filter dataset.gen_info",
        "plesk send ip.get",
        "plesk send customer.add gen_info.logn=x",
        "plesk send customer.add gen_info.login=x",
        "plesk check bad.xml",
        "plesk check --explain 1014",
    ] {
        let Some(terminal) = Terminal::run(&shell, line, |command| {
            command.env("NO_COLOR", "1").env("PW", PASSWORD);
        }) else {
            return;
        };
        let (_, shown) = terminal.finish();
        let wide = shown.lines().find(|line| line.trim_end().chars().count() > 80);
        assert_eq!(wide, None, "{line}");
        assert!(!shown.trim().is_empty(), "{line}");
    }
}
