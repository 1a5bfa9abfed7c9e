//! Random commands, and what is to be the same of an engine whose state was saved and loaded, whose
//! journal was done again, or which forgets.

use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;

use super::law::{self, TRIGGERS};
use super::*;
use crate::webhook::Webhook;

const LINES: usize = 12;

/// What is done to several engines.
#[derive(Clone, Debug)]
enum Step {
    Command(law::Command),
    /// The next letter is answered so.
    Answer(Outcome),
    /// All automations that there are from now on: by their number, whether they post, and hours.
    SetAutomations(Vec<(u8, bool, i64)>),
    Edit(usize),
    /// A webhook, whose event has this number.
    Deliver(u8),
    Reset,
}

/// An engine with the letters that nobody has answered yet.
struct Run {
    engine: Engine,
    letters: Vec<LetterId>,
}

impl Run {
    fn new(on: [bool; 5]) -> Self {
        Self { engine: law::engine(on), letters: Vec::new() }
    }

    /// Whatever the step answers.
    fn run(&mut self, step: &Step) -> String {
        let engine = &mut self.engine;
        let answer = match step {
            Step::Command(command) => run(command, engine),
            Step::Answer(outcome) => {
                if !self.letters.is_empty() {
                    let letter = self.letters.remove(0);
                    let opened = engine.open(letter);
                    engine.answered(letter, *outcome);
                    return format!("{opened:?}");
                }
                String::new()
            }
            Step::SetAutomations(wanted) => {
                let wanted =
                    wanted.iter().map(|(number, posts, hours)| posting(*number, *posts, *hours));
                format!("{:?}", engine.set_automations(wanted.collect()))
            }
            Step::Edit(index) if !engine.automations().is_empty() => {
                let index = index % engine.automations().len();
                engine.edit_automation(index, |it| it.steps.push(super::Step::action("more")));
                String::new()
            }
            Step::Edit(_) => String::new(),
            Step::Deliver(number) => {
                let webhook = webhook(*number).complete(engine.now()).expect("a webhook");
                let to = "http://localhost:1/webhook".parse().expect("an address");
                engine.deliver(webhook, to);
                String::new()
            }
            Step::Reset => {
                // Letters that were written stay with whoever posts them.
                engine.reset();
                String::new()
            }
        };
        self.letters.append(&mut self.engine.take_letters());
        self.engine.all_is_told();
        answer
    }
}

fn run(command: &law::Command, engine: &mut Engine) -> String {
    match command {
        law::Command::Report(told) => {
            let report = law::report(told, engine.now());
            return format!("{:?}", engine.report(report));
        }
        law::Command::Cancel { site, trigger, entity } => {
            let (site, entity) = (Uuid::from_u128(*site), Uuid::from_u128(*entity));
            return format!("{:?}", engine.cancel("app", site, TRIGGERS[*trigger], entity));
        }
        law::Command::Advance(seconds) => {
            engine.advance(engine.now() + SignedDuration::from_secs(*seconds));
        }
        law::Command::Add(plan) => {
            engine.add_automation(law::automation(plan));
        }
        law::Command::End { index, reason } if !engine.automations().is_empty() => {
            engine.end_automation(index % engine.automations().len(), *reason);
        }
        law::Command::End { .. } => {}
    }
    String::new()
}

fn posting(number: u8, posts: bool, hours: i64) -> Automation {
    let post = posts.then(|| "http://localhost:1/hook".parse().expect("an address"));
    let steps = vec![
        super::Step::Action(Action { name: "post".to_owned(), post }),
        super::Step::Delay(jiff::Span::new().hours(hours)),
        super::Step::action("act"),
    ];
    let trigger = TRIGGERS[usize::from(number % 2)];
    Automation { steps, ..Automation::new(&number.to_string(), trigger) }
}

fn webhook(number: u8) -> Webhook {
    Webhook::action("wix.things.v1.thing_changed", &number).id(number.to_string())
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let outcome = prop_oneof![
        Just(Outcome::Answered(200)),
        Just(Outcome::Answered(500)),
        Just(Outcome::Unanswered),
    ];
    let automation = (0..4_u8, any::<bool>(), 0..30_i64);
    let set = prop::collection::vec(automation, 0..4).prop_map(|mut all| {
        all.sort_by_key(|it| it.0);
        all.dedup_by_key(|it| it.0);
        Step::SetAutomations(all)
    });
    let step = prop_oneof![
        20 => law::commands().prop_map(Step::Command),
        3 => any::<u8>().prop_map(Step::Deliver),
        8 => outcome.prop_map(Step::Answer),
        2 => set,
        1 => (0..9_usize).prop_map(Step::Edit),
        1 => prop::bool::weighted(0.2).prop_map(|is_reset| {
            if is_reset { Step::Reset } else { Step::Answer(Outcome::Unanswered) }
        }),
    ];
    prop::collection::vec(step, 1..60)
}

fn json(saved: &Saved) -> String {
    serde_json::to_string(saved).expect("JSON")
}

fn loaded(engine: &Engine, on: [bool; 5]) -> Run {
    let text = json(&engine.save());
    let mut run = Run::new(on);
    run.engine.load(serde_json::from_str(&text).expect("a state")).expect("a state that fits");
    // Those that were under way are posted once more, in the order of their activations.
    run.letters = run.engine.take_letters();
    run
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn a_state_that_was_loaded_goes_on_as_the_one_that_was_saved(
        on in any::<[bool; 5]>(),
        steps in steps(),
        saved_after in 0..60_usize,
    ) {
        let mut first = Run::new(on);
        for step in steps.iter().take(saved_after) {
            first.run(step);
        }
        let mut again = loaded(&first.engine, on);
        prop_assert_eq!(json(&again.engine.save()), json(&first.engine.save()));
        first.letters.sort_unstable();
        again.letters.sort_unstable();
        // The answer to the rest is nobody's, and those that go are the same but for their numbers.
        let Run { engine, letters } = &mut first;
        letters.retain(|it| engine.is_awaited(*it));
        let subjects =
            |run: &Run| run.letters.iter().map(|it| it.subject).collect::<Vec<_>>();
        prop_assert_eq!(subjects(&again), subjects(&first));
        for step in steps.iter().skip(saved_after) {
            prop_assert_eq!(again.run(step), first.run(step));
        }
        prop_assert_eq!(json(&again.engine.save()), json(&first.engine.save()));
    }

    #[test]
    fn a_journal_that_is_done_again_gives_the_same_state(
        on in any::<[bool; 5]>(),
        steps in steps(),
        begun_after in 0..30_usize,
        forgets in any::<bool>(),
    ) {
        let mut first = Run::new(on);
        first.engine.history = forgets.then_some(LINES);
        let mut journal = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            if number == begun_after.min(steps.len() - 1) {
                first.engine.begin_journal();
            }
            first.run(step);
            first.engine.forget_what_is_over();
            journal.append(&mut first.engine.take_journal());
        }
        journal.push((first.engine.now(), Command::Turn));
        let mut again = Run::new([true; 5]);
        for (at, command) in journal {
            let command = serde_json::to_string(&command).expect("JSON");
            let command = serde_json::from_str(&command).expect("a command");
            prop_assert_eq!(again.engine.replay(at, command), Ok(()));
        }
        prop_assert_eq!(json(&again.engine.save()), json(&first.engine.save()));
    }

    #[test]
    fn what_is_forgotten_is_missed_by_nobody(on in any::<[bool; 5]>(), steps in steps()) {
        let (mut all, mut few) = (Run::new(on), Run::new(on));
        for run in [&mut all, &mut few] {
            // A repeat of what is forgotten leaves none.
            run.engine.assumptions.set(Assumption::DuplicatesLeaveActivations, false);
        }
        few.engine.history = Some(LINES);
        for step in &steps {
            // What an automation is that nothing remembers is edited where it stands.
            if matches!(step, Step::Edit(_) | Step::Command(law::Command::End { .. })) {
                continue;
            }
            prop_assert_eq!(few.run(step), all.run(step));
            few.engine.forget_what_is_over();
            prop_assert_eq!(&few.letters, &all.letters);
        }
        let ids = |engine: &Engine| engine.activations().iter().map(|it| it.id).collect::<Vec<_>>();
        let waiting = |engine: &Engine| {
            let waits = |it: &&Activation| !it.is_over();
            let waiting = engine.activations().iter().filter(waits);
            waiting.map(|it| (it.id, it.due, it.posts.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(waiting(&few.engine), waiting(&all.engine));
        let awaited = |engine: &Engine| {
            let all = engine.deliveries().iter().filter(|it| it.sending.is_some());
            all.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(awaited(&few.engine), awaited(&all.engine));
        for delivery in few.engine.deliveries() {
            prop_assert!(all.engine.deliveries().contains(delivery));
        }
        for id in ids(&few.engine) {
            let of = |engine: &Engine| {
                let it = engine.activations().iter().find(|it| it.id == id).expect("it").clone();
                let event = &engine.events()[it.event];
                (it.history, event.payload.clone(), event.entity, event.at)
            };
            prop_assert_eq!(of(&few.engine), of(&all.engine));
        }
        // The last lines are the same, and there are no more than twice as many of what is over.
        let words = |engine: &Engine| {
            let last = engine.log().iter().rev().take(LINES);
            last.map(|it| crate::view::words(engine, it)).collect::<Vec<_>>()
        };
        let mut few_words = words(&few.engine);
        let mut all_words = words(&all.engine);
        // What a key stands for may be forgotten, and with it that an event differs.
        for words in [&mut few_words, &mut all_words] {
            words.retain(|it| !it.contains("idempotency key"));
        }
        prop_assert_eq!(few_words, all_words);
        let lines_of_others = few.engine.log().len() - few.engine.forgotten_to;
        prop_assert!(lines_of_others < 2 * LINES + 1, "{lines_of_others}");
        // Saved and loaded, it fits together.
        loaded(&few.engine, on);
    }
}
