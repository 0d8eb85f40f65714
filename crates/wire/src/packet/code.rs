//! The error codes of the protocol.

use std::fmt;

use crate::xml::{ParseError, Scalar};

/// An error code (`errcode`). The published codes have names; others are kept as numbers.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::ErrorCode;
///
/// assert_eq!(ErrorCode(1013), ErrorCode::NOT_FOUND);
/// assert_eq!(ErrorCode::NOT_FOUND.meaning(), Some("the object does not exist"));
/// assert_eq!(ErrorCode(8002).meaning(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(pub u32);

macro_rules! codes {
    ($($name:ident = $code:literal, $text:literal;)*) => {
        impl ErrorCode {
            $(
                #[doc = concat!("Error ", $code, ": ", $text, ".")]
                pub const $name: Self = Self($code);
            )*

            /// Returns the meaning of the code, if it is published.
            pub fn meaning(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($text),)*
                    _ => None,
                }
            }
        }
    };
}

codes! {
    AUTHENTICATION_FAILED = 1001, "wrong login, password or key";
    ACCOUNT_EXISTS = 1002, "the account already exists";
    AGENT_INITIALIZATION_FAILED = 1003, "the server could not start its agent";
    NOT_CONFIGURED = 1004, "the initial setup of the server is not finished";
    UNSUPPORTED_PROTOCOL = 1005, "the server does not support this protocol version";
    PERMISSION_DENIED = 1006, "permission denied";
    ALREADY_EXISTS = 1007, "the data already exists";
    MULTIPLE_ACCESS_DENIED = 1008, "multiple access is denied";
    INVALID_VIRTUOZZO_KEY = 1009, "the Virtuozzo key is invalid";
    PANEL_ACCESS_DENIED = 1010, "access to the panel is denied";
    ACCOUNT_DISABLED = 1011, "the account is disabled";
    LOGIN_LOCKED = 1012, "the login is locked";
    NOT_FOUND = 1013, "the object does not exist";
    INVALID_PACKET = 1014, "the packet is not valid";
    OWNER_NOT_FOUND = 1015, "the owner of the object does not exist";
    UNSUPPORTED_FEATURE = 1017, "this protocol version does not support the feature";
    IP_NOT_FOUND = 1018, "the IP address does not exist";
    INVALID_VALUE = 1019, "a value is invalid";
    OPERATION_FAILED = 1023, "the operation failed";
    LIMIT_REACHED = 1024, "a limit is reached";
    WRONG_STATUS = 1025, "the status value is wrong";
    COMPONENT_NOT_INSTALLED = 1026, "the component is not installed";
    IP_OPERATION_FAILED = 1027, "the operation on the IP address failed";
    NO_AUTHENTICATION = 1029, "no authentication method was given, or an unknown one";
    LICENSE_EXPIRED = 1030, "the license has expired";
    COMPONENT_NOT_CONFIGURED = 1031, "the component is not configured";
    WRONG_INTERFACE = 1032, "the network interface is wrong";
    INCOMPLETE_ACCOUNT = 1033, "the account is incomplete";
    WEBMAIL_NOT_INSTALLED = 1050, "webmail is not installed";
    KEY_REFUSED = 11003, "the secret key is not valid for this caller";
    WRONG_DATABASE_SERVER_TYPE = 14008, "the type of the database server is wrong";
    DATABASE_SERVER_NOT_CONFIGURED = 14009, "the database server is not configured";
}

impl ErrorCode {
    /// Returns advice for a code that is about the whole packet or the server, wherever it appears.
    pub fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::AUTHENTICATION_FAILED => "check login and password, or the secret key",
            Self::AGENT_INITIALIZATION_FAILED => "try again later, or check the log of the panel",
            Self::NOT_CONFIGURED => "finish the initial setup of the panel in a browser",
            Self::UNSUPPORTED_PROTOCOL => {
                "the server's error text names its newest protocol, and server/get_protos lists all of them; it is best to set no protocol version, so that the server uses its newest"
            }
            Self::UNSUPPORTED_FEATURE => "set no protocol version, or a newer one",
            Self::NO_AUTHENTICATION => {
                "the credentials did not reach the panel: check that no proxy removes the headers KEY or HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD"
            }
            Self::LICENSE_EXPIRED => "renew the license of the panel",
            Self::KEY_REFUSED => {
                "a secret key works only from the IP address it was created for: create one for the address of this client"
            }
            _ => return None,
        })
    }
}

/// Groups of codes, because servers use single codes inconsistently.
impl ErrorCode {
    /// Returns `true` if the object does not exist: 1013, or 1015 and 1018 for an owner and an address.
    ///
    /// A server also answers 1013 for a service that it does not know.
    pub fn is_not_found(self) -> bool {
        matches!(self, Self::NOT_FOUND | Self::OWNER_NOT_FOUND | Self::IP_NOT_FOUND)
    }

    /// Returns `true` if the object to create exists, **or may exist**: 1002, 1007 and 1019.
    ///
    /// For a login that is taken, one operator returns 1007 and another 1019, the code of every invalid
    /// value. So 1019 may also mean that a password is too weak. Do not continue as if the object
    /// existed: where [`is_taken`](Self::is_taken) is `false`, look for the object:
    ///
    /// ```
    /// # use plesk_wire::packet as plesk;
    /// use plesk::ErrorCode;
    ///
    /// /// Returns `true` if the object exists after a create was refused with `code`.
    /// fn exists(code: ErrorCode, look: impl FnOnce() -> bool) -> bool {
    ///     code.is_taken() || (code.may_already_exist() && look())
    /// }
    ///
    /// assert!(exists(ErrorCode::ALREADY_EXISTS, || unreachable!()));
    /// assert!(!exists(ErrorCode::INVALID_VALUE, || false)); // it was the password
    /// assert!(!exists(ErrorCode::PERMISSION_DENIED, || unreachable!()));
    /// ```
    pub fn may_already_exist(self) -> bool {
        matches!(self, Self::ACCOUNT_EXISTS | Self::ALREADY_EXISTS | Self::INVALID_VALUE)
    }

    /// Returns `true` if a unique value is certainly taken: 1002 and 1007, which have no other meaning.
    ///
    /// The object need not be the caller's: a login is unique on the whole server. The value need not be
    /// the name of the object: a subscription has a domain and an FTP login. A server may also report a
    /// taken value with 1019, which is not certain; see [`may_already_exist`](Self::may_already_exist).
    ///
    /// ```
    /// # use plesk_wire::packet as plesk;
    /// use plesk::ErrorCode;
    ///
    /// assert!(ErrorCode::ALREADY_EXISTS.is_taken());
    /// assert!(!ErrorCode::INVALID_VALUE.is_taken());
    /// ```
    pub fn is_taken(self) -> bool {
        matches!(self, Self::ACCOUNT_EXISTS | Self::ALREADY_EXISTS)
    }

    /// Returns `true` if the caller has no permission, or not from its address: 1006, 1008, 1010, 1011,
    /// 1012 and 11003.
    pub fn is_permission(self) -> bool {
        matches!(
            self,
            Self::PERMISSION_DENIED
                | Self::MULTIPLE_ACCESS_DENIED
                | Self::PANEL_ACCESS_DENIED
                | Self::ACCOUNT_DISABLED
                | Self::LOGIN_LOCKED
                | Self::KEY_REFUSED
        )
    }

    /// Returns `true` if the same request may succeed later without any change: 1003, if the server could
    /// not start its agent, and 1008, if another session is in the way.
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::AGENT_INITIALIZATION_FAILED | Self::MULTIPLE_ACCESS_DENIED)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meaning() {
            Some(meaning) => write!(f, "{} ({meaning})", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

impl Scalar for ErrorCode {
    fn placeholder() -> Self {
        Self(0)
    }

    fn parse(text: &str) -> Result<Self, ParseError> {
        u32::parse(text).map(Self)
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        self.0.with_text(f)
    }
}
