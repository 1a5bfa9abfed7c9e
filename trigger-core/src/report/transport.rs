use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// A request as it is sent: its URI is absolute, and its body is JSON.
pub type Request = http::Request<Vec<u8>>;

/// An answer with its whole body.
pub type Response = http::Response<Vec<u8>>;

/// A request on its way.
pub type Sending<'t> = Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 't>>;

/// What carries requests to Wix.
///
/// A request holds the app's secret or a token, and the event: whoever logs it logs them.
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
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// There was no connection, or it broke off: whether Wix has the request is not known.
    Connection(Box<dyn Error + Send + Sync>),
    /// What came back is no answer, or too long a one.
    Answer(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connection(_) => "the connection to Wix failed",
            Self::Answer(_) => "the answer of Wix could not be read",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Connection(source) | Self::Answer(source) => Some(source.as_ref()),
        }
    }
}
