//! The operator `session`.

use crate::support::{BARE_OK, not_found, send_packet, start};

#[test]
fn terminate_removes_session_from_list() {
    let sim = start();
    assert_eq!(send_packet(&sim, "<session><get/></session>"), format!("<session><get>{BARE_OK}</get></session>"));

    let (first, second, since) = {
        let mut state = sim.state();
        state.add_reseller("rita");
        let first = state.add_session("rita").id.expose().to_owned();
        let second = state.add_session("admin");
        (first, second.id.expose().to_owned(), second.login_time.clone())
    };
    let reply = send_packet(&sim, "<session><get/></session>");
    assert!(reply.contains(&format!("<session><id>{first}</id><type>reseller</type>")), "{reply}");
    let last = format!(
        "<session><id>{second}</id><type>admin</type><ip-address>127.0.0.1</ip-address><login>admin</login>\
         <login-time>{since}</login-time><idle>{since}</idle></session></result></get></session>"
    );
    assert!(reply.ends_with(&last), "{reply}");

    let terminate = format!("<terminate><session-id>{first}</session-id></terminate>");
    let reply = send_packet(&sim, &format!("<session>{terminate}{terminate}</session>"));
    let gone = not_found("Session", "");
    assert_eq!(reply, format!("<session><terminate>{BARE_OK}</terminate><terminate>{gone}</terminate></session>"));
    assert_eq!(sim.state().sessions.len(), 1);
}
