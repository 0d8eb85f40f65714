//! Kinds of changes, as edits of the base, each with the expected change and version bump in both directions.

use plesk_codegen::diff::SemverBump::{self, Major, Minor, Patch};

use crate::harbour::Edit;

/// A kind of change.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) edits: &'static [Edit],
    /// The summary of the change, empty if there is none, and the version bump.
    pub(crate) forward: (&'static str, SemverBump),
    /// The same if the edited schemas are the old ones.
    pub(crate) backward: (&'static str, SemverBump),
    /// A program that compiles only with the crate of the base, and one that compiles only with that of the edited
    /// schemas. They show a break that cargo-semver-checks cannot see, as it does not compare the types of fields and
    /// arguments.
    pub(crate) programs: [Option<&'static str>; 2],
}

const fn kind(
    name: &'static str,
    edits: &'static [Edit],
    forward: (&'static str, SemverBump),
    backward: (&'static str, SemverBump),
) -> Kind {
    Kind { name, edits, forward, backward, programs: [None, None] }
}

/// Adds programs that show a break.
const fn with_programs(kind: Kind, programs: [Option<&'static str>; 2]) -> Kind {
    Kind { programs, ..kind }
}

const REQUEST: &str = "request.xsd";
const RESPONSE: &str = "response.xsd";
const SHARED: &str = "shared.xsd";

const NOTE: &str = r#"<xs:element name="note" type="xs:string" minOccurs="0"/>"#;
const PLACE: &str = r#"<xs:element name="place" type="xs:string"/>"#;
const WATT: &str = r#"<xs:element name="watt" type="xs:int"/>"#;
const WIDTH: &str = r#"<xs:element name="width" type="xs:decimal"/>"#;
const WALL: &str = r#"<xs:element name="wall" type="xs:string"/>"#;
const LIST: &str = r#"<xs:element name="list" type="LampListType"/>"#;
const LAMP: &str = r#"<xs:element name="lamp" type="LampRequestType"/>"#;

pub(crate) const KINDS: &[Kind] = &[
    kind(
        "add an optional element",
        &[(
            REQUEST,
            NOTE,
            r#"<xs:element name="note" type="xs:string" minOccurs="0"/><xs:element name="memo" type="xs:date" minOccurs="0"/>"#,
        )],
        ("lamp/add/memo: element added: memo: xs:date, optional", Minor),
        ("lamp/add/memo: element removed: memo: xs:date, optional", Major),
    ),
    kind(
        "add a required element",
        &[(REQUEST, WATT, r#"<xs:element name="watt" type="xs:int"/><xs:element name="height" type="xs:int"/>"#)],
        ("lamp/add/height: element added: height: xs:int, required", Major),
        ("lamp/add/height: element removed: height: xs:int, required", Major),
    ),
    kind(
        "add an element of an answer",
        &[(
            RESPONSE,
            r#"<xs:element name="state" type="StateType" minOccurs="0"/>"#,
            r#"<xs:element name="state" type="StateType" minOccurs="0"/><xs:element name="since" type="xs:date" minOccurs="0"/>"#,
        )],
        ("lamp/list/result/since: element added: since: xs:date, optional", Minor),
        ("lamp/list/result/since: element removed: since: xs:date, optional", Major),
    ),
    kind(
        "make an element required",
        &[(REQUEST, NOTE, r#"<xs:element name="note" type="xs:string"/>"#)],
        ("lamp/add/note: element occurrence: optional → required", Major),
        ("lamp/add/note: element occurrence: required → optional", Major),
    ),
    with_programs(
        kind(
            "make an element a list",
            &[(REQUEST, NOTE, r#"<xs:element name="note" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>"#)],
            ("lamp/add/note: element occurrence: optional → any number", Major),
            ("lamp/add/note: element occurrence: any number → optional", Major),
        ),
        [
            Some("pub fn f(it: lamp::Add) -> Option<String> { it.note }"),
            Some("pub fn f(it: lamp::Add) -> Vec<String> { it.note }"),
        ],
    ),
    with_programs(
        kind(
            "change the type of an element",
            &[(REQUEST, WATT, r#"<xs:element name="watt" type="xs:string"/>"#)],
            ("lamp/add/watt: element retyped: xs:int → xs:string", Major),
            ("lamp/add/watt: element retyped: xs:string → xs:int", Major),
        ),
        [Some("pub fn f(it: lamp::Add) -> i32 { it.watt }"), Some("pub fn f(it: lamp::Add) -> String { it.watt }")],
    ),
    with_programs(
        kind(
            "widen a number",
            &[(REQUEST, WATT, r#"<xs:element name="watt" type="xs:long"/>"#)],
            ("lamp/add/watt: element retyped: xs:int → xs:long", Major),
            ("lamp/add/watt: element retyped: xs:long → xs:int", Major),
        ),
        [Some("pub fn f(it: lamp::Add) -> i32 { it.watt }"), Some("pub fn f(it: lamp::Add) -> i64 { it.watt }")],
    ),
    with_programs(
        kind(
            "allow an element to be nil",
            &[(REQUEST, WATT, r#"<xs:element name="watt" type="xs:int" nillable="true"/>"#)],
            ("lamp/add/watt: element nillable: never nil → may be nil", Major),
            ("lamp/add/watt: element nillable: may be nil → never nil", Major),
        ),
        [
            Some("pub fn f(it: lamp::Add) -> i32 { it.watt }"),
            Some("pub fn f(it: lamp::Add) -> plesk_wire::xml::Nillable<i32> { it.watt }"),
        ],
    ),
    with_programs(
        kind(
            "move a required element past another",
            &[
                (REQUEST, PLACE, ""),
                (
                    REQUEST,
                    WATT,
                    r#"<xs:element name="watt" type="xs:int"/><xs:element name="place" type="xs:string"/>"#,
                ),
            ],
            ("lamp/add/watt: element moved: after place → after name", Major),
            ("lamp/add/place: element moved: after watt → after name", Major),
        ),
        [
            Some(r#"pub fn f(pole: lamp::AddChoice) -> lamp::Add { lamp::Add::new("name", "place", 60, pole) }"#),
            Some(r#"pub fn f(pole: lamp::AddChoice) -> lamp::Add { lamp::Add::new("name", 60, "place", pole) }"#),
        ],
    ),
    kind(
        "move an optional element",
        &[
            (REQUEST, NOTE, ""),
            (
                REQUEST,
                r#"<xs:element name="until" type="xs:date" minOccurs="0"/>"#,
                r#"<xs:element name="until" type="xs:date" minOccurs="0"/><xs:element name="note" type="xs:string" minOccurs="0"/>"#,
            ),
        ],
        ("lamp/add/note: element moved: after watt → after until", Patch),
        ("lamp/add/note: element moved: after until → after watt", Patch),
    ),
    kind(
        "rename an element",
        &[(REQUEST, NOTE, r#"<xs:element name="notes" type="xs:string" minOccurs="0"/>"#)],
        ("lamp/add/notes: element renamed: note → notes", Major),
        ("lamp/add/note: element renamed: notes → note", Major),
    ),
    kind(
        "change a default",
        &[(REQUEST, r#"default="white""#, r#"default="red""#)],
        ("lamp/add/color: element default: default white → default red", Patch),
        ("lamp/add/color: element default: default red → default white", Patch),
    ),
    kind(
        "add a value to an enumeration",
        &[(
            SHARED,
            r#"<xs:enumeration value="red"/>"#,
            r#"<xs:enumeration value="red"/><xs:enumeration value="amber"/>"#,
        )],
        ("lamp/add/color: value added: amber", Minor),
        ("lamp/add/color: value removed: amber", Major),
    ),
    kind(
        "add a value to an enumeration of answers",
        &[(
            RESPONSE,
            r#"<xs:enumeration value="on"/>"#,
            r#"<xs:enumeration value="on"/><xs:enumeration value="broken"/>"#,
        )],
        ("lamp/list/result/state: value added: broken", Minor),
        ("lamp/list/result/state: value removed: broken", Major),
    ),
    with_programs(
        kind(
            "add an enumeration",
            &[(
                REQUEST,
                r#"<xs:attribute name="urgency" type="xs:string"/>"#,
                r#"<xs:attribute name="urgency"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="high"/></xs:restriction></xs:simpleType></xs:attribute>"#,
            )],
            ("lamp/add/@urgency: facet added: enumeration high", Major),
            ("lamp/add/@urgency: facet removed: enumeration high", Major),
        ),
        [Some("pub fn f(it: lamp::Add) -> Option<String> { it.urgency }"), None],
    ),
    kind(
        "tighten a facet",
        &[(SHARED, r#"<xs:maxLength value="20"/>"#, r#"<xs:maxLength value="10"/>"#)],
        ("lamp/add/name: facet changed: maxLength 20 → maxLength 10", Patch),
        ("lamp/add/name: facet changed: maxLength 10 → maxLength 20", Patch),
    ),
    kind(
        "add a facet",
        &[(SHARED, r#"<xs:minLength value="1"/>"#, r#"<xs:minLength value="1"/><xs:pattern value="[a-z]*"/>"#)],
        ("lamp/add/name: facet added: pattern [a-z]*", Patch),
        ("lamp/add/name: facet removed: pattern [a-z]*", Patch),
    ),
    kind(
        "add an attribute",
        &[(
            REQUEST,
            r#"<xs:attribute name="urgency" type="xs:string"/>"#,
            r#"<xs:attribute name="urgency" type="xs:string"/><xs:attribute name="color-code" type="xs:int"/>"#,
        )],
        ("lamp/add/@color-code: attribute added: color-code: xs:int, optional", Minor),
        ("lamp/add/@color-code: attribute removed: color-code: xs:int, optional", Major),
    ),
    kind(
        "make an attribute required",
        &[(
            REQUEST,
            r#"<xs:attribute name="urgency" type="xs:string"/>"#,
            r#"<xs:attribute name="urgency" type="xs:string" use="required"/>"#,
        )],
        ("lamp/add/@urgency: attribute occurrence: optional → required", Major),
        ("lamp/add/@urgency: attribute occurrence: required → optional", Major),
    ),
    kind(
        "add an alternative",
        &[(REQUEST, WALL, r#"<xs:element name="wall" type="xs:string"/><xs:element name="tree" type="xs:int"/>"#)],
        ("lamp/add/tree: element added: tree: xs:int, required", Minor),
        ("lamp/add/tree: element removed: tree: xs:int, required", Major),
    ),
    kind(
        "turn an element into a choice",
        &[(
            SHARED,
            WIDTH,
            r#"<xs:choice><xs:element name="width" type="xs:decimal"/><xs:element name="angle" type="xs:int"/></xs:choice>"#,
        )],
        ("lamp/add/lens/(width | angle): group regrouped: width → (width | angle)", Major),
        ("lamp/add/lens/width: group regrouped: (width | angle) → width", Major),
    ),
    kind(
        "make a choice optional",
        &[(
            REQUEST,
            r#"<xs:choice>
        <xs:element name="pole""#,
            r#"<xs:choice minOccurs="0">
        <xs:element name="pole""#,
        )],
        ("lamp/add/(pole | wall): group occurrence: required → optional", Major),
        ("lamp/add/(pole | wall): group occurrence: optional → required", Major),
    ),
    kind(
        "add an operation",
        &[
            (
                REQUEST,
                LIST,
                r#"<xs:element name="list" type="LampListType"/><xs:element name="count" type="LampListType"/>"#,
            ),
            (
                RESPONSE,
                r#"<xs:element name="list">"#,
                r#"<xs:element name="count"><xs:complexType><xs:sequence><xs:element name="result" type="resultType"/></xs:sequence></xs:complexType></xs:element><xs:element name="list">"#,
            ),
        ],
        ("lamp/count: operation added: count", Minor),
        ("lamp/count: operation removed: count", Major),
    ),
    kind(
        "rename an operation",
        &[
            (REQUEST, LIST, r#"<xs:element name="lists" type="LampListType"/>"#),
            (RESPONSE, r#"<xs:element name="list">"#, r#"<xs:element name="lists">"#),
        ],
        ("lamp/lists: operation renamed: list → lists", Major),
        ("lamp/list: operation renamed: lists → list", Major),
    ),
    kind(
        "add an operator",
        &[
            (
                REQUEST,
                LAMP,
                r#"<xs:element name="lamp" type="LampRequestType"/><xs:element name="gull" type="GullRequestType"/>"#,
            ),
            (
                REQUEST,
                r#"<xs:complexType name="LampListType">"#,
                r#"<xs:complexType name="GullRequestType"><xs:choice maxOccurs="unbounded"><xs:element name="feed"><xs:complexType><xs:sequence><xs:element name="fish" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:choice></xs:complexType><xs:complexType name="LampListType">"#,
            ),
            (
                RESPONSE,
                r#"<xs:element name="buoy" type="BuoyAnswerType"/>"#,
                r#"<xs:element name="buoy" type="BuoyAnswerType"/><xs:element name="gull" type="GullAnswerType"/>"#,
            ),
            (
                RESPONSE,
                r#"<xs:complexType name="BuoyAnswerType">"#,
                r#"<xs:complexType name="GullAnswerType"><xs:choice maxOccurs="unbounded"><xs:element name="feed"><xs:complexType><xs:sequence><xs:element name="result" type="resultType"/></xs:sequence></xs:complexType></xs:element></xs:choice></xs:complexType><xs:complexType name="BuoyAnswerType">"#,
            ),
        ],
        ("gull: operator added: gull", Minor),
        ("gull: operator removed: gull", Major),
    ),
    kind(
        "rename an operator",
        &[(REQUEST, r#"name="buoy""#, r#"name="buoys""#), (RESPONSE, r#"name="buoy""#, r#"name="buoys""#)],
        ("buoys: operator renamed: buoy → buoys", Major),
        ("buoy: operator renamed: buoys → buoy", Major),
    ),
    kind(
        "rename a type",
        &[
            (SHARED, r#"name="LensType""#, r#"name="GlassType""#),
            (REQUEST, r#"type="LensType""#, r#"type="GlassType""#),
            (RESPONSE, r#"type="LensType""#, r#"type="GlassType""#),
        ],
        ("lamp/add/lens: type renamed: LensType → GlassType", Major),
        ("lamp/add/lens: type renamed: GlassType → LensType", Major),
    ),
    kind(
        "rename an enumeration",
        &[
            (SHARED, r#"name="ColorType""#, r#"name="PaintType""#),
            (REQUEST, r#"type="ColorType""#, r#"type="PaintType""#),
        ],
        ("lamp/add/color: type renamed: ColorType → PaintType", Major),
        ("lamp/add/color: type renamed: PaintType → ColorType", Major),
    ),
    with_programs(
        kind(
            "let an operation have several results",
            &[(RESPONSE, r#"<xs:element name="result">"#, r#"<xs:element name="result" maxOccurs="unbounded">"#)],
            ("lamp/add/result: element occurrence: required → at least one", Major),
            ("lamp/add/result: element occurrence: at least one → required", Major),
        ),
        [
            Some("pub fn f(it: <lamp::Add as plesk_wire::packet::Operation>::Answer) -> bool { it.is_ok() }"),
            Some("pub fn f(it: <lamp::Add as plesk_wire::packet::Operation>::Answer) { let _ = it.all_ok(); }"),
        ],
    ),
    with_programs(
        kind(
            "make an element of an answer required",
            &[(
                RESPONSE,
                r#"<xs:element name="state" type="StateType" minOccurs="0"/>"#,
                r#"<xs:element name="state" type="StateType"/>"#,
            )],
            ("lamp/list/result/state: element occurrence: optional → required", Major),
            ("lamp/list/result/state: element occurrence: required → optional", Major),
        ),
        [
            Some("pub fn f(it: response::LampResult) -> Option<response::State> { it.state }"),
            Some("pub fn f(it: response::LampResult) -> response::State { it.state }"),
        ],
    ),
    kind(
        "allow any order",
        &[
            (
                SHARED,
                r#"<xs:complexType name="LensType">
    <xs:sequence>"#,
                r#"<xs:complexType name="LensType">
    <xs:all>"#,
            ),
            (
                SHARED,
                r#"<xs:element name="maker" type="NameType" minOccurs="0"/>
    </xs:sequence>"#,
                r#"<xs:element name="maker" type="NameType" minOccurs="0"/>
    </xs:all>"#,
            ),
        ],
        ("lamp/add/lens: type regrouped: in this order → in any order", Patch),
        ("lamp/add/lens: type regrouped: in any order → in this order", Patch),
    ),
    kind(
        "change documentation",
        &[(
            SHARED,
            r#"<xs:complexType name="LensType">"#,
            r#"<xs:complexType name="LensType"><xs:annotation><xs:documentation>Of glass.</xs:documentation></xs:annotation>"#,
        )],
        ("", Patch),
        ("", Patch),
    ),
];
