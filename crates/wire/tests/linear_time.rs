//! Reading takes time linear in the document: a document four times as long may take at most six times
//! as long.

mod shapes;

use std::time::{Duration, Instant};

use plesk_wire::xml::{Any, Content, Limits, ReadErrorKind, Reader, Strictness, check};
use shapes::*;

fn limits() -> Limits {
    let mut limits = Limits::DEFAULT;
    limits.size = 1 << 30;
    limits
}

/// Returns the CPU time of this thread, or the time since `start` on systems other than Linux.
fn cpu_time(start: Instant) -> Duration {
    std::thread::yield_now(); // updates the statistics
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = statistics.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.filter(|nanoseconds| *nanoseconds > 0).map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// A mode of reading.
#[derive(Clone, Copy, Debug)]
enum Mode {
    Read(Strictness, Markup),
    Check,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Markup {
    Plain,
    Events,
}

const MODES: [Mode; 5] = [
    Mode::Read(Strictness::Strict, Markup::Plain),
    Mode::Read(Strictness::Strict, Markup::Events),
    Mode::Read(Strictness::Lenient, Markup::Plain),
    Mode::Read(Strictness::Lenient, Markup::Events),
    Mode::Check,
];

/// Returns the time to read `xml`, the least of three runs.
fn time<T: Content>(xml: &str, mode: Mode) -> Duration {
    let start = Instant::now();
    let once = || {
        let before = cpu_time(start);
        match mode {
            Mode::Read(strictness, markup) => {
                if let Ok(reader) = Reader::new(xml.as_bytes(), strictness, limits()) {
                    let plain = markup == Markup::Plain;
                    let _ = if plain { reader } else { reader.by_events_only() }.document::<T>("r");
                }
            }
            Mode::Check => drop(check::<T>("r", xml.as_bytes(), limits())),
        }
        cpu_time(start) - before
    };
    (0..3).map(|_| once()).min().expect("three times")
}

/// Asserts that reading `document(n)`, a document of `n` pieces, takes time linear in `n`.
#[track_caller]
fn assert_linear<T: Content>(what: &str, pieces: usize, document: impl Fn(usize) -> String) {
    let (small, large) = (document(pieces), document(4 * pieces));
    for mode in MODES {
        // A busy machine gets more chances; the least times count.
        let (mut one, mut four) = (Duration::MAX, Duration::MAX);
        let is_linear = (0..12).any(|_| {
            one = one.min(time::<T>(&small, mode));
            four = four.min(time::<T>(&large, mode));
            four < one * 6 + Duration::from_millis(2)
        });
        println!("{what} {mode:?} {} bytes: {one:?}, {four:?}", large.len());
        assert!(is_linear, "{what} {mode:?}: {one:?}, {four:?}");
    }
}

#[test]
fn reading_hostile_documents_is_linear() {
    let around = |inside: String| format!("<r>{inside}</r>");
    assert_linear::<AllShapes>("unknown elements", 5_000, |n| around("<zzz/>".repeat(n)));
    assert_linear::<Select>("unknown elements where all names are known", 5_000, |n| around("<zzz/>".repeat(n)));
    assert_linear::<Any>("raw elements", 5_000, |n| around("<zzz/>".repeat(n)));
    assert_linear::<AllShapes>("unknown elements with attributes", 2_000, |n| {
        around("<zzz a='1' b='2'>x</zzz>".repeat(n))
    });
    assert_linear::<AllShapes>("unknown declarations", 2_000, |n| {
        around("<zzz xmlns:a='1'/><y xmlns:b='2'></y>".repeat(n))
    });
    assert_linear::<Address>("duplicates", 5_000, |n| around("<street>s</street>".repeat(n)));
    assert_linear::<Address>("references", 20_000, |n| around(format!("<street>{}</street>", "&amp;".repeat(n))));
    assert_linear::<Address>("line ends", 20_000, |n| around(format!("<street>{}</street>", "\r\n\r".repeat(n))));
    assert_linear::<Address>("comments in text", 2_000, |n| {
        around(format!("<street>{}</street>", "a<!---->".repeat(n)))
    });
    assert_linear::<Address>("CDATA in text", 2_000, |n| {
        around(format!("<street>{}</street>", "<![CDATA[a]]>&lt;".repeat(n)))
    });
    assert_linear::<Address>("comments between elements", 2_000, |n| around("<!-- c -->\n".repeat(n)));
    assert_linear::<Address>("processing instructions", 2_000, |n| around("<?pi x?>".repeat(n)));
    assert_linear::<Address>("text between elements", 2_000, |n| around("t&amp;<zzz/>".repeat(n)));
    assert_linear::<Address>("closing brackets", 20_000, |n| around(format!("<street>{}</street>", "]]".repeat(n))));
    assert_linear::<Address>("ampersands", 20_000, |n| around(format!("<street>{}</street>", "&".repeat(n))));
    assert_linear::<Address>("start of a tag", 20_000, |n| around("<a".repeat(n)));
    assert_linear::<Address>("a long name", 50_000, |n| around(format!("<{}", "a".repeat(n))));
    assert_linear::<Address>("a comment without end", 50_000, |n| around(format!("<!--{}", "- <a>".repeat(n))));
    assert_linear::<Address>("CDATA without end", 50_000, |n| around(format!("<![CDATA[{}", "]] >".repeat(n))));
    assert_linear::<Address>("an attribute without end", 50_000, |n| around(format!("<a b='{}", "c".repeat(n))));
    assert_linear::<Address>("a long attribute", 20_000, |n| around(format!("<a b='{}'/>", "&lt;\r\n".repeat(n))));
    assert_linear::<Address>("a text without end", 50_000, |n| format!("<r><street>{}", "c".repeat(n)));
    assert_linear::<Address>("no markup", 50_000, |n| "c".repeat(n));
    assert_linear::<Address>("white space", 50_000, |n| " \n".repeat(n));
    assert_linear::<Address>("wide characters", 20_000, |n| {
        around(format!("<street>{}</street>", "\u{FF0C}".repeat(n)))
    });
    assert_linear::<Answers>("good results", 1_000, |n| {
        around("<result><status>ok</status><id>1</id></result>\n".repeat(n))
    });
    assert_linear::<Answers>("unreadable results", 1_000, |n| {
        around("<result>\n<status>ok</status><id>x</id></result>\n".repeat(n))
    });
    assert_linear::<Answers>("results without status", 1_000, |n| around("<result/>\n<result></result>\n".repeat(n)));
    assert_linear::<Answers>("results without order", 1_000, |n| {
        around("<success><guid>g</guid><status>ok</status><id>1</id></success>\n<bare><zzz/></bare>".repeat(n))
    });
    assert_linear::<Groups>("repeated groups", 2_000, |n| around("<guid>g</guid><id>1</id>".repeat(n)));
    assert_linear::<Settings>("repeated choices", 2_000, |n| {
        around(format!("<title/>{}", "<limit>1</limit><property><street/></property>".repeat(n)))
    });
    assert_linear::<Select>("a list in a choice", 2_000, |n| around("<id>1</id><zzz/>".repeat(n)));
    assert_linear::<Wild>("a wildcard", 2_000, |n| around(format!("<first/>{}", "<w a='b'>c</w>".repeat(n))));
    assert_linear::<Open>("namespaces of raw content", 2_000, |n| {
        format!("<r xmlns:a='urn:a' xmlns:b='urn:b'><data/>{}</r>", "<more><a:x/></more>".repeat(n))
    });
}

/// The violations are in values on one line and on many lines, in the content of listed elements, and
/// in documents of which parts are read twice to explain an unexpected element.
#[test]
fn checking_documents_with_many_violations_is_linear() {
    let around = |inside: String| format!("<r>{inside}</r>");
    let person = |inside: &str| format!("<person><login>a</login>{inside}</person>");
    assert_linear::<Settings>("bad values on a line", 20_000, |n| {
        around(format!("<title/>{}", "<limit>x</limit>".repeat(n)))
    });
    assert_linear::<AllShapes>("bad values on lines", 5_000, |n| {
        around(person("\n<password>p</password>\n<age>x</age>\n<home>\n<street/><zip/></home>").repeat(n))
    });
    assert_linear::<AllShapes>("unexpected elements", 5_000, |n| {
        around(person("<age>1</age><zzz/><login/>").repeat(n))
    });
    assert_linear::<AllShapes>("missing elements", 5_000, |n| around("<person/>\n<person></person>".repeat(n)));
    assert_linear::<AllShapes>("an unexpected element after many", 5_000, |n| {
        around(format!("{}<login/>{}", "<person/>".repeat(n), "<person/><keyed/>".repeat(n)))
    });
    assert_linear::<AllShapes>("an element out of order among many", 5_000, |n| {
        around(person(&format!("<password/><mail/>{}<age/>{}", "<pet/>".repeat(n), "<mail/><pet/>".repeat(n))))
    });
    assert_linear::<Groups>("groups without an end", 5_000, |n| around("<id>1</id>".repeat(n)));
    assert_linear::<AllShapes>("text among elements", 5_000, |n| around(person("text").repeat(n)));
    assert_linear::<AllShapes>("attributes", 2_000, |n| around("<person a='1' b='2' c='3' xml:lang='de'/>".repeat(n)));
    assert_linear::<AllShapes>("namespaces", 2_000, |n| {
        around("<person xmlns='urn:a'/><a:keyed xmlns:a='urn:a'/>".repeat(n))
    });
    assert_linear::<Unordered>("any order", 5_000, |n| around("<z/><x>1</x><q/>".repeat(n)));
    assert_linear::<Address>("elements in a text", 5_000, |n| {
        around(format!("<street>{}</street>", "<b>x</b>".repeat(n)))
    });
    assert_linear::<Select>("elements in empty content", 5_000, |n| {
        around(format!("<all>{}</all>", "<b>x</b>y<!---->".repeat(n)))
    });
    assert_linear::<Person>("a long unknown name", 50_000, |n| around(format!("<{0}/><login/>", "l".repeat(n))));
    assert_linear::<Person>("a long value", 50_000, |n| around(format!("<login>{0}</login>", "l".repeat(n))));
}

#[test]
fn depth_and_attributes_beyond_the_limit_are_refused_early() {
    let assert_early = |xml: &str, what: &str| {
        for strictness in [Strictness::Strict, Strictness::Lenient] {
            for plain in [true, false] {
                // The search for forbidden characters comes first; it is fast and not measured.
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
    // 100 MB of nesting exceeds the size, 60 MB the depth.
    let nesting = format!("<r>{}", "<a>".repeat(100_000_000 / 3));
    for text in [&nesting[..], &nesting[..60_000_000]] {
        let start = Instant::now();
        let before = cpu_time(start);
        let violations = check::<AllShapes>("r", text.as_bytes(), Limits::DEFAULT).unwrap_err();
        let took = cpu_time(start) - before;
        assert!(violations.as_slice().iter().any(|violation| violation.rule == "limit"), "{violations}");
        println!("nesting, checked: {took:?}");
        // Without optimization, the search for forbidden characters is slow.
        assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 }), "{took:?}");
    }
    assert_early(&nesting, "nesting");
    assert_early(&format!("<r>{}", "<a b='c'>".repeat(100_000_000 / 9)), "nesting with attributes");
    let attributes: String = (0..100_000).map(|at| format!(" a{at}=''")).collect();
    assert_early(&format!("<r{attributes}/>"), "attributes");
}

/// Raw content copies the declarations that it needs, possibly the same one many times.
#[test]
fn copied_declarations_are_limited() {
    let xml = format!("<r xmlns:a='{}'><data/>{}</r>", "u".repeat(100_000), "<more><a:x/></more>".repeat(10_000));
    let mut limits = Limits::DEFAULT;
    limits.size = 1_000_000;
    let mut reader = Reader::new(xml.as_bytes(), Strictness::Lenient, limits).unwrap();
    assert!(matches!(reader.document::<Open>("r").unwrap_err().kind(), ReadErrorKind::Limit(_)));
}
