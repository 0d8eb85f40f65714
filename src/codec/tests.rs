//! Packets as bytes written by hand, with operations made for the tests: of two operators, nested,
//! and answered by several elements.

use plesk_wire::packet::{Effect, Idempotency, Incomplete, Operation, Outcome, Outcomes};
use plesk_wire::xml::{
    Content, Facet, Primitive, ReadError, Reader, SimpleType, Strictness, Violation, Visitor, WhiteSpace,
};

use super::{CodecOptions, encode, validate};
use crate::{Batch, BatchResponse, Error};

static SHORT: SimpleType = SimpleType::new("short", Primitive::String, WhiteSpace::Preserve, &[Facet::MaxLength(5)]);

macro_rules! operations {
    ($($name:ident = $operator:literal / $path:expr, repeats: $repeats:literal, nothing: $nothing:expr;)*) => {$(
        struct $name(String);

        impl Content for $name {
            fn placeholder() -> Self {
                Self(String::new())
            }

            fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
                r.text("value", &mut self.0, &SHORT)
            }

            fn visit<V: Visitor>(&self, v: &mut V) {
                v.text("value", &self.0, &SHORT);
            }
        }

        impl Operation for $name {
            const OPERATOR: &'static str = $operator;
            const PATH: &'static [&'static str] = &$path;
            const REPEATS: bool = $repeats;
            type Reply = Results;
            type Answer = Outcomes<()>;

            const EFFECT: Effect = Effect::Read;
            const IDEMPOTENCY: Idempotency = Idempotency::Idempotent;
            fn answer(reply: Results) -> Result<Outcomes<()>, Incomplete> {
                Ok(Outcomes::new(reply.0))
            }

            fn nothing() -> Option<Results> {
                $nothing
            }

            fn join(reply: &mut Results, further: Results) {
                reply.0.extend(further.0);
            }
        }
    )*};
}

operations! {
    Get = "tool" / ["get"], repeats: false, nothing: Some(Results(Vec::new()));
    Set = "tool" / ["set"], repeats: false, nothing: None;
    Walk = "tool" / ["walk"], repeats: true, nothing: None;
    Other = "plug" / ["get"], repeats: false, nothing: None;
    Add = "mail" / ["update", "add"], repeats: false, nothing: None;
    Remove = "mail" / ["update", "remove"], repeats: false, nothing: None;
}

struct Results(Vec<Outcome>);

impl Content for Results {
    fn placeholder() -> Self {
        Self(Vec::new())
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.elements("result", 1, usize::MAX, &mut self.0)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.elements("result", 1, usize::MAX, &self.0);
    }
}

fn op<Op: Content>(make: fn(String) -> Op) -> Op {
    make("x".to_owned())
}

fn xml(batch: &Batch, rules: &CodecOptions) -> String {
    let text = String::from_utf8(encode(batch, rules)).unwrap();
    text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap().to_owned()
}

fn strict() -> CodecOptions {
    CodecOptions { reading: Strictness::Strict, ..CodecOptions::default() }
}

fn read_by(rules: &CodecOptions, batch: &Batch, body: &str) -> Result<BatchResponse, Error> {
    let slots = batch.entries().iter().map(|entry| entry.pending().slot(false)).collect();
    let decoded =
        super::decode(body.as_bytes(), slots, rules).map_err(|source| Error::Malformed { host: None, source })?;
    BatchResponse::new(batch.id(), None, decoded, 1)
}

fn read(batch: &Batch, body: &str) -> Result<BatchResponse, Error> {
    read_by(&CodecOptions::default(), batch, body)
}

const OK: &str = "<result><status>ok</status></result>";

// --- writing ---

#[test]
fn operations_keep_their_order_and_neighbours_of_one_operator_share_its_element() {
    let mut batch = Batch::new();
    let _ = (batch.push(op(Get)), batch.push(op(Set)), batch.push(op(Other)), batch.push(op(Get)));
    let value = "<value>x</value>";
    assert_eq!(
        xml(&batch, &CodecOptions::default()),
        format!(
            "<packet><tool><get>{value}</get><set>{value}</set></tool><plug><get>{value}</get></plug><tool><get>{value}</get></tool></packet>"
        )
    );
}

#[test]
fn nested_operations_stand_in_the_elements_of_their_path() {
    let mut batch = Batch::new();
    let _ = (batch.push(op(Add)), batch.push(op(Remove)));
    assert_eq!(
        xml(&batch, &CodecOptions::default()),
        "<packet><mail><update><add><value>x</value></add></update><update><remove><value>x</value></remove></update></mail></packet>"
    );
}

#[test]
fn the_version_is_an_attribute_of_the_packet() {
    let mut batch = Batch::new();
    let _ = batch.push(op(Get));
    let rules = CodecOptions { version: Some("1.6.9.1".to_owned()), ..CodecOptions::default() };
    assert!(xml(&batch, &rules).starts_with("<packet version=\"1.6.9.1\"><tool>"));
}

#[test]
fn all_violations_of_all_operations_are_reported_where_they_stand() {
    let mut batch = Batch::new();
    let long = || "too long".to_owned();
    let _ = (batch.push(op(Get)), batch.push(Get(long())), batch.push(Other(long())));
    let _ = (batch.push(Set(long())), batch.push(Add(long())), batch.push(Remove(long())));
    let violations = validate(&batch, &CodecOptions::default()).unwrap_err();
    let paths: Vec<&str> = violations.as_slice().iter().map(|Violation { path, .. }| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "packet/tool[1]/get[2]/value",
            "packet/plug[1]/get/value",
            "packet/tool[2]/set/value",
            "packet/mail[1]/update/add/value",
            "packet/mail[1]/update[2]/remove/value",
        ]
    );
}

// --- reading ---

#[test]
fn answers_go_to_their_handles_however_the_server_spreads_them() {
    for body in [
        format!("<packet><tool><get>{OK}</get><set>{OK}{OK}</set></tool><plug><get>{OK}{OK}{OK}</get></plug></packet>"),
        format!(
            "<packet><tool><get>{OK}</get></tool><tool><set>{OK}{OK}</set></tool><plug><get>{OK}{OK}{OK}</get></plug></packet>"
        ),
    ] {
        let mut batch = Batch::new();
        let (get, set, other) = (batch.push(op(Get)), batch.push(op(Set)), batch.push(op(Other)));
        let reply = read_by(&strict(), &batch, &body).unwrap();
        assert_eq!(reply.take(other).unwrap().len(), 3);
        assert_eq!(reply.take(get).unwrap().len(), 1);
        assert_eq!(reply.take(set).unwrap().len(), 2);
    }
}

#[test]
fn nested_answers_are_found_in_one_element_or_in_several() {
    for body in [
        format!("<packet><mail><update><add>{OK}</add><remove>{OK}{OK}</remove></update></mail></packet>"),
        format!(
            "<packet><mail><update><add>{OK}</add></update><update><remove>{OK}{OK}</remove></update></mail></packet>"
        ),
    ] {
        let mut batch = Batch::new();
        let (add, remove) = (batch.push(op(Add)), batch.push(op(Remove)));
        let reply = read_by(&strict(), &batch, &body).unwrap();
        assert_eq!(reply.take(add).unwrap().len(), 1);
        assert_eq!(reply.take(remove).unwrap().len(), 2);
    }
}

#[test]
fn several_elements_that_answer_one_operation_are_joined() {
    let mut batch = Batch::new();
    let (walk, set) = (batch.push(op(Walk)), batch.push(op(Set)));
    let reply =
        read(&batch, &format!("<packet><tool><walk>{OK}</walk><walk>{OK}{OK}</walk><set>{OK}</set></tool></packet>"))
            .unwrap();
    assert_eq!(reply.take(walk).unwrap().len(), 3);
    assert_eq!(reply.take(set).unwrap().len(), 1);
}

#[test]
fn one_unreadable_answer_does_not_spoil_the_others() {
    let mut batch = Batch::new();
    let (get, first, second) = (batch.push(op(Other)), batch.push(op(Set)), batch.push(op(Set)));
    let reply = read(
        &batch,
        &format!("<packet><plug><get>{OK}</get></plug><tool>\n<set><nothing/></set><set>{OK}</set></tool></packet>"),
    );
    let reply = reply.unwrap();
    assert_eq!(reply.take(get).unwrap().len(), 1);
    assert_eq!(reply.take(second).unwrap().len(), 1);
    let error = reply.take(first).unwrap_err();
    assert!(
        matches!(&error, Error::Unreadable { source, .. } if source.path() == "packet/tool[1]/set" && source.line() == 2),
        "{error}"
    );
}

#[test]
fn one_unreadable_result_does_not_spoil_the_others() {
    let mut batch = Batch::new();
    let set = batch.push(op(Set));
    let body = format!("<packet><tool><set>{OK}<result><errcode>5</errcode></result>{OK}</set></tool></packet>");
    let outcomes: Vec<_> = read(&batch, &body).unwrap().take(set).unwrap().into_iter().collect();
    assert!(matches!(&outcomes[..], [Ok(()), Err(fault), Ok(())] if fault.unreadable.is_some()));
}

#[test]
fn an_empty_element_is_no_result_only_where_nothing_may_have_matched() {
    for empty in ["<get/>", "<get></get>", "<get> <!-- none --> </get>"] {
        let mut batch = Batch::new();
        let get = batch.push(op(Get));
        let body = format!("<packet><tool>{empty}</tool></packet>");
        assert!(read(&batch, &body).unwrap().take(get).unwrap().is_empty(), "{empty}");
        assert!(read_by(&strict(), &batch, &body).is_err(), "a strict reader wants a result");
    }
    let mut batch = Batch::new();
    let set = batch.push(op(Set));
    let reply = read(&batch, "<packet><tool><set/></tool></packet>").unwrap();
    assert!(matches!(reply.take(set), Err(Error::Unreadable { .. })));
}

#[test]
fn what_was_not_asked_is_skipped_and_counted() {
    let mut batch = Batch::new();
    let set = batch.push(op(Set));
    let body = format!(
        "<packet version=\"1.7\" new=\"1\"><news><a/></news><tool><get/><set>{OK}</set><new><set/></new></tool><plug/><output>warning: &lt;x></output></packet>"
    );
    let reply = read(&batch, &body).unwrap();
    assert_eq!(reply.skipped(), 5, "four elements and an attribute");
    assert_eq!(reply.version(), Some("1.7"));
    assert_eq!(reply.output(), Some("warning: <x>"));
    assert_eq!(reply.take(set).unwrap().len(), 1);
}

// --- what does not fit ---

#[test]
fn a_missing_answer_is_an_error_that_shows_both_shapes() {
    let mut batch = Batch::new();
    let (set, other) = (batch.push(op(Set)), batch.push(op(Other)));
    let reply = read(&batch, &format!("<packet><tool><set>{OK}</set></tool></packet>")).unwrap();
    assert_eq!(reply.take(set).unwrap().len(), 1);
    let error = reply.take(other).unwrap_err();
    assert!(error.to_string().contains("asked: tool/set, plug/get; answered: tool/set"), "{error}");
}

#[test]
fn an_answer_without_any_of_the_operations_fails_as_a_whole() {
    let mut batch = Batch::new();
    let _ = batch.push(op(Set));
    for (body, answered) in [
        ("<packet/>", "answered: nothing"),
        ("<packet><tool/></packet>", "answered: nothing"),
        ("<packet><plug><get/></plug></packet>", "answered: plug"),
    ] {
        let error = read(&batch, body).unwrap_err();
        assert!(matches!(error, Error::Mismatch(_)) && error.to_string().contains(answered), "{error}");
    }
}

#[test]
fn where_answers_part_from_the_operations_only_what_came_before_is_trusted() {
    // The answer to `plug/get` is missing; what follows is not guessed.
    let mut batch = Batch::new();
    let (get, other, set) = (batch.push(op(Get)), batch.push(op(Other)), batch.push(op(Set)));
    let reply = read(&batch, &format!("<packet><tool><get>{OK}</get><set>{OK}</set></tool></packet>")).unwrap();
    assert_eq!(reply.take(get).unwrap().len(), 1);
    assert!(matches!(reply.take(other), Err(Error::Mismatch(_))));
    assert!(matches!(reply.take(set), Err(Error::Mismatch(_))));
}

#[test]
fn one_answer_to_two_like_operations_in_a_row_is_neithers() {
    // Whether the first or the second was answered cannot be told, with or without an answer to the last.
    for rest in [String::new(), format!("<set>{OK}</set>")] {
        let mut batch = Batch::new();
        let before = batch.push(op(Other));
        let (first, second, last) = (batch.push(op(Get)), batch.push(op(Get)), batch.push(op(Set)));
        let body = format!("<packet><plug><get>{OK}</get></plug><tool><get>{OK}</get>{rest}</tool></packet>");
        let reply = read(&batch, &body).unwrap();
        assert_eq!(reply.take(before).unwrap().len(), 1);
        for handle in [first, second] {
            assert!(matches!(reply.take(handle), Err(Error::Mismatch(_))), "{body}");
        }
        assert!(matches!(reply.take(last), Err(Error::Mismatch(_))), "{body}");
    }
}

#[test]
fn answers_in_surplus_leave_those_of_their_shape_in_doubt() {
    let mut batch = Batch::new();
    let (get, set) = (batch.push(op(Get)), batch.push(op(Set)));
    let reply =
        read(&batch, &format!("<packet><tool><get>{OK}</get><set>{OK}</set><set>{OK}</set></tool></packet>")).unwrap();
    assert_eq!(reply.take(get).unwrap().len(), 1);
    assert!(matches!(reply.take(set), Err(Error::Mismatch(_))));
}

#[test]
fn joined_answers_are_in_doubt_where_two_operations_could_have_them() {
    let mut batch = Batch::new();
    let (first, second) = (batch.push(op(Walk)), batch.push(op(Walk)));
    let walk = format!("<walk>{OK}</walk>");
    let reply = read(&batch, &format!("<packet><tool>{walk}{walk}</tool></packet>")).unwrap();
    assert_eq!(reply.take(first).unwrap().len(), 1);
    assert_eq!(reply.take(second).unwrap().len(), 1);

    let mut batch = Batch::new();
    let _ = (batch.push(op(Walk)), batch.push(op(Walk)));
    assert!(matches!(
        read(&batch, &format!("<packet><tool>{walk}{walk}{walk}</tool></packet>")),
        Err(Error::Mismatch(_))
    ));
}

#[test]
fn a_joined_answer_is_in_doubt_where_a_later_operation_could_have_it() {
    let asked = || {
        let mut batch = Batch::new();
        let handles = (batch.push(op(Walk)), batch.push(op(Set)), batch.push(op(Walk)));
        (batch, handles)
    };
    let (walk, set) = (format!("<walk>{OK}</walk>"), format!("<set>{OK}</set>"));
    // The second is either a further element for the first operation or the answer to the third.
    let (batch, _) = asked();
    let body = format!("<packet><tool>{walk}{walk}</tool></packet>");
    assert!(matches!(read(&batch, &body), Err(Error::Mismatch(_))));
    // With an answer to what stands between them it can be told.
    let (batch, (first, between, last)) = asked();
    let reply = read(&batch, &format!("<packet><tool>{walk}{walk}{set}{walk}</tool></packet>")).unwrap();
    assert_eq!(reply.take(first).unwrap().len(), 2);
    assert_eq!(reply.take(between).unwrap().len(), 1);
    assert_eq!(reply.take(last).unwrap().len(), 1);
}

#[test]
fn a_handle_of_another_batch_is_refused() {
    let (mut batch, mut another) = (Batch::new(), Batch::new());
    let (_own, foreign) = (batch.push(op(Set)), another.push(op(Set)));
    let reply = read(&batch, &format!("<packet><tool><set>{OK}</set></tool></packet>")).unwrap();
    assert!(matches!(reply.take(foreign), Err(Error::ForeignHandle)));
}

// --- refusals of the whole packet ---

#[test]
fn a_system_error_fails_the_packet_and_keeps_what_the_server_wrote() {
    let mut batch = Batch::new();
    let _ = batch.push(op(Set));
    let body = "<packet version=\"1.6.9.1\"><system><status>error</status><errcode>1001</errcode><errtext>no way</errtext></system><output>a trace</output></packet>";
    for rules in [CodecOptions::default(), strict()] {
        let error = read_by(&rules, &batch, body).unwrap_err();
        assert_eq!(error.code(), Some(crate::ErrorCode::AUTHENTICATION_FAILED));
        let Error::System(system) = &error else { panic!("{error}") };
        assert_eq!(system.output(), Some("a trace"));
        assert_eq!(
            error.to_string(),
            "the server refused the packet: error 1001: no way; check login and password, or the secret key"
        );
    }
}

#[test]
fn operations_before_a_system_error_keep_their_answers() {
    let mut batch = Batch::new();
    let (set, other) = (batch.push(op(Set)), batch.push(op(Other)));
    let body = format!(
        "<packet><tool><set>{OK}</set></tool><system><status>error</status><errcode>1003</errcode></system></packet>"
    );
    let reply = read(&batch, &body).unwrap();
    assert_eq!(reply.take(set).unwrap().len(), 1);
    assert_eq!(reply.take(other).unwrap_err().code(), Some(crate::ErrorCode::AGENT_INITIALIZATION_FAILED));
}
