//! The memory limit, with responses that take as much memory as possible.
//!
//! Each response is read in a child process, which reports its peak memory at the end.

use std::env;
use std::process::Command;

use plesk::{Batch, CodecOptions, Error, Operation, Packet, customer, server, webspace};

/// The environment variable that names the response to the child process.
const RESPONSE: &str = "PLESK_TEST_MEMORY";

/// The maximum size of a response by default, in bytes.
const SIZE: usize = 64 << 20;

/// The memory that a decoded response may take by default, in bytes.
const MEMORY: usize = 512 << 20;

/// Returns the divisor of both limits for a response: 1 for two of them, 8 for the others, to save time.
fn divisor(name: &str) -> usize {
    if matches!(name, "large results" | "customers") { 1 } else { 8 }
}

/// Returns a response of at most `size` bytes that repeats `item`.
fn fill(size: usize, before: &str, item: &str, after: &str) -> Vec<u8> {
    let mut body = Vec::with_capacity(size);
    body.extend_from_slice(before.as_bytes());
    while body.len() + item.len() + after.len() <= size {
        body.extend_from_slice(item.as_bytes());
    }
    body.extend_from_slice(after.as_bytes());
    body
}

/// Reads a response to `operation` that repeats `item`. Returns the size of the response and the result.
fn read<Op: Operation + 'static>(
    operation: Op,
    [before, item, after]: [&str; 3],
) -> (usize, Result<Op::Answer, Error>) {
    let divisor = divisor(&env::var(RESPONSE).unwrap());
    let defaults = CodecOptions::new();
    let options = if divisor == 1 { defaults } else { defaults.max_response_memory(MEMORY / divisor) };
    let mut batch = Batch::new();
    let handle = batch.push(operation);
    let packet = Packet::new(&batch, &options).unwrap();
    let body = fill(SIZE / divisor, before, item, after);
    let answer = packet.read(&body).and_then(|response| response.take(handle));
    (body.len(), answer)
}

/// Checks that the memory limit rejects such a response.
fn assert_rejected<Op: Operation + 'static>(operation: Op, parts: [&str; 3]) {
    let error = read(operation, parts).1.map(drop).unwrap_err();
    assert!(matches!(error, Error::TooMuchMemory { .. }), "{error}");
    assert!(error.to_string().contains("max_response_memory"), "{error}");
}

const DEL: [&str; 2] = ["<packet><customer><del>", "</del></customer></packet>"];
const GET: [&str; 2] = ["<packet><customer><get>", "</get></customer></packet>"];
const PROTOS: [&str; 2] = [
    "<packet><server><get_protos><result><status>ok</status><protos>",
    "</protos></result></get_protos></server></packet>",
];

const CUSTOMER: &str = "<result><status>ok</status><filter-id>4711</filter-id><id>4711</id><data><gen_info>\
    <cr_date>2019-02-28</cr_date><cname/><pname>Ottilie Graf</pname><login>ottilie</login><status>0</status><phone/><fax/>\
    <email>o@weimar.example</email><address/><city>Weimar</city><state/><pcode/><country>DE</country><locale>de-DE</locale></gen_info>\
    <stat><active_domains>3</active_domains><subdomains>4</subdomains><disk_space>5000000000</disk_space>\
    <postboxs>6</postboxs><redirects>7</redirects><mail_groups>8</mail_groups><mail_resps>9</mail_resps>\
    <mail_lists>10</mail_lists><web_users>11</web_users><data_bases>12</data_bases>\
    <traffic>13</traffic><traffic_prevday>14</traffic_prevday></stat></data></result>";

/// A success in as few bytes as possible.
const OK: &str = "<result><status>ok</status></result>";

/// A result with a list of one item, which allocates space for four.
const LISTS_OF_ONE: &str = "<result><status>ok</status><id>1</id><data><permissions><permission><name>a</name>\
    <value>b</value></permission></permissions></data></result>";

const RESPONSES: [&str; 10] = [
    "empty results",
    "results",
    "large results",
    "unreadable results",
    "lists of one",
    "texts",
    "empty texts",
    "unknown elements",
    "a large text",
    "customers",
];

/// The child process. Does nothing in a normal run.
#[test]
fn read_response_in_child_process() {
    let Ok(name) = env::var(RESPONSE) else { return };
    let del = || customer::Del::new(customer::Filter::Everything);
    let get = || customer::Get::new(customer::Filter::Everything, customer::Dataset::new().gen_info().stat());
    let [protos, protos_end] = PROTOS;
    match name.as_str() {
        "empty results" => assert_rejected(del(), [DEL[0], "<result/>", DEL[1]]),
        "large results" => {
            let parts = ["<packet><webspace><get>", OK, "</get></webspace></packet>"];
            assert_rejected(webspace::Get::new(webspace::Filter::Everything, webspace::Dataset::new()), parts);
        }
        "results" => {
            let (size, answer) = read(del(), [DEL[0], OK, DEL[1]]);
            assert!(answer.unwrap().len() > size / 37);
        }
        "unreadable results" => {
            assert_rejected(get(), [GET[0], "<result><status>ok</status><id>x</id></result>", GET[1]])
        }
        "lists of one" => {
            let (size, answer) = read(get(), [GET[0], LISTS_OF_ONE, GET[1]]);
            assert!(answer.unwrap().len() > size / 200);
        }
        "texts" | "empty texts" => {
            let item = if name == "texts" { "<proto>1</proto>" } else { "<proto/>" };
            let (size, answer) = read(server::GetProtos::new(), [protos, item, protos_end]);
            assert!(answer.unwrap().unwrap().protos.proto.len() > size / 17);
        }
        "unknown elements" => {
            let (_, answer) = read(server::GetProtos::new(), [protos, "<a/>", protos_end]);
            let fault = answer.unwrap().unwrap_err();
            assert!(fault.unreadable.is_some(), "{fault}");
        }
        "a large text" => {
            let [before, after] = [&format!("{protos}<proto>"), &format!("</proto>{protos_end}")];
            let (_, answer) = read(server::GetProtos::new(), [before, "1.6.9.1", after]);
            assert_eq!(answer.unwrap().unwrap().protos.proto.len(), 1);
        }
        // Ordinary data must be readable up to the maximum size of a response.
        "customers" => {
            let (size, answer) = read(get(), [GET[0], CUSTOMER, GET[1]]);
            assert!(answer.unwrap().len() > size / 1000);
        }
        other => panic!("unknown response {other}"),
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM:")).unwrap());
}

/// Returns the peak memory of a child process that reads this response, in bytes.
fn peak_memory(name: &str) -> usize {
    let program = env::current_exe().unwrap();
    let arguments = ["memory::read_response_in_child_process", "--exact", "--nocapture"];
    let output = Command::new(program).args(arguments).env(RESPONSE, name).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {printed}");
    let kilobytes: Option<usize> =
        printed.split_once("VmHWM:").and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    1024 * kilobytes.unwrap_or_else(|| panic!("{name}: {printed}"))
}

/// Linux only: it reports the peak memory of a process.
#[cfg(target_os = "linux")]
#[test]
fn no_response_exceeds_the_memory_limit() {
    /// The memory of the test program itself.
    const PROGRAM: usize = 24 << 20;
    for name in RESPONSES {
        let peak = peak_memory(name);
        println!("{name}: {} MiB", peak >> 20);
        assert!(peak < (SIZE + MEMORY) / divisor(name) + PROGRAM, "{name}: {peak}");
    }
}
