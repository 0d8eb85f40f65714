//! What each job does to simulated servers.

use std::time::Duration;

use plesk::{Client, service_plan, shortcuts, webspace};
use plesk_sim::{Failure, Phase, Sim};

use crate::billing::{self, Order};
use crate::{acme, check, connect, handler, idempotent, mailboxes, migrate, offline, report};

const ORDER: Order<'_> = Order { login: "jo", name: "Jo Doe", password: "correct horse", domain: "example.com" };

/// Returns a server with a customer who has a subscription on the plan `basic`, and its client.
async fn server() -> (Sim, Client) {
    let sim = Sim::start().unwrap();
    let client = connect(&sim).unwrap();
    for plan in ["basic", "gold"] {
        client.send_ok(service_plan::Add::new(plan).external_id(plan)).await.unwrap();
    }
    billing::create(&client, &ORDER, "basic").await.unwrap();
    (sim, client)
}

#[tokio::test]
async fn acme_hook_removes_only_its_own_challenge() {
    let (_sim, client) = server().await;
    acme::present(&client, "example.com", "first").await.unwrap();
    acme::present(&client, "example.com", "second").await.unwrap();
    assert_eq!(acme::clean_up(&client, "example.com", "first").await.unwrap(), 1);
    assert_eq!(acme::clean_up(&client, "example.com", "first").await.unwrap(), 0);
    assert_eq!(acme::clean_up(&client, "example.com", "second").await.unwrap(), 1);
    assert!(acme::present(&client, "example.net", "first").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn billing_module_carries_out_orders() {
    let (sim, client) = server().await;
    billing::suspend(&client, "jo", true).await.unwrap();
    assert_eq!(client.send_ok(shortcuts::customer("jo")).await.unwrap().info.status, 16);
    billing::suspend(&client, "jo", false).await.unwrap();
    assert_eq!(client.send_ok(shortcuts::customer("jo")).await.unwrap().info.status, 0);

    billing::change_plan(&client, "example.com", "gold").await.unwrap();
    let dataset = webspace::Dataset::new().subscriptions();
    let get = || client.send(webspace::Get::new(webspace::Filter::name("example.com"), dataset.clone()));
    let plans = format!("{:?}", get().await.unwrap().all_ok().unwrap());
    let gold = client.send(service_plan::Get::new(service_plan::Filter::name("gold"))).await.unwrap().all_ok().unwrap();
    assert!(plans.contains(gold[0].guid.as_deref().unwrap()), "{plans}");

    let second = Order { domain: "example.org", ..ORDER };
    billing::create(&client, &second, "basic").await.unwrap();
    assert_eq!(sim.state().customers.len(), 1);
    billing::terminate(&client, "jo").await.unwrap();
    assert!(sim.state().customers.is_empty() && sim.state().subscriptions.is_empty());
}

#[tokio::test]
async fn report_names_each_subscription_and_each_failed_server() {
    let mut servers = Vec::new();
    for _ in 0..5 {
        servers.push(server().await);
    }
    servers[3].0.inject(Failure::http_status(503));
    let clients: Vec<Client> = servers.iter().map(|(_, client)| client.clone()).collect();
    let lines = report::report(&clients).await;
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert!(lines[0].starts_with("example.com: ") && lines[3].starts_with("no report: "), "{lines:?}");
}

#[tokio::test]
async fn migration_copies_customer_and_domains() {
    let ((_old, from), new) = (server().await, Sim::start().unwrap());
    billing::suspend(&from, "jo", true).await.unwrap();
    let to = connect(&new).unwrap();
    assert_eq!(migrate::customer(&from, &to, "jo", "battery staple").await.unwrap(), 1);
    let copy = to.send_ok(shortcuts::customer("jo")).await.unwrap().info;
    assert_eq!((copy.pname.as_str(), copy.status), ("Jo Doe", 16));
    let space = to.send_ok(shortcuts::webspace("example.com")).await.unwrap();
    assert_eq!(space.info.owner_login.as_deref(), Some("jo"));
}

#[tokio::test]
async fn mailboxes_are_created_listed_changed_and_deleted() {
    let (sim, client) = server().await;
    mailboxes::create(&client, "example.com", "info", "correct horse").await.unwrap();
    mailboxes::create(&client, "example.com", "sales", "correct horse").await.unwrap();
    assert_eq!(mailboxes::list(&client, "example.com").await.unwrap(), ["info", "sales"]);
    mailboxes::set_password(&client, "example.com", "info", "battery staple").await.unwrap();
    let packet = String::from_utf8_lossy(sim.exchanges().pop().unwrap().request()).into_owned();
    assert!(packet.contains("<password><value>battery staple</value></password>"), "{packet}");
    mailboxes::delete(&client, "example.com", "info").await.unwrap();
    assert_eq!(mailboxes::list(&client, "example.com").await.unwrap(), ["sales"]);
}

#[test]
fn broken_packet_is_explained() {
    let broken =
        check::check("<packet><customer><add><gen_info><login>jo</login></gen_info></add></customer></packet>");
    assert!(broken.contains("packet/customer/add/gen_info") && broken.contains("pname"), "{broken}");
    let valid = "<packet><customer><get><filter><login>jo</login></filter><dataset/></get></customer></packet>";
    assert_eq!(check::check(valid), "valid");
}

#[tokio::test]
async fn suspension_can_be_asked_for_again_whatever_fails() {
    let (sim, client) = server().await;
    assert_eq!(idempotent::ensure_suspended(&client, "al").await.unwrap(), "no such customer");
    sim.inject(Failure::disconnect(Phase::AfterWork).on_operation("customer", "set"));
    assert!(!idempotent::ensure_suspended(&client, "jo").await.unwrap_err().is_unsent());
    assert_eq!(idempotent::ensure_suspended(&client, "jo").await.unwrap(), "was suspended");
    billing::suspend(&client, "jo", false).await.unwrap();
    sim.inject(Failure::error(1006, "Permission denied").on_operation("customer", "set"));
    assert!(idempotent::ensure_suspended(&client, "jo").await.unwrap_err().is_permission());
    assert_eq!(idempotent::ensure_suspended(&client, "jo").await.unwrap(), "suspended");
}

#[test]
fn packet_is_written_and_read_without_a_client() {
    let (packet, get) = offline::request().unwrap();
    let sent = String::from_utf8_lossy(packet.as_bytes());
    assert!(sent.contains("<filter><login>jo</login></filter>"), "{sent}");
    let error = offline::read(&packet, get, b"").unwrap_err().to_string();
    assert!(error.contains("is empty") && !error.contains("HTTP status"), "{error}");
}

#[tokio::test]
async fn handler_answers_with_one_type_of_error() {
    let (sim, client) = server().await;
    assert!(handler::site(&client, "example.com").await.unwrap().starts_with("site "));
    assert_eq!(handler::site(&client, "example.net").await.unwrap_err().0, 404);
    sim.inject(Failure::delay(Duration::from_secs(5)));
    let builder = Client::builder(sim.url()).secret_key(sim.secret_key()).root_certificate(sim.certificate_pem());
    let hasty = builder.timeout(Duration::from_millis(200)).build().unwrap();
    assert_eq!(handler::site(&hasty, "example.com").await.unwrap_err().0, 503);
}
