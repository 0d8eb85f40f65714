//! The client against the simulated Plesk: operations that really change what a server holds.

use plesk::{Batch, ClientBuilder, Error, ErrorCode, Outcomes, customer, session, webspace};
use plesk_sim::Sim;

use crate::support::{Subject, Way};

fn sim(way: Way) -> Sim {
    match way {
        Way::Plain => Sim::builder().plain_http().start(),
        Way::Tls => Sim::start(),
    }
    .expect("a simulated server")
}

fn builder<S: Subject>(sim: &Sim) -> ClientBuilder<S> {
    S::builder(sim.url()).root_certificate(sim.certificate_pem()).danger_plain_http()
}

fn client<S: Subject>(sim: &Sim) -> S {
    builder(sim).secret_key(sim.secret_key()).build().expect("a client")
}

fn a_customer_lives_and_dies<S: Subject>(way: Way) {
    let sim = sim(way);
    let client = client::<S>(&sim);
    let added = client.send(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "<pass> & word"))).unwrap();
    let id = added.unwrap().id;
    let read = client.send(customer::Get::new(customer::Filter::id(id), customer::Dataset::new().gen_info())).unwrap();
    let account = read.into_single().unwrap().unwrap();
    assert_eq!(account.data.unwrap().gen_info.unwrap().login, "jo");

    let mut batch = Batch::new();
    let del = batch.push(customer::Del::new(customer::Filter::id(id)));
    let again = batch.push(customer::Del::new(customer::Filter::id(id)));
    let reply = client.send_batch(batch).unwrap();
    assert_eq!(reply.take(del).unwrap().all_ok().unwrap().len(), 1);
    let fault = reply.take(again).unwrap().into_single().unwrap().unwrap_err();
    assert_eq!((fault.code, reply.attempts()), (Some(ErrorCode::NOT_FOUND), 1));
    assert!(sim.state().customers.is_empty());
}

fn the_server_lists_the_protocols_it_takes<S: Subject>(way: Way) {
    let sim = sim(way);
    let versions = client::<S>(&sim).protocols().unwrap();
    assert!(versions.is_sorted() && versions.len() > 1, "{versions:?}");
    assert_eq!(versions.last().unwrap().to_string(), plesk::PROTOCOL);
}

fn login_and_password_work_and_wrong_ones_say_so<S: Subject>(way: Way) {
    let sim = sim(way);
    let right = builder::<S>(&sim).login(sim.login(), sim.password()).build().unwrap();
    right.send(session::Get::new()).unwrap().unwrap();
    let wrong = builder::<S>(&sim).login(sim.login(), "wrong").build().unwrap();
    assert_error!(wrong.send(session::Get::new()).unwrap_err(), Error::System(_), "1001", "check login and password");
    let wrong = builder::<S>(&sim).secret_key("wrong").build().unwrap();
    assert_error!(wrong.send(session::Get::new()).unwrap_err(), Error::System(_), "11003", "made for");
}

/// A refusal of the packet is the same error for every operation of a batch.
fn a_refused_batch_is_one_error<S: Subject>(way: Way) {
    let sim = sim(way);
    let client = builder::<S>(&sim).secret_key(sim.secret_key()).protocol_version("1.0.0.0").build().unwrap();
    let mut batch = Batch::new();
    let _ = (batch.push(session::Get::new()), batch.push(session::Terminate::new("x")));
    let error = client.send_batch(batch).unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::UNSUPPORTED_PROTOCOL));
    assert!(error.to_string().contains("server/get_protos"), "{error}");
}

fn thousands_of_ids_go_packet_by_packet<S: Subject>(way: Way) {
    let sim = sim(way);
    let ids: Vec<_> = (0..250).map(|number| sim.state().add_customer(&format!("customer-{number}")).id).collect();
    let client = client::<S>(&sim);
    let size = std::num::NonZeroUsize::new(100).unwrap();
    let mut gone = 0;
    for del in plesk::chunks(ids, size, |ids| customer::Del::new(customer::Filter::ids(ids))) {
        gone += client.send(del).unwrap().all_ok().unwrap().len();
    }
    assert_eq!((gone, sim.state().customers.len(), sim.exchanges().len()), (250, 0, 3));
}

/// One client, many threads: every answer goes to the one that asked.
fn many_threads_share_a_client<S: Subject>(way: Way) {
    let sim = sim(way);
    let client = client::<S>(&sim);
    std::thread::scope(|scope| {
        for number in 0..16 {
            let client = client.clone();
            scope.spawn(move || {
                let login = format!("jo-{number}");
                let info = customer::AddGenInfo::new("Jo", &login, "correct horse");
                let id = client.send(customer::Add::new(info)).unwrap().unwrap().id;
                let dataset = customer::Dataset::new().gen_info();
                let read = client.send(customer::Get::new(customer::Filter::id(id), dataset)).unwrap();
                let account = read.into_single().unwrap().unwrap();
                assert_eq!(account.data.unwrap().gen_info.unwrap().login, login);
            });
        }
    });
    assert_eq!(sim.state().customers.len(), 16);
}

fn several_outcomes_are_not_one<S: Subject>(way: Way) {
    let sim = sim(way);
    for login in ["jo", "ann"] {
        sim.state().add_customer(login);
    }
    let found = client::<S>(&sim).send(customer::Get::new(customer::Filter::Everything, customer::Dataset::new()));
    let several: Outcomes<_> = found.unwrap().into_single().unwrap_err().0;
    assert_eq!(several.len(), 2);
    let none = client::<S>(&sim).send(webspace::Del::new(webspace::Filter::name("no-such.example"))).unwrap();
    let (done, faults) = none.partition();
    assert_eq!((done.len(), faults.len()), (0, 1));
}

suite!(
    a_customer_lives_and_dies,
    the_server_lists_the_protocols_it_takes,
    login_and_password_work_and_wrong_ones_say_so,
    a_refused_batch_is_one_error,
    thousands_of_ids_go_packet_by_packet,
    many_threads_share_a_client,
    several_outcomes_are_not_one,
);
