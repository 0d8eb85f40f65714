//! How packets travel over HTTP: where to, and what says who sends them.

/// The path that a panel serves its XML API at.
pub const PATH: &str = "/enterprise/control/agent.php";

/// The header that holds the login; [`PASSWORD`] goes with it.
pub const LOGIN: &str = "HTTP_AUTH_LOGIN";

/// The header that holds the password.
pub const PASSWORD: &str = "HTTP_AUTH_PASSWD";

/// The header that holds a secret key, instead of login and password.
pub const KEY: &str = "KEY";
