//! A raw HTTP client, and a server whose every answer is held against the schemas.

// Each test file is a program of its own and uses its own part of this.
#![allow(dead_code)]

use std::io::{self, Read, Write};
use std::net::TcpStream;

use plesk_conformance::{Direction, libxml2};
use plesk_protocol::{PROTOCOL, response};
use plesk_sim::Sim;
use plesk_wire::xml::{Limits, Reader, Strictness, Validator};

/// The address of the API.
pub(crate) const PATH: &str = "/enterprise/control/agent.php";

/// A response as it came.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

/// Sends one request over `stream` and reads the response to its end.
pub(crate) fn exchange(
    mut stream: impl Read + Write,
    line: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Reply> {
    let mut head = format!("{line} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Type: text/xml\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    let (headers, body) = reply.split_once("\r\n\r\n").expect("a head and a body");
    let status = headers.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Ok(Reply { status, headers: headers.to_lowercase(), body: body.to_owned() })
}

/// Where the server listens, without its scheme.
pub(crate) fn address(sim: &Sim) -> &str {
    sim.url().split_once("://").expect("a URL").1
}

/// Sends one request to a server over plain HTTP.
pub(crate) fn send(sim: &Sim, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let stream = TcpStream::connect(address(sim)).expect("the server listens");
    exchange(stream, line, headers, body).expect("the server answers")
}

/// A server over plain HTTP.
pub(crate) fn start() -> Sim {
    Sim::builder().plain_http().start().expect("the server starts")
}

/// Sends a packet with this content as the administrator; returns the content of the answer.
pub(crate) fn ask(sim: &Sim, content: &str) -> String {
    let packet = format!("<packet>{content}</packet>");
    let reply = send(sim, &format!("POST {PATH}"), &[("KEY", sim.secret_key())], packet.as_bytes());
    assert_eq!(reply.status, 200);
    check(&reply.body);
    if !reply.body.contains("<system>") {
        // What was not refused as a whole has to be a packet that the schemas allow.
        libxml2::assert_verdict(Direction::Request, &packet, true);
    }
    let start = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"{PROTOCOL}\">");
    let content = reply.body.strip_prefix(&start).and_then(|rest| rest.strip_suffix("</packet>"));
    content.unwrap_or_else(|| panic!("not a packet: {}", reply.body)).to_owned()
}

/// Runs one operation; returns what stands between the tags of its answer.
pub(crate) fn run(sim: &Sim, operator: &str, operation: &str, content: &str) -> String {
    let answer = ask(sim, &format!("<{operator}><{operation}>{content}</{operation}></{operator}>"));
    if answer == format!("<{operator}><{operation}/></{operator}>") {
        return String::new();
    }
    let (start, end) = (format!("<{operator}><{operation}>"), format!("</{operation}></{operator}>"));
    let inner = answer.strip_prefix(&start).and_then(|rest| rest.strip_suffix(&end));
    inner.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// A result without an error.
pub(crate) fn found(body: &str) -> String {
    format!("<result><status>ok</status>{body}</result>")
}

/// The `ok` about one object.
pub(crate) fn met(filter_id: impl std::fmt::Display, id: u64) -> String {
    found(&format!("<filter-id>{filter_id}</filter-id><id>{id}</id>"))
}

/// Error 1013 about one object.
pub(crate) fn missed(what: &str, body: &str) -> String {
    failed(1013, &format!("{what} does not exist"), body)
}

/// An error about one object.
pub(crate) fn failed(code: u32, text: &str, body: &str) -> String {
    format!("<result><status>error</status><errcode>{code}</errcode><errtext>{text}</errtext>{body}</result>")
}

/// The answer about nothing.
pub(crate) const BARE_OK: &str = "<result><status>ok</status></result>";

/// The text of the first element `name` in `xml`.
pub(crate) fn text<'x>(xml: &'x str, name: &str) -> &'x str {
    let after = xml.split_once(&format!("<{name}>")).and_then(|(_, after)| after.split_once("</"));
    after.unwrap_or_else(|| panic!("no <{name}> in {xml}")).0
}

/// Holds an answer against the schema: with our own validator and with libxml2's.
pub(crate) fn check(answer: &str) {
    let read = Reader::new(answer.as_bytes(), Strictness::Strict, Limits::DEFAULT)
        .and_then(|mut reader| reader.document::<response::Packet>("packet"));
    let packet = read.unwrap_or_else(|error| panic!("{error}: {answer}"));
    if let Err(violations) = Validator::check("packet", &packet) {
        panic!("{violations}: {answer}");
    }
    libxml2::assert_verdict(Direction::Response, answer, true);
}
