//! What a configuration does to an emulator, at its start and while it serves.

use std::sync::Arc;

use super::Config;
use crate::access::AppAccess;
use crate::assumption::Assumption;
use crate::engine::{Changes, Settings, Zones};
use crate::local::LocalUrl;
use crate::state::{Shared, State};
use crate::trigger::TriggerDefinition;

/// What holds where a configuration says nothing.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    settings: Settings,
    apps: Option<Vec<AppAccess>>,
    calls_per_minute: Option<u32>,
    webhooks_to: Option<LocalUrl>,
}

impl Base {
    /// Lays a configuration, if there is one, over what a builder said.
    pub(crate) fn under(config: Option<Config>, mut state: State) -> (State, Self) {
        let base = Self::of(&state);
        if let Some(config) = config {
            state.configure(&base, config);
        }
        (state, base)
    }

    /// What a builder said.
    fn of(state: &State) -> Self {
        Self {
            settings: state.engine.settings(),
            apps: state.apps.clone(),
            calls_per_minute: state.calls_per_minute,
            webhooks_to: state.webhooks_to.clone(),
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

    /// Whether this configuration would take the list of apps away: an empty file is rarely meant.
    pub(crate) fn would_let_all_in(&self, config: &Config) -> bool {
        let lists_apps = self.shared.read(|state| state.apps.is_some());
        lists_apps && self.base.apps.is_none() && config.apps.is_empty()
    }

    /// Has these triggers and this configuration from now on. What happened, what waits and who has
    /// a token stays.
    pub(crate) fn apply(
        &self,
        triggers: Option<Vec<TriggerDefinition>>,
        config: Option<Config>,
    ) -> Changes {
        self.shared.act(|state| {
            state.set_up += 1;
            if let Some(triggers) = triggers {
                state.engine.set_triggers(triggers);
            }
            config.map(|config| state.configure(&self.base, config)).unwrap_or_default()
        })
    }
}

impl State {
    /// Does as a configuration says.
    fn configure(&mut self, base: &Base, config: Config) -> Changes {
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
        self.webhooks_to = config.webhooks_to.or_else(|| base.webhooks_to.clone());
        self.engine.set_automations(automations)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::engine::Engine;
    use crate::state::Running;

    /// An emulator whose builder said some of it, set up by each of these texts in turn.
    fn configured(texts: &[&str]) -> (State, Changes) {
        let paid = TriggerDefinition::new("paid", "A trigger", &json!({})).expect("a schema");
        let triggers = vec![paid];
        let mut state =
            State::new(Engine::new(Timestamp::UNIX_EPOCH, triggers.clone()), Running::Frozen);
        state.calls_per_minute = Some(7);
        state.webhooks_to = "http://localhost:1/".parse().ok();
        let mut settings = state.engine.settings();
        settings.assumptions.set(Assumption::BearerIsRefused, false);
        state.engine.set(settings);
        let base = Base::of(&state);
        let mut changes = Changes::default();
        for text in texts {
            let config = Config::parse(text, &triggers).expect("a configuration");
            changes = state.configure(&base, config);
        }
        (state, changes)
    }

    const ALL: &str = r#"
        time_zone = "Europe/Berlin"
        app = [{ id = "a", secret = "b", instance = [
            { id = "00000000-0000-4000-8000-00000000b001", time_zone = "America/New_York" },
        ] }]
        automation = [{ name = "Thank", trigger = "paid" }]
        assume = { formats-are-enforced = false, bearer-is-refused = true }
        limits = { calls_per_minute = 0, history = 5000 }
        webhooks = { to = "http://localhost:3000/webhook" }
    "#;

    #[test]
    fn what_a_file_says_is_done() {
        let (state, changes) = configured(&[ALL]);
        let settings = state.engine.settings();
        let site = state.apps.as_ref().expect("apps")[0].instances[0];
        let zones = [settings.zones.of(site), &settings.zones.default].map(|it| it.iana_name());
        assert_eq!(zones, [Some("America/New_York"), Some("Europe/Berlin")]);
        assert_eq!((state.calls_per_minute, settings.history), (Some(0), Some(5000)));
        assert!(!settings.assumptions.holds(Assumption::FormatsAreEnforced));
        assert!(settings.assumptions.holds(Assumption::BearerIsRefused));
        let to = state.webhooks_to.map(String::from);
        assert_eq!(to.as_deref(), Some("http://localhost:3000/webhook"));
        assert_eq!(changes, Changes { added: 1, changed: 0, ended: 0 });
    }

    #[test]
    fn what_a_file_no_longer_says_is_as_the_builder_has_it() {
        let (state, changes) = configured(&[ALL, ""]);
        let settings = state.engine.settings();
        assert_eq!(settings.zones.default.iana_name(), Some("UTC"));
        assert!(settings.zones.of_site.is_empty() && state.apps.is_none());
        assert_eq!((state.calls_per_minute, settings.history), (Some(7), None));
        assert!(settings.assumptions.holds(Assumption::FormatsAreEnforced));
        assert!(!settings.assumptions.holds(Assumption::BearerIsRefused));
        assert_eq!(state.webhooks_to.map(String::from).as_deref(), Some("http://localhost:1/"));
        assert_eq!(changes, Changes { added: 0, changed: 0, ended: 1 });
    }
}
