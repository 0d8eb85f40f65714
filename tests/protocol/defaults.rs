//! Elements with a default value: it is their value if they are present but empty. It is never sent in place of an
//! element that is left out.

use plesk::customer::Get;
use plesk::request;

use crate::support::{Direction, RESPONSES, answer, assert_libxml2, verdict};

/// Returns the sample response of `customer/get` with an empty `element`.
fn with_empty(element: &str) -> String {
    let (_, sample) = RESPONSES.iter().find(|(name, _)| *name == "customer/get").unwrap();
    let (tag, end) = (format!("<{element}>"), format!("</{element}>"));
    // The result has a `status` too; that of the data comes later.
    let from = sample.find("<data>").unwrap();
    let from = from + sample[from..].find(&tag).unwrap() + tag.len();
    let to = from + sample[from..].find(&end).unwrap();
    format!("{}{}", &sample[..from], &sample[to..])
}

/// "Fields without a value are present but empty", so an account may come with an empty status.
#[test]
fn empty_status_of_an_account_is_0() {
    let outcomes: Vec<_> = answer::<Get>(&with_empty("status")).into_iter().collect();
    let account = outcomes[0].as_ref().unwrap();
    assert_eq!(account.data.as_ref().unwrap().gen_info.as_ref().unwrap().status, 0);
}

#[test]
fn empty_statistics_are_0() {
    let outcomes: Vec<_> = answer::<Get>(&with_empty("postboxs")).into_iter().collect();
    assert_eq!(outcomes[0].as_ref().unwrap().data.as_ref().unwrap().stat.as_ref().unwrap().postboxs, 0);
}

/// In a request "an element that is sent empty counts as 0".
#[test]
fn empty_status_in_a_request_is_valid() {
    let xml = "<packet><customer><set><filter><id>7</id></filter>\
         <values><gen_info><status/></gen_info></values></set></customer></packet>";
    assert_libxml2(Direction::Request, xml, true);
    let _ = verdict::<request::Packet>(xml).expect("a valid packet");
}
