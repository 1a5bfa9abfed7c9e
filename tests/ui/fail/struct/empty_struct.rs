use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "shop_opened")]
struct ShopOpened {} //~ T008

fn main() {}
