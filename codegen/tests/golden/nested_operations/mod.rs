//! Operations within an element of the operator: each leaf is an operation, with its path.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, strict};
use expected::library::{
    Open, Requests, Responses, StockAdd, StockAddResult, StockList, StockListReply, StockRequest, StockResponse,
};
use expected::{request, response};
use plesk_wire::packet::{Effect, Idempotency, Operation, Outcome};

#[test]
fn each_leaf_is_an_operation_with_its_path() {
    assert_eq!((Open::OPERATOR, Open::PATH), ("library", ["open"].as_slice()));
    assert_eq!((StockAdd::OPERATOR, StockAdd::PATH), ("library", ["stock", "add"].as_slice()));
    assert_eq!((StockList::OPERATOR, StockList::PATH), ("library", ["stock", "list"].as_slice()));
    let (add, list) = (StockAdd::new("3-16"), StockList::new("3-16"));
    assert_eq!((add.effect(), add.idempotency()), (Effect::Create, Idempotency::NotIdempotent));
    assert_eq!((list.effect(), list.idempotency()), (Effect::Read, Idempotency::Idempotent));
}

#[test]
fn packet_contains_nested_operations() {
    let requests = Requests::new().open(Open::new()).stock(StockRequest::Add(StockAdd::new("3-16")));
    let packet = request::Packet::new().library(requests);
    let xml = "<packet><library><open/><stock><add><isbn>3-16</isbn></add></stock></library></packet>";
    assert_round_trip("packet", &packet, xml);
    let both =
        "<packet><library><stock><add><isbn>1</isbn></add><list><isbn>1</isbn></list></stock></library></packet>";
    assert_eq!(rejection::<request::Packet>("packet", both), "packet/library/stock: unexpected list");
}

#[test]
fn replies_are_nested_like_requests() {
    let xml = "<packet><library><stock><add><result><status>ok</status><barcode>77</barcode></result></add></stock>\
        </library></packet>";
    let packet = strict::<response::Packet>("packet", xml).expect("valid");
    let [response::Operator::Library(Responses { items, .. })] = packet.operators.as_slice() else {
        panic!("{packet:?}")
    };
    let [expected::library::Response::Stock(StockResponse::Add(reply))] = items.as_slice() else { panic!("{items:?}") };
    let added: StockAddResult = StockAdd::answer(reply.clone()).expect("ok");
    assert_eq!(added.barcode, "77");
}

#[test]
fn fault_and_reply_without_result_are_read() {
    let xml = "<add><result><status>error</status><errcode>1007</errcode></result></add>";
    let reply = lenient::<<StockAdd as Operation>::Reply>("add", xml).expect("readable");
    let fault = StockAdd::answer(reply).expect_err("a fault");
    assert_eq!((fault.code.map(|code| code.to_string()).as_deref(), fault.body), (Some("1007"), None));
    let reply =
        strict::<StockListReply>("list", "<list><barcode>1</barcode><barcode>2</barcode></list>").expect("valid");
    let found: StockListReply = StockList::answer(reply);
    assert_eq!(found.barcode, ["1", "2"]);
    let ok: Outcome<()> = Outcome::ok(());
    assert!(ok.is_ok());
}
