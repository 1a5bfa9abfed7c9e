//! One connection: what it is at, and for how long.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::Instant;

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// No byte of a request has come, or an answer is on its way.
    Idle,
    /// Some of a request's head has come.
    Head,
    /// Some of a request's body is to come. It is counted from the first byte of the head on.
    Body,
    /// A request is being answered.
    Answer,
    /// A request was refused, and the connection ends.
    Refused,
}

/// What the server knows of a connection.
pub(super) struct Line {
    opened: Instant,
    /// The stage, and above it when it began, in microseconds from `opened` on. One number without a
    /// lock: it is written several times for each request.
    stage: AtomicU64,
    /// Told when the body takes too long.
    pub(super) late: Notify,
}

const STAGES: [Stage; 5] = [Stage::Idle, Stage::Head, Stage::Body, Stage::Answer, Stage::Refused];

/// The bits that hold the stage.
const BITS: u32 = 3;

impl Line {
    pub(super) fn new() -> Self {
        Self { opened: Instant::now(), stage: AtomicU64::new(0), late: Notify::new() }
    }

    /// What it is at, and for how long.
    pub(super) fn stage(&self) -> (Stage, Duration) {
        let value = self.stage.load(Ordering::Relaxed);
        let place = usize::try_from(value & ((1 << BITS) - 1)).unwrap_or_default();
        let stage = STAGES.get(place).copied().unwrap_or(Stage::Idle);
        let since = Duration::from_micros(value >> BITS);
        (stage, self.opened.elapsed().saturating_sub(since))
    }

    /// Begins a stage now.
    fn begin(&self, stage: Stage) {
        let now = u64::try_from(self.opened.elapsed().as_micros()).unwrap_or_default();
        self.stage.store(now << BITS | stage as u64, Ordering::Relaxed);
    }

    /// Goes on to a stage of the same request, which counts from the request's begin on. Only the
    /// connection's own task writes: nothing is lost between the two.
    fn go_on(&self, stage: Stage) {
        let since = self.stage.load(Ordering::Relaxed) >> BITS << BITS;
        self.stage.store(since | stage as u64, Ordering::Relaxed);
    }

    /// Some bytes came.
    fn hears(&self) {
        if self.stage.load(Ordering::Relaxed) & ((1 << BITS) - 1) == Stage::Idle as u64 {
            self.begin(Stage::Head);
        }
    }

    pub(super) fn reads(&self) {
        self.go_on(Stage::Body);
    }

    pub(super) fn answers(&self) {
        self.go_on(Stage::Answer);
    }

    pub(super) fn idles(&self) {
        self.begin(Stage::Idle);
    }

    pub(super) fn is_refused(&self) {
        self.begin(Stage::Refused);
    }
}

/// A socket that tells its line when bytes come.
pub(super) struct Wire {
    stream: TcpStream,
    line: Arc<Line>,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, line: &Arc<Line>) -> Self {
        Self { stream, line: Arc::clone(line) }
    }

    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.as_mut().stream().poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.line.hears();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write_vectored(context, slices)
    }
}
