//! Outcomes as they arrive: from servers that misbehave in every way, and as `send` returns them.

use std::fmt::Debug;
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use plesk::{Effect, Error, Operation, OutcomeBody, Outcomes, RetryPolicy, customer};

use crate::support::{
    AnyClient, Async, Attempt, FakeTransport, KEY, Scheme, Server, http_response, packet, response_with, serve,
    serve_many, serve_with,
};

/// How much later than its timeout a call may return. The machine may be busy with other tests.
const TOLERANCE: Duration = Duration::from_millis(400);

fn del() -> customer::Del {
    customer::Del::new(customer::Filter::ids([1, 2, 3]))
}

fn result(id: u64) -> String {
    format!("<result><status>ok</status><id>{id}</id></result>")
}

fn deleted(results: &str) -> String {
    packet(&format!("<customer><del>{results}</del></customer>"))
}

/// Returns the items, with the outcomes as text.
fn items<C, Op, T, B>(client: &C, operation: Op) -> Vec<Result<String, Error>>
where
    C: AnyClient,
    Op: Operation<Answer = Outcomes<T, B>> + 'static,
    T: Debug + Send + 'static,
    B: Debug + OutcomeBody<T> + Send + 'static,
{
    let outcomes = client.send_each(operation).unwrap();
    outcomes.map(|item| item.map(|outcome| format!("{outcome:?}"))).collect()
}

fn from_body<C: AnyClient>(status: u16, body: Vec<u8>, strict: bool) -> C {
    let transport = FakeTransport::new(move |_, _| {
        let mut response = http::Response::new(body.clone());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        Attempt::new(Ok(response))
    });
    C::builder("https://panel.example:8443").secret_key(KEY).strict(strict).build_with(transport).unwrap()
}

/// Whatever the answer, `send_each` returns the outcomes of `send`, or its error after those that arrived whole.
fn outcomes_and_errors_are_those_of_send<C: AnyClient>() {
    let three = [1, 2, 3].map(result).concat();
    let fault =
        "<result><status>error</status><errcode>1013</errcode><errtext>gone</errtext><filter-id>2</filter-id></result>";
    let damaged = "<result>\n<status>ok</status><id>x</id></result>";
    let of_del = |content: &str| packet(&format!("<customer><del>{content}</del></customer>"));
    let mut bodies: Vec<(u16, String)> = [
        of_del(&three),
        of_del(&format!("{}{fault}\n\n{damaged}{}", result(1), result(4))),
        of_del(&format!(
            "\n <!-- > ' --> {} <?pi '>?> {}<new a='>' b=\"'/>\"/><![CDATA[ ]]>{}<!---->\n",
            result(1),
            result(2),
            fault
        )),
        of_del(""),
        of_del("<!-- nothing -->"),
        of_del("<unknown><result/></unknown>"),
        of_del(&format!("{}text{}", result(1), result(2))),
        of_del(&format!("{}<![CDATA[text]]>", result(1))),
        of_del("<result><status>ok</status></result>"),
        packet("<customer><del/></customer>"),
        packet("<customer/>"),
        packet(""),
        packet("<customer><get/><del-x/></customer><session/>"),
        packet(&format!("<session><get/></session><customer><add/><del>{three}</del><set/></customer><x/>")),
        packet(&format!("<customer><del>{three}</del><del>{three}</del></customer>")),
        packet(&format!("<customer><del>{three}</del></customer><customer><del/></customer>")),
        packet("<system><status>error</status><errcode>1001</errcode><errtext>no</errtext></system>"),
        packet(&format!(
            "<customer><del>{three}</del></customer><system><status>error</status><errcode>1001</errcode></system>"
        )),
        packet(&format!("<output>noise</output><customer><del>{three}</del></customer>")),
        format!("PHP Warning: x\n{}", of_del(&three)),
        format!("\n\n{}", of_del(&three)),
        format!("\u{FEFF}{}", of_del(&three)),
        format!(
            "<!-- a --><packet>\n<customer xmlns:a='u'><del>{}<a:x/></del></customer></packet><!-- b -->\n",
            result(1)
        ),
        format!("{}trailing", of_del(&three)),
        of_del(&three).replace("</del>", "</dell>"),
        of_del(&three).replace("</customer>", ""),
        of_del(&three).replace("<id>2", "<id><2"),
        of_del(&three).replace("<id>2", "<id a=1>2"),
        of_del(&three).replace("<id>2", "<id>\u{1}2"),
        of_del(&three).replace("<id>2", "<!DOCTYPE x><id>2"),
        of_del(&three).replace("UTF-8", "KOI8-R"),
        "<html><body>packet</body></html>".to_owned(),
        "<packets/>".to_owned(),
        "no packet".to_owned(),
        String::new(),
    ]
    .map(|body| (200, body))
    .to_vec();
    bodies.extend([(502, "<h1>Bad Gateway</h1>".to_owned()), (500, of_del(&three)), (413, String::new())]);
    let mut bodies: Vec<(u16, Vec<u8>)> =
        bodies.into_iter().map(|(status, body)| (status, body.into_bytes())).collect();
    bodies.push((200, of_del(&three).encode_utf16().flat_map(u16::to_le_bytes).collect()));
    bodies.push((200, [of_del(&three).as_bytes(), &[0xFF]].concat()));
    let (mut with_outcomes, mut with_errors) = (0, 0);
    for (status, body) in bodies {
        for strict in [false, true] {
            let shown = String::from_utf8_lossy(&body).into_owned();
            let sent = from_body::<C>(status, body.clone(), strict).send(del());
            let mut items = items(&from_body::<C>(status, body.clone(), strict), del());
            match sent {
                Ok(outcomes) => {
                    let expected: Vec<_> = outcomes.into_iter().map(|outcome| format!("{outcome:?}")).collect();
                    let items: Result<Vec<_>, _> = items.into_iter().collect();
                    assert_eq!(items.unwrap(), expected, "{shown}");
                    with_outcomes += 1;
                }
                Err(error) => {
                    let last = items.pop().expect("an error").expect_err(&shown);
                    assert!(items.iter().all(Result::is_ok), "{shown}");
                    let kind = |error: &Error| format!("{error:?}").split([' ', '(']).next().map(str::to_owned);
                    // A strict client refuses a second reply as an unexpected element.
                    let is_second = strict && matches!(last, Error::Mismatch(_)) && shown.matches("<del").count() == 2;
                    assert!(is_second || kind(&last) == kind(&error), "{shown}\n{last}\n{error}");
                    with_errors += 1;
                }
            }
        }
    }
    assert!(with_outcomes > 20 && with_errors > 20, "{with_outcomes} {with_errors}");
}

/// The protocol lets a server answer some operations in several elements.
fn reply_in_several_elements_is_read_one_by_one<C: AnyClient>() {
    let list = || customer::GetDomainList::new(customer::Filter::Everything);
    let nothing = "<result><status>ok</status></result>";
    let one = format!("<get-domain-list>{}{nothing}</get-domain-list>", result(1));
    let two = format!("<get-domain-list>{}</get-domain-list>", result(2));
    let damaged = two.replace("<id>2", "<id>x");
    for replies in [format!("{one}{two}"), format!("{one}<get-domain-list/>{damaged}"), "<get-domain-list/>".to_owned()]
    {
        let body = packet(&format!("<customer>{replies}</customer>"));
        let sent = from_body::<C>(200, body.clone().into_bytes(), false).send(list()).unwrap();
        let expected: Vec<_> = sent.into_iter().map(|outcome| format!("{outcome:?}")).collect();
        let items: Vec<_> =
            items(&from_body::<C>(200, body.into_bytes(), false), list()).into_iter().map(Result::unwrap).collect();
        assert_eq!(items, expected);
    }
}

/// Counts the items that are outcomes; the last one must be an error.
fn outcomes_before_error<C: AnyClient>(client: &C) -> (usize, Error) {
    let mut items = items(client, del());
    let error = items.pop().expect("an error").expect_err("the last item");
    assert!(items.iter().all(Result::is_ok));
    (items.len(), error)
}

fn answer_cut_at_any_byte_is_an_error_after_the_whole_outcomes<C: AnyClient>(scheme: Scheme) {
    let body = deleted(&format!("{}\n<!-- </result> -->{}", result(1), result(2)));
    let end = "</result>";
    let ends: Vec<usize> =
        body.match_indices(end).map(|(at, _)| at + end.len()).filter(|at| !body[*at..].starts_with(" -->")).collect();
    for cut in 0..body.len() {
        let whole = ends.iter().filter(|end| **end <= cut).count();
        // The length says that more should follow; or the end of the connection is the end of the body.
        let announced = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", body.len(), &body[..cut]);
        let (outcomes, error) = outcomes_before_error(&serve(scheme, announced).client::<C>());
        assert!(matches!(error, Error::Truncated { .. }), "{cut}: {error}");
        assert_eq!(outcomes, whole, "{cut}");
        let unannounced = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", &body[..cut]);
        let (outcomes, error) = outcomes_before_error(&serve(scheme, unannounced).client::<C>());
        assert!(matches!(error, Error::Malformed { .. } | Error::Empty { .. }), "{cut}: {error}");
        assert_eq!(outcomes, whole, "{cut}");
    }
}

/// Starts a server that sends two outcomes, and goes on as `then` does.
fn serve_two_and(scheme: Scheme, then: impl FnOnce(&mut dyn crate::support::Stream) + Send + 'static) -> Server {
    serve_with(scheme, move |mut stream| {
        let body = deleted(&[1, 2].map(result).concat());
        let (begin, _) = body.split_once("</del>").unwrap();
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
        let _ = stream.write_all(format!("{head}{begin}").as_bytes()).and_then(|()| stream.flush());
        then(&mut *stream);
    })
}

fn outcomes_arrive_before_a_stall_that_is_a_timeout<C: AnyClient>(scheme: Scheme) {
    let timeout = Duration::from_millis(500);
    for by_read_timeout in [false, true] {
        let server = serve_two_and(scheme, |stream| drop(stream.read(&mut [0; 1])));
        let client: C = match by_read_timeout {
            false => server.builder().timeout(timeout).build().unwrap(),
            true => server.builder().read_timeout(timeout).build().unwrap(),
        };
        let started = Instant::now();
        let mut outcomes = client.send_each(del()).unwrap();
        assert!(outcomes.next().unwrap().unwrap().is_ok() && outcomes.next().unwrap().unwrap().is_ok());
        assert!(started.elapsed() < timeout, "{:?}", started.elapsed());
        assert_error!(
            outcomes.next().unwrap().unwrap_err(),
            Error::Timeout { .. },
            "within 500ms",
            "may have executed"
        );
        assert!(started.elapsed() < timeout + TOLERANCE, "{:?}", started.elapsed());
        assert!(outcomes.next().is_none());
    }
}

/// Something always arrives, but never the end.
fn answer_that_drips_beyond_the_timeout_is_a_timeout<C: AnyClient>(scheme: Scheme) {
    let server = serve_two_and(scheme, |stream| {
        while stream.write_all(b" ").and_then(|()| stream.flush()).is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let client: C = server.builder().timeout(Duration::from_millis(500)).build().unwrap();
    let started = Instant::now();
    let (outcomes, error) = outcomes_before_error(&client);
    assert_eq!(outcomes, 2);
    assert_error!(error, Error::Timeout { .. }, "within 500ms");
    assert!(started.elapsed() < Duration::from_millis(500) + TOLERANCE, "{:?}", started.elapsed());
}

/// The timeout does not count the time of the caller.
fn caller_may_take_longer_than_the_timeout<C: AnyClient>(scheme: Scheme) {
    // More than what fits into the buffers on the way.
    let comment = format!("<!--{}-->", "x".repeat(20_000));
    let body = deleted(&(0..500).map(|id| result(id) + &comment).collect::<String>());
    let server = serve(scheme, http_response("200 OK", &body));
    let client: C = server.builder().timeout(Duration::from_secs(4)).build().unwrap();
    let mut outcomes = client.send_each(del()).unwrap();
    assert!(outcomes.next().unwrap().unwrap().is_ok());
    thread::sleep(Duration::from_millis(4500));
    assert_eq!(outcomes.filter(|item| item.as_ref().unwrap().is_ok()).count(), 499);
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn compressed_answer_is_unpacked_as_it_arrives<C: AnyClient>(scheme: Scheme) {
    let body = gzip(deleted(&(0..20_000).map(result).collect::<String>()).as_bytes());
    for body in [body.clone(), [&body[..], b"garbage"].concat()] {
        let server = serve(scheme, response_with("Content-Encoding: gzip\r\n", &body));
        let items = items(&server.client::<C>(), del());
        assert_eq!(items.iter().filter(|item| item.is_ok()).count(), 20_000);
        assert_eq!(items.len(), 20_000);
    }
    for (body, expected) in [(&body[..body.len() - 3], "broke off"), (&body[..body.len() / 2], "broke off")] {
        let (outcomes, error) = outcomes_before_error(&serve(scheme, response_with("", body)).client::<C>());
        assert!(outcomes > 1000 && error.to_string().contains(expected), "{outcomes} {error}");
    }
    // The checksum is wrong.
    let mut corrupt = body.clone();
    let at = corrupt.len() - 6;
    corrupt[at] ^= 1;
    let (outcomes, error) = outcomes_before_error(&serve(scheme, response_with("", &corrupt)).client::<C>());
    assert!(outcomes == 20_000 && matches!(error, Error::Encoding { .. }), "{outcomes} {error}");
    let (outcomes, error) =
        outcomes_before_error(&serve(scheme, response_with("Content-Encoding: br\r\n", b"\x0b\x02")).client::<C>());
    assert!(outcomes == 0 && matches!(error, Error::Encoding { .. }), "{error}");
}

fn limits_apply_to_answers_that_arrive<C: AnyClient>(scheme: Scheme) {
    let many = deleted(&(0..50_000).map(result).collect::<String>());
    for (response, some_arrive) in [
        // Announced, unannounced and hidden by compression.
        (http_response("200 OK", &many).into_bytes(), false),
        (format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{many}").into_bytes(), true),
        (response_with("", &gzip(many.as_bytes())), true),
        (response_with("", &gzip(&vec![b' '; 64 << 20])), false),
    ] {
        let client: C = serve(scheme, response).builder().max_response_size(1 << 20).build().unwrap();
        let (outcomes, error) = outcomes_before_error(&client);
        assert_error!(error, Error::TooLarge { limit: 1_048_576, .. }, "max_response_size");
        assert_eq!(outcomes > 1000, some_arrive);
    }
    // The memory of each result, and the depth.
    let large = format!(
        "{}<result><status>ok</status><id>2</id><filter-id>{}</filter-id></result>",
        result(1),
        "x".repeat(400_000)
    );
    let deep = format!("{}<result>{}", result(1), "<a>".repeat(100_000));
    let client: C = serve(scheme, http_response("200 OK", &deleted(&large)))
        .builder()
        .max_response_memory(200_000)
        .build()
        .unwrap();
    let (outcomes, error) = outcomes_before_error(&client);
    assert!(outcomes == 1 && matches!(error, Error::TooMuchMemory { .. }), "{error}");
    let (outcomes, error) =
        outcomes_before_error(&serve(scheme, http_response("200 OK", &deleted(&deep))).client::<C>());
    assert!(outcomes == 1 && matches!(error, Error::Malformed { .. }), "{error}");
}

fn retries_end_with_the_first_outcome<C: AnyClient>(scheme: Scheme) {
    let policy = || RetryPolicy::attempts(3).pauses(Duration::ZERO, Duration::ZERO);
    let whole = deleted(&[1, 2].map(result).concat());
    let cut = |at: &str| http_response("200 OK", &whole).split_once(at).unwrap().0.to_owned();
    // Nothing was returned of the first answers.
    let responses = [http_response("502 Bad Gateway", "busy"), cut("</result>"), http_response("200 OK", &whole)];
    let server = serve_many(scheme, 3, move |number, mut stream| drop(stream.write_all(responses[number].as_bytes())));
    let items = items(&server.builder::<C>().retry(policy()).build().unwrap(), del());
    assert!(items.len() == 2 && items.iter().all(Result::is_ok), "{items:?}");
    assert_eq!(server.requests().len(), 3);
    // Something was.
    let response = cut("<id>2");
    let server = serve_many(scheme, 1, move |_, mut stream| drop(stream.write_all(response.as_bytes())));
    let (outcomes, error) = outcomes_before_error(&server.builder::<C>().retry(policy()).build().unwrap());
    assert!(outcomes == 1 && matches!(error, Error::Truncated { .. }), "{error}");
    assert_eq!(server.requests().len(), 1);
}

fn repeated_deletion_counts_not_found_as_success<C: AnyClient>(scheme: Scheme) {
    let gone =
        |id| format!("<result><status>error</status><errcode>1013</errcode><filter-id>{id}</filter-id></result>");
    let responses = [String::new(), http_response("200 OK", &deleted(&format!("{}{}", gone(1), gone(2))))];
    let server = serve_many(scheme, 2, move |number, mut stream| drop(stream.write_all(responses[number].as_bytes())));
    let policy = RetryPolicy::attempts(2).pauses(Duration::ZERO, Duration::ZERO);
    let client: C = server.builder().retry(policy).build().unwrap();
    let outcomes: Vec<_> = client.send_each(del()).unwrap().map(Result::unwrap).collect();
    assert!(outcomes.len() == 2 && outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    // The first attempt was not repeated.
    let client: C = serve(scheme, http_response("200 OK", &deleted(&gone(1)))).client();
    let fault: Vec<_> = client.send_each(del()).unwrap().map(|item| item.unwrap().unwrap_err()).collect();
    assert!(fault.len() == 1 && fault[0].is_not_found());
    assert_eq!((fault[0].operation(), fault[0].object()), (Some("customer/del"), Some("1")));
}

fn faults_and_errors_hide_secrets<C: AnyClient>(scheme: Scheme) {
    let fault = format!("<result><status>error</status><errcode>1</errcode><errtext>{KEY}</errtext></result>");
    let body = deleted(&format!("{fault}<result><status>ok</status><id>{KEY}</id></result><{KEY}></x>"));
    let client: C = serve(scheme, http_response("200 OK", &body)).client();
    for item in client.send_each(del()).unwrap() {
        let shown = format!("{item:?}");
        assert!(shown.contains("***") && !shown.contains(KEY), "{shown}");
        match item {
            Ok(outcome) => drop(outcome.unwrap_err()),
            Err(error) => assert_error!(error, Error::Malformed { .. }, "127.0.0.1"),
        }
    }
}

fn packet_that_may_not_be_sent_is_an_error_at_once<C: AnyClient>() {
    let builder = || C::builder("https://127.0.0.1:1").secret_key(KEY);
    let client = builder().forbid(Effect::Delete).build().unwrap();
    assert_error!(client.send_each(del()).err().unwrap(), Error::Forbidden { .. }, "customer/del");
    let client = builder().build().unwrap();
    let blank = customer::Del::new(customer::Filter::login(" "));
    assert_error!(client.send_each(blank).err().unwrap(), Error::Invalid(_), "login");
    // It is sent when the first outcome is asked for.
    let mut outcomes = client.send_each(del()).unwrap();
    assert_error!(outcomes.next().unwrap().unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
    assert!(outcomes.next().is_none());
}

/// A dropped answer gives its connection and its slot back.
fn dropped_answer_closes_the_connection_and_frees_its_slot<C: AnyClient>(scheme: Scheme) {
    let whole = http_response("200 OK", &deleted(&result(1)));
    let (begin, _) = whole.split_once("</del>").unwrap();
    let begin = begin.to_owned();
    let server = serve_many(scheme, 2, move |number, mut stream| match number {
        0 => {
            let _ = stream.write_all(begin.as_bytes()).and_then(|()| stream.flush());
            // The client closes the connection.
            assert!(matches!(stream.read(&mut [0; 1]), Ok(0) | Err(_)));
        }
        _ => drop(stream.write_all(whole.as_bytes())),
    });
    let deadline = RetryPolicy::attempts(1).deadline(Duration::from_secs(3));
    let client: C = server.builder().max_in_flight(1).retry(deadline).build().unwrap();
    let mut outcomes = client.send_each(del()).unwrap();
    assert!(outcomes.next().unwrap().unwrap().is_ok());
    assert_error!(client.send(del()).unwrap_err(), Error::QueueTimeout { .. }, "max_in_flight");
    drop(outcomes);
    assert_eq!(items(&client, del()).len(), 1);
    assert_eq!(server.requests().len(), 2);
}

fn hook_sees_the_answer_of_send_each<C: AnyClient>(scheme: Scheme) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let server = serve(scheme, http_response("200 OK", &deleted(&result(1))));
    let client: C = server
        .builder()
        .inspect(move |exchange| {
            sender.send((exchange.request().to_owned(), exchange.response().map(str::to_owned))).unwrap();
        })
        .build()
        .unwrap();
    assert_eq!(items(&client, del()).len(), 1);
    let (request, response) = receiver.recv().unwrap();
    assert!(request.contains("<del>") && response.unwrap().contains("<id>1</id>"));
}

/// The stream can be polled with others, and no outcome is lost when its future is dropped.
#[test]
fn stream_keeps_outcomes_when_waiting_is_given_up() {
    let server = serve_with(Scheme::Http, |mut stream| {
        let whole = http_response("200 OK", &deleted(&[1, 2, 3].map(result).concat()));
        for piece in whole.as_bytes().chunks(20) {
            let _ = stream.write_all(piece).and_then(|()| stream.flush());
            thread::sleep(Duration::from_millis(5));
        }
    });
    let client: Async = server.client();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut outcomes = client.send_each(del()).unwrap();
        let mut ids = Vec::new();
        loop {
            tokio::select! {
                item = outcomes.next() => match item {
                    Some(outcome) => ids.push(outcome.unwrap().unwrap().id.unwrap().get()),
                    None => break,
                },
                () = tokio::time::sleep(Duration::from_millis(1)) => {}
            }
        }
        assert_eq!(ids, [1, 2, 3]);
    });
    fn is_stream<S: futures_util::Stream + Send + Unpin>(_: S) {}
    is_stream(client.send_each(del()).unwrap());
}

test_with_both_clients!(
    outcomes_and_errors_are_those_of_send,
    reply_in_several_elements_is_read_one_by_one,
    packet_that_may_not_be_sent_is_an_error_at_once,
);

test_over_http_and_https!(
    answer_cut_at_any_byte_is_an_error_after_the_whole_outcomes,
    outcomes_arrive_before_a_stall_that_is_a_timeout,
    answer_that_drips_beyond_the_timeout_is_a_timeout,
    caller_may_take_longer_than_the_timeout,
    compressed_answer_is_unpacked_as_it_arrives,
    limits_apply_to_answers_that_arrive,
    retries_end_with_the_first_outcome,
    repeated_deletion_counts_not_found_as_success,
    faults_and_errors_hide_secrets,
    dropped_answer_closes_the_connection_and_frees_its_slot,
    hook_sees_the_answer_of_send_each,
);
