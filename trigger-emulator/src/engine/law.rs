//! Random commands, held to a model without a queue: it plans all of an activation's history when
//! the event is reported, and a cancel cuts off what lies ahead.

use jiff::{SignedDuration, Span, Timestamp};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::*;

const HOUR: i64 = 3600;
const SWITCHES: [Assumption; 5] = [
    Assumption::DuplicatesTellFirstIds,
    Assumption::KeysLeaveOutSites,
    Assumption::CanceledKeysStayUsed,
    Assumption::CancelsStayOnTheirSite,
    Assumption::LateStartsAreSkipped,
];
/// The second one is scheduled.
pub(super) const TRIGGERS: [&str; 2] = ["paid", "planned"];

#[derive(Clone, Debug)]
pub(super) enum Command {
    Report(Told),
    Cancel {
        site: u128,
        trigger: usize,
        entity: u128,
    },
    /// Seconds.
    Advance(i64),
    Add(Plan),
    End {
        index: usize,
        reason: Reason,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Told {
    site: u128,
    trigger: usize,
    entity: Option<u128>,
    /// With its hours.
    key: Option<(u8, Option<i64>)>,
    /// Hours from now; without, it cannot be read.
    date: Option<i64>,
    color: u8,
}

#[derive(Clone, Debug)]
pub(super) struct Plan {
    name: u8,
    trigger: usize,
    before: i64,
    color: Option<u8>,
    /// Hours of delay, or an action.
    steps: Vec<Option<i64>>,
    active: bool,
    is_default: bool,
}

type Line = (i64, Moment);

struct Planned {
    automation: usize,
    lines: Vec<Line>,
}

struct Taken {
    told: Told,
    key_until: i64,
    activations: Vec<usize>,
}

#[derive(Default)]
struct Model {
    now: i64,
    on: [bool; 5],
    automations: Vec<Plan>,
    taken: Vec<Taken>,
    planned: Vec<Planned>,
}

impl Model {
    /// The activations that the answer tells.
    fn report(&mut self, told: &Told) -> Vec<usize> {
        if let Some(first) = self.taken.iter().position(|it| self.is_repeated(it, told)) {
            let first = self.taken[first].activations.clone();
            for index in &first {
                let skipped = Moment::State(State::Skipped(Reason::EventAlreadyProcessed));
                let lines = vec![(self.now, Moment::State(State::Initiated)), (self.now, skipped)];
                self.planned.push(Planned { automation: self.planned[*index].automation, lines });
            }
            return if self.on[0] { first } else { Vec::new() };
        }
        if self.automations.iter().all(|it| it.trigger != told.trigger) {
            self.automations.push(default_plan(told.trigger));
        }
        let mut activations = Vec::new();
        for (automation, plan) in self.automations.iter().enumerate() {
            if plan.active && plan.trigger == told.trigger {
                activations.push(self.planned.len());
                self.planned.push(Planned { automation, lines: self.lines(plan, told) });
            }
        }
        let hours = told.key.and_then(|(_, hours)| hours).unwrap_or(168);
        let key_until = self.now + hours * HOUR;
        self.taken.push(Taken { told: told.clone(), key_until, activations: activations.clone() });
        activations
    }

    fn is_repeated(&self, taken: &Taken, told: &Told) -> bool {
        let (Some((first, _)), Some((key, _))) = (taken.told.key, told.key) else { return false };
        let is_same = first == key && taken.told.trigger == told.trigger;
        is_same && taken.key_until > self.now && (self.on[1] || taken.told.site == told.site)
    }

    fn lines(&self, plan: &Plan, told: &Told) -> Vec<Line> {
        let mut at = self.now;
        let mut lines = vec![(at, Moment::State(State::Initiated))];
        let mut end = |state| {
            lines.push((self.now, Moment::State(state)));
            lines.clone()
        };
        if plan.color.is_some_and(|color| color != told.color) {
            return end(State::Skipped(Reason::TriggerFiltersNotPassed));
        }
        if told.trigger == 1 {
            let Some(hours) = told.date else {
                return end(State::Failed(Reason::ScheduleDateEvaluationFailed));
            };
            if hours < 0 || (self.on[4] && hours < plan.before) {
                return end(State::Skipped(Reason::ScheduleDateExpired));
            }
            end(State::Scheduled);
            at += (hours - plan.before).max(0) * HOUR;
        }
        lines.push((at, Moment::State(State::Started)));
        for (index, step) in plan.steps.iter().enumerate() {
            match step {
                Some(hours) => at += hours * HOUR,
                None => lines.push((at, Moment::Action(index))),
            }
        }
        lines.push((at, Moment::State(State::Ended)));
        lines
    }

    fn cancel(&mut self, site: u128, trigger: usize, entity: u128) -> usize {
        let mut stopped = 0;
        for index in 0..self.taken.len() {
            let taken = &mut self.taken[index];
            let is_there = !self.on[3] || taken.told.site == site;
            if taken.told.trigger != trigger || taken.told.entity != Some(entity) || !is_there {
                continue;
            }
            if !self.on[2] {
                taken.key_until = i64::MIN;
            }
            for activation in taken.activations.clone() {
                stopped += usize::from(self.cut(activation, Reason::EventCancelled));
            }
        }
        stopped
    }

    fn cut(&mut self, index: usize, reason: Reason) -> bool {
        let lines = &mut self.planned[index].lines;
        let all = lines.len();
        lines.retain(|(at, _)| *at <= self.now);
        let is_cut = lines.len() < all;
        if is_cut {
            lines.push((self.now, Moment::State(State::Cancelled(reason))));
        }
        is_cut
    }

    fn add(&mut self, plan: &Plan) {
        for earlier in self.automations.iter_mut().filter(|it| it.trigger == plan.trigger) {
            earlier.active &= earlier.name != plan.name && !earlier.is_default;
        }
        self.automations.push(plan.clone());
    }

    fn end(&mut self, automation: usize, reason: Reason) {
        self.automations[automation].active = false;
        for index in 0..self.planned.len() {
            if self.planned[index].automation == automation {
                self.cut(index, reason);
            }
        }
    }

    /// What has happened by now.
    fn history(&self) -> Vec<Vec<Line>> {
        let past = |it: &Planned| it.lines.iter().copied().filter(|it| it.0 <= self.now).collect();
        self.planned.iter().map(past).collect()
    }
}

fn default_plan(trigger: usize) -> Plan {
    let steps = vec![None];
    Plan { name: u8::MAX, trigger, before: 0, color: None, steps, active: true, is_default: true }
}

pub(super) fn engine(on: [bool; 5]) -> Engine {
    let paid = json!({ "type": "object" });
    let planned = json!({ "type": "object", "properties": { "at": { "futureDate": true } } });
    let triggers = TRIGGERS.into_iter().zip([paid, planned]);
    let triggers = triggers
        .map(|(key, schema)| TriggerDefinition::new(key, "A trigger", &schema).expect("a schema"));
    let mut engine = Engine::new(Timestamp::UNIX_EPOCH, triggers.collect());
    for (assumption, on) in SWITCHES.into_iter().zip(on) {
        engine.assumptions.set(assumption, on);
    }
    engine
}

pub(super) fn report(told: &Told, now: Timestamp) -> Report {
    let at = told.date.map(|hours| now + SignedDuration::from_hours(hours));
    let at = at.map_or_else(|| "soon".to_owned(), |at| at.to_string());
    let idempotency = told.key.map(|(key, hours)| Idempotency {
        key: key.to_string(),
        ttl: hours.map(SignedDuration::from_hours),
    });
    Report {
        app: "app".into(),
        site: Uuid::from_u128(told.site),
        trigger_key: TRIGGERS[told.trigger].to_owned(),
        payload: json!({ "at": at, "color": told.color }),
        entity: told.entity.map(Uuid::from_u128),
        idempotency,
    }
}

pub(super) fn automation(plan: &Plan) -> Automation {
    let step = |step: &Option<i64>| match step {
        Some(hours) => Step::Delay(Span::new().hours(*hours)),
        None => Step::action("act"),
    };
    let filter = |color: u8| Filter { path: vec!["color".to_owned()], values: vec![color.into()] };
    Automation {
        filters: plan.color.map(filter).into_iter().collect(),
        before: Span::new().hours(plan.before),
        steps: plan.steps.iter().map(step).collect(),
        ..Automation::new(&plan.name.to_string(), TRIGGERS[plan.trigger])
    }
}

/// Does the same to both, and compares what they answer.
fn run(command: &Command, engine: &mut Engine, model: &mut Model) -> Result<(), TestCaseError> {
    match command {
        Command::Report(told) => {
            let ids = engine.report(report(told, engine.now())).expect("a report");
            let expected = model.report(told);
            let expected = expected.iter().map(|index| engine.activations()[*index].id);
            prop_assert_eq!(ids, expected.collect::<Vec<_>>());
        }
        Command::Cancel { site, trigger, entity } => {
            let (site_id, entity_id) = (Uuid::from_u128(*site), Uuid::from_u128(*entity));
            let stopped = engine.cancel("app", site_id, TRIGGERS[*trigger], entity_id);
            prop_assert_eq!(stopped, Ok(model.cancel(*site, *trigger, *entity)));
        }
        Command::Advance(seconds) => {
            engine.advance(engine.now() + SignedDuration::from_secs(*seconds));
            model.now += seconds;
        }
        Command::Add(plan) => {
            engine.add_automation(automation(plan));
            model.add(plan);
        }
        Command::End { index, reason } if !model.automations.is_empty() => {
            let index = index % model.automations.len();
            engine.end_automation(index, *reason);
            model.end(index, *reason);
        }
        Command::End { .. } => {}
    }
    Ok(())
}

fn history(engine: &Engine) -> Vec<Vec<Line>> {
    let lines = |it: &Activation| it.history.iter().map(|(at, it)| (at.as_second(), *it)).collect();
    engine.activations().iter().map(lines).collect()
}

pub(super) fn commands() -> impl Strategy<Value = Command> {
    let key = (0..3_u8, prop::option::of(1..60_i64));
    let entity = prop::option::of(0..2_u128);
    let date = prop::option::weighted(0.9, -2..60_i64);
    let told = (0..2_u128, 0..2_usize, entity, prop::option::of(key), date, 0..2_u8);
    let told = told.prop_map(|(site, trigger, entity, key, date, color)| {
        Command::Report(Told { site, trigger, entity, key, date, color })
    });
    let cancel = (0..2_u128, 0..2_usize, 0..2_u128)
        .prop_map(|(site, trigger, entity)| Command::Cancel { site, trigger, entity });
    let steps = prop::collection::vec(prop::option::of(0..30_i64), 0..5);
    let color = prop::option::weighted(0.3, 0..2_u8);
    let add = (0..3_u8, 0..2_usize, prop_oneof![Just(0), 0..40_i64], color, steps);
    let add = add.prop_map(|(name, trigger, before, color, steps)| {
        let (active, is_default) = (true, false);
        Command::Add(Plan { name, trigger, before, color, steps, active, is_default })
    });
    let reasons = prop_oneof![Just(Reason::AutomationDeactivated), Just(Reason::AutomationDeleted)];
    let end = (0..9_usize, reasons).prop_map(|(index, reason)| Command::End { index, reason });
    // Whole hours meet dates and ends of keys exactly.
    let hours = (0..50_i64).prop_map(|hours| Command::Advance(hours * HOUR));
    let seconds = (0..300_000_i64).prop_map(Command::Advance);
    prop_oneof![6 => told, 2 => cancel, 3 => hours, 1 => seconds, 2 => add, 1 => end]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn every_history_is_the_one_that_the_model_plans(
        on in any::<[bool; 5]>(),
        commands in prop::collection::vec(commands(), 1..40),
    ) {
        let (mut first, mut again) = (engine(on), engine(on));
        let mut model = Model { on, ..Model::default() };
        let mut model_again = Model { on, ..Model::default() };
        for command in &commands {
            run(command, &mut first, &mut model)?;
            prop_assert_eq!(history(&first), model.history(), "after {:?}", command);
            run(command, &mut again, &mut model_again)?;
        }
        // What still waits comes to its end, too.
        run(&Command::Advance(10_000 * HOUR), &mut first, &mut model)?;
        run(&Command::Advance(10_000 * HOUR), &mut again, &mut model_again)?;
        prop_assert_eq!(history(&first), model.history());
        prop_assert_eq!(first.next_due(), None);
        prop_assert_eq!(first.events(), again.events());
        prop_assert_eq!(first.activations(), again.activations());
        prop_assert_eq!(first.log(), again.log());
    }
}
