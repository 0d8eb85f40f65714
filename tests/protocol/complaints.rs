//! Problems that users of other clients report. The numbers refer to a list of such reports.

use plesk::common::{HostingProperty, HostingType};
use plesk::customer::{self, AddGenInfo, AddGenInfoOwner};
use plesk::request::Packet;
use plesk::response::{self, Body};
use plesk::{ErrorCode, check, database, dns, mail, reseller, session, site, webspace};

use crate::support::{Direction, Packed};
use crate::support::{
    Refusal, answer, assert_libxml2, assert_rejected, assert_sent, code, lenient_answer, valid, verdict, written,
};

/// 1, 2, 3: "1014, invalid request" for every call. Invalid packets cannot be sent; if a server refuses a packet
/// anyway, the caller gets its error text.
#[test]
fn error_1014_keeps_the_text_of_the_server() {
    for text in [
        "Parser error: Request is invalid. Error in line 3: Element 'client': This element is not expected.",
        "Parser error: Request is invalid. Error in line 3: Element 'webspace': This element is not expected.",
    ] {
        let packet = valid(&format!(
            "<packet version=\"1.6.9.1\"><system><status>error</status><errcode>1014</errcode><errtext>{text}</errtext></system></packet>"
        ));
        let Body::System(outcome) = packet.body else { panic!("{:?}", packet.body) };
        let fault = outcome.into_result().unwrap_err();
        assert_eq!(fault.code, Some(ErrorCode::INVALID_PACKET));
        assert_eq!(fault.to_string(), format!("error 1014: {text}"));
    }
}

/// 1: every request of a client for DNS records was refused.
#[test]
fn dns_request_is_valid() {
    assert_sent(
        dns::AddRec::new(dns::Zone::site_id(7), "TXT", "_acme".to_owned(), "x y"),
        "<packet><dns><add_rec><site-id>7</site-id><type>TXT</type><host>_acme</host><value>x y</value></add_rec></dns></packet>",
    );
    assert_sent(
        dns::GetRec::new(dns::RecordFilter::site_id(7)),
        "<packet><dns><get_rec><filter><site-id>7</site-id></filter></get_rec></dns></packet>",
    );
    // Elements in a different order are invalid for the server.
    let error = assert_rejected(
        "<packet><dns><add_rec><site-id>7</site-id><host>a</host><type>A</type><value>192.0.2.7</value></add_rec></dns></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/dns/add_rec: unexpected element <host>; expected <type>");
}

/// 3, 12: a subscription with hosting. The order of the calls does not matter, and there may be two addresses.
#[test]
fn subscription_is_written_in_the_order_of_the_schema() {
    let hosting = webspace::PhysicalHosting::new()
        .ip_address(["192.0.2.7", "2001:db8::7"])
        .property([HostingProperty::new("ftp_login", "ottilie"), HostingProperty::new("ftp_password", "a&b<c>")]);
    let setup = webspace::AddGenSetup::new()
        .name("see.example")
        .owner_id(12)
        .htype(HostingType::VrtHst)
        .ip_address("192.0.2.7");
    let add = webspace::Add::new(setup)
        .plan(webspace::AddPlan::plan_name("Gold"))
        .hosting(webspace::Hosting::VrtHst(hosting));
    assert_sent(
        add.clone(),
        "<packet><webspace><add><gen_setup><name>see.example</name><owner-id>12</owner-id><htype>vrt_hst</htype>\
         <ip_address>192.0.2.7</ip_address></gen_setup><hosting><vrt_hst>\
         <property><name>ftp_login</name><value>ottilie</value></property>\
         <property><name>ftp_password</name><value>a&amp;b&lt;c&gt;</value></property>\
         <ip_address>192.0.2.7</ip_address><ip_address>2001:db8::7</ip_address></vrt_hst></hosting>\
         <plan-name>Gold</plan-name></add></webspace></packet>",
    );
    let shown = format!("{add:?}");
    assert!(!shown.contains("a&b<c>"), "{shown}");
}

/// 2: operators that the protocol no longer has are rejected before anything is sent.
#[test]
fn removed_operator_is_rejected() {
    for operator in ["client", "domain", "client-template"] {
        let error = assert_rejected(&format!("<packet><{operator}><get><filter/></get></{operator}></packet>"));
        let violations =
            check::<Packet>(format!("<packet>\n<{operator}/></packet>").as_bytes()).unwrap_err().to_string();
        assert!(violations.starts_with(&format!("line 2: packet/{operator}: unexpected element; ")), "{violations}");
        assert!(error.to_string().starts_with(&format!("line 1: packet: unexpected element <{operator}>")), "{error}");
    }
}

/// 1: a packet that older servers accepted and newer ones do not. All violations are reported at once, with advice.
#[test]
fn invalid_request_reports_all_violations() {
    let xml = "<packet>\n<customer><add><gen_info>\n<login>edgar</login>\n<pname>E</pname>\n<passwd>x</passwd>\n\
               <owner_id>1</owner_id>\n</gen_info></add></customer>\n<customer><del><filter><id>1</id>\n<login>m</login>\n\
               </filter></del></customer></packet>";
    assert_libxml2(Direction::Request, xml, false);
    assert_eq!(
        check::<Packet>(xml.as_bytes()).unwrap_err().to_string(),
        "line 3: packet/customer/add/gen_info/login: unexpected element; <pname> must come before it\n\
         line 9: packet/customer/del/filter/login: unexpected element; cannot be combined with <id>; keep one"
    );
}

/// 3, 4: with a version that is too old, servers refuse operators or features (1017). By default, none is sent.
#[test]
fn version_is_sent_only_if_set() {
    let xml = written(&session::Get::new().into_packet());
    assert_eq!(xml, "<packet><session><get/></session></packet>");
    let pinned = Packet::new().version("1.6.3.0").session(session::Requests::new().get(session::Get::new()));
    assert_eq!(written(&pinned), "<packet version=\"1.6.3.0\"><session><get/></session></packet>");

    let fault = answer::<customer::Get>(
        "<packet version=\"1.6.3.0\"><customer><get><result><status>error</status><errcode>1017</errcode>\
         <errtext>Not supported in 1.6.3.0</errtext></result></get></customer></packet>",
    )
    .into_single()
    .unwrap()
    .unwrap_err();
    assert_eq!(fault.code, Some(ErrorCode::UNSUPPORTED_FEATURE));
}

/// 5, 6: an empty owner-id cannot be built, and the error for a raw packet with one has the path and the reason.
#[test]
fn empty_owner_id_of_a_customer_is_reported() {
    let raw = |owner: &str| {
        format!(
            "<packet><customer><add><gen_info><pname>E</pname><login>edgar</login><passwd>x</passwd>{owner}</gen_info></add></customer></packet>"
        )
    };
    for owner in ["<owner-id></owner-id>", "<owner-id/>"] {
        assert_eq!(
            assert_rejected(&raw(owner)).to_string(),
            "line 1: packet/customer/add/gen_info/owner-id: '' is not an integer"
        );
        let violations = check::<Packet>(raw(&format!("\n{owner}")).as_bytes()).unwrap_err();
        assert_eq!(
            violations.to_string(),
            "line 2: packet/customer/add/gen_info/owner-id: '' is not an integer; leave the element out if it has no value"
        );
        // The only message that the reporters got.
        assert_eq!(
            violations.first().libxml2(),
            Some("Element 'owner-id': '' is not a valid value of the atomic type 'int'.")
        );
    }
    // Without an owner, the element is left out.
    assert_sent(customer::Add::new(AddGenInfo::new("E", "edgar", "x")), &raw(""));
    assert_sent(
        customer::Add::new(AddGenInfo::new("E", "edgar", "x").owner(AddGenInfoOwner::owner_id(0))),
        &raw("<owner-id>0</owner-id>"),
    );

    let xml = "<packet><customer><del><filter><id>0</id></filter></del></customer></packet>";
    assert_libxml2(Direction::Request, xml, false);
    let Err(Refusal::Values(violations)) = verdict::<Packet>(xml) else { panic!("0 is an id") };
    assert_eq!(violations.to_string(), "packet/customer/del/filter/id[1]: '0' must be at least 1");
}

/// 5, 6: the request of the reporters: an owner without an ID.
#[test]
fn empty_owner_id_of_a_subscription_is_reported() {
    let raw = |owner: &str| {
        format!(
            "<packet><webspace><add><gen_setup><name>see.example</name>{owner}</gen_setup></add></webspace></packet>"
        )
    };
    assert_eq!(
        assert_rejected(&raw("<owner-id></owner-id>")).to_string(),
        "line 1: packet/webspace/add/gen_setup/owner-id: '' is not an integer"
    );
    assert_sent(webspace::Add::new(webspace::AddGenSetup::new().name("see.example")), &raw(""));
}

/// 9, 10, 11: an empty `<get/>`, an ok without data and a filter without a match are all an empty list, neither an
/// error nor a null value.
#[test]
fn nothing_found_is_an_empty_list() {
    let bare = "<packet><customer><get><result><status>ok</status></result></get></customer></packet>";
    let empty = "<packet><customer><get/></customer></packet>";
    assert_eq!(answer::<customer::Get>(bare).all_ok().unwrap(), []);
    let violations = check::<response::Packet>(empty.as_bytes()).unwrap_err().to_string();
    assert_eq!(violations, "line 1: packet/customer/get: <result> is missing; add it");
    assert_eq!(lenient_answer::<customer::Get>(empty).all_ok().unwrap(), []);

    let no_domains = "<packet><customer><get-domain-list><result><status>ok</status><id>7</id></result></get-domain-list></customer></packet>";
    let lists = answer::<customer::GetDomainList>(no_domains).all_ok().unwrap();
    assert_eq!((lists.len(), &lists[0].domains), (1, &None));
}

/// 9: the reply to `site/get` is an empty `<get/>`. 10: ok without data, because no such site exists.
#[test]
fn no_sites_found_is_an_empty_list() {
    for nothing in
        ["", "<result><status>ok</status></result>", "<result><status>ok</status><filter-id>7</filter-id></result>"]
    {
        let xml = format!("<packet><site><get>{nothing}</get></site></packet>");
        assert_eq!(answer::<site::Get>(&xml).all_ok().unwrap(), [], "{nothing}");
    }
    let records = "<packet><dns><get_rec/></dns></packet>";
    assert_eq!(answer::<dns::GetRec>(records).all_ok().unwrap(), []);
    let bare = "<packet><database><get-db><result><status>ok</status><filter-id>7</filter-id></result></get-db></database></packet>";
    assert_eq!(answer::<database::GetDb>(bare).all_ok().unwrap(), []);
}

/// 11: an edition of Plesk without resellers. If the server reports that as an error, it is an error and not an
/// empty list.
#[test]
fn no_resellers_found_is_an_empty_list() {
    let answers = |inside: &str| format!("<packet><reseller><get>{inside}</get></reseller></packet>");
    assert_eq!(answer::<reseller::Get>(&answers("<result><status>ok</status></result>")).all_ok().unwrap(), []);
    assert_eq!(lenient_answer::<reseller::Get>(&answers("")).all_ok().unwrap(), []);
    let refusal = "<result><status>error</status><errcode>1023</errcode><errtext>Not licensed</errtext></result>";
    let fault = answer::<reseller::Get>(&answers(refusal)).all_ok().unwrap_err();
    assert_eq!(code(&fault), (Some(1023), Some("Not licensed".to_owned())));
}

/// 23: the same for other operators.
#[test]
fn password_of_any_account_is_escaped() {
    let mailname = mail::NewMailname::new("info").password(mail::NewMailnamePassword::new("a&b<c>\"'"));
    let create = mail::Create::new(mail::CreateFilter::new(7, [mailname]));
    assert_sent(
        create.clone(),
        "<packet><mail><create><filter><site-id>7</site-id><mailname><name>info</name>\
         <password><value>a&amp;b&lt;c&gt;\"'</value></password></mailname></filter></create></mail></packet>",
    );
    let user = database::AddDbUser::new(database::AddDbUserDatabase::db_id(7), "ottilie", "a&b<c>\"'");
    assert_sent(
        user.clone(),
        "<packet><database><add-db-user><db-id>7</db-id><login>ottilie</login>\
         <password>a&amp;b&lt;c&gt;\"'</password></add-db-user></database></packet>",
    );
    assert!(!format!("{create:?}{user:?}").contains("b<c"));
}

/// 23: `&`, `<` and `>` in a password.
#[test]
fn password_with_markup_is_escaped() {
    assert_sent(
        customer::Add::new(AddGenInfo::new("E", "edgar", "a&b<c>d\"e'f]]>g&amp;h")),
        "<packet><customer><add><gen_info><pname>E</pname><login>edgar</login>\
         <passwd>a&amp;b&lt;c&gt;d\"e'f]]&gt;g&amp;amp;h</passwd></gen_info></add></customer></packet>",
    );
    // Raw packets with unescaped passwords are rejected, and the password is not shown.
    let raw = |passwd: &str| {
        format!("<packet><session><terminate><session-id>{passwd}</session-id></terminate></session></packet>")
    };
    for passwd in ["hush&hush", "hush&hush;", "hush<hush", "hush]]>hush"] {
        assert_libxml2(Direction::Request, &raw(passwd), false);
        let violations = check::<Packet>(raw(passwd).as_bytes()).unwrap_err();
        assert_eq!(violations.first().rule, "xml", "{violations}");
        assert!(!violations.to_string().contains("hush"), "{violations}");
    }
    // White space is part of a password; a carriage return would be lost if it were not escaped.
    assert_sent(
        customer::Add::new(AddGenInfo::new("E", "edgar", " a\r\n\tb ")),
        "<packet><customer><add><gen_info><pname>E</pname><login>edgar</login>\
         <passwd> a&#13;\n\tb </passwd></gen_info></add></customer></packet>",
    );
}

/// 24: an error keeps its code and its text.
#[test]
fn fault_keeps_code_and_text() {
    let fault = answer::<customer::Get>(
        "<packet><customer><get><result><status>error</status><errcode>11999</errcode><errtext>Müde &amp; matt</errtext>\
         <filter-id>7</filter-id></result></get></customer></packet>",
    )
    .all_ok()
    .unwrap_err();
    assert_eq!(code(&fault), (Some(11999), Some("Müde & matt".to_owned())));
}
