//! Faults: what goes wrong between an app and Wix, on demand.

use std::fmt;
use std::time::Duration;

use fastrand::Rng;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};
use trigger_core::Trigger;

use crate::words::unknown_trigger;

/// The longest delay, so that nobody waits for an answer for ever.
pub(crate) const LONGEST_DELAY: Duration = Duration::from_hours(1);

/// The most faults in force: each call asks all of them, and whoever injects one for each call takes
/// none back.
const MOST_FAULTS: usize = 100;

/// Something that goes wrong with calls that report or cancel events: see
/// [`Emulator::inject`](crate::Emulator::inject).
///
/// It strikes every call, unless it is said for [how many](Self::times) or how
/// [probably](Self::probability), and the calls of every trigger, unless it is said for
/// [which](Self::of). Of several faults, a call meets the first that strikes it.
///
/// ```
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use trigger_emulator::{Emulator, Fault};
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "class_full")]
/// # struct ClassFull { seats: u32 }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let wix = Emulator::start().await?;
/// wix.inject(Fault::cut_after().of::<ClassFull>().times(1));
/// // The first answer is lost. The report is tried again, and takes effect once.
/// ClassFull { seats: 12 }.report(&wix.instance()).await?;
/// wix.expect_event::<ClassFull>().times(1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "it strikes once it is injected"]
pub struct Fault {
    what: What,
    trigger: Option<String>,
    times: Option<u32>,
    probability: Option<f64>,
    seed: Option<u64>,
    random: Rng,
    struck: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Status(u16),
    Delay(Duration),
    CutBefore,
    CutAfter,
    Items(f64),
    ExpiredToken,
}

/// What a call meets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Strike {
    Status(u16),
    Delay(Duration),
    CutBefore,
    CutAfter,
    Items(FailingItems),
    ExpiredToken,
}

impl fmt::Display for Strike {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(formatter, "answered with {status}"),
            Self::Delay(delay) => write!(formatter, "answered {delay:?} later"),
            Self::CutBefore => formatter.write_str("cut before it was accepted"),
            Self::CutAfter => formatter.write_str("cut after it was accepted"),
            Self::Items(items) => write!(formatter, "{} of its items fail", items.share),
            Self::ExpiredToken => formatter.write_str("its token has expired"),
        }
    }
}

/// Which items of a bulk call fail.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FailingItems {
    share: f64,
    seed: u64,
}

impl Fault {
    const fn new(what: What) -> Self {
        let (trigger, times, probability, seed) = (None, None, None, None);
        Self { what, trigger, times, probability, seed, random: Rng::with_seed(0), struck: 0 }
    }

    /// Is answered with this status, and not accepted.
    ///
    /// # Panics
    ///
    /// If it is none of 400 to 599.
    #[track_caller]
    pub const fn status(status: u16) -> Self {
        assert!(matches!(status, 400..=599), "a status of failure is one of 400 to 599");
        Self::new(What::Status(status))
    }

    /// Is accepted at once, and answered so much later, by the system's clock: for whoever waits less
    /// long, it is accepted and the answer is lost.
    ///
    /// # Panics
    ///
    /// If that is more than an hour.
    #[track_caller]
    pub const fn delay(delay: Duration) -> Self {
        assert!(delay.as_secs() <= LONGEST_DELAY.as_secs(), "nobody waits longer than an hour");
        Self::new(What::Delay(delay))
    }

    /// The connection is cut, and the call not accepted.
    pub const fn cut_before() -> Self {
        Self::new(What::CutBefore)
    }

    /// The call is accepted, and the connection cut before the answer.
    pub const fn cut_after() -> Self {
        Self::new(What::CutAfter)
    }

    /// This share of a bulk call's items, from 0 to 1, fails with the code `INTERNAL`; at least one.
    /// Other calls are not struck.
    ///
    /// # Panics
    ///
    /// If it is no such share.
    #[track_caller]
    pub const fn items(share: f64) -> Self {
        assert!(0.0 < share && share <= 1.0, "a share is more than 0, and at most 1");
        Self::new(What::Items(share))
    }

    /// The token that the call brings is good no more, for this call and those after it.
    pub const fn expired_token() -> Self {
        Self::new(What::ExpiredToken)
    }

    /// Strikes the calls of this trigger only.
    pub fn of<T: Trigger>(self) -> Self {
        self.of_key(T::SPEC.key())
    }

    /// Strikes the calls of the trigger of this key only.
    pub fn of_key(mut self, key: impl Into<String>) -> Self {
        self.trigger = Some(key.into());
        self
    }

    /// Strikes so many calls, and is over then.
    ///
    /// # Panics
    ///
    /// If that is none.
    #[track_caller]
    pub const fn times(mut self, calls: u32) -> Self {
        assert!(calls > 0, "a fault strikes one call or more");
        self.times = Some(calls);
        self
    }

    /// Strikes with this probability. The same seed strikes the same calls.
    ///
    /// # Panics
    ///
    /// If it is not from 0 to 1.
    #[track_caller]
    pub fn probability(mut self, probability: f64, seed: u64) -> Self {
        assert!((0.0..=1.0).contains(&probability), "a probability is from 0 to 1");
        self.probability = Some(probability);
        self.seed(seed)
    }

    /// Chooses otherwise than another seed does which calls are struck, and which [items](Self::items)
    /// of a bulk call. The same seed chooses the same ones.
    ///
    /// ```
    /// use trigger_emulator::Fault;
    ///
    /// // Three items of ten fail, and each time the test runs these three.
    /// let fault = Fault::items(0.3).seed(7);
    /// # let _ = fault;
    /// ```
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self.random = Rng::with_seed(seed);
        self
    }

    /// What is asked for over HTTP.
    pub(crate) fn read(body: &[u8]) -> Result<Self, String> {
        let asked: Asked = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let what = asked.what()?;
        let Asked { trigger_key, times, probability, seed, .. } = asked;
        if times == Some(0) {
            return Err("a fault strikes one call or more: `times` is 1 at least".to_owned());
        }
        if probability.is_some_and(|probability| !(0.0..=1.0).contains(&probability)) {
            return Err("a `probability` is from 0 to 1".to_owned());
        }
        let fault = Self { trigger: trigger_key, times, probability, ..Self::new(what) };
        Ok(match seed {
            Some(seed) => fault.seed(seed),
            None => fault,
        })
    }

    /// Whether it leaves something to chance.
    const fn chooses(&self) -> bool {
        self.probability.is_some() || matches!(self.what, What::Items(_))
    }

    /// Whether, and how, it strikes this call.
    fn strike(&mut self, call: Struck<'_>) -> Option<Strike> {
        let is_of_another =
            self.trigger.as_deref().is_some_and(|key| Some(key) != call.trigger_key);
        let has_no_items = matches!(self.what, What::Items(_)) && !call.is_bulk;
        if is_of_another || has_no_items || self.times == Some(0) {
            return None;
        }
        if self.probability.is_some_and(|probability| self.random.f64() >= probability) {
            return None;
        }
        self.times = self.times.map(|times| times - 1);
        self.struck += 1;
        Some(match self.what {
            What::Status(status) => Strike::Status(status),
            What::Delay(delay) => Strike::Delay(delay),
            What::CutBefore => Strike::CutBefore,
            What::CutAfter => Strike::CutAfter,
            What::Items(share) => Strike::Items(FailingItems { share, seed: self.random.u64(..) }),
            What::ExpiredToken => Strike::ExpiredToken,
        })
    }

    /// As one asks for it over HTTP, with how often it struck.
    fn json(&self) -> Value {
        let mut fault = match self.what {
            What::Status(status) => json!({ "status": status }),
            What::Delay(delay) => json!({ "delay": format!("{}ms", delay.as_millis()) }),
            What::CutBefore => json!({ "cut": "before" }),
            What::CutAfter => json!({ "cut": "after" }),
            What::Items(share) => json!({ "items": share }),
            What::ExpiredToken => json!({ "expiredToken": true }),
        };
        fault["triggerKey"] = json!(self.trigger);
        fault["times"] = json!(self.times);
        fault["probability"] = json!(self.probability);
        fault["seed"] = json!(self.chooses().then(|| self.seed.unwrap_or_default()));
        fault["struck"] = json!(self.struck);
        fault
    }
}

/// A fault as one asks for it over HTTP: one of the first five, and for which calls.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    status: Option<u16>,
    /// ISO 8601, such as `PT2S`, or words, such as `2s`.
    delay: Option<SignedDuration>,
    cut: Option<CutWhen>,
    items: Option<f64>,
    expired_token: Option<bool>,
    trigger_key: Option<String>,
    times: Option<u32>,
    probability: Option<f64>,
    seed: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum CutWhen {
    Before,
    After,
}

impl Asked {
    fn what(&self) -> Result<What, String> {
        let delay = self.delay.map(|delay| Duration::try_from(delay).unwrap_or(Duration::MAX));
        let cut = self.cut.as_ref().map(|cut| match cut {
            CutWhen::Before => What::CutBefore,
            CutWhen::After => What::CutAfter,
        });
        let expired_token = self.expired_token.filter(|is_so| *is_so).map(|_| What::ExpiredToken);
        let all = [
            ("`status`", self.status.map(What::Status)),
            ("`delay`", delay.map(What::Delay)),
            ("`cut`", cut),
            ("`items`", self.items.map(What::Items)),
            ("`expiredToken`", expired_token),
        ];
        let said = all.into_iter().filter_map(|(name, what)| Some((name, what?)));
        let (names, kinds): (Vec<_>, Vec<_>) = said.unzip();
        match *kinds {
            [what] => Self::judged(what),
            [] => {
                Err("a fault is one of `status`, `delay`, `cut`, `items`, `expiredToken`"
                    .to_owned())
            }
            _ => {
                let names = names.join(" and ");
                Err(format!("a fault is of one kind, and this is {names}: inject each by itself"))
            }
        }
    }

    fn judged(what: What) -> Result<What, String> {
        match what {
            What::Status(status) if !matches!(status, 400..=599) => {
                Err("a `status` of failure is one of 400 to 599".to_owned())
            }
            What::Delay(delay) if delay > LONGEST_DELAY => {
                Err("a `delay` is not negative, and an hour at most".to_owned())
            }
            What::Items(share) if !(share > 0.0 && share <= 1.0) => {
                Err("a share of `items` is more than 0, and at most 1".to_owned())
            }
            _ => Ok(what),
        }
    }
}

impl FailingItems {
    /// Which of so many items fail.
    pub(crate) fn among(&self, count: usize) -> Vec<bool> {
        let mut items: Vec<_> = (0..count).collect();
        Rng::with_seed(self.seed).shuffle(&mut items);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a share of at most a hundred items"
        )]
        let failing = (self.share * count as f64).round() as usize;
        let mut fails = vec![false; count];
        for item in items.into_iter().take(failing.max(1)) {
            fails[item] = true;
        }
        fails
    }
}

/// A call that a fault may strike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Struck<'c> {
    pub(crate) trigger_key: Option<&'c str>,
    pub(crate) is_bulk: bool,
}

/// The faults that are injected, in order.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Injects a fault, where these triggers are known.
    pub(crate) fn inject<'k>(
        &mut self,
        fault: Fault,
        keys: impl IntoIterator<Item = &'k str>,
    ) -> Result<(), String> {
        let keys: Vec<_> = keys.into_iter().collect();
        if let Some(key) = fault.trigger.as_deref().filter(|key| !keys.contains(key)) {
            return Err(unknown_trigger(key, keys));
        }
        if fault.seed.is_some() && !fault.chooses() {
            return Err("a `seed` chooses among calls that a `probability` strikes, or among the \
                        `items` of a bulk call: say one of them, or leave it out"
                .to_owned());
        }
        if self.0.len() >= MOST_FAULTS {
            return Err(format!("{MOST_FAULTS} faults are in force already: take them back first"));
        }
        self.0.push(fault);
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes one of them back, by its place: whether there is one.
    pub(crate) fn remove(&mut self, place: usize) -> bool {
        let is_there = place < self.0.len();
        if is_there {
            let _ = self.0.remove(place);
        }
        is_there
    }

    /// How many are in force, and how often they struck.
    pub(crate) fn count(&self) -> (usize, u64) {
        (self.0.len(), self.0.iter().map(|fault| fault.struck).sum())
    }

    pub(crate) fn strike(&mut self, call: Struck<'_>) -> Option<Strike> {
        let strike = self.0.iter_mut().find_map(|fault| fault.strike(call));
        if strike.is_some() {
            self.0.retain(|fault| fault.times != Some(0));
        }
        strike
    }

    pub(crate) fn json(&self) -> Value {
        self.0.iter().map(Fault::json).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: Struck<'_> = Struck { trigger_key: Some("paid"), is_bulk: false };
    const BULK: Struck<'_> = Struck { is_bulk: true, ..REPORT };

    fn faults<const COUNT: usize>(faults: [Fault; COUNT]) -> Faults {
        Faults(faults.into())
    }

    #[test]
    fn a_fault_strikes_so_many_calls_of_its_trigger() {
        let mut faults = faults([Fault::status(503).of_key("paid").times(2)]);
        let other = Struck { trigger_key: Some("other"), ..REPORT };
        let unknown = Struck { trigger_key: None, ..REPORT };
        let struck = [other, REPORT, unknown, BULK, REPORT].map(|call| faults.strike(call));
        let status = Some(Strike::Status(503));
        assert_eq!(struck, [None, status.clone(), None, status, None]);
        assert_eq!(faults.json(), json!([]));
    }

    #[test]
    fn the_first_that_strikes_is_met() {
        let mut faults =
            faults([Fault::cut_before().times(1), Fault::cut_after(), Fault::status(500)]);
        let struck = [(); 3].map(|()| faults.strike(REPORT));
        let after = Some(Strike::CutAfter);
        assert_eq!(struck, [Some(Strike::CutBefore), after.clone(), after]);
        assert_eq!(faults.json()[0]["struck"], 2);
    }

    #[test]
    fn a_seed_strikes_the_same_calls_as_often_as_is_probable() {
        let strikes = |seed| {
            let mut faults = faults([Fault::expired_token().probability(0.3, seed)]);
            (0..1_000).map(|_| faults.strike(REPORT).is_some()).collect::<Vec<_>>()
        };
        assert_eq!(strikes(1), strikes(1));
        assert_ne!(strikes(1), strikes(2));
        let count = strikes(1).into_iter().filter(|it| *it).count();
        assert!((250..350).contains(&count), "{count}");
        let mut never = faults([Fault::status(500).probability(0.0, 1)]);
        assert_eq!(never.strike(REPORT), None);
        let mut always = faults([Fault::status(500).probability(1.0, 1)]);
        assert_eq!(always.strike(REPORT), Some(Strike::Status(500)));
    }

    #[test]
    fn a_share_of_the_items_of_a_bulk_call_fails() {
        let mut faults = faults([Fault::items(0.3)]);
        assert_eq!(faults.strike(REPORT), None);
        let mut failing = Vec::new();
        for (count, expected) in [(100, 30), (10, 3), (2, 1), (1, 1)] {
            let Some(Strike::Items(items)) = faults.strike(BULK) else { panic!("it strikes") };
            let fails = items.among(count);
            assert_eq!(fails.len(), count);
            assert_eq!(fails.iter().filter(|it| **it).count(), expected);
            failing.push(fails);
        }
        let Some(Strike::Items(items)) = faults.strike(BULK) else { panic!("it strikes") };
        assert_ne!(items.among(100), failing[0], "other items each time");
        assert_eq!(items.among(0), Vec::<bool>::new());
    }
}
