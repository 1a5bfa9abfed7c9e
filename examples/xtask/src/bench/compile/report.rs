//! What the samples say.

use std::fmt;
use std::time::Duration;

use super::source::STRUCTS;
use super::{BenchError, Round, Sample};

/// `derive(Trigger)` may add this much of what `derive(JsonSchema)` adds.
const LIMIT: f64 = 0.65;

/// The figures of all rounds.
pub(super) struct Report {
    rounds: usize,
    cpu: Costs,
    wall: Costs,
}

impl Report {
    pub(super) fn of(rounds: &[Round]) -> Result<Self, BenchError> {
        let report = Self {
            rounds: rounds.len(),
            cpu: Costs::of(rounds, |sample| sample.cpu),
            wall: Costs::of(rounds, |sample| sample.wall),
        };
        let added = report.judged().json_schema_adds.median;
        if added > 0.0 { Ok(report) } else { Err(BenchError::Noise { added }) }
    }

    pub(super) fn is_within_limit(&self) -> bool {
        self.judged().ratio().median <= LIMIT
    }

    /// The CPU time, where the system counts that of a child's children too.
    fn judged(&self) -> &Costs {
        if cfg!(unix) { &self.cpu } else { &self.wall }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "cargo check of {STRUCTS} structs of 8 fields, {} rounds", self.rounds)?;
        writeln!(f)?;
        writeln!(f, "{:<24}{:^20}{:^20}", "seconds", "CPU time", "wall clock")?;
        writeln!(
            f,
            "{:<24}{:>10}{:>10}{:>10}{:>10}",
            "", "minimum", "median", "minimum", "median"
        )?;
        let (cpu, wall) = (&self.cpu, &self.wall);
        row(f, "Serialize", cpu.serialize, wall.serialize)?;
        row(f, "Serialize, JsonSchema", cpu.json_schema, wall.json_schema)?;
        row(f, "Serialize, Trigger", cpu.trigger, wall.trigger)?;
        row(f, "JsonSchema adds", cpu.json_schema_adds, wall.json_schema_adds)?;
        row(f, "Trigger adds", cpu.trigger_adds, wall.trigger_adds)?;
        row(f, "ratio", cpu.ratio(), wall.ratio())?;
        writeln!(f)?;
        let ratio = self.judged().ratio().median;
        let verdict = if self.is_within_limit() { "within" } else { "OVER" };
        write!(f, "Trigger costs {ratio:.2} of JsonSchema: {verdict} the limit of {LIMIT}")
    }
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, cpu: Figures, wall: Figures) -> fmt::Result {
    write!(f, "{label:<24}{:>10.3}{:>10.3}", cpu.minimum, cpu.median)?;
    writeln!(f, "{:>10.3}{:>10.3}", wall.minimum, wall.median)
}

#[derive(Clone, Copy, Debug)]
struct Figures {
    minimum: f64,
    median: f64,
}

/// One clock's figures, in seconds.
struct Costs {
    serialize: Figures,
    json_schema: Figures,
    trigger: Figures,
    json_schema_adds: Figures,
    trigger_adds: Figures,
}

impl Costs {
    fn of(rounds: &[Round], clock: impl Fn(&Sample) -> Duration) -> Self {
        let rounds: Vec<_> = rounds
            .iter()
            .map(|round| round.each_ref().map(|sample| clock(sample).as_secs_f64()))
            .collect();
        let serialize = figures(rounds.iter().map(|[serialize, _, _]| *serialize));
        let json_schema = figures(rounds.iter().map(|[_, json_schema, _]| *json_schema));
        let trigger = figures(rounds.iter().map(|[_, _, trigger]| *trigger));
        // Differences are taken within a round, because the machine's pace changes between them.
        let added = figures(rounds.iter().map(|[base, json_schema, _]| json_schema - base));
        let json_schema_adds =
            Figures { minimum: json_schema.minimum - serialize.minimum, ..added };
        let added = figures(rounds.iter().map(|[base, _, trigger]| trigger - base));
        let trigger_adds = Figures { minimum: trigger.minimum - serialize.minimum, ..added };
        Self { serialize, json_schema, trigger, json_schema_adds, trigger_adds }
    }

    fn ratio(&self) -> Figures {
        Figures {
            minimum: self.trigger_adds.minimum / self.json_schema_adds.minimum,
            median: self.trigger_adds.median / self.json_schema_adds.median,
        }
    }
}

fn figures(samples: impl Iterator<Item = f64>) -> Figures {
    let mut sorted: Vec<f64> = samples.collect();
    sorted.sort_by(f64::total_cmp);
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or_default();
    let upper = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    Figures {
        minimum: sorted.first().copied().unwrap_or_default(),
        median: f64::midpoint(lower, upper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(millis: [u64; 3]) -> Round {
        millis.map(|millis| {
            let time = Duration::from_millis(millis);
            Sample { cpu: time, wall: time }
        })
    }

    #[test]
    fn a_slow_round_does_not_move_the_ratio() {
        let rounds = [round([100, 200, 150]), round([200, 300, 250]), round([100, 200, 150])];
        let report = Report::of(&rounds).unwrap();
        assert!((report.judged().ratio().median - 0.5).abs() < 1e-9);
        assert!(report.is_within_limit());
    }

    #[test]
    fn over_the_limit() {
        let report = Report::of(&[round([100, 200, 180]), round([100, 200, 190])]).unwrap();
        assert!((report.judged().ratio().median - 0.85).abs() < 1e-9);
        assert!(!report.is_within_limit());
        assert!(report.to_string().ends_with("0.85 of JsonSchema: OVER the limit of 0.65"));
    }

    #[test]
    fn no_ratio_without_a_yardstick() {
        assert!(matches!(Report::of(&[round([200, 100, 100])]), Err(BenchError::Noise { .. })));
    }
}
