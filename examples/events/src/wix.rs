//! What Wix's reference pages tell, a file for each page. The pages are in `examples/events/wix`.

pub(crate) mod event_published;
