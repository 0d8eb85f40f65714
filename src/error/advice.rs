//! What to do next, for the errors that people meet most.

use plesk_wire::packet::ErrorCode;

pub(super) const CONNECT: &str =
    "check host and port (a panel listens on 8443 unless it was moved) and any firewall between";

pub(super) const SENT: &str = "the server may have carried out the packet, so look before sending it again";

pub(super) const WRONG_PLACE: &str =
    "check that host and port are the panel's (8443 unless it was moved) and that no proxy answers in its place";

pub(super) const ENCODING: &str = "only gzip is asked for, so look at what stands between client and panel";

/// What to do about an HTTP error without a packet.
pub(super) fn http_status(status: u16) -> &'static str {
    match status {
        400 => "if the body speaks of HTTPS, the URL must begin with https://",
        401 | 403 | 407 => {
            "something in front of the API refused the request: a proxy, a firewall or an access rule of the panel"
        }
        404 | 405 => {
            "nothing serves the API there: check that host and port are the panel's (8443 unless it was moved)"
        }
        429 | 503 => "the server is busy or in maintenance: try later",
        _ => "look at the server's log; the packet may have been carried out, so look before sending it again",
    }
}

/// What to do about an error of the packet as a whole.
pub(super) fn system(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::AUTHENTICATION_FAILED => "check login and password, or the secret key",
        ErrorCode::NOT_CONFIGURED => "finish the initial setup of the panel in a browser",
        ErrorCode::UNSUPPORTED_PROTOCOL => {
            "the server names its newest protocol in its words above, and all that it has in the answer to server/get_protos; best leave the version out, as it then uses its newest"
        }
        ErrorCode::PERMISSION_DENIED => {
            "the caller may not use the API: the account lacks the permission, or panel.ini switches the API off or limits it to other addresses ([api] enabled, allowedIPs)"
        }
        ErrorCode::PANEL_ACCESS_DENIED | ErrorCode::ACCOUNT_DISABLED | ErrorCode::LOGIN_LOCKED => {
            "the account may not use the panel now: unlock or enable it there"
        }
        ErrorCode::INVALID_PACKET => {
            "the server's schema does not allow the packet: it may be older than the operation, and a protocol version that was set narrows it further"
        }
        ErrorCode::UNSUPPORTED_FEATURE => "leave the protocol version out, or set a newer one",
        ErrorCode::NO_AUTHENTICATION => {
            "the credentials did not reach the panel: check that no proxy removes the headers KEY or HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD"
        }
        ErrorCode::LICENSE_EXPIRED => "renew the license of the panel",
        ErrorCode::KEY_REFUSED => {
            "a secret key works only from the address it was made for: make one for the address that this client calls from"
        }
        _ => return None,
    })
}
