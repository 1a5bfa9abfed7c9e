//! The calls that were not taken, kept for who looks for a mistake.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fault::Strike;
use crate::http::Failure;
use crate::state::State;
use crate::words::cut;

/// How many of them are kept.
const MOST_KEPT: usize = 200;

/// The longest body that is kept, in bytes. What an app sends is a tenth of it.
const LONGEST_BODY: usize = 32 << 10;

/// The longest key or id that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// What stands beside a secret or a token, in small letters.
const OF_CREDENTIALS: [&str; 5] =
    ["client_", "grant_type", "secret", "access_token", "refresh_token"];

/// The longest message and app's id that are kept, in bytes: an app calls itself as it likes, and a
/// message quotes what was sent.
const LONGEST_TEXT: usize = 2 << 10;

/// The last calls, and items of bulk calls, that were refused.
#[derive(Default)]
pub(crate) struct Refused {
    /// The first first.
    kept: VecDeque<RefusedCall>,
    count: u64,
}

/// A call that was not taken. None of it is believed: it may be anything.
pub(crate) struct RefusedCall {
    /// Which of Wix's calls.
    pub(crate) call: &'static str,
    /// How many were refused before it.
    pub(crate) number: u64,
    /// How many events were taken before it.
    pub(crate) after: u64,
    pub(crate) at: Timestamp,
    pub(crate) app: Option<String>,
    pub(crate) site: Option<Uuid>,
    pub(crate) trigger_key: String,
    pub(crate) entity: Option<String>,
    /// The payload as JSON, if one can be told from the rest.
    pub(crate) payload: Option<Box<str>>,
    /// All of the body, or of the item; words, if that is too long or may have a secret in it.
    pub(crate) sent: Box<str>,
    pub(crate) status: u16,
    pub(crate) message: String,
    /// As Wix tells them.
    pub(crate) details: Value,
    /// The fault that struck it.
    pub(crate) strike: Option<String>,
}

impl Refused {
    pub(crate) fn kept(&self) -> &VecDeque<RefusedCall> {
        &self.kept
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    fn keep(&mut self, call: RefusedCall) {
        if self.kept.len() >= MOST_KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(RefusedCall { number: self.count, ..call });
        self.count += 1;
    }
}

impl State {
    /// Keeps a call, or items of a bulk call, if they were not taken.
    pub(crate) fn note_refused(
        &mut self,
        name: &'static str,
        authorization: Option<&str>,
        body: &[u8],
        result: &Result<Value, Failure>,
        strike: Option<&Strike>,
    ) {
        match result {
            Ok(answer) => self.note_items(name, authorization, answer),
            Err(Failure { status, message, details, .. }) => {
                let call = self.refused_call(name, authorization, body, &read(body));
                let strike = strike.map(ToString::to_string);
                let (status, message) = (*status, cut(message, LONGEST_TEXT).into_owned());
                self.refused.keep(RefusedCall {
                    status,
                    message,
                    details: short(details),
                    strike,
                    ..call
                });
            }
        }
    }

    fn note_items(&mut self, name: &'static str, authorization: Option<&str>, answer: &Value) {
        for item in answer["results"].as_array().into_iter().flatten() {
            let error = &item["itemMetadata"]["error"];
            // A cancel has no payload that anybody would look at.
            if error.is_null() || item["eventInfo"].is_null() {
                continue;
            }
            let mut asked = item["eventInfo"].clone();
            let sent = asked.to_string();
            if let Some(asked) = asked.as_object_mut() {
                asked.insert("triggerKey".to_owned(), answer["triggerKey"].clone());
            }
            let call = self.refused_call(name, authorization, sent.as_bytes(), &asked);
            let strike = (error["code"] == "INTERNAL").then(|| "this item fails".to_owned());
            let message = error["description"].as_str().unwrap_or_default();
            let message = cut(message, LONGEST_TEXT).into_owned();
            let details = short(&json!({ "applicationError": error }));
            self.refused.keep(RefusedCall { status: 200, message, details, strike, ..call });
        }
    }

    /// A body as it was sent. One that belongs to another call is not kept: it may have a secret in it.
    fn kept_of(&self, body: &[u8], token: Option<&str>) -> String {
        let count = body.len();
        if count > LONGEST_BODY {
            return format!("{count} bytes: too many to be kept");
        }
        let text = String::from_utf8_lossy(body);
        let secrets = self.apps.iter().flatten().map(|app| &*app.secret).chain(token);
        let mut secrets = secrets.filter(|secret| !secret.is_empty());
        let small = text.to_ascii_lowercase();
        if OF_CREDENTIALS.iter().any(|word| small.contains(word))
            || secrets.any(|secret| text.contains(secret))
        {
            return format!("{count} bytes: not kept, as there may be a secret in them");
        }
        cut(&text, LONGEST_BODY).into_owned()
    }

    /// What is known of a call, whatever it was refused for.
    fn refused_call(
        &self,
        call: &'static str,
        authorization: Option<&str>,
        sent: &[u8],
        asked: &Value,
    ) -> RefusedCall {
        let token = token_of(authorization).and_then(|token| self.bearer(token));
        let (app, site) =
            token.map(|it| (cut(&it.app, LONGEST_TEXT).into_owned(), it.site)).unzip();
        let name = |name: &str| {
            let text = asked[name].as_str()?;
            Some(text.chars().take(LONGEST_NAME).collect::<String>())
        };
        let payload = asked.get("payload").filter(|it| !it.is_null()).map(Value::to_string);
        RefusedCall {
            call,
            number: 0,
            after: self.engine.count_reported(),
            at: self.engine.now(),
            app,
            site,
            trigger_key: name("triggerKey").unwrap_or_default(),
            entity: name("externalEntityId"),
            payload: payload.filter(|it| it.len() <= LONGEST_BODY).map(Into::into),
            sent: self.kept_of(sent, token_of(authorization)).into(),
            status: 0,
            message: String::new(),
            details: json!({}),
            strike: None,
        }
    }
}

fn token_of(authorization: Option<&str>) -> Option<&str> {
    authorization.map(|value| value.strip_prefix("Bearer ").unwrap_or(value))
}

/// A body as JSON, if it is a short object.
fn read(body: &[u8]) -> Value {
    let short = Some(body).filter(|body| body.len() <= LONGEST_BODY);
    let value = short.and_then(|body| serde_json::from_slice::<Value>(body).ok());
    value.filter(Value::is_object).unwrap_or_default()
}

/// What is told of a failure, if that is no book.
fn short(details: &Value) -> Value {
    if details.to_string().len() <= LONGEST_BODY { details.clone() } else { json!({}) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::state::Running;

    #[test]
    fn what_is_kept_has_a_limit() {
        let mut state = State::new(Engine::new(Timestamp::UNIX_EPOCH, Vec::new()), Running::Frozen);
        let token = state.give_token(&"ö".repeat(LONGEST_TEXT), Uuid::nil());
        let body = format!("{{\"triggerKey\":\"{}\"", "ä".repeat(LONGEST_BODY));
        let details = json!({ "long": "x".repeat(LONGEST_BODY) });
        for _ in 0..=MOST_KEPT {
            let mut failure = Failure::plain(400, &"ü".repeat(LONGEST_TEXT));
            failure.details = details.clone();
            state.note_refused("report", Some(&token), body.as_bytes(), &Err(failure), None);
        }
        let kept = state.refused.kept();
        assert_eq!((kept.len(), kept[0].number), (MOST_KEPT, 1));
        assert!(kept[0].payload.is_none() && kept[0].sent.len() < 100);
        assert_eq!(kept[0].details, json!({}));
        let error = json!({ "code": "X", "description": "ü".repeat(LONGEST_TEXT) });
        let item = json!({ "itemMetadata": { "error": error }, "eventInfo": {} });
        let answer = Ok(json!({ "triggerKey": "paid", "results": [item] }));
        state.note_refused("bulk-report", Some(&token), b"{}", &answer, None);
        for call in state.refused.kept() {
            assert_eq!(call.message, format!("{}…", "ü".repeat(LONGEST_TEXT / 2)));
            let app = call.app.as_deref();
            assert_eq!(app, Some(&*format!("{}…", "ö".repeat(LONGEST_TEXT / 2))));
        }
    }
}
