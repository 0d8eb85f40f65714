//! Hand-written types for every construct of a schema, as codegen generates them from `shapes.xsd`.

#![allow(dead_code, unreachable_pub, reason = "each test program uses its part")]

use plesk_wire::packet::{Outcome, Secret};
use plesk_wire::xml::{
    Any, Choice, Content, ContentKind, Facet, Limits, Nillable, NonEmpty, Primitive, Raw, ReadError, Reader, Scalar,
    SimpleType, Strictness, Visitor, WhiteSpace, Writer,
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

/// Defines a struct and its `Content`. Each member has a field name, a type, a placeholder, and the
/// calls that read and visit it.
macro_rules! record {
    (
        $(#[$meta:meta])* $name:ident $(kind $kind:ident)? $(elements [$($element:literal),*])? {
            $(@ $attribute:ident: $attribute_type:ty = $attribute_placeholder:expr,
                |$attribute_slot:ident, $attribute_reader:ident| $read_attribute:expr,
                |$attribute_visitor:ident| $visit_attribute:expr;)*
            $($field:ident: $type:ty = $placeholder:expr, |$slot:ident, $reader:ident| $read:expr,
                |$visitor:ident| $visit:expr;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(pub $attribute: $attribute_type,)*
            $(pub $field: $type,)*
        }

        impl Content for $name {
            $(const KIND: ContentKind = ContentKind::$kind;)?
            $(const ELEMENTS: &'static [&'static str] = &[$($element),*];)?

            fn placeholder() -> Self {
                Self { $($attribute: $attribute_placeholder,)* $($field: $placeholder,)* }
            }

            fn read_attributes(&mut self, _r: &mut Reader<'_>) -> Result<(), ReadError> {
                $(let ($attribute_slot, $attribute_reader) = (&mut self.$attribute, &mut *_r); $read_attribute?;)*
                Ok(())
            }

            fn read(&mut self, _r: &mut Reader<'_>) -> Result<(), ReadError> {
                $(let ($slot, $reader) = (&mut self.$field, &mut *_r); $read?;)*
                Ok(())
            }

            fn visit_attributes<V: Visitor>(&self, _v: &mut V) {
                $(let ($attribute_slot, $attribute_visitor) = (&self.$attribute, &mut *_v); $visit_attribute;)*
            }

            fn visit<V: Visitor>(&self, _v: &mut V) {
                $(let ($slot, $visitor) = (&self.$field, &mut *_v); $visit;)*
            }
        }
    };
}

record! {
    /// A sequence of elements with text and with content: required, optional and repeated.
    Person {
        login: String = Scalar::placeholder(), |s, r| r.text("login", s, &LOGIN), |v| v.text("login", s, &LOGIN);
        password: Secret = Scalar::placeholder(), |s, r| r.text("password", s, &LOGIN), |v| v.text("password", s, &LOGIN);
        age: Option<i32> = None, |s, r| r.opt_text("age", s, &INT), |v| v.opt_text("age", s, &INT);
        mail: Vec<String> = Vec::new(), |s, r| r.texts("mail", 0, 3, s, &STRING), |v| v.texts("mail", 0, 3, s, &STRING);
        home: Address = Content::placeholder(), |s, r| r.element("home", s), |v| v.element("home", s);
        work: Option<Address> = None, |s, r| r.opt_element("work", s), |v| v.opt_element("work", s);
        pet: Vec<Address> = Vec::new(), |s, r| r.elements("pet", 1, usize::MAX, s), |v| v.elements("pet", 1, usize::MAX, s);
        vip: bool = false, |s, r| r.flag("vip", s), |v| v.flag("vip", *s);
    }
}

record! {
    Address {
        street: String = Scalar::placeholder(), |s, r| r.text("street", s, &STRING), |v| v.text("street", s, &STRING);
        zip: Option<u64> = None, |s, r| r.opt_text("zip", s, &LONG), |v| v.opt_text("zip", s, &LONG);
    }
}

/// A choice that may be empty, with repeated alternatives: a selector.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    Everything,
    Ids(NonEmpty<u64>),
    Addresses(NonEmpty<Address>),
    Login(String),
    All,
    Owner(Owner),
}

record! {
    /// An alternative that is a sequence.
    Owner {
        owner: String = Scalar::placeholder(), |s, r| r.text("owner", s, &STRING), |v| v.text("owner", s, &STRING);
        role: Option<String> = None, |s, r| r.opt_text("role", s, &STRING), |v| v.opt_text("role", s, &STRING);
    }
}

impl Choice for Filter {
    const ALTERNATIVES: &'static str = "id | address | login | all | owner";

    fn placeholder() -> Self {
        Self::Everything
    }

    fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>, ReadError> {
        Ok(Some(match r.name() {
            "id" => Self::Ids(r.take_texts("id", 1, 3, &LONG)?),
            "address" => Self::Addresses(r.take_elements("address", 2, usize::MAX)?),
            "login" => Self::Login(r.take_text("login", &LOGIN)?),
            "all" => r.take_flag("all", Self::All)?,
            _ => {
                r.record_expected("id | address | login | all");
                return Ok(r.take_group()?.map(Self::Owner));
            }
        }))
    }

    fn visit_alternative<V: Visitor>(&self, v: &mut V) {
        match self {
            Self::Everything => {}
            Self::Ids(ids) => v.texts("id", 1, 3, ids, &LONG),
            Self::Addresses(addresses) => v.elements("address", 2, usize::MAX, addresses),
            Self::Login(login) => v.text("login", login, &LOGIN),
            Self::All => v.flag("all", true),
            Self::Owner(owner) => owner.visit(v),
        }
    }
}

record! {
    /// A choice that may be empty, and an element after it.
    Select elements ["id", "address", "login", "all", "owner", "role", "dataset"] {
        filter: Filter = Filter::placeholder(), |s, r| r.choice_or_nothing(s), |v| v.choice(s);
        dataset: Option<Address> = None, |s, r| r.opt_element("dataset", s), |v| v.opt_element("dataset", s);
    }
}

/// A required choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    Id(u64),
    Place(Box<Address>),
}

impl Choice for Key {
    const ALTERNATIVES: &'static str = "id | place";

    fn placeholder() -> Self {
        Self::Id(0)
    }

    fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>, ReadError> {
        if r.at("id") {
            return Ok(Some(Self::Id(r.take_text("id", &LONG)?)));
        }
        if r.at("place") {
            return Ok(Some(Self::Place(r.take_element("place")?)));
        }
        Ok(None)
    }

    fn visit_alternative<V: Visitor>(&self, v: &mut V) {
        match self {
            Self::Id(id) => v.text("id", id, &LONG),
            Self::Place(place) => v.element("place", place),
        }
    }
}

record! {
    /// A required choice between optional elements, and an optional choice after them.
    Keyed {
        before: Option<String> = None, |s, r| r.opt_text("before", s, &STRING), |v| v.opt_text("before", s, &STRING);
        key: Key = Choice::placeholder(), |s, r| r.choice(s), |v| v.choice(s);
        after: Option<String> = None, |s, r| r.opt_text("after", s, &STRING), |v| v.opt_text("after", s, &STRING);
        setting: Option<Setting> = None, |s, r| r.opt_choice(s), |v| v.opt_choice(s);
    }
}

/// The alternatives of a repeated choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    Limit(i32),
    Property(Address),
}

impl Choice for Setting {
    const ALTERNATIVES: &'static str = "limit | property";

    fn placeholder() -> Self {
        Self::Limit(0)
    }

    fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>, ReadError> {
        if r.at("limit") {
            return Ok(Some(Self::Limit(r.take_text("limit", &INT)?)));
        }
        if r.at("property") {
            return Ok(Some(Self::Property(r.take_element("property")?)));
        }
        Ok(None)
    }

    fn visit_alternative<V: Visitor>(&self, v: &mut V) {
        match self {
            Self::Limit(limit) => v.text("limit", limit, &INT),
            Self::Property(property) => v.element("property", property),
        }
    }
}

record! {
    /// A repeated choice between other elements.
    Settings {
        title: String = Scalar::placeholder(), |s, r| r.text("title", s, &STRING), |v| v.text("title", s, &STRING);
        settings: Vec<Setting> = Vec::new(), |s, r| r.choices(1, 4, s), |v| v.choices(1, 4, s);
        done: bool = false, |s, r| r.flag("done", s), |v| v.flag("done", *s);
    }
}

record! {
    /// A group.
    Pair {
        id: u64 = Scalar::placeholder(), |s, r| r.text("id", s, &LONG), |v| v.text("id", s, &LONG);
        guid: String = Scalar::placeholder(), |s, r| r.text("guid", s, &STRING), |v| v.text("guid", s, &STRING);
        note: Option<String> = None, |s, r| r.opt_text("note", s, &STRING), |v| v.opt_text("note", s, &STRING);
    }
}

record! {
    /// An optional group.
    Grouped elements ["first", "id", "guid", "note", "last"] {
        first: Option<String> = None, |s, r| r.opt_text("first", s, &STRING), |v| v.opt_text("first", s, &STRING);
        pair: Option<Pair> = None, |s, r| r.opt_group(s), |v| v.opt_group(s);
        last: Option<String> = None, |s, r| r.opt_text("last", s, &STRING), |v| v.opt_text("last", s, &STRING);
    }
}

record! {
    /// A repeated group.
    Groups elements ["first", "id", "guid", "note", "last"] {
        first: Option<String> = None, |s, r| r.opt_text("first", s, &STRING), |v| v.opt_text("first", s, &STRING);
        pairs: Vec<Pair> = Vec::new(), |s, r| r.groups("id", 1, 3, s), |v| v.groups("id", 1, 3, s);
        last: Option<String> = None, |s, r| r.opt_text("last", s, &STRING), |v| v.opt_text("last", s, &STRING);
    }
}

record! {
    /// Members in any order (`xs:all`).
    Unordered kind All {
        x: i32 = Scalar::placeholder(), |s, r| r.text("x", s, &INT), |v| v.text("x", s, &INT);
        y: Option<Address> = None, |s, r| r.opt_element("y", s), |v| v.opt_element("y", s);
        z: bool = false, |s, r| r.flag("z", s), |v| v.flag("z", *s);
    }
}

record! {
    /// Elements without a type.
    Open {
        data: Any = Content::placeholder(), |s, r| r.element("data", s), |v| v.element("data", s);
        more: Vec<Any> = Vec::new(), |s, r| r.elements("more", 0, 2, s), |v| v.elements("more", 0, 2, s);
        end: Option<String> = None, |s, r| r.opt_text("end", s, &STRING), |v| v.opt_text("end", s, &STRING);
    }
}

record! {
    /// A wildcard.
    Wild {
        first: String = Scalar::placeholder(), |s, r| r.text("first", s, &STRING), |v| v.text("first", s, &STRING);
        rest: Vec<Raw> = Vec::new(), |s, r| r.wildcard(0, 2, s), |v| v.wildcard(0, 2, s);
    }
}

record! {
    /// Attributes.
    Versioned {
        @version: String = Scalar::placeholder(), |s, r| r.attribute("version", s, &LOGIN), |v| v.attribute("version", s, &LOGIN);
        @fast: Option<bool> = None, |s, r| r.opt_attribute("fast", s, &BOOLEAN), |v| v.opt_attribute("fast", s, &BOOLEAN);
        @key: Option<Secret> = None, |s, r| r.opt_attribute("key", s, &LOGIN), |v| v.opt_attribute("key", s, &LOGIN);
        price: Option<Price> = None, |s, r| r.opt_element("price", s), |v| v.opt_element("price", s);
    }
}

record! {
    /// Simple content: text and attributes.
    Price kind Text {
        @currency: Option<String> = None, |s, r| r.opt_attribute("currency", s, &STRING),
            |v| v.opt_attribute("currency", s, &STRING);
        amount: i32 = Scalar::placeholder(), |s, r| r.text_content(s, &INT), |v| v.text_content(s, &INT);
    }
}

record! {
    /// Nillable elements.
    Maybe {
        must: Nillable<i32> = Nillable::placeholder(), |s, r| r.nillable("must", s, &INT), |v| v.nillable("must", s, &INT);
        may: Option<Nillable<Secret>> = None, |s, r| r.opt_nillable("may", s, &STRING),
            |v| v.opt_nillable("may", s, &STRING);
    }
}

record! {
    /// Results: without a body, with one, and with one that only a success has.
    Answers {
        bare: Vec<Outcome> = Vec::new(), |s, r| r.elements("bare", 0, usize::MAX, s),
            |v| v.elements("bare", 0, usize::MAX, s);
        result: Vec<Outcome<Body>> = Vec::new(), |s, r| r.elements("result", 0, usize::MAX, s),
            |v| v.elements("result", 0, usize::MAX, s);
        success: Vec<Outcome<Option<Pair>>> = Vec::new(), |s, r| r.elements("success", 0, usize::MAX, s),
            |v| v.elements("success", 0, usize::MAX, s);
    }
}

record! {
    Body {
        filter_id: Option<String> = None, |s, r| r.opt_text("filter-id", s, &STRING),
            |v| v.opt_text("filter-id", s, &STRING);
        id: u64 = Scalar::placeholder(), |s, r| r.text("id", s, &LONG), |v| v.text("id", s, &LONG);
        data: Option<Address> = None, |s, r| r.opt_element("data", s), |v| v.opt_element("data", s);
    }
}

record! {
    /// All of the above.
    AllShapes {
        person: Vec<Person> = Vec::new(), |s, r| r.elements("person", 0, usize::MAX, s),
            |v| v.elements("person", 0, usize::MAX, s);
        select: Option<Select> = None, |s, r| r.opt_element("select", s), |v| v.opt_element("select", s);
        keyed: Option<Keyed> = None, |s, r| r.opt_element("keyed", s), |v| v.opt_element("keyed", s);
        settings: Option<Settings> = None, |s, r| r.opt_element("settings", s), |v| v.opt_element("settings", s);
        grouped: Option<Grouped> = None, |s, r| r.opt_element("grouped", s), |v| v.opt_element("grouped", s);
        groups: Option<Groups> = None, |s, r| r.opt_element("groups", s), |v| v.opt_element("groups", s);
        unordered: Option<Unordered> = None, |s, r| r.opt_element("unordered", s), |v| v.opt_element("unordered", s);
        open: Option<Open> = None, |s, r| r.opt_element("open", s), |v| v.opt_element("open", s);
        wild: Option<Wild> = None, |s, r| r.opt_element("wild", s), |v| v.opt_element("wild", s);
        versioned: Option<Versioned> = None, |s, r| r.opt_element("versioned", s), |v| v.opt_element("versioned", s);
        maybe: Option<Maybe> = None, |s, r| r.opt_element("maybe", s), |v| v.opt_element("maybe", s);
        answers: Option<Answers> = None, |s, r| r.opt_element("answers", s), |v| v.opt_element("answers", s);
    }
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
