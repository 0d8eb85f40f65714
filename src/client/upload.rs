//! Files for the server.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use http::header::HeaderValue;
use memchr::memmem;
use plesk_wire::packet::{Effect, Many, Outcome, Retry};
use plesk_wire::xml::{Any, Content, Facet, Primitive, ReadError, Reader, Simple, Visitor, WhiteSpace};

use super::delivery::{Incoming, Message};
use crate::codec::{Mismatch, Shape};
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

static TEXT: Simple = Simple::new("string", Primitive::String, WhiteSpace::Preserve, &[] as &[Facet]);

impl Content for Uploaded {
    fn blank() -> Self {
        Self { name: String::new(), file: String::new() }
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.leaf("name", &mut self.name, &TEXT)?;
        r.leaf("file", &mut self.file, &TEXT)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.leaf("name", &self.name, &TEXT);
        v.leaf("file", &self.file, &TEXT);
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
    type Answer = Many<Uploaded>;

    fn content_type(&self) -> HeaderValue {
        let text = format!("multipart/form-data; boundary={}", self.boundary);
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("multipart/form-data"))
    }

    fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// Each attempt makes another file.
    fn retry(&self) -> Retry {
        Retry::Never
    }

    fn label(&self) -> (Vec<&'static str>, usize) {
        (vec![UPLOAD.operator], 1)
    }

    fn masked(&self, body: &[u8]) -> String {
        format!("(a form of {} bytes)", body.len())
    }

    fn read(&self, incoming: &Incoming<'_>) -> Result<Many<Uploaded>, Error> {
        let rules = &incoming.core.rules;
        let read = |body: &[u8]| Reader::new(body, rules.reading, rules.limits())?.document::<Answer>("packet");
        let answer = verdict::read(incoming.status, incoming.body, &incoming.core.mask, read)?;
        match (answer.upload, answer.system.and_then(|outcome| outcome.into_result().err())) {
            (Some(Results(outcomes)), _) => Ok(Many::of(outcomes)),
            (None, Some(fault)) => Err(Error::System(SystemError::new(fault, None))),
            (None, None) => Err(Error::Mismatch(Mismatch::new(vec![UPLOAD], Vec::new()))),
        }
    }
}

const UPLOAD: Shape = Shape { operator: "upload", path: &["result"] };

/// The answer to a form.
struct Answer {
    system: Option<Outcome>,
    output: Option<Any>,
    upload: Option<Results>,
}

/// An outcome for each file.
struct Results(Vec<Outcome<Uploaded>>);

impl Content for Answer {
    fn blank() -> Self {
        Self { system: None, output: None, upload: None }
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.opt_attr("version", &mut None::<String>, &TEXT)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.opt("system", &mut self.system)?;
        r.opt("output", &mut self.output)?;
        r.opt("upload", &mut self.upload)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.opt("system", &self.system);
        v.opt("output", &self.output);
        v.opt("upload", &self.upload);
    }
}

impl Content for Results {
    fn blank() -> Self {
        Self(Vec::new())
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.list("result", 1, usize::MAX, &mut self.0)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.list("result", 1, usize::MAX, &self.0);
    }
}
