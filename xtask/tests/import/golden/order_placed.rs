use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use trigger_core::types::{ImageUrl, Money};
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "order_placed",
    // entity_id = order_id, // if events are canceled by it
)]
pub struct OrderPlaced {
    #[trigger(examples = [1001, 1002], default = 1000)]
    pub order_number: i64,
    #[trigger(example = "delivery")]
    pub r#type: Type,
    #[trigger(example = "2026-03-02")]
    pub placed_on: Option<Date>,
    #[trigger(title = "Is a gift", default = false, hidden)]
    pub is_gift: Option<bool>,
    #[trigger(title = "Weight in kg", example = 0.5)]
    pub weight: Option<f64>,
    #[trigger(format = "number", example = "13.5")]
    pub tax: Option<String>,
    /// What the shop is called where the order was placed, as its customers read it above the list
    /// of what they bought
    #[serde(rename = "shop_name")]
    #[trigger(example = "Ada's \"Engines\"")]
    pub shop_name: Option<String>,
    pub total: Money,
    #[trigger(example = "https://example.com/logo.png")]
    pub logo: Option<ImageUrl>,
    #[trigger(custom_type = "ORDER_ID")]
    pub order_id: Uuid,
    pub lines: Vec<Line>,
    #[trigger(examples = [{"city": "Galway", "since": "2025-06-01T00:00:00Z"}, {"city": "Cork"}])]
    pub shipping_address: Option<ShippingAddress>,
    pub billing_address: Option<ShippingAddress>,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    PickUp,
    Delivery,
}

#[derive(Serialize, Property)]
pub struct Line {
    #[trigger(title = "SKU", example = "A-1")]
    pub sku: String,
    #[trigger(example = 2)]
    pub quantity: i64,
    #[trigger(description = "What the `customer` wrote.", example = "Red, please")]
    pub note: Option<String>,
}

#[derive(Serialize, Property)]
pub struct ShippingAddress {
    #[trigger(example = "Galway")]
    pub city: Option<String>,
    #[trigger(example = "2025-06-01T00:00:00Z")]
    pub since: Option<Timestamp>,
}
