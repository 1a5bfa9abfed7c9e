//! The app, as it runs in a test.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use events::{EventKey, EventStarting, Settings, serve};
use jiff::ToSpan;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use trigger_core::report::App;
use trigger_core::webhook::Webhooks;
use trigger_emulator::Emulator;

use crate::signer::webhooks;

/// Nothing in here takes as long, but for a test that would wait for ever.
pub(crate) const FOR_EVER: Duration = Duration::from_mins(1);

/// Wix, on March 2, with a reminder two days before an event.
pub(crate) async fn wix() -> Emulator {
    let now = "2026-03-02T09:00:00Z".parse().expect("a time");
    let wix = Emulator::builder().at(now).start().await.expect("an emulator");
    wix.automation::<EventStarting>("Reminder").before(2.days());
    wix
}

/// What reports to the emulator, over a socket, without a limit, and leaves retries to the app.
pub(crate) fn reporter(wix: &Emulator) -> App {
    let clock = wix.clock();
    let app = App::builder("an-app", "not-a-secret").base_url(format!("http://{}", wix.address()));
    let app = app.calls_per_minute(u32::MAX);
    app.attempts(1).clock(move || clock.now().into()).build().expect("an app")
}

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    told: mpsc::UnboundedReceiver<String>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<io::Result<Vec<EventKey>>>,
}

impl Running {
    pub(crate) async fn on(wix: &Emulator) -> Self {
        Self::with(reporter(wix), |settings| settings).await
    }

    /// On what the emulator signs and sends.
    pub(crate) async fn delivered_by(wix: &Emulator, app: App, room: usize) -> Self {
        let webhooks = Webhooks::new(wix.webhook_public_key()).expect("a key");
        let app = Self::start(app, webhooks, |settings| settings.room(room)).await;
        wix.send_webhooks_to(&format!("http://{}/webhook", app.address));
        app
    }

    pub(crate) async fn with(app: App, set: impl FnOnce(Settings) -> Settings) -> Self {
        Self::start(app, webhooks(), set).await
    }

    async fn start(app: App, webhooks: Webhooks, set: impl FnOnce(Settings) -> Settings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (tell, told) = mpsc::unbounded_channel();
        let settings = Settings::new(app, webhooks)
            .waits(Duration::from_millis(1), Duration::from_millis(10))
            .patience(FOR_EVER)
            .tell(move |line| drop(tell.send(line.to_owned())));
        let (stop, stopped) = oneshot::channel();
        let stopped = async { drop(stopped.await) };
        let served = tokio::spawn(serve(listener, set(settings), stopped));
        Self { address, told, stop, served }
    }

    /// The status that a delivery is answered with.
    pub(crate) async fn post(&self, body: impl AsRef<str>) -> u16 {
        let body = body.as_ref();
        let head = format!(
            "POST /webhook HTTP/1.1\r\nhost: app\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len(),
        );
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(head.as_bytes()).await.expect("is sent");
        // A server that refuses a long body need not read it.
        let _ = stream.write_all(body.as_bytes()).await;
        status(&mut stream).await
    }

    /// Waits for a line that has these words, past others.
    pub(crate) async fn until(&mut self, words: &str) -> String {
        let mut others = Vec::new();
        loop {
            match timeout(FOR_EVER, self.told.recv()).await {
                Ok(Some(line)) if line.contains(words) => return line,
                Ok(Some(line)) => others.push(line),
                _ => panic!("nothing told of {words:?}, but of {others:#?}"),
            }
        }
    }

    /// Asks it to stop, without waiting until it has.
    pub(crate) fn ask_to_stop(self) -> Stopping {
        drop(self.stop);
        Stopping { told: self.told, served: self.served }
    }

    /// What it leaves undone.
    pub(crate) async fn stop(self) -> Vec<EventKey> {
        self.ask_to_stop().left().await
    }
}

pub(crate) struct Stopping {
    told: mpsc::UnboundedReceiver<String>,
    served: JoinHandle<io::Result<Vec<EventKey>>>,
}

impl Stopping {
    pub(crate) async fn left(self) -> Vec<EventKey> {
        let Self { told, served } = self;
        let served = timeout(FOR_EVER, served).await.expect("it stops");
        drop(told);
        served.expect("no panic").expect("serves")
    }
}

/// The status of the answer that comes next.
pub(crate) async fn status(stream: &mut TcpStream) -> u16 {
    let mut line = [0; 12];
    let read = timeout(FOR_EVER, stream.read_exact(&mut line)).await.expect("an answer");
    read.expect("a line of status");
    let line = String::from_utf8_lossy(&line);
    line.trim_start_matches("HTTP/1.1 ").parse().expect("a status")
}
