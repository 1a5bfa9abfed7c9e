use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use trigger_core::webhook::{KeyError, Webhooks};

use crate::signer::{PUBLIC_KEY, SIGNER, claims, token};

/// The key without the line before it.
fn pem() -> &'static str {
    &PUBLIC_KEY[PUBLIC_KEY.find('-').expect("PEM")..]
}

#[test]
fn a_key_is_read_as_it_goes_around() {
    let token = token(&claims("a_type", "{}"));
    let unpadded = STANDARD.encode(pem());
    for key in [
        PUBLIC_KEY.to_owned(),
        include_str!("keys/signer.pkcs1.pem").to_owned(),
        pem().replace('\n', "\r\n"),
        pem().replace('\n', "\\n"),
        pem().replace('\n', " "),
        STANDARD.encode(pem()),
        format!(" {}\n", STANDARD.encode(pem().replace('\n', "\r\n"))),
        unpadded.trim_end_matches('=').to_owned(),
    ] {
        let webhooks = Webhooks::new(&key).unwrap_or_else(|error| panic!("{error}: {key}"));
        webhooks.verify(&token).expect("verifies");
    }
}

#[test]
fn what_is_no_key_is_told_as_what_it_is() {
    let error = |key: &str| Webhooks::new(key).expect_err("refused");
    let doubled = format!("{PUBLIC_KEY}{}", include_str!("keys/other.public.pem"));
    let cut = PUBLIC_KEY.replace("-----END PUBLIC KEY-----", "");
    for none in ["", "not-a-secret", "c2VjcmV0", "-----BEGIN PUBLIC KEY-----", &doubled, &cut] {
        assert_eq!(error(none), KeyError::NoKey, "{none}");
    }
    assert_eq!(error(SIGNER), KeyError::PrivateKey);
    assert_eq!(error(&STANDARD.encode(SIGNER)), KeyError::PrivateKey);
    assert_eq!(error(include_str!("keys/elliptic.public.pem")), KeyError::NotRsa);
    // A key of RSA for signatures of another kind alone.
    assert_eq!(error(include_str!("keys/pss.public.pem")), KeyError::NotRsa);
    assert_eq!(error(&pem().replace("PUBLIC KEY", "CERTIFICATE")), KeyError::NotRsa);
    assert_eq!(error(&pem().replace("PUBLIC KEY", "RSA PUBLIC KEY")), KeyError::NotRsa);
    assert_eq!(error(include_str!("keys/short.public.pem")), KeyError::Size { bits: 1024 });
}

#[test]
fn a_key_that_is_cut_anywhere_is_no_key() {
    let content: String = pem().lines().filter(|line| !line.starts_with('-')).collect();
    for length in 0..content.len() {
        let cut =
            format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----", &content[..length]);
        Webhooks::new(cut).expect_err("refused");
    }
}

#[test]
fn a_key_is_in_no_debug() {
    let webhooks = format!("{:?}", Webhooks::new(PUBLIC_KEY).expect("a key"));
    assert_eq!(webhooks, "Webhooks { tolerance: 60s, largest_body: 1048576, .. }");
}
