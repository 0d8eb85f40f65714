//! Packets with several operators.

use crate::support::{BARE_OK, not_found, ok_for, send_packet, start, text};

#[test]
fn packet_with_many_operators_runs_in_order() {
    let sim = start();
    let session = sim.state().add_session("admin").id.expose().to_owned();
    let request = format!(
        "<webspace><del><filter><name>none</name></filter></del></webspace>\
         <customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>s3cret!</passwd></gen_info></add>\
         <del><filter><login>jo</login></filter></del></customer>\
         <session><terminate><session-id>{session}</session-id></terminate></session>\
         <customer><del><filter><login>jo</login></filter></del></customer>"
    );
    let reply = send_packet(&sim, &request);
    let id: u64 = text(&reply, "id").parse().expect("a number");
    let guid = text(&reply, "guid");
    let expected = format!(
        "<webspace><del>{}</del></webspace>\
         <customer><add><result><status>ok</status><id>{id}</id><guid>{guid}</guid></result></add>\
         <del>{}</del></customer><session><terminate>{BARE_OK}</terminate></session><customer><del>{}</del></customer>",
        not_found("Subscription", "<filter-id>none</filter-id>"),
        ok_for("jo", id),
        not_found("Customer", "<filter-id>jo</filter-id>"),
    );
    assert_eq!(reply, expected);
}
