//! The app as a server: [`serve`].
//!
//! A delivery goes one way: `change` reads what it wants of an event, `backlog` orders and keeps
//! that, and `work` does it, one task for each event that has work.

mod backlog;
mod change;
mod known;
#[cfg(test)]
mod tests;
mod work;

use std::future::IntoFuture;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::timeout;
use trigger_core::webhook::{
    Delivery, DispatchError, Dispatched, Handlers, Recent, VerifyError, Webhooks,
};

use crate::guesses::EventCanceled;
use crate::mapping::shown;
use crate::settings::Settings;
use crate::wix::event_published::EventPublished;
use backlog::{Backlog, Put, Refused};
use change::Change;

pub use change::EventKey;

/// How many deliveries are remembered, to know one that comes again. Wix repeats one for two days.
const REMEMBERED: usize = 100_000;

/// Serves `POST /webhook` until `stop` is there, and then finishes what it has to do, for as long as
/// [`Settings::patience`] allows: the events that have work left, which nobody does any more.
///
/// While it stops, deliveries are refused, so that Wix sends them again.
///
/// # Errors
///
/// What the system says if it cannot serve.
///
/// ```
/// use events::{Settings, serve};
/// use trigger_core::report::App;
/// use trigger_core::webhook::Webhooks;
///
/// async fn run(app: App, webhooks: Webhooks) -> std::io::Result<()> {
///     let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
///     let stop = async { drop(tokio::signal::ctrl_c().await) };
///     for left in serve(listener, Settings::new(app, webhooks), stop).await? {
///         eprintln!("left undone: {left}");
///     }
///     Ok(())
/// }
/// ```
pub async fn serve(
    listener: TcpListener,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> io::Result<Vec<EventKey>> {
    let patience = settings.patience;
    let office = Office::new(settings);
    let (stopping, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, router(&office))
        .with_graceful_shutdown(async { drop(stopped.await) })
        .into_future();
    tokio::pin!(server);
    tokio::select! {
        ended = &mut server => return ended.map(|()| office.backlog.left()),
        () = stop => {}
    }
    office.backlog.close();
    drop(stopping);
    let finish = async {
        server.await?;
        office.backlog.emptied().await;
        Ok::<_, io::Error>(())
    };
    // Nothing is wrong if the time is over: what is left is told.
    timeout(patience, finish).await.unwrap_or(Ok(()))?;
    let left = office.backlog.left();
    office.tasks().abort_all();
    Ok(left)
}

/// What all requests and all work share.
struct Office {
    settings: Settings,
    backlog: Backlog,
    /// One for each event that has work. None waits for another: of one site, whose calls are
    /// limited, may be many.
    tasks: Mutex<JoinSet<()>>,
}

/// Where deliveries come in.
#[derive(Clone)]
struct Desk {
    webhooks: Webhooks,
    handlers: Arc<Handlers>,
    office: Arc<Office>,
}

/// What axum verifies a delivery with.
impl FromRef<Desk> for Webhooks {
    fn from_ref(desk: &Desk) -> Self {
        desk.webhooks.clone()
    }
}

fn router(office: &Arc<Office>) -> Router {
    let (published, canceled) = (Arc::clone(office), Arc::clone(office));
    let handlers = Handlers::new()
        .once(Recent::new(REMEMBERED))
        .on::<EventPublished>(move |event, delivery| {
            let taken = published.take(Change::published(&event, &delivery));
            async move { taken }
        })
        .on::<EventCanceled>(move |event, delivery| {
            let taken = canceled.take(Change::canceled(&event, &delivery));
            async move { taken }
        });
    let desk = Desk {
        webhooks: office.settings.webhooks.clone(),
        handlers: Arc::new(handlers),
        office: Arc::clone(office),
    };
    Router::new().route("/webhook", post(webhook)).with_state(desk)
}

async fn webhook(
    State(Desk { handlers, office, .. }): State<Desk>,
    delivery: Result<Delivery, VerifyError>,
) -> Result<Result<Dispatched, DispatchError>, VerifyError> {
    let delivery = delivery.inspect_err(|error| office.tell(&format!("refused: {error}")))?;
    let event_type = delivery.event_type.clone();
    let dispatched = handlers.dispatch(delivery).await;
    match &dispatched {
        Ok(Dispatched::Unknown) => {
            office.tell(&format!("nothing is done for {}", shown(&event_type)));
        }
        Err(error) => office.tell(&format!("{event_type}: not taken: {}", work::causes(error))),
        Ok(_) => {}
    }
    Ok(dispatched)
}

impl Office {
    fn new(settings: Settings) -> Arc<Self> {
        let backlog = Backlog::new(settings.room);
        Arc::new(Self { backlog, tasks: Mutex::default(), settings })
    }

    /// Puts away what a delivery wants. It waits for nothing: Wix waits for the answer.
    fn take(self: &Arc<Self>, change: Result<Change, change::Homeless>) -> Result<(), Refused> {
        let change = match change {
            Ok(change) => change,
            Err(homeless) => {
                self.tell(&format!("left out: {homeless}"));
                return Ok(());
            }
        };
        let (key, wanted) = (change.key, change.wanted.to_string());
        match self.backlog.put(change)? {
            Put::Opened(news) => {
                let mut tasks = self.tasks();
                while tasks.try_join_next().is_some() {}
                tasks.spawn(work::settle(Arc::clone(self), key, news));
            }
            Put::Joined => {}
            Put::Noted => self.tell(&format!("{key}: left as it is: {wanted}")),
            Put::Late => self.tell(&format!("{key}: left out, for a later one came first")),
        }
        Ok(())
    }

    fn tasks(&self) -> MutexGuard<'_, JoinSet<()>> {
        // Nothing panics while it is held.
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever is told may panic: no work ends by that.
    fn tell(&self, line: &str) {
        drop(catch_unwind(AssertUnwindSafe(|| (self.settings.tell)(line))));
    }
}
