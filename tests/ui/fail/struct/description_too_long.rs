use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    //~v T004
    description = "A seat of a class was booked. Whoever gives the class may want to know of it \
                   some days before, so that there is time to buy what is needed, to write to the \
                   participant, to ask for whatever else has to be known, and to find a larger room \
                   where there are too many."
)]
struct ClassBooked {
    seats: u32,
}

fn main() {}
