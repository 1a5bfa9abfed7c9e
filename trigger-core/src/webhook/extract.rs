//! A delivery as an argument of axum's handlers.

use axum_core::body::Body;
use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::delivery::Delivery;
use super::error::VerifyError;
use super::handlers::{DispatchError, Dispatched};
use super::verify::Webhooks;

/// The body of a request as a delivery: the state of the router is, or has in it, a [`Webhooks`].
///
/// What cannot be verified is answered with [`VerifyError::status`], and never gets to the handler;
/// one that takes a `Result<Delivery, VerifyError>` gets all of it. No more of a body is read than
/// [`Webhooks::largest_body`] says.
///
/// ```
/// use axum::{Router, extract::{FromRef, State}, routing::post};
/// use std::sync::Arc;
/// use trigger_core::webhook::{Delivery, DispatchError, Dispatched, Handlers, Webhooks};
///
/// #[derive(Clone, FromRef)]
/// struct Shop {
///     webhooks: Webhooks,
///     handlers: Arc<Handlers>,
/// }
///
/// async fn webhook(
///     State(handlers): State<Arc<Handlers>>,
///     delivery: Delivery,
/// ) -> Result<Dispatched, DispatchError> {
///     handlers.dispatch(delivery).await
/// }
///
/// fn router(shop: Shop) -> Router {
///     Router::new().route("/webhook", post(webhook)).with_state(shop)
/// }
/// ```
impl<S> FromRequest<S> for Delivery
where
    Webhooks: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = VerifyError;

    async fn from_request(request: Request, state: &S) -> Result<Self, VerifyError> {
        let webhooks = Webhooks::from_ref(state);
        let body = read(request.into_body(), webhooks.limit()).await?;
        webhooks.verify(body)
    }
}

async fn read(body: Body, limit: usize) -> Result<impl AsRef<[u8]>, VerifyError> {
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(VerifyError::TooLarge { limit }),
        Err(_) => Err(VerifyError::Unread),
    }
}

/// The status alone: whoever sent what is refused has no need to know why.
impl IntoResponse for VerifyError {
    fn into_response(self) -> Response {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::BAD_REQUEST).into_response()
    }
}

/// 200, whatever became of it.
impl IntoResponse for Dispatched {
    fn into_response(self) -> Response {
        StatusCode::OK.into_response()
    }
}

/// 500, so that Wix sends it again.
impl IntoResponse for DispatchError {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
