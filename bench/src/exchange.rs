//! What our clients cost beside the HTTP clients that they use: the same packet, over one connection to a server that only
//! answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

use plesk::{Client, blocking, session};

use crate::stopwatch::Ratio;

/// The number of packets in a round.
const PACKETS: usize = 400;

/// The secret key, which the server does not look at.
const KEY: &str = "00000000-0000-0000-0000-000000000000";

/// The response to the operation `session/terminate`.
const RESPONSE: &str =
    "<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>";

/// The same request as our clients send.
const REQUEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\"><session><terminate>\
                       <session-id>a66734b</session-id></terminate></session></packet>";

/// Starts a server, which runs until the program ends. Returns its URL.
fn start_server() -> std::io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}/enterprise/control/agent.php", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection ends with an error when its client closes it.
            thread::spawn(move || serve(stream));
        }
    });
    Ok(url)
}

/// Answers the requests of a connection.
fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    let response =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\r\n{RESPONSE}", RESPONSE.len());
    let mut line = String::new();
    let mut body = Vec::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if requests.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        body.resize(length, 0);
        requests.read_exact(&mut body)?;
        stream.write_all(response.as_bytes())?;
    }
}

/// Returns the microseconds by which the asynchronous client takes longer than reqwest: the difference of the medians, in each
/// round.
///
/// # Errors
/// If the server or a client fails.
pub fn asynchronous(rounds: usize) -> Result<Ratio, Box<dyn std::error::Error>> {
    let url = start_server()?;
    let client = Client::builder(&url).secret_key(KEY).danger_plain_http().build()?;
    // reqwest builds a TLS client even for plain HTTP. This fails if there is a provider already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bare = reqwest::Client::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ours = || {
        runtime.block_on(async {
            client.send(session::Terminate::new("a66734b")).await?.map_err(|f| f.to_string().into())
        })
    };
    let theirs = || {
        runtime.block_on(async {
            let request = bare.post(&url).header("KEY", KEY).header("Content-Type", "text/xml").body(REQUEST);
            request.send().await?.error_for_status()?.bytes().await.map(drop).map_err(Into::into)
        })
    };
    differences(rounds, ours, theirs)
}

/// Returns the microseconds by which the blocking client takes longer than ureq.
///
/// # Errors
/// If the server or a client fails.
pub fn blocking(rounds: usize) -> Result<Ratio, Box<dyn std::error::Error>> {
    let url = start_server()?;
    let client = blocking::Client::builder(&url).secret_key(KEY).danger_plain_http().build()?;
    let bare = ureq::Agent::new_with_defaults();
    let ours = || client.send(session::Terminate::new("a66734b"))?.map_err(|f| f.to_string().into());
    let theirs = || {
        let request = bare.post(&url).header("KEY", KEY).header("Content-Type", "text/xml");
        request.send(REQUEST)?.into_body().read_to_vec().map(drop).map_err(Into::into)
    };
    differences(rounds, ours, theirs)
}

type Sent<T> = Result<T, Box<dyn std::error::Error>>;

fn differences<A, B>(rounds: usize, ours: impl Fn() -> Sent<A>, theirs: impl Fn() -> Sent<B>) -> Sent<Ratio> {
    let microseconds = |task: &mut dyn FnMut() -> Sent<()>| -> Sent<f64> {
        let start = Instant::now();
        task()?;
        Ok(start.elapsed().as_secs_f64() * 1e6)
    };
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    // The first packets open the connections.
    ours()?;
    theirs()?;
    let mut found = Vec::new();
    for _ in 0..rounds {
        let (mut of_ours, mut of_theirs) = (Vec::new(), Vec::new());
        for _ in 0..PACKETS {
            of_ours.push(microseconds(&mut || ours().map(drop))?);
            of_theirs.push(microseconds(&mut || theirs().map(drop))?);
        }
        found.push(median(of_ours) - median(of_theirs));
    }
    Ok(Ratio::of(found))
}
