//! What is known of an event, as long as the process runs and remembers it.

use std::cmp::Ordering;

use super::change::{Change, Moment, Wanted};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Known {
    /// When the last of what was taken happened.
    moment: Moment,
    is_canceled: bool,
    pub(super) scheduled: Scheduled,
}

/// What Wix has scheduled for an event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Scheduled {
    /// Another process may have reported something, or a call is under way.
    #[default]
    Unknown,
    Nothing,
    /// A start of this fingerprint.
    Start(u64),
}

impl Known {
    /// Whether a change comes after one that is later than it. That one sequence counts the webhooks
    /// of both types is a guess.
    ///
    /// Of a cancellation only what is known to be later counts: one that is canceled stays so if
    /// nobody can tell.
    pub(super) fn has_overtaken(&self, change: &Change) -> bool {
        let order = change.moment.compare(self.moment);
        let must_be_later = self.is_canceled && !change.wanted.is_cancellation();
        order == Some(Ordering::Less) || (must_be_later && order != Some(Ordering::Greater))
    }

    /// Takes a change to have happened.
    pub(super) fn follow(&mut self, change: &Change) {
        let Moment { sequence, time } = change.moment;
        self.moment =
            Moment { sequence: sequence.or(self.moment.sequence), time: time.or(self.moment.time) };
        if !matches!(change.wanted, Wanted::AsItIs(_)) {
            self.is_canceled = change.wanted.is_cancellation();
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::mapping::NotStarting;
    use crate::server::EventKey;
    use crate::triggers::EventId;

    fn at(sequence: Option<i64>, second: Option<i64>) -> Moment {
        let time = second.map(|second| Timestamp::from_second(second).expect("a time"));
        Moment { sequence, time }
    }

    fn change(moment: Moment, none: NotStarting) -> Change {
        let key = EventKey { site: Uuid::nil(), event: EventId(Uuid::nil()) };
        Change { key, moment, wanted: Wanted::Nothing(none) }
    }

    fn after(first: Moment, is_canceled: bool) -> Known {
        let none = if is_canceled { NotStarting::Canceled } else { NotStarting::Draft };
        let mut known = Known::default();
        known.follow(&change(first, none));
        known
    }

    #[test]
    fn the_sequence_orders_and_without_it_the_time() {
        let overtakes =
            |first, second| after(first, false).has_overtaken(&change(second, NotStarting::Draft));
        assert!(overtakes(at(Some(5), None), at(Some(4), None)));
        assert!(!overtakes(at(Some(5), None), at(Some(5), None)));
        assert!(!overtakes(at(Some(5), Some(9)), at(Some(6), Some(1))), "the sequence comes first");
        assert!(overtakes(at(None, Some(9)), at(Some(6), Some(8))));
        assert!(!overtakes(at(None, Some(9)), at(None, Some(10))));
        assert!(!overtakes(at(None, None), at(None, Some(1))), "nobody knows");
    }

    #[test]
    fn what_is_canceled_stays_so_unless_something_is_known_to_be_later() {
        let revives =
            |first, second| !after(first, true).has_overtaken(&change(second, NotStarting::Draft));
        assert!(revives(at(Some(5), None), at(Some(6), None)));
        assert!(!revives(at(Some(5), None), at(Some(5), None)));
        assert!(!revives(at(None, Some(9)), at(None, Some(9))));
        assert!(!revives(at(None, None), at(None, None)));
        let again = change(at(None, None), NotStarting::Canceled);
        assert!(!after(at(Some(5), None), true).has_overtaken(&again));
    }

    #[test]
    fn what_is_not_told_again_is_still_known() {
        let mut known = after(at(Some(5), Some(9)), false);
        known.follow(&change(at(None, Some(10)), NotStarting::Draft));
        assert!(known.has_overtaken(&change(at(Some(4), None), NotStarting::Draft)));
    }
}
