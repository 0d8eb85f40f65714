//! `plesk check --explain`: explains an error code, and says what to do.

use std::io::{self, Write};

use plesk_model::{index, operator};
use plesk_wire::packet::ErrorCode;

use crate::output;
use crate::status::Status;
use crate::style::{self, paint};
use crate::text::{WIDTH, wrap};

/// The greatest number of operations that are listed for one meaning.
const MAX_LISTED: usize = 12;

/// Explains an error code.
pub(super) fn explain(out: &mut impl Write, code: u32) -> io::Result<Status> {
    let meaning = ErrorCode(code).meaning();
    let uses = uses(code);
    if meaning.is_none() && uses.is_empty() {
        output::error(&format!(
            "{code} is not a published error code; the text that the server sent with it says more"
        ));
        return Ok(Status::Refused);
    }
    let meaning = meaning.unwrap_or("not published with a general meaning");
    writeln!(out, "{}", paint(style::HEADING, &format!("{code}: {meaning}")))?;
    if let Some(advice) = advice(code) {
        writeln!(out)?;
        wrap(&advice, WIDTH - 2).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    for (meaning, operations) in uses {
        writeln!(out, "\nWhere the documentation names it with the meaning: {meaning}")?;
        let mut listed = operations[..operations.len().min(MAX_LISTED)].join(", ");
        if operations.len() > MAX_LISTED {
            listed.push_str(&format!(" and {} more", operations.len() - MAX_LISTED));
        }
        wrap(&listed, WIDTH - 2).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    Ok(Status::Success)
}

/// Returns the meanings that the documentation of operations gives to a code, the commonest first.
fn uses(code: u32) -> Vec<(String, Vec<String>)> {
    let mut uses: Vec<(String, Vec<String>)> = Vec::new();
    for operator in index().operators.iter().filter_map(|summary| operator(&summary.name)) {
        for operation in &operator.operations {
            for error in operation.errors.iter().filter(|error| error.code == code) {
                let name = format!("{}.{}", operator.name, operation.path.replace('/', "."));
                match uses.iter_mut().find(|(meaning, _)| *meaning == error.meaning) {
                    Some((_, operations)) => operations.push(name),
                    None => uses.push((error.meaning.clone(), vec![name])),
                }
            }
        }
    }
    uses.sort_by_key(|(_, operations)| std::cmp::Reverse(operations.len()));
    uses
}

/// Returns what to do about an error code: the advice of the library, if it has any.
fn advice(code: u32) -> Option<String> {
    let code = ErrorCode(code);
    let shared = code.advice().map(|advice| {
        let mut letters = advice.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).chain(['.']).collect::<String>()
    });
    let parts: Vec<String> = shared.into_iter().chain(own_advice(code).map(str::to_owned)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Returns advice on a code that may be about one operation, or for those who send packets without the library.
fn own_advice(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::AUTHENTICATION_FAILED => {
            "The headers are HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD (not …PASSWORD), or KEY."
        }
        ErrorCode::ACCOUNT_EXISTS | ErrorCode::ALREADY_EXISTS => {
            "A value that must be unique is taken: a login, a domain, the name of a plan. It need not be yours: a login is \
             unique on the whole server. Look for the object with `get`, or choose another value."
        }
        ErrorCode::PERMISSION_DENIED => {
            "The account may not use the API or this operation, or panel.ini limits the API to other addresses ([api] \
             enabled, allowedIPs). Resellers need the permission to use it."
        }
        ErrorCode::PANEL_ACCESS_DENIED | ErrorCode::ACCOUNT_DISABLED | ErrorCode::LOGIN_LOCKED => {
            "Unlock or enable the account in the panel."
        }
        ErrorCode::NOT_FOUND => {
            "Nothing has the ID, the name or the login in the filter, or the caller cannot see it. Compare with the answer of \
             `get` with an empty filter."
        }
        ErrorCode::INVALID_PACKET => {
            "The packet breaks the schema. Run `plesk check FILE`: it names each mistake with its place. If the packet is \
             valid there, the server is older, or the packet's attribute `version` is."
        }
        ErrorCode::OWNER_NOT_FOUND => {
            "The owner or the site in the request does not exist. Check owner-id, owner-login or site-id."
        }
        ErrorCode::IP_NOT_FOUND => {
            "Add the address to the server or to the owner's pool first: ip.get, reseller.ippool-add-ip."
        }
        ErrorCode::INVALID_VALUE => {
            "A value fits the schema, but the server does not accept it: a weak password, a taken name, a limit that the plan \
             does not allow. The text of the error names it."
        }
        ErrorCode::OPERATION_FAILED => "The text of the error has the reason; the server's log has more.",
        ErrorCode::LIMIT_REACHED => "Raise the limit of the owner or of the subscription, or extend the license.",
        _ => return None,
    })
}
