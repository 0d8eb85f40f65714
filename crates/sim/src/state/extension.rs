//! Extensions of the panel, which tests install.

use std::fmt;
use std::sync::Arc;

use plesk_wire::packet::ErrorCode;
use plesk_wire::xml::Raw;

/// An extension of the panel: a function from the element of a call to the elements of its result.
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
#[derive(Clone)]
pub struct Extension(Arc<Respond>);

type Respond = dyn Fn(&Raw) -> Result<Vec<Raw>, (ErrorCode, String)> + Send + Sync;

impl Extension {
    /// Creates an extension. An error of the function is reported with its code and text.
    pub fn new(respond: impl Fn(&Raw) -> Result<Vec<Raw>, (ErrorCode, String)> + Send + Sync + 'static) -> Self {
        Self(Arc::new(respond))
    }

    pub(crate) fn respond(&self, call: &Raw) -> Result<Vec<Raw>, (ErrorCode, String)> {
        (self.0)(call)
    }
}

/// Two extensions are equal if one is a clone of the other.
impl PartialEq for Extension {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extension")
    }
}
