//! Tests of the errors, each with its message and its place, and of some expansions.

use proc_macro2::TokenStream;
use syn::{DeriveInput, Result, parse_str};

use crate::{choice, content, operation};

type Expand = fn(&DeriveInput) -> Result<TokenStream>;

/// Returns the errors of a derive: each message with the source text that it points at.
fn errors(expand: Expand, source: &str) -> Vec<(String, String)> {
    let input = parse_str(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    let errors = expand(&input).expect_err(source);
    errors.into_iter().map(|error| (error.to_string(), error.span().source_text().unwrap_or_default())).collect()
}

fn assert_error(expand: Expand, source: &str, message: &str, place: &str) {
    let errors = errors(expand, source);
    let [(found, at)] = errors.as_slice() else { panic!("{source}: {errors:?}") };
    assert!(found.contains(message), "{source}\n  error: {found}\n  expected: {message}");
    assert_eq!(at, place, "{source}\n  error: {found}");
}

/// Checks the error of a struct with the single field `field`.
fn assert_field_error(field: &str, message: &str, place: &str) {
    assert_error(content::expand, &format!("struct S {{ {field} }}"), message, place);
}

/// Checks the error of an enum with the single variant `variant`.
fn assert_variant_error(variant: &str, message: &str, place: &str) {
    assert_error(choice::expand, &format!("enum E {{ {variant} }}"), message, place);
}

#[test]
fn field_without_a_kind_is_rejected() {
    assert_field_error("a: String", "missing `#[xml(…)]`: a field is one of `text`, `element`", "a");
    assert_field_error("#[xml(min = 1)] a: Vec<String>", "missing `#[xml(…)]`", "a");
}

#[test]
fn field_with_two_kinds_is_rejected() {
    let message = "a field cannot be both `text` and `element`";
    assert_field_error(r#"#[xml(text = "a", element = "b")] a: String"#, message, "element");
    assert_field_error(r#"#[xml(text = "a")] #[xml(element = "b")] a: String"#, message, "element");
}

#[test]
fn unknown_attribute_is_rejected() {
    assert_field_error(r#"#[xml(elemet = "a")] a: A"#, "unknown attribute `elemet`; expected one of `text`,", "elemet");
    assert_field_error(r#"#[xml(empty)] a: A"#, "unknown attribute `empty`", "empty");
    assert_error(content::expand, "#[xml(all)] struct S {}", "expected one of `crate`, `any_order`", "all");
    assert_error(operation::expand, "#[operation(pat = 1)] struct S {}", "unknown attribute `pat`", "pat");
}

#[test]
fn repeated_attribute_is_rejected() {
    assert_field_error(r#"#[xml(choice, choice)] a: A"#, "`choice` is given twice", "choice");
    assert_field_error(r#"#[xml(element = "a", min = 1, min = 2)] a: Vec<A>"#, "`min` is given twice", "min");
    let twice = r#"#[operation(effect = Read)] #[operation(effect = Read)] struct S {}"#;
    assert_error(operation::expand, twice, "`effect` is given twice", "effect");
}

#[test]
fn missing_or_unneeded_value_is_rejected() {
    assert_field_error("#[xml(text)] a: String", "`text` needs a value: `text = …`", "text");
    assert_field_error("#[xml(element = )] a: A", "`element` needs a value after `=`", "element");
    assert_field_error("#[xml(choice = 1)] a: A", "`choice` takes no value", "1");
    assert_field_error("#[xml(element = a)] a: A", "expected string literal", "a");
    assert_error(content::expand, "#[xml(any_order = true)] struct S {}", "`any_order` takes no value", "true");
}

#[test]
fn name_that_xml_does_not_allow_is_rejected() {
    for name in ["", "a b", "<a>", "1st", "a:b"] {
        let literal = format!("{name:?}");
        let field = format!("#[xml(element = {literal})] a: A");
        assert_field_error(&field, &format!("`{name}` is not the name of an element"), &literal);
    }
}

#[test]
fn order_of_anything_but_a_repeated_choice_is_rejected() {
    assert_field_error("#[xml(choice, ordered)] a: E", "`ordered` needs a list", "ordered");
    assert_variant_error("#[xml(choice, ordered)] A(E)", "`ordered` needs a list", "ordered");
    let element = r#"#[xml(element = "a", ordered)] a: Vec<A>"#;
    assert_field_error(element, "`ordered` does not apply to `element`", "ordered");
}

#[test]
fn type_that_does_not_go_with_the_kind_is_rejected() {
    for (field, message, ty) in [
        (r#"#[xml(flag = "a")] a: String"#, "with `flag` must be `bool`", "String"),
        (r#"#[xml(flag = "a")] a: Option<bool>"#, "with `flag` must be `bool`", "Option<bool>"),
        (r#"#[xml(attribute = "a")] a: Vec<String>"#, "with `attribute` must be a value or `Option`", "Vec<String>"),
        ("#[xml(text_content)] a: Option<String>", "with `text_content` must be a value", "Option<String>"),
        ("#[xml(group)] a: Pair", "with `group` must be `Option` or `Vec`", "Pair"),
        ("#[xml(wildcard)] a: Option<Raw>", "with `wildcard` must be `Vec<Raw>`", "Option<Raw>"),
        (r#"#[xml(element = "a")] a: NonEmpty<A>"#, "with `element` must be `Vec`, with `min = 1`", "NonEmpty<A>"),
        (
            r#"#[xml(text = "a")] a: Vec<Nillable<String>>"#,
            "must be `Nillable` or `Option<Nillable>`",
            "Vec<Nillable<String>>",
        ),
        (r#"#[xml(text = "a", default = "x")] a: Vec<String>"#, "must be no list", "Vec<String>"),
        (r#"#[xml(text = "a", redact_unless = f)] a: Option<Secret>"#, "must be `Secret`", "Option<Secret>"),
    ] {
        assert_field_error(field, message, ty);
    }
}

#[test]
fn text_without_a_known_simple_type_is_rejected() {
    assert_field_error(r#"#[xml(text = "a")] a: Id"#, "`text` needs `type = …`", "text");
    assert_field_error(r#"#[xml(attribute = "a")] a: Option<Kind>"#, "`attribute` needs `type = …`", "attribute");
    assert_variant_error(r#"#[xml(text = "a")] A(Id)"#, "`text` needs `type = …`", "text");
}

#[test]
fn bounds_that_no_list_can_have_are_rejected() {
    let list = |bounds: &str| format!(r#"#[xml(element = "a", {bounds})] a: Vec<A>"#);
    assert_field_error(&list("min = 3, max = 2"), "`min = 3` is greater than `max = 2`", "3");
    assert_field_error(&list("max = 0"), "`max = 0` leaves no item", "0");
    assert_field_error(r#"#[xml(element = "a", max = 2)] a: A"#, "`max` needs a list", "max");
    assert_field_error(r#"#[xml(element = "a", min = 1)] a: Option<A>"#, "`min` needs a list", "min");
    assert_variant_error(r#"#[xml(element = "a", max = 2)] A(A)"#, "`max` needs a list", "max");
}

#[test]
fn attribute_of_another_kind_is_rejected() {
    assert_field_error(r#"#[xml(element = "a", type = T)] a: A"#, "`type` does not apply to `element`", "type");
    assert_field_error(r#"#[xml(flag = "a", default = "x")] a: bool"#, "`default` does not apply to `flag`", "default");
    assert_variant_error(r#"#[xml(flag = "a", type = T)] A"#, "`type` does not apply to `flag`", "type");
}

#[test]
fn text_content_with_child_elements_is_rejected() {
    let message = "an element with `text_content` has no other members but attributes";
    assert_field_error(r#"#[xml(text_content)] a: String, #[xml(element = "b")] b: B"#, message, "b");
    assert_field_error("#[xml(text_content)] a: String, #[xml(text_content)] b: String", message, "b");
    let valid = r#"struct S { #[xml(attribute = "a")] a: String, #[xml(text_content)] b: String }"#;
    assert!(content::expand(&parse_str(valid).expect("Rust")).is_ok());
}

#[test]
fn item_of_another_shape_is_rejected() {
    assert_error(content::expand, "union U { a: u8 }", "not for unions", "union");
    assert_error(operation::expand, "union U { a: u8 }", "not for unions", "union");
    assert_error(choice::expand, "struct S;", "`Choice` is for enums; a struct derives `Content`", "S");
    assert_error(choice::expand, "enum E {}", "a choice needs a variant with an element", "E");
    assert_error(content::expand, "enum E {}", "an enum without variants has no content", "E");
    assert_error(content::expand, "#[xml(any_order)] enum E { A }", "is for structs only", "any_order");
}

#[test]
fn lifetime_or_generic_part_is_rejected() {
    let lifetime = r#"struct S<'a> { #[xml(text = "a")] a: &'a str }"#;
    assert_error(content::expand, lifetime, "a value that is read cannot borrow; remove the lifetime", "'a");
    let choice_in_generic = "struct S<T> { #[xml(choice)] a: Vec<E<T>> }";
    assert_error(content::expand, choice_in_generic, "a generic type cannot contain choices or groups", "a");
    assert_error(choice::expand, "enum E<T> { #[xml(group)] A(T) }", "cannot contain choices or groups", "<T>");
    assert_error(operation::expand, "struct S<T>(T);", "an operation cannot be generic", "<T>");
}

#[test]
fn transparent_struct_without_exactly_one_plain_field_is_rejected() {
    let message = "`transparent` needs a struct of exactly one field";
    assert_error(content::expand, "#[xml(transparent)] struct S {}", message, "transparent");
    assert_error(content::expand, "#[xml(transparent)] struct S(A, B);", message, "transparent");
    let attribute = r#"#[xml(transparent)] struct S { #[xml(element = "a")] a: A }"#;
    assert_error(
        content::expand,
        attribute,
        "the only field of a `transparent` struct has no attribute",
        r#"#[xml(element = "a")]"#,
    );
    let any_order = "#[xml(transparent, any_order)] struct S(A);";
    assert_error(content::expand, any_order, "`any_order` does not go with `transparent`", "any_order");
}

#[test]
fn variant_of_another_shape_is_rejected() {
    assert_variant_error("A(A)", "missing `#[xml(…)]`: a variant is one of `text`, `element`", "A");
    assert_variant_error(r#"#[xml(text = "a")] A"#, "a variant with `text` needs a payload, such as `A(T)`", "A");
    assert_variant_error(r#"#[xml(flag = "a")] A(bool)"#, "a variant with `flag` has no payload", "bool");
    assert_variant_error("#[xml(empty)] A(bool)", "a variant with `empty` has no payload", "bool");
    assert_variant_error(r#"#[xml(element = "a")] A { a: A }"#, "one unnamed field, or none", "{ a: A }");
    assert_variant_error(r#"#[xml(element = "a")] A(A, B)"#, "one unnamed field, or none", "(A, B)");
    let message = "the payload of a variant with `element` must be a value or `NonEmpty`";
    assert_variant_error(r#"#[xml(element = "a")] A(Vec<A>)"#, message, "Vec<A>");
    assert_variant_error("#[xml(wildcard)] A(Raw)", "must be `NonEmpty<Raw>`", "Raw");
    assert_variant_error("#[xml(empty)] A", "a choice needs a variant with an element", "E");
}

#[test]
fn alternative_that_cannot_be_told_apart_is_rejected() {
    let same = r#"enum E { #[xml(flag = "a")] A, #[xml(element = "a")] B(B) }"#;
    assert_error(choice::expand, same, "another variant has the element `a`", r#""a""#);
    let empty = r#"enum E { #[xml(flag = "a")] A, #[xml(empty)] B, #[xml(empty)] C }"#;
    assert_error(choice::expand, empty, "only one variant can be `empty`", "C");
}

#[test]
fn errors_of_all_fields_and_variants_are_reported() {
    let fields = r#"struct S { a: A, #[xml(element = "b")] b: B, c: C }"#;
    let places: Vec<_> = errors(content::expand, fields).into_iter().map(|(_, place)| place).collect();
    assert_eq!(places, ["a", "c"]);
    let variants = "enum E { A, B }";
    let places: Vec<_> = errors(choice::expand, variants).into_iter().map(|(_, place)| place).collect();
    assert_eq!(places, ["A", "B"]);
}

#[test]
fn incomplete_or_contradictory_operation_is_rejected() {
    let with = |items: &str| format!("#[operation({items})] struct S {{}}");
    let assert =
        |items: &str, message: &str, place: &str| assert_error(operation::expand, &with(items), message, place);
    assert_error(operation::expand, "struct S {}", "missing `#[operation(path = …)]`", "S");
    assert(r#"path = "a/b""#, "missing `#[operation(reply = …)]`", "S");
    assert(r#"path = "a/b", reply = R"#, "missing `#[operation(effect = …)]`", "S");
    for path in ["a", "a/", "/b", ""] {
        let items = format!("path = {path:?}, reply = R, effect = Read");
        assert(&items, "the path must be `operator/operation`", &format!("{path:?}"));
    }
    let rest = |items: &str| format!(r#"path = "a/b", effect = Read, {items}"#);
    let assert = |items: &str, message: &str, place: &str| assert(&rest(items), message, place);
    assert("reply = R, answer = Outcomes<A>", "`answer` needs `result`", "Outcomes<A>");
    assert("reply = EachReply<A>, result = a", "are for a reply type of your own", "a");
    assert("reply = SingleReply<A>, empty_if = |a| a.x", "`empty_if` needs an answer that is a list", "|a| a.x");
    assert("reply = SingleReply<A>, complete", "`complete` needs a reply `SingleReply<Option<D>>`", "A");
    assert("reply = EachReply<A>, complete", "`complete` needs a reply `EachReply<Option<D>>`", "A");
    assert("reply = R, complete", "`complete` needs an answer made of results", "complete");
    assert("reply = R, repeats", "name the lists of the reply", "repeats");
    assert("reply = SingleReply<A>, repeats", "`repeats` needs `EachReply`", "repeats");
    assert("reply = R, idempotency = match { _ => Idempotent }", "expected a field of the request", "{");
    assert("reply = R, idempotency = match a {}", "a `match` needs an arm", "{}");
}

/// Returns an expansion without spaces.
fn expansion(expand: Expand, source: &str) -> String {
    let tokens = expand(&parse_str(source).expect("Rust")).unwrap_or_else(|error| panic!("{source}: {error}"));
    tokens.to_string().replace(' ', "")
}

#[test]
fn crate_attribute_replaces_the_path_of_the_runtime() {
    let named = r#"#[xml(crate = plesk::wire)] #[operation(path = "a/b", reply = R, effect = Read)] enum E { #[xml(flag = "a")] A }"#;
    for expand in [content::expand as Expand, choice::expand, operation::expand] {
        let expansion = expansion(expand, named);
        assert!(expansion.contains("plesk::wire::") && !expansion.contains("plesk_wire"), "{expansion}");
    }
    let default = expansion(content::expand, "struct S {}");
    assert!(default.contains("::plesk_wire::xml::Content"), "{default}");
}

#[test]
fn idempotency_follows_from_the_effect_unless_it_is_given() {
    let operation = |items: &str| {
        let source = format!(r#"#[operation(path = "a/b", reply = SingleReply, {items})] struct S {{}}"#);
        expansion(operation::expand, &source)
    };
    assert!(operation("effect = Read").contains("=::plesk_wire::packet::Idempotency::Idempotent;"));
    assert!(operation("effect = Change").contains("=::plesk_wire::packet::Idempotency::NotIdempotent;"));
    let deletion = operation("effect = Delete, idempotency = IdempotentDelete");
    assert!(deletion.contains("fnnot_found_as_success"), "{deletion}");
    assert!(!operation("effect = Delete").contains("not_found_as_success"));
}

#[test]
fn answer_follows_from_the_reply() {
    let answer = |items: &str| {
        let source = format!(r#"#[operation(path = "a/b", effect = Read, {items})] struct S {{}}"#);
        let expansion =
            expansion(operation::expand, &source).replace("::plesk_wire::packet::", "").replace("::core::result::", "");
        let (_, answer) = expansion.split_once("typeAnswer=").expect("an answer");
        answer.split_once(';').expect("a type").0.to_owned()
    };
    assert_eq!(answer("reply = SingleReply"), "Result<(),Fault<()>>");
    assert_eq!(answer("reply = plesk::SingleReply<A>"), "Result<A,Fault<A>>");
    assert_eq!(answer("reply = SingleReply<Option<A>>, complete"), "Result<A,Fault<Option<A>>>");
    assert_eq!(answer("reply = EachReply<A>"), "Outcomes<A>");
    assert_eq!(answer("reply = EachReply<Option<A>>, complete"), "Outcomes<A,Option<A>>");
    assert_eq!(answer("reply = EachReply<A, 0>"), "Outcomes<A>");
    assert_eq!(answer("reply = R, result = a, answer = Outcomes<A>"), "Outcomes<A>");
    assert_eq!(answer("reply = R"), "Self::Reply");
}
