//! No body takes more memory than its size asks for, and one that is too long takes none.

use allocation_counter::measure;
use ring::signature::RSA_PKCS1_SHA256;
use trigger_core::webhook::{Arrival, Mark, Recent, VerifyError, Webhooks};

use crate::signer::{SIGNER, base64, claims, signed, token, webhooks};

const TEN_MEGABYTES: usize = 10_000_000;

/// The most that refusing this body takes at once, in bytes.
fn peak(webhooks: &Webhooks, body: &str, error: &str) -> u64 {
    let taken = measure(|| {
        let refused = webhooks.verify(body).expect_err("refused").to_string();
        assert!(refused.starts_with(error), "{refused}");
    });
    taken.bytes_max
}

#[test]
fn ten_megabytes_are_refused_unread() {
    let braces = "{".repeat(TEN_MEGABYTES);
    let limit = 1 << 20;
    assert_eq!(webhooks().verify(&braces), Err(VerifyError::TooLarge { limit }));
    let header = format!("{}.e30.e30", base64(&braces));
    let claims = signed(r#"{"alg":"RS256"}"#, &braces, SIGNER, &RSA_PKCS1_SHA256);
    let dots = ".".repeat(TEN_MEGABYTES);
    for body in [&braces, &header, &claims, &dots] {
        assert!(peak(&webhooks(), body, "the body has more than") < 1000);
    }
}

/// For an app that reads bodies of any length.
#[test]
fn ten_megabytes_take_no_memory_before_they_are_signed() {
    let webhooks = webhooks().largest_body(usize::MAX);
    let braces = "{".repeat(TEN_MEGABYTES);
    let header = format!("{}.e30.e30", base64(&braces));
    assert!(peak(&webhooks, &braces, "the body is no JSON Web Token") < 1000);
    assert!(peak(&webhooks, &".".repeat(TEN_MEGABYTES), "the body is no JSON Web Token") < 1000);
    assert!(peak(&webhooks, &header, "the token's header cannot be read") < 1000);
    let unsigned =
        format!("{}.{}.{}", base64(r#"{"alg":"RS256"}"#), base64(&braces), base64([1; 256]));
    assert!(peak(&webhooks, &unsigned, "the signature is not") < 100_000);
    let long_signature = format!("{}.e30.{}", base64(r#"{"alg":"RS256"}"#), base64(&braces));
    assert!(peak(&webhooks, &long_signature, "the signature has") < 1000);
}

#[test]
fn what_is_signed_takes_a_multiple_of_its_size() {
    let webhooks = webhooks().largest_body(usize::MAX);
    let braces = "{".repeat(TEN_MEGABYTES);
    let claims_of_braces = signed(r#"{"alg":"RS256"}"#, &braces, SIGNER, &RSA_PKCS1_SHA256);
    let no_delivery = "what is signed is no delivery";
    assert!(peak(&webhooks, &claims_of_braces, no_delivery) < 20_000_000);
    let data = token(&claims("a_type", &braces));
    assert!(peak(&webhooks, &data, no_delivery) < 100_000_000);
}

/// A hundred thousand events, with ids of a thousand bytes, are remembered in the room of some of them.
#[test]
fn what_is_remembered_is_bounded() {
    let recent = Recent::new(1000);
    let mark = |number: u32| {
        let text = Some(format!("{number:01000}"));
        let mut mark = Mark::default();
        (mark.event_id, mark.entity, mark.sequence) = (text.clone(), text, Some(1));
        mark
    };
    let taken = measure(|| (0..100_000).for_each(|number| recent.remember(&mark(number))));
    assert!(taken.bytes_current < 1_000_000, "{taken:?}");
    assert!((99_000..100_000).all(|number| recent.look(&mark(number)) == Arrival::Repeated));
    assert!((0..98_000).all(|number| recent.look(&mark(number)) == Arrival::New));
}
