use std::borrow::Cow;

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    class_name: Cow<'static, str>, //~ T040
}

fn main() {}
