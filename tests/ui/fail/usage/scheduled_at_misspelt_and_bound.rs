use serde::Serialize;
use trigger_core::{Scheduled, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    scheduled_at = start_at //~ T011
)]
struct ClassBooked {
    starts_at: jiff::Timestamp,
}

fn plan<T: Scheduled>(_event: &T) {}

fn main() {
    plan(&ClassBooked { starts_at: jiff::Timestamp::UNIX_EPOCH });
}
