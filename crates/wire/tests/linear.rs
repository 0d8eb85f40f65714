//! Time grows no faster than the text, whatever the text is: four times as much may take six
//! times as long.

mod shapes;

use std::time::{Duration, Instant};

use plesk_wire::xml::{Any, Content, Limits, ReadErrorKind, Reader, Strictness, check};
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

/// The ways of reading.
#[derive(Clone, Copy, Debug)]
enum Way {
    Read(Strictness, Markup),
    Check,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Markup {
    Plain,
    Events,
}

const WAYS: [Way; 5] = [
    Way::Read(Strictness::Strict, Markup::Plain),
    Way::Read(Strictness::Strict, Markup::Events),
    Way::Read(Strictness::Lenient, Markup::Plain),
    Way::Read(Strictness::Lenient, Markup::Events),
    Way::Check,
];

/// The time to read `xml`, the least of three.
fn time<T: Content>(xml: &str, way: Way) -> Duration {
    let start = Instant::now();
    let once = || {
        let before = at_work(start);
        match way {
            Way::Read(strictness, markup) => {
                if let Ok(reader) = Reader::new(xml.as_bytes(), strictness, limits()) {
                    let plain = markup == Markup::Plain;
                    let _ = if plain { reader } else { reader.by_events_only() }.document::<T>("r");
                }
            }
            Way::Check => drop(check::<T>("r", xml.as_bytes(), limits())),
        }
        at_work(start) - before
    };
    (0..3).map(|_| once()).min().expect("three times")
}

/// `text` makes a document of about so many pieces.
#[track_caller]
fn linear<T: Content>(what: &str, pieces: usize, text: impl Fn(usize) -> String) {
    let (small, large) = (text(pieces), text(4 * pieces));
    for way in WAYS {
        // A machine that is busy with other things gets another chance; the least times count.
        let (mut one, mut four) = (Duration::MAX, Duration::MAX);
        let fine = (0..12).any(|_| {
            one = one.min(time::<T>(&small, way));
            four = four.min(time::<T>(&large, way));
            four < one * 6 + Duration::from_millis(2)
        });
        println!("{what} {way:?} {} bytes: {one:?}, {four:?}", large.len());
        assert!(fine, "{what} {way:?}: {one:?}, {four:?}");
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

/// Documents with ever more faults: of values on one line and on many, of the content of elements in
/// lists and around others, and in what is read again for what stands before a fault.
#[test]
fn texts_with_many_faults() {
    let around = |inside: String| format!("<r>{inside}</r>");
    let person = |inside: &str| format!("<person><login>a</login>{inside}</person>");
    linear::<Settings>("bad values on a line", 20_000, |n| around(format!("<title/>{}", "<limit>x</limit>".repeat(n))));
    linear::<House>("bad values on lines", 5_000, |n| {
        around(person("\n<password>p</password>\n<age>x</age>\n<home>\n<street/><zip/></home>").repeat(n))
    });
    linear::<House>("unexpected elements", 5_000, |n| around(person("<age>1</age><zzz/><login/>").repeat(n)));
    linear::<House>("missing elements", 5_000, |n| around("<person/>\n<person></person>".repeat(n)));
    linear::<House>("an unexpected element after many", 5_000, |n| {
        around(format!("{}<login/>{}", "<person/>".repeat(n), "<person/><keyed/>".repeat(n)))
    });
    linear::<House>("an element out of order among many", 5_000, |n| {
        around(person(&format!("<password/><mail/>{}<age/>{}", "<pet/>".repeat(n), "<mail/><pet/>".repeat(n))))
    });
    linear::<Groups>("groups without an end", 5_000, |n| around("<id>1</id>".repeat(n)));
    linear::<House>("text among elements", 5_000, |n| around(person("text").repeat(n)));
    linear::<House>("attributes", 2_000, |n| around("<person a='1' b='2' c='3' xml:lang='de'/>".repeat(n)));
    linear::<House>("namespaces", 2_000, |n| around("<person xmlns='urn:a'/><a:keyed xmlns:a='urn:a'/>".repeat(n)));
    linear::<Unordered>("any order", 5_000, |n| around("<z/><x>1</x><q/>".repeat(n)));
    linear::<Address>("elements in a text", 5_000, |n| around(format!("<street>{}</street>", "<b>x</b>".repeat(n))));
    linear::<Select>("elements where nothing may stand", 5_000, |n| {
        around(format!("<all>{}</all>", "<b>x</b>y<!---->".repeat(n)))
    });
    linear::<Person>("a long unknown name", 50_000, |n| around(format!("<{0}/><login/>", "l".repeat(n))));
    linear::<Person>("a long value", 50_000, |n| around(format!("<login>{0}</login>", "l".repeat(n))));
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
    // 100 MB of nesting is too large, and what is small enough nests too deep.
    let nesting = format!("<r>{}", "<a>".repeat(100_000_000 / 3));
    for text in [&nesting[..], &nesting[..60_000_000]] {
        let start = Instant::now();
        let before = at_work(start);
        let violations = check::<House>("r", text.as_bytes(), Limits::DEFAULT).unwrap_err();
        let took = at_work(start) - before;
        assert!(violations.as_slice().iter().any(|violation| violation.rule == "limit"), "{violations}");
        println!("nesting, checked: {took:?}");
        // Without optimization, looking through the bytes takes its time.
        assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 }), "{took:?}");
    }
    early(&nesting, "nesting");
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
