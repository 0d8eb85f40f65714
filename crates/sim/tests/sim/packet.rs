//! Packets with several operators.

use plesk_sim::Failure;

use crate::support::{BARE_OK, error_result, not_found, ok_for, send_packet, start, text};

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

#[test]
fn refused_operation_fails_alone() {
    let sim = start();
    sim.inject(Failure::error(1023, "No").on_operation("server", "reboot"));
    sim.inject(Failure::error(1023, "No").on_operation("server", "lic_update"));
    let reply = send_packet(
        &sim,
        "<customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>s3cret!</passwd></gen_info></add></customer>\
         <server><reboot/><lic_update><filter><key-id>1</key-id></filter></lic_update><clean-mail-queue/></server>\
         <customer><del><filter><login>jo</login></filter></del></customer>",
    );
    // The element of `lic_update` is the result itself.
    let server = format!(
        "<server><reboot>{}</reboot><lic_update><status>error</status><errcode>1023</errcode><errtext>No</errtext>\
         </lic_update><clean-mail-queue>{BARE_OK}</clean-mail-queue></server>",
        error_result(1023, "No", ""),
    );
    assert!(reply.contains(&server), "{reply}");
    // What was done before and after is done.
    assert!(reply.starts_with("<customer><add><result><status>ok</status>"), "{reply}");
    assert!(sim.state().customers.is_empty());
}
