use trigger_core::webhook::{Arrival, Mark, Recent};

use crate::delivery;

fn mark(id: &str, entity: &str, sequence: i64) -> Mark {
    let mut mark = Mark::default();
    (mark.event_id, mark.entity) = (Some(id.to_owned()), Some(entity.to_owned()));
    mark.sequence = Some(sequence);
    mark
}

#[test]
fn what_is_remembered_is_repeated_and_what_comes_before_it_is_late() {
    let recent = Recent::new(10);
    let first = mark("a", "e", 5);
    assert_eq!(recent.look(&first), Arrival::New);
    assert_eq!(recent.look(&first), Arrival::New); // a look changes nothing
    recent.remember(&first);
    assert_eq!(recent.look(&first), Arrival::Repeated);
    assert_eq!(recent.look(&mark("b", "e", 4)), Arrival::Late { last: 5 });
    assert_eq!(recent.look(&mark("b", "e", 5)), Arrival::New);
    assert_eq!(recent.look(&mark("b", "e", 6)), Arrival::New);
    assert_eq!(recent.look(&mark("b", "another", 4)), Arrival::New);
}

#[test]
fn what_was_late_does_not_make_the_rest_early() {
    let recent = Recent::new(10);
    recent.remember(&mark("a", "e", 5));
    recent.remember(&mark("b", "e", 2));
    assert_eq!(recent.look(&mark("c", "e", 4)), Arrival::Late { last: 5 });
}

#[test]
fn what_has_no_id_and_no_number_is_always_new() {
    let recent = Recent::new(10);
    recent.remember(&Mark::default());
    assert_eq!(recent.look(&Mark::default()), Arrival::New);
    recent.remember(&mark("a", "e", 5));
    let mut unnumbered = mark("b", "e", 0);
    unnumbered.sequence = None;
    assert_eq!(recent.look(&unnumbered), Arrival::New);
}

#[test]
fn at_least_the_last_ones_are_remembered() {
    for size in [0, 1, 2, 3, 10] {
        let recent = Recent::new(size);
        for number in 0..100_u32 {
            recent.remember(&mark(&number.to_string(), "e", number.into()));
            let last = (number + 1).saturating_sub(u32::try_from(size).expect("small"));
            for last in last..=number {
                assert_eq!(recent.look(&mark(&last.to_string(), "e", 0)), Arrival::Repeated);
            }
        }
        assert_eq!(recent.look(&mark("0", "e", 0)), Arrival::Late { last: 99 });
    }
}

#[test]
fn a_mark_tells_sites_and_kinds_of_entities_apart() {
    let mark = delivery(r#"{"id":"a","entityId":"e","entityFqdn":"wix.example.v1.thing"}"#).mark();
    assert_eq!(mark.event_id.as_deref(), Some("a"));
    let entity = "00000000-0000-4000-8000-00000000b001/wix.example.v1.thing/e";
    assert_eq!(mark.entity.as_deref(), Some(entity));
    assert_eq!(delivery("{}").mark(), Mark::default());
}
