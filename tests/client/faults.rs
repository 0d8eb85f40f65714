//! Ten thousand faults at random points of the way, and what the server executed in the end.
//!
//! The way is a transport without a network, so that a fault can stand exactly before or after the
//! work of the simulated Plesk.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plesk::transport::{Bounds, BoxFuture, Bytes};
use plesk::{Batch, Error, ErrorCode, Idempotency, Operation, RetryPolicy, blocking, customer, session, webspace};
use plesk_sim::Sim;

use crate::support::{Async, Blocking, Subject};

/// How many faults each client has to get over.
const FAULTS: usize = 10_000;

/// What goes wrong with an attempt, as far as it does.
#[derive(Clone, Copy)]
enum Fault {
    /// No connection.
    Unreached,
    /// The request was lost; the client cannot know.
    Lost,
    /// The work was done, and no answer came.
    NoAnswer,
    /// The work was done, and the time ran out.
    Timeout,
    /// The work was done, and the answer came in part.
    Truncated,
    /// The work was done, and the answer came in part, but looks like a whole body.
    Cut,
    /// A proxy answered instead, before or after the work.
    Proxy { done: bool },
    /// None.
    None,
}

/// A simulated Plesk at the end of a bad line.
struct Line {
    sim: Sim,
    chance: Mutex<u64>,
    faults: Mutex<usize>,
    /// How often the work of each packet was done.
    executed: Mutex<HashMap<Vec<u8>, usize>>,
}

impl Line {
    fn new(seed: u64) -> Self {
        let sim = Sim::builder().plain_http().start().expect("a simulated server");
        Self { sim, chance: Mutex::new(seed), faults: Mutex::default(), executed: Mutex::default() }
    }

    /// A number below `below` (xorshift: the same faults in each run, so that a failure can be met
    /// again).
    fn number(&self, below: u64) -> u64 {
        let mut chance = self.chance.lock().unwrap();
        *chance ^= *chance << 13;
        *chance ^= *chance >> 7;
        *chance ^= *chance << 17;
        *chance % below
    }

    fn fault(&self) -> Fault {
        match self.number(12) {
            0 => Fault::Unreached,
            1 => Fault::Lost,
            2 | 3 => Fault::NoAnswer,
            4 => Fault::Timeout,
            5 | 6 => Fault::Truncated,
            7 => Fault::Cut,
            8 => Fault::Proxy { done: false },
            9 => Fault::Proxy { done: true },
            _ => Fault::None,
        }
    }

    fn work(&self, packet: &[u8]) -> Vec<u8> {
        *self.executed.lock().unwrap().entry(packet.to_vec()).or_default() += 1;
        self.sim.respond(packet)
    }

    fn exchange(&self, request: &http::Request<Bytes>) -> Result<http::Response<Vec<u8>>, Error> {
        let (host, packet) = (String::from("panel.example:8443"), request.body());
        let source = || Box::new(io::Error::other("a fault of the test"));
        let problem = String::from("a fault of the test");
        let fault = self.fault();
        *self.faults.lock().unwrap() += usize::from(!matches!(fault, Fault::None));
        match fault {
            Fault::Unreached => Err(Error::Connect { host, problem, source: source() }),
            Fault::Lost => Err(Error::NoAnswer { host, problem, source: source() }),
            Fault::NoAnswer => {
                self.work(packet);
                Err(Error::NoAnswer { host, problem, source: source() })
            }
            Fault::Timeout => {
                self.work(packet);
                Err(Error::Timeout { host, after: Duration::from_secs(1), source: source() })
            }
            Fault::Truncated => {
                let received = self.number(self.work(packet).len() as u64) as usize;
                Err(Error::Truncated { host, received, source: source() })
            }
            Fault::Cut => {
                let mut answer = self.work(packet);
                answer.truncate(self.number(answer.len() as u64) as usize);
                Ok(http::Response::new(answer))
            }
            Fault::Proxy { done } => {
                if done {
                    self.work(packet);
                }
                let mut answer = http::Response::new(b"<h1>Bad Gateway</h1>".to_vec());
                *answer.status_mut() = http::StatusCode::BAD_GATEWAY;
                Ok(answer)
            }
            Fault::None => Ok(http::Response::new(self.work(packet))),
        }
    }
}

/// The line as a transport of either client.
struct Wire(Arc<Line>);

impl plesk::transport::Transport for Wire {
    fn exchange(
        &self,
        request: http::Request<Bytes>,
        _bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
        Box::pin(async move { self.0.exchange(&request) })
    }
}

impl blocking::Transport for Wire {
    fn exchange(&self, request: http::Request<Bytes>, _bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        self.0.exchange(&request)
    }
}

/// Sends operations of every class until so many faults were met, and looks at the server.
fn no_create_and_no_unsafe_delete_is_ever_executed_twice<S: Subject + plesk::BuildWith<Wire>>() {
    let line = Arc::new(Line::new(0x9E37_79B9_7F4A_7C15));
    let policy = RetryPolicy::attempts(6).pauses(Duration::ZERO, Duration::ZERO);
    let builder = S::builder("https://panel.example:8443").secret_key(line.sim.secret_key()).retry(policy);
    let client = builder.build_with(Wire(line.clone())).unwrap();
    let (mut round, mut repeated_deletes) = (0, 0);
    while *line.faults.lock().unwrap() < FAULTS {
        round += 1;
        let login = format!("customer-{round}");
        let add = |login: &str| customer::Add::new(customer::AddGenInfo::new("Jo", login, "correct horse"));
        let id = line.sim.state().add_customer(&format!("seed-{round}")).id;
        let by_id = || customer::Del::new(customer::Filter::id(id));
        match line.number(6) {
            0 => once(&line, &client, add(&login)),
            1 => once(&line, &client, customer::Del::new(customer::Filter::login(format!("seed-{round}")))),
            2 => once(&line, &client, webspace::Del::new(webspace::Filter::owner_login(&login))),
            3 => {
                // A create makes the whole packet one that must not be repeated.
                let mut batch = Batch::new();
                let _ = (batch.push(by_id()), batch.push(add(&login)));
                assert_eq!(batch.idempotency(), Idempotency::NotIdempotent);
                count(&line, || drop(client.send_batch(batch)), 1);
            }
            4 => {
                let mut batch = Batch::new();
                let del = batch.push(by_id());
                if let Ok(reply) = client.send_batch(batch) {
                    let attempts = reply.attempts();
                    let outcome = reply.take(del).unwrap();
                    let again = outcome.as_slice()[0].errcode == Some(ErrorCode::NOT_FOUND);
                    repeated_deletes += usize::from(again);
                    // Done is done, by whichever attempt; and by nothing but an attempt of ours.
                    assert!(outcome.all_ok().is_ok() && (attempts > 1 || !again));
                    assert!(!line.sim.state().customers.contains_key(&id));
                }
            }
            _ => drop(client.send(session::Get::new())),
        }
        line.sim.state().customers.clear();
        line.executed.lock().unwrap().clear();
    }
    assert!(repeated_deletes > 100, "{repeated_deletes} deletions were repeated");
}

/// Sends an operation that must not be repeated, and checks that it was not.
fn once<S: Subject, Op: Operation + 'static>(line: &Line, client: &S, operation: Op) {
    assert_eq!(operation.idempotency(), Idempotency::NotIdempotent);
    count(line, || drop(client.send(operation)), 1);
}

/// Checks that `send` has the server do no more work than that.
fn count(line: &Line, send: impl FnOnce(), most: usize) {
    line.executed.lock().unwrap().clear();
    let before = line.sim.state().customers.len();
    send();
    let executed: usize = line.executed.lock().unwrap().values().sum();
    assert!(executed <= most, "executed {executed} times");
    assert!(line.sim.state().customers.len() <= before + most);
}

#[test]
fn asynchronous() {
    no_create_and_no_unsafe_delete_is_ever_executed_twice::<Async>();
}

#[test]
fn blocking_client() {
    no_create_and_no_unsafe_delete_is_ever_executed_twice::<Blocking>();
}
