//! No input makes the reader of webhooks panic, hang, take what was not signed, or quote it.
//!
//! A test run takes the same some hundred cases of each kind. `NEVER_PANICS_SECONDS=600 cargo test -p
//! trigger-core --features webhook --test webhook never_panics -- --nocapture` goes on with fresh
//! seeds for ten minutes, and prints what it met. A failure names its seed; `NEVER_PANICS_SEED=…`
//! does that case again.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use fastrand::Rng;
use ring::signature::{
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding,
};
use serde_json::{Map, Value, json};
use trigger_core::webhook::{Delivery, Recent, Webhooks};

use crate::EventPublished;
use crate::signer::{PUBLIC_KEY, SIGNER, STRANGER, base64, claims, signed, token, webhooks};

/// How long a case may take, on a machine that does much else.
const CASE_LIMIT: Duration = Duration::from_secs(20);

/// What no message may say.
const SECRET: &str = "5ecret";

/// How often each thing was met.
type Met = BTreeMap<String, usize>;

fn count(met: &mut Met, what: &impl Display) {
    // Errors that differ in numbers alone are one.
    let what = what.to_string().replace(|character: char| character.is_ascii_digit(), "");
    *met.entry(what).or_default() += 1;
}

/// Does so many cases, or as many as fit into the seconds that are asked for.
fn run(name: &str, cases: u64, case: fn(&mut Rng, &mut Met), reaches: &[&str]) {
    let number = |name: &str| std::env::var(name).ok().map(|it| it.parse().expect("a number"));
    let (again, limit) = (number("NEVER_PANICS_SEED"), number("NEVER_PANICS_SECONDS"));
    let limit = Duration::from_secs(limit.unwrap_or_default());
    let (start, mut met, mut done) = (Instant::now(), Met::new(), 0);
    while done < cases || start.elapsed() < limit {
        // A test run is the same each time; longer ones are not.
        let seed = if limit.is_zero() { done } else { fastrand::u64(..) };
        one(name, again.unwrap_or(seed), case, &mut met);
        done += 1;
        if again.is_some() {
            return println!("{met:#?}");
        }
    }
    println!("{name}: {done} cases in {:?}: {met:#?}", start.elapsed());
    // What the law is worth: one that never gets there proves nothing.
    for what in reaches {
        let is_met = met.keys().any(|key| key.contains(what));
        assert!(is_met, "`{what}` was never met: {met:#?}");
    }
}

fn one(name: &str, seed: u64, case: fn(&mut Rng, &mut Met), met: &mut Met) {
    let start = Instant::now();
    let done = catch_unwind(AssertUnwindSafe(|| case(&mut Rng::with_seed(seed), met)));
    let again = format!("NEVER_PANICS_SEED={seed} cargo test -p trigger-core {name}");
    if let Err(panic) = done {
        eprintln!("{again}");
        resume_unwind(panic);
    }
    assert!(start.elapsed() < CASE_LIMIT, "it took {:?}; {again}", start.elapsed());
}

#[track_caller]
fn quotes_nothing(it: &(impl Debug + Display)) {
    assert!(!format!("{it:?} {it}").contains(SECRET), "{it:?}");
}

fn pick<'t, T>(rng: &mut Rng, all: &'t [T]) -> &'t T {
    &all[rng.usize(..all.len())]
}

/// The same bytes, but for a few mistakes.
fn mistaken(rng: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..rng.usize(..4) {
        let (from, to) = (rng.usize(..=bytes.len()), rng.usize(..=bytes.len()));
        let (from, to) = (from.min(to), from.max(to));
        match rng.u8(..6) {
            0 => bytes.truncate(to),
            1 => drop(bytes.drain(from..to.min(from + 9))),
            2 => bytes.extend_from_within(from..to),
            3 if from < bytes.len() => bytes[from] = rng.u8(..),
            4 => bytes.insert(from, *pick(rng, b"..=-_{}\"\\ \n\0\xff")),
            _ => bytes.splice(from..from, bytes[from..to].to_vec()).for_each(drop),
        }
    }
    bytes
}

/// JSON of any shape, with the names that mean something now and then.
fn value(rng: &mut Rng, depth: usize) -> Value {
    let names =
        ["data", "id", "body", "bodyAsJson", "entity", "status", "location", "tags", "seats"];
    match rng.u8(..if depth == 0 { 8 } else { 11 }) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2 => rng.i64(..).into(),
        3 => (rng.f64() * 1e300).into(),
        4 => pick(rng, &[0_i64, -1, 1, i64::MAX, i64::MIN]).to_owned().into(),
        5 => SECRET.into(),
        6 => value(rng, depth.saturating_sub(1)).to_string().into(),
        7 => pick(rng, &["", "{", "null", "\u{0}", "STARTED", "1", "-9e99"]).to_string().into(),
        8 => (0..rng.usize(..4)).map(|_| value(rng, depth - 1)).collect(),
        _ => {
            let member = |rng: &mut Rng| (pick(rng, &names).to_string(), value(rng, depth - 1));
            Value::Object((0..rng.usize(..5)).map(|_| member(rng)).collect())
        }
    }
}

/// Replaces some members by anything.
fn spoil(rng: &mut Rng, members: &mut Map<String, Value>) {
    for (_, member) in members.iter_mut() {
        if rng.u8(..8) == 0 {
            *member = value(rng, 3);
        }
    }
}

/// The inner data of a delivery.
fn data(rng: &mut Rng) -> String {
    let happened = ["createdEvent", "updatedEvent", "deletedEvent", "actionEvent", "renamedEvent"];
    let names = ["entity", "entityAsJson", "currentEntity", "body", "bodyAsJson", "deletedEntity"];
    let mut data = json!({
        "id": "an-id", "entityFqdn": "wix.example.v1.thing", "slug": "created", "entityId": SECRET,
        "entityEventSequence": rng.u8(..).to_string(), "eventTime": "2026-03-02T09:00:00Z",
        "triggeredByAnonymizeRequest": rng.bool(), "originatedFrom": null,
    });
    data[*pick(rng, &happened)] = json!({ *pick(rng, &names): value(rng, 4) });
    spoil(rng, data.as_object_mut().expect("an object"));
    data.to_string()
}

/// What Wix could sign, or nearly.
fn any_claims(rng: &mut Rng) -> Vec<u8> {
    let identity =
        json!({ "identityType": pick(rng, &["MEMBER", "APP", "ROBOT"]), "appId": SECRET });
    let mut envelope = json!({
        "eventType": "wix.events.events.v3.event_published", "data": data(rng),
        "instanceId": "00000000-0000-4000-8000-00000000b001", "identity": identity.to_string(),
    });
    spoil(rng, envelope.as_object_mut().expect("an object"));
    let mut claims = json!({ "data": envelope.to_string() });
    if rng.u8(..4) == 0 {
        claims[*pick(rng, &["exp", "nbf"])] = value(rng, 2);
    }
    match rng.u8(..12) {
        0 => mistaken(rng, claims.to_string().into_bytes()),
        1 => "{\"a\":".repeat(rng.usize(..20_000)).into_bytes(),
        2 => "[".repeat(rng.usize(..20_000)).into_bytes(),
        _ => claims.to_string().into_bytes(),
    }
}

/// Asks a delivery everything.
fn use_up(delivery: &Delivery, met: &mut Met) {
    let recent = Recent::new(1);
    let mark = delivery.mark();
    recent.remember(&mark);
    recent.look(&mark);
    match delivery.body::<EventPublished>() {
        Ok(_) => count(met, &"a body"),
        Err(error) => {
            count(met, &"a body that does not fit");
            let of_type = delivery.event_type == "wix.events.events.v3.event_published";
            if of_type {
                quotes_nothing(&error);
            }
        }
    }
}

#[test]
fn no_signed_claims_are_too_odd() {
    fn case(rng: &mut Rng, met: &mut Met) {
        let claims = any_claims(rng);
        let token = signed(r#"{"alg":"RS256"}"#, claims, SIGNER, &RSA_PKCS1_SHA256);
        match webhooks().verify(token) {
            Ok(delivery) => use_up(&delivery, met),
            Err(error) => {
                quotes_nothing(&error);
                count(met, &error);
            }
        }
    }
    let reaches = [
        "a body",
        "a body that does not fit",
        "is no string",
        "is no JSON",
        "is no object",
        "is no number",
        "expired",
        "is no UUID",
        "is missing",
        "is no integer",
        "is no boolean",
    ];
    run("no_signed_claims_are_too_odd", 600, case, &reaches);
}

#[test]
fn nothing_is_taken_that_the_key_did_not_sign() {
    fn case(rng: &mut Rng, met: &mut Met) {
        let good = token(&claims("a_type", &json!({ "id": SECRET }).to_string()));
        let mut body = good.clone().into_bytes();
        if rng.u8(..4) == 0 {
            body = forged(rng);
        } else {
            body = mistaken(rng, body);
        }
        match webhooks().verify(&body) {
            Ok(_) => {
                assert_eq!(body.trim_ascii(), good.as_bytes());
                count(met, &"the good one");
            }
            Err(error) => {
                quotes_nothing(&error);
                count(met, &error);
            }
        }
    }
    let reaches = [
        "the good one",
        "no JSON Web Token",
        "algorithm is",
        "the signature has",
        "the signature is not",
        "header cannot be read",
    ];
    run("nothing_is_taken_that_the_key_did_not_sign", 600, case, &reaches);
}

/// A token that is signed, but not as Wix does.
fn forged(rng: &mut Rng) -> Vec<u8> {
    let algorithms: [&'static dyn RsaEncoding; 4] =
        [&RSA_PKCS1_SHA256, &RSA_PKCS1_SHA384, &RSA_PKCS1_SHA512, &RSA_PSS_SHA256];
    let of_stranger = rng.bool();
    // The app's own key signs nothing with SHA-256 here: that would be no forgery.
    let algorithm = algorithms[rng.usize(usize::from(!of_stranger)..4)];
    let name = pick(rng, &["RS256", "RS512", "none", "HS256", SECRET]);
    let header = mistaken(rng, json!({ "alg": name, "kid": SECRET }).to_string().into_bytes());
    let header = if rng.bool() { br#"{"alg":"RS256"}"#.to_vec() } else { header };
    let key = if of_stranger { STRANGER } else { SIGNER };
    let token = signed(header, claims("a_type", "{}").to_string(), key, algorithm);
    match rng.u8(..3) {
        0 => format!("{}.{}", base64(r#"{"alg":"RS256"}"#), token).into_bytes(),
        _ => token.into_bytes(),
    }
}

#[test]
fn no_text_is_too_odd_for_a_key() {
    fn case(rng: &mut Rng, met: &mut Met) {
        let keys = [
            PUBLIC_KEY,
            SIGNER,
            include_str!("keys/signer.pkcs1.pem"),
            include_str!("keys/elliptic.public.pem"),
        ];
        let mut key = pick(rng, &keys).to_string();
        if rng.u8(..4) == 0 {
            key = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, key);
        }
        let key = mistaken(rng, key.into_bytes());
        match Webhooks::new(String::from_utf8_lossy(&key)) {
            Ok(webhooks) => {
                // Whatever it is now, it goes on.
                let _ = webhooks.verify(token(&claims("a_type", "{}")));
                count(met, &"a key");
            }
            Err(error) => count(met, &error),
        }
    }
    let reaches = ["a key", "in PEM", "a private key", "no RSA public key"];
    run("no_text_is_too_odd_for_a_key", 600, case, &reaches);
}
