//! The example app as a program: `cargo run --package events`, with what
//! [`Variables`](events::Variables) lists.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use events::{Variables, serve};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            tell(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<ExitCode, Box<dyn Error>> {
    let Variables { settings, port, .. } = Variables::read(std::env::var)?;
    let listener = TcpListener::bind(("127.0.0.1", port));
    let listener = listener.await.map_err(|error| {
        format!("cannot listen on port {port} of this machine: {error}; set `PORT` to another one")
    })?;
    let signals = signals()?;
    let stop = async {
        signals.await;
        tell("stops: finishes what it has to do, and takes no deliveries");
    };
    tell(&format!("listens on http://{}/webhook", listener.local_addr()?));
    let left = serve(listener, settings, stop).await?;
    for event in &left {
        tell(&format!("left undone: {event}"));
    }
    Ok(if left.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tells a line, if anybody reads it: that nobody does is no reason to stop.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Until somebody interrupts or terminates the program: it is listened for from here on.
#[cfg(unix)]
fn signals() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn signals() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move { drop(interrupt.recv().await) })
}
