//! Failures that a test asks for, and the clock that it moves.

use std::time::{Duration, Instant, UNIX_EPOCH};

use plesk_sim::{Failure, Phase, Sim};

use crate::support::{Connection, assert_valid, run, send_packet, start, text};

/// Adds a customer in one packet with a read before it. Returns the response, if there is one.
fn add(sim: &Sim, login: &str) -> std::io::Result<(u16, String)> {
    let packet = format!("<packet><session><get/></session><customer>{}</customer></packet>", add_element(login));
    Connection::open(sim).send(packet.as_bytes())
}

fn add_element(login: &str) -> String {
    format!("<add><gen_info><pname>P</pname><login>{login}</login><passwd>s3cret!</passwd></gen_info></add>")
}

fn logins(sim: &Sim) -> Vec<String> {
    sim.state().customers.values().map(|customer| customer.login.clone()).collect()
}

#[test]
fn error_concerns_the_chosen_operations_only() {
    let sim = start();
    sim.inject(Failure::error(1023, "The disk is <full>").on_operation("customer", "add").after(1).times(2));
    let adds: String = ["a", "b", "c", "d"].map(add_element).concat();
    let reply = send_packet(&sim, &format!("<session><get/></session><customer>{adds}</customer>"));
    let error = "<add><result><status>error</status><errcode>1023</errcode><errtext>The disk is &lt;full&gt;</errtext>";
    assert_eq!(reply.matches(error).count(), 2, "{reply}");
    assert_eq!(logins(&sim), ["a", "d"]);

    sim.inject(Failure::error(1, "nested").on_operation("webspace", "db-servers/list"));
    run(&sim, "webspace", "del", "<filter/>");
    let reply = send_packet(&sim, "<webspace><db-servers><list><filter/></list></db-servers></webspace>");
    assert_eq!(text(&reply, "errtext"), "nested");
}

#[test]
fn http_status_replaces_the_work() {
    let sim = start();
    sim.inject(Failure::http_status(503).on_operator("customer"));
    assert_eq!(Connection::open(&sim).send(b"<packet><session><get/></session></packet>").expect("a response").0, 200);
    let (status, body) = add(&sim, "a").expect("a response");
    assert!(status == 503 && body.starts_with("<html>"), "{body}");
    assert!(logins(&sim).is_empty());
    assert_eq!(add(&sim, "a").expect("a response").0, 200);
}

#[test]
fn dropped_connection_leaves_what_was_done() {
    let sim = start();
    for (phase, expected) in
        [(Phase::BeforeWork, &[][..]), (Phase::DuringWork, &["a"]), (Phase::AfterWork, &["a", "b", "c"])]
    {
        sim.state().customers.clear();
        sim.inject(Failure::disconnect(phase).on_operation("customer", "add"));
        let adds: String = ["a", "b", "c"].map(add_element).concat();
        let packet = format!("<packet><customer>{adds}</customer></packet>");
        let result = Connection::open(&sim).send(packet.as_bytes());
        assert!(result.is_err(), "{phase:?}: {result:?}");
        assert_eq!(logins(&sim), expected, "{phase:?}");
        assert_eq!(sim.exchanges().last().map(plesk_sim::Exchange::status), Some(0));
    }
}

#[test]
fn cut_and_damaged_answers_hide_what_was_done() {
    let sim = start();
    sim.inject(Failure::cut_answer());
    let error = add(&sim, "a").expect_err("half of the answer");
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);

    sim.inject(Failure::damaged_answer());
    let (status, body) = add(&sim, "b").expect("a response");
    assert!(status == 200 && body.contains("<packet") && !body.contains("</packet>"), "{body}");
    assert_eq!(logins(&sim), ["a", "b"]);

    sim.inject(Failure::unknown_elements());
    let (_, body) = add(&sim, "c").expect("a response");
    assert_eq!(body.matches("<unknown-element>").count(), 2, "{body}");
    assert_valid(&add(&sim, "d").expect("a response").1);
}

#[test]
fn delay_delays_the_answer_of_one_connection() {
    let sim = start();
    sim.inject(Failure::delay(Duration::from_millis(300)));
    let start = Instant::now();
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| add(&sim, "a").expect("a response"));
        while logins(&sim).is_empty() {
            std::thread::yield_now();
        }
        add(&sim, "b").expect("a response");
        assert!(!slow.is_finished());
        slow.join().expect("a response");
    });
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn clock_moves_as_the_test_says() {
    let sim = start();
    sim.stop_clock_at(UNIX_EPOCH + Duration::from_secs(951_782_399)); // 2000-02-28T23:59:59Z
    assert_eq!(sim.state().add_customer("a").cr_date.as_str(), "2000-02-28");
    sim.advance_clock(Duration::from_secs(1));
    add(&sim, "b").expect("a response");
    let dates: Vec<_> = sim.state().customers.values().map(|customer| customer.cr_date.to_string()).collect();
    assert_eq!(dates, ["2000-02-28", "2000-02-29"]);
    let login = sim.state().add_session("b").login_time.to_string();
    assert_eq!(login, "2000-02-29T00:00:00");
}
