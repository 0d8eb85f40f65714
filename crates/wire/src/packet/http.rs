//! How packets travel over HTTP: the path, and the headers for authentication.

/// The path of the XML API on a panel.
pub const PATH: &str = "/enterprise/control/agent.php";

/// The header with the login; [`PASSWORD`] goes with it.
pub const LOGIN: &str = "HTTP_AUTH_LOGIN";

/// The header with the password.
pub const PASSWORD: &str = "HTTP_AUTH_PASSWD";

/// The header with a secret key, instead of login and password.
pub const KEY: &str = "KEY";
