//! The operations, one operator a file.
//!
//! An operation that fails says so in its own `result`. One that is not modelled at all makes
//! [`run`] fail.

mod about;
mod account_data;
mod buttons;
mod customer;
mod descriptors;
mod domains;
mod filter;
mod hosting;
mod ip_pool;
mod plans;
mod reseller;
mod resources;
mod selectors;
mod server;
mod service_plan;
mod service_plan_data;
mod session;
mod settings;
mod statistics;
mod traffic;
mod webspace;
mod webspace_change;
mod webspace_data;

use plesk_protocol::{request, response};
use plesk_wire::packet::{ErrorCode, Outcome, SingleReply};
use plesk_wire::xml::{Choice, Content, Writer};

use crate::refusal::Refusal;
use crate::state::State;

/// Carries out the operations of one operator.
pub(crate) fn run(state: &mut State, operator: request::Operator) -> Result<response::Operator, Refusal> {
    Ok(match operator {
        request::Operator::Customer(requests) => response::Operator::Customer(customer::run(state, requests)?),
        request::Operator::Webspace(requests) => response::Operator::Webspace(webspace::run(state, requests)?),
        request::Operator::ServicePlan(requests) => {
            response::Operator::ServicePlan(service_plan::run(state, requests)?)
        }
        request::Operator::Session(requests) => response::Operator::Session(session::run(state, requests)?),
        request::Operator::Server(requests) => response::Operator::Server(server::run(state, requests)?),
        request::Operator::Reseller(requests) => response::Operator::Reseller(reseller::run(state, requests)?),
        other => return Err(not_modelled(&other)),
    })
}

/// What this simulator lacks, by the name of its element.
fn not_modelled(what: &impl Choice) -> Refusal {
    let mut writer = Writer::redacted();
    what.visit_alternative(&mut writer);
    let xml = String::from_utf8_lossy(writer.as_bytes());
    let name = xml.trim_start_matches('<').split(['>', '/', ' ']).next().unwrap_or_default();
    Refusal::new(ErrorCode::OPERATION_FAILED, format!("The simulated Plesk does not model <{name}>"))
}

/// A value of an answer, filled by `fill`: the types of answers have no constructors.
fn make<T: Content>(fill: impl FnOnce(&mut T)) -> T {
    let mut value = T::placeholder();
    fill(&mut value);
    value
}

/// Puts each field that was sent in the place of the old one.
macro_rules! merge {
    ($into:expr, $from:expr; $($field:ident)*) => {$(
        if let Some(value) = $from.$field {
            $into.$field = Some(value);
        }
    )*};
}
use merge;

/// The answer of an operation that has a single result.
fn single<B: Content>(result: Result<B, Refusal>) -> SingleReply<B> {
    match result {
        Ok(body) => Outcome::ok(body).into(),
        Err(refusal) => refusal.into_outcome(B::placeholder()).into(),
    }
}

#[cfg(test)]
mod tests {
    use plesk_protocol::{customer, session};

    use super::*;

    #[test]
    fn what_is_not_modelled_is_named_and_its_secrets_are_not() {
        let refusal = not_modelled(&session::Request::Terminate(session::Terminate::new("s3cret")));
        assert_eq!(refusal.code, ErrorCode::OPERATION_FAILED);
        assert_eq!(refusal.text, "The simulated Plesk does not model <terminate>");

        let refusal = not_modelled(&request::Operator::Customer(customer::Requests::new()));
        assert_eq!(refusal.text, "The simulated Plesk does not model <customer>");
    }
}
