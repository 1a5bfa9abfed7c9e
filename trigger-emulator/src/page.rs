//! The page that the emulator serves on its own address, for people who look rather than read.
//!
//! It has no build step: what stands in `page/` is what a browser gets. All that it shows comes from
//! the emulator's own calls, and what it sends goes through Wix's.

mod calls;
mod checks;
mod dashboard;
mod event;
mod lanes;
mod live;
mod rows;
mod why;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};

use crate::http::Calls;
use crate::state::Shared;
pub(crate) use live::Mark;

/// Its own scripts and styles, its own calls, and nothing else: no other address, no script or style
/// within the document, no text that is read as markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'; \
                      trusted-types 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

const INDEX: &str = include_str!("page/index.html");

macro_rules! files {
    ($($name:literal: $kind:ident),* $(,)?) => {
        /// The path of each file beside the document, its type and its text.
        const FILES: &[(&str, &str, &str)] =
            &[$((concat!("/_emulator/page/", $name), $kind, include_str!(concat!("page/", $name)))),*];
    };
}

const SVG: &str = "image/svg+xml";

files! {
    "icon.svg": SVG,
    "page.css": CSS,
    "main.js": JS,
    "api.js": JS,
    "cancel.js": JS,
    "clock.js": JS,
    "dom.js": JS,
    "event.js": JS,
    "events.js": JS,
    "faults.js": JS,
    "fields.js": JS,
    "keys.js": JS,
    "automations.js": JS,
    "send.js": JS,
    "time.js": JS,
    "timeline.js": JS,
    "triggers.js": JS,
}

/// The calls that only the page makes.
pub(crate) fn calls() -> Vec<(&'static str, &'static str, Calls)> {
    vec![
        ("/_emulator/live", "GET", get(live::live)),
        ("/_emulator/overview", "GET", get(calls::overview)),
        ("/_emulator/rows", "POST", post(calls::rows)),
        ("/_emulator/row", "POST", post(calls::row)),
        ("/_emulator/lanes", "POST", post(calls::lanes)),
        ("/_emulator/token", "POST", post(calls::token)),
        ("/_emulator/faults/{place}", "DELETE", delete(calls::clear_fault)),
    ]
}

/// The files of the page, but for the document.
pub(crate) fn files() -> Router<Arc<Shared>> {
    let file = |(path, kind, text): &(&'static str, &'static str, &'static str)| {
        let (kind, text) = (*kind, *text);
        (*path, get(async move || file(kind, text)))
    };
    FILES.iter().map(file).fold(Router::new(), |router, (path, get)| router.route(path, get))
}

/// Whether a document is asked for, as a browser does, and not the list of calls.
pub(crate) fn is_asked_for(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut kinds = accepted.flat_map(|value| value.split(','));
    kinds.any(|kind| {
        let kind = kind.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case("text/html")
    })
}

pub(crate) fn index() -> Response {
    file(HTML, INDEX)
}

fn file(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        // Another version may serve on this port next.
        (CACHE_CONTROL, "no-cache"),
        (VARY, "accept"),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that a browser loads, in bytes.
    const LIMIT: usize = 100_000;

    #[test]
    fn the_page_has_less_than_a_hundred_kilobytes() {
        let files: usize = FILES.iter().map(|(_, _, text)| text.len()).sum();
        assert!(files + INDEX.len() < LIMIT, "{}", files + INDEX.len());
    }

    /// Besides what the browser tests see: no text is ever read as markup, and no other address named.
    #[test]
    fn the_scripts_make_no_markup_of_texts() {
        for (path, _, text) in FILES {
            for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("]
            {
                assert!(!text.contains(word), "{path} has {word}");
            }
            let addresses = text.replace("http://www.w3.org/2000/svg", "");
            assert!(!addresses.contains("https://"), "{path} names another address");
        }
    }

    #[test]
    fn a_document_is_for_who_asks_for_one() {
        for (accepted, is_asked) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("application/json, Text/HTML;q=0.9", true),
            ("*/*", false),
            ("application/json", false),
            ("text/htmlx", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT, accepted.parse().expect("a header"))]);
            assert_eq!(is_asked_for(&headers), is_asked, "{accepted}");
        }
        assert!(!is_asked_for(&HeaderMap::new()));
    }
}
