//! Uploads files. They are sent as an HTML form, not as a packet.

use std::any::Any as StdAny;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use http::header::HeaderValue;
use memchr::memmem;
use plesk_wire::packet::{EachReply, Effect, Idempotency, Outcome, Outcomes};
use plesk_wire::xml::{Any, Content, Reader};

use super::message::{Message, Received};
use crate::classify;
use crate::codec::{Mismatch, OperationPath, Refusal};
use crate::error::{Error, SystemError};

/// A file for [`Client::upload`](crate::Client::upload).
///
/// ```
/// let file = plesk::File::new("notes.txt", "some content");
/// assert_eq!(format!("{file:?}"), "File(\"notes.txt\", 12 bytes)");
/// ```
#[derive(Clone)]
pub struct File {
    name: String,
    content: Vec<u8>,
}

impl File {
    /// Creates a file. The name is informational: the server stores the file under a name of its own.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content: content.into() }
    }
}

/// Shows the name and the size, not the content.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({:?}, {} bytes)", self.name, self.content.len())
    }
}

/// The location of an uploaded file on the server.
#[derive(Clone, Content, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// The name that the file was uploaded with.
    #[xml(text = "name")]
    pub name: String,
    /// The path of the temporary file on the server, for operations that take one.
    #[xml(text = "file")]
    pub file: String,
}

/// A `multipart/form-data` body with files.
pub(super) struct Form {
    boundary: String,
    body: Vec<u8>,
}

impl Form {
    /// # Errors
    /// [`Error::EmptyBatch`] if there is no file.
    pub(super) fn new(files: &[File]) -> Result<Self, Error> {
        if files.is_empty() {
            return Err(Error::EmptyBatch);
        }
        let mut boundary = random_boundary();
        while files.iter().any(|file| memmem::find(&file.content, boundary.as_bytes()).is_some()) {
            boundary = random_boundary();
        }
        let mut body = Vec::with_capacity(files.iter().map(|file| file.content.len() + 256).sum());
        for (index, file) in files.iter().enumerate() {
            let name = escape_filename(&file.name);
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"file{}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                index + 1
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

fn random_boundary() -> String {
    let number = || RandomState::new().hash_one(());
    format!("plesk-{:016x}{:016x}", number(), number())
}

/// Escapes a filename as browsers do in forms.
fn escape_filename(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl Message for Form {
    type Response = Outcomes<Uploaded>;

    fn content_type(&self) -> HeaderValue {
        let text = format!("multipart/form-data; boundary={}", self.boundary);
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("multipart/form-data"))
    }

    fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// Each attempt creates another file.
    fn idempotency(&self) -> Idempotency {
        Idempotency::NotIdempotent
    }

    fn summary(&self) -> (Vec<&'static str>, usize) {
        (vec![UPLOAD.operator], 1)
    }

    fn redacted(&self, body: &[u8]) -> String {
        format!("(a form of {} bytes)", body.len())
    }

    fn refusals(response: &Outcomes<Uploaded>) -> Vec<Refusal> {
        let mut faults = response.as_slice().iter().filter(|outcome| !outcome.is_ok()).peekable();
        let code = faults.peek().and_then(|outcome| outcome.errcode);
        let refused = u32::try_from(faults.count()).unwrap_or(u32::MAX);
        Some(Refusal { operation: UPLOAD, refused, code }).filter(|refusal| refusal.refused > 0).into_iter().collect()
    }

    fn read(&self, received: &Received<'_>) -> Result<Outcomes<Uploaded>, Error> {
        let options = &received.core.options;
        let context: Arc<dyn StdAny + Send + Sync> = Arc::new(received.scope().context(UPLOAD, false));
        let read = |body: &[u8]| {
            let mut reader = Reader::new(body, options.strictness, options.limits())?;
            reader.set_context(Some(context.clone()));
            reader.document::<UploadResponse>("packet")
        };
        let response = classify::read_body(Some(received.status), received.body, received.mask, read)?.packet;
        match (response.upload, response.system.and_then(|outcome| outcome.into_result().err())) {
            (Some(reply), _) => Ok(Outcomes::new(reply.results)),
            (None, Some(fault)) => Err(Error::System(SystemError::new(fault.without_subject(), None))),
            (None, None) => Err(Error::Mismatch(Mismatch::new(vec![UPLOAD], Vec::new()))),
        }
    }
}

const UPLOAD: OperationPath = OperationPath { operator: "upload", path: &["result"] };

/// The response to an upload. Not the emitted type, which needs the Cargo feature `upload`.
#[derive(Content)]
struct UploadResponse {
    #[xml(attribute = "version")]
    version: Option<String>,
    #[xml(element = "system")]
    system: Option<Outcome>,
    #[xml(element = "output")]
    output: Option<Any>,
    #[xml(element = "upload")]
    upload: Option<EachReply<Uploaded>>,
}
