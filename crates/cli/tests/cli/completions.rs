//! What shells complete.

use std::process::Command;

use crate::support::{Shell, err, out, status};

/// Completes a line in bash as a user does with the tab key.
fn complete_in_bash(shell: &Shell, line: &str) -> Vec<String> {
    let script = r#"
        source plesk.bash
        complete -p plesk >/dev/null || exit 1
        COMP_LINE=$1
        COMP_POINT=${#COMP_LINE}
        # Bash splits words at `=` and `:` too.
        read -ra COMP_WORDS <<< "$(sed 's/[=:]/ & /g' <<< "$COMP_LINE")"
        [[ $COMP_LINE == *[' =:'] ]] && COMP_WORDS+=("")
        COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        previous=${COMP_WORDS[COMP_CWORD - 1]}
        function=$(complete -p plesk | sed 's/.*-F \([^ ]*\).*/\1/')
        "$function" plesk "${COMP_WORDS[COMP_CWORD]}" "$previous" 2>/dev/null
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut command = shell.script(script);
    let output = command.args(["bash", line]).output().expect("bash runs");
    assert_eq!(status(&output), 0, "{line}: {output:?}");
    out(&output).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_operators_operations_paths_and_values() {
    let shell = Shell::start();
    let script = shell.run(&["completions", "bash"]);
    shell.write("plesk.bash", out(&script));
    for (line, expected) in [
        ("plesk send cust", &["customer."][..]),
        ("plesk describe customer.d", &["customer.del"]),
        ("plesk send mail.update.", &["mail.update.add", "mail.update.remove", "mail.update.set"]),
        ("plesk send customer.del ", &["filter."]),
        (
            "plesk send customer.add gen_info.p",
            &["gen_info.pname=", "gen_info.passwd=", "gen_info.phone=", "gen_info.pcode="],
        ),
        ("plesk send customer.del filter.id=7 filter.lo", &["filter.login="]),
        ("plesk send dns.add_rec type=T", &["TXT"]),
        ("plesk send webspace.add hosting.vrt_hst.property[1].n", &["hosting.vrt_hst.property[1].name="]),
        ("plesk che", &["check"]),
        ("plesk send customer.get --dr", &["--dry-run"]),
    ] {
        assert_eq!(complete_in_bash(&shell, line), expected, "{line}");
    }
    assert!(complete_in_bash(&shell, "plesk send ").len() == 28);
}

/// Each script asks the command for the rest, in the same way.
#[test]
fn scripts_of_all_shells_ask_the_command() {
    let shell = Shell::start();
    for name in ["bash", "zsh", "fish", "powershell"] {
        let script = shell.run(&["completions", name]);
        assert!(out(&script).contains("plesk __complete "), "{name}");
        for command in ["describe", "send", "login", "check", "format"] {
            assert!(out(&script).contains(command), "{name}: {command}");
        }
    }
    let words = ["__complete", "--", "send", "customer.add", "gen_info.lo"];
    assert_eq!(out(&shell.run(&words)), "gen_info.login=\ngen_info.locale=\n");
    // Nothing to complete is no error.
    for words in
        [&["__complete"][..], &["__complete", "--", "send", "no.such", "x"], &["__complete", "--", "check", "x"]]
    {
        let output = shell.run(words);
        assert_eq!((status(&output), out(&output), err(&output)), (0, "", ""), "{words:?}");
    }
}

/// The scripts are valid, as far as the shells are there.
#[test]
fn scripts_are_accepted_by_shells_that_are_installed() {
    let shell = Shell::start();
    for (name, arguments) in [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])] {
        let script = shell.run(&["completions", name]);
        shell.write(name, out(&script));
        let checked = Command::new(name).args(arguments).arg(name).current_dir(shell.folder.path()).output();
        let Ok(checked) = checked else { continue };
        assert!(checked.status.success() && err(&checked).is_empty(), "{name}: {checked:?}");
    }
}
