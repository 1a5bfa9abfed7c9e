//! Tokens as Wix makes them, and as it would not.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaEncoding, RsaKeyPair};
use serde_json::{Value, json};
use trigger_core::webhook::Webhooks;

pub(crate) const PUBLIC_KEY: &str = include_str!("keys/signer.public.pem");
pub(crate) const SIGNER: &str = include_str!("keys/signer.private.pem");
pub(crate) const STRANGER: &str = include_str!("keys/other.private.pem");

pub(crate) fn webhooks() -> Webhooks {
    Webhooks::new(PUBLIC_KEY).expect("a key")
}

pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The claims of a delivery, its strings within strings.
pub(crate) fn claims(event_type: &str, data: &str) -> Value {
    let identity = json!({ "identityType": "WIX_USER", "wixUserId": "a-user" }).to_string();
    let data = json!({
        "eventType": event_type,
        "instanceId": "00000000-0000-4000-8000-00000000b001",
        "data": data,
        "identity": identity,
    });
    json!({ "data": data.to_string() })
}

/// A token with these claims, as Wix signs it.
pub(crate) fn token(claims: &Value) -> String {
    signed(r#"{"alg":"RS256"}"#, claims.to_string(), SIGNER, &RSA_PKCS1_SHA256)
}

pub(crate) fn signed(
    header: impl AsRef<[u8]>,
    claims: impl AsRef<[u8]>,
    key: &str,
    algorithm: &'static dyn RsaEncoding,
) -> String {
    let message = format!("{}.{}", base64(header), base64(claims));
    let signature = signature(&message, key, algorithm);
    format!("{message}.{}", base64(signature))
}

fn signature(message: &str, key: &str, algorithm: &'static dyn RsaEncoding) -> Vec<u8> {
    let lines = key.lines().skip_while(|line| !line.starts_with("-----BEGIN"));
    let content: String = lines.skip(1).take_while(|line| !line.starts_with('-')).collect();
    let key = STANDARD.decode(content).expect("base64");
    let key = RsaKeyPair::from_pkcs8(&key).expect("a private key");
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(algorithm, &SystemRandom::new(), message.as_bytes(), &mut signature).expect("signs");
    signature
}
