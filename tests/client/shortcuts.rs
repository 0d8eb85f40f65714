//! The requests that nearly every program makes, with the simulated Plesk.

use plesk::shortcuts::{self, One};
use plesk::{Error, customer};
use plesk_sim::{Failure, Sim};

use crate::support::AnyClient;

fn client<C: AnyClient>(sim: &Sim) -> C {
    C::builder(sim.url()).secret_key(sim.secret_key()).root_certificate(sim.certificate_pem()).build().unwrap()
}

fn customer_is_found_suspended_and_resumed<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let client = client::<C>(&sim);
    let fault = client.send(shortcuts::customer("jo")).unwrap().unwrap_err();
    assert!(fault.is_not_found(), "{fault}");
    let id =
        client.send(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse"))).unwrap().unwrap().id;
    let status = || client.send(shortcuts::customer("jo")).unwrap().unwrap().info.status;
    assert_eq!(client.send(shortcuts::customer("jo")).unwrap().unwrap().id, id);
    client.send(shortcuts::suspend_customer("jo")).unwrap().unwrap();
    assert_eq!(status(), 16);
    client.send(shortcuts::resume_customer("jo")).unwrap().unwrap();
    assert_eq!(status(), 0);
}

fn one_of_several_objects_is_a_fault<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let client = client::<C>(&sim);
    let get = || One::new(customer::Get::new(customer::Filter::Everything, customer::Dataset::new()));
    let nothing = client.send(get()).unwrap().unwrap_err();
    assert!(nothing.is_not_found() && Error::from(nothing).is_not_found());
    for login in ["jo", "jane"] {
        let add = customer::Add::new(customer::AddGenInfo::new("Jo", login, "correct horse"));
        client.send(add).unwrap().unwrap();
    }
    let fault = client.send(get()).unwrap().unwrap_err();
    assert!(fault.to_string().contains("2 objects match") && !fault.is_not_found(), "{fault}");
}

fn login_link_opens_a_session_for_the_address<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let client = client::<C>(&sim);
    client.send(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse"))).unwrap().unwrap();
    let request = shortcuts::session("jo", "203.0.113.7".parse().unwrap());
    assert_eq!(request.data.as_ref().unwrap().user_ip, "MjAzLjAuMTEzLjc=");
    let session = client.send(request).unwrap().unwrap();
    let link = shortcuts::login_link("https://panel.example:8443/", &session);
    let expected =
        format!("https://panel.example:8443/enterprise/rsession_init.php?PLESKSESSID={}", session.id.expose());
    assert_eq!(link.expose(), expected);
    assert!(!format!("{link:?}").contains(session.id.expose()));
}

/// Returns the account that the tests look for.
fn account() -> customer::AddGenInfo {
    customer::AddGenInfo::new("Jo", "jo", "correct horse")
}

fn customer_is_created_once<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let client = client::<C>(&sim);
    let created = client.find_or_create_customer(account()).unwrap();
    let found = client.find_or_create_customer(account()).unwrap();
    assert_eq!((created.is_new, found.is_new, found.id), (true, false, created.id));
}

fn customer_created_by_another_program_is_found<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let client = client::<C>(&sim);
    let id = client.send(customer::Add::new(account())).unwrap().unwrap().id;
    // The first search comes before the other program, the creation after it.
    sim.inject(Failure::error(1013, "Customer does not exist").on_operation("customer", "get").times(1));
    let found = client.find_or_create_customer(account()).unwrap();
    assert_eq!((found.id, found.is_new), (id, false));
}

fn refused_customer_is_the_fault_of_the_creation<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let client = client::<C>(&sim);
    sim.inject(Failure::error(1019, "The password is too weak").on_operation("customer", "add"));
    let error = client.find_or_create_customer(account()).unwrap_err();
    assert!(error.to_string().contains("too weak") && !error.is_not_found(), "{error}");
}

test_with_both_clients!(
    customer_is_created_once,
    customer_created_by_another_program_is_found,
    refused_customer_is_the_fault_of_the_creation,
    customer_is_found_suspended_and_resumed,
    one_of_several_objects_is_a_fault,
    login_link_opens_a_session_for_the_address,
);
