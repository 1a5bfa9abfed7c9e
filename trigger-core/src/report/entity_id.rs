use uuid::Uuid;

/// Makes external entity ids of ids that are no UUIDs.
///
/// Wix takes UUIDs alone, and cancels all events that share one: an id that two entities have by
/// accident cancels the events of both. So it is derived, as a UUID of version 5, and not cut
/// together.
#[derive(Clone, Copy, Debug)]
pub enum EntityId {}

impl EntityId {
    /// The id of what these parts identify, within the app of this id: always the same, and another
    /// one for any other parts.
    ///
    /// ```
    /// use trigger_core::report::EntityId;
    ///
    /// let app = "1f0e8a52-4b1c-4e0a-9c53-3a9d5a7c2b11";
    /// let id = EntityId::derive(app, ["order", "1042", "line", "3"]);
    /// assert_eq!(id, EntityId::derive(app, ["order", "1042", "line", "3"]));
    /// assert_ne!(id, EntityId::derive(app, ["order", "104", "2line", "3"]));
    /// ```
    #[must_use]
    pub fn derive<P: AsRef<str>>(app_id: &str, parts: impl IntoIterator<Item = P>) -> Uuid {
        let namespace = Uuid::new_v5(&NAMESPACE, app_id.as_bytes());
        let mut text = String::new();
        for part in parts {
            let part = part.as_ref();
            // With its length, so that no two lists of parts are one text.
            text.push_str(&part.len().to_string());
            text.push(':');
            text.push_str(part);
        }
        Uuid::new_v5(&namespace, text.as_bytes())
    }
}

/// The namespace of apps: any UUID, and for ever the same.
const NAMESPACE: Uuid = Uuid::from_u128(0x52b0_9d7e_1c3f_4a68_8e25_b7f0_46d9_a1c4);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::EntityId;

    #[test]
    fn other_parts_have_another_id() {
        let all = (0..100_000).map(|order| EntityId::derive("app", ["order", &order.to_string()]));
        assert_eq!(all.collect::<HashSet<_>>().len(), 100_000);
        let lists: [&[&str]; 6] = [&[], &[""], &["", ""], &["1:a"], &["a"], &["a", ""]];
        let ids: HashSet<_> = lists.iter().map(|parts| EntityId::derive("app", *parts)).collect();
        assert_eq!(ids.len(), lists.len());
        assert_ne!(EntityId::derive("app", ["a"]), EntityId::derive("other", ["a"]));
    }

    /// An id that was reported must be found again by every later version.
    #[test]
    fn ids_stay_for_ever() {
        let id = EntityId::derive("1f0e8a52-4b1c-4e0a-9c53-3a9d5a7c2b11", ["order", "1042"]);
        assert_eq!(id.to_string(), "c2eb58ca-b931-5e64-924e-939a2c6d3294");
    }
}
