//! The hosts that are reached without a proxy, as `NO_PROXY` lists them.

use std::net::IpAddr;

use url::Host;

use super::endpoint::Endpoint;

/// A list of hosts: names with their subdomains, addresses, networks, or `*`.
pub(super) struct NoProxy<'a>(Vec<&'a str>);

impl<'a> NoProxy<'a> {
    /// Parses a list that is separated by commas or white space.
    pub(super) fn parse(list: &'a str) -> Self {
        Self(list.split(|c: char| c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty()).collect())
    }

    /// Returns `true` if the list includes the host of `endpoint`. An entry that is not valid includes nothing.
    pub(super) fn includes(&self, endpoint: &Endpoint) -> bool {
        let url = endpoint.url();
        let Some(host) = url.host() else { return false };
        self.0.iter().any(|entry| matches(entry, &host, url.port_or_known_default()))
    }
}

fn matches(entry: &str, host: &Host<&str>, port: Option<u16>) -> bool {
    if entry == "*" {
        return true;
    }
    let (entry, only_port) = split_port(entry);
    if only_port.is_some() && only_port != port {
        return false;
    }
    match host {
        Host::Domain(domain) => is_domain_or_subdomain(domain, entry),
        Host::Ipv4(address) => is_in_network((*address).into(), entry),
        Host::Ipv6(address) => is_in_network((*address).into(), entry),
    }
}

/// Splits `host:port` and `[address]:port`. An IPv6 address without brackets has no port.
fn split_port(entry: &str) -> (&str, Option<u16>) {
    let (host, port) = match entry.rsplit_once(':') {
        Some((host, port)) if host.ends_with(']') || !host.contains(':') => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    };
    (host.trim_start_matches('[').trim_end_matches(']'), port)
}

/// `example.com`, `.example.com` and `*.example.com` mean the same.
fn is_domain_or_subdomain(domain: &str, entry: &str) -> bool {
    let suffix = entry.trim_start_matches("*.").trim_matches('.').to_ascii_lowercase();
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    !suffix.is_empty() && domain.strip_suffix(&*suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Returns `true` if `address` is the one in `entry`, or in its network, such as `10.0.0.0/8`.
fn is_in_network(address: IpAddr, entry: &str) -> bool {
    let (network, length) = match entry.split_once('/') {
        Some((network, length)) => (network, length.parse().ok()),
        None => (entry, Some(128)),
    };
    let (Ok(network), Some(length)) = (network.parse(), length) else { return false };
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()) << 96, 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    };
    let ((address, family), (network, other_family)) = (bits(address), bits(network));
    let length: u32 = u32::min(length, family);
    let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
    family == other_family && (address ^ network) & mask == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn includes_names_addresses_and_networks() {
        for (list, url, included) in [
            ("panel.example", "https://panel.example:8443", true),
            ("EXAMPLE", "https://panel.example:8443", true),
            (".panel.example", "https://panel.example:8443", true),
            ("*.example", "https://a.panel.example:8443", true),
            ("nel.example", "https://panel.example:8443", false),
            ("panel.example:8443", "https://panel.example:8443", true),
            ("panel.example:443", "https://panel.example:8443", false),
            ("a, b\tpanel.example", "https://panel.example", true),
            ("*", "https://192.0.2.7", true),
            ("192.0.2.7", "https://192.0.2.7:8443", true),
            ("192.0.2.0/24", "https://192.0.2.7:8443", true),
            ("192.0.2.0/29", "https://192.0.2.9", false),
            ("0.0.0.0/0", "https://192.0.2.9", true),
            ("0.0.0.0/0", "https://[2001:db8::1]", false),
            ("192.0.2.0/nothing", "https://192.0.2.7", false),
            ("2001:db8::/32", "https://[2001:db8::1]:8443", true),
            ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443", true),
            ("[2001:db8::1]:443", "https://[2001:db8::1]:8443", false),
            ("::1", "https://[::1]:8443", true),
            (" , ", "https://panel.example", false),
        ] {
            assert_eq!(NoProxy::parse(list).includes(&Endpoint::parse(url).unwrap()), included, "{list} {url}");
        }
    }
}
