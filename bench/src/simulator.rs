//! What a packet costs the simulated Plesk, by the number of objects that it has.

use plesk_sim::Sim;

use crate::stopwatch::{Ratio, compare};

/// The number of packets in a round.
const PACKETS: usize = 200;

/// Returns the time of packets that read and change one customer among `count`, divided by that among one.
///
/// # Errors
/// If a simulated server cannot be started.
///
/// # Panics
/// If it refuses a packet.
pub fn growth(count: usize, rounds: usize) -> std::io::Result<Ratio> {
    let (large, small) = (Server::start(count)?, Server::start(1)?);
    Ok(compare(rounds, || large.run(), || small.run()))
}

struct Server {
    sim: Sim,
    packet: String,
}

impl Server {
    fn start(customers: usize) -> std::io::Result<Self> {
        let sim = Sim::builder().plain_http().start()?;
        let last = (0..customers).map(|number| sim.state().add_customer(&format!("customer{number}")).id).last();
        let filter = format!("<filter><id>{}</id></filter>", last.unwrap_or_default());
        let packet = format!(
            "<packet><customer><get>{filter}<dataset><gen_info/></dataset></get>\
             <set>{filter}<values><gen_info><city>Bern</city></gen_info></values></set></customer></packet>"
        );
        let server = Self { sim, packet };
        let response = server.sim.respond(server.packet.as_bytes());
        let response = String::from_utf8_lossy(&response);
        assert_eq!(response.matches("<status>ok</status>").count(), 2, "{response}");
        Ok(server)
    }

    fn run(&self) {
        for _ in 0..PACKETS {
            self.sim.respond(self.packet.as_bytes());
        }
    }
}
