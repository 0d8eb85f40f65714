//! Results with status ok and without data, which the schemas allow for every operation.

use plesk::{dns, mail};

use super::support::{answer, code};

const BARE: &str = "<result><status>ok</status></result>";
const REFUSED: &str = "<result><status>error</status><errcode>1007</errcode><errtext>taken</errtext></result>";

/// An account may have been created, but its ID is unknown. What is known of the others is not lost.
#[test]
fn creation_without_data_is_an_incomplete_fault() {
    let info = "<result><status>ok</status><mailname><id>5</id><name>info</name></mailname></result>";
    let xml = format!("<packet><mail><create>{info}{BARE}{REFUSED}</create></mail></packet>");
    let (created, faults) = answer::<mail::Create>(&xml).partition();
    assert_eq!(created.iter().map(|done| &*done.mailname.name).collect::<Vec<_>>(), ["info"]);
    let [bare, taken] = faults.as_slice() else { panic!("{faults:?}") };
    assert!(bare.is_incomplete() && bare.code.is_none() && bare.body.is_none());
    assert!(!taken.is_incomplete());
    assert_eq!(code(taken).0, Some(1007));
}

#[test]
fn read_without_data_found_nothing() {
    let record = "<result><status>ok</status><id>7</id></result>";
    let found = answer::<dns::GetRec>(&format!("<packet><dns><get_rec>{BARE}{record}</get_rec></dns></packet>"));
    assert_eq!((found.len(), found.nothing_found().len()), (1, 1));
    let records = found.all_ok().unwrap();
    assert_eq!(records.iter().map(|record| record.id.get()).collect::<Vec<_>>(), [7]);
}

#[test]
fn deletion_without_data_is_a_success() {
    let deleted = answer::<dns::DelRec>(&format!("<packet><dns><del_rec>{BARE}{REFUSED}</del_rec></dns></packet>"));
    let outcomes: Vec<_> = deleted.into_iter().collect();
    assert_eq!(outcomes[0].as_ref().unwrap().id, None);
    assert_eq!(outcomes[1].as_ref().unwrap_err().body.id, None);
}
