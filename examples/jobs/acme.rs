//! An ACME hook: puts the token of a DNS challenge into the zone of a domain, and removes it again.

use plesk::{Client, Error, dns, shortcuts};

const HOST: &str = "_acme-challenge";

/// Adds the record of a challenge.
pub(crate) async fn present(client: &Client, domain: &str, token: &str) -> Result<(), Error> {
    let site = client.send_ok(shortcuts::site(domain)).await?;
    client.send_ok(dns::AddRec::new(dns::Zone::site_id(site.id), "TXT", HOST, token)).await?;
    Ok(())
}

/// Removes the record of a challenge; other challenges of the domain stay. Returns the number of removed records.
pub(crate) async fn clean_up(client: &Client, domain: &str, token: &str) -> Result<usize, Error> {
    let site = client.send_ok(shortcuts::site(domain)).await?;
    let records = client.send(dns::GetRec::new(dns::RecordFilter::site_id(site.id))).await?.all_ok()?;
    let mut removed = 0;
    for record in records.iter().filter(|it| it.data.as_ref().is_some_and(|data| data.value == token)) {
        removed += client.send(dns::DelRec::new(dns::RecordFilter::id(record.id))).await?.all_ok()?.len();
    }
    Ok(removed)
}
