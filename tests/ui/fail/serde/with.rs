use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(with = "minutes")] //~ T050
    length: std::time::Duration,
}

mod minutes {
    use std::time::Duration;

    pub fn serialize<S>(it: &Duration, serializer: S) -> Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        serializer.serialize_u64(it.as_secs() / 60)
    }
}

fn main() {}
