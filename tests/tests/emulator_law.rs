//! The law over a real socket: whatever faults the emulator injects, every event whose report
//! returned `Ok` was accepted, and none was accepted twice.

use std::collections::HashMap;
use std::time::Duration;

use fastrand::Rng;
use serde::Serialize;
use serde_json::Value;
use trigger_core::Trigger;
use trigger_core::report::{App, Instance};
use trigger_emulator::{Emulator, Fault};
use uuid::Uuid;

/// So many random sets of faults; more with `LAW_ROUNDS=100`.
const ROUNDS: u64 = 6;
const ONE_BY_ONE: u32 = 60;
const AT_ONCE: u32 = 250;

/// A call is given up after this, and a delay is longer.
const TIMEOUT: Duration = Duration::from_millis(300);

#[derive(Clone, Serialize, Trigger)]
#[trigger(key = "parcel_sent", entity_id = parcel_id)]
struct ParcelSent {
    parcel_id: Uuid,
    number: u32,
}

fn parcel(number: u32) -> ParcelSent {
    ParcelSent { parcel_id: Uuid::from_u128(number.into()), number }
}

/// Some of all kinds, each of which may strike a call.
fn faults(random: &mut Rng) -> Vec<Fault> {
    // Calls of many are few.
    let all = [
        (Fault::items(random.f64().max(0.01)), 0.8),
        (Fault::status([429, 500, 502, 503, 504][random.usize(..5)]), 0.15),
        (Fault::delay(TIMEOUT * 2), 0.15),
        (Fault::cut_before(), 0.15),
        (Fault::cut_after(), 0.15),
        (Fault::expired_token(), 0.15),
    ];
    let some = all.into_iter().filter_map(|(fault, at_most)| {
        random.bool().then(|| fault.probability(random.f64() * at_most, random.u64(..)))
    });
    some.collect()
}

fn site(wix: &Emulator) -> Instance {
    let app = App::builder("an-app", "not-a-secret");
    let app = app.base_url(format!("http://{}", wix.address())).timeout(TIMEOUT).attempts(4);
    let app = app.deadline(Duration::from_secs(5)).calls_per_minute(u32::MAX);
    app.build().expect("an app").instance(Uuid::from_u128(1))
}

/// Reports many, one by one and at once: the numbers whose report returned `Ok`.
async fn report(site: &Instance) -> Vec<u32> {
    let one_by_one: Vec<_> = (0..ONE_BY_ONE)
        .map(|number| {
            let site = site.clone();
            tokio::spawn(async move { parcel(number).report(&site).await.map(|_| number) })
        })
        .collect();
    let numbers: Vec<_> = (ONE_BY_ONE..ONE_BY_ONE + AT_ONCE).collect();
    let events: Vec<_> = numbers.iter().copied().map(parcel).collect();
    let outcomes = ParcelSent::report_all(site, events).await;
    let mut well = Vec::new();
    for (number, outcome) in numbers.into_iter().zip(outcomes) {
        well.extend(outcome.is_ok().then_some(number));
    }
    for report in one_by_one {
        well.extend(report.await.expect("nobody panics"));
    }
    well
}

/// How often each number was accepted.
fn accepted(wix: &Emulator) -> HashMap<u32, usize> {
    let mut accepted = HashMap::new();
    for payload in wix.expect_event::<ParcelSent>().payloads() {
        let number = payload["number"].as_u64().and_then(|number| number.try_into().ok());
        *accepted.entry(number.expect("a number")).or_default() += 1;
    }
    accepted
}

async fn round(seed: u64) -> (usize, usize) {
    let wix = Emulator::start().await.expect("an emulator");
    for fault in faults(&mut Rng::with_seed(seed)) {
        wix.inject(fault);
    }
    let well = report(&site(&wix)).await;
    let accepted = accepted(&wix);
    for number in &well {
        assert!(accepted.contains_key(number), "round {seed}: {number} was told to be accepted");
    }
    for (number, times) in &accepted {
        assert_eq!(*times, 1, "round {seed}: {number} was accepted more than once");
    }
    (well.len(), accepted.len())
}

#[tokio::test]
async fn what_was_told_to_be_accepted_was_accepted_once() {
    let rounds = std::env::var("LAW_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let (mut well, mut accepted) = (0, 0);
    for seed in 0..rounds.unwrap_or(ROUNDS) {
        let (told, taken) = round(seed).await;
        well += told;
        accepted += taken;
    }
    println!("{well} events were told to be accepted, {accepted} were");
    // Faults leave most reports their way.
    assert!(well > 0 && accepted >= well, "{well} of {accepted}");
}

/// An idempotency key that comes again is the law's own doing.
#[tokio::test]
async fn the_faults_do_strike() {
    let wix = Emulator::start().await.expect("an emulator");
    wix.inject(Fault::cut_after().times(1));
    let accepted = parcel(1).report(&site(&wix)).await;
    accepted.expect("the second attempt");
    wix.expect_event::<ParcelSent>().times(1);
    assert!(wix.history().contains("its idempotency key was used before"), "{}", wix.history());
    wix.inject(Fault::status(400).of::<ParcelSent>());
    parcel(2).report(&site(&wix)).await.expect_err("a fault that does not pass");
    wix.clear_faults();
    parcel(2).report(&site(&wix)).await.expect("no fault");
    let _: Vec<&Value> = wix.expect_event::<ParcelSent>().times(2).payloads();
}
