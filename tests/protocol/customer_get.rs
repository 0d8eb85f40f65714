//! `customer/get`: reads customer accounts.

use plesk::customer::{Dataset, Filter, Get};
use plesk::{Effect, Idempotency, Operation};

use crate::support::{answer, assert_packet, assert_rejected, assert_sent, code, lenient_answer, verdict};

#[test]
fn get_sends_the_dataset() {
    for (dataset, element) in [
        (Dataset::new(), "<dataset/>"),
        (Dataset::new().gen_info(), "<dataset><gen_info/></dataset>"),
        (Dataset::new().stat().gen_info(), "<dataset><gen_info/><stat/></dataset>"),
    ] {
        assert_sent(
            Get::new(Filter::logins(["ottilie", "edgar"]), dataset),
            &format!(
                "<packet><customer><get><filter><login>ottilie</login><login>edgar</login></filter>{element}</get></customer></packet>"
            ),
        );
    }
}

#[test]
fn get_everything_has_effect_read() {
    let get = Get::new(Filter::Everything, Dataset::new().stat());
    assert_eq!((get.effect(), get.idempotency()), (Effect::Read, Idempotency::Idempotent));
    assert_sent(get, "<packet><customer><get><filter/><dataset><stat/></dataset></get></customer></packet>");
}

#[test]
fn get_without_or_with_disordered_dataset_is_rejected() {
    let error = assert_rejected("<packet><customer><get><filter/></get></customer></packet>");
    assert_eq!(error.to_string(), "line 1: packet/customer/get: <dataset> is missing");
    let error = assert_rejected(
        "<packet><customer><get><filter/><dataset><stat/><gen_info/></dataset></get></customer></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/customer/get/dataset: unexpected element <gen_info>");
}

/// The flags of a dataset have no type in the schema: any content is valid and kept.
#[test]
fn get_dataset_flag_keeps_any_content() {
    let xml = "<packet><customer><get><filter/><dataset><gen_info deep=\"1\">all <b/></gen_info></dataset></get></customer></packet>";
    assert_packet(&verdict(xml).unwrap(), xml);
}

const STAT: &str = "<stat><active_domains>3</active_domains><subdomains>4</subdomains><disk_space>5000000000</disk_space>\
     <postboxs>6</postboxs><redirects>7</redirects><mail_groups>8</mail_groups><mail_resps>9</mail_resps>\
     <mail_lists>10</mail_lists><web_users>11</web_users><data_bases>12</data_bases>\
     <traffic>13</traffic><traffic_prevday>14</traffic_prevday></stat>";

const GEN_INFO: &str = "<gen_info><cr_date>2019-02-28</cr_date><cname></cname><pname>Ottilie Graf</pname><login>ottilie</login>\
     <status>0</status><phone/><fax/><email>o@weimar.example</email><address/><city>Weimar</city><state/><pcode/>\
     <country>DE</country><locale>de-DE</locale></gen_info>";

/// Returns a response to `get` with one account that contains `data`.
fn account(data: &str) -> String {
    format!(
        "<packet><customer><get><result><status>ok</status><filter-id>ottilie</filter-id><id>4711</id>{data}</result></get></customer></packet>"
    )
}

#[test]
fn get_reads_general_data() {
    let accounts = answer::<Get>(&account(&format!("<data>{GEN_INFO}</data>"))).all_ok().unwrap();
    let [account] = &accounts[..] else { panic!("one account: {accounts:?}") };
    assert_eq!((account.filter_id.as_deref(), account.id.map(|id| id.get())), (Some("ottilie"), Some(4711)));

    let data = account.data.as_ref().unwrap();
    assert_eq!(data.stat, None);
    let info = data.gen_info.as_ref().unwrap();
    assert_eq!((info.cr_date.year(), info.cr_date.month(), info.cr_date.day()), (2019, 2, 28));
    assert_eq!((&*info.cname, &*info.pname, &*info.login, info.status), ("", "Ottilie Graf", "ottilie", 0));
    assert_eq!(
        (&*info.email, &*info.city, &*info.country, &*info.locale),
        ("o@weimar.example", "Weimar", "DE", "de-DE")
    );
    assert_eq!((&info.password, &info.guid, info.owner_id, &info.description), (&None, &None, None, &None));
}

#[test]
fn get_reads_statistics() {
    let accounts = answer::<Get>(&account(&format!("<data>{STAT}</data>"))).all_ok().unwrap();
    let stat = accounts[0].data.as_ref().unwrap().stat.as_ref().unwrap();
    assert_eq!((stat.active_domains, stat.subdomains, stat.disk_space), (3, 4, 5_000_000_000));
    assert_eq!((stat.postboxs, stat.redirects, stat.mail_groups, stat.mail_resps), (6, 7, 8, 9));
    assert_eq!((stat.mail_lists, stat.web_users, stat.data_bases), (10, 11, 12));
    assert_eq!((stat.traffic, stat.traffic_previous_day), (13, 14));
}

/// Both the parts and the fields of the general data may be in any order.
#[test]
fn get_reads_data_in_any_order() {
    let in_order = account(&format!("<data>{GEN_INFO}{STAT}</data>"));
    let reversed = account(&format!(
        "<data>{STAT}{}</data>",
        GEN_INFO
            .replace("<cr_date>2019-02-28</cr_date>", "")
            .replace("</gen_info>", "<cr_date>2019-02-28</cr_date></gen_info>")
    ));
    assert_eq!(answer::<Get>(&in_order), answer::<Get>(&reversed));
}

#[test]
fn get_password_is_read_but_not_shown() {
    let answer = answer::<Get>(&account(&format!(
        "<data>{}</data>",
        GEN_INFO.replace(
            "</gen_info>",
            "<password>$1$abc$def</password><password_type>crypt</password_type><owner-id>1</owner-id></gen_info>"
        )
    )));
    assert!(!format!("{answer:?}").contains("$1$"));
    let account = answer.into_single().unwrap().unwrap();
    let info = account.data.unwrap().gen_info.unwrap();
    assert_eq!(info.password.unwrap().expose(), "$1$abc$def");
    assert_eq!((info.password_type.as_deref(), info.owner_id), (Some("crypt"), Some(1.into())));
}

/// A required field is missing: the error names it, and the other results are not affected.
#[test]
fn get_missing_field_is_reported_for_its_result_only() {
    let short = GEN_INFO.replace("<login>ottilie</login>", "");
    let answer = lenient_answer::<Get>(&format!(
        "<packet><customer><get>\
         <result><status>ok</status><id>4711</id><data>{GEN_INFO}</data></result>\
         <result><status>ok</status><id>4712</id><data>{short}</data></result>\
         </get></customer></packet>"
    ));
    let [Ok(whole), Err(fault)] = &answer.into_iter().collect::<Vec<_>>()[..] else { panic!("an account and a fault") };
    assert_eq!(whole.id.map(|id| id.get()), Some(4711));
    assert_eq!(fault.body.id.map(|id| id.get()), Some(4712));
    assert_eq!(
        fault.unreadable.as_ref().expect("an error").to_string(),
        "line 1: packet/customer[1]/get/result[2]/data/gen_info: <login> is missing"
    );
}

/// One damaged part does not take the others with it.
#[test]
fn get_damaged_part_leaves_the_others_of_its_result() {
    let short = GEN_INFO.replace("<login>ottilie</login>", "");
    let damaged = STAT.replacen("</", "x</", 1);
    for (parts, has_gen_info, error) in [
        (format!("{short}{STAT}"), false, "packet/customer[1]/get/result/data/gen_info: <login> is missing"),
        (format!("{GEN_INFO}{damaged}"), true, "packet/customer[1]/get/result/data/stat/"),
    ] {
        let answer = lenient_answer::<Get>(&account(&format!("<data>{parts}</data>")));
        let fault = answer.into_single().unwrap().unwrap_err();
        let data = fault.body.data.expect("the other part");
        assert_eq!((data.gen_info.is_some(), data.stat.is_some()), (has_gen_info, !has_gen_info));
        let unreadable = fault.unreadable.expect("an error").to_string().replace("result[1]", "result");
        assert!(unreadable.contains(error), "{unreadable}");
    }
}

#[test]
fn get_missing_account_is_a_fault() {
    let answer = answer::<Get>(
        "<packet><customer><get><result><status>error</status><errcode>1013</errcode><errtext>No edgar</errtext>\
         <filter-id>edgar</filter-id></result></get></customer></packet>",
    );
    let fault = answer.into_single().unwrap().unwrap_err();
    assert_eq!(code(&fault), (Some(1013), Some("No edgar".to_owned())));
    assert_eq!((fault.body.filter_id.as_deref(), fault.body.id, fault.body.data), (Some("edgar"), None, None));
}

/// Servers report "nothing matched" in three ways. All of them are read as no accounts.
#[test]
fn get_without_a_match_is_empty() {
    let empty = lenient_answer::<Get>("<packet><customer><get/></customer></packet>");
    assert_eq!((empty.len(), empty.nothing_found().len()), (0, 0));

    let bare = answer::<Get>("<packet><customer><get><result><status>ok</status></result></get></customer></packet>");
    assert_eq!((bare.len(), bare.nothing_found().len()), (0, 1));
    assert_eq!(bare.all_ok().unwrap(), []);

    let filtered = answer::<Get>(
        "<packet><customer><get><result><status>ok</status><filter-id>edgar</filter-id></result></get></customer></packet>",
    );
    assert!(filtered.is_empty());
    assert_eq!(filtered.nothing_found()[0].body.filter_id.as_deref(), Some("edgar"));
    assert!(filtered.into_single().unwrap_err().0.is_empty());
}

/// An account without the parts that the dataset did not request.
#[test]
fn get_account_without_data_is_an_account() {
    for data in ["", "<data/>"] {
        let accounts = answer::<Get>(&account(data)).all_ok().unwrap();
        assert_eq!(accounts.len(), 1);
        assert_eq!(accounts[0].data.is_some(), !data.is_empty());
    }
}
