//! Files for the server.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use http::header::HeaderValue;
use memchr::memmem;
use plesk_wire::packet::{Effect, Idempotency, Outcome, Outcomes};
use plesk_wire::xml::{Any, Content, Facet, Primitive, ReadError, Reader, SimpleType, Visitor, WhiteSpace};

use super::delivery::{Incoming, Message};
use crate::codec::{Mismatch, OperationPath};
use crate::error::{Error, SystemError};
use crate::verdict;

/// A file for [`Client::upload`](crate::Client::upload).
///
/// ```
/// let file = plesk::File::new("notes.txt", "what a file holds");
/// assert_eq!(format!("{file:?}"), "File(\"notes.txt\", 17 bytes)");
/// ```
#[derive(Clone)]
pub struct File {
    name: String,
    content: Vec<u8>,
}

impl File {
    /// A file of this name with this content. The name is for people: the server stores the file
    /// under one of its own.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content: content.into() }
    }
}

/// Shows the name and the size.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({:?}, {} bytes)", self.name, self.content.len())
    }
}

/// Where the server put a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// The name that the file was sent under.
    pub name: String,
    /// The path of the temporary file on the server, for the operations that take one.
    pub file: String,
}

static TEXT: SimpleType = SimpleType::new("string", Primitive::String, WhiteSpace::Preserve, &[] as &[Facet]);

impl Content for Uploaded {
    fn placeholder() -> Self {
        Self { name: String::new(), file: String::new() }
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.text("name", &mut self.name, &TEXT)?;
        r.text("file", &mut self.file, &TEXT)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.text("name", &self.name, &TEXT);
        v.text("file", &self.file, &TEXT);
    }
}

/// The form that files are sent in, which is not a packet.
pub(super) struct Form {
    boundary: String,
    body: Vec<u8>,
}

impl Form {
    /// # Errors
    /// [`Error::EmptyBatch`] if there is no file.
    pub(super) fn of(files: &[File]) -> Result<Self, Error> {
        if files.is_empty() {
            return Err(Error::EmptyBatch);
        }
        let mut boundary = boundary();
        while files.iter().any(|file| memmem::find(&file.content, boundary.as_bytes()).is_some()) {
            boundary = self::boundary();
        }
        let mut body = Vec::with_capacity(files.iter().map(|file| file.content.len() + 256).sum());
        for (at, file) in files.iter().enumerate() {
            let name = quoted(&file.name);
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"file{}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                at + 1
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(&file.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Ok(Self { boundary, body })
    }

    pub(super) fn effect(&self) -> Effect {
        Effect::Create
    }
}

fn boundary() -> String {
    let number = || RandomState::new().hash_one(());
    format!("plesk-{:016x}{:016x}", number(), number())
}

/// A name as browsers write it into a form.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl Message for Form {
    type Answer = Outcomes<Uploaded>;

    fn content_type(&self) -> HeaderValue {
        let text = format!("multipart/form-data; boundary={}", self.boundary);
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("multipart/form-data"))
    }

    fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// Each attempt makes another file.
    fn idempotency(&self) -> Idempotency {
        Idempotency::NotIdempotent
    }

    fn label(&self) -> (Vec<&'static str>, usize) {
        (vec![UPLOAD.operator], 1)
    }

    fn redacted(&self, body: &[u8]) -> String {
        format!("(a form of {} bytes)", body.len())
    }

    fn read(&self, incoming: &Incoming<'_>) -> Result<Outcomes<Uploaded>, Error> {
        let rules = &incoming.core.rules;
        let read = |body: &[u8]| Reader::new(body, rules.reading, rules.limits())?.document::<Answer>("packet");
        let answer = verdict::read(incoming.status, incoming.body, &incoming.core.mask, read)?;
        match (answer.upload, answer.system.and_then(|outcome| outcome.into_result().err())) {
            (Some(Results(outcomes)), _) => Ok(Outcomes::new(outcomes)),
            (None, Some(fault)) => Err(Error::System(SystemError::new(fault, None))),
            (None, None) => Err(Error::Mismatch(Mismatch::new(vec![UPLOAD], Vec::new()))),
        }
    }
}

const UPLOAD: OperationPath = OperationPath { operator: "upload", path: &["result"] };

/// The answer to a form.
struct Answer {
    system: Option<Outcome>,
    output: Option<Any>,
    upload: Option<Results>,
}

/// An outcome for each file.
struct Results(Vec<Outcome<Uploaded>>);

impl Content for Answer {
    fn placeholder() -> Self {
        Self { system: None, output: None, upload: None }
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.opt_attribute("version", &mut None::<String>, &TEXT)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.opt_element("system", &mut self.system)?;
        r.opt_element("output", &mut self.output)?;
        r.opt_element("upload", &mut self.upload)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.opt_element("system", &self.system);
        v.opt_element("output", &self.output);
        v.opt_element("upload", &self.upload);
    }
}

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
