//! Fragments of error messages.

/// Returns the server as the subject of a sentence.
pub(super) fn server(host: &Option<String>) -> &str {
    host.as_deref().unwrap_or("the server")
}

/// Returns ` from HOST`, or nothing if the host is unknown.
pub(super) fn from_host(host: &Option<String>) -> String {
    host.as_ref().map_or_else(String::new, |host| format!(" from {host}"))
}

/// Returns ` (HTTP status STATUS)`, or nothing if there was no HTTP.
pub(super) fn with_status(status: &Option<u16>) -> String {
    status.map_or_else(String::new, |status| format!(" (HTTP status {status})"))
}

/// Returns the message of `Error::NotSingle`.
pub(super) fn not_single(found: usize) -> String {
    match found {
        0 => "expected one result, got none; check that the object exists".to_owned(),
        many => format!("expected one result, got {many}; narrow the filter, or read all results"),
    }
}
