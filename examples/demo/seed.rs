//! The initial state of the simulated server.

use plesk::Secret;
use plesk_sim::{ADMINISTRATOR_ID, Sim};

/// The objects that the demo acts on.
pub(crate) struct Seed {
    pub(crate) session: Secret,
    pub(crate) customers: [u64; 3],
    pub(crate) resellers: [u64; 3],
    /// Service plans of the reseller `rhea`.
    pub(crate) plans: [u64; 2],
    pub(crate) webspaces: [u64; 2],
}

impl Seed {
    /// Creates the objects on the server.
    pub(crate) fn create(sim: &Sim) -> Self {
        let mut state = sim.state();
        let session = state.add_session("admin").id.clone();
        state.add_session("admin");
        let customers = ["fred", "gina", "ivan"].map(|login| state.add_customer(login).id);
        let hugo = state.add_customer("hugo").id;
        for name in ["one.example", "two.example", "three.example"] {
            state.add_subscription(ADMINISTRATOR_ID, name);
        }
        let webspaces = ["four.example", "five.example"].map(|name| state.add_subscription(hugo, name).id);
        for (owner, name) in
            [(hugo, "six.example"), (customers[2], "seven.example"), (ADMINISTRATOR_ID, "eight.example")]
        {
            state.add_subscription(owner, name);
        }
        state.add_service_plan(ADMINISTRATOR_ID, "Basic");
        let rhea = state.add_reseller("rhea").id;
        let plans = ["Silver", "Gold"].map(|name| state.add_service_plan(rhea, name).id);
        let resellers = [rhea, state.add_reseller("saul").id, state.add_reseller("tara").id];
        state.add_reseller("uma");
        Self { session, customers, resellers, plans, webspaces }
    }
}
