//! Some packets as records of serde, as its users write them.

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
