//! The advice of `plesk check`, one kind of mistake at a time.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs the command with `input` as standard input, and returns its exit status and output.
fn plesk(arguments: &[&str], input: &str) -> (i32, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_plesk"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    child.stdin.take().expect("input").write_all(input.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("the command ends");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    (output.status.code().expect("an exit status"), text)
}

fn check(packet: &str) -> (i32, String) {
    plesk(&["check", "-"], packet)
}

#[test]
fn former_operators_are_reported_with_their_successors() {
    for (packet, advice) in [
        ("<packet><client><get><filter/></get></client></packet>", "use <customer>"),
        ("<packet><domain><del><filter><id>1</id></filter></del></domain></packet>", "use <webspace> or <site>"),
    ] {
        let (status, text) = check(packet);
        assert!(status == 1 && text.contains(advice), "{text}");
    }
}

#[test]
fn misspelled_operation_is_reported_with_the_right_one() {
    let (status, text) = check("<packet><customer><delete><filter><id>1</id></filter></delete></customer></packet>");
    assert!(status == 1 && text.contains("packet/customer/delete: ") && text.contains("did you mean <del>?"), "{text}");
}

#[test]
fn absent_element_is_reported_as_missing() {
    let (status, text) = check("<packet>\n<webspace><add>\n  <hosting><vrt_hst/></hosting></add></webspace></packet>");
    assert!(status == 1 && text.contains("line 3, column 3: "), "{text}");
    assert!(text.contains("<gen_setup> is missing in <add>; add it before <hosting>"), "{text}");
}

#[test]
fn short_values_are_similar_only_to_themselves() {
    let packet = |value: &str| {
        format!(
            "<packet><mail><create><filter><site-id>1</site-id><mailname><name>a</name><antivir>{value}</antivir></mailname>\
             </filter></create></mail></packet>"
        )
    };
    let (_, text) = check(&packet("on"));
    assert!(text.contains("not one of: off, inout, in, out") && !text.contains("did you mean"), "{text}");
    let (_, text) = check(&packet("IN"));
    assert!(text.contains("did you mean 'in'?"), "{text}");
}

#[test]
fn misplaced_element_is_reported_with_its_place() {
    let (status, text) = check(
        "<packet><webspace><add><gen_setup><name>a.example</name></gen_setup>\
         <hosting><vrt_hst/><plan-name>x</plan-name></hosting></add></webspace></packet>",
    );
    assert!(status == 1 && text.contains("it belongs in <add>, not in <hosting>"), "{text}");
}

#[test]
fn packet_of_the_other_direction_is_recognized() {
    let response = "<packet><customer><del><result><status>ok</status><id>1</id></result></del></customer></packet>";
    let (status, text) = check(response);
    assert!(status == 1 && text.contains("check it with --response"), "{text}");
    let (status, text) = plesk(&["check", "--response", "-"], "<packet><session><get/></session></packet>");
    assert!(status == 1 && text.contains("check it without --response"), "{text}");
}

#[test]
fn older_version_of_the_packet_is_reported() {
    let (_, text) = check("<packet version=\"1.4.2.0\"><client><get><filter/></get></client></packet>");
    assert!(text.contains("1.4.2.0, and was checked as 1.6.9.1"), "{text}");
}

#[test]
fn valid_packet_that_deletes_everything_says_so() {
    let (status, text) = check("<packet><customer><del><filter/></del></customer></packet>");
    assert!(status == 0 && text.contains("customer/del deletes everything"), "{text}");
    let (status, text) = check("<packet><customer><del><filter><id>1</id></filter></del></customer></packet>");
    assert_eq!((status, text.as_str()), (0, "-: valid\n"));
}

#[test]
fn name_of_a_file_is_printed_escaped() {
    let (status, text) = plesk(&["check", "no\nsuch\u{1b}[31m"], "");
    assert!(status == 2 && text.lines().count() == 1 && !text.contains('\u{1b}'), "{text:?}");
}

#[test]
fn explain_describes_an_error_code() {
    let (status, text) = plesk(&["check", "--explain", "1014"], "");
    assert!(status == 0 && text.starts_with("1014: ") && text.contains("plesk check"), "{text}");
    let (status, text) = plesk(&["check", "--explain", "7"], "");
    assert!(status != 0 && text.contains('7'), "{text}");
}
