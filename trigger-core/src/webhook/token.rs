//! The token that a body is (RFC 7515, compact serialization): one header, one signature.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{Deserialize, Deserializer, IgnoredAny};
use serde_json::Value;

use super::error::{Malformed, Problem, VerifyError};
use super::json;
use super::key::PublicKey;

/// Wix's header has some 50 bytes.
const LARGEST_HEADER: usize = 4096;

/// The other algorithms of RFC 7518 and RFC 8037.
const OTHERS: [&str; 13] = [
    "none", "HS256", "HS384", "HS512", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256",
    "PS384", "PS512", "EdDSA",
];

/// What a header is asked. A key that it brings or names is not looked at.
#[derive(serde::Deserialize)]
struct Header {
    #[serde(default)]
    alg: Value,
    #[serde(default, deserialize_with = "is_there")]
    crit: bool,
}

fn is_there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

/// What the key has signed: the claims, in JSON.
pub(super) fn claims(body: &[u8], key: &PublicKey) -> Result<Vec<u8>, VerifyError> {
    let token = body.trim_ascii();
    let [header, claims, signature] = parts(token).ok_or(VerifyError::NoToken)?;
    judge(header)?;
    // Four characters say three bytes.
    let (expected, found) = (key.signature_length(), signature.len() * 3 / 4);
    if found != expected {
        return Err(VerifyError::SignatureLength { expected, found });
    }
    let signature = decode(signature)?;
    let signed = &token[..=header.len() + claims.len()];
    if !key.has_signed(signed, &signature) {
        return Err(VerifyError::Signature);
    }
    decode(claims)
}

fn parts(token: &[u8]) -> Option<[&[u8]; 3]> {
    let mut parts = token.split(|byte| *byte == b'.');
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

fn decode(part: &[u8]) -> Result<Vec<u8>, VerifyError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| VerifyError::NoToken)
}

/// Refuses what a header may not say. It has no say in how the signature is checked.
fn judge(header: &[u8]) -> Result<(), VerifyError> {
    if header.len() > LARGEST_HEADER {
        let problem = Problem::Long(LARGEST_HEADER);
        return Err(VerifyError::Header(Malformed::new("it", problem)));
    }
    let header: Header = json::object(&decode(header)?, "it").map_err(VerifyError::Header)?;
    if header.alg != "RS256" {
        return Err(VerifyError::Algorithm { found: name_of(&header.alg) });
    }
    if header.crit {
        return Err(VerifyError::Critical);
    }
    Ok(())
}

/// The name of an algorithm, if it is one: any text could stand there.
fn name_of(algorithm: &Value) -> &'static str {
    let Some(name) = algorithm.as_str() else { return "missing" };
    OTHERS.into_iter().find(|other| *other == name).unwrap_or("unknown")
}
