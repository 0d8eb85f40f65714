//! `customer/add`: creates a customer account.

use plesk::customer::{Add, AddGenInfo, AddGenInfoOwner};
use plesk::{Effect, ErrorCode, Idempotency, Operation};
use plesk_wire::xml::Strictness;

use crate::support::{Packed, answer, assert_rejected, assert_sent, code, exchange, lenient_answer, read, valid};

#[test]
fn add_with_required_elements_is_sent() {
    let add = Add::new(AddGenInfo::new("Ottilie Graf", "ottilie", "tea & <cake>"));
    assert_eq!((add.effect(), add.idempotency()), (Effect::Create, Idempotency::NotIdempotent));
    assert_sent(
        add,
        "<packet><customer><add><gen_info>\
         <pname>Ottilie Graf</pname><login>ottilie</login><passwd>tea &amp; &lt;cake&gt;</passwd>\
         </gen_info></add></customer></packet>",
    );
}

/// The setters are called in reverse order.
#[test]
fn add_with_all_elements_is_sent_in_the_order_of_the_schema() {
    let info = AddGenInfo::new("Ottilie Graf", "ottilie", "s3cret")
        .description("likes gardens")
        .external_id("crm:77")
        .owner(AddGenInfoOwner::owner_login("mittler"))
        .locale("de-DE")
        .country("DE")
        .pcode("99423")
        .state("TH")
        .city("Weimar")
        .address("Am Park 1")
        .email("ottilie@weimar.example")
        .fax("+49 3643 2")
        .phone("+49 3643 1")
        .status(16)
        .cname("Garten & Söhne");
    assert_sent(
        Add::new(info),
        "<packet><customer><add><gen_info>\
         <cname>Garten &amp; Söhne</cname><pname>Ottilie Graf</pname><login>ottilie</login><passwd>s3cret</passwd>\
         <status>16</status><phone>+49 3643 1</phone><fax>+49 3643 2</fax><email>ottilie@weimar.example</email>\
         <address>Am Park 1</address><city>Weimar</city><state>TH</state><pcode>99423</pcode><country>DE</country>\
         <locale>de-DE</locale><owner-login>mittler</owner-login><external-id>crm:77</external-id>\
         <description>likes gardens</description>\
         </gen_info></add></customer></packet>",
    );
}

#[test]
fn add_sends_each_kind_of_owner() {
    for (owner, element) in [
        (AddGenInfoOwner::owner_id(12), "<owner-id>12</owner-id>"),
        (AddGenInfoOwner::owner_login("mittler"), "<owner-login>mittler</owner-login>"),
        (AddGenInfoOwner::owner_external_id("r:5"), "<owner-external-id>r:5</owner-external-id>"),
    ] {
        assert_sent(
            Add::new(AddGenInfo::new("Edgar", "edgar", "s3cret").owner(owner)),
            &format!(
                "<packet><customer><add><gen_info><pname>Edgar</pname><login>edgar</login><passwd>s3cret</passwd>\
                 {element}</gen_info></add></customer></packet>"
            ),
        );
    }
}

#[test]
fn add_in_the_wrong_order_is_rejected() {
    let error = assert_rejected(
        "<packet><customer><add><gen_info><login>edgar</login><pname>Edgar</pname><passwd>x</passwd></gen_info></add></customer></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/customer/add/gen_info: unexpected element <login>; expected <pname>");
}

#[test]
fn add_returns_id_and_guid() {
    let added = answer::<Add>(
        "<packet><customer><add><result><status>ok</status><id>4711</id><guid>0a1b-2c</guid></result></add></customer></packet>",
    )
    .unwrap();
    assert_eq!((added.id.get(), &*added.guid), (4711, "0a1b-2c"));
}

#[test]
fn add_taken_login_is_a_fault_without_an_account() {
    let fault = answer::<Add>(
        "<packet><customer><add><result><status>error</status><errcode>1007</errcode>\
         <errtext>The login is taken</errtext></result></add></customer></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&fault), (Some(1007), Some("The login is taken".to_owned())));
    assert_eq!(fault.body, None);
    assert!(fault.code.is_some_and(ErrorCode::may_already_exist));
}

/// A fault may contain the account nevertheless.
#[test]
fn add_fault_keeps_the_account() {
    let fault = answer::<Add>(
        "<packet><customer><add><result><status>error</status><errcode>1023</errcode><errtext>No mail</errtext>\
         <id>4711</id><guid>0a1b-2c</guid></result></add></customer></packet>",
    )
    .unwrap_err();
    let account = fault.body.unwrap();
    assert_eq!((account.id.get(), &*account.guid), (4711, "0a1b-2c"));
}

/// An ok without the account is valid, because the group is optional in the schema. But a program could not continue
/// with it.
#[test]
fn add_ok_without_an_account_is_incomplete() {
    let xml = "<packet><customer><add><result><status>ok</status></result></add></customer></packet>";
    assert!(Add::answer(Add::replies(valid(xml)).remove(0)).unwrap_err().is_incomplete());
    let (_, outcome) = exchange(Add::sample(), xml);
    let fault = outcome.unwrap().unwrap_err();
    assert!(fault.is_incomplete() && fault.code.is_none() && !fault.may_already_exist());
    assert_eq!(
        plesk::Error::from(fault.clone()).to_string(),
        format!(
            "customer/add on {}: the server answered ok, but without the data of a success; the operation was probably \
             carried out, so check the server's state before sending it again",
            fault.host().unwrap()
        )
    );
}

/// The group is all or nothing: both elements or none.
#[test]
fn add_half_an_account_is_unreadable() {
    let fault = lenient_answer::<Add>(
        "<packet><customer><add><result><status>ok</status><id>4711</id></result></add></customer></packet>",
    )
    .unwrap_err();
    assert_eq!(
        fault.unreadable.as_ref().expect("an error").to_string(),
        "line 1: packet/customer[1]/add/result: <guid> is missing"
    );
    assert_eq!(fault.body.expect("what could be read").id.get(), 4711);
}

#[test]
fn add_result_out_of_order_is_read_leniently() {
    let added = lenient_answer::<Add>(
        "<packet><customer><add><result><guid>0a1b-2c</guid><id>4711</id><status>ok</status></result></add></customer></packet>",
    )
    .unwrap();
    assert_eq!((added.id.get(), &*added.guid), (4711, "0a1b-2c"));
}

/// `add` creates one account, so its reply has one result.
#[test]
fn add_second_result_is_rejected_strictly() {
    let xml = "<packet><customer><add>\
         <result><status>ok</status><id>1</id><guid>a</guid></result>\
         <result><status>ok</status><id>2</id><guid>b</guid></result>\
         </add></customer></packet>";
    let error = read::<plesk::response::Packet>(xml, Strictness::Strict).unwrap_err();
    assert_eq!(error.to_string(), "line 1: packet/customer/add: unexpected element <result>");
}
