//! The field that holds the body of the event.

use super::PageProblem;
use super::page::{At, Page, Type};

/// What holds a body in the data of an event.
const EVENTS: [&str; 4] = ["createdEvent", "updatedEvent", "deletedEvent", "actionEvent"];
/// What the body is called inside it.
const BODIES: [&str; 4] = ["entity", "currentEntity", "body", "bodyAsJson"];

/// The field of the body; none if the event has no body, as one that tells of a deletion.
pub(super) fn field(page: &Page) -> At<Option<usize>> {
    let is_event = |at: &usize| {
        let field = &page.fields[*at];
        field.parent.is_none() && EVENTS.contains(&field.name.as_str())
    };
    let first = page.fields.first().map_or(1, |field| field.line);
    let event = (0..page.fields.len()).find(is_event).ok_or((first, PageProblem::NoEvent))?;
    let event = &page.fields[event];
    let is_body = |at: &&usize| BODIES.contains(&page.fields[**at].name.as_str());
    let body = match event.fields.as_slice() {
        [] if event.name == "deletedEvent" => return Ok(None),
        [only] => Some(only),
        several => several.iter().find(is_body),
    };
    let body = body.filter(|at| {
        let body = &page.fields[**at];
        !body.is_list && !body.fields.is_empty() && matches!(body.ty, Type::Object | Type::Named(_))
    });
    let problem = PageProblem::NoBody { name: event.name.clone() };
    body.map(|at| Some(*at)).ok_or((event.line, problem))
}
