//! What to do next.

use trigger_dialect::{Order, Rule};

use super::Report;
use crate::change::Edit;
use crate::check::verdict::Verdict;
use crate::mark_published::PUBLISHED;

impl Report {
    /// What to do next, if anything.
    pub(super) fn advice(&self) -> Option<String> {
        if self.number_of(Verdict::Deny) > 0 {
            return Some("`cargo xtask rules T…` explains a rule".to_owned());
        }
        // The edits of a key come one after the other.
        let mut edits: Vec<_> = self.findings.iter().map(|finding| &finding.edit).collect();
        edits.dedup_by_key(|edit| &edit.key);
        let twice = edits.iter().filter_map(|edit| self.order_of(&edit.key));
        let lines: Vec<_> = twice.chain(records(&edits)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// How a trigger's edits go live, if no one order is right for all of them.
    fn order_of(&self, key: &str) -> Option<String> {
        let dashboard = self.rules(key, Order::DashboardFirst)?;
        let binary = self.rules(key, Order::BinaryFirst)?;
        Some(format!(
            "{key}: some edits want the dashboard first ({dashboard}) and some the binary \
             ({binary}); let them go live one after the other"
        ))
    }

    /// The rules of a trigger's edits that want this order, if any.
    fn rules(&self, key: &str, order: Order) -> Option<String> {
        let of_key = self.findings.iter().filter(|finding| finding.edit.key == key);
        let wanting = of_key.filter(|finding| finding.change.order == order);
        let mut ids: Vec<_> = wanting.map(|finding| finding.edit.rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        (!ids.is_empty()).then(|| ids.join(", "))
    }
}

/// What becomes of the records once the edits are live, of each trigger of which one is given.
fn records(edits: &[&Edit]) -> Vec<String> {
    let (gone, linked): (Vec<&Edit>, Vec<_>) =
        edits.iter().partition(|edit| edit.rule.id == Rule::TRIGGER_REMOVED.id);
    let (same, renamed): (Vec<_>, Vec<_>) =
        linked.into_iter().partition(|edit| edit.key == edit.published_key);
    let keys: Vec<_> = same.iter().map(|edit| edit.key.as_str()).collect();
    let marked = (!keys.is_empty()).then(|| {
        format!("once the dashboard has the edits: cargo xtask mark-published {}", keys.join(" "))
    });
    // While the old record is there, the new one is refused.
    let renamed = renamed.into_iter().map(|Edit { key, published_key, .. }| {
        let remove = removal(published_key);
        format!("once the dashboard has {key}: {remove}, then cargo xtask mark-published {key}")
    });
    let gone = gone.into_iter().map(|Edit { key, .. }| {
        let remove = removal(key);
        format!("once nothing reports {key} any more: {remove}")
    });
    marked.into_iter().chain(renamed).chain(gone).collect()
}

fn removal(key: &str) -> String {
    format!("remove {PUBLISHED}/{key}.json")
}
