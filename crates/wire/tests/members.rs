//! Every construct of a schema: writing, reading back, what a strict reader refuses, and what the
//! validator reports.

mod shapes;

use plesk_wire::packet::Outcome;
use plesk_wire::xml::{Any, Content, Limits, Nillable, NonEmpty, Raw, ReadErrorKind, Reader, Strictness, Validator};
use shapes::*;

/// Asserts that `value` is valid, is written as `xml`, and is read back in both modes.
#[track_caller]
fn assert_roundtrip<T: Content + PartialEq + std::fmt::Debug>(value: &T, xml: &str) {
    assert_eq!(write(value), xml);
    assert_eq!(strict::<T>(xml).as_ref(), Ok(value));
    assert_eq!(lenient_counting::<T>(xml), Ok((strict(xml).unwrap(), 0)));
    Validator::check("r", value).unwrap();
}

/// Returns the error of a strict reader of `xml`.
#[track_caller]
fn strict_error<T: Content + std::fmt::Debug>(xml: &str) -> String {
    strict::<T>(xml).unwrap_err().to_string()
}

#[test]
fn sequence_is_read_in_order() {
    let home = "<home><street>Lane 1</street><zip>7</zip></home>";
    let full = format!(
        "<r><login>jo</login><password>pa&lt;ss</password><age>42</age><mail>a@b.c</mail><mail> d </mail>{home}\
         <work><street></street></work><pet><street>Kennel</street></pet><pet><street>Tree</street><zip>9</zip></pet>\
         <vip/></r>"
    );
    assert_roundtrip(&person(), &full);
    let least = Person { age: None, mail: vec![], work: None, pet: vec![address("k", None)], vip: false, ..person() };
    let begin = "<r><login>jo</login><password>pa&lt;ss</password>";
    assert_roundtrip(&least, &format!("{begin}{home}<pet><street>k</street></pet></r>"));

    let pet = "<pet><street>k</street></pet>";
    assert_eq!(strict_error::<Person>(&format!("{begin}{home}</r>")), "line 1: r: <pet> is missing");
    assert_eq!(strict_error::<Person>(&format!("{begin}{pet}</r>")), "line 1: r: <home> is missing");
    assert_eq!(
        strict_error::<Person>(&format!(
            "{begin}<mail>1</mail><mail>2</mail><mail>3</mail><mail>4</mail>{home}{pet}</r>"
        )),
        "line 1: r: unexpected element <mail>; expected <home>"
    );
    assert_eq!(
        strict_error::<Person>(&format!("{begin}{home}{pet}<age>1</age></r>")),
        "line 1: r: unexpected element <age>"
    );
    assert_eq!(strict_error::<Person>("<r>\n<password/></r>"), "line 2: r: <login> is missing");
    assert_eq!(strict_error::<Person>("<r/>"), "line 1: r: <login> is missing");
    assert_eq!(strict_error::<Person>("<r></r>"), "line 1: r: <login> is missing");
    assert_eq!(
        strict_error::<Person>(&format!("{begin}<age>x</age>{home}{pet}</r>")),
        "line 1: r/age: 'x' is not an integer"
    );
    assert_eq!(
        strict_error::<Person>(&format!("{begin}<home><street>a</street><zip>-1</zip></home>{pet}</r>")),
        "line 1: r/home/zip: '-1' is outside the range 0 to 18446744073709551615"
    );
    assert_eq!(
        strict_error::<Person>(&format!("{begin}{home}{pet}<pet><street>x</street><zip/></pet></r>")),
        "line 1: r/pet[2]/zip: '' is not an integer"
    );
    assert_eq!(
        strict_error::<Person>(&format!("{begin}x{home}{pet}</r>")),
        "line 1: r: text is not allowed here, only elements"
    );
    assert_eq!(
        strict_error::<Person>(&format!("{begin}{home}{pet}<vip>x</vip></r>")),
        "line 1: r/vip: text is not allowed here, only elements"
    );
    assert_eq!(strict_error::<Person>("<r><login>a<b/></login></r>"), "line 1: r/login: unexpected element <b>");
    assert_eq!(strict_error::<Person>("<s/>"), "line 1: unexpected element <s>; expected <r>");
}

#[test]
fn validator_reports_all_violations_with_paths() {
    let mut bad = person();
    bad.login = String::new();
    bad.password = "twenty-one characters".into();
    bad.mail = vec!["\u{0}".into(); 4];
    bad.pet = vec![];
    let violations = Validator::check("packet", &bad).unwrap_err();
    let lines: Vec<_> = violations.into_iter().map(|v| format!("{} {} {:?}", v.path, v.rule, v.value)).collect();
    assert_eq!(
        lines,
        [
            "packet/login minLength Some(\"\")",
            "packet/password maxLength None",
            "packet/mail occurrence None",
            "packet/mail[1] character Some(\"\\0\")",
            "packet/mail[2] character Some(\"\\0\")",
            "packet/mail[3] character Some(\"\\0\")",
            "packet/mail[4] character Some(\"\\0\")",
            "packet/pet occurrence None",
        ]
    );
    let open = Open { data: Any::text("a\u{FFFE}"), more: vec![Any::empty(); 3], end: None };
    let violations = Validator::check("r", &open).unwrap_err();
    assert_eq!(violations.as_slice()[0].path, "r/data");
    assert_eq!(violations.to_string().lines().count(), 2);
}

#[test]
fn choice_accepts_one_alternative() {
    let of = |filter| Select { filter, dataset: None };
    assert_roundtrip(&of(Filter::Everything), "<r/>");
    assert_roundtrip(&of(Filter::Ids(NonEmpty::one(1))), "<r><id>1</id></r>");
    assert_roundtrip(
        &of(Filter::Ids(NonEmpty::try_from(vec![1, 2, 3]).unwrap())),
        "<r><id>1</id><id>2</id><id>3</id></r>",
    );
    assert_roundtrip(&of(Filter::All), "<r><all/></r>");
    assert_roundtrip(&of(Filter::Login("jo".into())), "<r><login>jo</login></r>");
    let owner = |role: Option<&str>| Filter::Owner(Owner { owner: "o".into(), role: role.map(Into::into) });
    assert_roundtrip(&of(owner(None)), "<r><owner>o</owner></r>");
    assert_roundtrip(&of(owner(Some("x"))), "<r><owner>o</owner><role>x</role></r>");
    let two = NonEmpty::try_from(vec![address("a", None), address("b", None)]).unwrap();
    assert_roundtrip(
        &Select { filter: Filter::Addresses(two), dataset: Some(address("d", None)) },
        "<r><address><street>a</street></address><address><street>b</street></address>\
         <dataset><street>d</street></dataset></r>",
    );
    for mixed in [
        "<r><id>1</id><login>a</login></r>",
        "<r><all/><all/></r>",
        "<r><all/><id>1</id></r>",
        "<r><id>1</id><id>2</id><id>3</id><id>4</id></r>",
        "<r><address><street>a</street></address></r>",
        "<r><role>x</role></r>",
        "<r><role>x</role><owner>o</owner></r>",
        "<r><dataset><street>d</street></dataset><all/></r>",
    ] {
        strict::<Select>(mixed).expect_err(mixed);
    }
    assert!(Validator::check("r", &of(Filter::Ids(NonEmpty::try_from(vec![1; 4]).unwrap()))).is_err());
}

#[test]
fn choice_may_be_required_or_repeated() {
    let keyed = Keyed { before: None, key: Key::Id(4), after: None, setting: None };
    assert_roundtrip(&keyed, "<r><id>4</id></r>");
    assert_roundtrip(
        &Keyed {
            before: Some("b".into()),
            key: Key::Place(Box::new(address("s", None))),
            after: Some("a".into()),
            setting: Some(Setting::Limit(1)),
        },
        "<r><before>b</before><place><street>s</street></place><after>a</after><limit>1</limit></r>",
    );
    assert_eq!(strict_error::<Keyed>("<r><before/></r>"), "line 1: r: one of <id>, <place> is missing");
    assert_eq!(strict_error::<Keyed>("<r><id>1</id><id>2</id></r>"), "line 1: r: unexpected element <id>");

    let settings = |settings| Settings { title: "t".into(), settings, done: false };
    assert_roundtrip(
        &settings(vec![Setting::Limit(1), Setting::Property(address("p", None)), Setting::Limit(2)]),
        "<r><title>t</title><limit>1</limit><property><street>p</street></property><limit>2</limit></r>",
    );
    assert_eq!(strict_error::<Settings>("<r><title/></r>"), "line 1: r: one of <limit>, <property> is missing");
    let five = format!("<r><title/>{}</r>", "<limit>1</limit>".repeat(5));
    assert_eq!(strict_error::<Settings>(&five), "line 1: r: unexpected element <limit>");
    assert_eq!(lenient::<Settings>(&five).unwrap().settings.len(), 5);
    let violations = Validator::check("r", &settings(vec![])).unwrap_err();
    assert_eq!(violations.as_slice()[0].rule, "occurrence");
}

#[test]
fn group_is_complete_or_absent() {
    assert_roundtrip(&Grouped { first: None, pair: None, last: None }, "<r/>");
    let value = Grouped { first: Some("f".into()), pair: Some(pair(1, Some("n"))), last: Some("l".into()) };
    assert_roundtrip(&value, "<r><first>f</first><id>1</id><guid>g1</guid><note>n</note><last>l</last></r>");
    assert_roundtrip(
        &Grouped { first: None, pair: Some(pair(1, None)), last: None },
        "<r><id>1</id><guid>g1</guid></r>",
    );
    assert_eq!(strict_error::<Grouped>("<r><id>1</id></r>"), "line 1: r: <guid> is missing");
    assert_eq!(strict_error::<Grouped>("<r><guid>1</guid></r>"), "line 1: r: <id> is missing");
    assert_eq!(lenient::<Grouped>("<r><guid>1</guid></r>").unwrap_err().to_string(), "line 1: r: <id> is missing");
    strict::<Grouped>("<r><guid>g1</guid><id>1</id></r>").unwrap_err();
    strict::<Grouped>("<r><id>1</id><first/><guid>g1</guid></r>").unwrap_err();

    let pairs = vec![pair(1, None), pair(2, Some("n")), pair(3, None)];
    assert_roundtrip(
        &Groups { first: None, pairs, last: None },
        "<r><id>1</id><guid>g1</guid><id>2</id><guid>g2</guid><note>n</note><id>3</id><guid>g3</guid></r>",
    );
    let four = format!("<r>{}</r>", "<id>1</id><guid>g1</guid>".repeat(4));
    strict::<Groups>(&four).unwrap_err();
    assert_eq!(lenient::<Groups>(&four).unwrap().pairs.len(), 4);
    assert_eq!(strict_error::<Groups>("<r/>"), "line 1: r: <id> is missing");
    assert_eq!(strict_error::<Groups>("<r><id>1</id><id>2</id></r>"), "line 1: r: <guid> is missing");
    Validator::check("r", &Groups { first: None, pairs: vec![], last: None }).unwrap_err();
}

#[test]
fn all_accepts_any_order() {
    let value = Unordered { x: 1, y: Some(address("s", None)), z: true };
    let (x, y, z) = ("<x>1</x>", "<y><street>s</street></y>", "<z/>");
    assert_roundtrip(&value, &format!("<r>{x}{y}{z}</r>"));
    for order in [[x, z, y], [y, x, z], [y, z, x], [z, x, y], [z, y, x]] {
        assert_eq!(strict::<Unordered>(&format!("<r>{}</r>", order.concat())).as_ref(), Ok(&value));
    }
    assert_eq!(strict_error::<Unordered>(&format!("<r>{z}{y}</r>")), "line 1: r: <x> is missing");
    assert_eq!(strict_error::<Unordered>(&format!("<r>{x}{z}{x}</r>")), "line 1: r: unexpected element <x>");
    assert_eq!(strict_error::<Unordered>(&format!("<r>{z}{x}{z}</r>")), "line 1: r: unexpected element <z>");
}

#[test]
fn untyped_elements_and_wildcards_keep_xml() {
    let any = |xml| Any::xml(xml).unwrap();
    assert_roundtrip(
        &Open { data: any("a<b>c</b>"), more: vec![Any::empty(), Any::text("<&>")], end: Some("e".into()) },
        "<r><data>a<b>c</b></data><more/><more>&lt;&amp;&gt;</more><end>e</end></r>",
    );
    strict::<Open>("<r><data/><more/><more/><more/></r>").unwrap_err();
    let rest = vec![Raw::new("<a x=\"1\">t</a>").unwrap(), Raw::new("<first/>").unwrap()];
    assert_roundtrip(&Wild { first: String::new(), rest }, "<r><first></first><a x=\"1\">t</a><first/></r>");
    strict::<Wild>("<r><first/><a/><b/><c/></r>").unwrap_err();
    assert_eq!(lenient::<Wild>("<r><first/><a/><b/><c/></r>").unwrap().rest.len(), 3);
}

#[test]
fn attributes_and_simple_content_are_read() {
    let price = Price { currency: Some("E\"'<>&\t\n\r".into()), amount: -3 };
    assert_roundtrip(&price, "<r currency=\"E&quot;'&lt;&gt;&amp;&#9;&#10;&#13;\">-3</r>");
    assert_roundtrip(&Price { currency: None, amount: 0 }, "<r>0</r>");
    let value = Versioned { version: "1".into(), fast: Some(false), key: Some("k".into()), price: Some(price) };
    assert_eq!(strict(&write(&value)), Ok(value));
    assert_roundtrip(&Versioned { version: "1".into(), fast: None, key: None, price: None }, "<r version=\"1\"/>");
    assert_eq!(strict::<Versioned>("<r  fast = ' 1 '\n version\t=\"1\" ></r >").unwrap().fast, Some(true));
    assert_eq!(strict_error::<Versioned>("<r/>"), "line 1: r: the attribute version is missing");
    assert_eq!(strict_error::<Versioned>("<r version='1' x='2'/>"), "line 1: r: the attribute x is not allowed");
    assert_eq!(
        strict_error::<Versioned>("<r version='1' fast='yes'/>"),
        "line 1: r/fast: 'yes' is not a boolean (true, false, 1 or 0)"
    );
    assert_eq!(strict_error::<Price>("<r>x</r>"), "line 1: r: 'x' is not an integer");
    assert_eq!(strict_error::<Price>("<r/>"), "line 1: r: '' is not an integer");
    assert_eq!(strict_error::<Price>("<r>1<x/></r>"), "line 1: r: unexpected element <x>");
    assert_eq!(strict_error::<Price>("<r b=''>1</r>"), "line 1: r: the attribute b is not allowed");
    assert_eq!(strict_error::<Keyed>("<r><id b=''>1</id></r>"), "line 1: r/id: the attribute b is not allowed");
    let long = Versioned { version: "1".repeat(21), fast: None, key: Some("".into()), price: None };
    let violations = Validator::check("r", &long).unwrap_err();
    assert_eq!(violations.as_slice()[0].path, "r/version");
    assert_eq!((violations.as_slice()[1].path.as_str(), &violations.as_slice()[1].value), ("r/key", &None));
}

#[test]
fn nillable_distinguishes_absent_nil_and_empty() {
    let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    assert_roundtrip(&Maybe { must: Nillable::Nil, may: None }, &format!("<r><must {xsi} xsi:nil=\"true\"/></r>"));
    assert_roundtrip(
        &Maybe { must: Nillable::Value(1), may: Some(Nillable::Value("".into())) },
        "<r><must>1</must><may></may></r>",
    );
    let is_nil = |xml: String| strict::<Maybe>(&xml).map(|maybe| maybe.must);
    for nil in ["true", "1", " true\n"] {
        assert_eq!(is_nil(format!("<r {xsi}><must xsi:nil='{nil}'></must></r>")), Ok(Nillable::Nil));
    }
    assert_eq!(is_nil(format!("<r {xsi}><must xsi:nil='0'>1</must></r>")), Ok(Nillable::Value(1)));
    is_nil(format!("<r {xsi}><must xsi:nil='true'>1</must></r>")).unwrap_err();
    is_nil(format!("<r {xsi}><must xsi:nil='true'> </must></r>")).unwrap_err();
    is_nil(format!("<r {xsi}><must xsi:nil='yes'/></r>")).unwrap_err();
    is_nil("<r><must xsi:nil='true'/></r>".into()).unwrap_err();
    is_nil("<r xmlns:xsi='urn:other'><must xsi:nil='true'/></r>".into()).unwrap_err();
    is_nil(format!("<r><may {xsi}/><must xsi:nil='true'/></r>")).unwrap_err();
    assert_eq!(strict_error::<Maybe>("<r/>"), "line 1: r: <must> is missing");
    // A declaration ends with its element, even with an empty one.
    let xml = format!("<r><must {xsi} xsi:nil='1'/><may xsi:nil='1'/></r>");
    assert_eq!(strict_error::<Maybe>(&xml), "line 1: r/may: the attribute xsi:nil is not allowed");
    let xml = format!("<r><must {xsi}>1</must><may xsi:nil='1'/></r>");
    assert_eq!(strict_error::<Maybe>(&xml), "line 1: r/may: the attribute xsi:nil is not allowed");
}

#[test]
fn outcomes_are_read_with_their_bodies() {
    let body = Body { filter_id: Some("f".into()), id: 8, data: Some(address("d", None)) };
    assert_roundtrip(
        &Answers {
            bare: vec![Outcome::ok(()), Outcome::error(plesk_wire::packet::ErrorCode(1), "t", ())],
            result: vec![Outcome::ok(body)],
            success: vec![Outcome::ok(Some(pair(3, None))), Outcome::ok(None)],
        },
        "<r><bare><status>ok</status></bare><bare><status>error</status><errcode>1</errcode><errtext>t</errtext></bare>\
         <result><status>ok</status><filter-id>f</filter-id><id>8</id><data><street>d</street></data></result>\
         <success><status>ok</status><id>3</id><guid>g3</guid></success><success><status>ok</status></success></r>",
    );
    assert_eq!(strict_error::<Answers>("<r><bare/></r>"), "line 1: r/bare[1]: <status> is missing");
    assert_eq!(
        strict_error::<Answers>("<r><success><status>ok</status><id>1</id></success></r>"),
        "line 1: r/success[1]: <guid> is missing"
    );
}

#[test]
fn all_shapes_are_read_back() {
    let all = all_shapes();
    assert_eq!(strict(&write(&all)).as_ref(), Ok(&all));
    assert_eq!(lenient_counting(&write(&all)), Ok((all.clone(), 0)));
    Validator::check("r", &all).unwrap();
}

#[test]
fn strict_reading_refuses_namespaces_of_elements() {
    let xsi = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
    for accepted in [
        format!("<r {xsi} xsi:noNamespaceSchemaLocation='x.xsd'><data/></r>"),
        format!("<r><data {xsi} xsi:schemaLocation='a b'/></r>"),
        "<r xmlns=''><data/></r>".into(),
        "<r xmlns:p='urn:x'><data/></r>".into(),
        "<r><data><x xmlns='urn:x'/></data></r>".into(),
        "<r><data><x xmlns='urn:x'><y/></x></data><end>1</end></r>".into(),
    ] {
        strict::<Open>(&accepted).expect(&accepted);
    }
    for refused in [
        format!("<r {xsi} xsi:other='x.xsd'><data/></r>"),
        format!("<r><data/><end {xsi} xsi:type='string'/></r>"),
        "<r xmlns='urn:x'><data/></r>".into(),
        "<r><data xmlns='urn:x'/></r>".into(),
        "<r><data/><end xmlns='urn:x'/></r>".into(),
        "<r><data/><end xmlns='urn:x'></end></r>".into(),
        "<r xsi:schemaLocation='a b'><data/></r>".into(),
    ] {
        let error = strict::<Open>(&refused).expect_err(&refused);
        assert!(matches!(error.kind(), ReadErrorKind::UnexpectedAttribute(_)), "{refused}: {error}");
    }
    lenient::<Open>("<r xmlns='urn:x'><data xmlns='urn:y'/></r>").unwrap();
}

/// Like libxml2.
#[test]
fn strict_reading_refuses_cdata_among_elements() {
    strict::<Select>("<r> <!-- c --><?pi x?>\n<all/>&#32;</r>").unwrap();
    strict::<Select>("<r><all><!-- c --><?pi?></all></r>").unwrap();
    for refused in [
        "<r><![CDATA[ ]]><all/></r>",
        "<r><![CDATA[]]><all/></r>",
        "<r><all> </all></r>",
        "<r><all>&#32;</all></r>",
        "<r><all><![CDATA[]]></all></r>",
        "<r>x<all/></r>",
        "<r><all/>&amp;</r>",
    ] {
        let error = strict::<Select>(refused).expect_err(refused);
        assert_eq!(error.kind(), &ReadErrorKind::UnexpectedText, "{refused}");
        assert_eq!(lenient::<Select>(refused).unwrap().filter, Filter::All);
    }
    assert!(matches!(strict::<Select>("<r><all><x/></all></r>").unwrap_err().kind(), ReadErrorKind::Unexpected { .. }));
}

#[test]
fn long_list_takes_little_more_memory_than_its_items() {
    const ITEM: &str = "<pet><street>k</street></pet>";
    const COUNT: usize = 10_000;
    /// What a text of one character counts as.
    const TEXT: usize = 33;

    #[derive(Content)]
    struct Pets {
        #[xml(element = "pet")]
        pets: Vec<Pet>,
    }

    #[derive(Content)]
    struct Pet {
        #[xml(element = "home")]
        home: Option<Person>,
        #[xml(text = "street")]
        street: String,
    }

    let read = |memory: usize, unknown: &str| {
        let mut limits = Limits::DEFAULT;
        limits.memory = memory;
        let xml = format!("<r>{}{unknown}{}</r>", ITEM.repeat(COUNT / 2), ITEM.repeat(COUNT / 2));
        Reader::new(xml.as_bytes(), Strictness::Lenient, limits).and_then(|mut reader| reader.document::<Pets>("r"))
    };
    let needed = COUNT * (size_of::<Pet>() + TEXT);
    for unknown in ["", "<new/>"] {
        let Pets { pets } = read(needed + needed / 6, unknown).unwrap();
        assert_eq!((pets.len(), &*pets[0].street, pets[0].home.is_none()), (COUNT, "k", true));
        assert!(read(needed - 1, unknown).is_err_and(|error| matches!(error.kind(), ReadErrorKind::Memory(_))));
    }
}
