//! Runs the command as users and scripts do.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process};

const GET: &str = "<packet><session><get/></session></packet>";
/// A packet that is not valid: its `owner-id` is empty.
const EMPTY_OWNER: &str = "<?xml version=\"1.0\"?>\n<packet>\n<customer><add>\n<gen_info><pname>E</pname><login>edgar</login>\n\
    <passwd>hush</passwd>\n<owner-id></owner-id>\n</gen_info></add></customer></packet>\n";
const EMPTY_OWNER_VIOLATION: &str = "line 6, column 1: packet/customer/add/gen_info/owner-id: '' is not an integer; leave the element out if it has no value";

/// A temporary folder of files, which is removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn with_files(test: &str, files: &[(&str, &[u8])]) -> Self {
        let folder = env::temp_dir().join(format!("plesk-cli-{test}-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in files {
            fs::write(folder.join(name), bytes).unwrap();
        }
        Self(folder)
    }

    /// Runs the command in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        plesk(&self.0, arguments, b"")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the command in `folder`, with `input` as standard input.
fn plesk(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_plesk"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// Returns the exit status, standard output and standard error.
fn parts(output: &Output) -> (i32, &str, &str) {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn check_prints_valid_or_violations() {
    let folder = Folder::with_files("both", &[("good.xml", GET.as_bytes()), ("bad.xml", EMPTY_OWNER.as_bytes())]);
    assert_eq!(parts(&folder.run(&["check", "good.xml"])), (0, "good.xml: valid\n", ""));
    assert_eq!(parts(&folder.run(&["check", "bad.xml"])), (1, &*format!("bad.xml: {EMPTY_OWNER_VIOLATION}\n"), ""));
    assert_eq!(
        parts(&folder.run(&["check", "bad.xml", "good.xml"])),
        (1, &*format!("bad.xml: {EMPTY_OWNER_VIOLATION}\ngood.xml: valid\n"), "")
    );
}

#[test]
fn unreadable_file_does_not_stop_the_others() {
    let folder = Folder::with_files("unreadable", &[("bad.xml", b"<packet/>"), ("good.xml", GET.as_bytes())]);
    let output = folder.run(&["check", "none.xml", "bad.xml", "good.xml", "."]);
    let (status, out, err) = parts(&output);
    assert_eq!(status, 2);
    assert!(out.starts_with("bad.xml: line 1, column 1: packet: one of <"), "{out}");
    assert!(out.ends_with("\ngood.xml: valid\n"), "{out}");
    assert!(err.starts_with("plesk: cannot read none.xml: ") && err.contains("\nplesk: cannot read .: "), "{err}");
}

#[test]
fn wrong_arguments_exit_with_2() {
    let folder = Folder::with_files("arguments", &[("good.xml", GET.as_bytes())]);
    for wrong in [&["check"][..], &["frobnicate"], &["check", "--jsno", "good.xml"]] {
        let output = folder.run(wrong);
        let (status, out, err) = parts(&output);
        assert_eq!((status, out), (2, ""), "{wrong:?}");
        assert!(err.contains("Usage: plesk"), "{err}");
    }
}

#[test]
fn dash_reads_standard_input() {
    assert_eq!(parts(&plesk(Path::new("."), &["check", "-"], GET.as_bytes())), (0, "-: valid\n", ""));
    assert_eq!(
        parts(&plesk(Path::new("."), &["check", "-"], EMPTY_OWNER.as_bytes())),
        (1, &*format!("-: {EMPTY_OWNER_VIOLATION}\n"), "")
    );
    let packet =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet>\n  <session>\n    <get/>\n  </session>\n</packet>\n";
    assert_eq!(parts(&plesk(Path::new("."), &["format", "-"], GET.as_bytes())), (0, packet, ""));
}

#[test]
fn json_prints_one_object_per_line() {
    let folder = Folder::with_files(
        "json",
        &[("a\"b.xml", GET.as_bytes()), ("bad.xml", EMPTY_OWNER.as_bytes()), ("no.xml", b"no")],
    );
    let output = folder.run(&["check", "--json", "a\"b.xml", "bad.xml", "no.xml"]);
    let (status, out, _) = parts(&output);
    assert_eq!(status, 1);
    assert_eq!(
        out,
        "{\"file\":\"a\\\"b.xml\",\"valid\":true,\"violations\":[]}\n\
         {\"file\":\"bad.xml\",\"valid\":false,\"violations\":[{\"line\":6,\"column\":1,\"path\":\"packet/customer/add/gen_info/owner-id\",\
         \"rule\":\"type\",\"message\":\"'' is not an integer; leave the element out if it has no value\"}]}\n\
         {\"file\":\"no.xml\",\"valid\":false,\"violations\":[{\"line\":1,\"column\":1,\"path\":\"\",\"rule\":\"xml\",\
         \"message\":\"not well-formed XML: text before the root element\"}]}\n"
    );
}

#[test]
fn response_flag_reads_responses() {
    let response = b"<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>";
    let folder = Folder::with_files("response", &[("response.xml", response)]);
    assert_eq!(parts(&folder.run(&["check", "--response", "response.xml"])).0, 0);
    assert_eq!(parts(&folder.run(&["check", "response.xml"])).0, 1);
    assert_eq!(parts(&folder.run(&["format", "--response", "response.xml"])).0, 0);
}

#[test]
fn secret_values_are_redacted() {
    let packet = "<packet><customer><add><gen_info><passwd>hush</passwd><passwd>hush</passwd><login>l<b/></login>\
                  </gen_info></add></customer><session><terminate><session-id>hush<x/></session-id></terminate></session></packet>";
    let folder = Folder::with_files("secrets", &[("packet.xml", packet.as_bytes())]);
    for arguments in [&["check", "packet.xml"][..], &["check", "--json", "packet.xml"], &["format", "packet.xml"]] {
        let output = folder.run(arguments);
        let (status, out, err) = parts(&output);
        assert_eq!(status, 1);
        assert!(!out.contains("hush") && !err.contains("hush") && out.len() + err.len() > 100, "{out}{err}");
    }
}

/// An unescaped password can look like elements and attributes.
#[test]
fn unescaped_secret_values_are_redacted() {
    for passwd in ["<passwd>x<hush2>y</passwd>", "<passwd>x<hush2/></passwd>", "<passwd hush2=\"1\">x</passwd>"] {
        let packet = format!(
            "<packet><customer><add><gen_info><pname>E</pname><login>e</login>{passwd}</gen_info></add></customer></packet>"
        );
        let folder = Folder::with_files("pieces", &[("packet.xml", packet.as_bytes())]);
        for arguments in [&["check", "packet.xml"][..], &["check", "--json", "packet.xml"], &["format", "packet.xml"]] {
            let output = folder.run(arguments);
            let (status, out, err) = parts(&output);
            assert_eq!(status, 1);
            let all = format!("{out}{err}");
            assert!(!all.contains("hush") && all.contains("packet/customer/add/gen_info/passwd"), "{all}");
        }
    }
}

#[test]
fn check_handles_any_bytes() {
    let utf16 = |text: &str| [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let wide = utf16(GET);
    let wide_and_bad = utf16("<packet>\n<session><got/></session></packet>");
    let deep = [b"<packet>".to_vec(), b"<a>".repeat(100_000)].concat();
    let folder = Folder::with_files(
        "bytes",
        &[
            ("empty", b""),
            ("blank", b" \n"),
            ("binary", b"\x7FELF\0\xFF"),
            ("html", b"<html><body>Welcome</body></html>"),
            ("wide", &wide),
            ("wide-and-bad", &wide_and_bad),
            ("latin1", b"<?xml version='1.0' encoding='ISO-8859-1'?><packet><webspace><del><filter><name>\xE4.example</name></filter></del></webspace></packet>"),
            ("doctype", b"<!DOCTYPE packet [<!ENTITY a 'b'>]><packet><session><get/></session></packet>"),
            ("bad-line-3", b"<packet>\n\n\xFF</packet>"),
            ("model", "<?xml-model encoding=\"latin1\"?><packet><webspace><del><filter><name>\u{e4}.example</name></filter></del></webspace></packet>".as_bytes()),
            ("deep", &deep),
        ],
    );
    for (file, status, problem) in [
        ("empty", 1, "empty: line 1, column 1: not well-formed XML: no root element\n"),
        ("blank", 1, "blank: line 2, column 1: not well-formed XML: no root element\n"),
        ("binary", 1, "binary: line 1: not well-formed XML: invalid UTF-8 at byte 5\n"),
        (
            "html",
            1,
            "html: line 1, column 1: html: unexpected root element; expected <packet>; this is a page for a browser, not a packet\n",
        ),
        ("wide", 0, "wide: valid\n"),
        (
            "wide-and-bad",
            1,
            "wide-and-bad: line 2, column 10: packet/session/got: unexpected element; did you mean <get>?\n",
        ),
        ("latin1", 0, "latin1: valid\n"),
        (
            "bad-line-3",
            1,
            "bad-line-3: line 3: not well-formed XML: invalid UTF-8 at byte 10; save the file as UTF-8, or name its encoding: <?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n",
        ),
        ("model", 0, "model: valid\n"),
        (
            "doctype",
            1,
            "doctype: line 1, column 1: not well-formed XML: a document type declaration, which is not supported\n",
        ),
    ] {
        assert_eq!(parts(&folder.run(&["check", file])), (status, problem, ""));
    }
    assert!(parts(&folder.run(&["check", "deep"])).1.contains("nest deeper than the limit"));
    let output = folder.run(&["format", "latin1"]);
    assert!(parts(&output).1.contains("<name>ä.example</name>"), "{output:?}");
    let output = folder.run(&["format", "model"]);
    assert!(parts(&output).1.contains("<name>ä.example</name>"), "{output:?}");
}

/// The formatted packet is valid, and formatting it again changes nothing.
#[test]
fn format_keeps_all_content() {
    let packet = "<packet version=\"1.6.9.1\"><!-- dropped --><request-settings><setting><name> a <b c='d'/> </name></setting></request-settings>\
        <customer><add><gen_info><pname> J &amp; K\n</pname><login>jo</login><passwd>&#13;&lt;]]&gt;</passwd></gen_info></add>\
        <del><filter><id>1</id><id>02</id></filter></del></customer><reseller><del><filter><all/></filter></del></reseller></packet>";
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\">\n  <request-settings>\n    <setting>\n      \
        <name> a <b c='d'/> </name>\n    </setting>\n  </request-settings>\n  <customer>\n    <add>\n      <gen_info>\n        \
        <pname> J &amp; K\n</pname>\n        <login>jo</login>\n        <passwd>&#13;&lt;]]&gt;</passwd>\n      </gen_info>\n    </add>\n    \
        <del>\n      <filter>\n        <id>1</id>\n        <id>2</id>\n      </filter>\n    </del>\n  </customer>\n  <reseller>\n    \
        <del>\n      <filter>\n        <all/>\n      </filter>\n    </del>\n  </reseller>\n</packet>\n";
    let folder = Folder::with_files("format", &[("packet.xml", packet.as_bytes()), ("again.xml", expected.as_bytes())]);
    assert_eq!(parts(&folder.run(&["format", "packet.xml"])), (0, expected, ""));
    assert_eq!(parts(&folder.run(&["format", "again.xml"])), (0, expected, ""));
    assert_eq!(parts(&folder.run(&["check", "again.xml"])).0, 0);
}

#[test]
fn format_refuses_invalid_packets() {
    let folder = Folder::with_files("refused", &[("good.xml", GET.as_bytes()), ("bad.xml", EMPTY_OWNER.as_bytes())]);
    let output = folder.run(&["format", "bad.xml", "good.xml"]);
    let (status, out, err) = parts(&output);
    assert_eq!((status, err), (1, &*format!("bad.xml: {EMPTY_OWNER_VIOLATION}\n")));
    assert!(out.contains("<get/>") && !out.contains("edgar"), "{out}");
}

#[test]
fn check_of_500_files_takes_less_than_a_second() {
    let names: Vec<String> = (0..500).map(|number| format!("{number}.xml")).collect();
    let files: Vec<_> = names.iter().map(|name| (&**name, EMPTY_OWNER.as_bytes())).collect();
    let folder = Folder::with_files("many", &files);
    let mut arguments = vec!["check"];
    arguments.extend(names.iter().map(|name| &**name));
    let start = Instant::now();
    let output = folder.run(&arguments);
    let elapsed = start.elapsed();
    println!("500 files: {elapsed:?}");
    assert_eq!(parts(&output).1.lines().count(), 500);
    assert!(elapsed < Duration::from_secs(1), "{elapsed:?}");
}

#[test]
fn check_refuses_file_beyond_the_size_limit() {
    let folder = Folder::with_files("huge", &[("huge.xml", &vec![b' '; 100_000_000])]);
    let output = folder.run(&["check", "huge.xml"]);
    assert_eq!(parts(&output), (1, "huge.xml: line 1: refused: the document is larger than the limit\n", ""));
}
