use std::collections::HashMap;

use jiff::tz::TimeZone;
use uuid::Uuid;

/// The time zones of the sites.
#[derive(Clone, Debug)]
pub(crate) struct Zones {
    /// Of those that have none of their own.
    pub(crate) default: TimeZone,
    pub(crate) of_site: HashMap<Uuid, TimeZone>,
}

impl Zones {
    pub(crate) fn of(&self, site: Uuid) -> &TimeZone {
        self.of_site.get(&site).unwrap_or(&self.default)
    }
}

impl Default for Zones {
    fn default() -> Self {
        Self { default: TimeZone::UTC, of_site: HashMap::new() }
    }
}
