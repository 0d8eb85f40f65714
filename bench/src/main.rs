//! `cargo xtask bench`: measures reading, writing and checking beside other libraries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use plesk::{Batch, CodecOptions, Packet};
use plesk_bench::documents::Documents;
use plesk_bench::hostile;
use plesk_bench::records::{
    Add, AddGenInfo, AddPacket, Adds, CustomerResponse, GenInfo, ResellerResponse, ResultOf, Stat,
};
use plesk_bench::report::{Measurement, Target, page, plot};
use plesk_bench::stopwatch::{Ratio, compare, time};
use plesk_protocol::{customer, request, reseller, response};
use plesk_wire::packet::check;
use plesk_wire::xml::{self, Content, Limits, Reader, Strictness, Validator, Writer};
use quick_xml::events::Event;

/// The number of rounds in which a task and its yardstick take turns.
const ROUNDS: usize = 9;

/// The time that a byte of a hostile document may cost, in nanoseconds.
const HOSTILE: f64 = 15.0;

/// The size of a hostile document.
const HOSTILE_SIZE: usize = 4 << 20;

struct Bench {
    documents: Documents,
    only: Option<String>,
    json: bool,
    found: Vec<Measurement>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut only, mut json) = (None, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = true,
            "--only" => only = arguments.next(),
            _ => {
                eprintln!("usage: bench [--json] [--only NAME]");
                return ExitCode::FAILURE;
            }
        }
    }
    let documents = match Documents::new() {
        Ok(documents) => documents,
        Err(problems) => {
            eprintln!("error: {problems}");
            return ExitCode::FAILURE;
        }
    };
    let all = only.is_none();
    let mut bench = Bench { documents, only, json, found: Vec::new() };
    bench.decode();
    bench.encode();
    bench.check();
    bench.growth();
    bench.hostile();
    bench.memory();
    if bench.found.is_empty() {
        eprintln!("error: nothing has that name");
        return ExitCode::FAILURE;
    }
    if all {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
        let write = |file: &str, text: String| fs::write(docs.join(file), text);
        let written = fs::create_dir_all(&docs)
            .and_then(|()| write("performance.md", page(&bench.found, &machine(), ROUNDS)))
            .and_then(|()| write("performance.svg", plot(&bench.found)));
        if let Err(error) = written {
            eprintln!("error: {}: {error}", docs.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

impl Bench {
    /// Returns `true` if something of this name is to be measured.
    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    fn add(&mut self, name: String, yardstick: &'static str, target: Target, ratio: impl FnOnce() -> Ratio) {
        if !self.wants(&name) {
            return;
        }
        let measurement = Measurement { name, yardstick, ratio: ratio(), target };
        if self.json {
            println!("{}", measurement.to_json());
        } else {
            let Ratio { median, low, high, .. } = measurement.ratio;
            let met = if measurement.is_met() { "met" } else { "missed" };
            println!(
                "{:48} {:28} {median:8.2} ({low:.2}–{high:.2}), target {:7} {met}",
                measurement.name,
                measurement.yardstick,
                measurement.target.to_string(),
            );
        }
        self.found.push(measurement);
    }

    fn decode(&mut self) {
        for (operator, operation, count, target) in
            [("customer", "get", 5_000, 0.45), ("reseller", "del", 40_000, 0.4), ("webspace", "get", 200, 0.45)]
        {
            let name = format!("decode {operator}/{operation}");
            if !self.wants(&name) {
                continue;
            }
            let document = self.documents.response(operator, operation, count);
            let value = read(&document, Strictness::Lenient);
            // As bytes: a value that is not a number does not equal itself.
            let written = Writer::document("packet", &value);
            assert!(Writer::document("packet", &read(&document, Strictness::Strict)) == written, "{name}");
            let again = read(std::str::from_utf8(&written).expect("UTF-8"), Strictness::Strict);
            assert!(Writer::document("packet", &again) == written, "{name}");
            let lenient = || read(&document, Strictness::Lenient);
            self.add(name.clone(), "quick-xml, events alone", Target::AtMost(target), || {
                compare(ROUNDS, lenient, || scan(&document))
            });
            let faster = Target::AtLeast(8.0);
            match (operator, &value) {
                ("customer", value) => {
                    assert_same_customers(value, &serde(&document));
                    self.add(name.clone(), "serde + quick-xml", faster, || {
                        compare(ROUNDS, lenient, || serde::<CustomerResponse>(&document)).inverse()
                    });
                }
                ("reseller", value) => {
                    assert_same_resellers(value, &serde(&document));
                    self.add(name.clone(), "serde + quick-xml", faster, || {
                        compare(ROUNDS, lenient, || serde::<ResellerResponse>(&document)).inverse()
                    });
                }
                _ => {}
            }
            self.add(name, "roxmltree, tree alone", Target::AtLeast(2.0), || {
                compare(ROUNDS, lenient, || roxmltree::Document::parse(&document).map(|tree| tree.root().range().len()))
                    .inverse()
            });
        }
    }

    fn encode(&mut self) {
        if !["encode customer/add", "validate customer/add", "packet customer/add"].iter().any(|name| self.wants(name))
        {
            return;
        }
        let document = self.documents.request("customer", "add", 10_000);
        let value: request::Packet = read_as(&document, Strictness::Strict);
        let records = records(&value);
        let xml = serde_xml(&records);
        assert!(read_as::<request::Packet>(&xml, Strictness::Strict) == value, "both write the same packet");
        let mut batch = Batch::new();
        for add in adds(&value) {
            let _ = batch.push(add.clone());
        }
        let options = CodecOptions::default();
        let packet = Packet::new(&batch, &options).expect("a valid batch");
        let sent: request::Packet = read_as(std::str::from_utf8(packet.as_bytes()).expect("UTF-8"), Strictness::Strict);
        assert_eq!(adds(&sent).count(), adds(&value).count(), "the batch has the same operations");
        let write = || Writer::document("packet", &value);
        self.add("encode customer/add".into(), "serde + quick-xml", Target::AtLeast(8.0), || {
            compare(ROUNDS, write, || serde_xml(&records)).inverse()
        });
        self.add("validate customer/add".into(), "our encoding", Target::AtMost(0.5), || {
            compare(ROUNDS, || Validator::check("packet", &value).is_ok(), write)
        });
        self.add("packet customer/add".into(), "serde + quick-xml", Target::AtLeast(4.0), || {
            compare(ROUNDS, || Packet::new(&batch, &options).is_ok(), || serde_xml(&records)).inverse()
        });
    }

    #[cfg(libxml2)]
    fn check(&mut self) {
        use plesk_bench::libxml2::Schema;
        use plesk_conformance::Direction;
        use plesk_conformance::protocol::{entry_point, schema_directory};

        if !self.wants("check customer/get") && !self.wants("check customer/add") {
            return;
        }
        let compile = |direction| Schema::compile(&schema_directory().join(entry_point(direction)));
        let (Some(requests), Some(responses)) = (compile(Direction::Request), compile(Direction::Response)) else {
            eprintln!("skipped: libxml2 (this version refuses the schemas)");
            return;
        };
        let document = self.documents.response("customer", "get", 5_000);
        assert_eq!(check::<response::Packet>(document.as_bytes()), Ok(()));
        assert!(responses.accepts(document.as_bytes()) && responses.accepts_streaming(document.as_bytes()));
        let ours = || check::<response::Packet>(document.as_bytes()).is_ok();
        self.add("check customer/get".into(), "libxml2, tree", Target::AtLeast(6.0), || {
            compare(ROUNDS, ours, || responses.accepts(document.as_bytes())).inverse()
        });
        self.add("check customer/get".into(), "libxml2, streaming", Target::AtLeast(3.5), || {
            compare(ROUNDS, ours, || responses.accepts_streaming(document.as_bytes())).inverse()
        });
        let document = self.documents.request("customer", "add", 5_000);
        assert_eq!(check::<request::Packet>(document.as_bytes()), Ok(()));
        assert!(requests.accepts(document.as_bytes()));
        self.add("check customer/add".into(), "libxml2, tree", Target::AtLeast(6.0), || {
            let ours = || check::<request::Packet>(document.as_bytes()).is_ok();
            compare(ROUNDS, ours, || requests.accepts(document.as_bytes())).inverse()
        });
    }

    #[cfg(not(libxml2))]
    fn check(&mut self) {
        eprintln!("skipped: libxml2 (its headers are not installed; on Debian: apt install libxml2-dev)");
    }

    /// Compares the time for a byte of large documents with that of small ones.
    fn growth(&mut self) {
        for (name, count) in [("growth of reseller/del, 10k", 10_000), ("growth of reseller/del, 100k", 100_000)] {
            if !self.wants(name) {
                continue;
            }
            let small = self.documents.response("reseller", "del", 1_000);
            let large = self.documents.response("reseller", "del", count);
            let factor = large.len() as f64 / small.len() as f64;
            self.add(name.into(), "1k, for each byte", Target::AtMost(1.3), || {
                let ratio = compare(ROUNDS, || read(&large, Strictness::Lenient), || read(&small, Strictness::Lenient));
                Ratio {
                    median: ratio.median / factor,
                    low: ratio.low / factor,
                    high: ratio.high / factor,
                    least: ratio.least / factor,
                }
            });
        }
    }

    fn hostile(&mut self) {
        let mut limits = Limits::DEFAULT;
        // The limit is that of a document of the maximal size, in proportion.
        limits.memory = limits.memory / limits.size * HOSTILE_SIZE;
        for (what, document) in hostile::documents(HOSTILE_SIZE) {
            let bytes = document.as_bytes();
            let per_byte = |task: &dyn Fn()| {
                let times = (0..ROUNDS).map(|_| time(task).as_secs_f64() * 1e9 / bytes.len() as f64);
                let spread = Ratio::of(times.collect());
                // Other load makes a time longer, never shorter.
                Ratio { median: spread.least, ..spread }
            };
            self.add(format!("hostile, read: {what}"), "nanoseconds for each byte", Target::AtMost(HOSTILE), || {
                per_byte(&|| {
                    let reader = Reader::new(bytes, Strictness::Lenient, limits);
                    drop(reader.and_then(|mut reader| reader.document::<response::Packet>("packet")));
                })
            });
            self.add(format!("hostile, check: {what}"), "nanoseconds for each byte", Target::AtMost(HOSTILE), || {
                per_byte(&|| drop(xml::check::<response::Packet>("packet", bytes, limits)))
            });
        }
    }

    fn memory(&mut self) {
        for (operator, operation, count) in
            [("customer", "get", 5_000), ("reseller", "del", 100_000), ("webspace", "get", 200)]
        {
            let name = format!("memory {operator}/{operation}");
            if !self.wants(&name) {
                continue;
            }
            match peak(operator, operation, count) {
                Ok(ratio) => self.add(name, "the document", Target::AtMost(3.0), || Ratio::of(vec![ratio])),
                Err(error) => eprintln!("skipped: {name} ({error})"),
            }
        }
    }
}

fn read_as<T: Content>(document: &str, strictness: Strictness) -> T {
    Reader::new(document.as_bytes(), strictness, Limits::DEFAULT)
        .and_then(|mut reader| reader.document("packet"))
        .expect("a valid packet")
}

fn read(document: &str, strictness: Strictness) -> response::Packet {
    read_as(document, strictness)
}

/// Counts the events of a document.
fn scan(document: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut events = 0;
    while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {
        events += 1;
    }
    events
}

fn serde<T: serde::de::DeserializeOwned>(document: &str) -> T {
    quick_xml::de::from_str(document).expect("a document of this type")
}

fn serde_xml(records: &AddPacket) -> String {
    quick_xml::se::to_string(records).expect("records")
}

/// Asserts that serde reads what we read.
fn assert_same_customers(value: &response::Packet, other: &CustomerResponse) {
    let response::Body::Operators(operators) = &value.body else { panic!("operators") };
    let response::Operator::Customer(replies) = operators.first() else { panic!("customers") };
    let [customer::Response::Get(reply)] = replies.items.as_slice() else { panic!("one reply") };
    assert_eq!(reply.results.len(), other.customer.get.result.len());
    for (ours, theirs) in reply.results.iter().zip(&other.customer.get.result) {
        let ResultOf { filter_id, id, data, .. } = theirs;
        assert_eq!(ours.body.filter_id.as_deref().unwrap_or(""), filter_id.as_deref().unwrap_or(""));
        assert_eq!(ours.body.id.map(|id| id.to_string()), id.map(|id| id.to_string()));
        let (Some(ours), Some(theirs)) = (&ours.body.data, data) else { continue };
        if let (Some(ours), Some(GenInfo { cr_date, login, fax, email, .. })) = (&ours.gen_info, &theirs.gen_info) {
            assert_eq!((ours.cr_date.as_str(), &ours.login, &ours.fax, &ours.email), (&**cr_date, login, fax, email));
        }
        if let (Some(ours), Some(Stat { subdomains, disk_space, traffic, .. })) = (&ours.stat, &theirs.stat) {
            assert_eq!((ours.subdomains, ours.disk_space, ours.traffic), (*subdomains, *disk_space, *traffic));
        }
    }
}

/// Asserts that serde reads what we read.
fn assert_same_resellers(value: &response::Packet, other: &ResellerResponse) {
    let response::Body::Operators(operators) = &value.body else { panic!("operators") };
    let response::Operator::Reseller(replies) = operators.first() else { panic!("resellers") };
    let [reseller::Response::Del(reply)] = replies.items.as_slice() else { panic!("one reply") };
    let ours = reply.results.iter().map(|it| it.body.id.map(|id| id.to_string()));
    assert!(ours.eq(other.reseller.del.result.iter().map(|it| it.id.map(|id| id.to_string()))));
}

/// Returns the operations `customer/add` of a packet.
fn adds(packet: &request::Packet) -> impl Iterator<Item = &customer::Add> {
    let customers = packet.operators.iter().filter_map(|operator| match operator {
        request::Operator::Customer(requests) => Some(&requests.items),
        _ => None,
    });
    customers.flatten().filter_map(|request| match request {
        customer::Request::Add(add) => Some(add),
        _ => None,
    })
}

/// Returns the records for the same packet.
fn records(packet: &request::Packet) -> AddPacket {
    let add = |customer::Add { gen_info, .. }: &customer::Add| {
        let mut record = AddGenInfo {
            cname: gen_info.cname.clone(),
            pname: gen_info.pname.clone(),
            login: gen_info.login.clone(),
            passwd: gen_info.passwd.expose().to_owned(),
            status: gen_info.status,
            phone: gen_info.phone.clone(),
            fax: gen_info.fax.clone(),
            email: gen_info.email.clone(),
            address: gen_info.address.clone(),
            city: gen_info.city.clone(),
            state: gen_info.state.clone(),
            pcode: gen_info.pcode.clone(),
            country: gen_info.country.clone(),
            locale: gen_info.locale.clone(),
            external_id: gen_info.external_id.clone(),
            description: gen_info.description.clone(),
            ..AddGenInfo::default()
        };
        match &gen_info.owner {
            Some(customer::AddGenInfoOwner::OwnerId(id)) => record.owner_id = id.to_string().parse().ok(),
            Some(customer::AddGenInfoOwner::OwnerLogin(login)) => record.owner_login = Some(login.clone()),
            Some(customer::AddGenInfoOwner::OwnerExternalId(id)) => record.owner_external_id = Some(id.clone()),
            _ => {}
        }
        Add { gen_info: record }
    };
    let version = packet.version.clone().unwrap_or_default();
    AddPacket { version, customer: Adds { add: adds(packet).map(add).collect() } }
}

/// Returns the peak memory of decoding, divided by the size of the document.
fn peak(operator: &str, operation: &str, count: usize) -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let program: PathBuf = program.with_file_name(format!("memory{}", std::env::consts::EXE_SUFFIX));
    let output = Command::new(&program)
        .args([operator, operation, &count.to_string()])
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(size)), Some(Ok(peak))) => Ok(peak / size),
        _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Describes the machine.
fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores, {}", model.unwrap_or("unknown processor"), std::env::consts::OS)
}
