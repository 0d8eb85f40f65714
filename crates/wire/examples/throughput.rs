//! How fast an answer is read and written, beside a bare scan of the same bytes for events:
//!
//! ```text
//! cargo run --release -p plesk-wire --example throughput [results] [rounds]
//! ```

use std::hint::black_box;
use std::time::{Duration, Instant};

use plesk_wire::packet::Outcome;
use plesk_wire::xml::{
    Content, Limits, Primitive, ReadError, Reader, Scalar, SimpleType, Strictness, Validator, Visitor, WhiteSpace,
    Writer, check,
};
use quick_xml::events::Event;

static STRING: SimpleType = SimpleType::new("string", Primitive::String, WhiteSpace::Preserve, &[]);
static LONG: SimpleType = SimpleType::new("unsignedLong", Primitive::UnsignedLong, WhiteSpace::Collapse, &[]);

/// A record of leaves that are strings, as codegen emits it.
macro_rules! leaves {
    ($record:ident { $($field:ident = $name:literal, $text:literal;)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $record { $($field: String,)* }

        impl $record {
            fn example() -> Self {
                Self { $($field: $text.to_owned(),)* }
            }
        }

        impl Content for $record {
            fn placeholder() -> Self {
                Self { $($field: Scalar::placeholder(),)* }
            }

            fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
                $(r.text($name, &mut self.$field, &STRING)?;)*
                Ok(())
            }

            fn visit<V: Visitor>(&self, v: &mut V) {
                $(v.text($name, &self.$field, &STRING);)*
            }
        }
    };
}

leaves!(GenInfo {
    cr_date = "cr_date", "2025-11-22";
    cname = "cname", "Example & Sons";
    pname = "pname", "Jo Doe of Example";
    login = "login", "jo.doe.1234";
    status = "status", "0";
    phone = "phone", "+41 44 123 45 67";
    fax = "fax", "";
    email = "email", "jo.doe@mail.example.com";
    address = "address", "Some Long Street 123, Building 4";
    city = "city", "Zurich";
    state = "state", "ZH";
    pcode = "pcode", "8000";
    country = "country", "CH";
    locale = "locale", "en-US";
    guid = "guid", "d7914f79-089b-4db1-b506-4fac617ebd60";
});

#[derive(Clone, Debug, PartialEq)]
struct Data {
    filter_id: Option<String>,
    id: Option<u64>,
    data: Option<GenInfo>,
}

impl Content for Data {
    fn placeholder() -> Self {
        Self { filter_id: None, id: None, data: None }
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.opt_text("filter-id", &mut self.filter_id, &STRING)?;
        r.opt_text("id", &mut self.id, &LONG)?;
        r.opt_element("data", &mut self.data)?;
        Ok(())
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.opt_text("filter-id", &self.filter_id, &STRING);
        v.opt_text("id", &self.id, &LONG);
        v.opt_element("data", &self.data);
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Get {
    result: Vec<Outcome<Data>>,
}

impl Content for Get {
    fn placeholder() -> Self {
        Self { result: Vec::new() }
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.elements("result", 0, usize::MAX, &mut self.result)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.elements("result", 0, usize::MAX, &self.result);
    }
}

/// How long `f` takes, without dropping what it made.
fn time<T>(f: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = black_box(f());
    let time = start.elapsed();
    drop(made);
    time
}

fn scan(xml: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(xml).expect("UTF-8"));
    let mut events = 0;
    while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {
        events += 1;
    }
    events
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let (results, rounds) = (numbers.next().unwrap_or(10_000), numbers.next().unwrap_or(25));
    let result =
        |id| Outcome::ok(Data { filter_id: Some("jo".to_owned()), id: Some(id), data: Some(GenInfo::example()) });
    compare("get", &Get { result: (0..results as u64).map(result).collect() }, rounds);
    let result = |id| Outcome::ok(Data { filter_id: None, id: Some(id), data: None });
    compare("del", &Get { result: (0..6 * results as u64).map(result).collect() }, rounds);
}

fn compare(what: &str, value: &Get, rounds: usize) {
    let xml = Writer::document("packet", value);
    let read = |strictness| {
        Reader::new(&xml, strictness, Limits::DEFAULT).and_then(|mut r| r.document::<Get>("packet")).expect("readable")
    };
    assert_eq!(&read(Strictness::Strict), value);
    // What stays allocated above keeps the allocator from giving the memory back to the system
    // after each reading, and the next from paying for new pages.
    let below = read(Strictness::Strict);
    let above = black_box(vec![0u8; 1 << 16]);
    drop(below);
    println!("{what:4} {:.1} MB, {} results", xml.len() as f64 / 1e6, value.result.len());
    // In turn, so that what else the machine does befalls all of them; the least time counts.
    let tasks: [(&str, &dyn Fn() -> Duration); 7] = [
        ("scan", &|| time(|| scan(&xml))),
        ("read leniently", &|| time(|| read(Strictness::Lenient))),
        ("read strictly", &|| time(|| read(Strictness::Strict))),
        ("first look", &|| time(|| Reader::new(&xml, Strictness::Strict, Limits::DEFAULT).is_ok())),
        ("write", &|| time(|| Writer::document("packet", value))),
        ("check", &|| time(|| check::<Get>("packet", &xml, Limits::DEFAULT).is_ok())),
        ("validate", &|| time(|| Validator::check("packet", value).is_ok())),
    ];
    let mut best = [Duration::MAX; 7];
    for _ in 0..rounds {
        for (least, (_, task)) in best.iter_mut().zip(tasks) {
            // The second time finds the memory as the first has left it.
            *least = task().min(task()).min(*least);
        }
    }
    for ((name, _), time) in tasks.iter().zip(best) {
        let speed = xml.len() as f64 / 1e6 / time.as_secs_f64();
        let ratio = time.as_secs_f64() / best[0].as_secs_f64();
        println!("{what:4} {name:14} {:8.2} ms {speed:8.0} MB/s {ratio:6.2} x scan", time.as_secs_f64() * 1e3);
    }
    drop(above);
}
