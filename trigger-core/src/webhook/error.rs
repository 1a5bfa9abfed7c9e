use std::time::Duration;

/// Why a body is no delivery that Wix signed for this app.
///
/// Each mistake has a variant of its own; none holds a body, a key or a signature.
///
/// ```
/// use trigger_core::webhook::VerifyError;
///
/// fn is_an_attack(error: &VerifyError) -> bool {
///     matches!(error, VerifyError::Algorithm { .. } | VerifyError::Signature)
/// }
/// # assert!(is_an_attack(&VerifyError::Signature));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The body is longer than what is read
    /// ([`Webhooks::largest_body`](super::Webhooks::largest_body)).
    #[error("the body has more than the {limit} bytes that are read")]
    TooLarge {
        /// How many bytes are read.
        limit: usize,
    },
    /// The body could not be read to its end.
    #[error("the body could not be read to its end")]
    Unread,
    /// The body is not three parts of base64url with dots between.
    #[error("the body is no JSON Web Token")]
    NoToken,
    /// The first part of the token cannot be read.
    #[error("the token's header cannot be read: {0}")]
    Header(Malformed),
    /// The token is signed in another way than RS256, or not at all.
    #[error("the token's algorithm is {found}, and Wix signs with RS256")]
    Algorithm {
        /// The name of the algorithm; `unknown` if it is none of the standard, or `missing`.
        found: &'static str,
    },
    /// The token says that it has to be understood in a way that nobody here knows (`crit`).
    #[error("the token has to be understood in a way that is not known here")]
    Critical,
    /// The signature is cut, or there is too much of it.
    #[error("the signature has {found} bytes, and those of this key have {expected}")]
    SignatureLength {
        /// How many bytes the signatures of the key have.
        expected: usize,
        /// How many this has.
        found: usize,
    },
    /// The signature is not one of this key for this token: one of the two was changed, or another
    /// key signed it.
    #[error(
        "the signature is not that of the app's key for this token: is it the key of this app?"
    )]
    Signature,
    /// The token was good until some time ago.
    #[error("the token expired {ago:.0?} ago")]
    Expired {
        /// How long ago that was.
        ago: Duration,
    },
    /// The token will be good in some time.
    #[error("the token is not valid before another {wait:.0?}: is this machine's clock right?")]
    NotYetValid {
        /// How long that will take.
        wait: Duration,
    },
    /// What is signed is no delivery.
    #[error("what is signed is no delivery: {0}")]
    Claims(Malformed),
}

impl VerifyError {
    /// The status to answer with. Wix takes all but 200 for a failure, and tries again.
    ///
    /// ```
    /// use trigger_core::webhook::VerifyError;
    ///
    /// assert_eq!(VerifyError::TooLarge { limit: 1 << 20 }.status(), 413);
    /// assert_eq!(VerifyError::Signature.status(), 401);
    /// assert_eq!(VerifyError::NoToken.status(), 400);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::TooLarge { .. } => 413,
            Self::Unread | Self::NoToken | Self::Header(_) | Self::Claims(_) => 400,
            _ => 401,
        }
    }
}

/// What is wrong with JSON that was sent, and where: never what stands there.
///
/// ```
/// use trigger_core::webhook::VerifyError;
///
/// fn tell(error: &VerifyError) {
///     if let VerifyError::Claims(malformed) = error {
///         println!("{malformed}"); // such as: `data.instanceId` is no UUID
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place} {problem}")]
pub struct Malformed {
    place: String,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("has more than {0} bytes")]
    Long(usize),
    #[error("is no JSON, or is nested too deep")]
    NoJson,
    #[error("is no object")]
    NoObject,
    #[error("has a member twice")]
    Twice,
    #[error("is missing")]
    Missing,
    #[error("is no {0}")]
    Not(&'static str),
}

impl Malformed {
    pub(super) fn new(place: impl Into<String>, problem: Problem) -> Self {
        Self { place: place.into(), problem }
    }
}
