use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The time zones of the sites.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Names", try_from = "Names")]
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

/// The same, as the IANA calls them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Names {
    default: String,
    of_site: BTreeMap<Uuid, String>,
}

impl From<Zones> for Names {
    fn from(zones: Zones) -> Self {
        // All came from a name.
        let name = |zone: &TimeZone| zone.iana_name().unwrap_or("UTC").to_owned();
        let of_site = zones.of_site.iter().map(|(site, zone)| (*site, name(zone)));
        Self { default: name(&zones.default), of_site: of_site.collect() }
    }
}

impl TryFrom<Names> for Zones {
    type Error = jiff::Error;

    fn try_from(names: Names) -> Result<Self, Self::Error> {
        let of_site = names.of_site.into_iter();
        let of_site = of_site.map(|(site, name)| Ok((site, TimeZone::get(&name)?)));
        let of_site = of_site.collect::<Result<_, jiff::Error>>()?;
        Ok(Self { default: TimeZone::get(&names.default)?, of_site })
    }
}
