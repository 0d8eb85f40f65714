//! Packets with several operators.

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
fn operation_that_is_not_modeled_fails_alone() {
    let sim = start();
    let reply = send_packet(
        &sim,
        "<customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>s3cret!</passwd></gen_info></add></customer>\
         <aps><get-packages-list><all/></get-packages-list></aps><server><reboot/><get_protos/></server>\
         <customer><del><filter><login>jo</login></filter></del></customer>",
    );
    let aps = "The simulated Plesk does not model &lt;aps&gt; (operation aps/get-packages-list)";
    let reboot = "The simulated Plesk does not model &lt;reboot&gt; (operation server/reboot)";
    for expected in [
        format!("<aps><get-packages-list>{}</get-packages-list></aps>", error_result(1023, aps, "")),
        format!("<server><reboot>{}</reboot><get_protos><result><status>ok</status>", error_result(1023, reboot, "")),
        "<proto>1.0.0.0</proto><proto>1.4.2.0</proto>".to_owned(),
    ] {
        assert!(reply.contains(&expected), "{expected}\n{reply}");
    }
    // What was done before and after is done.
    assert!(reply.starts_with("<customer><add><result><status>ok</status>"), "{reply}");
    assert!(sim.state().customers.is_empty());
}
