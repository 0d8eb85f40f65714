//! Counts the customers of two hundred servers concurrently, and reports results as they arrive.
//!
//! `cargo run --release --example fleet [servers]` runs it with simulated servers.
//!
//! Memory is bounded by the number of concurrent requests and the maximum size of a response. Each response is
//! used and dropped before the next server is asked.

use std::error::Error;
use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};
use indicatif::{ProgressBar, ProgressStyle};
use plesk::{Client, RetryPolicy, customer};
use plesk_sim::Sim;

/// The number of servers that are asked concurrently.
const CONCURRENCY: usize = 32;

/// Address and credentials of a server.
struct Server {
    url: String,
    key: String,
    certificate: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let servers: usize = std::env::args().nth(1).map_or(Ok(200), |number| number.parse())?;
    let sims = start(servers)?;
    let fleet: Vec<Server> = sims.iter().map(server).collect();

    let started = Instant::now();
    let bar = ProgressBar::new(servers as u64).with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    let reports = stream::iter(&fleet).map(|server| async move { (server, count_customers(server).await) });
    let mut reports = std::pin::pin!(reports.buffer_unordered(CONCURRENCY));
    let (mut found, mut failed) = (0, 0);
    while let Some((server, report)) = reports.next().await {
        bar.inc(1);
        match report {
            Ok(customers) => found += customers,
            Err(error) => {
                failed += 1;
                bar.println(format!("{}: {error}", server.url));
            }
        }
        bar.set_message(format!("{found} customers"));
    }
    bar.finish();
    println!("{found} customers on {servers} servers ({failed} failed) in {:.1?}", started.elapsed());
    Ok(())
}

/// Returns the number of customers of a server.
async fn count_customers(server: &Server) -> Result<usize, plesk::Error> {
    let client = Client::builder(&server.url)
        .secret_key(&server.key)
        .root_certificate(&server.certificate)
        .timeout(Duration::from_secs(60))
        .max_response_size(8 << 20)
        .retry(RetryPolicy::attempts(3))
        .build()?;
    let everyone = customer::Get::new(customer::Filter::Everything, customer::Dataset::new().gen_info());
    let accounts = client.send(everyone).await?.all_ok()?;
    Ok(accounts.len())
}

/// Starts simulated servers with a few customers each.
fn start(servers: usize) -> std::io::Result<Vec<Sim>> {
    (0..servers)
        .map(|number| {
            let sim = Sim::start()?;
            for customer in 0..=number % 50 {
                sim.state().add_customer(&format!("customer-{customer}"));
            }
            Ok(sim)
        })
        .collect()
}

fn server(sim: &Sim) -> Server {
    Server {
        url: sim.url().to_owned(),
        key: sim.secret_key().to_owned(),
        certificate: sim.certificate_pem().to_owned(),
    }
}
