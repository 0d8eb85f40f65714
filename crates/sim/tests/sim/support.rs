//! A raw HTTP client that validates every response against the schemas.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use plesk_conformance::{Direction, libxml2};
use plesk_protocol::{PROTOCOL, response};
use plesk_sim::Sim;
use plesk_wire::xml::{Limits, Reader, Strictness, Validator};

/// The path of the API.
pub(crate) const PATH: &str = "/enterprise/control/agent.php";

/// An HTTP response as it was received. The names of the headers are in lower case.
pub(crate) struct HttpResponse {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

/// Sends one request over `stream` and reads the whole response.
pub(crate) fn exchange(
    mut stream: impl Read + Write,
    request_line: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<HttpResponse> {
    let mut head = format!("{request_line} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Type: text/xml\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    let (headers, body) = response.split_once("\r\n\r\n").expect("a head and a body");
    let status = headers.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Ok(HttpResponse { status, headers: headers.to_lowercase(), body: body.to_owned() })
}

/// Returns the address of the server: its URL without the scheme.
pub(crate) fn address(sim: &Sim) -> &str {
    sim.url().split_once("://").expect("a URL").1
}

/// Sends one request to a server over plain HTTP.
pub(crate) fn send(sim: &Sim, request_line: &str, headers: &[(&str, &str)], body: &[u8]) -> HttpResponse {
    let stream = TcpStream::connect(address(sim)).expect("the server listens");
    exchange(stream, request_line, headers, body).expect("the server responds")
}

/// A connection over plain HTTP that serves several requests.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    key: String,
}

impl Connection {
    /// Opens a connection to a server.
    pub(crate) fn open(sim: &Sim) -> Self {
        Self::connect(address(sim), sim.secret_key()).expect("the server listens")
    }

    /// Opens a connection to a server in another process.
    pub(crate) fn connect(address: &str, key: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), key: key.to_owned() })
    }

    /// Sends a packet. Returns the HTTP status and the body.
    pub(crate) fn send(&mut self, packet: &[u8]) -> io::Result<(u16, String)> {
        let (key, length) = (&self.key, packet.len());
        let head = format!("POST {PATH} HTTP/1.1\r\nHost: x\r\nKEY: {key}\r\nContent-Length: {length}\r\n\r\n");
        self.stream.get_mut().write_all(&[head.as_bytes(), packet].concat())?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().expect("a status");
            } else if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().expect("a length");
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, String::from_utf8(body).expect("UTF-8")))
    }

    /// Sends a packet with this content. Returns the whole response.
    pub(crate) fn run(&mut self, content: &str) -> io::Result<String> {
        Ok(self.send(format!("<packet>{content}</packet>").as_bytes())?.1)
    }
}

/// Starts a server over plain HTTP.
pub(crate) fn start() -> Sim {
    Sim::builder().plain_http().start().expect("the server starts")
}

/// Starts a server over plain HTTP, without the service plans of a fresh server.
pub(crate) fn start_without_plans() -> Sim {
    let sim = start();
    sim.state().service_plans.clear();
    sim
}

/// Sends a packet with this content as the administrator. Returns the content of the response packet.
pub(crate) fn send_packet(sim: &Sim, content: &str) -> String {
    let packet = format!("<packet>{content}</packet>");
    let response = send(sim, &format!("POST {PATH}"), &[("KEY", sim.secret_key())], packet.as_bytes());
    assert_eq!(response.status, 200);
    assert_valid(&response.body);
    if !response.body.contains("<system>") {
        // The server accepted the packet, so it must be valid.
        libxml2::assert_verdict(Direction::Request, &packet, true);
    }
    let start = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"{PROTOCOL}\">");
    let content = response.body.strip_prefix(&start).and_then(|rest| rest.strip_suffix("</packet>"));
    content.unwrap_or_else(|| panic!("not a packet: {}", response.body)).to_owned()
}

/// Runs one operation. Returns the content of its reply.
pub(crate) fn run(sim: &Sim, operator: &str, operation: &str, content: &str) -> String {
    let reply = send_packet(sim, &format!("<{operator}><{operation}>{content}</{operation}></{operator}>"));
    if reply == format!("<{operator}><{operation}/></{operator}>") {
        return String::new();
    }
    let (start, end) = (format!("<{operator}><{operation}>"), format!("</{operation}></{operator}>"));
    let inner = reply.strip_prefix(&start).and_then(|rest| rest.strip_suffix(&end));
    inner.unwrap_or_else(|| panic!("{reply}")).to_owned()
}

/// Returns a successful result with this body.
pub(crate) fn ok_result(body: &str) -> String {
    format!("<result><status>ok</status>{body}</result>")
}

/// Returns a successful result for one object.
pub(crate) fn ok_for(filter_id: impl std::fmt::Display, id: u64) -> String {
    ok_result(&format!("<filter-id>{filter_id}</filter-id><id>{id}</id>"))
}

/// Returns a result with error 1013.
pub(crate) fn not_found(object: &str, body: &str) -> String {
    error_result(1013, &format!("{object} does not exist"), body)
}

/// Returns a result with an error.
pub(crate) fn error_result(code: u32, text: &str, body: &str) -> String {
    format!("<result><status>error</status><errcode>{code}</errcode><errtext>{text}</errtext>{body}</result>")
}

/// A successful result without a body.
pub(crate) const BARE_OK: &str = "<result><status>ok</status></result>";

/// Returns the text of the first element `name` in `xml`.
pub(crate) fn text<'x>(xml: &'x str, name: &str) -> &'x str {
    let after = xml.split_once(&format!("<{name}>")).and_then(|(_, after)| after.split_once("</"));
    after.unwrap_or_else(|| panic!("no <{name}> in {xml}")).0
}

/// Validates a response against the schemas, with our own validator and with libxml2.
pub(crate) fn assert_valid(response: &str) {
    let read = Reader::new(response.as_bytes(), Strictness::Strict, Limits::DEFAULT)
        .and_then(|mut reader| reader.document::<response::Packet>("packet"));
    let packet = read.unwrap_or_else(|error| panic!("{error}: {response}"));
    if let Err(violations) = Validator::check("packet", &packet) {
        panic!("{violations}: {response}");
    }
    libxml2::assert_verdict(Direction::Response, response, true);
}
