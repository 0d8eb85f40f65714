//! Passes operations to their operator. Each operator is one file or one folder.
//!
//! An operation that fails reports this in its own `result`. So does one that is not modeled: the other
//! operations of the packet run, as they do on a server.

mod aps;
mod certificate;
pub(crate) mod coverage;
mod customer;
mod database;
mod db_server;
mod dns;
mod event_log;
mod events;
mod extension;
mod ftp_user;
mod ip;
mod locale;
mod log_rotation;
mod mail;
mod php_handler;
mod protected_dir;
mod reseller;
mod reseller_plan;
mod secret_key;
mod server;
mod service_plan;
mod service_plan_addon;
mod session;
mod site;
mod site_alias;
mod subdomain;
mod ui;
mod virtdir;
mod webspace;

use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Visitor, Writer};

use crate::operations::OperationName;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::state::State;

/// An operation that is to run.
pub(crate) struct Step {
    pub(crate) name: OperationName,
    /// The result of the operation if it is not to run: a test wants it to fail.
    pub(crate) refusal: Option<Refusal>,
}

/// Runs the operations of one operator element, each with its module: one after the other, so that each
/// sees what the earlier ones did. What was done stays done if a later one is refused.
macro_rules! run_each {
    ($state:ident, $operator:ident, $steps:ident; $($variant:ident => $module:ident,)*) => {
        match $operator {
            $(request::Operator::$variant(requests) => {
                let mut items = Vec::new();
                for (request, step) in requests.items.into_iter().zip($steps) {
                    let run = |state: &mut State| $module::run(
                        state,
                        build(|requests: &mut plesk_protocol::$module::Requests| requests.items = vec![request]),
                    );
                    let run = |state| run(state).map_err(|refusal| refusal.in_operation(&step.name));
                    let result = step.refusal.map_or_else(|| run($state), Err);
                    let done = result.iter().flat_map(|responses| &responses.items).any(events::reports_success);
                    events::log($state, &step.name, done);
                    match result {
                        Ok(responses) => items.extend(responses.items),
                        Err(refusal) => {
                            if let response::Operator::$variant(refused) = refuse(&[(step.name, refusal)])? {
                                items.extend(refused.items);
                            }
                        }
                    }
                }
                let fill = |responses: &mut plesk_protocol::$module::Responses| responses.items = items;
                response::Operator::$variant(build(fill))
            })*
            // This operator has one operation in its element, and no list of them.
            request::Operator::DbServer(request) => {
                let mut response = None;
                for step in $steps {
                    let result = step.refusal.map_or_else(|| db_server::run($state, request.clone()), Err);
                    events::log($state, &step.name, result.as_ref().is_ok_and(events::contains_success));
                    response = Some(match result {
                        Ok(done) => response::Operator::DbServer(done),
                        Err(refusal) => refuse(&[(step.name.clone(), refusal.in_operation(&step.name))])?,
                    });
                }
                response.ok_or_else(|| Refusal::operation_failed("The operator has no operation"))?
            }
            _ => {
                let refused: Vec<_> = $steps
                    .into_iter()
                    .map(|step| {
                        let name = step.name.operator;
                        let text = format!("The simulated Plesk does not model <{name}>");
                        let not_modeled = Refusal::operation_failed(text).in_operation(&step.name);
                        (step.name, step.refusal.unwrap_or(not_modeled))
                    })
                    .collect();
                refuse(&refused)?
            }
        }
    };
}

/// Runs the operations of one operator element. There is one step for each of them.
///
/// # Errors
/// If the reply of a refused operation has no `result` that can report this. The schemas have two such
/// operations.
pub(crate) fn run(
    state: &mut State,
    operator: request::Operator,
    steps: Vec<Step>,
) -> Result<response::Operator, Refusal> {
    Ok(run_each! {
        state, operator, steps;
        Aps => aps,
        Certificate => certificate,
        Customer => customer,
        Database => database,
        Dns => dns,
        EventLog => event_log,
        Extension => extension,
        FtpUser => ftp_user,
        Ip => ip,
        Locale => locale,
        LogRotation => log_rotation,
        Mail => mail,
        PhpHandler => php_handler,
        ProtectedDir => protected_dir,
        Reseller => reseller,
        ResellerPlan => reseller_plan,
        SecretKey => secret_key,
        Server => server,
        ServicePlan => service_plan,
        ServicePlanAddon => service_plan_addon,
        Session => session,
        Site => site,
        SiteAlias => site_alias,
        Subdomain => subdomain,
        Ui => ui,
        Virtdir => virtdir,
        Webspace => webspace,
    })
}

/// The operations whose reply is a `result` in all but its name: status and error are its own children.
const IS_RESULT: [(&str, &str); 1] = [("server", "lic_update")];

/// Returns the replies of operations of one operator that were refused as a whole.
///
/// The types of replies have nothing in common but their XML, so they are read from XML: the element
/// of each operation, with one `result` that reports the error.
fn refuse(refused: &[(OperationName, Refusal)]) -> Result<response::Operator, Refusal> {
    let [(first, refusal), ..] = refused else {
        return Err(Refusal::operation_failed("The operator has no operations"));
    };
    let mut writer = Writer::new();
    writer.open("packet");
    writer.open(first.operator);
    for (name, refusal) in refused {
        let outcome = refusal.clone().into_outcome(());
        writer.open(name.element);
        name.nested.iter().for_each(|nested| writer.open(nested));
        if IS_RESULT.contains(&(name.operator, name.element)) {
            outcome.visit(&mut writer);
        } else {
            writer.visit_element("result", 0, &outcome);
        }
        name.nested.iter().for_each(|nested| writer.close(nested));
        writer.close(name.element);
    }
    writer.close(first.operator);
    writer.close("packet");
    let packet = Reader::new(writer.as_bytes(), Strictness::Lenient, Limits::DEFAULT)
        .and_then(|mut reader| reader.document::<response::Packet>("packet"));
    match packet.map(|packet| packet.body) {
        Ok(response::Body::Operators(operators)) if operators.len() == 1 => {
            operators.into_iter().next().ok_or_else(|| refusal.clone())
        }
        _ => Err(refusal.clone()),
    }
}
