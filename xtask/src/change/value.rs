//! Values of JSON, whose order of keys and way to write a number mean nothing.

use std::collections::BTreeMap;

use serde_json::Value;

/// A text that is the same for the same value.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: BTreeMap<_, _> =
                members.iter().map(|(key, value)| (key, canonical(value))).collect();
            let members: Vec<_> =
                members.iter().map(|(key, value)| format!("{key:?}:{value}")).collect();
            format!("{{{}}}", members.join(","))
        }
        // Another program may write `1` as `1.0`.
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (None, Some(float)) => float.to_string(),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// Values in an order that does not depend on theirs.
pub(super) fn canonical_set(values: &[Value]) -> Vec<String> {
    let mut values: Vec<_> = values.iter().map(canonical).collect();
    values.sort_unstable();
    values
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let [one, float] = ["1", "1.0"].map(|text| serde_json::from_str(text).expect("a number"));
        assert_eq!(canonical(&one), canonical(&float));
        assert_ne!(canonical(&json!(1)), canonical(&json!("1")));
        assert_ne!(canonical(&json!(1.5)), canonical(&json!(1)));
    }

    #[test]
    fn the_order_of_keys_means_nothing_and_that_of_items_much() {
        let [one, other] = [r#"{"a":1,"b":[2]}"#, r#"{"b":[2],"a":1}"#]
            .map(|text| serde_json::from_str(text).expect("an object"));
        assert_eq!(canonical(&one), canonical(&other));
        assert_ne!(canonical(&json!([1, 2])), canonical(&json!([2, 1])));
    }
}
