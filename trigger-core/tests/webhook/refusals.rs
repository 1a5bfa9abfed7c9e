//! What no app may take for a delivery of Wix.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use ring::hmac;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256};
use serde_json::{Value, json};
use trigger_core::webhook::{VerifyError, Webhooks};

use crate::signer::{PUBLIC_KEY, SIGNER, STRANGER, base64, claims, signed, token, webhooks};

const HEADER: &str = r#"{"alg":"RS256"}"#;

/// A token that is taken.
fn good() -> String {
    token(&claims("a_type", "{}"))
}

#[track_caller]
fn refuse(token: impl AsRef<[u8]>) -> VerifyError {
    webhooks().verify(token).expect_err("refused")
}

/// The good claims, under another header.
fn under(header: &str) -> String {
    signed(header, claims("a_type", "{}").to_string(), SIGNER, &RSA_PKCS1_SHA256)
}

/// Claims that the right key signed.
fn with(claims: &Value) -> String {
    refuse(token(claims)).to_string()
}

fn algorithm(found: &'static str) -> VerifyError {
    VerifyError::Algorithm { found }
}

#[test]
fn a_good_token_is_taken_with_white_space_around() {
    webhooks().verify(good()).expect("verifies");
    webhooks().verify(format!("\r\n {}\n", good())).expect("verifies");
}

#[test]
fn a_token_that_nobody_signed_is_refused() {
    let claims = base64(claims("a_type", "{}").to_string());
    for (alg, found) in [("none", "none"), ("None", "unknown"), ("nOnE", "unknown")] {
        let header = base64(format!(r#"{{"alg":"{alg}"}}"#));
        assert_eq!(refuse(format!("{header}.{claims}.")), algorithm(found));
    }
}

/// The public key is no secret: a reader that lets the header choose would take it for one.
#[test]
fn a_token_signed_with_the_public_key_as_a_secret_is_refused() {
    let pem = &PUBLIC_KEY[PUBLIC_KEY.find('-').expect("PEM")..];
    for secret in [PUBLIC_KEY, pem, pem.trim_end()] {
        let claims = base64(claims("a_type", "{}").to_string());
        let message = format!("{}.{claims}", base64(r#"{"alg":"HS256"}"#));
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let signature = hmac::sign(&key, message.as_bytes());
        assert_eq!(refuse(format!("{message}.{}", base64(signature))), algorithm("HS256"));
        // The same, under the name of the right algorithm.
        let message = format!("{}.{claims}", base64(HEADER));
        let signature = base64(hmac::sign(&key, message.as_bytes()));
        let length = VerifyError::SignatureLength { expected: 256, found: 32 };
        assert_eq!(refuse(format!("{message}.{signature}")), length);
    }
}

#[test]
fn a_token_of_another_algorithm_is_refused() {
    let claims = claims("a_type", "{}").to_string();
    let rs512 = signed(r#"{"alg":"RS512"}"#, &claims, SIGNER, &RSA_PKCS1_SHA512);
    assert_eq!(refuse(rs512), algorithm("RS512"));
    let rs384 = signed(r#"{"alg":"RS384"}"#, &claims, SIGNER, &RSA_PKCS1_SHA384);
    assert_eq!(refuse(rs384), algorithm("RS384"));
    let ps256 = signed(r#"{"alg":"PS256"}"#, &claims, SIGNER, &RSA_PSS_SHA256);
    assert_eq!(refuse(ps256), algorithm("PS256"));
    // The same signatures, under the name of the right algorithm.
    assert_eq!(refuse(signed(HEADER, &claims, SIGNER, &RSA_PKCS1_SHA512)), VerifyError::Signature);
    assert_eq!(refuse(signed(HEADER, &claims, SIGNER, &RSA_PSS_SHA256)), VerifyError::Signature);
}

#[test]
fn a_token_of_another_key_is_refused() {
    let claims = claims("a_type", "{}").to_string();
    let stranger = signed(HEADER, &claims, STRANGER, &RSA_PKCS1_SHA256);
    assert_eq!(refuse(stranger), VerifyError::Signature);
    // One that brings its own key along, or names a place for it.
    for header in [
        r#"{"alg":"RS256","jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}}"#,
        r#"{"alg":"RS256","jku":"http://localhost/","kid":"../../a","x5u":"file:///etc/passwd"}"#,
    ] {
        let stranger = signed(header, &claims, STRANGER, &RSA_PKCS1_SHA256);
        assert_eq!(refuse(stranger), VerifyError::Signature);
        webhooks().verify(under(header)).expect("the key of the app has signed it");
    }
}

#[test]
fn a_signature_that_is_cut_or_doubled_is_refused() {
    let good = good();
    let (message, signature) = good.rsplit_once('.').expect("a signature");
    let length = |found| VerifyError::SignatureLength { expected: 256, found };
    assert_eq!(refuse(format!("{message}.{}", &signature[..signature.len() - 6])), length(252));
    assert_eq!(refuse(format!("{message}.")), length(0));
    assert_eq!(refuse(format!("{message}.{}{signature}", &signature[..340])), length(511));
    assert_eq!(refuse(format!("{good}.{signature}")), VerifyError::NoToken);
    assert_eq!(refuse(message), VerifyError::NoToken);
    assert_eq!(refuse(format!("{good}.")), VerifyError::NoToken);
    assert_eq!(refuse(format!("{good}{good}")), VerifyError::NoToken);
}

/// Other characters that say the same bits, or more of them, would make many tokens of one.
#[test]
fn a_signature_has_one_spelling() {
    let good = good();
    let last = good.chars().last().expect("a character");
    for other in ('A'..='Z').chain('a'..='z').chain('0'..='9').filter(|other| *other != last) {
        let other = format!("{}{other}", &good[..good.len() - 1]);
        assert!(matches!(refuse(other), VerifyError::NoToken | VerifyError::Signature));
    }
    for more in ["=", "==", "A", "\n.", "\0"] {
        refuse(format!("{good}{more}"));
    }
}

#[test]
fn every_bit_that_is_changed_is_seen() {
    let good = good().into_bytes();
    for position in 0..good.len() {
        let mut changed = good.clone();
        changed[position] ^= 1;
        refuse(changed);
    }
}

#[test]
fn a_body_that_is_no_token_is_refused() {
    let bodies = [
        "",
        " ",
        ".",
        "hello",
        "a.b",
        r#"{"data":"{}"}"#,
        "a.b.c.d",
        "a.b.c.d.e",
        "häuser.b.c",
        "a b.c.d",
    ];
    for body in bodies {
        assert_eq!(refuse(body), VerifyError::NoToken, "{body}");
    }
    assert_eq!(refuse([0xff, b'.', 0xfe, b'.', 0]), VerifyError::NoToken);
    assert_eq!(refuse("..").to_string(), "the token's header cannot be read: it is no object");
}

#[test]
fn a_header_that_can_be_read_in_two_ways_is_refused() {
    let header = |header: &str| refuse(under(header)).to_string();
    let what = |problem: &str| format!("the token's header cannot be read: it {problem}");
    assert_eq!(header(r#"{"alg":"RS256","alg":"none"}"#), what("has a member twice"));
    assert_eq!(header(r#"{"alg":"none","alg":"RS256"}"#), what("has a member twice"));
    assert_eq!(header(r#"{"alg":"RS256","\u0061lg":"none"}"#), what("has a member twice"));
    // serde would take it for the same.
    assert_eq!(header(r#"["RS256"]"#), what("is no object"));
    assert_eq!(header(r#""RS256""#), what("is no object"));
    assert_eq!(header(r#"{"alg":"RS256"}{}"#), what("is no JSON, or is nested too deep"));
    assert_eq!(header("{'alg':'RS256'}"), what("is no JSON, or is nested too deep"));
    assert_eq!(header(&"{".repeat(1000)), what("is no JSON, or is nested too deep"));
    assert_eq!(header(&format!("{HEADER}{}", " ".repeat(4096))), what("has more than 4096 bytes"));
}

#[test]
fn a_header_without_the_name_of_the_algorithm_is_refused() {
    for (header, found) in [
        ("{}", "missing"),
        (r#"{"ALG":"RS256"}"#, "missing"),
        (r#"{"alg":null}"#, "missing"),
        (r#"{"alg":["RS256"]}"#, "missing"),
        (r#"{"alg":"rs256"}"#, "unknown"),
        (r#"{"alg":"RS256 "}"#, "unknown"),
        (r#"{"alg":"RS256\u0000"}"#, "unknown"),
        (r#"{"alg":"a name that is longer than all"}"#, "unknown"),
    ] {
        assert_eq!(refuse(under(header)), algorithm(found), "{header}");
    }
}

/// RFC 7515: who does not know what stands in `crit` refuses the token.
#[test]
fn a_token_that_must_be_understood_otherwise_is_refused() {
    for crit in [r#"["b64"],"b64":false"#, "[]", "null"] {
        let header = format!(r#"{{"alg":"RS256","crit":{crit}}}"#);
        assert_eq!(refuse(under(&header)), VerifyError::Critical, "{crit}");
    }
}

/// Webhooks that are read so long after 1970, with a tolerance of ten seconds.
fn at(seconds: u64) -> Webhooks {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    webhooks().tolerance(Duration::from_secs(10)).clock(move || now)
}

fn dated(name: &str, date: Value) -> String {
    let mut claims = claims("a_type", "{}");
    claims[name] = date;
    token(&claims)
}

#[test]
fn an_expired_token_is_refused() {
    let token = dated("exp", json!(1000));
    at(0).verify(&token).expect("verifies");
    at(1009).verify(&token).expect("verifies");
    let expired = |seconds| VerifyError::Expired { ago: Duration::from_secs(seconds) };
    assert_eq!(at(1010).verify(&token), Err(expired(10)));
    assert_eq!(at(5000).verify(&token), Err(expired(4000)));
    assert_eq!(
        at(1010).verify(dated("exp", json!(999.5))).unwrap_err().to_string(),
        "the token expired 10s ago"
    );
    for long_ago in [json!(0), json!(-1), json!(-1e300), json!(i64::MIN)] {
        at(1000).verify(dated("exp", long_ago)).expect_err("expired");
    }
    at(1000).verify(dated("exp", json!(1e300))).expect("verifies");
    at(1000).verify(dated("exp", Value::Null)).expect("verifies");
}

#[test]
fn a_token_of_the_future_is_refused() {
    let token = dated("nbf", json!(1000));
    at(990).verify(&token).expect("verifies");
    at(2000).verify(&token).expect("verifies");
    let wait = Duration::from_secs(11);
    assert_eq!(at(989).verify(&token), Err(VerifyError::NotYetValid { wait }));
}

#[test]
fn the_clock_is_this_machines() {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    webhooks().verify(dated("exp", json!(now.as_secs() - 30))).expect("within the tolerance");
    webhooks().verify(dated("exp", json!(now.as_secs() - 90))).expect_err("expired");
}

#[test]
fn claims_of_the_wrong_type_are_refused() {
    let signed =
        |claims: &str| refuse(signed(HEADER, claims, SIGNER, &RSA_PKCS1_SHA256)).to_string();
    let what = |problem: &str| format!("what is signed is no delivery: {problem}");
    assert_eq!(signed("secret"), what("it is no object"));
    assert_eq!(signed(r#"["{}"]"#), what("it is no object"));
    assert_eq!(signed(r#"{"data":"{}","data":"{}"}"#), what("it has a member twice"));
    assert_eq!(with(&json!({})), what("`data` is missing"));
    assert_eq!(with(&json!({ "data": null })), what("`data` is missing"));
    for data in [json!(5), json!(["secret"]), json!("5"), json!("\"secret\""), json!("[]")] {
        assert_eq!(with(&json!({ "data": data })), what("`data` is no object"), "{data}");
    }
    assert_eq!(
        with(&json!({ "data": "secret" })),
        what("`data` is no JSON, or is nested too deep")
    );
    assert_eq!(with(&json!({ "data": "{}" })), what("`data.eventType` is missing"));
    for (name, date) in [("exp", json!("1000")), ("exp", json!([])), ("nbf", json!(true))] {
        let refused = refuse(dated(name, date)).to_string();
        assert_eq!(refused, what(&format!("`{name}` is no number")));
    }
}

#[test]
fn what_is_wrong_within_a_delivery_is_named() {
    let envelope = |envelope: Value| with(&json!({ "data": envelope.to_string() }));
    let what = |problem: &str| format!("what is signed is no delivery: {problem}");
    let typed = |name: &str, value: Value| {
        let mut it = json!({ "eventType": "a_type" });
        it[name] = value;
        envelope(it)
    };
    assert_eq!(typed("eventType", json!(5)), what("`data.eventType` is no string"));
    assert_eq!(typed("instanceId", json!("secret")), what("`data.instanceId` is no UUID"));
    assert_eq!(
        typed("data", json!("secret")),
        what("`data.data` is no JSON, or is nested too deep")
    );
    assert_eq!(typed("identity", json!("[]")), what("`data.identity` is no object"));
    let kind = json!({ "identityType": 5 });
    assert_eq!(typed("identity", kind), what("`data.identity.identityType` is no string"));
    let data = |data: Value| typed("data", json!(data.to_string()));
    assert_eq!(data(json!({ "id": 5 })), what("`data.data.id` is no string"));
    let sequence = json!({ "entityEventSequence": "secret" });
    assert_eq!(data(sequence), what("`data.data.entityEventSequence` is no integer"));
    let body = json!({ "actionEvent": { "bodyAsJson": "secret" } });
    let place = "`data.data.actionEvent.bodyAsJson` is no JSON, or is nested too deep";
    assert_eq!(data(body), what(place));
}

#[test]
fn each_mistake_has_a_message_of_its_own() {
    let claims = claims("a_type", "{}").to_string();
    let good = good();
    let mistakes = [
        format!("{}.{}.", base64(r#"{"alg":"none"}"#), base64(&claims)),
        signed(r#"{"alg":"HS256"}"#, &claims, SIGNER, &RSA_PKCS1_SHA256),
        signed(r#"{"alg":"RS512"}"#, &claims, SIGNER, &RSA_PKCS1_SHA512),
        signed(HEADER, &claims, STRANGER, &RSA_PKCS1_SHA256),
        good[..good.len() - 8].to_owned(),
        dated("exp", json!(1000)),
        dated("nbf", json!(1e12)),
        "{".to_owned(),
        token(&json!({ "data": 5 })),
        "{".repeat(10_000_000),
        under(r#"{"alg":"RS256","crit":[]}"#),
        under(r#"["RS256"]"#),
    ];
    let messages: HashSet<_> = mistakes.iter().map(|body| refuse(body).to_string()).collect();
    assert_eq!(messages.len(), mistakes.len(), "{messages:#?}");
}

/// Each of these has the word in a place where it could be quoted from.
#[test]
fn no_error_quotes_a_body() {
    for token in [
        "secret".to_owned(),
        under(r#"{"alg":"a secret name"}"#),
        under(r#"{"alg":{"secret":"secret"}}"#),
        under(r#"{"secret"}"#),
        signed(HEADER, "secret", SIGNER, &RSA_PKCS1_SHA256),
        signed(HEADER, r#"{"data":"secret"}"#, SIGNER, &RSA_PKCS1_SHA256),
        dated("exp", json!("secret")),
        token(&claims("secret", r#"{"id":{"secret":"secret"}}"#)),
        token(&claims("secret", "secret")),
    ] {
        let error = refuse(token);
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    }
    let delivery = webhooks().verify(token(&claims("a_type", r#"{"a":"secret"}"#)));
    assert!(!format!("{delivery:?}").contains("secret"));
}
