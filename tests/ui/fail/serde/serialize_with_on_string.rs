use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(serialize_with = "in_capitals")] //~ T050
    class_name: String,
}

fn in_capitals<S: serde::Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&name.to_uppercase())
}

fn main() {}
