//! `[[app]]`: who may call.

use std::collections::{HashMap, HashSet};

use jiff::tz::TimeZone;
use toml::Spanned;
use uuid::Uuid;

use super::reader::{Reader, Table};
use crate::access::AppAccess;
use crate::http::guid;

type Zones = HashMap<Uuid, TimeZone>;

pub(super) fn read(reader: &mut Reader<'_>, root: &Table<'_>) -> (Vec<AppAccess>, Zones) {
    let (mut zones, mut ids) = (Zones::new(), HashSet::new());
    let tables = reader.tables(root, "app", "[[app]]");
    let mut apps = Vec::new();
    for table in &tables {
        let app = app(reader, table, &mut zones);
        if let Some(id) = app.as_ref().map(|app| app.id.clone())
            && !ids.insert(id)
        {
            let words = "another app has this id; an id is one app's own: give one of them another";
            let at = table.get("id").map_or(table.at, |id| id.span().start);
            reader.wrong(at, words);
        }
        apps.extend(app);
    }
    (apps, zones)
}

fn app(reader: &mut Reader<'_>, table: &Table<'_>, zones: &mut Zones) -> Option<AppAccess> {
    reader.known_keys(table, &["id", "secret", "triggers", "instance"]);
    let id = reader.required(table, "id", "the app's id, in quotes");
    let id = id.and_then(|id| filled(reader, &id, "an app's id"));
    let secret = reader.required(table, "secret", "the app's secret, in quotes");
    let secret = secret.and_then(|secret| filled(reader, &secret, "a secret"));
    let triggers = triggers(reader, table);
    let instances = instances(reader, table, zones);
    Some(AppAccess { id: id?, secret: secret?, instances, triggers })
}

/// One line with something on it.
fn filled(reader: &mut Reader<'_>, text: &Spanned<&str>, what: &str) -> Option<String> {
    let is_filled = !text.get_ref().is_empty() && !text.get_ref().chars().any(char::is_control);
    if !is_filled {
        let words = format!("{what} is one line that is not empty; write any for this emulator");
        reader.wrong(text.span().start, words);
    }
    is_filled.then(|| (*text.get_ref()).to_owned())
}

fn triggers(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Vec<String>> {
    let list = reader.list(table.get("triggers")?, "a list such as `[\"invoice_due\"]`");
    let mut keys = Vec::new();
    for item in list {
        let key = reader.text(item, "a trigger's key, in quotes");
        let trigger = key.and_then(|key| reader.trigger(&key));
        keys.extend(trigger.map(|trigger| trigger.key().to_owned()));
    }
    Some(keys)
}

fn instances(reader: &mut Reader<'_>, table: &Table<'_>, zones: &mut Zones) -> Vec<Uuid> {
    let mut instances = Vec::new();
    let tables = reader.tables(table, "instance", "[[app.instance]]");
    if table.get("instance").is_none() {
        let words = "the app has no instance, so nobody could call; put `[[app.instance]]` below \
                     it, with an `id`";
        reader.wrong(table.at, words);
    }
    for instance in &tables {
        reader.known_keys(instance, &["id", "time_zone"]);
        let wanted = "an instance id such as `\"00000000-0000-4000-8000-00000000b001\"`";
        let zone = reader.time_zone(instance);
        let Some(text) = reader.required(instance, "id", wanted) else { continue };
        let at = text.span().start;
        let Some(id) = guid(text.get_ref()) else {
            reader.wrong(at, format!("this is no GUID; here belongs {wanted}"));
            continue;
        };
        if instances.contains(&id) {
            reader.wrong(at, "the app has this instance already; take one of them out");
            continue;
        }
        instances.push(id);
        // Each has the first zone that is said of it.
        if let Some(zone) = zone
            && *zones.entry(id).or_insert_with(|| zone.clone()) != zone
        {
            let words = "another app says another time zone of this instance; a site has one";
            reader.wrong(at, format!("{words}: write the same in both"));
        }
    }
    instances
}
