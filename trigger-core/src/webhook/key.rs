//! The public key of an app, in the spellings in which it goes around.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};

/// Keys are copied with and without their padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// The object identifier `rsaEncryption` (RFC 8017), as it is in DER.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;

/// Why a text is no public key of a Wix app. No message says what is in the text.
///
/// ```
/// use trigger_core::webhook::{KeyError, Webhooks};
///
/// assert_eq!(Webhooks::new("the app's secret").unwrap_err(), KeyError::NoKey);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It is neither PEM nor PEM in base64.
    #[error("this is no public key in PEM: copy it from the app's webhooks page")]
    NoKey,
    /// It is a private key, which nobody but its owner should have.
    #[error("this is a private key: copy the public key from the app's webhooks page")]
    PrivateKey,
    /// It is PEM of something else, such as a certificate or a key of another algorithm.
    #[error("this is no RSA public key: copy the one on the app's webhooks page")]
    NotRsa,
    /// It has fewer than 2048 bits, which is not safe, or more than 8192.
    #[error("an RSA key here has 2048 to 8192 bits, and this has {bits}")]
    Size {
        /// How many it has.
        bits: usize,
    },
}

/// An RSA public key.
pub(super) struct PublicKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl PublicKey {
    pub(super) fn parse(text: &str) -> Result<Self, KeyError> {
        if text.contains(BEGIN) {
            return Self::from_pem(text);
        }
        let decoded = decode(text).ok_or(KeyError::NoKey)?;
        match std::str::from_utf8(&decoded) {
            Ok(pem) if pem.contains(BEGIN) => Self::from_pem(pem),
            _ => Err(KeyError::NoKey),
        }
    }

    fn from_pem(text: &str) -> Result<Self, KeyError> {
        let (label, content) = only_block(text).ok_or(KeyError::NoKey)?;
        let pkcs1 = label == "RSA PUBLIC KEY";
        if label.contains("PRIVATE") {
            return Err(KeyError::PrivateKey);
        }
        if !pkcs1 && label != "PUBLIC KEY" {
            return Err(KeyError::NotRsa);
        }
        let der = decode(content).ok_or(KeyError::NoKey)?;
        let der = if pkcs1 { &der } else { subject_public_key(&der).ok_or(KeyError::NotRsa)? };
        let (modulus, exponent) = modulus_and_exponent(der).ok_or(KeyError::NotRsa)?;
        Self { modulus: modulus.to_vec(), exponent: exponent.to_vec() }.of_safe_size()
    }

    fn of_safe_size(self) -> Result<Self, KeyError> {
        let unused = self.modulus.first().map_or(0, |first| first.leading_zeros() as usize);
        match self.modulus.len() * 8 - unused {
            2048..=8192 => Ok(self),
            bits => Err(KeyError::Size { bits }),
        }
    }

    /// How many bytes each signature has.
    pub(super) fn signature_length(&self) -> usize {
        self.modulus.len()
    }

    /// Whether this is the signature of the message by RS256, whatever the message says.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
    }
}

/// The label and the content of the one block of a PEM text.
fn only_block(text: &str) -> Option<(&str, &str)> {
    let (_, block) = text.split_once(BEGIN)?;
    let (label, block) = block.split_once(DASHES)?;
    let (content, rest) = block.split_once(END)?;
    let rest = rest.strip_prefix(label)?.strip_prefix(DASHES)?;
    // Two keys: which of them counts, nobody could tell.
    (!rest.contains(BEGIN)).then_some((label, content))
}

/// What this base64 says. Line breaks, also as the two characters that some files of settings put
/// in their place, belong to none of it.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut text = text.replace("\\n", "").replace("\\r", "");
    text.retain(|character| !character.is_whitespace());
    BASE64.decode(text).ok()
}

/// The content of the first element of DER, if it has this tag, and what comes after it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&found, der) = der.split_first()?;
    let (&first, der) = der.split_first()?;
    let (length, der) = match first {
        0..=0x7f => (usize::from(first), der),
        0x81 | 0x82 => {
            let (digits, der) = der.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), der)
        }
        _ => return None,
    };
    (found == tag).then_some(())?;
    der.split_at_checked(length)
}

/// The key in a `SubjectPublicKeyInfo` (RFC 5280), if it is one of RSA.
fn subject_public_key(der: &[u8]) -> Option<&[u8]> {
    let (info, _) = element(SEQUENCE, der)?;
    let (algorithm, key) = element(SEQUENCE, info)?;
    let (algorithm, _) = element(OBJECT_IDENTIFIER, algorithm)?;
    (algorithm == RSA).then_some(())?;
    let (key, _) = element(BIT_STRING, key)?;
    // Zero bits at the end belong to no key.
    key.strip_prefix(&[0])
}

/// The two numbers of an `RSAPublicKey` (RFC 8017), without leading zeros.
fn modulus_and_exponent(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (numbers, _) = element(SEQUENCE, der)?;
    let (modulus, exponent) = element(INTEGER, numbers)?;
    let (exponent, _) = element(INTEGER, exponent)?;
    // An integer of DER begins with a zero where its first bit would make it negative.
    let positive = |number| <[u8]>::strip_prefix(number, &[0]).unwrap_or(number);
    Some((positive(modulus), positive(exponent)))
}
