//! A dry run for each kind of change: one run names all that has to be done by hand.

use std::fs;
use std::path::Path;

use crate::support::{NEXT, Workspace, edit, stderr, stdout};

/// An edit of a schema file: the file, the old text and the new one.
type Edit = (&'static str, &'static str, &'static str);

/// A kind of change, and what a dry run must say about it.
struct Kind {
    name: &'static str,
    edits: &'static [Edit],
    /// Further changes of the files.
    change: fn(&Path),
    /// `true` if there is nothing to do by hand.
    succeeds: bool,
    expected: &'static [&'static str],
}

const fn kind(name: &'static str, edits: &'static [Edit], expected: &'static [&'static str]) -> Kind {
    Kind { name, edits, change: |_| {}, succeeds: true, expected }
}

const LOGIN: &str = r#"<xs:element name="login" type="string"/>"#;
const TYPE: &str = r#"<xs:element name="type" type="SessionType"/>"#;
const SESSION_ID: &str = r#"<xs:element name="session-id" type="string">"#;
const ROBOT: &str = r#"<xs:enumeration value="reseller"/>"#;
const TERMINATE: &str = r#"<xs:element name="terminate" type="SessionTerminateInput">"#;
const TERMINATE_REPLY: &str = r#"<xs:element name="terminate" type="SessionTerminateOutput"/>"#;
const OPERATOR: &str = r#"<xs:element name="session" type="SessionInputType"/>"#;
const OPERATOR_REPLY: &str = r#"<xs:element name="session" type="SessionOutputType"/>"#;

const KINDS: &[Kind] = &[
    Kind {
        succeeds: false,
        ..kind(
            "rename",
            &[
                ("session.xsd", TERMINATE, r#"<xs:element name="finish" type="SessionTerminateInput">"#),
                ("session.xsd", TERMINATE_REPLY, r#"<xs:element name="finish" type="SessionTerminateOutput"/>"#),
            ],
            &[
                "session finish: the operation is not listed",
                "OPERATIONS",
                "session terminate: matches nothing in the schemas",
            ],
        )
    },
    kind(
        "retype",
        &[("session.xsd", LOGIN, r#"<xs:element name="login" type="xs:int"/>"#)],
        &["session/get/result/session/login", "needs a major version bump"],
    ),
    Kind {
        succeeds: false,
        ..kind(
            "new operator",
            &[
                (
                    "agent_input.xsd",
                    OPERATOR,
                    r#"<xs:element name="session" type="SessionInputType"/><xs:element name="seance" type="SessionInputType"/>"#,
                ),
                (
                    "agent_output.xsd",
                    OPERATOR_REPLY,
                    r#"<xs:element name="session" type="SessionOutputType"/><xs:element name="seance" type="SessionOutputType"/>"#,
                ),
            ],
            &["seance get: the operation is not listed", "seance terminate: the operation is not listed"],
        )
    },
    kind(
        "required element",
        &[(
            "session.xsd",
            SESSION_ID,
            r#"<xs:element name="reason" type="string"/><xs:element name="session-id" type="string">"#,
        )],
        &["session/terminate/reason", "needs a major version bump"],
    ),
    kind(
        "reorder",
        &[
            ("session.xsd", TYPE, ""),
            (
                "session.xsd",
                LOGIN,
                r#"<xs:element name="login" type="string"/><xs:element name="type" type="SessionType"/>"#,
            ),
        ],
        &["session/get/result/session/type", "moved"],
    ),
    Kind {
        change: |directory| {
            let path = directory.join("certificate_input.xsd");
            let text = fs::read_to_string(&path).expect("a file");
            let (before, after) =
                text.split_once(r#"<xs:complexType name="certificateFilterType">"#).expect("the type");
            let (filter, after) = after.split_once("</xs:complexType>").expect("its end");
            let filter = filter.replace("xs:choice", "xs:sequence");
            let text =
                format!("{before}<xs:complexType name=\"certificateFilterType\">{filter}</xs:complexType>{after}");
            fs::write(path, text).expect("a file");
        },
        succeeds: false,
        ..kind(
            "choice to sequence",
            &[],
            &["certificateFilterType: is neither a choice nor a sequence of optional elements"],
        )
    },
    Kind {
        change: |directory| move_type(directory, "session.xsd", "session_types.xsd"),
        ..kind("file split", &[], &[r#"list ("session_types", "session") in `modules`"#])
    },
    Kind {
        change: |directory| move_type(directory, "session.xsd", "common.xsd"),
        ..kind("type moved", &[], &["needs a major version bump"])
    },
    kind(
        "facet",
        &[("session.xsd", ROBOT, r#"<xs:enumeration value="reseller"/><xs:enumeration value="robot"/>"#)],
        &["robot", "needs a minor version bump"],
    ),
    Kind {
        succeeds: false,
        ..kind(
            "dropped operator",
            &[("agent_input.xsd", OPERATOR, ""), ("agent_output.xsd", OPERATOR_REPLY, "")],
            &["session get: matches nothing in the schemas", "session terminate: matches nothing in the schemas"],
        )
    },
    kind(
        "attribute",
        &[
            (
                "session.xsd",
                r#"<xs:complexType name="SessionTerminateOutput">"#,
                r#"<xs:attributeGroup name="Forced"><xs:attribute name="force" type="xs:boolean"/></xs:attributeGroup>
  <xs:complexType name="SessionTerminateOutput">"#,
            ),
            (
                "session.xsd",
                "    </xs:sequence>
  </xs:complexType>

  <xs:complexType name=\"SessionOutputType\">",
                "    </xs:sequence><xs:attributeGroup ref=\"Forced\"/>
  </xs:complexType>

  <xs:complexType name=\"SessionOutputType\">",
            ),
        ],
        &["force", "attribute added", "needs a minor version bump"],
    ),
    Kind {
        succeeds: false,
        ..kind(
            "wildcard",
            &[("session.xsd", LOGIN, r#"<xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/>"#)],
            &["ambiguous content", "list the type in `ambiguous`"],
        )
    },
];

/// Moves the simple type `SessionType` to another file, which may be new.
fn move_type(directory: &Path, from: &str, to: &str) {
    const START: &str = r#"  <xs:simpleType name="SessionType">"#;
    const END: &str = "</xs:simpleType>\n";
    const HEAD: &str =
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n<xs:include schemaLocation=\"common.xsd\"/>\n";
    let path = directory.join(from);
    let text = fs::read_to_string(&path).expect("a file");
    let start = text.find(START).expect("the type");
    let end = start + text[start..].find(END).expect("its end") + END.len();
    let moved = &text[start..end];
    fs::write(&path, format!("{}{}", &text[..start], &text[end..])).expect("a file");
    let target = directory.join(to);
    if target.exists() {
        edit(&target, "</xs:schema>", &format!("{moved}</xs:schema>"));
    } else {
        fs::write(target, format!("{HEAD}{moved}</xs:schema>\n")).expect("a file");
        let include = r#"<xs:include schemaLocation="common.xsd"/>"#;
        edit(&path, include, &format!("{include}<xs:include schemaLocation=\"{to}\"/>"));
    }
}

#[test]
fn dry_run_names_all_hand_work_of_each_kind_of_change() {
    let copy = Workspace::new("kinds");
    let before = copy.everything();
    let mut wrong = Vec::new();
    for Kind { name, edits, change, succeeds, expected } in KINDS {
        let next = copy.current_schemas();
        for (file, from, to) in *edits {
            edit(&next.join(file), from, to);
        }
        change(&next);
        let done = copy.bump(&next, &["--dry-run"]);
        let output = format!("{}{}", stdout(&done), stderr(&done));
        if done.status.success() != *succeeds {
            wrong.push(format!("{name}: {} to {NEXT}: {output}", done.status));
        }
        for words in expected.iter().filter(|words| !output.contains(**words)) {
            wrong.push(format!("{name}: no {words:?} in {output}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(before == copy.everything(), "something changed");
}
