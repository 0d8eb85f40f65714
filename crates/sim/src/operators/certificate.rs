//! Operator `certificate`: certificates of the administrator and of subscriptions.

use plesk_protocol::certificate::{
    Certificate as CertificateName, CertificateContent, Certificates, Filter, Generate, GenerateResult, GetPool,
    GetPoolResult, Info, Install, Pool, Remove, RemoveResult, Request, Requests, Response, Responses, Update,
};
use plesk_wire::packet::{EachReply, ErrorCode, Outcome};
use plesk_wire::xml::Content;
use rcgen::{CertificateParams, DnType, KeyPair};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::{domain_not_found, find_domain, find_domain_named};
use crate::shared::query::{Key, KeyKind};
use crate::shared::reply::single_reply;
use crate::shared::results::impl_result_body;
use crate::shared::scope::{Selection, reply_to_keys};
use crate::state::{ADMINISTRATOR_ID, Certificate, IndexKey, State};

/// Error 8002: the private key is not valid. It is not in the published list of error codes.
const BAD_PRIVATE_KEY: ErrorCode = ErrorCode(8002);

impl_result_body! {
    GetPoolResult { certificates: Certificates }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Install(install) => R::Install(single_reply(self::install(state, install))),
        Request::Update(update) => R::Update(single_reply(self::update(state, update))),
        Request::Remove(remove) => R::Remove(self::remove(state, remove)),
        Request::Generate(generate) => R::Generate(single_reply(self::generate(&generate).map(Some))),
        Request::GetPool(get) => R::GetPool(get_pool(state, get)),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn not_found() -> Refusal {
    Refusal::not_found("Certificate")
}

/// Returns the pool that a request names: that of the administrator, or that of a subscription. A site has the
/// pool of its subscription.
fn find_pool(state: &State, pool: &Pool) -> Result<u64, Refusal> {
    let domain = match pool {
        Pool::Admin(_) => return state.require_administrator().map(|()| ADMINISTRATOR_ID),
        Pool::Webspace(name) | Pool::Site(name) => find_domain_named(state, &name.to_string())?,
        other => return Err(Refusal::not_modeled(other)),
    };
    state.domain(domain).map(|domain| domain.subscription()).ok_or_else(domain_not_found)
}

/// Returns the ID of the certificate of a pool with this name.
fn find(state: &State, pool: u64, name: &str) -> Option<u64> {
    state.certificates.lookup_first(IndexKey::NameIn(pool, name)).map(|certificate| certificate.id)
}

fn check_key(content: &CertificateContent) -> Result<(), Refusal> {
    let key = content.pvt.expose();
    let is_pem = key.contains("-----BEGIN ") && key.contains("PRIVATE KEY-----");
    if is_pem { Ok(()) } else { Err(Refusal::new(BAD_PRIVATE_KEY, "The private key is not in PEM format")) }
}

/// Adds a certificate to a pool. If the request names an IP address of the server, sites without their own
/// certificate use it there.
fn install(state: &mut State, install: Install) -> Result<(), Refusal> {
    let pool = find_pool(state, &install.pool)?;
    if install.name.trim().is_empty() {
        return Err(Refusal::invalid_value("The name of the certificate is empty"));
    }
    if find(state, pool, &install.name).is_some() {
        return Err(Refusal::already_exists(&format!("The certificate '{}'", install.name)));
    }
    check_key(&install.content)?;
    assign(state, install.ip_address.as_deref(), &install.name)?;
    let id = state.next_id();
    let CertificateContent { csr, pvt, cert, ca, .. } = install.content;
    state.certificates.insert(id, Certificate { id, pool, name: install.name, csr, pvt, cert, ca });
    Ok(())
}

/// Replaces the content of a certificate.
fn update(state: &mut State, update: Update) -> Result<(), Refusal> {
    let pool = find_pool(state, &update.pool)?;
    let id = find(state, pool, &update.name).ok_or_else(not_found)?;
    check_key(&update.content)?;
    assign(state, update.ip_address.as_deref(), &update.name)?;
    let CertificateContent { csr, pvt, cert, ca, .. } = update.content;
    state.certificates.insert(id, Certificate { id, pool, name: update.name, csr, pvt, cert, ca });
    Ok(())
}

/// Makes a certificate that of an IP address of the server.
fn assign(state: &mut State, address: Option<&str>, name: &str) -> Result<(), Refusal> {
    let Some(text) = address else { return Ok(()) };
    state.require_administrator()?;
    let address = text.trim().parse().ok().filter(|address| state.ip_addresses.contains(address));
    let address =
        address.ok_or_else(|| Refusal::new(ErrorCode::IP_NOT_FOUND, format!("The server has no IP address {text}")))?;
    let mut details = state.ip_details(address);
    details.certificate = Some(name.to_owned());
    state.ip_details.insert(address, details);
    Ok(())
}

/// Removes certificates from a pool. Each result repeats the name.
fn remove(state: &mut State, remove: Remove) -> EachReply<RemoveResult> {
    let pool = find_pool(state, &remove.pool);
    let results = remove.filter.name.into_iter().map(|name| {
        let removed = pool.clone().and_then(|pool| {
            let id = find(state, pool, &name).ok_or_else(not_found)?;
            state.certificates.remove(&id);
            Ok(())
        });
        let body = build(|result: &mut RemoveResult| result.name = Some(name));
        match removed {
            Ok(()) => Outcome::ok(body),
            Err(refusal) => refusal.into_outcome(body),
        }
    });
    results.collect()
}

/// Lists the certificates of pools.
fn get_pool(state: &State, get: GetPool) -> EachReply<GetPoolResult> {
    let list = |pool: u64| {
        build(|list: &mut Certificates| {
            let certificates = state.certificates.lookup(IndexKey::Parent(pool));
            let name = |it: &Certificate| build(|listed: &mut CertificateName| listed.name.clone_from(&it.name));
            list.certificate = certificates.into_iter().map(name).collect();
        })
    };
    let filter = match get {
        GetPool::Filter(filter) => filter,
        _ => {
            // The pool of the administrator has no key and no ID.
            let result = state
                .require_administrator()
                .map(|()| build(|result: &mut GetPoolResult| result.certificates = Some(list(ADMINISTRATOR_ID))));
            return vec![match result {
                Ok(body) => Outcome::ok(body),
                Err(refusal) => refusal.into_outcome(GetPoolResult::placeholder()),
            }]
            .into();
        }
    };
    let select = |kind, value: String, found: Result<u64, Refusal>| -> Selection {
        (Some(Key::new(kind, value)), found.map(|id| vec![id]))
    };
    let selected = match filter {
        Filter::DomainId(ids) => {
            ids.iter().map(|id| select(KeyKind::Id, id.to_string(), find_domain(state, id.get()))).collect()
        }
        Filter::DomainName(names) => {
            names.iter().map(|name| select(KeyKind::Name, name.clone(), find_domain_named(state, name))).collect()
        }
        Filter::DomainGuid(guids) => guids
            .iter()
            .map(|guid| {
                let domain = state.lookup_domain(IndexKey::Guid(guid)).ok_or_else(domain_not_found);
                select(KeyKind::Guid, guid.clone(), domain.and_then(|domain| find_domain(state, domain.id())))
            })
            .collect(),
        _ => Vec::new(),
    };
    reply_to_keys(selected, |id| Ok(list(state.domain(id).ok_or_else(domain_not_found)?.subscription())))
}

/// Creates a request for a certificate, with the given key or a new one.
///
/// The key is a small one on an elliptic curve, whatever size the request names: the cryptography at hand makes
/// no RSA keys, and a test need not wait for them.
fn generate(generate: &Generate) -> Result<GenerateResult, Refusal> {
    let key = match &generate.pvt {
        None => KeyPair::generate().map_err(failed)?,
        Some(pem) => KeyPair::from_pem(pem.expose())
            .map_err(|_| Refusal::new(BAD_PRIVATE_KEY, "The private key is not valid"))?,
    };
    let csr = describe(&generate.info)?.serialize_request(&key).and_then(|csr| csr.pem()).map_err(failed)?;
    Ok(build(|result: &mut GenerateResult| {
        result.csr = csr;
        result.pvt = Some(key.serialize_pem().into());
    }))
}

fn failed(error: rcgen::Error) -> Refusal {
    Refusal::operation_failed(format!("The certificate request cannot be created: {error}"))
}

/// Returns what a request says about the owner of the certificate.
fn describe(info: &Info) -> Result<CertificateParams, Refusal> {
    let name = info.name.trim();
    if name.is_empty() {
        return Err(Refusal::invalid_value("The name of the domain is empty"));
    }
    let mut params = CertificateParams::new(vec![name.to_owned()])
        .map_err(|_| Refusal::invalid_value(&format!("'{name}' is not the name of a domain")))?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    let state = info.state.to_text().unwrap_or_default();
    let values = [
        (DnType::CountryName, info.country.as_str()),
        (DnType::StateOrProvinceName, state.trim()),
        (DnType::LocalityName, info.location.as_str()),
        (DnType::OrganizationName, info.company.as_str()),
        (DnType::OrganizationalUnitName, info.dept.as_deref().unwrap_or_default()),
        (DnType::CommonName, name),
    ];
    for (kind, value) in values {
        if !value.is_empty() {
            params.distinguished_name.push(kind, value);
        }
    }
    Ok(params)
}
