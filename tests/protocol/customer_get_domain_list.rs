//! `customer/get-domain-list`: lists the domains of customers.

use plesk::customer::{Filter, GetDomainList};
use plesk::{Operation, response};

use crate::support::{Packed, answer, assert_sent, code, valid};

#[test]
fn get_domain_list_sends_the_filter() {
    assert_sent(
        GetDomainList::new(Filter::owner_ids([1, 2])),
        "<packet><customer><get-domain-list><filter><owner-id>1</owner-id><owner-id>2</owner-id></filter>\
         </get-domain-list></customer></packet>",
    );
}

#[test]
fn get_domain_list_reads_domains_subdomains_and_aliases() {
    let answer = answer::<GetDomainList>(
        "<packet><customer><get-domain-list><result><status>ok</status><filter-id>4711</filter-id><id>4711</id><domains>\
         <domain><id>5</id><name>gärten.example</name><ascii-name>xn--grten-hra.example</ascii-name><type>domain</type>\
         <main>true</main><guid>g5</guid><external-id></external-id></domain>\
         <domain><id>6</id><name>park.gärten.example</name><ascii-name>park.xn--grten-hra.example</ascii-name>\
         <type>subdomain</type><main>0</main><guid>g6</guid><external-id>s6</external-id><parent-id>5</parent-id></domain>\
         <domain><id>7</id><name>g.example</name><ascii-name>g.example</ascii-name><type>alias</type><main>false</main>\
         <guid>g7</guid><external-id/><domain-id>5</domain-id></domain>\
         </domains></result></get-domain-list></customer></packet>",
    );
    let lists = answer.all_ok().unwrap();
    let domains: Vec<_> = lists[0]
        .domains
        .as_ref()
        .unwrap()
        .domain
        .iter()
        .map(|d| {
            (
                d.id.get(),
                &*d.name,
                d.r#type.as_str(),
                d.main,
                d.parent_id.map(|id| id.get()),
                d.domain_id.map(|id| id.get()),
            )
        })
        .collect();
    assert_eq!(
        domains,
        [
            (5, "gärten.example", "domain", true, None, None),
            (6, "park.gärten.example", "subdomain", false, Some(5), None),
            (7, "g.example", "alias", false, None, Some(5)),
        ]
    );
    let first = &lists[0].domains.as_ref().unwrap().domain[0];
    assert_eq!((&*first.ascii_name, &*first.guid, &*first.external_id), ("xn--grten-hra.example", "g5", ""));
}

#[test]
fn get_domain_list_distinguishes_no_domains_from_no_account() {
    let outcomes: Vec<_> = answer::<GetDomainList>(
        "<packet><customer><get-domain-list>\
         <result><status>ok</status><filter-id>4711</filter-id><id>4711</id><domains/></result>\
         <result><status>error</status><errcode>1013</errcode><errtext>No 4712</errtext><filter-id>4712</filter-id></result>\
         </get-domain-list></customer></packet>",
    )
    .into_iter()
    .collect();
    assert_eq!(outcomes[0].as_ref().unwrap().domains.as_ref().unwrap().domain, []);
    let fault = outcomes[1].as_ref().unwrap_err();
    assert_eq!(code(fault), (Some(1013), Some("No 4712".to_owned())));
    assert_eq!(fault.body.filter_id.as_deref(), Some("4712"));
}

/// Servers report "nothing matched" in three ways; the schema allows all of them here.
#[test]
fn get_domain_list_without_a_match_is_empty() {
    for results in
        ["", "<result><status>ok</status></result>", "<result><status>ok</status><filter-id>edgar</filter-id></result>"]
    {
        let xml = format!("<packet><customer><get-domain-list>{results}</get-domain-list></customer></packet>");
        assert!(answer::<GetDomainList>(&xml).is_empty(), "{xml}");
    }
}

/// The schema allows the operation's element to repeat; all of them together are one answer.
#[test]
fn get_domain_list_joins_several_elements() {
    let packet: response::Packet = valid(
        "<packet><customer>\
         <get-domain-list><result><status>ok</status><id>1</id></result></get-domain-list>\
         <get-domain-list><result><status>ok</status><id>2</id></result><result><status>ok</status><id>3</id></result></get-domain-list>\
         </customer></packet>",
    );
    let mut replies = GetDomainList::replies(packet).into_iter();
    let mut reply = replies.next().unwrap();
    const { assert!(GetDomainList::REPEATS) };
    replies.for_each(|further| GetDomainList::join(&mut reply, further));
    let ids: Vec<_> =
        GetDomainList::answer(reply).all_ok().unwrap().iter().map(|list| list.id.unwrap().get()).collect();
    assert_eq!(ids, [1, 2, 3]);
}
