//! Conversions from answers to requests: whatever an answer has is in the request, or in what was left out.

use std::any::type_name;
use std::collections::{BTreeMap, BTreeSet};

use plesk::{
    LeftOut, common, customer, database, dns, ftp_user, mail, protected_dir, reseller, response, service_plan, site,
    site_alias, webspace,
};
use plesk_conformance::samples::samples;
use plesk_conformance::{Direction, protocol};
use plesk_wire::xml::{Any, Content, Raw, Scalar, SimpleType, Strictness, Visitor, Writer};

use crate::support::read;

/// The elements of responses, as documents, by the name of their type.
#[derive(Default)]
struct Documents(BTreeMap<String, BTreeSet<String>>);

impl Documents {
    fn add<T: Content>(&mut self, value: &T) {
        let name = type_name::<T>();
        let name = ["plesk_wire::packet::outcome::Outcome<", "core::option::Option<"]
            .iter()
            .fold(name, |name, outer| name.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>')).unwrap_or(name));
        let document = String::from_utf8(Writer::document("packet", value)).expect("UTF-8");
        self.0.entry(name.to_owned()).or_default().insert(document);
    }
}

impl Visitor for Documents {
    fn visit_element<T: Content>(&mut self, _name: &'static str, _index: usize, value: &T) {
        self.add(value);
        value.visit(self);
    }

    fn opt_group<T: Content>(&mut self, value: &Option<T>) {
        if let Some(group) = value {
            self.add(group);
            group.visit(self);
        }
    }

    fn scalar<T: Scalar>(&mut self, _name: &'static str, _index: usize, _value: &T, _type: &'static SimpleType) {}
    fn attribute<T: Scalar>(&mut self, _name: &'static str, _value: &T, _type: &'static SimpleType) {}
    fn text_content<T: Scalar>(&mut self, _value: &T, _type: &'static SimpleType) {}
    fn nil(&mut self, _name: &'static str) {}
    fn any(&mut self, _value: &Any) {}
    fn raw(&mut self, _value: &Raw) {}
}

/// Returns how often each value is in a list of paths and values.
fn counts(values: &LeftOut) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for value in values.values() {
        *counts.entry((value.path.clone(), value.value.clone())).or_default() += 1;
    }
    counts
}

/// A conversion in the table of COVERAGE.md.
struct Listed {
    is_lossy: bool,
    left_out: Vec<String>,
}

/// Returns the conversions of the emitted crate, by the paths of both types.
fn listed() -> BTreeMap<(String, String), Listed> {
    let document = include_str!("../../generated/COVERAGE.md");
    let (_, section) = document.split_once("\n## Conversions\n").expect("the section");
    let (section, _) = section.split_once("\n## ").expect("a section after it");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let row = |line: &str| {
        let cells: Vec<String> = line.split('|').map(|cell| cell.replace('`', "").trim().to_owned()).collect();
        let left_out = cells[5].split(", ").map(str::to_owned).collect();
        ((cells[1].clone(), cells[2].clone()), Listed { is_lossy: cells[3] == "from_lossy", left_out })
    };
    rows.map(row).collect()
}

/// Converts every sample of the source type.
fn check<S: Content, T: Content>(
    documents: &Documents,
    listed: &mut BTreeMap<(String, String), Listed>,
    convert: impl Fn(&S) -> (T, LeftOut),
) {
    let [source, target] = [type_name::<S>(), type_name::<T>()].map(|name| name.replace("plesk_protocol::", ""));
    let Listed { is_lossy, left_out: may_be_left_out } = listed
        .remove(&(source.clone(), target.clone()))
        .unwrap_or_else(|| panic!("{source} -> {target} is not listed"));
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut converted = 0;
    for document in documents.0.get(type_name::<S>()).into_iter().flatten() {
        // An error result may have no data.
        let Ok(value) = read::<S>(document.clone(), Strictness::Lenient) else { continue };
        converted += 1;
        let (made, left_out) = convert(&value);
        assert!(is_lossy || left_out.is_empty(), "{source} -> {target}: {left_out}");
        let (arrived, left) = (counts(&LeftOut::between(&made, &())), counts(&left_out));
        for (leaf, count) in counts(&LeftOut::between(&value, &())) {
            let found = arrived.get(&leaf).unwrap_or(&0) + left.get(&leaf).unwrap_or(&0);
            assert!(found >= count, "{source} -> {target}: {leaf:?} is lost in {document}");
        }
        reached.extend(left.into_keys().map(|(path, _)| path.split(['/', '@']).next().unwrap_or_default().to_owned()));
    }
    assert!(converted > 0, "no sample of {source}");
    let unexpected: Vec<_> = reached.iter().filter(|element| !may_be_left_out.contains(element)).collect();
    assert!(unexpected.is_empty(), "{source} -> {target} leaves out {unexpected:?}, which is not documented");
}

/// Every conversion, on every sample of a response that has its source: with all optional parts, and with few.
#[test]
fn every_conversion_keeps_each_value_or_returns_it() {
    let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let mut documents = Documents::default();
    for sample in samples(&protocol, Direction::Response).0 {
        let packet: response::Packet = read(sample.packet.to_xml(), Strictness::Strict).expect("a valid sample");
        packet.visit(&mut documents);
    }
    let mut listed = listed();
    macro_rules! lossy {
        ($($source:ty => $target:ty $(: $given:expr)?;)*) => {$(
            check(&documents, &mut listed, |answer: &$source| <$target>::from_lossy(answer $(, $given)?));
        )*};
    }
    macro_rules! lossless {
        ($($source:ty => $target:ty;)*) => {$(
            check(&documents, &mut listed, |answer: &$source| {
                let made = <$target>::from(answer.clone());
                let left_out = LeftOut::between(answer, &made);
                (made, left_out)
            });
        )*};
    }
    lossy! {
        customer::Data => customer::SetValues;
        customer::GetGenInfo => customer::SetGenInfo;
        customer::GetGenInfo => customer::AddGenInfo: "a password";
        database::GetDbResultDatabase => database::AddDb: 7;
        ftp_user::GetResultUser => ftp_user::SetValues;
        mail::MailnameInfoMailbox => mail::MailnameUpdateMailbox;
        mail::MailnameInfo => mail::MailnameUpdate;
        mail::MailnameInfo => mail::NewMailname;
        protected_dir::GetResultData => protected_dir::ProtectedDir;
        reseller::Data => reseller::SetValues;
        reseller::Data => reseller::Add: reseller::AddGenInfo::new("Jo Doe", "jo", "a password");
        reseller::GetGenInfo => reseller::SetGenInfo;
        reseller::GetGenInfo => reseller::AddGenInfo: "a password";
        service_plan::GetResult => service_plan::Add: "Basic";
        site::GetResultData => site::SetValues;
        site::GetResultData => site::Add: site::AddGenSetup::new("example.com");
        site::GenInfo => site::SetGenSetup;
        site::GenInfo => site::AddGenSetup;
        common::Hosting => site::Hosting;
        common::Hosting => webspace::Hosting;
        common::HostingVrtHst => site::HostingVrtHst;
        common::HostingVrtHst => webspace::PhysicalHosting;
        common::HostingStdFwd => common::StandardForwarding;
        common::HostingFrmFwd => common::FrameForwarding;
        site_alias::AliasInfo => site_alias::Settings;
        webspace::GetResultData => webspace::SetValues;
        webspace::GetResultData => webspace::Add: webspace::AddGenSetup::new();
        webspace::GetResultLimits => common::DomainLimits;
        webspace::GenInfo => webspace::AddGenSetup;
    }
    lossless! {
        common::HostingFrmFwd => webspace::HostingFrmFwd;
        common::HostingStdFwd => webspace::HostingStdFwd;
        dns::GetRecursionResult => dns::SetRecursion;
        dns::Record => dns::AddRec;
        mail::MailnameInfoForwarding => mail::MailnameUpdateForwarding;
        reseller::IpPoolIp => reseller::IppoolAddIpIp;
    }
    assert!(listed.is_empty(), "not tested: {:?}", listed.keys().collect::<Vec<_>>());
}
