//! The memory that an answer takes whose outcomes are read as they arrive, measured in a process of its own.

use std::env;
use std::process::Command;
use std::time::{Duration, Instant};

use plesk::customer;

use crate::support::{AnyClient, Async, Blocking, Scheme, Stream, serve_with};

/// The environment variable with the size of the answer, in MiB. It is set for a process that measures itself.
const SIZE: &str = "PLESK_TEST_ANSWER_SIZE";

/// The memory that an answer of any size may take, in KiB: buffers of the network and of the allocator.
const LIMIT: usize = 2048;

const RESULT: &str = "<result><status>ok</status><id>1234567</id><data><gen_info><cr_date>2019-02-28</cr_date><cname/>\
    <pname>Jo Doe</pname><login>jo</login><status>0</status><phone/><fax/><email>jo@example.com</email>\
    <address/><city/><state/><pcode/><country/><locale>en-US</locale><guid>8a7c0b6e-1111-4c5d-9d26-7f0d6ec8c3aa</guid>\
    <owner-id>1</owner-id><vendor-guid>8a7c0b6e-2222-4c5d-9d26-7f0d6ec8c3aa</vendor-guid><external-id/></gen_info></data></result>";

/// Writes an answer of `results` results, which never is in memory as a whole.
fn write_answer(stream: &mut dyn Stream, results: usize) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<packet><customer><get>")?;
    let hundred = RESULT.repeat(100);
    for _ in 0..results / 100 {
        stream.write_all(hundred.as_bytes())?;
    }
    stream.write_all(b"</get></customer></packet>")?;
    stream.flush()
}

/// Returns the greatest amount of memory that this process ever had, in KiB.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("the status of this process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak");
    line.trim().trim_end_matches("kB").trim().parse().expect("a number")
}

fn read_all<C: AnyClient>(scheme: Scheme, results: usize) {
    let server = serve_with(scheme, move |mut stream| drop(write_answer(&mut *stream, results)));
    let builder = server.builder::<C>().max_response_size(usize::MAX).timeout(Duration::from_secs(300));
    let get = customer::Get::new(customer::Filter::Everything, customer::Dataset::new().gen_info());
    let outcomes = builder.build().unwrap().send_each(get).unwrap();
    let read = outcomes.filter(|outcome| outcome.as_ref().unwrap().as_ref().unwrap().data.is_some()).count();
    assert_eq!(read, results);
}

/// Measures this process, if it was started for that.
#[test]
fn measured() {
    let Some(size) = env::var(SIZE).ok().and_then(|size| size.parse::<usize>().ok()) else { return };
    let results = (size << 20) / RESULT.len() / 100 * 100;
    for scheme in [Scheme::Http, Scheme::Https] {
        for (name, read) in [("async", read_all::<Async> as fn(Scheme, usize)), ("blocking", read_all::<Blocking>)] {
            // What is made once is made before.
            read(scheme, 1000);
            let (before, started) = (peak_memory(), Instant::now());
            read(scheme, results);
            // The kernel counts in batches, so the peak may seem to fall.
            let more = peak_memory().saturating_sub(before);
            println!("{name}, {}: {size} MiB in {:.2?} took {more} KiB", scheme.name(), started.elapsed());
            assert!(more < LIMIT, "{more} KiB");
        }
    }
}

fn measure(size: &str) {
    let program = env::current_exe().unwrap();
    let arguments = ["--exact", "send_each_memory::measured", "--nocapture"];
    let output = Command::new(program).args(arguments).env(SIZE, size).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(printed.matches(" MiB in ").count(), 4, "{printed}");
    print!("{printed}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads the memory of a process from /proc")]
fn answer_takes_memory_for_one_result() {
    measure("8");
}

#[test]
#[ignore = "takes minutes without optimizations"]
fn answer_of_64_mebibytes_takes_memory_for_one_result() {
    measure("64");
}
