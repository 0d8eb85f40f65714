//! The client with the simulated Plesk: TLS, authentication, and operations that really change the state of the server.
//! Every packet is also validated with libxml2.

use plesk::{Batch, Client, Error, ErrorCode, customer, reseller, service_plan, session, webspace};
use plesk_sim::{ADMINISTRATOR_ID, Sim};

use crate::support::reference::{Direction, libxml2_verdicts};

fn sim() -> Sim {
    Sim::start().expect("a simulated server")
}

fn client(sim: &Sim) -> Client {
    Client::builder(sim.url())
        .secret_key(sim.secret_key())
        .root_certificate(sim.certificate_pem())
        .build()
        .expect("a client")
}

/// Validates all packets of the simulated server with libxml2, if it is installed.
#[track_caller]
fn assert_valid(sim: &Sim) {
    let exchanges = sim.exchanges();
    assert!(!exchanges.is_empty());
    let requests: Vec<_> = exchanges.iter().map(|exchange| exchange.request()).collect();
    let answers: Vec<_> = exchanges.iter().map(|exchange| exchange.response()).collect();
    for (direction, packets) in [(Direction::Request, requests), (Direction::Response, answers)] {
        if let Some(verdicts) = libxml2_verdicts(direction, &packets) {
            assert!(verdicts.iter().all(|valid| *valid), "{direction:?}: {verdicts:?}");
        }
    }
}

#[tokio::test]
async fn customer_is_created_read_changed_and_deleted() -> Result<(), Error> {
    let sim = sim();
    let client = client(&sim);
    let info = customer::AddGenInfo::new("Jo Doe", "jo", "a <secret> & more").email("jo@sample.example");
    let added = client.send(customer::Add::new(info)).await??;
    assert_eq!(sim.state().customers[&added.id.get()].password.expose(), "a <secret> & more");

    let by_id = || customer::Filter::id(added.id);
    let values = customer::SetValues::new().gen_info(customer::SetGenInfo::new().city("Porto"));
    client.send(customer::Set::new(by_id(), values)).await?.all_ok()?;

    let read = client.send(customer::Get::new(by_id(), customer::Dataset::new().gen_info())).await?.all_ok()?;
    let info = read[0].data.as_ref().and_then(|data| data.gen_info.as_ref()).expect("general data");
    assert_eq!((info.city.as_str(), info.email.as_str()), ("Porto", "jo@sample.example"));

    client.send(customer::Del::new(by_id())).await?.all_ok()?;
    assert!(sim.state().customers.is_empty());
    let again = client.send(customer::Del::new(by_id())).await?.into_single().expect("one outcome");
    assert_eq!(again.unwrap_err().code, Some(ErrorCode::NOT_FOUND));
    assert_valid(&sim);
    Ok(())
}

/// The conversion from read to written data leaves out what must not be repeated, such as a rename.
#[tokio::test]
async fn account_is_read_changed_and_written_back() -> Result<(), Error> {
    let sim = sim();
    let client = client(&sim);
    let info = customer::AddGenInfo::new("Jo Doe", "jo", "a <secret> & more").email("jo@sample.example").city("Porto");
    let id = client.send(customer::Add::new(info)).await??.id;
    let by_id = || customer::Filter::id(id);
    let get = || customer::Get::new(by_id(), customer::Dataset::new().gen_info());
    let read = async || {
        let mut found = client.send(get()).await?.all_ok()?;
        Ok::<_, Error>(found.remove(0).data.expect("general data"))
    };

    let before = read().await?;
    let (mut values, left_out) = customer::SetValues::from_lossy(&before);
    assert!(left_out.contains("gen_info/login") && !left_out.contains("gen_info/phone"), "{left_out}");
    values.gen_info = values.gen_info.map(|info| info.phone("+351 1"));
    client.send(customer::Set::new(by_id(), values)).await?.all_ok()?;

    let mut expected = before;
    expected.gen_info.as_mut().expect("general data").phone = "+351 1".to_owned();
    assert_eq!(read().await?, expected);
    let sent = sim.exchanges().iter().map(|it| String::from_utf8_lossy(it.request()).into_owned()).collect::<Vec<_>>();
    let sent = sent.iter().find(|request| request.contains("<set>")).expect("the change");
    assert!(sent.contains("<pname>Jo Doe</pname>") && !sent.contains("<login>") && !sent.contains("<guid"), "{sent}");
    assert_valid(&sim);
    Ok(())
}

/// A migration: what the old server returns is what the new one takes, except for what the conversion returns.
#[tokio::test]
async fn customer_is_copied_to_another_server() -> Result<(), Error> {
    let (old, new) = (sim(), sim());
    let (from, to) = (client(&old), client(&new));
    let info = customer::AddGenInfo::new("Jo Doe", "jo", "a password").email("jo@sample.example").external_id("c-7");
    from.send(customer::Add::new(info)).await??;
    from.send(plesk::shortcuts::suspend_customer("jo")).await??;

    let person = from.send_ok(plesk::shortcuts::customer("jo")).await?.info;
    let (copy, left_out) = customer::AddGenInfo::from_lossy(&person, "another password");
    assert!(["status", "guid", "cr_date"].iter().all(|path| left_out.contains(path)), "{left_out}");
    assert!(left_out.to_string().contains("status = 16"), "{left_out}");
    to.send(customer::Add::new(copy)).await??;

    let copied = to.send_ok(plesk::shortcuts::customer("jo")).await?.info;
    assert_eq!(
        (&copied.pname, &copied.email, &copied.external_id),
        (&person.pname, &person.email, &person.external_id)
    );
    assert_valid(&new);
    Ok(())
}

#[tokio::test]
async fn add_taken_login_is_a_fault() -> Result<(), Error> {
    let sim = sim();
    sim.state().add_customer("jo");
    let fault = client(&sim).send(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "pw"))).await?.unwrap_err();
    assert!(fault.code.is_some_and(ErrorCode::may_already_exist), "{fault}");
    assert_valid(&sim);
    Ok(())
}

#[tokio::test]
async fn batch_of_mixed_operators_returns_each_handle_its_answer() -> Result<(), Error> {
    let sim = sim();
    let (customer, session, plan, reseller, webspace) = {
        let mut state = sim.state();
        let customer = state.add_customer("fred").id;
        (
            customer,
            state.add_session("admin").id.clone(),
            state.add_service_plan(ADMINISTRATOR_ID, "Basic").id,
            state.add_reseller("rhea").id,
            state.add_subscription(customer, "one.example").id,
        )
    };
    let mut batch = Batch::new();
    let missing = batch.push(session::Terminate::new("no-such-session"));
    let webspaces = batch.push(webspace::Del::new(webspace::Filter::ids([webspace, webspace + 9999])));
    let ended = batch.push(session::Terminate::new(&session));
    let plans = batch.push(service_plan::Del::new(service_plan::Filter::name("Basic")));
    let resellers = batch.push(reseller::Del::new(reseller::Filter::Everything));
    let customers = batch.push(customer::Del::new(customer::Filter::login("fred")));
    let response = client(&sim).send_batch(batch).await?;

    // In a different order than they were pushed.
    assert_eq!(response.take(customers)?.all_ok()?[0].id.map(|id| id.get()), Some(customer));
    assert_eq!(response.take(resellers)?.all_ok()?[0].id.map(|id| id.get()), Some(reseller));
    assert_eq!(response.take(plans)?.all_ok()?[0].object, Some(service_plan::Object::Name("Basic".into())));
    response.take(ended)??;
    let outcomes: Vec<_> = response.take(webspaces)?.into_iter().collect();
    assert_eq!(outcomes.len(), 2);
    assert_eq!(outcomes[0].as_ref().expect("deleted").id.map(|id| id.get()), Some(webspace));
    assert_eq!(outcomes[1].as_ref().expect_err("unknown").code, Some(ErrorCode::NOT_FOUND));
    assert_eq!(response.take(missing)?.unwrap_err().code, Some(ErrorCode::NOT_FOUND));

    assert_valid(&sim);
    let state = sim.state();
    assert!(!state.service_plans.contains_key(&plan));
    assert!(
        state.customers.is_empty()
            && state.resellers.is_empty()
            && state.subscriptions.is_empty()
            && state.sessions.is_empty()
    );
    Ok(())
}

#[tokio::test]
async fn take_with_a_handle_of_another_batch_fails() -> Result<(), Error> {
    let sim = sim();
    let (mut one, mut other) = (Batch::new(), Batch::new());
    let foreign = other.push(session::Get::new());
    let own = one.push(session::Get::new());
    let response = client(&sim).send_batch(one).await?;
    assert!(matches!(response.take(foreign), Err(Error::ForeignHandle)));
    response.take(own)??;
    Ok(())
}

#[tokio::test]
async fn send_invalid_request_sends_nothing() {
    let sim = sim();
    let client = client(&sim);
    let info = customer::AddGenInfo::new("Jo\u{7}", "jo", "secret\u{0}password");
    let error = client.send(customer::Add::new(info)).await.expect_err("two forbidden characters");
    let Error::Invalid(violations) = &error else { panic!("{error}") };
    assert_eq!(violations.as_slice().len(), 2, "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
    let error = client.send(customer::Del::new(customer::Filter::id(0))).await.expect_err("no id is 0");
    assert!(error.to_string().contains("del/filter/id[1]: '0'"), "{error}");
    assert!(sim.exchanges().is_empty());
}

#[tokio::test]
async fn send_with_wrong_credentials_is_a_system_error() {
    let sim = sim();
    let with =
        |builder: plesk::ClientBuilder| builder.root_certificate(sim.certificate_pem()).build().expect("a client");
    for (client, code) in [
        (with(Client::builder(sim.url()).login(sim.login(), "wrong")), ErrorCode::AUTHENTICATION_FAILED),
        (with(Client::builder(sim.url()).secret_key("wrong")), ErrorCode::KEY_REFUSED),
    ] {
        let error = client.send(session::Get::new()).await.expect_err("wrong credentials");
        assert!(matches!(error, Error::System(_)), "{error:?}");
        assert_eq!(error.code(), Some(code), "{error}");
        assert!(!format!("{error} {error:?} {client:?}").contains("wrong\""));
    }
    let right = with(Client::builder(sim.url()).login(sim.login(), sim.password()));
    assert!(right.send(session::Get::new()).await.is_ok());
    assert_valid(&sim);
}

#[tokio::test]
async fn send_with_untrusted_certificate_is_a_tls_error_with_advice() {
    let (sim, other) = (sim(), self::sim());
    let unknown = Client::builder(sim.url()).secret_key(sim.secret_key()).build().expect("a client");
    let wrong = Client::builder(sim.url())
        .secret_key(sim.secret_key())
        .root_certificate(other.certificate_pem())
        .build()
        .expect("a client");
    for client in [unknown, wrong] {
        let error = client.send(session::Get::new()).await.expect_err("an unknown certificate");
        assert!(matches!(error, Error::Tls { .. }), "{error:?}");
        assert!(error.to_string().contains("root_certificate"), "{error}");
    }
    assert!(sim.exchanges().is_empty());
    let careless = Client::builder(sim.url())
        .secret_key(sim.secret_key())
        .danger_accept_invalid_certificates()
        .build()
        .expect("a client");
    assert!(careless.send(session::Get::new()).await.is_ok());
}

#[tokio::test]
async fn build_with_plain_http_requires_opt_in() {
    let sim = Sim::builder().plain_http().start().expect("a simulated server");
    let error = Client::builder(sim.url()).secret_key(sim.secret_key()).build().unwrap_err();
    assert!(matches!(&error, Error::Setup { problem, .. } if problem.contains("use https://")), "{error}");
    let client = Client::builder(sim.url()).secret_key(sim.secret_key()).danger_plain_http().build().expect("a client");
    assert!(client.send(session::Get::new()).await.is_ok());
}

#[tokio::test]
async fn send_with_unsupported_version_is_a_system_error() {
    let sim = sim();
    let client = Client::builder(sim.url())
        .secret_key(sim.secret_key())
        .root_certificate(sim.certificate_pem())
        .protocol_version("9.9.9.9")
        .build()
        .expect("a client");
    let error = client.send(session::Get::new()).await.expect_err("an unknown version");
    assert_eq!(error.code(), Some(ErrorCode::UNSUPPORTED_PROTOCOL), "{error}");
    assert_valid(&sim);
}
