//! Many clients at the same time, and the cost of a packet with many objects.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use plesk_sim::{Sim, State};

use crate::support::{Connection, text};

/// The number of clients at the same time.
const CLIENTS: usize = 64;

fn respond(sim: &Sim, content: &str) -> String {
    String::from_utf8(sim.respond(format!("<packet>{content}</packet>").as_bytes())).expect("UTF-8")
}

/// What one client has done.
#[derive(Default)]
struct Client {
    /// The company that each of its remaining customers must have, by ID.
    remaining: BTreeMap<u64, String>,
    /// The IDs of all customers that it created.
    created: Vec<u64>,
    packets: usize,
}

impl Client {
    /// Creates, changes, reads and deletes customers until the end.
    fn run(number: usize, sim: &Sim, end: Instant) -> Self {
        let mut client = Self::default();
        let mut connection = Connection::open(sim);
        for round in 0.. {
            if Instant::now() >= end && round > 0 {
                break;
            }
            let mut send =
                |content: String| connection.run(&format!("<customer>{content}</customer>")).expect("a response");
            let login = format!("c{number}-{round}");
            let added = send(format!(
                "<add><gen_info><pname>P</pname><login>{login}</login><passwd>s3cret!</passwd></gen_info></add>"
            ));
            let id: u64 = text(&added, "id").parse().expect("an ID");
            client.created.push(id);
            let company = format!("company {round}");
            let filter = format!("<filter><login>{login}</login></filter>");
            send(format!("<set>{filter}<values><gen_info><cname>{company}</cname></gen_info></values></set>"));
            let read = send(format!("<get>{filter}<dataset><gen_info/></dataset></get>"));
            assert_eq!((text(&read, "id"), text(&read, "cname")), (&*id.to_string(), &*company));
            client.packets += 3;
            if round % 2 == 0 {
                assert!(send(format!("<del>{filter}</del>")).contains("<status>ok</status>"));
                client.packets += 1;
            } else {
                client.remaining.insert(id, company);
            }
        }
        client
    }
}

/// The duration can be set by the variable `PLESK_SIM_LOAD_SECONDS`.
#[test]
fn clients_at_the_same_time_lose_no_update() {
    let seconds = std::env::var("PLESK_SIM_LOAD_SECONDS").ok().map_or(1, |seconds| seconds.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let start = || Sim::builder().plain_http().recorded_exchanges(0).state_file(&path).start().expect("a server");
    let sim = start();
    let began = Instant::now();
    let end = began + Duration::from_secs(seconds);
    let clients: Vec<Client> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CLIENTS)
            .map(|number| {
                scope.spawn({
                    let sim = &sim;
                    move || Client::run(number, sim, end)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let elapsed = began.elapsed();

    let created: Vec<u64> = clients.iter().flat_map(|client| client.created.clone()).collect();
    assert_eq!(created.iter().collect::<BTreeSet<_>>().len(), created.len(), "an ID was given twice");
    let expected: BTreeMap<u64, String> = clients.iter().flat_map(|client| client.remaining.clone()).collect();
    let state: State = sim.state().clone();
    let found: BTreeMap<u64, String> =
        state.customers.iter().map(|(id, customer)| (*id, customer.cname.clone())).collect();
    assert_eq!(found, expected);

    // The file has the packets in the order in which they ran.
    drop(sim);
    assert_eq!(*start().state(), state);
    let packets: usize = clients.iter().map(|client| client.packets).sum();
    println!("{packets} packets of {CLIENTS} clients in {elapsed:.1?}");
}

/// Returns the mean duration of one round: create, read, change and delete one customer.
fn measure_round(sim: &Sim, rounds: usize) -> Duration {
    let start = Instant::now();
    for round in 0..rounds {
        let filter = format!("<filter><login>round-{round}</login></filter>");
        let gen_info = format!("<pname>P</pname><login>round-{round}</login><passwd>s3cret!</passwd>");
        for content in [
            format!("<add><gen_info>{gen_info}</gen_info></add>"),
            format!("<get>{filter}<dataset><gen_info/><stat/></dataset></get>"),
            format!("<set>{filter}<values><gen_info><cname>C</cname></gen_info></values></set>"),
            format!("<del>{filter}</del>"),
        ] {
            assert!(respond(sim, &format!("<customer>{content}</customer>")).contains("<status>ok</status>"));
        }
    }
    start.elapsed() / u32::try_from(rounds).expect("a small number")
}

fn add_customers(sim: &Sim, count: usize) {
    let mut state = sim.state();
    for number in 0..count {
        let id = state.add_customer(&format!("customer-{number}")).id;
        state.add_subscription(id, &format!("domain-{number}.example"));
    }
}

/// Returns the resident memory of this process, in KiB, if the system reports it.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok())
}

#[test]
fn packet_costs_the_same_with_many_objects() {
    let empty = Sim::builder().plain_http().start().expect("a server");
    let full = Sim::builder().plain_http().start().expect("a server");
    add_customers(&full, 10_000);
    measure_round(&full, 20); // Indexes the objects that were added.
    // The machine may be busy at any moment, so the best of several attempts counts. A scan of all objects
    // would fail all of them.
    let (mut without, mut with) = (Duration::MAX, Duration::MAX);
    for _ in 0..50 {
        without = without.min(measure_round(&empty, 20));
        with = with.min(measure_round(&full, 20));
        if with < without * 2 {
            return;
        }
    }
    panic!("{without:?} without objects, {with:?} with 20,000");
}

/// Prints throughput and memory by the number of objects. Run it alone.
#[test]
#[ignore = "measures a hundred thousand objects, and needs an idle machine"]
fn measure_cost_by_number_of_objects() {
    for customers in [0, 500, 50_000] {
        let sim = Sim::builder().plain_http().start().expect("a server");
        let before = memory();
        add_customers(&sim, customers);
        measure_round(&sim, 50);
        let used = memory().zip(before).map(|(now, before)| now.saturating_sub(before) / 1024);
        let round = (0..5).map(|_| measure_round(&sim, 200)).min().expect("an attempt");
        let per_second = 4.0 / round.as_secs_f64();
        println!("{} objects: {per_second:.0} packets a second, {used:?} MiB", customers * 2);
    }
    let sim = Sim::builder().plain_http().start().expect("a server");
    add_customers(&sim, 10_000);
    let start = Instant::now();
    let all = respond(&sim, "<customer><get><filter/><dataset><gen_info/><stat/></dataset></get></customer>");
    println!("get of 10,000 customers: {:.0?}, {} bytes", start.elapsed(), all.len());
    let start = Instant::now();
    respond(&sim, "<customer><del><filter/></del></customer>");
    println!("del of 10,000 customers with their subscriptions: {:.0?}", start.elapsed());
    assert!(sim.state().customers.is_empty() && sim.state().subscriptions.is_empty());
}
