//! The body of Wix's webhook “Basket Updated”.
//!
//! Made by `cargo xtask import-webhook` of basket_updated.md, which is what to edit.

// Its words and names are Wix's.
#![allow(clippy::pedantic, clippy::style)]

use serde::Deserialize;

/// Triggered when a basket changes.
///
/// It is also triggered when it is paid.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct BasketUpdated {
    /// What is in the basket.
    #[serde(deserialize_with = "items")]
    pub lines: Vec<Line>,
    /// How far it is.
    pub status: Option<BasketUpdatedStatus>,
    /// Which of the two this is, nothing tells.
    ///
    /// Any JSON: the page does not tell which `Status` this is.
    #[serde(deserialize_with = "items")]
    pub states: Vec<serde_json::Value>,
}

/// What is in the basket.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Line {
    /// How many.
    pub quantity: Option<i64>,
    /// A product of the shop.
    ///
    /// At most one of `product` and `giftCard` is present.
    pub product: Option<Product>,
    /// A gift card.
    ///
    /// At most one of `product` and `giftCard` is present.
    pub gift_card: Option<GiftCard>,
    /// A note of the customer.
    pub note: Option<String>,
}

/// A product of the shop.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Product {
    /// Whether it can be bought.
    pub status: Option<ProductStatus>,
}

/// Whether it can be bought.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductStatus {
    /// `IN_STOCK`, which the page does not describe.
    InStock,
    /// `SOLD_OUT`, which the page does not describe.
    SoldOut,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// A gift card.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct GiftCard {
    /// The amount.
    pub value: Option<String>,
    /// Where it is sent by email.
    ///
    /// At most one of `email` and `street` is present.
    pub email: Option<String>,
    /// Where it is sent by post.
    ///
    /// At most one of `email` and `street` is present.
    pub street: Option<String>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum BasketUpdatedStatus {
    /// It can be changed.
    Open,
    /// It is paid.
    ///
    /// - by card
    /// - or in cash
    Paid,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
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
