//! The secrets of a request, so that no message repeats them after the server did.

use std::fmt;
use std::sync::{Arc, OnceLock};

use plesk_protocol::request::RequestSettings;
use plesk_wire::xml::{Any, Content, Raw, Scalar, SimpleType, Visitor};

use super::DynOperation;
use crate::redactor::Redactor;

/// The secrets of a request. What they are replaced by is only prepared when the server sends an error.
#[derive(Default)]
pub(crate) struct RequestSecrets {
    source: Source,
    redactor: OnceLock<Redactor>,
}

enum Source {
    Values(Vec<String>),
    /// A packet that the caller wrote.
    #[cfg(feature = "_client")]
    Packet(bytes::Bytes),
}

impl Default for Source {
    fn default() -> Self {
        Self::Values(Vec::new())
    }
}

impl RequestSecrets {
    /// Collects the secrets of `operations`, and the values of `settings`, any of which may be one.
    pub(crate) fn of(operations: &[Box<dyn DynOperation>], settings: Option<&RequestSettings>) -> Self {
        let mut collector = SecretCollector::default();
        operations.iter().for_each(|operation| operation.collect_secrets(&mut collector));
        settings.into_iter().for_each(|settings| collector.collect_settings(settings));
        Self { source: Source::Values(collector.0), redactor: OnceLock::new() }
    }

    /// Finds the secrets of a packet when they are needed.
    #[cfg(feature = "_client")]
    pub(crate) fn of_packet(xml: bytes::Bytes) -> Self {
        Self { source: Source::Packet(xml), redactor: OnceLock::new() }
    }

    fn redactor(&self) -> &Redactor {
        self.redactor.get_or_init(|| match &self.source {
            Source::Values(values) => Redactor::of_request(values),
            #[cfg(feature = "_client")]
            Source::Packet(xml) => {
                let mut collector = SecretCollector::default();
                collector.collect_packet(xml);
                Redactor::of_request(&collector.0)
            }
        })
    }
}

/// Shows none of the secrets.
impl fmt::Debug for RequestSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestSecrets(***)")
    }
}

/// What must not be shown of a response: the credentials of the client and the secrets of the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResponseMask {
    client: Arc<Redactor>,
    request: Arc<RequestSecrets>,
}

impl ResponseMask {
    pub(crate) fn new(client: Arc<Redactor>, request: Arc<RequestSecrets>) -> Self {
        Self { client, request }
    }

    /// Returns `text` with `***` in place of every secret.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.request.redactor().redact(&self.client.redact(text))
    }

    /// Returns the length of the longest form of a secret, in bytes.
    pub(crate) fn max_len(&self) -> usize {
        self.client.max_len().max(self.request.redactor().max_len())
    }
}

/// A visitor that collects secrets.
#[derive(Default)]
pub(crate) struct SecretCollector(Vec<String>);

impl SecretCollector {
    fn collect<T: Scalar>(&mut self, value: &T) {
        if T::SECRET {
            value.with_text(|text| self.0.push(text.to_owned()));
        }
    }

    fn collect_settings(&mut self, settings: &RequestSettings) {
        let values = settings.setting.iter().filter_map(|setting| setting.value.as_ref()?.to_text());
        self.0.extend(values.map(|value| value.into_owned()));
    }

    #[cfg(feature = "_client")]
    fn collect_packet(&mut self, xml: &[u8]) {
        // A packet that cannot be read has no known secrets.
        if let Ok(packet) = super::read_request(xml) {
            packet.visit(self);
            packet.request_settings.iter().for_each(|settings| self.collect_settings(settings));
        }
    }
}

impl Visitor for SecretCollector {
    fn scalar<T: Scalar>(&mut self, _name: &'static str, _index: usize, value: &T, _type: &'static SimpleType) {
        self.collect(value);
    }

    fn visit_element<T: Content>(&mut self, _name: &'static str, _index: usize, value: &T) {
        value.visit_attributes(self);
        value.visit(self);
    }

    fn attribute<T: Scalar>(&mut self, _name: &'static str, value: &T, _type: &'static SimpleType) {
        self.collect(value);
    }

    fn text_content<T: Scalar>(&mut self, value: &T, _type: &'static SimpleType) {
        self.collect(value);
    }

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, _value: &Any) {}

    fn raw(&mut self, _value: &Raw) {}
}
