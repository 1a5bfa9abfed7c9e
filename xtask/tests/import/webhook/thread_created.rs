//! The body of Wix's webhook “Thread Created”.
//!
//! Made by `cargo xtask import-webhook` of thread_created.md, which is what to edit.

// Its words and names are Wix's.
#![allow(clippy::pedantic, clippy::style)]

use serde::Deserialize;

/// Triggered when a thread of comments is opened.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Comment {
    /// Comment GUID.
    pub id: Option<String>,
    /// The comment that this one quotes.
    pub quoted: Option<Box<Comment>>,
    /// Answers to the comment.
    #[serde(deserialize_with = "items")]
    pub replies: Vec<Comment>,
    /// Who wrote it.
    pub author: Option<Author>,
    /// Whatever the site keeps, such as `[colour]`.
    pub attributes: Option<serde_json::Value>,
    /// Words:
    ///
    /// - first
    /// - second one on a line of its own
    #[serde(deserialize_with = "items")]
    pub tags: Vec<serde_json::Value>,
    /// Numbers.
    #[serde(deserialize_with = "items")]
    pub weights: Vec<f64>,
    /// Not told on this page.
    ///
    /// Any JSON: the page does not tell which `Source` this is.
    pub source: Option<serde_json::Value>,
}

/// Who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Author {
    /// `kind`, which the page does not describe.
    pub kind: Option<Kind>,
    /// Whether the app wrote it.
    pub self_: Option<bool>,
    /// The author's team.
    pub team: Option<Team>,
}

/// `Kind`, which the page does not describe.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Kind {
    /// A member of the site.
    Member,
    /// The app.
    #[serde(rename = "SELF")]
    Self2,
    /// Another app.
    #[serde(rename = "2ND_APP")]
    Value2NdApp,
    /// `UNLISTED`, which the page does not describe.
    Unlisted,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted2(String),
}

/// The author's team.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Team {
    /// Who leads the team.
    #[serde(deserialize_with = "items")]
    pub leads: Vec<Author>,
    /// Who made the team.
    pub founder: Option<Box<Author>>,
    /// `parent`, which the page does not describe.
    pub parent: Option<Box<Team>>,
    /// See \<b>scores\</b> at <https://example.com/scores>.
    #[serde(rename = "Score_2")]
    pub score_2: Option<f64>,
    /// A choice.
    pub option: Option<TeamOption>,
}

/// A choice.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct TeamOption {
    /// `label`, which the page does not describe.
    pub label: Option<String>,
}

/// The items of a list without those that are null; none if the list itself is.
fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    let items = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
    Ok(items.into_iter().flatten().flatten().collect())
}
