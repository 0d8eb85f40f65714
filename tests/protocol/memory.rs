//! What an answer may take of memory, whatever it holds.
//!
//! Each answer is read in a program of its own, which says in the end how much it needed.

use std::env;
use std::process::Command;

use plesk::{Batch, CodecOptions, Error, Operation, Packet, customer, server, webspace};

/// Names the answer to the program that reads it.
const READS: &str = "PLESK_TEST_MEMORY";

/// The size of an answer as large as is accepted, in bytes.
const SIZE: usize = 64 << 20;

/// What an answer may take once it is read, in bytes, unless set.
const MEMORY: usize = 512 << 20;

/// Which part of both an answer is held against: for two of them the whole, for the others a part will
/// do.
fn part(answer: &str) -> usize {
    if matches!(answer, "large results" | "customers") { 1 } else { 8 }
}

/// An answer of `size` bytes at most: `item`, again and again.
fn filled(size: usize, before: &str, item: &str, after: &str) -> Vec<u8> {
    let mut answer = Vec::with_capacity(size);
    answer.extend_from_slice(before.as_bytes());
    while answer.len() + item.len() + after.len() <= size {
        answer.extend_from_slice(item.as_bytes());
    }
    answer.extend_from_slice(after.as_bytes());
    answer
}

/// Reads an answer to `operation` that is filled with `item` and gives what came of it, answer included.
fn read<Op: Operation + 'static>(
    operation: Op,
    [before, item, after]: [&str; 3],
) -> (Vec<u8>, Result<Op::Answer, Error>) {
    let part = part(&env::var(READS).unwrap());
    let rules = if part == 1 { CodecOptions::new() } else { CodecOptions::new().max_response_memory(MEMORY / part) };
    let mut batch = Batch::new();
    let handle = batch.push(operation);
    let packet = Packet::new(&batch, &rules).unwrap();
    let answer = filled(SIZE / part, before, item, after);
    let read = packet.read(&answer).and_then(|reply| reply.take(handle));
    (answer, read)
}

fn refused<Op: Operation + 'static>(operation: Op, parts: [&str; 3]) {
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

/// A success, in as few bytes as can be.
const OK: &str = "<result><status>ok</status></result>";

/// A list of one item in each result, for which a list makes place for four.
const LISTS_OF_ONE: &str = "<result><status>ok</status><id>1</id><data><permissions><permission><name>a</name>\
    <value>b</value></permission></permissions></data></result>";

const ANSWERS: [&str; 10] = [
    "results that lack all",
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

/// The program that reads; run by itself it reads nothing.
#[test]
fn reads() {
    let Ok(answer) = env::var(READS) else { return };
    let del = || customer::Del::new(customer::Filter::Everything);
    let get = || customer::Get::new(customer::Filter::Everything, customer::Dataset::new().gen_info().stat());
    let [protos, protos_end] = PROTOS;
    match answer.as_str() {
        "results that lack all" => refused(del(), [DEL[0], "<result/>", DEL[1]]),
        "large results" => {
            let parts = ["<packet><webspace><get>", OK, "</get></webspace></packet>"];
            refused(webspace::Get::new(webspace::Filter::Everything, webspace::Dataset::new()), parts);
        }
        "results" => {
            let (answer, read) = read(del(), [DEL[0], OK, DEL[1]]);
            assert!(read.unwrap().len() > answer.len() / 37);
        }
        "unreadable results" => refused(get(), [GET[0], "<result><status>ok</status><id>x</id></result>", GET[1]]),
        "lists of one" => {
            let (answer, read) = read(get(), [GET[0], LISTS_OF_ONE, GET[1]]);
            assert!(read.unwrap().len() > answer.len() / 200);
        }
        "texts" | "empty texts" => {
            let item = if answer == "texts" { "<proto>1</proto>" } else { "<proto/>" };
            let (answer, read) = read(server::GetProtos::new(), [protos, item, protos_end]);
            assert!(read.unwrap().unwrap().unwrap().protos.proto.len() > answer.len() / 17);
        }
        "unknown elements" => {
            let (_, read) = read(server::GetProtos::new(), [protos, "<a/>", protos_end]);
            assert!(read.unwrap().is_err());
        }
        "a large text" => {
            let [before, after] = [&format!("{protos}<proto>"), &format!("</proto>{protos_end}")];
            let (_, read) = read(server::GetProtos::new(), [before, "1.6.9.1", after]);
            assert_eq!(read.unwrap().unwrap().unwrap().protos.proto.len(), 1);
        }
        // What may be asked for must be readable, up to the largest answer that is accepted.
        "customers" => {
            let (answer, read) = read(get(), [GET[0], CUSTOMER, GET[1]]);
            assert!(read.unwrap().len() > answer.len() / 1000);
        }
        other => panic!("no answer is called {other}"),
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM:")).unwrap());
}

/// The most memory that the program needed which reads `answer`, in bytes.
fn needed(answer: &str) -> usize {
    let program = env::current_exe().unwrap();
    let arguments = ["memory::reads", "--exact", "--nocapture"];
    let output = Command::new(program).args(arguments).env(READS, answer).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{answer}: {printed}");
    let kilobytes: Option<usize> =
        printed.split_once("VmHWM:").and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    1024 * kilobytes.unwrap_or_else(|| panic!("{answer}: {printed}"))
}

/// The system says here how much a program needed.
#[cfg(target_os = "linux")]
#[test]
fn no_answer_takes_more_than_the_limit() {
    /// The test itself.
    const PROGRAM: usize = 24 << 20;
    for answer in ANSWERS {
        let needed = needed(answer);
        println!("{answer}: {} MiB", needed >> 20);
        assert!(needed < (SIZE + MEMORY) / part(answer) + PROGRAM, "{answer}: {needed}");
    }
}
