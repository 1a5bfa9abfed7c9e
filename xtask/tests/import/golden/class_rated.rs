use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_rated",
    payload(
        title = "A rating",
        description = "What a participant says of a class.",
        default = {},
        example = {"stars": 5, "level": "A1", "rooms": []}
    )
)]
pub struct ClassRated {
    #[trigger(
        values = [{"const": 1, "title": "Bad"}, {"const": 3}, {"const": 5, "title": "Good", "description": "As good as it gets"}],
        example = 5
    )]
    pub stars: i64,
    pub level: Level,
    #[trigger(
        format = "uri",
        values = ["https://example.com/yoga", "https://example.com/pottery"],
        example = "https://example.com/pottery",
        hidden
    )]
    pub page: Option<String>,
    #[trigger(values = [0.5, 1, 2], default = 1)]
    pub size: Option<f64>,
    #[trigger(values = [{"const": "yes"}, {"const": "no"}])]
    pub plain: Option<String>,
    #[trigger(
        title = "Whether somebody who was there before would come again, and bring a friend"
    )]
    pub again: Option<bool>,
    #[trigger(items(
        title = "Room",
        description = "Where a class takes place, in the house or outside of it"
    ))]
    pub rooms: Vec<Room>,
}

#[derive(Serialize, Property)]
pub enum Level {
    #[trigger(title = "Beginner")]
    A1,
    #[trigger(title = "Advanced", description = "With a diploma")]
    B2,
    #[serde(rename = "other")]
    #[trigger(title = "Whether somebody who was there before would come again, and bring a friend")]
    Other,
}

#[derive(Serialize, Property)]
pub struct Room {
    #[trigger(values = [0, 1])]
    pub floor: i64,
}
