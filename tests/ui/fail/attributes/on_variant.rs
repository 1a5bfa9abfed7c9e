use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
enum Status {
    Sent,
    #[trigger(titel = "Paid")] //~ T009
    Paid,
    #[serde(skip)]
    #[trigger(title = "")] //~ T046
    Lost,
    #[trigger(hidden)] //~ T009
    Late,
}

fn main() {}
