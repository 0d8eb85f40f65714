//! A nightly report: the disk space and traffic of each subscription on many servers, asked ten at a time.

use futures_util::{StreamExt, stream};
use plesk::{Client, Error, webspace};

/// Returns a line for each subscription, and one for each server that did not answer.
pub(crate) async fn report(servers: &[Client]) -> Vec<String> {
    let reports = stream::iter(servers).map(subscriptions).buffered(10);
    let lines = reports.map(|report| report.unwrap_or_else(|error| vec![format!("no report: {error}")]));
    lines.collect::<Vec<_>>().await.concat()
}

/// Returns a line for each subscription of a server.
async fn subscriptions(server: &Client) -> Result<Vec<String>, Error> {
    let dataset = webspace::Dataset::new().gen_info().stat();
    let (found, faults) = server.send(webspace::Get::new(webspace::Filter::Everything, dataset)).await?.partition();
    let data = found.into_iter().filter_map(|found| found.data);
    let lines = data.filter_map(|data| {
        let (info, stat) = (data.gen_info?, data.stat?);
        Some(format!("{}: {} bytes, {} bytes of traffic", info.name, info.real_size, stat.traffic))
    });
    Ok(lines.chain(faults.iter().map(|fault| format!("{fault}"))).collect())
}
