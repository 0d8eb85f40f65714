//! `cargo xtask bench`: measures reading, writing and checking beside other libraries.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use plesk::{Batch, CodecOptions, Packet};
use plesk_bench::build_cost::COMPARISONS;
use plesk_bench::counts::Counts;
use plesk_bench::documents::Documents;
use plesk_bench::footprint::Footprint;
use plesk_bench::records::{
    AddPacket, CustomerResponse, ResellerResponse, adds, assert_same_customers, assert_same_resellers, records,
};
use plesk_bench::report::{Measurement, Target, page, plot};
use plesk_bench::stopwatch::{Ratio, compare, time};
use plesk_bench::{exchange, hostile, regenerate, simulator};
use plesk_protocol::{request, response};
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
    let (mut only, mut json, mut counts) = (None, false, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = true,
            "--only" => only = arguments.next(),
            "--counts" | "--update-counts" => counts = Some(argument == "--update-counts"),
            _ => {
                eprintln!("usage: bench [--json] [--only NAME] | --counts | --update-counts");
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
    if let Some(update) = counts {
        return match count(&documents, update) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let all = only.is_none();
    let mut bench = Bench { documents, only, json, found: Vec::new() };
    bench.decode();
    bench.encode();
    bench.check();
    bench.growth();
    bench.hostile();
    bench.memory();
    bench.exchange();
    bench.simulator();
    bench.regenerate();
    bench.build_cost();
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

/// Counts the instructions of the kernels. Writes the counts, or compares them with those that are committed. Returns `true`
/// unless a kernel takes more instructions than before.
fn count(documents: &Documents, update: bool) -> Result<bool, String> {
    let counts = Counts::measure(documents)?;
    let before = Counts::committed();
    let passed = match before.and_then(|before| counts.compare(&before)) {
        Ok((lines, passed)) => {
            lines.iter().for_each(|line| println!("{line}"));
            passed
        }
        Err(error) if !update => return Err(error),
        Err(_) => true,
    };
    if update {
        counts.write()?;
        return Ok(true);
    }
    Ok(passed)
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
            let [memory, allocations] = ["memory", "allocations"].map(|what| format!("{what} {operator}/{operation}"));
            if !self.wants(&memory) && !self.wants(&allocations) {
                continue;
            }
            match Footprint::of(operator, operation, count) {
                Ok(Footprint { document, peak, allocated, texts }) => {
                    self.add(memory, "the document", Target::AtMost(3.0), || Ratio::of(vec![peak / document]));
                    let target = Target::AtMost(1.0);
                    self.add(allocations, "the texts of the document", target, || Ratio::of(vec![allocated / texts]));
                }
                Err(error) => eprintln!("skipped: {memory} ({error})"),
            }
        }
    }

    fn exchange(&mut self) {
        let target = Target::AtMost(10.0);
        self.try_add("client, async", "microseconds more than reqwest", target, || {
            exchange::asynchronous(ROUNDS).map_err(|error| error.to_string())
        });
        self.try_add("client, blocking", "microseconds more than ureq", target, || {
            exchange::blocking(ROUNDS).map_err(|error| error.to_string())
        });
    }

    fn simulator(&mut self) {
        for (name, count) in [("simulator, 1k customers", 1_000), ("simulator, 100k customers", 100_000)] {
            self.try_add(name, "one customer", Target::AtMost(2.0), || {
                simulator::growth(count, ROUNDS).map_err(|error| error.to_string())
            });
        }
    }

    fn regenerate(&mut self) {
        self.try_add("regenerate", "seconds", Target::AtMost(0.2), || {
            (0..ROUNDS).map(|_| regenerate::time()).collect::<Result<_, _>>().map(Ratio::of)
        });
    }

    /// Builds programs, if that is asked for by name: it takes minutes.
    fn build_cost(&mut self) {
        if self.only.is_none() {
            return;
        }
        for comparison in &COMPARISONS {
            self.try_add(comparison.name, comparison.yardstick, Target::AtMost(comparison.target), || {
                comparison.measure()
            });
        }
    }

    /// Adds what may fail for reasons outside this project.
    fn try_add(
        &mut self,
        name: &str,
        yardstick: &'static str,
        target: Target,
        ratio: impl FnOnce() -> Result<Ratio, String>,
    ) {
        if !self.wants(name) {
            return;
        }
        match ratio() {
            Ok(ratio) => self.add(name.to_owned(), yardstick, target, || ratio),
            Err(error) => eprintln!("skipped: {name} ({error})"),
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

/// Describes the machine.
fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores, {}", model.unwrap_or("unknown processor"), std::env::consts::OS)
}
