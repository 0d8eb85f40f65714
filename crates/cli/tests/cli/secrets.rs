//! No secret appears in an output, a trace, a list of processes, or a file that others can read.

#[cfg(target_os = "linux")]
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::{PASSWORD, Shell, err, out, status};

/// Everything that the commands of a day need, with their exit status. `PW` has the password of accounts.
const COMMANDS: &[(&str, i32)] = &[
    ("plesk login panel", 0),
    ("plesk send customer.add gen_info.pname=X gen_info.login=jo gen_info.passwd=@env:PW", 0),
    ("plesk send customer.add gen_info.pname=X gen_info.login=jo gen_info.passwd=@env:PW", 1),
    ("printenv PW | plesk send customer.add gen_info.pname=X gen_info.login=sam gen_info.passwd=-", 0),
    ("printenv PW > pw.txt; plesk send customer.set filter.login=jo values.gen_info.passwd=@pw.txt", 0),
    ("plesk send customer.add gen_info.pname=X gen_info.passwd=@env:PW", 2),
    ("plesk send customer.add gen_info.pname=X gen_info.login=a gen_info.passwd=@env:PW gen_info.passwd=@env:PW", 2),
    ("plesk send customer.add gen_info.pname=X gen_info.login=a gen_info.passwd=@env:PW --dry-run", 0),
    ("plesk send customer.get filter dataset.gen_info", 0),
    ("plesk send customer.get filter dataset.gen_info --json", 0),
    ("plesk send customer.get filter dataset.gen_info --xml-answer", 0),
    ("plesk send secret_key.create ip_address=127.0.0.1", 0),
    ("plesk send secret_key.get_info filter --json", 0),
    ("plesk send server.create_session login=admin data.user_ip=MTI3LjAuMC4x data.source_server= --json", 0),
    ("plesk send customer.get filter dataset --all --json --retries 1", 0),
    ("echo '{\"gen_info\": {\"pname\": \"X\", \"login\": \"b\", \"passwd\": \"'$PW'\"}}' > b.json
      plesk send customer.add --json-request b.json", 0),
    ("echo '{\"gen_info\": {\"pname\": \"X\", \"login\": \"b\", \"passwd\": [[\"'$PW'\"]]}}' | plesk send customer.add --json-request -", 2),
    ("echo '<packet><customer><add><gen_info><pname>X</pname><login>c</login><passwd>'$PW'</passwd></gen_info></add></customer></packet>' > c.xml
      plesk check c.xml && plesk send --xml c.xml", 0),
    ("plesk send --xml c.xml --dry-run", 0),
    ("echo '<packet><customer><add><gen_info><pname>X</pname><login>c</login><passwd>x<'$PW'>y</passwd></gen_info></add></customer></packet>' > d.xml
      plesk check d.xml || plesk check --json d.xml || plesk send --xml d.xml", 2),
    ("plesk format d.xml", 1),
    ("PLESK_SECRET_KEY=$PW plesk send server.get_protos", 2),
    ("PLESK_SECRET_KEY= PLESK_LOGIN=admin PLESK_PASSWORD=$PW plesk send server.get_protos", 2),
    ("PLESK_SERVER=https://127.0.0.1:1 plesk send customer.get filter dataset --retries 1", 2),
];

#[test]
fn full_run_shows_no_secret_anywhere() {
    let shell = Shell::start();
    let secrets = [PASSWORD, shell.sim.secret_key(), shell.sim.password()];
    // A directory that the command has to make.
    let config = shell.folder.path().join("new/directory/config.toml");
    let mut shown = String::new();
    let run = |line: &str| {
        let mut command = shell.script(&format!("ulimit -c 0; umask 022; {line}"));
        command.env("PLESK_CONFIG", &config).env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full");
        if line.contains("--all") {
            command.env_remove("PLESK_SERVER");
        }
        command.output().expect("bash runs")
    };
    let mut run_all = || {
        for (line, expected) in COMMANDS {
            let output = run(line);
            let text = format!("{}{}", out(&output), err(&output));
            assert_eq!(status(&output), *expected, "{line}: {text}");
            for secret in secrets {
                assert!(!text.contains(secret), "{line}: {text}");
            }
            shown.push_str(&text);
        }
    };
    #[cfg(target_os = "linux")]
    {
        let is_done = AtomicBool::new(false);
        let seen = std::thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let mut seen = BTreeSet::new();
                while !is_done.load(Ordering::Relaxed) {
                    seen.extend(command_lines());
                }
                seen
            });
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut run_all));
            is_done.store(true, Ordering::Relaxed);
            let seen = watcher.join().expect("the watcher ends");
            if let Err(panic) = result {
                std::panic::resume_unwind(panic);
            }
            seen
        });
        let of_plesk: Vec<_> = seen.iter().filter(|line| line.starts_with("plesk send")).collect();
        assert!(of_plesk.len() > COMMANDS.len() / 2, "{of_plesk:?}");
        for line in &seen {
            assert!(secrets.iter().all(|secret| !line.contains(secret)), "{line}");
        }
    }
    #[cfg(not(target_os = "linux"))]
    run_all();
    assert!(shown.len() > 5_000 && shown.contains("***"), "{shown}");
    assert_private(&config);
}

/// The file has the key, so that only the user may read it.
#[cfg(unix)]
fn assert_private(config: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).expect("it exists").permissions().mode() & 0o777;
    assert!(fs::read_to_string(config).expect("the file").contains("secret-key"));
    let directory = config.parent().expect("a directory");
    assert_eq!((mode(config), mode(directory)), (0o600, 0o700));
    assert_eq!(fs::read_dir(directory).expect("the directory").count(), 1);
}

#[cfg(not(unix))]
fn assert_private(config: &Path) {
    assert!(fs::read_to_string(config).expect("the file").contains("secret-key"));
}

/// Returns the command lines of all processes, as every user can see them.
#[cfg(target_os = "linux")]
fn command_lines() -> Vec<String> {
    let processes = fs::read_dir("/proc").expect("processes").flatten();
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " ")).filter(|line| !line.is_empty()).collect()
}

#[cfg(unix)]
#[test]
fn files_with_secrets_that_others_can_read_are_refused() {
    use std::os::unix::fs::PermissionsExt;

    let shell = Shell::start();
    shell.write("key.txt", &format!("{}\n", shell.sim.secret_key()));
    let config =
        format!("[profile.panel]\nurl = \"{}\"\nca = \"ca.pem\"\nsecret-key-file = \"key.txt\"\n", shell.sim.url());
    shell.write("config.toml", &config);
    let key = shell.folder.path().join("key.txt");
    for (mode, expected) in [(0o644, 2), (0o640, 2), (0o600, 0), (0o400, 0)] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).expect("a mode");
        // Names of files are relative to the configuration file.
        let mut command = shell.command_without_server(&["send", "session.get"]);
        let output = command.current_dir("/").output().expect("the command runs");
        assert_eq!(status(&output), expected, "{mode:o}: {output:?}");
        assert_eq!(err(&output).contains("chmod 600"), expected == 2, "{output:?}");
    }
}

#[test]
fn warning_is_about_arguments_that_are_secrets() {
    let shell = Shell::start();
    for (arguments, is_secret) in [
        (&["customer.set", "filter.id=1", "values.gen_info.passwd=hush"][..], true),
        (&["customer.set", "filter.id=1", "values.gen_info.passwd=@env:PW"], false),
        (&["customer.set", "filter.id=1", "values.gen_info.email=a@b.example"], false),
        (
            &[
                "webspace.set",
                "filter.id=1",
                "values.hosting.vrt_hst.property.name=php",
                "values.hosting.vrt_hst.property.value=true",
            ],
            false,
        ),
        (
            &[
                "webspace.set",
                "filter.id=1",
                "values.hosting.vrt_hst.property.name=ftp_password",
                "values.hosting.vrt_hst.property.value=hush",
            ],
            true,
        ),
    ] {
        let output = shell.run(&[&["send", "--dry-run"], arguments].concat());
        assert_eq!(status(&output), 0, "{arguments:?}: {output:?}");
        assert_eq!(err(&output).contains("is a secret"), is_secret, "{arguments:?}: {output:?}");
        assert_eq!(out(&output).contains("***"), arguments.iter().any(|it| it.contains("pass")), "{output:?}");
        assert!(!out(&output).contains("hush"), "{output:?}");
    }
}
