//! How the program is asked to end.

/// Until the process is interrupted or terminated, or its terminal is closed, from now on. Of what
/// there is no handler for, the system ends the process by itself.
#[cfg(unix)]
pub(super) fn asked_to_end() -> impl Future<Output = ()> {
    use std::io::{self, IsTerminal as _};
    use std::task::Poll;

    use tokio::signal::unix::{SignalKind, signal};

    let mut kinds = vec![SignalKind::interrupt(), SignalKind::terminate()];
    // `nohup`, which takes the terminal away, has a hangup ignored: a handler would undo that.
    if io::stdin().is_terminal() {
        kinds.push(SignalKind::hangup());
    }
    let mut signals: Vec<_> = kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect();
    std::future::poll_fn(move |context| {
        let is_asked = signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
        if is_asked { Poll::Ready(()) } else { Poll::Pending }
    })
}

/// Until the process is interrupted. If it cannot be known, the system ends it by itself.
#[cfg(not(unix))]
pub(super) async fn asked_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
