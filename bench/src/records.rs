//! Some packets as records of serde, as its users write them.

use plesk_protocol::{customer, request, reseller, response};
use serde::{Deserialize, Serialize};

/// A response to `customer/get`.
#[derive(Debug, Deserialize)]
pub struct CustomerResponse {
    pub customer: CustomerReplies,
}

#[derive(Debug, Deserialize)]
pub struct CustomerReplies {
    pub get: Results<CustomerData>,
}

/// A response to `reseller/del`.
#[derive(Debug, Deserialize)]
pub struct ResellerResponse {
    pub reseller: ResellerReplies,
}

#[derive(Debug, Deserialize)]
pub struct ResellerReplies {
    pub del: Results<()>,
}

#[derive(Debug, Deserialize)]
pub struct Results<D> {
    pub result: Vec<ResultOf<D>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", bound = "D: Deserialize<'de>")]
pub struct ResultOf<D> {
    pub status: String,
    pub errcode: Option<u32>,
    pub errtext: Option<String>,
    pub filter_id: Option<String>,
    pub id: Option<u64>,
    pub data: Option<D>,
}

#[derive(Debug, Deserialize)]
pub struct CustomerData {
    pub gen_info: Option<GenInfo>,
    pub stat: Option<Stat>,
}

#[derive(Debug, Deserialize)]
pub struct GenInfo {
    pub cr_date: String,
    pub cname: String,
    pub pname: String,
    pub login: String,
    pub status: String,
    pub phone: String,
    pub fax: String,
    pub email: String,
    pub address: String,
    pub city: String,
    pub state: String,
    pub pcode: String,
    pub country: String,
    pub locale: String,
    pub password: Option<String>,
    pub password_type: Option<String>,
    pub guid: Option<String>,
    #[serde(rename = "owner-id")]
    pub owner_id: Option<i64>,
    #[serde(rename = "owner-login")]
    pub owner_login: Option<String>,
    #[serde(rename = "vendor-guid")]
    pub vendor_guid: Option<String>,
    #[serde(rename = "external-id")]
    pub external_id: Option<String>,
    pub description: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Stat {
    pub active_domains: u32,
    pub subdomains: u32,
    pub disk_space: u64,
    pub postboxs: u32,
    pub redirects: u32,
    pub mail_groups: u32,
    pub mail_resps: u32,
    pub mail_lists: u32,
    pub web_users: u32,
    pub data_bases: u32,
    pub traffic: u64,
    pub traffic_prevday: u64,
}

/// A request packet of `customer/add` operations.
#[derive(Debug, Serialize)]
#[serde(rename = "packet")]
pub struct AddPacket {
    #[serde(rename = "@version")]
    pub version: String,
    pub customer: Adds,
}

#[derive(Debug, Serialize)]
pub struct Adds {
    pub add: Vec<Add>,
}

#[derive(Debug, Serialize)]
pub struct Add {
    pub gen_info: AddGenInfo,
}

#[derive(Debug, Default, Serialize)]
pub struct AddGenInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cname: Option<String>,
    pub pname: String,
    pub login: String,
    pub passwd: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pcode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    #[serde(rename = "owner-id", skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<i64>,
    #[serde(rename = "owner-login", skip_serializing_if = "Option::is_none")]
    pub owner_login: Option<String>,
    #[serde(rename = "owner-external-id", skip_serializing_if = "Option::is_none")]
    pub owner_external_id: Option<String>,
    #[serde(rename = "external-id", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Asserts that serde reads what we read.
pub fn assert_same_customers(value: &response::Packet, other: &CustomerResponse) {
    let response::Body::Operators(operators) = &value.body else { panic!("operators") };
    let response::Operator::Customer(replies) = operators.first() else { panic!("customers") };
    let [customer::Response::Get(reply)] = replies.items.as_slice() else { panic!("one reply") };
    assert_eq!(reply.results.len(), other.customer.get.result.len());
    for (ours, theirs) in reply.results.iter().zip(&other.customer.get.result) {
        let ResultOf { filter_id, id, data, .. } = theirs;
        assert_eq!(ours.body.filter_id.as_deref().unwrap_or(""), filter_id.as_deref().unwrap_or(""));
        assert_eq!(ours.body.id.map(|id| id.to_string()), id.map(|id| id.to_string()));
        let (Some(ours), Some(theirs)) = (&ours.body.data, data) else { continue };
        if let (Some(ours), Some(GenInfo { cr_date, login, fax, email, .. })) = (&ours.gen_info, &theirs.gen_info) {
            assert_eq!((ours.cr_date.as_str(), &ours.login, &ours.fax, &ours.email), (&**cr_date, login, fax, email));
        }
        if let (Some(ours), Some(Stat { subdomains, disk_space, traffic, .. })) = (&ours.stat, &theirs.stat) {
            assert_eq!((ours.subdomains, ours.disk_space, ours.traffic), (*subdomains, *disk_space, *traffic));
        }
    }
}

/// Asserts that serde reads what we read.
pub fn assert_same_resellers(value: &response::Packet, other: &ResellerResponse) {
    let response::Body::Operators(operators) = &value.body else { panic!("operators") };
    let response::Operator::Reseller(replies) = operators.first() else { panic!("resellers") };
    let [reseller::Response::Del(reply)] = replies.items.as_slice() else { panic!("one reply") };
    let ours = reply.results.iter().map(|it| it.body.id.map(|id| id.to_string()));
    assert!(ours.eq(other.reseller.del.result.iter().map(|it| it.id.map(|id| id.to_string()))));
}

/// Returns the operations `customer/add` of a packet.
pub fn adds(packet: &request::Packet) -> impl Iterator<Item = &customer::Add> {
    let customers = packet.operators.iter().filter_map(|operator| match operator {
        request::Operator::Customer(requests) => Some(&requests.items),
        _ => None,
    });
    customers.flatten().filter_map(|request| match request {
        customer::Request::Add(add) => Some(add),
        _ => None,
    })
}

/// Returns the records for the same packet.
pub fn records(packet: &request::Packet) -> AddPacket {
    let add = |customer::Add { gen_info, .. }: &customer::Add| {
        let mut record = AddGenInfo {
            cname: gen_info.cname.clone(),
            pname: gen_info.pname.clone(),
            login: gen_info.login.clone(),
            passwd: gen_info.passwd.expose().to_owned(),
            status: gen_info.status,
            phone: gen_info.phone.clone(),
            fax: gen_info.fax.clone(),
            email: gen_info.email.clone(),
            address: gen_info.address.clone(),
            city: gen_info.city.clone(),
            state: gen_info.state.clone(),
            pcode: gen_info.pcode.clone(),
            country: gen_info.country.clone(),
            locale: gen_info.locale.clone(),
            external_id: gen_info.external_id.clone(),
            description: gen_info.description.clone(),
            ..AddGenInfo::default()
        };
        match &gen_info.owner {
            Some(customer::AddGenInfoOwner::OwnerId(id)) => record.owner_id = id.to_string().parse().ok(),
            Some(customer::AddGenInfoOwner::OwnerLogin(login)) => record.owner_login = Some(login.clone()),
            Some(customer::AddGenInfoOwner::OwnerExternalId(id)) => record.owner_external_id = Some(id.clone()),
            _ => {}
        }
        Add { gen_info: record }
    };
    let version = packet.version.clone().unwrap_or_default();
    AddPacket { version, customer: Adds { add: adds(packet).map(add).collect() } }
}
