//! The posts of actions, and webhooks: what the engine has written goes to this machine's own servers.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use crate::engine::{Content, Letter, LetterId, Outcome};
use crate::local::LocalUrl;
use crate::state::Shared;
use crate::webhook;

/// How long an answer may take to what an action posts. What Wix waits for is not public.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(10);

/// How long an answer may take to a webhook (Wix's reference).
const WEBHOOK_TIMEOUT: Duration = Duration::from_millis(1250);

/// How many are under way at once, at most.
const AT_ONCE: usize = 16;

/// Takes letters, and knows how many are not answered yet.
pub(crate) struct Letterbox {
    letters: mpsc::UnboundedSender<LetterId>,
    under_way: watch::Sender<usize>,
}

impl Letterbox {
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<LetterId>) {
        let (letters, receiver) = mpsc::unbounded_channel();
        (Self { letters, under_way: watch::Sender::new(0) }, receiver)
    }

    pub(crate) fn send(&self, letters: Vec<LetterId>) {
        for letter in letters {
            // Where nobody takes them any more, nobody waits for them.
            if self.letters.send(letter).is_ok() {
                self.under_way.send_modify(|count| *count += 1);
            }
        }
    }

    pub(crate) fn count_under_way(&self) -> usize {
        *self.under_way.borrow()
    }

    /// Waits until all are answered, or it is known that they are not.
    pub(crate) async fn all_answered(&self) {
        // The sender is its own.
        let _ = self.under_way.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// Sends letters, and tells the engine what became of them.
pub(crate) async fn send_letters(
    shared: Arc<Shared>,
    mut letters: mpsc::UnboundedReceiver<LetterId>,
) {
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    let mut sent = JoinSet::new();
    while let Some(id) = letters.recv().await {
        let under_way = UnderWay(Arc::clone(&shared));
        let Ok(permit) = Arc::clone(&at_once).acquire_owned().await else { return };
        // Its turn may have come long after it was written.
        let Some(letter) = shared.act(|state| state.engine.open(id)) else { continue };
        sent.spawn(async move {
            let outcome = send(letter).await;
            under_way.0.act(|state| state.engine.answered(id, outcome));
            drop(permit);
        });
        while sent.try_join_next().is_some() {}
    }
}

/// A letter that is under way until this is dropped.
struct UnderWay(Arc<Shared>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.letters.under_way.send_modify(|count| *count -= 1);
    }
}

async fn send(letter: Letter) -> Outcome {
    let limit = match letter.content {
        Content::Payload { .. } => TIMEOUT,
        Content::Webhook { .. } => WEBHOOK_TIMEOUT,
    };
    let (to, request) = (letter.to.clone(), request(letter));
    let Ok(request) = request else { return Outcome::Unanswered };
    match tokio::time::timeout(limit, answer(&to, request)).await {
        Ok(Ok(status)) => Outcome::Answered(status),
        Ok(Err(_)) | Err(_) => Outcome::Unanswered,
    }
}

/// What goes over the wire: the bytes are there before the time of an answer begins.
fn request(letter: Letter) -> Result<Request<Body>, Failure> {
    let Letter { attempt, to, content } = letter;
    let request = Request::post(to.path().as_str())
        .header(HOST, to.host())
        .header(USER_AGENT, "trigger-emulator")
        .header("x-emulator-attempt", attempt);
    Ok(match content {
        Content::Payload { activation, trigger_key, payload } => request
            .header(CONTENT_TYPE, "application/json")
            .header("x-emulator-trigger-key", trigger_key)
            .header("x-emulator-activation-id", activation.to_string())
            .body(Body::from(String::from(payload)))?,
        Content::Webhook { claims } => request
            .header(CONTENT_TYPE, "text/plain")
            .body(Body::from(webhook::token(&claims).map_err(|_| "it cannot be signed")?))?,
    })
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The status of the answer, whose body says nothing to Wix.
async fn answer(to: &LocalUrl, request: Request<Body>) -> Result<u16, Failure> {
    let stream = TcpStream::connect(to.addresses()).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let exchange = async {
        let status = sender.send_request(request).await.map(|answer| answer.status().as_u16());
        drop(sender);
        status
    };
    // The connection is driven until the answer's head is there.
    tokio::pin!(exchange);
    tokio::select! {
        status = &mut exchange => Ok(status?),
        ended = connection => {
            ended?;
            Ok(exchange.await?)
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;
    use tokio::time::Instant;
    use uuid::Uuid;

    use super::*;

    /// On a clock that goes to the next timer whenever nothing else is to be done.
    #[tokio::test(start_paused = true)]
    async fn who_never_answers_is_waited_for_as_long_as_wix_would() {
        let hangs = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", hangs.local_addr().expect("an address"));
        let to: LocalUrl = url.parse().expect("an address");
        let payload = Content::Payload {
            activation: Uuid::nil(),
            trigger_key: String::new(),
            payload: "".into(),
        };
        let webhook = Content::Webhook { claims: "{}".to_owned() };
        for (content, milliseconds) in [(payload, 10_000), (webhook, 1250)] {
            let start = Instant::now();
            let letter = Letter { attempt: 1, to: to.clone(), content };
            assert_eq!(send(letter).await, Outcome::Unanswered);
            // A timer is of whole milliseconds.
            assert_eq!(start.elapsed().as_millis(), milliseconds);
        }
    }
}
