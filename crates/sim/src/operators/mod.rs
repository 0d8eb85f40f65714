//! Passes requests to their operator. Each operator is one file or one folder.
//!
//! An operation that fails reports this in its own `result`. An operation that is not modeled makes
//! [`run`] fail.

mod customer;
mod extension;
mod reseller;
mod server;
mod service_plan;
mod session;
mod webspace;

use plesk_protocol::{request, response};

use crate::refusal::Refusal;
use crate::state::State;

/// Runs the operations of one operator element.
pub(crate) fn run(state: &mut State, operator: request::Operator) -> Result<response::Operator, Refusal> {
    use request::Operator as Request;
    use response::Operator as Response;
    Ok(match operator {
        Request::Customer(requests) => Response::Customer(customer::run(state, requests)?),
        Request::Extension(requests) => Response::Extension(extension::run(state, requests)?),
        Request::Reseller(requests) => Response::Reseller(reseller::run(state, requests)?),
        Request::Server(requests) => Response::Server(server::run(state, requests)?),
        Request::ServicePlan(requests) => Response::ServicePlan(service_plan::run(state, requests)?),
        Request::Session(requests) => Response::Session(session::run(state, requests)?),
        Request::Webspace(requests) => Response::Webspace(webspace::run(state, requests)?),
        other => return Err(Refusal::not_modeled(&other)),
    })
}
