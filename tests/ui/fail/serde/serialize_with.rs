use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(serialize_with = "in_minutes")] //~ T050
    length: std::time::Duration,
}

fn in_minutes<S: serde::Serializer>(
    length: &std::time::Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(length.as_secs() / 60)
}

fn main() {}
