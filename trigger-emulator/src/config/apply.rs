//! What a configuration does to an emulator, at its start and while it serves.

use std::sync::Arc;

use super::Config;
use crate::access::AppAccess;
use crate::assumption::Assumption;
use crate::engine::{Changes, Settings, Zones};
use crate::state::{Shared, State};
use crate::trigger::TriggerDefinition;

/// What holds where a configuration says nothing.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    settings: Settings,
    apps: Option<Vec<AppAccess>>,
    calls_per_minute: Option<u32>,
}

impl Base {
    /// What a builder said.
    pub(crate) fn of(state: &State) -> Self {
        Self {
            settings: state.engine.settings(),
            apps: state.apps.clone(),
            calls_per_minute: state.calls_per_minute,
        }
    }
}

/// An emulator that can be set up anew.
pub(crate) struct SetUp {
    pub(crate) shared: Arc<Shared>,
    pub(crate) base: Base,
}

impl SetUp {
    pub(crate) fn holds(&self, assumption: Assumption) -> bool {
        self.shared.read(|state| state.engine.assumptions.holds(assumption))
    }

    /// Has these triggers and this configuration from now on. What happened, what waits and who has
    /// a token stays.
    pub(crate) fn apply(
        &self,
        triggers: Option<Vec<TriggerDefinition>>,
        config: Option<Config>,
    ) -> Changes {
        self.shared.act(|state| {
            if let Some(triggers) = triggers {
                state.engine.set_triggers(triggers);
            }
            config.map(|config| state.configure(&self.base, config)).unwrap_or_default()
        })
    }
}

impl State {
    /// Does as a configuration says.
    pub(crate) fn configure(&mut self, base: &Base, config: Config) -> Changes {
        let Config { time_zone, apps, zones, automations, assumptions, history, .. } = config;
        let default = time_zone.unwrap_or_else(|| base.settings.zones.default.clone());
        let mut settings = base.settings.clone();
        settings.zones = Zones { default, of_site: zones };
        settings.history = history.or(settings.history);
        for (assumption, on) in assumptions {
            settings.assumptions.set(assumption, on);
        }
        self.engine.set(settings);
        self.apps = if apps.is_empty() { base.apps.clone() } else { Some(apps) };
        self.calls_per_minute = config.calls_per_minute.or(base.calls_per_minute);
        self.engine.set_automations(automations)
    }
}
