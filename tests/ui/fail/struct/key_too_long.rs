use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "participant_enrolled_in_class_of_the_summer_school_that_is_held_every_year_in_july_and_in_august_by_the_lake", //~ T002
    name = "Participant enrolled"
)]
struct ParticipantEnrolled {
    seats: u32,
}

fn main() {}
