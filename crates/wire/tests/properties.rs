//! Properties of all values and documents: a value is read back as it was written, and the reader that
//! matches on bytes agrees with the one that leaves all markup to quick-xml.

mod shapes;

use plesk_wire::packet::{ErrorCode, Outcome, Secret};
use plesk_wire::xml::{
    Any, Content, Limits, Nillable, NonEmpty, Raw, ReadError, ReadErrorKind, Reader, Strictness, Writer,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use shapes::*;

/// Generates texts of characters that XML allows, many of them special.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        3 => proptest::sample::select("<>&'\"]-! \t\r\n;#/?=ab0\u{FEFF}\u{85}\u{2028}\u{FFFD}\u{10FFFF}".chars().collect::<Vec<_>>()),
        1 => any::<char>().prop_filter("XML", |c| {
            !matches!(*c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
        }),
    ];
    vec(character, 0..8).prop_map(|characters| characters.into_iter().collect())
}

fn an_address() -> impl Strategy<Value = Address> {
    (text(), of(any::<u64>())).prop_map(|(street, zip)| Address { street, zip })
}

fn a_pair() -> impl Strategy<Value = Pair> {
    (any::<u64>(), text(), of(text())).prop_map(|(id, guid, note)| Pair { id, guid, note })
}

fn some<T: Clone + std::fmt::Debug>(item: impl Strategy<Value = T>, max: usize) -> impl Strategy<Value = NonEmpty<T>> {
    vec(item, 1..=max).prop_map(|items| NonEmpty::try_from(items).expect("not empty"))
}

fn a_filter() -> impl Strategy<Value = Filter> {
    prop_oneof![
        Just(Filter::Everything),
        Just(Filter::All),
        some(any::<u64>(), 3).prop_map(Filter::Ids),
        (an_address(), some(an_address(), 3)).prop_map(|(first, mut more)| {
            more.push(first);
            Filter::Addresses(more)
        }),
        text().prop_map(Filter::Login),
        (text(), of(text())).prop_map(|(owner, role)| Filter::Owner(Owner { owner, role })),
    ]
}

fn an_any() -> impl Strategy<Value = Any> {
    prop_oneof![
        text().prop_map(|text| Any::text(&text)),
        Just(Any::xml("<a b='c'>t<![CDATA[<]]>&#13;</a><!-- c --><d/>").expect("well-formed")),
    ]
}

fn an_outcome<B: std::fmt::Debug>(body: impl Strategy<Value = B>) -> impl Strategy<Value = Outcome<B>> {
    (body, of((any::<u32>(), text()))).prop_map(|(body, error)| match error {
        Some((code, text)) => Outcome::error(ErrorCode(code), text, body),
        None => Outcome::ok(body),
    })
}

fn a_setting() -> impl Strategy<Value = Setting> {
    prop_oneof![any::<i32>().prop_map(Setting::Limit), an_address().prop_map(Setting::Property)]
}

fn a_person() -> impl Strategy<Value = Person> {
    let texts = (text(), text(), of(any::<i32>()), vec(text(), 0..4));
    let elements = (an_address(), of(an_address()), vec(an_address(), 1..4), any::<bool>());
    (texts, elements).prop_map(|((login, password, age, mail), (home, work, pet, vip))| Person {
        login,
        password: Secret::from(password),
        age,
        mail,
        home,
        work,
        pet,
        vip,
    })
}

fn any_shapes() -> impl Strategy<Value = AllShapes> {
    let keyed = (
        of(text()),
        prop_oneof![any::<u64>().prop_map(Key::Id), an_address().prop_map(|a| Key::Place(a.into()))],
        of(text()),
        of(a_setting()),
    )
        .prop_map(|(before, key, after, setting)| Keyed { before, key, after, setting });
    let settings = (text(), vec(a_setting(), 1..5), any::<bool>()).prop_map(|(title, settings, done)| Settings {
        title,
        settings,
        done,
    });
    let grouped = (of(text()), of(a_pair()), of(text())).prop_map(|(first, pair, last)| Grouped { first, pair, last });
    let groups =
        (of(text()), vec(a_pair(), 1..4), of(text())).prop_map(|(first, pairs, last)| Groups { first, pairs, last });
    let unordered = (any::<i32>(), of(an_address()), any::<bool>()).prop_map(|(x, y, z)| Unordered { x, y, z });
    let open = (an_any(), vec(an_any(), 0..3), of(text())).prop_map(|(data, more, end)| Open { data, more, end });
    let raw = proptest::sample::select(vec!["<a/>", "<b c=\">\">d<!-- e --></b >", "<first>x</first>"]);
    let wild = (text(), vec(raw.prop_map(|xml| Raw::new(xml).expect("well-formed")), 0..3))
        .prop_map(|(first, rest)| Wild { first, rest });
    let price = (of(text()), any::<i32>()).prop_map(|(currency, amount)| Price { currency, amount });
    let versioned = (text(), of(any::<bool>()), of(text().prop_map(Secret::from)), of(price))
        .prop_map(|(version, fast, key, price)| Versioned { version, fast, key, price });
    let may = prop_oneof![Just(Nillable::Nil), text().prop_map(|text| Nillable::Value(Secret::from(text)))];
    let must = prop_oneof![Just(Nillable::Nil), any::<i32>().prop_map(Nillable::Value)];
    let maybe = (must, of(may)).prop_map(|(must, may)| Maybe { must, may });
    let body =
        (of(text()), any::<u64>(), of(an_address())).prop_map(|(filter_id, id, data)| Body { filter_id, id, data });
    let answers = (vec(an_outcome(Just(())), 0..3), vec(an_outcome(body), 0..3), vec(an_outcome(of(a_pair())), 0..3))
        .prop_map(|(bare, result, success)| Answers { bare, result, success });
    let select = (a_filter(), of(an_address())).prop_map(|(filter, dataset)| Select { filter, dataset });
    let first = (vec(a_person(), 0..2), of(select), of(keyed), of(settings), of(grouped), of(groups));
    let second = (of(unordered), of(open), of(wild), of(versioned), of(maybe), of(answers));
    (first, second).prop_map(
        |((person, select, keyed, settings, grouped, groups), (unordered, open, wild, versioned, maybe, answers))| {
            AllShapes {
                person,
                select,
                keyed,
                settings,
                grouped,
                groups,
                unordered,
                open,
                wild,
                versioned,
                maybe,
                answers,
            }
        },
    )
}

/// A change to a document, valid or not. The numbers select the place.
#[derive(Clone, Debug)]
enum Mutation {
    Drop(usize, usize),
    Repeat(usize, usize),
    SwapBytes(usize, usize),
    Insert(usize, &'static str),
    InsertAtTag(usize, &'static str),
    DropTag(usize),
    RepeatTag(usize),
    SwapTags(usize, usize),
    RepeatElement(usize),
    MoveElement(usize, usize),
    SpaceInTag(usize, &'static str),
    Attribute(usize, &'static str),
    EmptyTags,
    FullTags,
    Rename(usize, &'static str),
}

fn a_mutation() -> impl Strategy<Value = Mutation> {
    use Mutation::*;
    let at = any::<usize>;
    let fragment = proptest::sample::select(vec![
        "<",
        ">",
        "/",
        "&",
        ";",
        "'",
        "\"",
        "=",
        " ",
        "\r\n",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?",
        "?>",
        "&#0;",
        "\u{FEFF}",
        "&amp;",
        "x",
        "</",
        "/>",
        "\u{e9}",
        "\0",
        "1",
    ]);
    let piece = proptest::sample::select(vec![
        "<!-- c -->",
        "<?pi?>",
        "<![CDATA[x]]>",
        "<![CDATA[]]>",
        " ",
        "\r",
        "t",
        "&lt;",
        "<zzz/>",
        "<zzz>1</zzz>",
        "<id>7</id>",
        "<street>s</street>",
        "<status>ok</status>",
        "<all/>",
        "<all></all>",
        "<vip >\n</vip>",
        "<login>",
        "<zzz xmlns='u' xmlns:p='v'/>",
        "]]>",
    ]);
    let space = proptest::sample::select(vec![" ", "\n", "\t", "  \r\n", "\u{A0}"]);
    let attribute = proptest::sample::select(vec![
        " a='1'",
        " version=\"2\"",
        " a='1' a='2'",
        " xmlns='u'",
        " xmlns=''",
        " xmlns:p='u'",
        " p:q='1'",
        " a",
        " a='<'",
        " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='1'",
        " a='&#10;&amp;'",
    ]);
    let name = proptest::sample::select(vec!["id", "street", "status", "zzz", "r", "1", "result", "guid"]);
    prop_oneof![
        (at(), 1..4usize).prop_map(|(at, n)| Drop(at, n)),
        (at(), 1..4usize).prop_map(|(at, n)| Repeat(at, n)),
        (at(), at()).prop_map(|(a, b)| SwapBytes(a, b)),
        (at(), fragment).prop_map(|(at, s)| Insert(at, s)),
        (at(), piece).prop_map(|(at, s)| InsertAtTag(at, s)),
        at().prop_map(DropTag),
        at().prop_map(RepeatTag),
        (at(), at()).prop_map(|(a, b)| SwapTags(a, b)),
        at().prop_map(RepeatElement),
        (at(), at()).prop_map(|(a, b)| MoveElement(a, b)),
        (at(), space).prop_map(|(at, s)| SpaceInTag(at, s)),
        (at(), attribute).prop_map(|(at, s)| Attribute(at, s)),
        Just(EmptyTags),
        Just(FullTags),
        (at(), name).prop_map(|(at, s)| Rename(at, s)),
    ]
}

/// Returns the approximate start and end of each tag in `xml`.
fn tags(xml: &str) -> Vec<(usize, usize)> {
    xml.match_indices('<').map(|(at, _)| (at, xml[at..].find('>').map_or(xml.len(), |end| at + end + 1))).collect()
}

/// Returns the approximate start and end of the element that begins with the tag at `from`.
fn element(xml: &str, (from, to): (usize, usize)) -> (usize, usize) {
    let name: String = xml[from + 1..to].chars().take_while(|c| !matches!(c, '>' | '/' | ' ')).collect();
    let close = format!("</{name}>");
    let end =
        if xml[..to].ends_with("/>") { to } else { xml[to..].find(&close).map_or(to, |at| to + at + close.len()) };
    (from, end)
}

fn boundary(xml: &str, at: usize) -> usize {
    let at = at % (xml.len() + 1);
    (0..=at).rev().find(|at| xml.is_char_boundary(*at)).unwrap_or(0)
}

fn apply(xml: &str, mutation: &Mutation) -> String {
    use Mutation::*;
    let all = tags(xml);
    let tag = |at: usize| all[at % all.len()];
    if all.is_empty() {
        return xml.to_owned();
    }
    let replace = |from: usize, to: usize, by: &str| format!("{}{by}{}", &xml[..from], &xml[to..]);
    let inside = |at: usize| {
        let (from, to) = tag(at);
        let end = to.saturating_sub(1).max(from + 1).min(xml.len());
        let end = if xml[..end].ends_with('/') { end - 1 } else { end };
        boundary(xml, end.max(from))
    };
    match *mutation {
        Drop(at, n) => {
            let (from, to) = (boundary(xml, at), boundary(xml, (at % (xml.len() + 1) + n).min(xml.len())));
            replace(from, to, "")
        }
        Repeat(at, n) => {
            let (from, to) = (boundary(xml, at), boundary(xml, (at % (xml.len() + 1) + n).min(xml.len())));
            replace(to, to, &xml[from..to])
        }
        SwapBytes(a, b) => {
            let mut characters: Vec<char> = xml.chars().collect();
            let length = characters.len();
            characters.swap(a % length, b % length);
            characters.into_iter().collect()
        }
        Insert(at, piece) => replace(boundary(xml, at), boundary(xml, at), piece),
        InsertAtTag(at, piece) => replace(tag(at).0, tag(at).0, piece),
        DropTag(at) => replace(tag(at).0, tag(at).1, ""),
        RepeatTag(at) => replace(tag(at).1, tag(at).1, &xml[tag(at).0..tag(at).1]),
        SwapTags(a, b) => {
            let ((from, to), (other, end)) = (tag(a).min(tag(b)), tag(a).max(tag(b)));
            if to > other {
                return xml.to_owned();
            }
            format!("{}{}{}{}{}", &xml[..from], &xml[other..end], &xml[to..other], &xml[from..to], &xml[end..])
        }
        RepeatElement(at) => {
            let (from, to) = element(xml, tag(at));
            replace(to, to, &xml[from..to])
        }
        MoveElement(at, target) => {
            let (from, to) = element(xml, tag(at));
            let rest = replace(from, to, "");
            let target = tags(&rest).get(target % all.len()).map_or(rest.len(), |tag| tag.0);
            format!("{}{}{}", &rest[..target], &xml[from..to], &rest[target..])
        }
        SpaceInTag(at, space) => replace(inside(at), inside(at), space),
        Attribute(at, attribute) => replace(inside(at), inside(at), attribute),
        EmptyTags => {
            let mut out = xml.to_owned();
            for (from, to) in all.iter().rev() {
                let name = xml[*from..*to].trim_start_matches('<').trim_end_matches('>');
                if xml[*to..].starts_with(&format!("</{name}>")) {
                    out.replace_range(*from..*to + name.len() + 3, &format!("<{name}/>"));
                }
            }
            out
        }
        FullTags => {
            let mut out = xml.to_owned();
            for (from, to) in all.iter().rev() {
                if let Some(name) = xml[*from..*to].strip_prefix('<').and_then(|tag| tag.strip_suffix("/>")) {
                    out.replace_range(*from..*to, &format!("<{name}></{name} >"));
                }
            }
            out
        }
        Rename(at, name) => {
            let (from, to) = tag(at);
            let from = from + 1 + usize::from(xml[from..to].starts_with("</"));
            let end = xml[from..].find([' ', '>', '/', '<']).map_or(xml.len(), |end| from + end);
            replace(from, end, name)
        }
    }
}

/// Returns what must be the same for both readers: the value and the number of skipped items, or the
/// error without the message about malformed XML.
fn result<T: Content>(
    xml: &str,
    strictness: Strictness,
    plain: bool,
) -> Result<(T, u64), (ReadErrorKind, u32, String)> {
    let read = |reader: Reader<'_>| -> Result<(T, u64), ReadError> {
        let mut reader = if plain { reader } else { reader.by_events_only() };
        let value = reader.document("r")?;
        Ok((value, reader.skipped()))
    };
    Reader::new(xml.as_bytes(), strictness, Limits::DEFAULT).and_then(read).map_err(|error| match error.kind() {
        ReadErrorKind::Malformed(_) => (ReadErrorKind::Malformed(String::new()), 0, String::new()),
        kind => (kind.clone(), error.line(), error.path().to_owned()),
    })
}

fn assert_readers_agree(xml: &str) -> Result<(), TestCaseError> {
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        let (fast, slow) = (result::<AllShapes>(xml, strictness, true), result::<AllShapes>(xml, strictness, false));
        prop_assert_eq!(&fast, &slow, "{}", xml);
        if let Ok((value, _)) = &fast {
            // A value that was read is written and read back unchanged.
            let again = String::from_utf8(Writer::document("r", value)).expect("UTF-8");
            let unreadable = format!("{value:?}").contains("unreadable: Some");
            if !unreadable {
                prop_assert_eq!(&lenient::<AllShapes>(&again), &Ok(value.clone()), "{}", xml);
            }
        }
        let raw = |plain| result::<Any>(xml, Strictness::Lenient, plain);
        prop_assert_eq!(raw(true), raw(false), "{}", xml);
        if fast.is_ok() {
            prop_assert!(raw(true).is_ok(), "{}", xml);
        }
    }
    Ok(())
}

fn cases(default: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn written_value_is_read_back(value in any_shapes()) {
        let xml = String::from_utf8(Writer::document("r", &value)).expect("UTF-8");
        prop_assert_eq!(strict::<AllShapes>(&xml), Ok(value.clone()), "{}", xml);
        prop_assert_eq!(result::<AllShapes>(&xml, Strictness::Strict, false), Ok((value.clone(), 0)), "{}", xml);
        prop_assert_eq!(lenient_counting::<AllShapes>(&xml), Ok((value, 0)), "{}", xml);
    }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn readers_agree_on_changed_documents(value in any_shapes(), mutations in vec(a_mutation(), 1..4)) {
        let mut xml = String::from_utf8(Writer::document("r", &value)).expect("UTF-8");
        for mutation in &mutations {
            xml = apply(&xml, mutation);
        }
        assert_readers_agree(&xml)?;
    }

    #[test]
    fn readers_agree_on_a_small_changed_document(mutations in vec(a_mutation(), 1..6)) {
        let mut xml = "<r><person><login>l</login><password>p&amp;</password><mail> m </mail><home><street>s</street></home>\
                       <pet><street/></pet><vip/></person><grouped><id>1</id><guid>g</guid></grouped><answers><result>\
                       <status>ok</status><id>1</id></result></answers></r>".to_owned();
        for mutation in &mutations {
            xml = apply(&xml, mutation);
        }
        assert_readers_agree(&xml)?;
    }

    #[test]
    fn reader_never_panics(bytes in vec(any::<u8>(), 0..40), text in "[<>/&;!?\\-\\[\\] a'=\"x]{0,40}") {
        for input in [&bytes[..], text.as_bytes(), format!("<r>{text}</r>").as_bytes()] {
            for strictness in [Strictness::Strict, Strictness::Lenient] {
                if let Ok(mut reader) = Reader::new(input, strictness, Limits::DEFAULT) {
                    let _ = reader.document::<AllShapes>("r");
                }
                if let Ok(mut reader) = Reader::new(input, strictness, Limits::DEFAULT) {
                    let _ = reader.document::<Any>("r");
                }
            }
        }
        assert_readers_agree(&format!("<r>{text}</r>"))?;
    }
}
