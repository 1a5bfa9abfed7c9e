use std::error::Error;
use std::fmt;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

/// A request as it is sent: its URI is absolute. Its `Debug` shows neither secret, token nor event.
pub type Request = http::Request<Body>;

/// The body of a [`Request`]: JSON, with the app's secret in it, or an event.
///
/// ```
/// use trigger_core::report::Request;
///
/// fn is_json(request: &Request) -> bool {
///     serde_json::from_slice::<serde_json::Value>(request.body()).is_ok()
/// }
///
/// fn into_bytes(request: Request) -> Vec<u8> {
///     request.into_body().into()
/// }
/// ```
#[derive(Clone)]
pub struct Body(pub(super) Vec<u8>);

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Body> for Vec<u8> {
    fn from(body: Body) -> Self {
        body.0
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "({} bytes)", self.len())
    }
}

/// An answer with its whole body.
pub type Response = http::Response<Vec<u8>>;

/// A request on its way.
pub type Sending<'t> = Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 't>>;

/// What carries requests to Wix.
///
/// The one that ships is made with `reqwest`; a test writes its own:
///
/// ```
/// use trigger_core::report::{Request, Response, Sending, Transport};
///
/// /// Answers every call as Wix would if no automation used the trigger.
/// struct Quiet;
///
/// impl Transport for Quiet {
///     fn send(&self, request: Request) -> Sending<'_> {
///         let body = match request.uri().path() {
///             "/oauth2/token" => br#"{"access_token":"t","expires_in":14400}"#.to_vec(),
///             _ => b"{}".to_vec(),
///         };
///         Box::pin(async { Ok(Response::new(body)) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends one request, once, and reads its answer. Who calls sees to time limits.
    ///
    /// An answer without an end is to be given up as [`TransportError::Answer`].
    fn send(&self, request: Request) -> Sending<'_>;
}

/// Why there is no answer.
///
/// ```
/// use trigger_core::report::{Request, Sending, Transport, TransportError};
///
/// /// A network that is down.
/// struct Down;
///
/// impl Transport for Down {
///     fn send(&self, _: Request) -> Sending<'_> {
///         Box::pin(async { Err(TransportError::connection("no network")) })
///     }
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// There was no connection, it broke off, or no answer came in time: whether Wix has the request
    /// is not known.
    Connection(Arc<dyn Error + Send + Sync>),
    /// What came back is no answer, or too long a one.
    Answer(Arc<dyn Error + Send + Sync>),
    /// The async runtime around the call is none that the transport can work in; nothing was sent.
    /// The call then fails with [`CallError::NoRuntime`](super::CallError::NoRuntime).
    NoRuntime,
}

impl TransportError {
    /// There was no connection, or it broke off.
    pub fn connection(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Connection(source.into().into())
    }

    /// What came back is no answer, or too long a one.
    pub fn answer(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Answer(source.into().into())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connection(_) => "the connection to Wix failed",
            Self::Answer(_) => "the answer of Wix could not be read",
            Self::NoRuntime => "the transport needs another async runtime around it",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Connection(source) | Self::Answer(source) => Some(source.as_ref()),
            Self::NoRuntime => None,
        }
    }
}
