//! The samples of every operation through serde: from XML to JSON and back, with every value, and without secrets.

use plesk_conformance::Direction;
use plesk_conformance::packet::canonicalize;
use plesk_conformance::protocol::{self, Protocol};
use plesk_conformance::samples::{Sample, samples};
use plesk_protocol::{request, response};
use plesk_wire::serde::{Deserialize, Reveal, Serialize, with_secrets};
use plesk_wire::xml::{Any, Content, Limits, Raw, Reader, Scalar, SimpleType, Strictness, Visitor, Writer};
use serde_json::Value;

fn protocol() -> Protocol {
    protocol::current().unwrap_or_else(|problems| panic!("{problems}"))
}

fn read<T: Content>(xml: &str) -> Result<T, String> {
    Reader::new(xml.as_bytes(), Strictness::Strict, Limits::DEFAULT)
        .and_then(|mut reader| reader.document("packet"))
        .map_err(|error| error.to_string())
}

/// Returns the packet as it is written after it was JSON.
fn round_trip<T>(xml: &str) -> Result<(), String>
where
    T: Content + Clone + PartialEq + Reveal + Serialize + for<'de> Deserialize<'de>,
{
    let value: T = read(xml)?;
    let json = serde_json::to_string(&with_secrets(&value)).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_str(&json).map_err(|error| format!("{error}\n{json}"))?;
    let [before, after] = [&value, &again].map(|value| String::from_utf8(Writer::document("packet", value)).unwrap());
    if canonicalize(&before) != canonicalize(&after) {
        return Err(format!("read differently from JSON\n{before}\n{after}\n{json}"));
    }
    // NaN differs from itself.
    if value != again && value == value.clone() {
        return Err(format!("equal XML, but not an equal value\n{json}"));
    }
    // Many programs keep JSON in maps without an order.
    let mut sorted: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    sorted.sort_all_objects();
    let again: T = serde_json::from_value(sorted.clone()).map_err(|error| format!("sorted: {error}\n{json}"))?;
    let again = serde_json::to_value(with_secrets(&again)).map_err(|error| error.to_string())?;
    if again != sorted {
        return Err(format!("read differently when sorted\n{again}\n{json}"));
    }
    Ok(())
}

fn failures(direction: Direction, test: impl Fn(&str) -> Result<(), String>) -> (usize, Vec<String>) {
    let protocol = protocol();
    let (samples, _) = samples(&protocol, direction);
    let test =
        |sample: &Sample| test(&sample.packet.to_xml()).err().map(|problem| format!("{}: {problem}", sample.name));
    (samples.len(), samples.iter().filter_map(test).collect())
}

fn assert_none(direction: Direction, test: impl Fn(&str) -> Result<(), String>) {
    let (count, failures) = failures(direction, test);
    assert!(count > 500, "{count} samples");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures[..failures.len().min(10)].join("\n"));
}

#[test]
fn request_samples_are_the_same_after_json() {
    assert_none(Direction::Request, round_trip::<request::Packet>);
}

#[test]
fn response_samples_are_the_same_after_json() {
    assert_none(Direction::Response, round_trip::<response::Packet>);
}

/// Returns the smallest and the first largest request of each operation, as JSON with its secrets.
fn requests() -> Vec<(String, Value)> {
    let (samples, _) = samples(&protocol(), Direction::Request);
    let is_wanted = |name: &str| name.ends_with(", minimal 1") || name.ends_with(", maximal 1");
    let json = |sample: &Sample| {
        let mut value: request::Packet = read(&sample.packet.to_xml()).expect("a valid sample");
        // They are the same for every operation.
        if !sample.name.starts_with("server ") {
            value.request_settings = None;
        }
        serde_json::to_value(with_secrets(&value)).expect("JSON")
    };
    samples.iter().filter(|it| is_wanted(&it.name)).map(|sample| (sample.name.clone(), json(sample))).collect()
}

/// Calls `visit` with the path of every value in `json`, as keys and numbers from 0.
fn for_each_path(json: &Value, path: &mut Vec<String>, visit: &mut impl FnMut(&[String], &Value)) {
    visit(path, json);
    let inner: Vec<(String, &Value)> = match json {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in inner {
        path.push(step);
        for_each_path(value, path, visit);
        path.pop();
    }
}

fn paths(json: &Value) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for_each_path(json, &mut Vec::new(), &mut |path, _| paths.push(path.to_vec()));
    paths
}

fn at<'v>(json: &'v mut Value, path: &[String]) -> &'v mut Value {
    let pointer: String = path.iter().map(|step| format!("/{step}")).collect();
    json.pointer_mut(&pointer).expect("a path of this value")
}

/// Returns the path as errors name it: `setting[2]/name`.
fn error_path(json: &Value, path: &[String]) -> String {
    let (mut shown, mut value) = (String::new(), json);
    for step in path {
        match value {
            Value::Array(items) => {
                let at: usize = step.parse().expect("a number");
                shown.push_str(&format!("[{}]", at + 1));
                value = &items[at];
            }
            value_of => {
                let separator = if shown.is_empty() { "" } else { "/" };
                shown.push_str(&format!("{separator}{step}"));
                value = &value_of[step];
            }
        }
    }
    shown
}

#[test]
fn unknown_member_of_any_map_of_a_request_is_an_error_with_its_path() {
    let (mut checked, requests) = (0, requests());
    for (name, json) in &requests {
        for path in paths(json) {
            let mut changed = json.clone();
            let Value::Object(members) = at(&mut changed, &path) else { continue };
            members.insert("misspelled".to_owned(), Value::from("x"));
            let error = serde_json::from_value::<request::Packet>(changed).expect_err(name).to_string();
            let prefix = match error_path(json, &path) {
                path if path.is_empty() => "unknown member `misspelled`".to_owned(),
                path => format!("{path}: unknown member `misspelled`"),
            };
            assert!(error.starts_with(&prefix), "{name}: {error}\nexpected {prefix}");
            checked += 1;
        }
    }
    assert!(requests.len() > 500 && checked > 2500, "{} requests, {checked} maps", requests.len());
}

#[test]
fn removed_member_of_a_request_is_missing_or_absent_but_never_everything() {
    let (mut refused, mut absent) = (0, 0);
    for (name, json) in &requests() {
        for path in paths(json).iter().filter(|path| !path.is_empty()) {
            let (last, outer) = path.split_last().expect("a path");
            let mut changed = json.clone();
            let Value::Object(members) = at(&mut changed, outer) else { continue };
            members.remove(last);
            // A request that can be read without the member is exactly that.
            match serde_json::from_value::<request::Packet>(changed.clone()) {
                Ok(packet) => {
                    let again = serde_json::to_value(with_secrets(&packet)).expect("JSON");
                    assert_eq!(again, changed, "{name} without {path:?}");
                    absent += 1;
                }
                Err(error) => {
                    assert!(error.to_string().contains("is missing"), "{name} without {path:?}: {error}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 1000 && absent > 1000, "{refused} refused, {absent} absent");
}

#[test]
fn wrong_value_in_a_request_is_an_error_or_kept() {
    let wrong = [Value::Null, Value::from(false), Value::from(1.5e300), Value::from("***"), json_list(), json_map()];
    for (name, json) in requests().iter().filter(|(name, _)| name.contains("minimal")) {
        for path in paths(json) {
            for value in &wrong {
                let mut changed = json.clone();
                *at(&mut changed, &path) = value.clone();
                let Ok(packet) = serde_json::from_value::<request::Packet>(changed) else { continue };
                let again = serde_json::to_value(with_secrets(&packet)).expect("JSON");
                let has_more = paths(&again).len() > paths(json).len();
                assert!(!has_more, "{name}: {value} at {path:?} became {again}");
            }
        }
    }
}

fn json_list() -> Value {
    Value::Array(Vec::new())
}

fn json_map() -> Value {
    Value::Object(serde_json::Map::new())
}

/// Replaces every text that is masked in `masked` by one that appears nowhere else. Returns their number.
fn mark_secrets(json: &mut Value, masked: &Value) -> usize {
    match (json, masked) {
        (Value::Object(members), Value::Object(masked)) => {
            members.iter_mut().map(|(name, value)| mark_secrets(value, &masked[name])).sum()
        }
        (Value::Array(items), Value::Array(masked)) => {
            items.iter_mut().zip(masked).map(|(item, masked)| mark_secrets(item, masked)).sum()
        }
        (json, masked) if masked == "***" => {
            // What a wildcard takes is XML.
            let is_xml = json.as_str().is_some_and(|text| text.starts_with('<'));
            *json = Value::from(if is_xml { "<x>hidden</x>" } else { "hidden" });
            1
        }
        (json, masked) => {
            assert_eq!(json, masked);
            0
        }
    }
}

/// Counts the secrets that a value has, apart from serde.
#[derive(Default)]
struct SecretCounter(usize);

impl Visitor for SecretCounter {
    fn scalar<T: Scalar>(&mut self, _name: &'static str, _index: usize, _value: &T, _type: &'static SimpleType) {
        self.0 += usize::from(T::SECRET);
    }

    fn visit_element<T: Content>(&mut self, _name: &'static str, _index: usize, value: &T) {
        value.visit_attributes(self);
        value.visit(self);
    }

    fn attribute<T: Scalar>(&mut self, _name: &'static str, _value: &T, _type: &'static SimpleType) {
        self.0 += usize::from(T::SECRET);
    }

    fn text_content<T: Scalar>(&mut self, _value: &T, _type: &'static SimpleType) {
        self.0 += usize::from(T::SECRET);
    }

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, _value: &Any) {}

    fn raw(&mut self, _value: &Raw) {
        self.0 += 1;
    }
}

/// Returns the number of secrets, none of which appears in JSON unless it is asked for.
fn assert_masked<T>(xml: &str) -> Result<usize, String>
where
    T: Content + Reveal + Serialize + for<'de> Deserialize<'de>,
{
    let value: T = read(xml)?;
    let mut counter = SecretCounter::default();
    value.visit(&mut counter);
    let masked = serde_json::to_value(&value).map_err(|error| error.to_string())?;
    let mut marked = serde_json::to_value(with_secrets(&value)).map_err(|error| error.to_string())?;
    let count = mark_secrets(&mut marked, &masked);
    if count != counter.0 {
        return Err(format!("{count} of {} secrets are masked\n{masked}", counter.0));
    }
    let value: T = serde_json::from_value(marked.clone()).map_err(|error| format!("{error}\n{marked}"))?;
    let shown = serde_json::to_string(&with_secrets(&value)).map_err(|error| error.to_string())?;
    let masked = serde_json::to_string(&value).map_err(|error| error.to_string())?;
    if shown.matches("hidden").count() != count || masked.contains("hidden") {
        return Err(format!("secrets are not shown, or not masked\n{shown}\n{masked}"));
    }
    // A masked secret must not become the password `***`.
    match serde_json::from_str::<T>(&masked) {
        Err(error) if count > 0 && error.to_string().contains("the secret is masked") => Ok(count),
        Ok(_) if count == 0 => Ok(count),
        Err(error) => Err(error.to_string()),
        Ok(_) => Err(format!("a masked secret is read\n{masked}")),
    }
}

#[test]
fn secrets_of_every_operation_are_masked_unless_asked_for() {
    for direction in [Direction::Request, Direction::Response] {
        let found = std::cell::Cell::new(0);
        assert_none(direction, |xml| {
            let count = match direction {
                Direction::Request => assert_masked::<request::Packet>(xml),
                Direction::Response => assert_masked::<response::Packet>(xml),
            };
            found.set(found.get() + count?);
            Ok(())
        });
        assert!(found.get() > 100, "{} secrets in samples of a {direction:?}", found.get());
    }
}
