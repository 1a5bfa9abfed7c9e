//! The example app as a program: `cargo run --package events`, with what
//! [`Variables`](events::Variables) lists.

use std::error::Error;
use std::process::ExitCode;

use events::{Variables, serve};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
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
    eprintln!("listens on http://{}/webhook", listener.local_addr()?);
    let left = serve(listener, settings, asked_to_stop()).await?;
    for event in &left {
        eprintln!("left undone: {event}");
    }
    Ok(if left.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Until somebody interrupts or terminates the program; never, if that cannot be told.
async fn asked_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
    eprintln!("stops: finishes what it has to do, and takes no deliveries");
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};

    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => drop(terminate.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
