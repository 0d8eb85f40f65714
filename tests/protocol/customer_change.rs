//! `customer/set`, `convert-to-reseller` and `change-owner`: operations that change accounts.

use plesk::customer::{ChangeOwner, ConvertToReseller, Filter, Set, SetGenInfo, SetValues};
use plesk::{Effect, Idempotency, Operation};

use crate::support::{answer, assert_rejected, assert_sent, failed, lenient_answer, ok, summarize};

#[test]
fn set_sends_only_the_given_values() {
    assert_sent(
        Set::new(Filter::id(4711), SetValues::new().gen_info(SetGenInfo::new().email("o@weimar.example").phone(""))),
        "<packet><customer><set><filter><id>4711</id></filter>\
         <values><gen_info><phone></phone><email>o@weimar.example</email></gen_info></values></set></customer></packet>",
    );
    assert_sent(
        Set::new(Filter::login("edgar"), SetValues::new()),
        "<packet><customer><set><filter><login>edgar</login></filter><values/></set></customer></packet>",
    );
}

#[test]
fn set_with_all_values_is_sent_in_the_order_of_the_schema() {
    let info = SetGenInfo::new()
        .description("d")
        .external_id("e")
        .guid()
        .locale("de")
        .country("DE")
        .pcode("p")
        .state("s")
        .city("c")
        .address("a")
        .email("m")
        .fax("f")
        .phone("h")
        .status(0)
        .passwd("w")
        .login("l")
        .pname("n")
        .cname("k");
    assert_sent(
        Set::new(Filter::guids(["g1", "g2"]), SetValues::new().gen_info(info)),
        "<packet><customer><set><filter><guid>g1</guid><guid>g2</guid></filter><values><gen_info>\
         <cname>k</cname><pname>n</pname><login>l</login><passwd>w</passwd><status>0</status><phone>h</phone>\
         <fax>f</fax><email>m</email><address>a</address><city>c</city><state>s</state><pcode>p</pcode>\
         <country>DE</country><locale>de</locale><guid/><external-id>e</external-id><description>d</description>\
         </gen_info></values></set></customer></packet>",
    );
}

#[test]
fn convert_to_reseller_sends_the_plan() {
    assert_sent(
        ConvertToReseller::new(Filter::ids([4711, 4712])),
        "<packet><customer><convert-to-reseller><filter><id>4711</id><id>4712</id></filter>\
         </convert-to-reseller></customer></packet>",
    );
    assert_sent(
        ConvertToReseller::new(Filter::login("edgar")).reseller_plan_name("Reseller 10"),
        "<packet><customer><convert-to-reseller><filter><login>edgar</login></filter>\
         <reseller-plan-name>Reseller 10</reseller-plan-name></convert-to-reseller></customer></packet>",
    );
}

#[test]
fn change_owner_sends_plan_and_addresses() {
    assert_sent(
        ChangeOwner::new(Filter::external_id("crm:77"), "mittler"),
        "<packet><customer><change-owner><filter><external-id>crm:77</external-id></filter>\
         <new-owner-login>mittler</new-owner-login></change-owner></customer></packet>",
    );
    let moved = ChangeOwner::new(Filter::owner_login("admin"), "mittler")
        .plan_name("Gold")
        .ip_v6_address(["2001:db8::1"])
        .ip_v4_address(["192.0.2.7", "192.0.2.8"]);
    assert_sent(
        moved,
        "<packet><customer><change-owner><filter><owner-login>admin</owner-login></filter>\
         <new-owner-login>mittler</new-owner-login><ipV4-address>192.0.2.7</ipV4-address>\
         <ipV4-address>192.0.2.8</ipV4-address><ipV6-address>2001:db8::1</ipV6-address><plan-name>Gold</plan-name>\
         </change-owner></customer></packet>",
    );
}

#[test]
fn change_owner_without_an_owner_is_rejected() {
    let error = assert_rejected(
        "<packet><customer><change-owner><filter><id>4711</id></filter></change-owner></customer></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/customer/change-owner: <new-owner-login> is missing");
}

/// All three return one result for each account.
#[test]
fn changes_return_an_outcome_for_each_account() {
    fn check<Op: crate::support::Packed<Answer = plesk::Outcomes<plesk::common::Matched>>>(name: &str) {
        let packet = |results: &str| format!("<packet><customer><{name}>{results}</{name}></customer></packet>");
        let mixed = answer::<Op>(&packet(
            "<result><status>ok</status><filter-id>4711</filter-id><id>4711</id></result>\
             <result><status>error</status><errcode>1015</errcode><errtext>No owner</errtext><filter-id>edgar</filter-id></result>\
             <result><status>ok</status></result>",
        ));
        assert_eq!(summarize(mixed), [ok("4711", 4711), failed(1015, "No owner", "edgar", None), ok(None, None)]);
        assert!(lenient_answer::<Op>(&packet("")).is_empty());
    }
    check::<Set>("set");
    check::<ConvertToReseller>("convert-to-reseller");
    check::<ChangeOwner>("change-owner");
}

/// Setting the same again is idempotent, unless the operation changes what its filter selects.
#[test]
fn changes_have_effect_and_idempotency_of_their_filter() {
    let set = |filter| Set::new(filter, SetValues::new());
    assert_eq!(
        (set(Filter::id(7)).effect(), set(Filter::id(7)).idempotency()),
        (Effect::Change, Idempotency::Idempotent)
    );
    assert_eq!(set(Filter::Everything).effect(), Effect::ChangeEverything);
    assert_eq!(ConvertToReseller::new(Filter::Everything).effect(), Effect::ChangeEverything);
    assert_eq!(ChangeOwner::new(Filter::Everything, "m").effect(), Effect::ChangeEverything);
    assert_eq!(ChangeOwner::new(Filter::owner_id(1), "m").idempotency(), Idempotency::NotIdempotent);
}
