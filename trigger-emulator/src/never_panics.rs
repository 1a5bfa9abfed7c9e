//! No input makes the emulator panic, hang or forget what holds: random calls, bytes on its port,
//! states, histories and files.
//!
//! A test run takes the same some hundred cases of each kind. `NEVER_PANICS_SECONDS=600 cargo test -p
//! trigger-emulator never_panics -- --nocapture` goes on with fresh seeds for ten minutes, and
//! prints what it met. A failure names its seed; `NEVER_PANICS_SEED=…` does that case again.

mod api;
mod evil;
mod files;
mod schemas;
mod wire;
mod world;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Once, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;

/// How long a whole case may take; what it asks for has limits of its own.
const CASE_LIMIT: Duration = Duration::from_mins(1);

/// As a worker of tokio has.
const STACK: usize = 2 << 20;

thread_local! {
    /// How often this thread panicked, in tasks whose panics nobody is told included.
    static PANICS: Cell<usize> = const { Cell::new(0) };
}

/// How often each thing was met.
#[derive(Debug, Default)]
struct Met(BTreeMap<String, usize>);

impl Met {
    fn count(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }

    fn add(&mut self, other: Self) {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// What the law is worth: one that never gets there proves nothing.
    fn reaches(&self, all: &[&str]) {
        for what in all {
            assert!(self.0.contains_key(*what), "`{what}` was never met: {self:#?}");
        }
    }
}

fn panics() -> usize {
    PANICS.get()
}

/// Counts panics by threads: those of other tests are none of ours.
fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = PANICS.try_with(|count| count.set(count.get() + 1));
            before(panic);
        }));
    });
}

/// Does one case on a thread of its own, whose name says how to do it again: that is told even if
/// the stack overflows.
fn one(name: &str, seed: u64, case: fn(&mut Rng, &mut Met)) -> Met {
    let again = format!("NEVER_PANICS_SEED={seed} cargo test {name}");
    let (done, ended) = mpsc::channel();
    let body = move || {
        let mut met = Met::default();
        case(&mut Rng::with_seed(seed), &mut met);
        // Whoever waited may have given up.
        let _ = done.send((met, panics()));
    };
    let thread = thread::Builder::new().name(again.clone()).stack_size(STACK).spawn(body);
    let thread = thread.expect("a thread");
    match ended.recv_timeout(CASE_LIMIT) {
        Ok((met, 0)) => met,
        Ok((_, panics)) => panic!("{panics} panics, nobody was told; {again}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let _ = thread.join();
            panic!("it failed; {again}")
        }
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it hangs; {again}"),
    }
}

/// Does so many cases, or as many as fit into the seconds that are asked for.
fn run(name: &str, cases: usize, case: fn(&mut Rng, &mut Met), reaches: &[&str]) {
    count_panics();
    let number = |name: &str| std::env::var(name).ok().map(|it| it.parse().expect("a number"));
    if let Some(seed) = number("NEVER_PANICS_SEED") {
        return println!("{:#?}", one(name, seed, case));
    }
    let limit = Duration::from_secs(number("NEVER_PANICS_SECONDS").unwrap_or_default());
    let (start, mut met, mut done) = (Instant::now(), Met::default(), 0);
    while done < cases || start.elapsed() < limit {
        // A test run is the same each time; longer ones are not.
        let seed = if limit.is_zero() { done as u64 } else { fastrand::u64(..) };
        met.add(one(name, seed, case));
        done += 1;
    }
    println!("{name}: {done} cases in {:?}: {met:#?}", start.elapsed());
    met.reaches(reaches);
}
