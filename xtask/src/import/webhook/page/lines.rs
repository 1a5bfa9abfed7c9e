//! The lines of a schema, from `Webhook:` to the end of its code block.

use super::At;
use crate::import::webhook::PageProblem;

/// What starts and ends a block of code.
const FENCE: &str = "```";

/// A line that is not blank.
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: usize,
    pub(super) indentation: &'a str,
    /// Without blanks around it.
    pub(super) text: &'a str,
}

pub(super) struct Lines<'a> {
    rest: std::iter::Enumerate<std::str::Lines<'a>>,
    /// The line of `Event body:`.
    pub(super) body: usize,
    /// The line of the fence, once it was met.
    end: Option<usize>,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.end.is_some() {
            return None;
        }
        let line = self.any()?;
        if line.text.starts_with(FENCE) {
            self.end = Some(line.number);
            return None;
        }
        Some(line)
    }
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.lines().enumerate(), body: 0, end: None }
    }

    /// The next line that is not blank.
    fn any(&mut self) -> Option<Line<'a>> {
        self.rest.find_map(|(at, line)| {
            let text = line.trim();
            let start = line.len() - line.trim_start().len();
            let indentation = &line[..start];
            (!text.is_empty()).then_some(Line { number: at + 1, indentation, text })
        })
    }

    /// The title and the words before the fields.
    pub(super) fn head(&mut self) -> At<(String, Vec<String>)> {
        let mut title = None;
        while let Some(line) = self.any() {
            if let Some(rest) = line.text.strip_prefix("Webhook:") {
                title = Some((line.number, rest.trim().to_owned()));
                break;
            }
        }
        let Some((number, title)) = title else { return Err((1, PageProblem::NoWebhook)) };
        let mut words = Vec::new();
        while let Some(line) = self.next() {
            if line.text == "Event body:" {
                self.body = line.number;
                return Ok((title, words));
            }
            let text = line.text.strip_prefix("Description:").unwrap_or(line.text).trim();
            words.extend((!text.is_empty()).then(|| text.to_owned()));
        }
        Err((number, PageProblem::NoEventBody))
    }

    /// Sees to it that no field was cut off, by a fence inside a description: the next thing on a
    /// page is a heading.
    pub(super) fn is_the_end(&mut self) -> At<()> {
        let Some(end) = self.end else { return Ok(()) };
        while let Some(line) = self.any() {
            if line.text.starts_with('#') {
                break;
            }
            if line.text.starts_with("- name:") {
                return Err((line.number, PageProblem::Outside { end }));
            }
        }
        Ok(())
    }
}
