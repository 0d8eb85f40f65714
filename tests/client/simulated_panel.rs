//! The clients with the simulated Plesk: operations that really change the state of a server.

use plesk::{Batch, ClientBuilder, Error, ErrorCode, Outcomes, customer, session, webspace};
use plesk_sim::Sim;

use crate::support::{AnyClient, Scheme};

fn sim(scheme: Scheme) -> Sim {
    match scheme {
        Scheme::Http => Sim::builder().plain_http().start(),
        Scheme::Https => Sim::start(),
    }
    .expect("a simulated server")
}

fn builder<C: AnyClient>(sim: &Sim) -> ClientBuilder<C> {
    C::builder(sim.url()).root_certificate(sim.certificate_pem()).danger_plain_http()
}

fn client<C: AnyClient>(sim: &Sim) -> C {
    builder(sim).secret_key(sim.secret_key()).build().expect("a client")
}

fn customer_is_created_read_and_deleted<C: AnyClient>(scheme: Scheme) {
    let sim = sim(scheme);
    let client = client::<C>(&sim);
    let added = client.send(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "<pass> & word"))).unwrap();
    let id = added.unwrap().id;
    let read = client.send(customer::Get::new(customer::Filter::id(id), customer::Dataset::new().gen_info())).unwrap();
    let account = read.into_single().unwrap().unwrap();
    assert_eq!(account.data.unwrap().gen_info.unwrap().login, "jo");

    let mut batch = Batch::new();
    let del = batch.push(customer::Del::new(customer::Filter::id(id)));
    let again = batch.push(customer::Del::new(customer::Filter::id(id)));
    let response = client.send_batch(batch).unwrap();
    assert_eq!(response.take(del).unwrap().all_ok().unwrap().len(), 1);
    let fault = response.take(again).unwrap().into_single().unwrap().unwrap_err();
    assert_eq!((fault.code, response.attempts()), (Some(ErrorCode::NOT_FOUND), 1));
    assert!(sim.state().customers.is_empty());
}

fn protocols_returns_the_versions_in_order<C: AnyClient>(scheme: Scheme) {
    let sim = sim(scheme);
    let versions = client::<C>(&sim).protocols().unwrap();
    assert!(versions.is_sorted() && versions.len() > 1, "{versions:?}");
    assert_eq!(versions.last().unwrap().to_string(), plesk::PROTOCOL);
}

fn wrong_credentials_are_a_system_error_with_advice<C: AnyClient>(scheme: Scheme) {
    let sim = sim(scheme);
    let right = builder::<C>(&sim).login(sim.login(), sim.password()).build().unwrap();
    right.send(session::Get::new()).unwrap().unwrap();
    let wrong = builder::<C>(&sim).login(sim.login(), "wrong").build().unwrap();
    assert_error!(wrong.send(session::Get::new()).unwrap_err(), Error::System(_), "1001", "check login and password");
    let wrong = builder::<C>(&sim).secret_key("wrong").build().unwrap();
    assert_error!(wrong.send(session::Get::new()).unwrap_err(), Error::System(_), "11003", "created for");
}

/// The server refuses the packet as a whole, so no operation has an answer.
fn refused_batch_is_one_error<C: AnyClient>(scheme: Scheme) {
    let sim = sim(scheme);
    let client = builder::<C>(&sim).secret_key(sim.secret_key()).protocol_version("9.9.9.9").build().unwrap();
    let mut batch = Batch::new();
    let _ = (batch.push(session::Get::new()), batch.push(session::Terminate::new("x")));
    let error = client.send_batch(batch).unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::UNSUPPORTED_PROTOCOL));
    assert!(error.to_string().contains("server/get_protos"), "{error}");
}

fn chunks_sends_one_packet_per_chunk<C: AnyClient>(scheme: Scheme) {
    let sim = sim(scheme);
    let ids: Vec<_> = (0..250).map(|number| sim.state().add_customer(&format!("customer-{number}")).id).collect();
    let client = client::<C>(&sim);
    let size = std::num::NonZeroUsize::new(100).unwrap();
    let mut gone = 0;
    for del in plesk::chunks(ids, size, |ids| customer::Del::new(customer::Filter::ids(ids))) {
        gone += client.send(del).unwrap().all_ok().unwrap().len();
    }
    assert_eq!((gone, sim.state().customers.len(), sim.exchanges().len()), (250, 0, 3));
}

/// Each thread gets the answers to its own requests.
fn client_is_shared_by_many_threads<C: AnyClient>(scheme: Scheme) {
    let sim = sim(scheme);
    let client = client::<C>(&sim);
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

fn into_single_with_several_outcomes_returns_them<C: AnyClient>(scheme: Scheme) {
    let sim = sim(scheme);
    for login in ["jo", "ann"] {
        sim.state().add_customer(login);
    }
    let found = client::<C>(&sim).send(customer::Get::new(customer::Filter::Everything, customer::Dataset::new()));
    let several: Outcomes<_> = found.unwrap().into_single().unwrap_err().0;
    assert_eq!(several.len(), 2);
    let none = client::<C>(&sim).send(webspace::Del::new(webspace::Filter::name("no-such.example"))).unwrap();
    let (done, faults) = none.partition();
    assert_eq!((done.len(), faults.len()), (0, 1));
}

test_over_http_and_https!(
    customer_is_created_read_and_deleted,
    protocols_returns_the_versions_in_order,
    wrong_credentials_are_a_system_error_with_advice,
    refused_batch_is_one_error,
    chunks_sends_one_packet_per_chunk,
    client_is_shared_by_many_threads,
    into_single_with_several_outcomes_returns_them,
);
