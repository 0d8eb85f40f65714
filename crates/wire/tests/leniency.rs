//! Lenient reading: the additions of newer servers are skipped.

mod shapes;

use plesk_wire::packet::Outcome;
use plesk_wire::xml::{Content, Limits, NonEmpty, Reader, Strictness};
use shapes::*;

/// Returns the positions in `xml` before and after each tag.
fn tag_boundaries(xml: &str) -> impl Iterator<Item = usize> {
    let bytes = xml.as_bytes();
    (1..bytes.len()).filter(move |at| bytes[*at] == b'<' || bytes[at - 1] == b'>')
}

const UNKNOWN: [&str; 5] = [
    "<zzz/>",
    "<zzz></zzz>",
    "<zzz a=\"b>\" id='c'>t &amp; <id>7</id><zzz><all/></zzz></zzz>",
    "<zzz><![CDATA[<a>]]><!-- </zzz> --><?pi </zzz>?></zzz>",
    "<status-2 xmlns:x='urn:x' x:y='1'>ok</status-2 >",
];

/// Asserts that `value` is read back after unknown elements and attributes are inserted anywhere.
#[track_caller]
fn assert_ignores_unknown<T: Content + PartialEq + std::fmt::Debug>(value: &T) {
    let xml = write(value);
    for at in tag_boundaries(&xml) {
        for unknown in UNKNOWN {
            let changed = format!("{}{unknown}{}", &xml[..at], &xml[at..]);
            let (read, skipped) = lenient_counting::<T>(&changed).unwrap_or_else(|e| panic!("{e} in {changed}"));
            assert_eq!(&read, value, "{changed}");
            assert_eq!(skipped, 1, "{changed}");
            strict::<T>(&changed).expect_err(&changed);
        }
        for ignored in ["<!-- <id>1</id> & -->", "<?pi <all/> ?>"] {
            let changed = format!("{}{ignored}{}", &xml[..at], &xml[at..]);
            assert_eq!(lenient_counting::<T>(&changed), Ok((lenient(&xml).unwrap(), 0)), "{changed}");
            assert_eq!(strict::<T>(&changed).as_ref(), Ok(value), "{changed}");
        }
    }
    for (at, _) in xml.match_indices('>') {
        let start = xml[..at].rfind('<').unwrap();
        if xml[start..].starts_with("</") {
            continue;
        }
        let at = if xml[..at].ends_with('/') { at - 1 } else { at };
        let changed = format!("{} zzz='&lt;' z:z=\"\"{}", &xml[..at], &xml[at..]);
        assert_eq!(lenient_counting::<T>(&changed), Ok((lenient(&xml).unwrap(), 2)), "{changed}");
        strict::<T>(&changed).expect_err(&changed);
    }
}

#[test]
fn lenient_reading_skips_unknown_content_anywhere() {
    let all = all_shapes();
    assert!(!all.person.is_empty());
    all.person.iter().for_each(assert_ignores_unknown);
    let filters = [
        Filter::Ids(NonEmpty::try_from(vec![1, 2, 3]).unwrap()),
        Filter::Addresses(NonEmpty::try_from(vec![address("a", None), address("b", Some(1))]).unwrap()),
        Filter::Login("l".into()),
        Filter::All,
        Filter::Owner(Owner { owner: "o".into(), role: Some("r".into()) }),
    ];
    for filter in filters {
        assert_ignores_unknown(&Select { filter: filter.clone(), dataset: None });
        assert_ignores_unknown(&Select { filter, dataset: Some(address("d", None)) });
    }
    assert_ignores_unknown(&all.keyed.unwrap());
    assert_ignores_unknown(&all.settings.unwrap());
    assert_ignores_unknown(&all.grouped.unwrap());
    assert_ignores_unknown(&all.groups.unwrap());
    assert_ignores_unknown(&all.unordered.unwrap());
    assert_ignores_unknown(&all.versioned.unwrap());
    assert_ignores_unknown(&all.answers.unwrap());
    assert_ignores_unknown(&all.maybe.unwrap());
    assert_ignores_unknown(&Price { currency: Some("c".into()), amount: 4 });
}

#[test]
fn lenient_reading_skips_unknown_elements_in_empty_content() {
    assert_eq!(
        lenient_counting::<Select>("<r><zzz/></r>"),
        Ok((Select { filter: Filter::Everything, dataset: None }, 1))
    );
    assert_eq!(lenient_counting::<Answers>("<r><bare><zzz/><status>ok</status><zzz/></bare></r>").unwrap().1, 2);
}

#[test]
fn lenient_reading_skips_unknown_content_around_raw_content() {
    let xml = "<r><zzz/><data>1</data><zzz/><more/><zzz/><end>e</end><zzz/></r>";
    let (open, skipped) = lenient_counting::<Open>(xml).unwrap();
    assert_eq!((open.data.as_xml(), open.more.len(), open.end.as_deref(), skipped), ("1", 1, Some("e"), 4));
    // A wildcard takes unknown elements, but none before a required member.
    let (wild, skipped) = lenient_counting::<Wild>("<r><a/><first>f</first><b/><c/><d/></r>").unwrap();
    assert_eq!((wild.first.as_str(), wild.rest.len(), skipped), ("f", 3, 1));
}

/// Returns all orders of `parts` that keep the order of parts with the same name.
fn orders(parts: &[&str]) -> Vec<String> {
    if parts.is_empty() {
        return vec![String::new()];
    }
    let name = |part: &str| part[..part.find(['>', '/']).unwrap()].to_owned();
    let mut all = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if parts[..at].iter().any(|earlier| name(earlier) == name(part)) {
            continue;
        }
        let mut rest = parts.to_vec();
        rest.remove(at);
        all.extend(orders(&rest).into_iter().map(|tail| format!("{part}{tail}")));
    }
    all
}

/// Asserts that a lenient reader accepts `parts` in any order and a strict one only in theirs.
#[track_caller]
fn assert_any_order<T: Content + PartialEq + std::fmt::Debug>(parts: &[&str]) {
    let expected: T = strict(&format!("<r>{}</r>", parts.concat())).unwrap();
    let all = orders(parts);
    assert!(all.len() > 1);
    for order in &all[1..] {
        let xml = format!("<r>{order}</r>");
        strict::<T>(&xml).expect_err(&xml);
        let (read, skipped) = lenient_counting::<T>(&xml).unwrap_or_else(|e| panic!("{e} in {xml}"));
        assert_eq!((&read, skipped), (&expected, 0), "{xml}");
    }
}

#[test]
fn lenient_reading_accepts_any_order() {
    let (home, pet) = ("<home><street>s</street></home>", "<pet><street>k</street></pet>");
    let (login, password) = ("<login>l</login>", "<password>p</password>");
    assert_any_order::<Person>(&[login, password, "<mail>1</mail>", "<mail>2</mail>", home, pet, "<vip/>"]);
    assert_any_order::<Keyed>(&["<before/>", "<id>1</id>", "<after/>", "<limit>1</limit>"]);
    assert_any_order::<Grouped>(&["<first/>", "<id>1</id>", "<guid/>", "<note/>", "<last/>"]);
    assert_any_order::<Body>(&["<filter-id/>", "<id>1</id>", "<data><street/></data>"]);
    assert_any_order::<Outcome<Body>>(&[
        "<status>error</status>",
        "<errcode>1</errcode>",
        "<errtext>t</errtext>",
        "<filter-id/>",
        "<id>1</id>",
    ]);
    assert_any_order::<Outcome<Option<Pair>>>(&[
        "<status>ok</status>",
        "<errtext>t</errtext>",
        "<id>1</id>",
        "<guid/>",
    ]);
    assert_any_order::<Select>(&["<owner>o</owner>", "<role>r</role>"]);
}

#[test]
fn lenient_reading_accepts_any_order_around_repeated_groups() {
    let xml = "<r><last>l</last><guid>g1</guid><id>1</id><guid>g2</guid><note>n</note><id>2</id><first>f</first></r>";
    let groups = lenient::<Groups>(xml).unwrap();
    assert_eq!(groups.pairs, [pair(1, None), pair(2, Some("n"))]);
    assert_eq!((groups.first.as_deref(), groups.last.as_deref()), (Some("f"), Some("l")));
}

#[test]
fn lenient_reading_keeps_the_first_of_duplicates() {
    let xml = "<r><street>1</street><street>2</street><zip>3</zip><zip>4</zip><street>5</street></r>";
    assert_eq!(lenient_counting::<Address>(xml), Ok((address("1", Some(3)), 3)));
    strict::<Address>(xml).unwrap_err();
    let (grouped, skipped) =
        lenient_counting::<Grouped>("<r><id>1</id><id>2</id><guid>g1</guid><guid>x</guid><last>a</last><last/></r>")
            .unwrap();
    assert_eq!((grouped.pair, grouped.last.as_deref(), skipped), (Some(pair(1, None)), Some("a"), 3));
    let (keyed, skipped) = lenient_counting::<Keyed>(
        "<r><id>1</id><place><street/></place><id>2</id><limit>1</limit><limit>2</limit></r>",
    )
    .unwrap();
    assert_eq!((keyed.key, keyed.setting, skipped), (Key::Id(1), Some(Setting::Limit(1)), 3));
    let (select, skipped) = lenient_counting::<Select>("<r><login>l</login><id>1</id><all/><all/></r>").unwrap();
    assert_eq!((select.filter, skipped), (Filter::Login("l".into()), 3));
    let (all, skipped) = lenient_counting::<Unordered>("<r><z/><z/><x>1</x><x>2</x></r>").unwrap();
    assert_eq!((all.x, all.z, skipped), (1, true, 2));
    let (open, skipped) = lenient_counting::<Open>("<r><data>1</data><data>2</data></r>").unwrap();
    assert_eq!((open.data.as_xml(), skipped), ("1", 1));
}

#[test]
fn lenient_reading_reports_missing_members() {
    let missing = |xml| lenient::<Person>(xml).unwrap_err().to_string();
    assert_eq!(missing("<r><zzz/><vip/></r>"), "line 1: r: <login> is missing");
    assert_eq!(missing("<r>\n<pet>\n<zip>1</zip>\n</pet></r>"), "line 4: r/pet[1]: <street> is missing");
    assert_eq!(lenient::<Price>("<r>x</r>").unwrap_err().to_string(), "line 1: r: 'x' is not an integer");
    assert_eq!(
        lenient::<Keyed>("<r><zzz/></r>").unwrap_err().to_string(),
        "line 1: r: one of <id>, <place> is missing"
    );
}

#[test]
fn unreadable_result_does_not_affect_the_others() {
    let good = "<result><status>ok</status><id>1</id></result>\n";
    let bad = "<result><status>error</status><errcode>1013</errcode><errtext>gone</errtext>\n\
               <filter-id>f</filter-id><id>zzz</id><data/></result>\n";
    let xml = format!("<r>\n{good}{good}{bad}{good}<result><errcode>5</errcode></result>\n{good}</r>");
    let answers = lenient::<Answers>(&xml).unwrap();
    assert_eq!(answers.result.len(), 6);
    let ok = Outcome::ok(Body { filter_id: None, id: 1, data: None });
    for at in [0, 1, 3, 5] {
        assert_eq!(answers.result[at], ok);
    }
    let fault = answers.result[2].clone().into_result().unwrap_err();
    assert_eq!((fault.code.unwrap().0, fault.text.as_deref()), (1013, Some("gone")));
    assert_eq!(fault.body.filter_id.as_deref(), Some("f"));
    let error = fault.unreadable.as_ref().unwrap();
    assert_eq!(error.to_string(), "line 5: r/result[3]/id: 'zzz' is not an integer");
    assert_eq!(
        fault.to_string(),
        "the result could not be read: line 5: r/result[3]/id: 'zzz' is not an integer; error 1013: gone"
    );
    let fault = answers.result[4].clone().into_result().unwrap_err();
    assert_eq!(fault.unreadable.unwrap().to_string(), "line 7: r/result[5]: <status> is missing");
    strict::<Answers>(&xml).unwrap_err();

    // The error is deep inside, after declarations and unknown content.
    let xml = "<r><result xmlns:a='u'><status>ok</status><zzz/><id>1</id><data xmlns:b='u'>\
               <street>a<x xmlns:c='u'/></street><zip>-</zip></data></result><success><status>ok</status></success></r>";
    let (answers, _) = lenient_counting::<Answers>(xml).unwrap();
    assert!(!answers.result[0].is_ok());
    assert_eq!(answers.result[0].body.id, 1);
    assert_eq!(answers.success, [Outcome::ok(None)]);
    // A result that is not well-formed cannot be skipped.
    let xml = "<r><result><status>ok</status><id>x</id><a></b></result></r>";
    assert!(lenient::<Answers>(xml).unwrap_err().is_fatal());
}

#[test]
fn unreadable_result_leaves_out_what_is_damaged() {
    let begin = "<status>ok</status><login>l</login><password>p</password><home><street>h</street></home>";
    let pets = "<pet><street>a</street></pet><pet><zip>1</zip></pet><pet><street>c</street><zip>x</zip></pet>";
    let outcome = lenient::<Outcome<Person>>(&format!("<r>{begin}{pets}</r>")).unwrap();
    assert!(!outcome.is_ok());
    // The second pet has no street, which it must have, and the third one has no zip.
    assert_eq!((outcome.body.login.as_str(), &outcome.body.pet), ("l", &vec![address("a", None), address("c", None)]));
    // The first error is the one to show.
    let error = outcome.into_result().unwrap_err().unreadable.unwrap();
    assert_eq!(error.to_string(), "line 1: r/pet[2]: <street> is missing");
    let work = "<work><zip>1</zip></work>";
    let outcome = lenient::<Outcome<Person>>(&format!("<r>{begin}{work}{pets}</r>")).unwrap();
    assert_eq!((&outcome.body.home, &outcome.body.work), (&address("h", None), &None));
    assert_eq!(outcome.body.pet.len(), 2);
    // A strict reader stops at the first error.
    strict::<Outcome<Person>>(&format!("<r>{begin}{pets}</r>")).unwrap_err();
    // The declarations are not counted twice when the reader goes back to the start tag.
    let declarations: String = (0..40).map(|at| format!(" xmlns:a{at}='u'")).collect();
    let xml =
        format!("<r><result{declarations}><status>ok</status><id>x</id></result><bare><status>ok</status></bare></r>");
    assert_eq!(lenient::<Answers>(&xml).unwrap().bare.len(), 1);
}

#[test]
fn read_recoverable_continues_after_an_error() {
    let xml = "<r><a><street>1</street></a>\n<a><zip>1</zip></a><b/><c><a><street>2</street></a></c></r>";
    let mut reader = Reader::new(xml.as_bytes(), Strictness::Lenient, Limits::DEFAULT).unwrap();

    /// Reads its children by name, like the response to a packet.
    #[derive(Debug)]
    struct Packet(Vec<String>);
    impl Content for Packet {
        fn placeholder() -> Self {
            Self(Vec::new())
        }
        fn read(&mut self, r: &mut Reader<'_>) -> Result<(), plesk_wire::xml::ReadError> {
            while let Some(name) = r.peek() {
                self.0.push(name.to_owned());
                match name {
                    "a" => match r.read_recoverable::<Address>("a", self.0.len())? {
                        Ok(address) => self.0.push(address.street),
                        Err(error) => self.0.push(error.to_string()),
                    },
                    "c" => {
                        let mut street = String::new();
                        let mut at = String::new();
                        r.read_children("c", 0, |r| {
                            at = r.path();
                            street = r.read_recoverable::<Address>("a", 1)??.street;
                            Ok(())
                        })?;
                        self.0.extend([at, street]);
                    }
                    _ => r.skip_unknown()?,
                }
            }
            Ok(())
        }
        fn visit<V: plesk_wire::xml::Visitor>(&self, _v: &mut V) {}
    }
    let packet = reader.document::<Packet>("r").unwrap();
    let expected = ["a", "1", "a", "line 2: r/a[3]: <street> is missing", "b", "c", "r/c", "2"];
    assert_eq!(packet.0, expected);
    assert_eq!(reader.skipped(), 1);
    let mut reader = Reader::new(xml.as_bytes(), Strictness::Strict, Limits::DEFAULT).unwrap();
    assert_eq!(reader.document::<Packet>("r").unwrap_err().to_string(), "line 2: r/a[3]: <street> is missing");
}
