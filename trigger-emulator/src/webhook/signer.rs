//! The emulator's own key, and the tokens that it signs.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::error::Unspecified;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use std::sync::LazyLock;

/// What an app verifies the emulator's webhooks with.
pub(crate) const PUBLIC_KEY: &str = include_str!("public.pem");

/// No secret: an app that is set up for one emulator is so for all of them.
const PRIVATE_KEY: &str = include_str!("private.pem");

const HEADER: &str = r#"{"alg":"RS256"}"#;

/// It takes a moment to read, which no start waits for.
static KEY: LazyLock<Option<RsaKeyPair>> = LazyLock::new(|| {
    let lines = PRIVATE_KEY.lines().skip_while(|line| !line.starts_with('-'));
    let content: String = lines.filter(|line| !line.starts_with('-')).collect();
    RsaKeyPair::from_pkcs8(&STANDARD.decode(content).ok()?).ok()
});

/// A token with these claims (RFC 7515, compact serialization), the same each time.
pub(crate) fn token(claims: &str) -> Result<String, Unspecified> {
    let key = KEY.as_ref().ok_or(Unspecified)?;
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature)?;
    Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// How long the token of these claims is.
pub(crate) fn token_length(claims: &str) -> usize {
    /// Of a key of 2048 bits.
    const SIGNATURE: usize = 256;
    let encoded = |length: usize| (length * 4).div_ceil(3);
    encoded(HEADER.len()) + encoded(claims.len()) + encoded(SIGNATURE) + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_as_long_as_is_said_and_the_same_each_time() {
        for claims in ["", "{}", "{\"a\":1}", "{\"data\":\"more\"}"] {
            let token = token(claims).expect("it is signed");
            assert_eq!(token.len(), token_length(claims));
            assert_eq!(super::token(claims), Ok(token));
        }
    }
}
