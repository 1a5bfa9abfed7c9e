//! The transport that ships.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use reqwest::Client;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

use super::app::BuildError;
use super::transport::{Request, Response, Sending, Transport, TransportError};

/// The longest answer that is read, in bytes; that to 100 events has some 30,000.
const MAX_BODY: usize = 4 << 20;

/// One pool of connections, over TLS with ring and the certificates of the machine.
pub(super) struct OverReqwest(Client);

impl OverReqwest {
    pub(super) fn new(base_url: &str) -> Result<Self, BuildError> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(|error| BuildError::Tls { words: error.to_string() })?
            .with_no_client_auth();
        // A secret goes where it was sent to, and nowhere else.
        let client = Client::builder().tls_backend_preconfigured(config).redirect(Policy::none());
        // What goes to this machine in the clear goes through no proxy.
        let client = if base_url.starts_with("http:") { client.no_proxy() } else { client };
        let client =
            client.build().map_err(|error| BuildError::Tls { words: error.to_string() })?;
        Ok(Self(client))
    }
}

impl Transport for OverReqwest {
    fn send(&self, request: Request) -> Sending<'_> {
        Box::pin(told_of_sockets(async move {
            let request = request.map(Vec::from).try_into().map_err(connection)?;
            let mut answered = self.0.execute(request).await.map_err(connection)?;
            let mut response = Response::new(Vec::new());
            *response.status_mut() = answered.status();
            *response.headers_mut() = std::mem::take(answered.headers_mut());
            while let Some(chunk) = answered.chunk().await.map_err(connection)? {
                let body = response.body_mut();
                if body.len() + chunk.len() > MAX_BODY {
                    let words = format!("the answer has more than {MAX_BODY} bytes");
                    return Err(TransportError::answer(words));
                }
                body.extend_from_slice(&chunk);
            }
            Ok(response)
        }))
    }
}

/// Drives this, and makes an error of the panic by which alone Tokio tells that the runtime has no
/// sockets.
async fn told_of_sockets<F>(sending: F) -> Result<Response, TransportError>
where
    F: Future<Output = Result<Response, TransportError>>,
{
    let mut sending = pin!(sending);
    poll_fn(|context| {
        // Nothing of what panics is used again.
        let polled = catch_unwind(AssertUnwindSafe(|| sending.as_mut().poll(context)));
        polled.unwrap_or_else(|panic| match panic.downcast_ref::<String>() {
            Some(words) if words.contains("IO is disabled") => {
                Poll::Ready(Err(TransportError::NoRuntime))
            }
            _ => resume_unwind(panic),
        })
    })
    .await
}

/// Without the address, which is in the way of what is to be read.
fn connection(error: reqwest::Error) -> TransportError {
    TransportError::connection(error.without_url())
}
