//! `cargo xtask diff`: reports exactly the edits between an older state of three operators and the current schemas.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Edits that make the older state: the file, the current text and the older one.
const OLDER: &[(&str, &str, &str)] = &[
    // An element is added, one becomes optional, and one moves before another.
    ("plesk_client.xsd", r#"<xs:element name="fax" type="string" minOccurs="0"/>"#, ""),
    (
        "plesk_client.xsd",
        r#"<xs:element name="email" type="string" minOccurs="0"/>
      <xs:element name="address" type="string" minOccurs="0"/>
      <xs:element name="city" type="string" minOccurs="0"/>"#,
        r#"<xs:element name="email" type="string"/>
      <xs:element name="city" type="string" minOccurs="0"/>
      <xs:element name="address" type="string" minOccurs="0"/>"#,
    ),
    // The type of an element changes, and the default of another.
    ("plesk_client.xsd", r#"name="pcode" type="string""#, r#"name="pcode" type="int""#),
    ("plesk_client.xsd", r#"name="locale" type="string" default="en""#, r#"name="locale" type="string" default="de""#),
    // An operation is removed, another is renamed.
    (
        "client_input.xsd",
        r#"<xs:element name="get-domain-list">"#,
        r#"<xs:element name="suspend"><xs:complexType><xs:sequence>
          <xs:element name="filter" type="clientSelectionFilterType"/>
        </xs:sequence></xs:complexType></xs:element>
      <xs:element name="get-domains-list">"#,
    ),
    (
        "client_output.xsd",
        r#"<xs:element name="get-domain-list""#,
        r#"<xs:element name="suspend"><xs:complexType><xs:sequence>
          <xs:element name="result" type="resultType" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType></xs:element>
      <xs:element name="get-domains-list""#,
    ),
    // A value is added and another removed. One element is no longer nillable, one becomes required, one is renamed.
    ("session.xsd", r#"<xs:enumeration value="mail-user"/>"#, r#"<xs:enumeration value="ftp-user"/>"#),
    (
        "session.xsd",
        r#"<xs:element name="login" type="string"/>"#,
        r#"<xs:element name="login" type="string" nillable="true"/>"#,
    ),
    (
        "session.xsd",
        r#"<xs:element name="ip-address" type="ip_address">"#,
        r#"<xs:element name="ip-address" type="ip_address" minOccurs="0">"#,
    ),
    SESSION,
    // A facet is removed.
    (
        "session.xsd",
        r#"<xs:element name="session-id" type="string">
        <xs:annotation>
          <xs:documentation>ID of the session, as returned by `get`. Keep it as secret as a password.</xs:documentation>
        </xs:annotation>"#,
        r#"<xs:element name="session-id">
        <xs:annotation>
          <xs:documentation>ID of the session, as returned by `get`. Keep it as secret as a password.</xs:documentation>
        </xs:annotation><xs:simpleType><xs:restriction base="string">
          <xs:maxLength value="32"/></xs:restriction></xs:simpleType>"#,
    ),
    // The documentation changes.
    ("session.xsd", "An open session of the panel.", "A session."),
    // An operation and an alternative are added, the bound of a list changes, and a type is renamed.
    (
        "reseller.xsd",
        r#"<xs:element name="disable-aps-filter">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="result" type="resultFilterType" maxOccurs="unbounded"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>"#,
        "",
    ),
    ("reseller.xsd", r#"<xs:element name="disable-aps-filter" type="ResellerApsFilterTypeInput">"#, "<!--"),
    (
        "reseller.xsd",
        r#"
      </xs:element>
      <xs:element name="get-domain-list">"#,
        r#"--><xs:element name="get-domain-list">"#,
    ),
    (
        "reseller.xsd",
        r#"<xs:element name="plan-name" type="string"/>
        <xs:element name="plan-guid" type="string"/>"#,
        r#"<xs:element name="plan-name" type="string"/>"#,
    ),
    (
        "reseller.xsd",
        r#"<xs:element name="package" type="ApplicationInput" maxOccurs="unbounded"/>"#,
        r#"<xs:element name="package" type="ApplicationInput" maxOccurs="3"/>"#,
    ),
    ("reseller.xsd", r#"name="add-package" type="ResellerApplicationInput""#, r#"name="add-package" type="AppInput""#),
    (
        "reseller.xsd",
        r#"name="remove-package" type="ResellerApplicationInput""#,
        r#"name="remove-package" type="AppInput""#,
    ),
    ("reseller.xsd", r#"name="ResellerApplicationInput""#, r#"name="AppInput""#),
];

/// The changes reported for them: path, summary, impact on documents, version bump.
const REPORTED: &[(&str, &str, &str, &str)] = &[
    ("customer/suspend", "operation removed: suspend -> -", "narrower", "major"),
    ("customer/get-domain-list", "operation renamed: get-domains-list -> get-domain-list", "different", "major"),
    ("customer/add/gen_info/fax", "element added: - -> fax: string, optional", "wider", "minor"),
    ("customer/add/gen_info/email", "element occurrence: required -> optional", "wider", "major"),
    ("customer/add/gen_info/address", "element moved: after city -> after email", "different", "patch"),
    ("customer/add/gen_info/pcode", "element retyped: int -> string", "wider", "major"),
    ("customer/add/gen_info/locale", "element default: default de -> default en", "meaning", "patch"),
    ("reseller/disable-aps-filter", "operation added: - -> disable-aps-filter", "wider", "minor"),
    ("reseller/add/plan-guid", "element added: - -> plan-guid: string, required", "wider", "minor"),
    ("reseller/add-package", "type renamed: AppInput -> ResellerApplicationInput", "same", "patch"),
    ("reseller/add-package/package", "element occurrence: 1 to 3 -> at least one", "wider", "patch"),
    ("session/get/result/session/type", "value removed: ftp-user -> -", "narrower", "major"),
    ("session/get/result/session/type", "value added: - -> mail-user", "wider", "minor"),
    ("session/get/result/session/ip-address", "element occurrence: optional -> required", "narrower", "major"),
    ("session/get/result/session/login", "element nillable: may be nil -> never nil", "narrower", "major"),
    ("session/get/result/session/idle", "element renamed: idle-time -> idle", "different", "major"),
    ("session/terminate/session-id", "facet removed: maxLength 32 -> -", "wider", "patch"),
];

/// The edit of a single element.
const SESSION: (&str, &str, &str) = ("session.xsd", r#"<xs:element name="idle""#, r#"<xs:element name="idle-time""#);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

fn protocol() -> String {
    let manifest = fs::read_to_string(root().join("manifest.toml")).expect("the manifest");
    let manifest: toml::Table = manifest.parse().expect("a manifest in TOML");
    manifest["current"].as_str().expect("the current protocol").to_owned()
}

fn schemas() -> PathBuf {
    root().join(protocol())
}

/// Copies the current schemas with these edits into a directory of this name.
fn edited(name: &str, edits: &[(&str, &str, &str)]) -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(&copy).expect("a writable target directory");
    for entry in fs::read_dir(schemas()).expect("the project's schemas") {
        let entry = entry.expect("a readable directory");
        fs::copy(entry.path(), copy.join(entry.file_name())).expect("a copy of the schema");
    }
    for (file, from, to) in edits {
        let path = copy.join(file);
        let text = fs::read_to_string(&path).expect("the file to edit");
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(path, text.replacen(from, to, 1)).expect("the edited file");
    }
    copy
}

fn diff(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("diff").args(arguments).output().expect("the xtask program starts")
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Reads the changes from JSON.
fn changes(json: &str) -> Vec<[String; 4]> {
    let diff: Value = serde_json::from_str(json).expect("JSON");
    let changes = diff["changes"].as_array().expect("changes");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let part = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let summary = |change: &Value| {
        let head = format!("{} {}", text(&change["subject"]), text(&change["kind"]));
        format!("{head}: {} -> {}", part(&change["old"]), part(&change["new"]))
    };
    changes.iter().map(|it| [text(&it["path"]), summary(it), text(&it["wire"]), text(&it["api"]["bump"])]).collect()
}

#[test]
fn diff_of_older_state_reports_exactly_the_edits() {
    let older = edited("diff-older", OLDER);
    let current = schemas();
    let (older, current) = (older.to_str().expect("UTF-8"), current.to_str().expect("UTF-8"));
    let reported = changes(&stdout(&diff(&[older, current, "--format", "json"])));
    let expected: Vec<[String; 4]> =
        REPORTED.iter().map(|(a, b, c, d)| [a, b, c, d].map(|it| (*it).to_owned())).collect();
    assert_eq!(reported, expected);
}

#[test]
fn diff_to_a_pipe_prints_plain_text_or_markdown_by_operator() {
    let older = edited("diff-session", &[SESSION]);
    let (older, current) = (older.to_str().expect("UTF-8"), protocol());
    let text = stdout(&diff(&[older, &current]));
    let change = "element renamed: idle-time → idle";
    assert!(text.starts_with(&format!("session\n  ~ session/get/result/session/idle: {change}\n")), "{text}");
    assert!(text.contains(&format!("diff-session to {current}, 1 change: major version\n")), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
    let markdown = stdout(&diff(&[older, &current, "--format", "markdown"]));
    assert!(
        markdown.starts_with(&format!("## diff-session to {current}, 1 change: major version\n\n### `session`\n\n"))
    );
    assert!(markdown.contains(&format!("\n- `session/get/result/session/idle`: {change} (**major**)\n")), "{markdown}");
}

#[test]
fn diff_of_a_version_with_itself_reports_no_changes() {
    assert_eq!(stdout(&diff(&[&protocol(), &protocol()])), "no changes: patch version\n");
}

#[test]
fn diff_of_unknown_or_broken_schemas_fails_with_the_reason() {
    let unknown = diff(&[&protocol(), "1.0.0.0"]);
    let broken = edited("diff-broken", &[("session.xsd", "<xs:complexType", "<xs:complex")]);
    let broken = diff(&[broken.to_str().expect("UTF-8"), &protocol()]);
    let stderr = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((unknown.status.code(), broken.status.code()), (Some(1), Some(1)));
    let expected = "error: 1.0.0.0 is neither a directory nor a protocol version; schemas/manifest.toml has ";
    assert!(stderr(&unknown).starts_with(expected), "{}", stderr(&unknown));
    assert!(stderr(&broken).contains("session.xsd"), "{}", stderr(&broken));
}
