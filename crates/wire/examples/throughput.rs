//! Measures the speed of reading and writing a response, compared with a plain scan of its events:
//!
//! ```text
//! cargo run --release -p plesk-wire --example throughput [results] [rounds]
//! ```

use std::hint::black_box;
use std::time::{Duration, Instant};

use plesk_wire::packet::Outcome;
use plesk_wire::xml::{
    Content, Limits, Primitive, Reader, SimpleType, Strictness, Validator, WhiteSpace, Writer, check,
};
use quick_xml::events::Event;

static LONG: SimpleType = SimpleType::new("unsignedLong", Primitive::UnsignedLong, WhiteSpace::Collapse, &[]);

/// Defines a record of strings, and an example of it.
macro_rules! strings {
    ($record:ident { $($field:ident = $name:literal, $text:literal;)* }) => {
        #[derive(Clone, Debug, PartialEq, Content)]
        struct $record { $(#[xml(text = $name)] $field: String,)* }

        impl $record {
            fn example() -> Self {
                Self { $($field: $text.to_owned(),)* }
            }
        }
    };
}

strings!(GenInfo {
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

#[derive(Clone, Debug, PartialEq, Content)]
struct Data {
    #[xml(text = "filter-id")]
    filter_id: Option<String>,
    #[xml(text = "id", type = LONG)]
    id: Option<u64>,
    #[xml(element = "data")]
    data: Option<GenInfo>,
}

#[derive(Clone, Debug, PartialEq, Content)]
struct Get {
    #[xml(element = "result")]
    result: Vec<Outcome<Data>>,
}

/// Returns the time that `f` takes, without dropping its result.
fn time<T>(f: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(f());
    let time = start.elapsed();
    drop(result);
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
    // An allocation above the data keeps the allocator from returning the memory to the system after
    // each reading, so that the next one need not pay for new pages.
    let below = read(Strictness::Strict);
    let above = black_box(vec![0u8; 1 << 16]);
    drop(below);
    println!("{what:4} {:.1} MB, {} results", xml.len() as f64 / 1e6, value.result.len());
    // The tasks take turns, so that other load affects all of them; the least time counts.
    let tasks: [(&str, &dyn Fn() -> Duration); 7] = [
        ("scan", &|| time(|| scan(&xml))),
        ("read leniently", &|| time(|| read(Strictness::Lenient))),
        ("read strictly", &|| time(|| read(Strictness::Strict))),
        ("start", &|| time(|| Reader::new(&xml, Strictness::Strict, Limits::DEFAULT).is_ok())),
        ("write", &|| time(|| Writer::document("packet", value))),
        ("check", &|| time(|| check::<Get>("packet", &xml, Limits::DEFAULT).is_ok())),
        ("validate", &|| time(|| Validator::check("packet", value).is_ok())),
    ];
    let mut best = [Duration::MAX; 7];
    for _ in 0..rounds {
        for (least, (_, task)) in best.iter_mut().zip(tasks) {
            // The second run reuses the memory of the first.
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
