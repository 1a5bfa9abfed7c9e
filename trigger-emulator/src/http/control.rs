//! The emulator's own calls.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shares;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::wix::Failure;
use super::{Answer, Body};
use crate::clock::{ClockError, MOST_TURNS};
use crate::fault::Fault;
use crate::posts;
use crate::reach::Reach;
use crate::state::{Running, Shared, State};
use crate::view;

pub(super) type Asked = Shares<Arc<Shared>>;

pub(super) fn list(shared: &Shared, list: impl FnOnce(&State) -> Vec<Value>) -> Answer {
    Answer::from(Ok(Value::Array(shared.act(|state| list(state)))))
}

pub(super) async fn triggers(Shares(shared): Asked) -> Answer {
    list(&shared, |state| view::triggers(&state.engine))
}

pub(super) async fn automations(Shares(shared): Asked) -> Answer {
    list(&shared, |state| view::automations(&state.engine))
}

pub(super) async fn events(Shares(shared): Asked) -> Answer {
    list(&shared, |state| view::events(&state.engine))
}

pub(super) async fn activations(Shares(shared): Asked) -> Answer {
    list(&shared, |state| view::activations(&state.engine))
}

pub(super) async fn reset(Shares(shared): Asked) -> Answer {
    shared.act(State::reset);
    shared.tell(|| "forgot all that happened".to_owned());
    Answer::from(Ok(json!({})))
}

pub(super) async fn clock(Shares(shared): Asked) -> Answer {
    Answer::from(Ok(shared.act(|state| shown(&shared, state))))
}

/// What a cancel would stop.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AskedReach {
    trigger_key: String,
    external_entity_id: Uuid,
    app_id: Option<String>,
    instance_id: Option<Uuid>,
}

pub(super) async fn cancel_reach(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(super::read(body).and_then(|body| {
        let asked: AskedReach = serde_json::from_slice(&body).map_err(|error| {
            let words = format!("{error}; {REACH_EXAMPLE}");
            Failure::plain(400, &words)
        })?;
        let AskedReach { trigger_key, external_entity_id, app_id, instance_id } = asked;
        let (app, entity) = (app_id.as_deref(), external_entity_id);
        let reach =
            shared.act(|state| Reach::of(&state.engine, &trigger_key, entity, app, instance_id));
        let words = format!("no trigger has the key `{trigger_key}`");
        let reach = reach.ok_or_else(|| Failure::plain(404, &words))?;
        serde_json::to_value(reach).map_err(|error| Failure::plain(500, &error.to_string()))
    }))
}

const REACH_EXAMPLE: &str = "a cancel's reach is that of a `triggerKey` and an `externalEntityId`, a \
                             GUID, and of one `appId` and one `instanceId` if they are said";

pub(super) async fn faults(Shares(shared): Asked) -> Answer {
    Answer::from(Ok(shared.act(|state| state.faults.json())))
}

pub(super) async fn inject(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(super::read(body).and_then(|body| {
        let fault = Fault::read(&body).map_err(|words| {
            let words = format!(
                "{words}; such as {{\"status\":503,\"triggerKey\":\"invoice_due\",\"times\":2}} or \
                 {{\"cut\":\"after\",\"probability\":0.1,\"seed\":7}}"
            );
            Failure::plain(400, &words)
        })?;
        let injected = shared.act(|state| state.inject(fault).map(|()| state.faults.json()));
        injected.map_err(|words| Failure::plain(400, &words))
    }))
}

pub(super) async fn clear_faults(Shares(shared): Asked) -> Answer {
    shared.act(|state| state.faults.clear());
    Answer::from(Ok(json!([])))
}

/// As a text that was made in one go, for it may be long.
pub(super) async fn state(Shares(shared): Asked) -> Response {
    match shared.act(|state| state.save()) {
        Ok(state) => ([("content-type", "application/json")], state).into_response(),
        Err(error) => Answer::from(Err(Failure::plain(500, &error.to_string()))).into_response(),
    }
}

pub(super) async fn load(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(super::read(body).and_then(|body| {
        let text =
            str::from_utf8(&body).map_err(|error| Failure::plain(400, &error.to_string()))?;
        let loaded = shared.act(|state| state.load_of_a_call(text).map(|()| shown(&shared, state)));
        loaded.map_err(|error| Failure::plain(400, &error.to_string()))
    }))
}

fn shown(shared: &Shared, state: &State) -> Value {
    json!({
        "now": state.engine.now(),
        "frozen": matches!(state.clock, Running::Frozen),
        "next": state.engine.next_due(),
        // Those of this very turn as well, which are about to go.
        "postsUnderWay": shared.letters.count_under_way() + state.engine.count_letters(),
    })
}

/// What the clock is told, one thing at a time.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Turn {
    Freeze(True),
    Run(True),
    Set(Timestamp),
    /// ISO 8601, such as `P1DT12H`, or words, such as `36h`.
    Advance(jiff::Span),
    /// To the next action.
    Next(True),
    /// Until nothing is left.
    RunOut(True),
}

/// `true`, and nothing else.
#[derive(Deserialize)]
#[serde(try_from = "bool")]
struct True;

impl TryFrom<bool> for True {
    type Error = &'static str;

    fn try_from(is_true: bool) -> Result<Self, Self::Error> {
        is_true.then_some(Self).ok_or("only `true` has a meaning here")
    }
}

pub(super) async fn turn(Shares(shared): Asked, body: Body) -> Answer {
    let body = match super::read(body) {
        Ok(body) => body,
        Err(failure) => return Answer::from(Err(failure)),
    };
    let turn = match serde_json::from_slice::<Turn>(&body) {
        Ok(turn) => turn,
        Err(error) => {
            let words = format!(
                "{error}; the clock takes one of {{\"freeze\":true}}, {{\"run\":true}}, \
                 {{\"set\":\"2026-03-30T22:00:00Z\"}}, {{\"advance\":\"P1D\"}}, {{\"next\":true}}, \
                 {{\"runOut\":true}}"
            );
            return Answer::from(Err(Failure::plain(400, &words)));
        }
    };
    let turned = match turn_to(&shared, &turn).await {
        Ok(()) => Ok(shared.act(|state| shown(&shared, state))),
        Err(error) => Err(error),
    };
    if let Ok(clock) = &turned {
        shared.tell(|| format!("the clock shows {}", clock["now"].as_str().unwrap_or_default()));
    }
    Answer::from(turned.map_err(|error| Failure::plain(400, &error.to_string())))
}

async fn turn_to(shared: &Shared, turn: &Turn) -> Result<(), ClockError> {
    match turn {
        Turn::Freeze(_) => shared.act(|state| state.clock = Running::Frozen),
        Turn::Run(_) => shared.act(|state| state.clock = Running::from(state.engine.now())),
        Turn::Set(to) => {
            wait_for_posts(shared).await;
            turn_in_steps(shared, *to).await?;
        }
        Turn::Advance(by) => {
            wait_for_posts(shared).await;
            let to = shared.act(|state| state.in_time(*by))?;
            turn_in_steps(shared, to).await?;
        }
        Turn::Next(_) => {
            turn_to_next(shared).await;
        }
        Turn::RunOut(_) => {
            let mut turns = 0;
            while turns < MOST_TURNS && turn_to_next(shared).await {
                turns += 1;
            }
        }
    }
    Ok(())
}

/// Turns the clock to the next action, if there is one, and waits for what that posts.
async fn turn_to_next(shared: &Shared) -> bool {
    wait_for_posts(shared).await;
    let is_turned = shared.act(State::turn_to_next).is_some();
    wait_for_posts(shared).await;
    is_turned
}

/// What is posted at a time is answered before the clock goes past it: who calls over HTTP could not
/// wait for that in the middle of a turn.
async fn turn_in_steps(shared: &Shared, to: Timestamp) -> Result<(), ClockError> {
    loop {
        let is_there = shared.act(|state| state.step_to(to))?;
        wait_for_posts(shared).await;
        if is_there {
            return Ok(());
        }
    }
}

/// Whoever does not answer, or is sent more and more, holds nobody up for ever.
async fn wait_for_posts(shared: &Shared) {
    // It goes on a moment after the last post has been given up, whose end is booked then.
    const LIMIT: Duration = posts::TIMEOUT.saturating_add(Duration::from_secs(1));
    let _ = timeout(LIMIT, shared.letters.all_answered()).await;
}
