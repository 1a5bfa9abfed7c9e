use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "visitor_seen")]
struct VisitorSeen {
    address: std::net::IpAddr, //~ T022
}

fn main() {}
