//! Texts, numbers and raw content: their exact values.

mod shapes;

use plesk_wire::xml::{Any, Limits, Raw, Reader, Scalar, Strictness};
use shapes::*;

/// Returns the text of `<street>{xml}</street>`, which must be the same in all modes of reading.
#[track_caller]
fn text(xml: &str) -> String {
    let document = format!("<r><street>{xml}</street></r>");
    let value = strict::<Address>(&document).unwrap_or_else(|e| panic!("{e}: {xml}"));
    assert_eq!(lenient::<Address>(&document).as_ref(), Ok(&value));
    let reader = Reader::new(document.as_bytes(), Strictness::Strict, Limits::DEFAULT).unwrap();
    assert_eq!(reader.by_events_only().document::<Address>("r").as_ref(), Ok(&value));
    let with_comment = format!("<r version='1'><price currency='c'>1</price></r><!--{}-->", xml.replace("-", ""));
    strict::<Versioned>(&with_comment).unwrap();
    value.street
}

#[test]
fn text_is_decoded() {
    for (xml, expected) in [
        ("", ""),
        (" a\tb\n ", " a\tb\n "),
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"),
        ("&#65;&#x42;&#x1f600;", "AB\u{1F600}"),
        ("a&#13;b&#xD;&#10;c", "a\rb\r\nc"),
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("\r\n&amp;\r", "\n&\n"),
        ("&#38;lt;", "&lt;"),
        ("&amp;amp;", "&amp;"),
        ("a<![CDATA[<b>&amp;]]>c&lt;<!-- x -->d<?pi?>e", "a<b>&amp;c<de"),
        ("<![CDATA[]]>", ""),
        ("<![CDATA[ a\r\nb ]]>", " a\nb "),
        ("<![CDATA[]]]]><![CDATA[>]]>", "]]>"),
        ("<!-- a -->", ""),
        ("<!-- a -->b", "b"),
        ("a<!-- b -->", "a"),
        ("\r<!-- -->\n", "\n\n"),
        ("\u{FEFF}\u{e9}\u{1F600}\u{FFFD}\u{85}\u{2028}", "\u{FEFF}\u{e9}\u{1F600}\u{FFFD}\u{85}\u{2028}"),
        (">]]", ">]]"),
    ] {
        assert_eq!(text(xml), expected, "{xml:?}");
    }
}

#[test]
fn text_skips_unknown_elements() {
    let (address, skipped) =
        lenient_counting::<Address>("<r><street>a<b>c</b>&lt;<d/><![CDATA[e]]></street></r>").unwrap();
    assert_eq!((address.street.as_str(), skipped), ("a<e", 2));
}

#[test]
fn white_space_is_trimmed_from_numbers_but_not_from_strings() {
    let xml = "<r><login> jo </login><password>\tp </password><age>\r\n 42\t</age><home><street> </street>\
               <zip> +07 </zip></home><pet><street/></pet></r>";
    let person = strict::<Person>(xml).unwrap();
    assert_eq!((person.login.as_str(), person.password.expose(), person.age), (" jo ", "\tp ", Some(42)));
    assert_eq!(person.home, address(" ", Some(7)));
    assert_eq!(bool::parse(" true\n"), Ok(true));
    assert!(bool::parse("tr ue").is_err() && i32::parse("4 2").is_err() && i32::parse("\u{A0}42").is_err());
}

#[test]
fn numbers_are_parsed_within_their_range() {
    assert_eq!(i8::parse("-128"), Ok(-128));
    assert_eq!(i8::parse("128").unwrap_err().problem, "is outside the range -128 to 127");
    assert_eq!(u64::parse("-0"), Ok(0));
    assert_eq!(u64::parse("+00018446744073709551615"), Ok(u64::MAX));
    assert!(u64::parse("18446744073709551616").is_err());
    for bad in ["", "+", "-", "+-1", "1.0", "1e3", "0x1", "\u{661}", "1_000", "--1"] {
        assert!(i64::parse(bad).is_err(), "{bad}");
        assert!(u8::parse(bad).is_err(), "{bad}");
    }
    for (good, value) in [("1", 1.0), ("-1.5e3", -1500.0), (" INF ", f64::INFINITY), ("-INF", f64::NEG_INFINITY)] {
        assert_eq!(f64::parse(good), Ok(value));
    }
    assert!(f64::parse("NaN").unwrap().is_nan());
    for bad in ["inf", "Infinity", "nan", "", ".", "e5", "1e", "+INF", "0x1p3"] {
        assert!(f64::parse(bad).is_err(), "{bad}");
    }
    for number in [f64::MIN_POSITIVE, f64::MAX, 0.1, -0.0, f64::INFINITY] {
        assert_eq!(number.with_text(f64::parse).unwrap().to_bits(), number.to_bits());
    }
}

#[test]
fn raw_content_is_unchanged() {
    let inside = " a<b x = \"1\"  y='\"'\t/><!-- c --><![CDATA[<]]>&#13;&lt;<?pi?><b></b >\r\n";
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        let open = read::<Open>(&format!("<r><data  p='&lt;' q=\">/\" >{inside}</data ><more z='1'/></r>"), strictness);
        let open = open.unwrap();
        assert_eq!((open.data.attributes(), open.data.as_xml()), ("  p='&lt;' q=\">/\"", inside));
        assert_eq!((open.more[0].attributes(), open.more[0].as_xml()), (" z='1'", ""));
        assert_eq!(write(&open), format!("<r><data  p='&lt;' q=\">/\">{inside}</data><more z='1'></more></r>"));
        assert_eq!(strict(&write(&open)), Ok(open));
        let wild = read::<Wild>(&format!("<r><first/><w p='>'>{inside}</w ><w/></r>"), strictness).unwrap();
        assert_eq!(wild.rest[0].as_xml(), format!("<w p='>'>{inside}</w >"));
        assert_eq!(wild.rest[1].as_xml(), "<w/>");
        assert_eq!(strict(&write(&wild)), Ok(wild));
    }
}

#[test]
fn raw_content_gets_the_declarations_that_it_needs() {
    let around = "xmlns:a='urn:\"a&amp;' xmlns:b='urn:b' xmlns:unused='urn:u'";
    let xml = format!("<r {around}><data b:c='1'><a:x/></data><more xmlns:a='own'><a:x/></more><more>b</more></r>");
    let open = strict::<Open>(&xml).unwrap();
    assert_eq!(open.data.attributes(), " xmlns:b=\"urn:b\" xmlns:a=\"urn:&quot;a&amp;\" b:c='1'");
    assert_eq!(open.more[0].attributes(), " xmlns:a='own'");
    assert_eq!(open.more[1], Any::text("b"));
    assert_eq!(strict(&write(&open)), Ok(open));

    let xml = format!("<r {around} xmlns='urn:d'><first/><a:w xmlns:q='1'><v type='b:t'/></a:w><w xmlns=''/></r>");
    let wild = lenient::<Wild>(&xml).unwrap();
    assert_eq!(
        wild.rest[0].as_xml(),
        "<a:w xmlns=\"urn:d\" xmlns:b=\"urn:b\" xmlns:a=\"urn:&quot;a&amp;\" xmlns:q='1'><v type='b:t'/></a:w>"
    );
    assert_eq!(wild.rest[1].as_xml(), "<w xmlns=''/>");
    // The innermost declaration counts, and no declaration of a sibling.
    let xml = "<r xmlns:a='1'><first xmlns:a='9'/><s xmlns:b='8'/><w><a:x b='a:b:'/></w></r>";
    let wild = lenient::<Wild>(xml).unwrap();
    assert_eq!(wild.rest[1].as_xml(), "<w xmlns:a=\"1\"><a:x b='a:b:'/></w>");
}

#[test]
fn to_text_returns_the_text_of_untyped_content() {
    let text = |xml| Any::xml(xml).unwrap().to_text().map(|text| text.into_owned());
    assert_eq!(text("").as_deref(), Some(""));
    assert_eq!(text(" a&amp;&#13;b\r\n").as_deref(), Some(" a&\rb\n"));
    assert_eq!(text("a<![CDATA[<b>]]><!-- c -->d").as_deref(), Some("a<b>d"));
    assert_eq!(text("a<b/>"), None);
    for plain in ["", "<&>\r\n\"']]>", " \u{e9} "] {
        assert_eq!(Any::text(plain).to_text().as_deref(), Some(plain));
        assert_eq!(Any::from(plain), Any::text(plain));
    }
    assert!(Any::empty().is_empty() && Any::text("").is_empty() && !Any::text(" ").is_empty());
    assert_eq!(Raw::new("<a>\r\n</a>").unwrap().as_xml(), "<a>\r\n</a>");
}
