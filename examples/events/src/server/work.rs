//! The work on one event: one call at a time, tried again until it is done, or is given up.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep};
use trigger_core::Trigger;
use trigger_core::report::{CallError, IdempotencyKey, Instance, Reported, RescheduleError};

use super::Office;
use super::change::{EventKey, Wanted, fingerprint};
use super::known::Scheduled;
use crate::mapping::NotStarting;
use crate::triggers::EventStarting;

/// How long what fails is tried again: as long as Wix would have sent its delivery again.
const TRIED_FOR: Duration = Duration::from_hours(48);

/// What is still to be done.
enum Step {
    /// Whatever an earlier report has scheduled is canceled, and the start reported.
    ///
    /// Under a key of its own each time, and not one that is derived from the delivery: if the
    /// delivery comes again after a crash, the cancel ends what was reported, and Wix would ignore
    /// the same key.
    Reschedule(Box<EventStarting>),
    /// The start is reported: whatever was earlier is canceled, and nobody knows if Wix has this.
    Report(Box<EventStarting>, IdempotencyKey),
    /// Nothing is to be scheduled.
    Cancel(NotStarting),
}

/// What became of a step.
enum Outcome {
    Done {
        scheduled: Scheduled,
        words: String,
    },
    /// It may go well later, from this step on.
    Later(Step, CallError),
    /// The event itself is wrong, and nothing was sent.
    Never(CallError),
}

/// Does what is to be done for an event until nothing is.
pub(super) async fn settle(office: Arc<Office>, key: EventKey, news: Arc<Notify>) {
    let site = office.settings.app.instance(key.site);
    while let Some((wanted, scheduled)) = office.backlog.next(key) {
        match Step::towards(wanted, scheduled) {
            Ok(step) => persist(&office, key, &site, &news, step).await,
            Err(words) => office.tell(&format!("{key}: {words}")),
        }
    }
}

/// Takes a step until it is done, or is given up, or something else is to be done.
async fn persist(office: &Office, key: EventKey, site: &Instance, news: &Notify, mut step: Step) {
    let (begun, mut wait) = (Instant::now(), office.settings.first_wait);
    loop {
        office.backlog.book(key, Scheduled::Unknown);
        match step.take(site, key).await {
            Outcome::Done { scheduled, words } => {
                office.backlog.book(key, scheduled);
                office.tell(&format!("{key}: {words}"));
                return;
            }
            Outcome::Never(error) => {
                office.tell(&format!("{key}: given up: {}", causes(&error)));
                return;
            }
            Outcome::Later(_, error) if begun.elapsed() >= TRIED_FOR => {
                office.tell(&format!("{key}: given up after two days: {}", causes(&error)));
                return;
            }
            Outcome::Later(next, error) => {
                office.tell(&format!("{key}: tried again in {wait:?}: {}", causes(&error)));
                step = next;
            }
        }
        pause(office, key, news, wait).await;
        if office.backlog.has_next(key) {
            return;
        }
        wait = wait.saturating_mul(2).min(office.settings.longest_wait);
    }
}

/// Waits that long, or until there is no time to.
async fn pause(office: &Office, key: EventKey, news: &Notify, wait: Duration) {
    let over = sleep(wait);
    tokio::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return,
            () = news.notified() => {}
        }
        // It may be news of a change that was taken up since.
        if office.backlog.is_urgent(key) {
            return;
        }
    }
}

impl Step {
    /// The first step, or why there is none to take.
    fn towards(wanted: Wanted, scheduled: Scheduled) -> Result<Self, String> {
        match (wanted, scheduled) {
            (Wanted::Start(start), Scheduled::Start(print)) if print == fingerprint(&start) => {
                Err("nothing has changed".to_owned())
            }
            (Wanted::Start(start), _) => Ok(Self::Reschedule(start)),
            (Wanted::Nothing(none), Scheduled::Nothing) => {
                Err(format!("nothing to cancel: {none}"))
            }
            (Wanted::Nothing(none), _) => Ok(Self::Cancel(none)),
            (Wanted::AsItIs(none), _) => Err(format!("left as it is: {none}")),
        }
    }

    async fn take(self, site: &Instance, key: EventKey) -> Outcome {
        match self {
            Self::Reschedule(start) => match start.reschedule(site).await {
                Ok(reported) => reported_as(&start, &reported),
                Err(RescheduleError::Report(failed)) => {
                    let next = Self::Report(start, failed.idempotency_key);
                    Outcome::failed(next, failed.error)
                }
                Err(error) => {
                    let error = error.call().clone();
                    Outcome::failed(Self::Reschedule(start), error)
                }
            },
            Self::Report(start, again) => match start.report(site).idempotency_key(again).await {
                Ok(reported) => reported_as(&start, &reported),
                Err(failed) => {
                    let next = Self::Report(start, failed.idempotency_key);
                    Outcome::failed(next, failed.error)
                }
            },
            Self::Cancel(none) => match EventStarting::cancel(site, key.event).await {
                Ok(()) => {
                    let words = format!("canceled: {none}");
                    Outcome::Done { scheduled: Scheduled::Nothing, words }
                }
                Err(error) => Outcome::failed(Self::Cancel(none), error),
            },
        }
    }
}

fn reported_as(start: &EventStarting, reported: &Reported) -> Outcome {
    let late = if reported.date_has_passed { ", which is over: nothing will run" } else { "" };
    let words = format!("reported for {}{late}", start.starts_at);
    Outcome::Done { scheduled: Scheduled::Start(fingerprint(start)), words }
}

impl Outcome {
    fn failed(next: Step, error: CallError) -> Self {
        // Any answer may be another one later: whoever runs the app mends its secret or permissions,
        // releases the trigger, or pastes its new schema, while the work is kept.
        match error {
            CallError::Payload(_) | CallError::PastDate { .. } => Self::Never(error),
            _ => Self::Later(next, error),
        }
    }
}

/// An error with what caused it, in one line.
pub(super) fn causes(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    words
}
