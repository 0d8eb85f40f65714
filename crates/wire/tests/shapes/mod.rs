//! A type for every construct of a schema, as codegen generates them from `shapes.xsd`.

#![allow(dead_code, unreachable_pub, reason = "each test program uses its part")]

use plesk_wire::packet::{Outcome, Secret};
use plesk_wire::xml::{
    Any, Choice, Content, Facet, Limits, Nillable, NonEmpty, Primitive, Raw, ReadError, Reader, SimpleType, Strictness,
    Visitor, WhiteSpace, Writer,
};

pub static STRING: SimpleType = SimpleType::new("string", Primitive::String, WhiteSpace::Preserve, &[]);
pub static LOGIN: SimpleType =
    SimpleType::new("login", Primitive::String, WhiteSpace::Preserve, &[Facet::MinLength(1), Facet::MaxLength(20)]);
pub static INT: SimpleType = SimpleType::new("int", Primitive::Int, WhiteSpace::Collapse, &[]);
pub static LONG: SimpleType = SimpleType::new("unsignedLong", Primitive::UnsignedLong, WhiteSpace::Collapse, &[]);
pub static BOOLEAN: SimpleType = SimpleType::new("boolean", Primitive::Boolean, WhiteSpace::Collapse, &[]);

/// Reads a document with the root element `r`.
pub fn read<T: Content>(xml: &str, strictness: Strictness) -> Result<T, ReadError> {
    Reader::new(xml.as_bytes(), strictness, Limits::DEFAULT)?.document("r")
}

pub fn strict<T: Content>(xml: &str) -> Result<T, ReadError> {
    read(xml, Strictness::Strict)
}

pub fn lenient<T: Content>(xml: &str) -> Result<T, ReadError> {
    read(xml, Strictness::Lenient)
}

/// Reads leniently. Returns the value and the number of skipped items.
pub fn lenient_counting<T: Content>(xml: &str) -> Result<(T, u64), ReadError> {
    let mut reader = Reader::new(xml.as_bytes(), Strictness::Lenient, Limits::DEFAULT)?;
    let value = reader.document("r")?;
    Ok((value, reader.skipped()))
}

/// Writes the element `r`, without the XML declaration.
pub fn write<T: Content>(value: &T) -> String {
    let mut writer = Writer::new();
    writer.visit_element("r", 0, value);
    String::from_utf8(writer.into_bytes()).expect("UTF-8")
}

/// A sequence of elements with text and with content: required, optional and repeated.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Person {
    #[xml(text = "login", type = LOGIN)]
    pub login: String,
    #[xml(text = "password", type = LOGIN)]
    pub password: Secret,
    #[xml(text = "age", type = INT)]
    pub age: Option<i32>,
    #[xml(text = "mail", type = STRING, max = 3)]
    pub mail: Vec<String>,
    #[xml(element = "home")]
    pub home: Address,
    #[xml(element = "work")]
    pub work: Option<Address>,
    #[xml(element = "pet", min = 1)]
    pub pet: Vec<Address>,
    #[xml(flag = "vip")]
    pub vip: bool,
}

#[derive(Clone, Debug, PartialEq, Content)]
pub struct Address {
    #[xml(text = "street", type = STRING)]
    pub street: String,
    #[xml(text = "zip", type = LONG)]
    pub zip: Option<u64>,
}

/// A choice that may be empty, with repeated alternatives: a selector.
#[derive(Clone, Debug, PartialEq, Choice)]
pub enum Filter {
    #[xml(empty)]
    Everything,
    #[xml(text = "id", type = LONG, max = 3)]
    Ids(NonEmpty<u64>),
    #[xml(element = "address", min = 2)]
    Addresses(NonEmpty<Address>),
    #[xml(text = "login", type = LOGIN)]
    Login(String),
    #[xml(flag = "all")]
    All,
    #[xml(group)]
    Owner(Owner),
}

/// An alternative that is a sequence.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Owner {
    #[xml(text = "owner", type = STRING)]
    pub owner: String,
    #[xml(text = "role", type = STRING)]
    pub role: Option<String>,
}

/// A choice that may be empty, and an element after it.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Select {
    #[xml(choice)]
    pub filter: Filter,
    #[xml(element = "dataset")]
    pub dataset: Option<Address>,
}

/// A required choice.
#[derive(Clone, Debug, PartialEq, Choice)]
pub enum Key {
    #[xml(text = "id", type = LONG)]
    Id(u64),
    #[xml(element = "place")]
    Place(Box<Address>),
}

/// A required choice between optional elements, and an optional choice after them.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Keyed {
    #[xml(text = "before", type = STRING)]
    pub before: Option<String>,
    #[xml(choice)]
    pub key: Key,
    #[xml(text = "after", type = STRING)]
    pub after: Option<String>,
    #[xml(choice)]
    pub setting: Option<Setting>,
}

/// The alternatives of a repeated choice.
#[derive(Clone, Debug, PartialEq, Choice)]
pub enum Setting {
    #[xml(text = "limit", type = INT)]
    Limit(i32),
    #[xml(element = "property")]
    Property(Address),
}

/// A repeated choice between other elements.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Settings {
    #[xml(text = "title", type = STRING)]
    pub title: String,
    #[xml(choice, min = 1, max = 4)]
    pub settings: Vec<Setting>,
    #[xml(flag = "done")]
    pub done: bool,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Pair {
    #[xml(text = "id", type = LONG)]
    pub id: u64,
    #[xml(text = "guid", type = STRING)]
    pub guid: String,
    #[xml(text = "note", type = STRING)]
    pub note: Option<String>,
}

/// An optional group.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Grouped {
    #[xml(text = "first", type = STRING)]
    pub first: Option<String>,
    #[xml(group)]
    pub pair: Option<Pair>,
    #[xml(text = "last", type = STRING)]
    pub last: Option<String>,
}

/// A repeated group.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Groups {
    #[xml(text = "first", type = STRING)]
    pub first: Option<String>,
    #[xml(group, min = 1, max = 3)]
    pub pairs: Vec<Pair>,
    #[xml(text = "last", type = STRING)]
    pub last: Option<String>,
}

/// Members in any order (`xs:all`).
#[derive(Clone, Debug, PartialEq, Content)]
#[xml(any_order)]
pub struct Unordered {
    #[xml(text = "x", type = INT)]
    pub x: i32,
    #[xml(element = "y")]
    pub y: Option<Address>,
    #[xml(flag = "z")]
    pub z: bool,
}

/// Elements without a type.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Open {
    #[xml(element = "data")]
    pub data: Any,
    #[xml(element = "more", max = 2)]
    pub more: Vec<Any>,
    #[xml(text = "end", type = STRING)]
    pub end: Option<String>,
}

/// A wildcard.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Wild {
    #[xml(text = "first", type = STRING)]
    pub first: String,
    #[xml(wildcard, max = 2)]
    pub rest: Vec<Raw>,
}

/// Attributes.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Versioned {
    #[xml(attribute = "version", type = LOGIN)]
    pub version: String,
    #[xml(attribute = "fast", type = BOOLEAN)]
    pub fast: Option<bool>,
    #[xml(attribute = "key", type = LOGIN)]
    pub key: Option<Secret>,
    #[xml(element = "price")]
    pub price: Option<Price>,
}

/// Simple content: text and attributes.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Price {
    #[xml(attribute = "currency", type = STRING)]
    pub currency: Option<String>,
    #[xml(text_content, type = INT)]
    pub amount: i32,
}

/// Nillable elements.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Maybe {
    #[xml(text = "must", type = INT)]
    pub must: Nillable<i32>,
    #[xml(text = "may", type = STRING)]
    pub may: Option<Nillable<Secret>>,
}

/// Results: without a body, with one, and with one that only a success has.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct Answers {
    #[xml(element = "bare")]
    pub bare: Vec<Outcome>,
    #[xml(element = "result")]
    pub result: Vec<Outcome<Body>>,
    #[xml(element = "success")]
    pub success: Vec<Outcome<Option<Pair>>>,
}

#[derive(Clone, Debug, PartialEq, Content)]
pub struct Body {
    #[xml(text = "filter-id", type = STRING)]
    pub filter_id: Option<String>,
    #[xml(text = "id", type = LONG)]
    pub id: u64,
    #[xml(element = "data")]
    pub data: Option<Address>,
}

/// All of the above.
#[derive(Clone, Debug, PartialEq, Content)]
pub struct AllShapes {
    #[xml(element = "person")]
    pub person: Vec<Person>,
    #[xml(element = "select")]
    pub select: Option<Select>,
    #[xml(element = "keyed")]
    pub keyed: Option<Keyed>,
    #[xml(element = "settings")]
    pub settings: Option<Settings>,
    #[xml(element = "grouped")]
    pub grouped: Option<Grouped>,
    #[xml(element = "groups")]
    pub groups: Option<Groups>,
    #[xml(element = "unordered")]
    pub unordered: Option<Unordered>,
    #[xml(element = "open")]
    pub open: Option<Open>,
    #[xml(element = "wild")]
    pub wild: Option<Wild>,
    #[xml(element = "versioned")]
    pub versioned: Option<Versioned>,
    #[xml(element = "maybe")]
    pub maybe: Option<Maybe>,
    #[xml(element = "answers")]
    pub answers: Option<Answers>,
}

pub fn address(street: &str, zip: Option<u64>) -> Address {
    Address { street: street.to_owned(), zip }
}

pub fn person() -> Person {
    Person {
        login: "jo".into(),
        password: "pa<ss".into(),
        age: Some(42),
        mail: vec!["a@b.c".into(), " d ".into()],
        home: address("Lane 1", Some(7)),
        work: Some(address("", None)),
        pet: vec![address("Kennel", None), address("Tree", Some(9))],
        vip: true,
    }
}

pub fn pair(id: u64, note: Option<&str>) -> Pair {
    Pair { id, guid: format!("g{id}"), note: note.map(Into::into) }
}

/// Returns a value with every shape.
pub fn all_shapes() -> AllShapes {
    let any = |xml| Any::xml(xml).expect("well-formed");
    AllShapes {
        person: vec![person(), Person { age: None, work: None, mail: vec![], vip: false, ..person() }],
        select: Some(Select {
            filter: Filter::Ids(NonEmpty::try_from(vec![1, 2, 3]).expect("not empty")),
            dataset: Some(address("x", None)),
        }),
        keyed: Some(Keyed {
            before: Some("b".into()),
            key: Key::Place(Box::new(address("y", Some(1)))),
            after: Some("a".into()),
            setting: Some(Setting::Limit(-5)),
        }),
        settings: Some(Settings {
            title: "t".into(),
            settings: vec![Setting::Limit(1), Setting::Property(address("p", None)), Setting::Limit(2)],
            done: true,
        }),
        grouped: Some(Grouped { first: Some("1".into()), pair: Some(pair(5, Some("n"))), last: Some("9".into()) }),
        groups: Some(Groups { first: None, pairs: vec![pair(1, None), pair(2, Some("two"))], last: Some("z".into()) }),
        unordered: Some(Unordered { x: 3, y: Some(address("u", None)), z: true }),
        open: Some(Open { data: any("<a b='c'>t<![CDATA[<]]></a>"), more: vec![any("text &amp; more")], end: None }),
        wild: Some(Wild {
            first: "f".into(),
            rest: vec![Raw::new("<any x=\"1\"><y/></any>").expect("well-formed"), Raw::new("<o/>").expect("fine")],
        }),
        versioned: Some(Versioned {
            version: "1.6 \"9\"".into(),
            fast: Some(true),
            key: Some("k<>&".into()),
            price: Some(Price { currency: Some("a\tb\nc\rd".into()), amount: 12 }),
        }),
        maybe: Some(Maybe { must: Nillable::Nil, may: Some(Nillable::Value("s".into())) }),
        answers: Some(Answers {
            bare: vec![Outcome::ok(()), Outcome::error(plesk_wire::packet::ErrorCode(1013), "no such", ())],
            result: vec![Outcome::ok(Body { filter_id: Some("f".into()), id: 8, data: Some(address("d", None)) })],
            success: vec![
                Outcome::ok(Some(pair(3, None))),
                Outcome::error(plesk_wire::packet::ErrorCode(1006), "", None),
            ],
        }),
    }
}
