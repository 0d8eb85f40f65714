//! Time grows no faster than the text, whatever the text is: four times as much may take six
//! times as long.

mod shapes;

use std::time::{Duration, Instant};

use plesk_wire::xml::{Any, Content, Limits, ReadErrorKind, Reader, Strictness};
use shapes::*;

fn limits() -> Limits {
    let mut limits = Limits::DEFAULT;
    limits.size = 1 << 30;
    limits
}

/// How long this thread has been at work, whatever else the machine does; without Linux, the time
/// of the day must do.
fn at_work(start: Instant) -> Duration {
    std::thread::yield_now(); // brings the account up to date
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = account.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.filter(|nanoseconds| *nanoseconds > 0).map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The time to read `xml`, the least of three.
fn time<T: Content>(xml: &str, strictness: Strictness, plain: bool) -> Duration {
    let start = Instant::now();
    let once = || {
        let before = at_work(start);
        if let Ok(reader) = Reader::new(xml.as_bytes(), strictness, limits()) {
            let _ = if plain { reader } else { reader.by_events_only() }.document::<T>("r");
        }
        at_work(start) - before
    };
    (0..3).map(|_| once()).min().expect("three times")
}

/// `text` makes a document of about so many pieces.
#[track_caller]
fn linear<T: Content>(what: &str, pieces: usize, text: impl Fn(usize) -> String) {
    let (small, large) = (text(pieces), text(4 * pieces));
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        for plain in [true, false] {
            // A machine that is busy with other things gets another chance; the least times count.
            let (mut one, mut four) = (Duration::MAX, Duration::MAX);
            let fine = (0..12).any(|_| {
                one = one.min(time::<T>(&small, strictness, plain));
                four = four.min(time::<T>(&large, strictness, plain));
                four < one * 6 + Duration::from_millis(2)
            });
            println!("{what} {strictness:?} plain={plain} {} bytes: {one:?}, {four:?}", large.len());
            assert!(fine, "{what} {strictness:?} plain={plain}: {one:?}, {four:?}");
        }
    }
}

#[test]
fn hostile_texts() {
    let around = |inside: String| format!("<r>{inside}</r>");
    linear::<House>("unknown elements", 5_000, |n| around("<zzz/>".repeat(n)));
    linear::<Select>("unknown elements where all names are known", 5_000, |n| around("<zzz/>".repeat(n)));
    linear::<Any>("raw elements", 5_000, |n| around("<zzz/>".repeat(n)));
    linear::<House>("unknown elements with attributes", 2_000, |n| around("<zzz a='1' b='2'>x</zzz>".repeat(n)));
    linear::<House>("unknown declarations", 2_000, |n| around("<zzz xmlns:a='1'/><y xmlns:b='2'></y>".repeat(n)));
    linear::<Address>("duplicates", 5_000, |n| around("<street>s</street>".repeat(n)));
    linear::<Address>("references", 20_000, |n| around(format!("<street>{}</street>", "&amp;".repeat(n))));
    linear::<Address>("line ends", 20_000, |n| around(format!("<street>{}</street>", "\r\n\r".repeat(n))));
    linear::<Address>("comments in text", 2_000, |n| around(format!("<street>{}</street>", "a<!---->".repeat(n))));
    linear::<Address>("CDATA in text", 2_000, |n| {
        around(format!("<street>{}</street>", "<![CDATA[a]]>&lt;".repeat(n)))
    });
    linear::<Address>("comments between elements", 2_000, |n| around("<!-- c -->\n".repeat(n)));
    linear::<Address>("processing instructions", 2_000, |n| around("<?pi x?>".repeat(n)));
    linear::<Address>("text between elements", 2_000, |n| around("t&amp;<zzz/>".repeat(n)));
    linear::<Address>("closing brackets", 20_000, |n| around(format!("<street>{}</street>", "]]".repeat(n))));
    linear::<Address>("ampersands", 20_000, |n| around(format!("<street>{}</street>", "&".repeat(n))));
    linear::<Address>("start of a tag", 20_000, |n| around("<a".repeat(n)));
    linear::<Address>("a long name", 50_000, |n| around(format!("<{}", "a".repeat(n))));
    linear::<Address>("a comment without end", 50_000, |n| around(format!("<!--{}", "- <a>".repeat(n))));
    linear::<Address>("CDATA without end", 50_000, |n| around(format!("<![CDATA[{}", "]] >".repeat(n))));
    linear::<Address>("an attribute without end", 50_000, |n| around(format!("<a b='{}", "c".repeat(n))));
    linear::<Address>("a long attribute", 20_000, |n| around(format!("<a b='{}'/>", "&lt;\r\n".repeat(n))));
    linear::<Address>("a text without end", 50_000, |n| format!("<r><street>{}", "c".repeat(n)));
    linear::<Address>("no markup", 50_000, |n| "c".repeat(n));
    linear::<Address>("white space", 50_000, |n| " \n".repeat(n));
    linear::<Address>("wide characters", 20_000, |n| around(format!("<street>{}</street>", "\u{FF0C}".repeat(n))));
    linear::<Answers>("good results", 1_000, |n| around("<result><status>ok</status><id>1</id></result>\n".repeat(n)));
    linear::<Answers>("unreadable results", 1_000, |n| {
        around("<result>\n<status>ok</status><id>x</id></result>\n".repeat(n))
    });
    linear::<Answers>("results without status", 1_000, |n| around("<result/>\n<result></result>\n".repeat(n)));
    linear::<Answers>("results without order", 1_000, |n| {
        around("<success><guid>g</guid><status>ok</status><id>1</id></success>\n<bare><zzz/></bare>".repeat(n))
    });
    linear::<Groups>("repeated groups", 2_000, |n| around("<guid>g</guid><id>1</id>".repeat(n)));
    linear::<Settings>("repeated choices", 2_000, |n| {
        around(format!("<title/>{}", "<limit>1</limit><property><street/></property>".repeat(n)))
    });
    linear::<Select>("a list in a choice", 2_000, |n| around("<id>1</id><zzz/>".repeat(n)));
    linear::<Wild>("a wildcard", 2_000, |n| around(format!("<first/>{}", "<w a='b'>c</w>".repeat(n))));
    linear::<Open>("namespaces of raw content", 2_000, |n| {
        format!("<r xmlns:a='urn:a' xmlns:b='urn:b'><data/>{}</r>", "<more><a:x/></more>".repeat(n))
    });
}

#[test]
fn depth_and_attributes_are_refused_early() {
    let early = |xml: &str, what: &str| {
        for strictness in [Strictness::Strict, Strictness::Lenient] {
            for plain in [true, false] {
                // Looking through the bytes for what is no character comes first; it is fast.
                let reader = Reader::new(xml.as_bytes(), strictness, limits()).unwrap();
                let mut reader = if plain { reader } else { reader.by_events_only() };
                let start = Instant::now();
                let error = reader.document::<Any>("r").unwrap_err();
                let took = start.elapsed();
                assert!(matches!(error.kind(), ReadErrorKind::Limit(_)), "{what}: {}", error.kind());
                println!("{what}: {took:?}");
                assert!(took < Duration::from_secs(5), "{what}: {took:?}");
            }
        }
    };
    early(&format!("<r>{}", "<a>".repeat(100_000_000 / 3)), "nesting");
    early(&format!("<r>{}", "<a b='c'>".repeat(100_000_000 / 9)), "nesting with attributes");
    let attributes: String = (0..100_000).map(|at| format!(" a{at}=''")).collect();
    early(&format!("<r{attributes}/>"), "attributes");
}

/// A small text cannot grow beyond the limit by what it declares once and needs in many places.
#[test]
fn declarations_are_not_copied_without_end() {
    let xml = format!("<r xmlns:a='{}'><data/>{}</r>", "u".repeat(100_000), "<more><a:x/></more>".repeat(10_000));
    let mut limits = Limits::DEFAULT;
    limits.size = 1_000_000;
    let mut reader = Reader::new(xml.as_bytes(), Strictness::Lenient, limits).unwrap();
    assert!(matches!(reader.document::<Open>("r").unwrap_err().kind(), ReadErrorKind::Limit(_)));
}
