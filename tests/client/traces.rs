//! Traces: fields and events, but never a body, a value or a credential.

use std::fmt;
use std::sync::{Arc, Mutex};

use plesk::{Batch, customer, session};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::{AnyClient, KEY, Scheme, http_response, packet, serve};

/// A subscriber that records everything, at every level.
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

/// Sends a batch and returns its trace, which must not contain a secret.
fn traced<C: AnyClient>(scheme: Scheme, body: &str) -> String {
    let recorder = Recorder::default();
    let server = serve(scheme, http_response("200 OK", body));
    let client = server.client::<C>();
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

/// Checks that `traced` has a field with this name and value.
#[track_caller]
fn assert_traced(traced: &str, field: &str) {
    assert!(traced.contains(&format!("{field} ")), "{field} is not in: {traced}");
}

fn packet_span_has_sizes_and_counts<C: AnyClient>(scheme: Scheme) {
    let response = packet(
        "<customer><add><result><status>ok</status><id>7</id><guid>jo-guid</guid></result></add></customer>\
         <session><terminate><result><status>ok</status></result><news>secret answer</news></terminate></session>",
    );
    let traced = traced::<C>(scheme, &response);
    for field in
        ["operators=\"customer,session\"", "operations=2", "status=200", "message=answered", "skipped=1", "retries=0"]
    {
        assert_traced(&traced, field);
    }
    assert_traced(&traced, &format!("received_bytes={}", response.len()));
    assert!(traced.contains("host=\"127.0.0.1:") && traced.contains("milliseconds="), "{traced}");
}

fn failure_event_has_only_the_kind<C: AnyClient>(scheme: Scheme) {
    let refused =
        packet("<system><status>error</status><errcode>1001</errcode><errtext>secret answer</errtext></system>");
    let traced_refusal = traced::<C>(scheme, &refused);
    assert_traced(&traced_refusal, "error=\"system\"");
    assert_traced(&traced_refusal, "code=1001");
    assert_traced(&traced::<C>(scheme, "<html>secret answer</html>"), "error=\"not xml\"");
}

/// Refusals are not traced as successes, and each with its operation.
fn refused_operations_are_traced_with_their_codes<C: AnyClient>(scheme: Scheme) {
    let refused = "<result><status>error</status><errcode>1007</errcode><errtext>secret answer</errtext></result>";
    let response = packet(&format!(
        "<customer><add>{refused}</add></customer><session><terminate><result><status>ok</status></result></terminate></session>"
    ));
    let traced = traced::<C>(scheme, &response);
    for field in ["operation=customer/add", "code=1007", "message=refused", "message=answered", "refused=1"] {
        assert_traced(&traced, field);
    }
    assert!(!traced.contains("operation=session/terminate"), "{traced}");
}

test_over_http_and_https!(
    refused_operations_are_traced_with_their_codes,
    packet_span_has_sizes_and_counts,
    failure_event_has_only_the_kind,
);
