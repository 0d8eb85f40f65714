//! A request and a response for every operation of the table, with every element that they may contain.

/// The requests, with their operations.
pub(crate) const REQUESTS: &[(&str, &str)] = &[
    (
        "customer/add",
        "<packet version=\"1.6.9.1\"><request-settings><setting><name>locale</name><value>de</value></setting></request-settings>\
         <customer><add><gen_info><cname>Garten</cname><pname>Ottilie</pname><login>ottilie</login><passwd>s3cret</passwd>\
         <status>16</status><phone>1</phone><fax>2</fax><email>o@weimar.example</email><address>Park 1</address>\
         <city>Weimar</city><state>TH</state><pcode>99423</pcode><country>DE</country><locale>de-DE</locale>\
         <owner-id>12</owner-id><external-id>crm:77</external-id><description>d</description></gen_info></add></customer></packet>",
    ),
    (
        "customer/get",
        "<packet><customer><get><filter><login>ottilie</login><login>edgar</login></filter>\
         <dataset><gen_info></gen_info><stat></stat></dataset></get></customer></packet>",
    ),
    (
        "customer/del",
        "<packet><customer><del><filter><id>4711</id><id>4712</id></filter></del>\
         <del><filter><external-id>crm:77</external-id></filter></del></customer></packet>",
    ),
    (
        "customer/set",
        "<packet><customer><set><filter><owner-id>1</owner-id></filter><values><gen_info><cname>Garten</cname>\
         <pname>Ottilie</pname><login>ottilie</login><passwd>s3cret</passwd><status>0</status><phone>1</phone><fax>2</fax>\
         <email>o@weimar.example</email><address>Park 1</address><city>Weimar</city><state>TH</state><pcode>99423</pcode>\
         <country>DE</country><locale>de-DE</locale><guid></guid><external-id>crm:77</external-id><description>d</description>\
         </gen_info></values></set></customer></packet>",
    ),
    (
        "customer/convert-to-reseller",
        "<packet><customer><convert-to-reseller><filter><guid>g1</guid><guid>g2</guid></filter>\
         <reseller-plan-name>Ten</reseller-plan-name></convert-to-reseller></customer></packet>",
    ),
    (
        "customer/change-owner",
        "<packet><customer><change-owner><filter><owner-login>admin</owner-login></filter>\
         <new-owner-login>mittler</new-owner-login><ipV4-address>192.0.2.7</ipV4-address>\
         <ipV4-address>192.0.2.8</ipV4-address><ipV6-address>2001:db8::1</ipV6-address>\
         <plan-name>Gold</plan-name></change-owner></customer></packet>",
    ),
    (
        "customer/get-domain-list",
        "<packet><customer><get-domain-list><filter></filter></get-domain-list></customer></packet>",
    ),
    (
        "webspace/del",
        "<packet><webspace><del><filter><owner-external-id>o1</owner-external-id><owner-external-id>o2</owner-external-id></filter></del>\
         <del><filter><name>see.example</name></filter></del><del><filter><owner-guid>g</owner-guid></filter></del></webspace></packet>",
    ),
    (
        "service-plan/del",
        "<packet><service-plan><del><filter><name>Gold</name><name>Silver</name></filter><owner-id>12</owner-id></del>\
         <del><filter></filter><owner-login>mittler</owner-login></del></service-plan></packet>",
    ),
    ("session/get", "<packet><session><get></get></session></packet>"),
    (
        "session/terminate",
        "<packet><session><terminate><session-id>5d02c7</session-id></terminate></session>\
         <session><terminate><session-id>5d02c8</session-id></terminate></session></packet>",
    ),
    (
        "reseller/del",
        "<packet><reseller><del><filter><all></all></filter></del><del><filter><login>m</login></filter></del></reseller></packet>",
    ),
];

/// The responses, with their operations. If possible, each has a success and an error.
pub(crate) const RESPONSES: &[(&str, &str)] = &[
    (
        "customer/add",
        "<packet version=\"1.6.9.1\"><customer><add><result><status>ok</status><errcode>0</errcode><errtext>t</errtext>\
         <id>4711</id><guid>0a1b</guid></result></add></customer><output>o</output></packet>",
    ),
    (
        "customer/get",
        "<packet><customer><get><result><status>ok</status><errcode>0</errcode><errtext>t</errtext>\
         <filter-id>ottilie</filter-id><id>4711</id><data><gen_info><cr_date>2019-02-28</cr_date><cname>Garten</cname>\
         <pname>Ottilie</pname><login>ottilie</login><status>0</status><phone>1</phone><fax>2</fax>\
         <email>o@weimar.example</email><address>Park 1</address><city>Weimar</city><state>TH</state><pcode>99423</pcode>\
         <country>DE</country><locale>de-DE</locale><password>$1$a</password><password_type>crypt</password_type>\
         <guid>0a1b</guid><owner-id>1</owner-id><owner-login>admin</owner-login><vendor-guid>v1</vendor-guid>\
         <external-id>crm:77</external-id><description>d</description></gen_info>\
         <stat><active_domains>3</active_domains><subdomains>4</subdomains><disk_space>5</disk_space><postboxs>6</postboxs>\
         <redirects>7</redirects><mail_groups>8</mail_groups><mail_resps>9</mail_resps><mail_lists>10</mail_lists>\
         <web_users>11</web_users><data_bases>12</data_bases><traffic>13</traffic><traffic_prevday>14</traffic_prevday></stat>\
         </data></result><result><status>error</status><errcode>1013</errcode><errtext>No edgar</errtext>\
         <filter-id>edgar</filter-id></result></get></customer></packet>",
    ),
    (
        "customer/del",
        "<packet><customer><del><result><status>ok</status><errcode>0</errcode><errtext>t</errtext>\
         <filter-id>ottilie</filter-id><id>4711</id></result><result><status>error</status><errcode>1013</errcode>\
         <errtext>No 4712</errtext><filter-id>4712</filter-id><id>4712</id></result></del></customer></packet>",
    ),
    (
        "customer/set",
        "<packet><customer><set><result><status>ok</status><filter-id>4711</filter-id><id>4711</id></result>\
         <result><status>error</status><errcode>1019</errcode><errtext>Weak</errtext><filter-id>4712</filter-id></result></set></customer></packet>",
    ),
    (
        "customer/convert-to-reseller",
        "<packet><customer><convert-to-reseller><result><status>ok</status><filter-id>g1</filter-id><id>4711</id></result>\
         <result><status>error</status><errcode>1013</errcode><errtext>No g2</errtext><filter-id>g2</filter-id></result>\
         </convert-to-reseller></customer></packet>",
    ),
    (
        "customer/change-owner",
        "<packet><customer><change-owner><result><status>ok</status><filter-id>admin</filter-id><id>4711</id></result>\
         <result><status>error</status><errcode>1018</errcode><errtext>No IP</errtext><id>4712</id></result>\
         </change-owner></customer></packet>",
    ),
    (
        "customer/get-domain-list",
        "<packet><customer><get-domain-list><result><status>ok</status><errcode>0</errcode><errtext>t</errtext>\
         <filter-id>4711</filter-id><id>4711</id><domains><domain><id>6</id><name>park.example</name>\
         <ascii-name>park.example</ascii-name><type>subdomain</type><main>true</main><guid>g6</guid>\
         <external-id>s6</external-id><parent-id>5</parent-id><domain-id>7</domain-id></domain>\
         <domain><id>8</id><name>b.example</name><ascii-name>b.example</ascii-name><type>alias</type><main>0</main>\
         <guid>g8</guid><external-id></external-id></domain></domains></result>\
         <result><status>error</status><errcode>1013</errcode></result></get-domain-list></customer></packet>",
    ),
    (
        "webspace/del",
        "<packet><webspace><del><result><status>ok</status><errcode>0</errcode><errtext>t</errtext>\
         <filter-id>see.example</filter-id><id>93</id></result><result><status>error</status><errcode>1013</errcode>\
         <errtext>No</errtext><filter-id>a.example</filter-id></result></del><del></del></webspace></packet>",
    ),
    (
        "service-plan/del",
        "<packet><service-plan><del><result><status>ok</status><errcode>0</errcode><errtext>t</errtext><id>31</id>\
         <problems>p</problems></result><result><status>error</status><errcode>1013</errcode><errtext>No</errtext>\
         <external-id>shop/5</external-id><problems>q</problems></result><result><status>ok</status><name>Gold</name></result>\
         <result><status>ok</status><guid>g</guid></result></del></service-plan></packet>",
    ),
    (
        "session/get",
        "<packet><session><get><result><status>ok</status><errcode>0</errcode><errtext>t</errtext>\
         <session><id>5d02</id><type>client</type><ip-address>192.0.2.1</ip-address><login>ottilie</login>\
         <login-time>2021-06-01T08:30:00</login-time><idle>2021-06-01T08:45:00Z</idle></session>\
         <session><id>5d03</id><type>admin</type><ip-address>2001:db8::5</ip-address><login>admin</login>\
         <login-time>2021-06-01T08:30:00.5+02:00</login-time><idle>2021-06-01T08:45:00</idle></session></result></get></session></packet>",
    ),
    (
        "session/terminate",
        "<packet><session><terminate><result><status>error</status><errcode>1013</errcode><errtext>No session</errtext>\
         </result></terminate><terminate><result><status>ok</status></result></terminate></session></packet>",
    ),
    (
        "reseller/del",
        "<packet><reseller><del><result><status>ok</status><errcode>0</errcode><errtext>t</errtext>\
         <filter-id>53</filter-id><id>53</id></result><result><status>error</status><errcode>1013</errcode>\
         <errtext>No 59</errtext><filter-id>59</filter-id></result></del></reseller></packet>",
    ),
    (
        "system",
        "<packet version=\"1.6.9.1\"><system><status>error</status><errcode>1014</errcode><errtext>Invalid</errtext></system>\
         <output>o</output></packet>",
    ),
];

#[test]
fn every_operation_has_a_sample() {
    for (operator, operation) in super::OPERATIONS {
        let name = format!("{operator}/{operation}");
        assert!(REQUESTS.iter().any(|(of, xml)| *of == name && xml.contains(&format!("<{operation}>"))), "{name}");
        assert!(RESPONSES.iter().any(|(of, xml)| *of == name && xml.contains(&format!("<{operation}>"))), "{name}");
    }
}

/// Elements without a sample are not tested elsewhere, so every element of these operations, of their replies and of the
/// packet itself must have one.
#[test]
fn every_element_has_a_sample() {
    let samples: String = REQUESTS.iter().chain(RESPONSES).map(|(_, xml)| *xml).collect();
    let items = super::emitted();
    let sampled = |item: &&super::Item| {
        item.operation().is_some_and(|(operator, path)| super::OPERATIONS.contains(&(&*operator, &*path)))
    };
    let roots = items.values().filter(sampled).map(super::Item::path);
    let packets = ["request::Packet", "response::Packet"].map(str::to_owned);
    let mut elements = 0;
    for path in super::reachable(&items, roots.chain(packets), |item| item.name != "Operator") {
        for attribute in items[&path].attributes.values() {
            let Some((word, rest)) = attribute.trim_start_matches("#[xml(").split_once("=\"") else { continue };
            if !["text", "element", "flag"].contains(&word) {
                continue;
            }
            let (name, _) = rest.split_once('"').unwrap();
            assert!(samples.contains(&format!("<{name}>")), "<{name}> of {path}");
            elements += 1;
        }
    }
    assert!(elements > 100, "{elements} elements");
}

#[test]
fn samples_are_valid() {
    use super::{Direction, libxml2_verdicts, verdict};
    use plesk::{request, response};

    for (name, xml) in REQUESTS {
        assert!(verdict::<request::Packet>(xml).is_ok(), "{name}");
    }
    for (name, xml) in RESPONSES {
        assert!(verdict::<response::Packet>(xml).is_ok(), "{name}");
    }
    for (direction, samples) in [(Direction::Request, REQUESTS), (Direction::Response, RESPONSES)] {
        let packets: Vec<_> = samples.iter().map(|(_, xml)| xml).collect();
        if let Some(verdicts) = libxml2_verdicts(direction, &packets) {
            assert!(verdicts.iter().all(|valid| *valid), "{direction:?}: {verdicts:?}");
        }
    }
}
