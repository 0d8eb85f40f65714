//! Operator `aps`: application packages.
//!
//! Nothing is installed. A test can list applications in [`State::applications`]; otherwise there are none.

use plesk_protocol::aps::{
    GetDownloadStatus, GetDownloadStatusFilter, GetDownloadStatusResult, GetPackagesList,
    GetPackagesListByResellerResult, GetPackagesListByWebspaceResult, GetPackagesListFilter, GetPackagesListResult,
    Identifier, Install, InstallPackage, InstallTarget, ListedPackage, Request, Requests, Response, Responses,
    SetPackagePropertiesFilter,
};
use plesk_wire::packet::{EachReply, Outcome};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::{find_domain, find_domain_named, find_subscription};
use crate::shared::reply::{each_reply, single_reply};
use crate::state::{ApplicationList, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::DownloadPackage(_) => R::DownloadPackage(single_reply(refuse(state, package_not_found()))),
        Request::GetDownloadStatus(get) => R::GetDownloadStatus(list_downloads(get)),
        Request::ImportPackage(import) => R::ImportPackage(single_reply(refuse(state, no_file(&import.filename)))),
        Request::GetPackagesList(get) => R::GetPackagesList(list_packages(state, get)),
        Request::Install(install) => R::Install(single_reply(self::install(state, &install))),
        Request::ImportConfig(import) => R::ImportConfig(single_reply(refuse(state, no_file(&import.filename)))),
        Request::SetPackageProperties(set) => R::SetPackageProperties(match set.filter {
            SetPackagePropertiesFilter::PackageId(ids) => {
                each_reply(ids.iter().map(|_| refuse(state, package_not_found())))
            }
            _ => each_reply([]),
        }),
        Request::GetPackagesListByReseller(get) => R::GetPackagesListByReseller(single_reply({
            let id = get.reseller_id.get();
            let reseller = state.resellers.get(&id).ok_or_else(|| Refusal::not_found("Reseller"));
            let reseller = reseller.and_then(|reseller| state.require_access(id).map(|()| reseller));
            reseller.map(|reseller| {
                let packages = permitted(state, &reseller.reseller.applications);
                build(|result: &mut GetPackagesListByResellerResult| result.package = packages)
            })
        })),
        Request::GetPackagesListByWebspace(get) => {
            R::GetPackagesListByWebspace(single_reply(find_subscription(state, get.webspace_id.get()).map(|id| {
                let packages = permitted(state, &state.subscriptions[&id].settings.applications);
                build(|result: &mut GetPackagesListByWebspaceResult| result.package = packages)
            })))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn package_not_found() -> Refusal {
    Refusal::not_found("Application package")
}

fn no_file(name: &str) -> Refusal {
    Refusal::operation_failed(format!("The file '{name}' cannot be imported: it contains no application package"))
}

/// Returns the reason why an operation of the administrator cannot succeed here.
fn refuse<B>(state: &State, refusal: Refusal) -> Result<B, Refusal> {
    state.require_administrator()?;
    Err(refusal)
}

/// Reports on downloads. There are never any.
fn list_downloads(get: GetDownloadStatus) -> EachReply<GetDownloadStatusResult> {
    let GetDownloadStatusFilter::TaskId(ids) = get.filter else { return each_reply([]) };
    let results = ids.iter().map(|id| {
        let body = build(|result: &mut GetDownloadStatusResult| result.filter_id = Some(id.to_string()));
        Refusal::not_found("Task").into_outcome(body)
    });
    results.collect()
}

/// Lists the packages of the server. They have no IDs.
fn list_packages(state: &State, get: GetPackagesList) -> EachReply<GetPackagesListResult> {
    if let GetPackagesList::Filter(GetPackagesListFilter::PackageId(ids)) = get {
        let results = ids.iter().map(|id| {
            let body = build(|result: &mut GetPackagesListResult| result.filter_id = Some(id.to_string()));
            package_not_found().into_outcome(body)
        });
        return results.collect();
    }
    let packages =
        state.applications.iter().map(|name| build(|package: &mut ListedPackage| package.name.clone_from(name)));
    let mut body = GetPackagesListResult::placeholder();
    body.package = packages.collect();
    vec![Outcome::ok(body)].into()
}

/// Returns the packages of the server that a list permits.
fn permitted(state: &State, list: &ApplicationList) -> Vec<Identifier> {
    let names = state.applications.iter().filter(|name| !list.only_listed || list.listed.contains(*name));
    names.map(|name| build(|package: &mut Identifier| package.name.clone_from(name))).collect()
}

/// Accepts the installation of a package that the server has. The site stays as it is.
fn install(state: &State, install: &Install) -> Result<(), Refusal> {
    match &install.target {
        InstallTarget::DomainId(id) | InstallTarget::SubdomainId(id) => find_domain(state, id.get())?,
        InstallTarget::DomainName(name) | InstallTarget::SubdomainName(name) => find_domain_named(state, name)?,
        other => return Err(Refusal::not_modeled(other)),
    };
    match &install.package {
        InstallPackage::Package(package) if state.applications.contains(&package.name) => Ok(()),
        _ => Err(package_not_found()),
    }
}
