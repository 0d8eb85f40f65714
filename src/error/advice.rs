//! Advice in error messages: what to do next.

use plesk_wire::packet::ErrorCode;

pub(super) const CONNECT: &str = "check host and port (a panel listens on 8443 by default) and any firewall in between";

pub(super) const MAYBE_EXECUTED: &str =
    "the server may have executed the packet, so check its state before sending it again";

pub(super) const WRONG_SERVER: &str =
    "check that host and port are the panel's (8443 by default) and that no proxy answers in its place";

pub(super) const ENCODING: &str = "the client accepts only gzip, so check any proxy between client and panel";

/// Returns advice for an HTTP error without a packet.
pub(super) fn http_status(status: u16) -> &'static str {
    match status {
        400 => "if the body mentions HTTPS, the URL must start with https://",
        401 | 403 | 407 => {
            "something in front of the API refused the request: a proxy, a firewall or an access rule of the panel"
        }
        404 | 405 => "no API at this address: check that host and port are the panel's (8443 by default)",
        413 => "nothing was executed; send fewer operations in one packet, or raise the limits of the server",
        429 | 503 => "the server is busy or in maintenance: try again later",
        _ => {
            "check the server's log; the packet may have been executed, so check the server's state before sending it again"
        }
    }
}

/// Returns advice for a code that means something else in a packet as a whole than in one operation. The others have
/// [`ErrorCode::advice`].
pub(super) fn system(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::PERMISSION_DENIED => {
            "the account may not use the API: it lacks the permission, or panel.ini disables the API or limits it to other addresses ([api] enabled, allowedIPs)"
        }
        ErrorCode::PANEL_ACCESS_DENIED | ErrorCode::ACCOUNT_DISABLED | ErrorCode::LOGIN_LOCKED => {
            "the account may not use the panel at the moment: unlock or enable it there"
        }
        ErrorCode::INVALID_PACKET => {
            "the server's schema does not allow the packet: the server may be too old for the operation, and setting a protocol version restricts the schema further"
        }
        _ => return None,
    })
}
