//! The state file: nothing that was answered is lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use plesk_sim::{Failure, Phase, Sim, State};

use crate::command::Running;
use crate::support::{Connection, text};

fn start(path: &Path) -> std::io::Result<Sim> {
    Sim::builder().plain_http().state_file(path).start()
}

fn add(login: &str) -> String {
    format!(
        "<customer><add><gen_info><pname>P</pname><login>{login}</login><passwd>s3cret!</passwd></gen_info></add></customer>"
    )
}

fn respond(sim: &Sim, content: &str) -> String {
    String::from_utf8(sim.respond(format!("<packet>{content}</packet>").as_bytes())).expect("UTF-8")
}

#[test]
fn restart_restores_state_and_credentials() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let sim = Sim::builder().plain_http().state_file(&path).seed("[[customers]]\nlogin = 'seeded'").start();
    let sim = sim.expect("the server starts");
    sim.inject(Failure::error(1023, "no").on_operation("customer", "add").after(1));
    sim.inject(Failure::disconnect(Phase::DuringWork).on_operation("customer", "del"));
    respond(&sim, &add("jo"));
    respond(&sim, &add("refused"));
    respond(&sim, "<service-plan><add><name>Basic</name></add></service-plan>");
    respond(&sim, "<server><create_session><login>jo</login></create_session></server>");
    respond(
        &sim,
        "<customer><del><filter><login>seeded</login></filter></del><del><filter><login>jo</login></filter></del></customer>",
    );
    let expected: State = sim.state().clone();
    assert_eq!(expected.customers.values().map(|customer| &*customer.login).collect::<Vec<_>>(), ["jo"]);
    let (password, key) = (sim.password().to_owned(), sim.secret_key().to_owned());

    let locked = start(&path).expect_err("the file is in use").to_string();
    assert!(locked.contains("another process uses the file"), "{locked}");
    drop(sim);
    let sim = start(&path).expect("the server starts");
    assert_eq!(*sim.state(), expected);
    assert_eq!((sim.password(), sim.secret_key()), (&*password, &*key));
    drop(sim);

    // Credentials of the builder replace those of the file, for later starts too.
    let sim = Sim::builder().plain_http().state_file(&path).password("changed").start().expect("the server starts");
    assert_eq!((sim.password(), sim.secret_key()), ("changed", &*key));
    drop(sim);
    assert_eq!(start(&path).expect("the server starts").password(), "changed");
}

#[test]
fn reads_and_refused_packets_are_not_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let sim = start(&path).expect("the server starts");
    let size = || std::fs::metadata(&path).expect("the file").len();
    let before = size();
    respond(&sim, "<customer><get><filter/><dataset/></get></customer><session><get/></session>");
    respond(&sim, "<customer><nonsense/></customer>");
    sim.inject(Failure::disconnect(Phase::BeforeWork));
    respond(&sim, &add("jo"));
    assert_eq!(size(), before);
    respond(&sim, &add("jo"));
    assert!(size() > before);
}

#[test]
fn damaged_file_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let sim = start(&path).expect("the server starts");
    respond(&sim, &add("jo"));
    respond(&sim, &add("kim"));
    drop(sim);
    let mut bytes = std::fs::read(&path).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, &bytes).expect("written");
    let error = start(&path).expect_err("damaged").to_string();
    assert!(error.contains("state: the file is damaged"), "{error}");
    // It is left as it is.
    assert_eq!(std::fs::read(&path).expect("the file"), bytes);
}

/// What a client knows of its customers.
#[derive(Default)]
struct Knowledge {
    /// The ID of each customer whose creation was answered.
    present: BTreeMap<String, u64>,
    /// The logins whose deletion was answered.
    absent: Vec<String>,
    next: u32,
}

impl Knowledge {
    /// Creates and deletes customers until the server dies.
    fn work(&mut self, connection: &mut Connection) -> Result<(), std::io::Error> {
        loop {
            let login = format!("c{}", self.next);
            self.next += 1;
            let response = connection.run(&add(&login))?;
            let id = text(&response, "id").parse().expect("an ID");
            self.present.insert(login, id);
            if self.present.len() > 20 {
                let (login, id) = self.present.pop_first().expect("a customer");
                connection.run(&format!("<customer><del><filter><id>{id}</id></filter></del></customer>"))?;
                self.absent.push(login);
            }
        }
    }

    /// Checks that the server knows everything that it has answered.
    fn check(&self, connection: &mut Connection) {
        let all = "<customer><get><filter/><dataset><gen_info/></dataset></get></customer>";
        let response = connection.run(all).expect("a response");
        let customers = response.split("<result>").skip(1).filter(|result| result.contains("<login>"));
        let found: BTreeMap<String, u64> = customers
            .map(|result| (text(result, "login").to_owned(), text(result, "id").parse().expect("an ID")))
            .collect();
        for (login, id) in &self.present {
            assert_eq!(found.get(login), Some(id), "{login} is lost");
        }
        let revived = self.absent.iter().find(|login| found.contains_key(*login));
        assert!(revived.is_none(), "{revived:?} was deleted");
    }
}

/// Kills the server in the middle of its work, again and again. The number of times can be set by the
/// variable `PLESK_SIM_KILLS`.
#[test]
fn killed_server_loses_nothing_that_was_answered() {
    let kills = std::env::var("PLESK_SIM_KILLS").ok().map_or(50, |kills| kills.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let state = path.to_str().expect("UTF-8");
    let mut knowledge = Knowledge::default();
    for kill in 0..=kills {
        let mut running = Running::start(&["--plain-http", "--no-seed", "--secret-key=k", "--state", state]);
        let address = running.url.split_once("://").expect("a URL").1.to_owned();
        let mut connection = Connection::connect(&address, "k").expect("the server listens");
        knowledge.check(&mut connection);
        std::thread::scope(|scope| {
            let work = scope.spawn(|| knowledge.work(&mut connection));
            std::thread::sleep(Duration::from_micros(500 + kill * 7_919 % 20_000));
            running.child.kill().expect("killed");
            assert!(work.join().expect("no panic").is_err());
        });
    }
    assert!(knowledge.next > u32::try_from(kills).expect("a number"), "{} operations", knowledge.next);
}

/// Packets that create an object of every kind. `{webspace}` is the ID of the first subscription.
const EVERY_KIND: &[&str] = &[
    "<reseller-plan><add><name>Big</name><limits><resource-policy><oversell>true</oversell></resource-policy>\
     <limit><name>max_cl</name><value>5</value></limit></limits><ip-pool><ip-address>192.0.2.1</ip-address></ip-pool>\
     </add></reseller-plan>",
    "<reseller><add><gen-info><pname>R</pname><login>rita</login><passwd>s3 cret!</passwd></gen-info>\
     <plan-name>Big</plan-name></add></reseller>",
    "<service-plan><add><name>Web</name><mail><webmail>horde</webmail></mail><limits><overuse>block</overuse></limits>\
     <log-rotation><on><log-condition><log-bytime>Daily</log-bytime></log-condition><log-max-num-files>3</log-max-num-files>\
     <log-compress>true</log-compress></on></log-rotation><preferences><stat>6</stat></preferences>\
     <hosting><property><name>php</name><value>true</value></property></hosting>\
     <performance><bandwidth>1.5</bandwidth></performance></add></service-plan>",
    "<service-plan-addon><add><name>More</name></add></service-plan-addon>",
    "<webspace><add><gen_setup><name>b.example</name></gen_setup><hosting><vrt_hst><property><name>ftp_login</name>\
     <value>b</value></property><property><name>ftp_password</name><value>s3cret!</value></property></vrt_hst></hosting>\
     <prefs><www>true</www></prefs><plan-name>Web</plan-name></add></webspace>",
    "<webspace><set_traffic><dom_id>{webspace}</dom_id><date>2026-01-02</date><smtp_in>5</smtp_in><smtp_out>6</smtp_out>\
     <pop3_imap_in>7</pop3_imap_in><pop3_imap_out>8</pop3_imap_out></set_traffic></webspace>",
    "<site><add><gen_setup><name>s.example</name><webspace-id>{webspace}</webspace-id></gen_setup><hosting><std_fwd>\
     <dest_url>http://x.example</dest_url></std_fwd></hosting></add></site>",
    "<subdomain><add><parent>b.example</parent><name>sub</name></add></subdomain>",
    "<site-alias><create><site-id>{webspace}</site-id><name>alias.example</name></create></site-alias>",
    "<dns><add_rec><site-id>{webspace}</site-id><type>A</type><host>x</host><value>192.0.2.7</value></add_rec>\
     <add_master_server><site-id>{webspace}</site-id><ip_address>192.0.2.8</ip_address></add_master_server></dns>",
    "<mail><create><filter><site-id>{webspace}</site-id><mailname><name>info</name><mailbox><enabled>true</enabled>\
     </mailbox><forwarding><enabled>true</enabled><address>a@x.example</address></forwarding><alias>office</alias>\
     <password><value>s3cret!</value><type>plain</type></password><antivir>inout</antivir></mailname></filter></create></mail>",
    "<database><add-db><webspace-id>{webspace}</webspace-id><name>db</name><type>mysql</type></add-db></database>",
    "<db_server><add><host>db.example</host><port>3306</port><type>mysql</type><admin>a</admin><password>p</password></add></db_server>",
    "<ftp-user><add><name>anna</name><password>s3cret!</password><webspace-id>{webspace}</webspace-id></add></ftp-user>",
    "<protected-dir><add><site-id>{webspace}</site-id><name>secret</name></add></protected-dir>",
    "<virtdir><create><site-id>{webspace}</site-id><name>v</name><properties><ip-allow>192.0.2.9</ip-allow></properties>\
     </create></virtdir>",
    "<log-rotation><disable><filter><site-id>{webspace}</site-id></filter></disable></log-rotation>",
    "<certificate><install><name>c</name><admin/><content><csr>C</csr><pvt>-----BEGIN PRIVATE KEY-----</pvt></content>\
     </install></certificate>",
    "<ui><create-custombutton><owner><admin/></owner><properties><place>admin</place><url>http://x</url><text>X</text>\
     </properties></create-custombutton></ui>",
    "<ui><branding-theme-install><filter><vendor-login>rita</vendor-login></filter><path>/x</path></branding-theme-install></ui>",
    "<server><create_session><login>rita</login></create_session><reboot/></server>",
    "<secret_key><create><description>d</description></create></secret_key>",
    "<extension><install><id>wiki</id></install></extension>",
];

#[test]
fn long_file_is_compacted_to_a_snapshot_of_the_same_state() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let sim = start(&path).expect("the server starts");
    let reply = respond(&sim, "<webspace><add><gen_setup><name>a.example</name></gen_setup></add></webspace>");
    let webspace = text(&reply, "id").to_owned();
    for packet in EVERY_KIND {
        let reply = respond(&sim, &packet.replace("{webspace}", &webspace));
        assert!(reply.contains("<status>ok</status>") && !reply.contains("error"), "{packet}\n{reply}");
    }
    let misc =
        "<server><set_misc><filter><property><name>n</name><value>v</value></property></filter></set_misc></server>";
    (0..1_000).for_each(|_| drop(respond(&sim, misc)));
    let (state, size) = (sim.state().clone(), std::fs::metadata(&path).expect("the file").len());
    drop(sim);

    let sim = start(&path).expect("the server starts");
    assert_eq!(*sim.state(), state);
    let content = std::fs::read(&path).expect("the file");
    assert!(
        (content.len() as u64) < size && content.windows(10).any(|window| window == b"snapshot\n{"),
        "not compacted"
    );

    // Later packets follow the snapshot, and IDs go on.
    let id = text(&respond(&sim, &add("jo")), "id").parse().expect("an ID");
    assert!(!state.subscriptions.contains_key(&id) && !state.mail_accounts.contains_key(&id));
    let state = sim.state().clone();
    drop(sim);
    assert_eq!(*start(&path).expect("the server starts").state(), state);
}
