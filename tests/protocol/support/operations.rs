//! The operations that have samples, and their place in a packet.

use std::collections::BTreeSet;
use std::fmt::Debug;

use plesk::{
    Operation, customer, database, dns, mail, request, reseller, response, service_plan, session, site, webspace,
};

/// The operators of a packet, as messages list them.
pub(crate) const OPERATORS: &str = "server | customer | webspace | subdomain | dns | db_server | mail | certificate | \
    site-alias | ip | event_log | secret_key | ui | service-plan | virtdir | database | ftp-user | session | locale | \
    log-rotation | protected-dir | reseller | reseller-plan | aps | service-plan-addon | site | business-logic-upgrade | \
    php-handler | extension";

/// An operation that can be put into a packet, and whose replies can be found in one.
pub(crate) trait Packed: Operation<Answer: Debug + PartialEq> + Clone + Debug + PartialEq + 'static {
    /// Returns an operation, for tests of its reply.
    fn sample() -> Self;

    /// Returns a packet with only this operation.
    fn into_packet(self) -> request::Packet;

    /// Returns the replies to operations of this type.
    fn replies(packet: response::Packet) -> Vec<Self::Reply>;
}

/// An action on an operation of any type.
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

        /// Calls `act` for each operation in the table.
        pub(crate) fn for_each_operation(act: &mut impl Act) {
            $(act.on::<$module::$operation>();)*
        }

        packable! { $($module::$operation, $operator, $setter, $sample;)* }
    };
}

macro_rules! packable {
    ($($module:ident :: $operation:ident, $operator:ident, $setter:ident, $sample:expr;)*) => {
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

// Others, which users of other clients report problems with.
packable! {
    database::AddDbUser, Database, add_db_user,
        database::AddDbUser::new(database::AddDbUserDatabase::db_id(7), "ottilie", "s3cret");
    database::GetDb, Database, get_db, database::GetDb::new(database::Filter::webspace_id(7));
    dns::AddRec, Dns, add_rec, dns::AddRec::new(dns::Zone::site_id(7), "A", "www".to_owned(), "192.0.2.7");
    dns::DelRec, Dns, del_rec, dns::DelRec::new(dns::RecordFilter::id(7));
    dns::GetRec, Dns, get_rec, dns::GetRec::new(dns::RecordFilter::site_id(7));
    mail::Create, Mail, create, mail::Create::new(mail::CreateFilter::new(7, [mail::NewMailname::new("info")]));
    reseller::Get, Reseller, get, reseller::Get::new(reseller::Filter::Everything, reseller::Dataset::new());
    site::Get, Site, get, site::Get::new(site::Filter::parent_id(7), site::Dataset::new());
    webspace::Add, Webspace, add, webspace::Add::new(webspace::AddGenSetup::new().name("see.example"));
}

fn operators(packet: response::Packet) -> Vec<response::Operator> {
    match packet.body {
        response::Body::Operators(operators) => operators.into_vec(),
        other => panic!("not the answer of operators: {other:?}"),
    }
}

/// The table has all operations of `customer` and `session`, and the deletions of three other operators. The other
/// operations are tested with packets that are generated from the model.
#[test]
fn table_of_operations_is_complete() {
    let table: BTreeSet<_> =
        OPERATIONS.iter().map(|(operator, path)| ((*operator).to_owned(), (*path).to_owned())).collect();
    let expected: BTreeSet<_> = super::emitted()
        .values()
        .filter_map(super::Item::operation)
        .filter(|(operator, path)| match operator.as_str() {
            "customer" | "session" => true,
            "reseller" | "service-plan" | "webspace" => path == "del",
            _ => false,
        })
        .collect();
    assert_eq!(table, expected);
    assert_eq!(table.len(), 12);
}
