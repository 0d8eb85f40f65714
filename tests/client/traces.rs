//! What a client traces: what happened, and never a body, a value or a credential.

use std::fmt;
use std::sync::{Arc, Mutex};

use plesk::{Batch, customer, session};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::{KEY, Subject, Way, http, packet, serve};

/// Keeps everything that is traced, at every level.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<String>>);

impl Visit for &Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.lock().unwrap().push_str(&format!("{}={value:?} ", field.name()));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

fn traced<S: Subject>(way: Way, body: &str) -> String {
    let recorder = Recorder::default();
    let server = serve(way, http("200 OK", body));
    let client = server.client::<S>();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let mut batch = Batch::new();
    let _ = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "correct horse")));
    let _ = batch.push(session::Terminate::new("a66734b"));
    let _ = client.send_batch(batch);
    let traced = recorder.0.lock().unwrap().clone();
    for hidden in [KEY, "correct horse", "a66734b", "Jo Doe", "jo-guid", "secret answer"] {
        assert!(!traced.contains(hidden), "{hidden} is in: {traced}");
    }
    traced
}

/// Whether `traced` has a field with this name and value.
#[track_caller]
fn assert_traced(traced: &str, field: &str) {
    assert!(traced.contains(&format!("{field} ")), "{field} is not in: {traced}");
}

fn a_packet_is_a_span_with_its_figures<S: Subject>(way: Way) {
    let answer = packet(
        "<customer><add><result><status>ok</status><id>7</id><guid>jo-guid</guid></result></add></customer>\
         <session><terminate><result><status>ok</status></result><news>secret answer</news></terminate></session>",
    );
    let traced = traced::<S>(way, &answer);
    for field in
        ["operators=\"customer,session\"", "operations=2", "status=200", "message=answered", "skipped=1", "retries=0"]
    {
        assert_traced(&traced, field);
    }
    assert_traced(&traced, &format!("received_bytes={}", answer.len()));
    assert!(traced.contains("host=\"127.0.0.1:") && traced.contains("milliseconds="), "{traced}");
}

fn a_failure_is_traced_by_its_kind_alone<S: Subject>(way: Way) {
    let refused =
        packet("<system><status>error</status><errcode>1001</errcode><errtext>secret answer</errtext></system>");
    let traced_refusal = traced::<S>(way, &refused);
    assert_traced(&traced_refusal, "error=\"system\"");
    assert_traced(&traced_refusal, "code=1001");
    assert_traced(&traced::<S>(way, "<html>secret answer</html>"), "error=\"not xml\"");
}

suite!(a_packet_is_a_span_with_its_figures, a_failure_is_traced_by_its_kind_alone);
