//! What a test expects not to have happened, and what goes wrong where a test sets up.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

use super::*;

#[derive(Serialize, Trigger)]
#[trigger(key = "pot_fired", entity_id = pot_id)]
struct PotFired {
    pot_id: Uuid,
    weight: u32,
    glaze: Glaze,
    kiln: Kiln,
}

#[derive(Clone, Copy, Serialize, Property)]
#[serde(rename_all = "UPPERCASE")]
enum Glaze {
    Celadon,
    Shino,
}

#[derive(Clone, Serialize, Property)]
struct Kiln {
    heat: u32,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "pot_broken", entity_id = pot_id)]
struct PotBroken {
    pot_id: Uuid,
}

const POT: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

fn fired(weight: u32) -> PotFired {
    PotFired {
        pot_id: POT,
        weight,
        glaze: if weight > 9 { Glaze::Celadon } else { Glaze::Shino },
        kiln: Kiln { heat: 1240 },
    }
}

async fn start() -> Emulator {
    Emulator::builder().at(now()).start().await.expect("an emulator")
}

/// What a panic says.
pub(super) fn message<R>(act: impl FnOnce() -> R) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(act)) else { panic!("it does not panic") };
    panic.downcast_ref::<String>().cloned().unwrap_or_else(|| {
        panic.downcast_ref::<&str>().map(|words| (*words).to_owned()).expect("words")
    })
}

#[tokio::test]
async fn what_was_not_reported_is_asked_for() {
    let wix = start().await;
    wix.expect_no_event::<PotFired>();
    fired(3).report(&wix.instance()).await.expect("a report");
    wix.expect_no_event::<PotBroken>();
    wix.expect_no_event_for::<PotBroken>(POT);
    wix.expect_no_event_for::<PotFired>(OTHER);
    let told = message(|| wix.expect_no_event::<PotFired>());
    let history = wix.history();
    assert_eq!(told, format!("1 event of `pot_fired` was reported; {history}"));
    fired(4).report(&wix.instance()).await.expect("a report");
    let told = message(|| wix.expect_no_event_for::<PotFired>(POT));
    let words = format!("2 events of `pot_fired` were reported for {POT}; it is ");
    assert!(told.starts_with(&words), "{told}");
}

#[tokio::test]
async fn what_did_not_run_is_asked_for() {
    let wix = start().await;
    wix.automation::<PotFired>("Weigh").when("weight", [5]).delay(1.hour()).action("Ship");
    fired(3).report(&wix.instance()).await.expect("a report");
    wix.expect_nothing_ran(POT);
    wix.expect_nothing_pending(POT);
    fired(5).report(&wix.instance()).await.expect("a report");
    wix.expect_nothing_ran(POT);
    wix.clock().advance(1.hour());
    wix.expect_nothing_ran(OTHER);
    let told = message(|| wix.expect_nothing_ran(POT));
    assert!(told.starts_with(&format!("the action `Ship` ran for {POT}; it is ")), "{told}");
}

#[tokio::test]
async fn none_is_no_number_of_times() {
    let wix = start().await;
    fired(3).report(&wix.instance()).await.expect("a report");
    let told = message(|| wix.expect_event::<PotFired>().times(0));
    assert_eq!(told, "`expect_event` expects one or more: for none, write `expect_no_event`");
    let told = message(|| wix.expect_action("Default automation").times(0));
    assert_eq!(told, "`expect_action` expects one or more: for none, write `expect_no_action`");
}

#[tokio::test]
async fn a_condition_is_one_that_some_event_has() {
    let wix = start().await;
    let weigh = wix.automation::<PotFired>("Weigh").when("glaze", ["CELADON"]);
    let weigh = weigh.when("kiln.heat", [1240]).when("weight", [12.0]).action("Ship");
    fired(12).report(&wix.instance()).await.expect("a report");
    wix.expect_action("Ship").for_entity(POT);
    for (told, words) in [
        (
            message(|| weigh.clone().when("wieght", [12])),
            "the payload of `pot_fired` has no property `wieght`; did you mean `weight`?",
        ),
        (
            message(|| weigh.clone().when("weight", ["12"])),
            "\"12\": `weight` of `pot_fired` (`integer`) never has this value; write a whole number",
        ),
        (
            message(|| weigh.clone().when("glaze", ["CELADON", "SHINOS"])),
            "\"SHINOS\": `glaze` of `pot_fired` is one of a list, and never this value; did you \
             mean `SHINO`?",
        ),
        (
            message(|| weigh.clone().when("kiln.hat", [1240])),
            "`kiln` of `pot_fired` has no property `hat`; did you mean `heat`?",
        ),
        (
            message(|| weigh.clone().when::<u32>("weight", [])),
            "`weight`: no event passes an empty list; write the values that pass, or take it out",
        ),
        (
            message(|| weigh.clone().when("kiln.", [1240])),
            "a property has a name on both sides of a `.`; write `\"customer.name\"` for the \
             property `name` of the object `customer`",
        ),
    ] {
        assert_eq!(told, words);
    }
    wix.reset();
    fired(12).report(&wix.instance()).await.expect("a report");
    // What panicked left the automation as it was.
    wix.expect_action("Ship").times(1);
}
