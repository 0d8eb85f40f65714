//! The operations of the protocol, all of them, and where they stand in a packet.

use std::fmt::Debug;

use plesk::{Operation, customer, request, reseller, response, service_plan, session, webspace};

/// An operation that can be put into a packet of its own, and whose replies can be found in one.
pub(crate) trait Packed: Operation<Answer: Debug + PartialEq> + Clone + Debug + PartialEq + 'static {
    /// An operation, for tests that are about its answer.
    fn sample() -> Self;

    /// The packet that holds this operation alone.
    fn into_packet(self) -> request::Packet;

    /// The replies to operations of this type.
    fn replies(packet: response::Packet) -> Vec<Self::Reply>;
}

/// What can be done with an operation of any type.
pub(crate) trait Act {
    fn on<Op: Packed>(&mut self)
    where
        Op::Answer: Debug + PartialEq;
}

macro_rules! packed {
    ($($module:ident :: $operation:ident, $operator:ident, $setter:ident, $sample:expr;)*) => {
        /// The paths of the operations in the table: `customer/del`.
        pub(crate) const OPERATIONS: &[(&str, &str)] = &[$((
            <$module::$operation as Operation>::OPERATOR,
            <$module::$operation as Operation>::PATH[0],
        )),*];

        /// Does the same with each operation in the table.
        pub(crate) fn for_each_operation(act: &mut impl Act) {
            $(act.on::<$module::$operation>();)*
        }

        $(impl Packed for $module::$operation {
            fn sample() -> Self {
                $sample
            }

            fn into_packet(self) -> request::Packet {
                request::Packet::new().$module($module::Requests::new().$setter(self))
            }

            fn replies(packet: response::Packet) -> Vec<Self::Reply> {
                let mut replies = Vec::new();
                for operator in operators(packet) {
                    let response::Operator::$operator($module::Responses { items, .. }) = operator else { continue };
                    for item in items {
                        #[allow(irrefutable_let_patterns, reason = "some operators have one operation")]
                        if let $module::Response::$operation(reply) = item {
                            replies.push(reply);
                        }
                    }
                }
                replies
            }
        })*
    };
}

packed! {
    customer::Add, Customer, add, customer::Add::new(customer::AddGenInfo::new("Edgar", "edgar", "s3cret"));
    customer::Get, Customer, get, customer::Get::new(customer::Filter::id(7), customer::Dataset::new().gen_info().stat());
    customer::Del, Customer, del, customer::Del::new(customer::Filter::id(7));
    customer::Set, Customer, set, customer::Set::new(customer::Filter::id(7), customer::SetValues::new());
    customer::ConvertToReseller, Customer, convert_to_reseller, customer::ConvertToReseller::new(customer::Filter::id(7));
    customer::ChangeOwner, Customer, change_owner, customer::ChangeOwner::new(customer::Filter::id(7), "mittler");
    customer::GetDomainList, Customer, get_domain_list, customer::GetDomainList::new(customer::Filter::id(7));
    webspace::Del, Webspace, del, webspace::Del::new(webspace::Filter::id(7));
    service_plan::Del, ServicePlan, del, service_plan::Del::new(service_plan::Filter::id(7));
    session::Get, Session, get, session::Get::new();
    session::Terminate, Session, terminate, session::Terminate::new("5d02");
    reseller::Del, Reseller, del, reseller::Del::new(reseller::Filter::id(7));
}

fn operators(packet: response::Packet) -> Vec<response::Operator> {
    match packet.body {
        response::Body::Operators(operators) => operators.into_vec(),
        other => panic!("not the answer of operators: {other:?}"),
    }
}

#[test]
fn the_table_of_operations_is_complete() {
    let mut missing = super::emitted_operations();
    missing.retain(|(operator, path)| !OPERATIONS.contains(&(operator, path)));
    assert!(missing.is_empty(), "put these into the table: {missing:?}");
}
