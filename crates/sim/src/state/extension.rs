//! Extensions of the panel.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

use plesk_wire::packet::ErrorCode;
use plesk_wire::xml::Raw;

/// An extension of the panel. If it responds to calls, it does so with a function from the element of a call to
/// the elements of its result.
///
/// ```
/// use plesk_sim::{Extension, Sim};
/// use plesk_wire::xml::Raw;
///
/// let sim = Sim::start()?;
/// let echo = Extension::new(|call| Ok(vec![call.clone()]));
/// sim.state().extensions.insert("echo".to_owned(), echo);
///
/// let call = "<packet><extension><call><echo>hello</echo></call></extension></packet>";
/// let response = String::from_utf8(sim.respond(call.as_bytes())).expect("UTF-8");
/// assert!(response.contains("<status>ok</status><echo>hello</echo>"), "{response}");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
pub struct Extension {
    /// The version.
    pub version: String,
    /// The release of this version.
    pub release: String,
    /// `true` if it may be used.
    pub active: bool,
    /// A snapshot of the state cannot contain it.
    #[serde(skip)]
    respond: Option<Arc<Respond>>,
}

type Respond = dyn Fn(&Raw) -> Result<Vec<Raw>, (ErrorCode, String)> + Send + Sync;

impl Extension {
    /// Creates an extension. An error of the function is reported with its code and text.
    pub fn new(respond: impl Fn(&Raw) -> Result<Vec<Raw>, (ErrorCode, String)> + Send + Sync + 'static) -> Self {
        Self { respond: Some(Arc::new(respond)), ..Self::silent() }
    }

    /// Returns an extension that responds to no call, as one that a packet installs.
    pub(crate) fn silent() -> Self {
        Self { version: "1.0.0".to_owned(), release: "1".to_owned(), active: true, respond: None }
    }

    pub(crate) fn respond(&self, call: &Raw) -> Result<Vec<Raw>, (ErrorCode, String)> {
        match &self.respond {
            Some(respond) => respond(call),
            None => {
                let text = format!("The extension '{}' has no XML API", call.name());
                Err((ErrorCode::OPERATION_FAILED, text))
            }
        }
    }
}

/// Two extensions are equal if they have the same function and the same data.
impl PartialEq for Extension {
    fn eq(&self, other: &Self) -> bool {
        let same_function = match (&self.respond, &other.respond) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (own, other) => own.is_none() && other.is_none(),
        };
        same_function && (&self.version, &self.release, self.active) == (&other.version, &other.release, other.active)
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, release, active, respond } = self;
        f.debug_struct("Extension")
            .field("version", version)
            .field("release", release)
            .field("active", active)
            .field("responds", &respond.is_some())
            .finish()
    }
}
