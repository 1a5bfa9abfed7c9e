//! The matrix: every edit that can be made to a trigger, with the one rule that it falls under.

use serde_json::{Map, Value, json};

/// An edit, and what it must be told as.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) rule: &'static str,
    pub(super) pointer: String,
    /// The property that it is made to, as a pointer; empty for the trigger itself.
    subject: String,
    /// What of the subject it is about; `*` is all of it.
    aspect: &'static str,
    /// How it is made.
    patch: Patch,
}

/// A step of an edit: what stands at a pointer into the record becomes this, or goes.
type Patch = Vec<(String, Option<Value>)>;

impl Cell {
    /// Makes the edit.
    pub(super) fn apply(&self, trigger: &mut Value) {
        for (pointer, value) in &self.patch {
            apply(trigger, pointer, value.clone());
        }
    }

    /// Whether it writes a list of required properties where there is none.
    pub(super) fn writes_required(&self) -> bool {
        self.patch.iter().any(|(pointer, _)| pointer.ends_with("/required"))
    }

    /// Whether both edits can be made, each as if it were alone.
    pub(super) fn is_independent_of(&self, other: &Self) -> bool {
        let is_inside = |one: &str, other: &str| {
            one == other || one.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
        };
        if self.aspect == "trigger" || other.aspect == "trigger" {
            return false;
        }
        if self.subject == other.subject {
            return self.aspect != other.aspect && self.aspect != "*" && other.aspect != "*";
        }
        // What is of the trigger is in the way of nothing.
        if self.subject == "/" || other.subject == "/" {
            return true;
        }
        // The whole of a property is in the way of what is inside it, and of nothing else.
        let covers =
            |one: &Self, other: &Self| one.aspect == "*" && is_inside(&other.subject, &one.subject);
        !covers(self, other) && !covers(other, self)
    }
}

fn apply(trigger: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = match (parent, trigger) {
        ("", trigger) if name.is_empty() => {
            *trigger = value.expect("a whole trigger");
            return;
        }
        (parent, trigger) => trigger.pointer_mut(parent).expect("a parent"),
    };
    // A list of names is a set, and edits of it must not undo each other.
    if let Some(list) = parent.as_array_mut() {
        match value {
            Some(value) => list.push(value),
            None => list.retain(|item| item.as_str() != Some(name) && item["const"] != *name),
        }
        return;
    }
    let members = parent.as_object_mut().expect("an object");
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.remove(name)),
    }
}

/// The edits that can be made to a trigger.
pub(super) fn cells(trigger: &Value) -> Vec<Cell> {
    let mut cells = Cells { found: of_trigger(trigger) };
    let schema = &trigger["schema"];
    cells.object(schema, "", "T110", "T111", "T114", "T115");
    cells.dates(schema);
    for (keyword, value) in [("title", "Another"), ("description", "Another")] {
        cells.push("T107", "", keyword, vec![(keyword, Some(json!(value)))]);
    }
    cells.push("T107", "", "default", vec![("default", Some(json!({ "another": 1 })))]);
    cells.push("T107", "", "examples", vec![("examples", Some(json!([{ "another": 1 }])))]);
    cells.found
}

fn of_trigger(trigger: &Value) -> Vec<Cell> {
    let cell = |rule, aspect, pointer: &str, value| Cell {
        rule,
        pointer: String::new(),
        subject: "/".to_owned(),
        aspect,
        patch: vec![(pointer.to_owned(), value)],
    };
    let mut renamed = trigger.clone();
    renamed["key"] = json!("class_is_full");
    vec![
        cell("T100", "trigger", "/", Some(renamed)),
        cell("T101", "trigger", "/", Some(Value::Null)),
        cell("T102", "name", "/name", Some(json!("Class booked up"))),
        cell("T103", "text", "/description", Some(json!("No seat is left."))),
        cell("T103", "text", "/description", None),
        cell("T108", "id", "/entityId", Some(json!("bravo"))),
        cell("T108", "id", "/entityId", Some(Value::Null)),
    ]
}

struct Cells {
    found: Vec<Cell>,
}

impl Cells {
    /// An edit of keywords of what stands at `subject`, told at the first of them.
    fn push(
        &mut self,
        rule: &'static str,
        subject: &str,
        aspect: &'static str,
        changes: Vec<(&str, Option<Value>)>,
    ) {
        let pointer = format!("{subject}/{}", changes[0].0);
        self.push_at(rule, &pointer, subject, aspect, changes);
    }

    fn push_at(
        &mut self,
        rule: &'static str,
        pointer: &str,
        subject: &str,
        aspect: &'static str,
        changes: Vec<(&str, Option<Value>)>,
    ) {
        let patch = changes
            .into_iter()
            .map(|(path, value)| (format!("/schema{subject}/{path}"), value))
            .collect();
        let (pointer, subject) = (pointer.to_owned(), subject.to_owned());
        self.found.push(Cell { rule, pointer, subject, aspect, patch });
    }

    /// The edits of what an object at `place` holds.
    fn object(
        &mut self,
        object: &Value,
        place: &str,
        removed: &'static str,
        renamed: &'static str,
        retyped: &'static str,
        reformatted: &'static str,
    ) {
        self.additions(object, place);
        let members = object["properties"].as_object().expect("properties");
        for (name, member) in members {
            let at = format!("{place}/properties/{name}");
            if members.len() > 1 && !is_dated(member) {
                self.removal(object, place, name, removed);
            }
            self.rename(object, place, name, renamed);
            if !is_dated(member) {
                self.required(object, place, name);
                self.retype(member, &at, retyped);
            }
            self.texts(member, &at);
            self.format(member, &at, reformatted);
            self.values(member, &at);
            self.choice(member, &at);
            self.push("T134", &at, "minLength", vec![("minLength", Some(json!(1)))]);
            if place.is_empty() {
                self.examples(member, &at);
                self.identity(member, &at);
            }
            self.shape(member, &at);
            if member["properties"].is_object() {
                self.object(member, &at, "T140", "T141", "T142", "T143");
            }
            if member["items"].is_object() {
                let items = format!("{at}/items");
                self.push("T123", &items, "title", vec![("title", Some(json!("New")))]);
                self.object(&member["items"], &items, "T140", "T141", "T142", "T143");
            }
        }
    }

    fn additions(&mut self, object: &Value, place: &str) {
        let property = json!({ "type": "string", "title": "New", "examples": ["new"] });
        for (rule, name, is_required) in [("T112", "xray", false), ("T113", "zulu", true)] {
            let at = format!("{place}/properties/{name}");
            let path = format!("properties/{name}");
            let mut changes = vec![(path.as_str(), Some(property.clone()))];
            if is_required {
                changes.push(added_to_required(object, name));
            }
            self.push_at(rule, &at, place, name, changes);
        }
    }

    fn removal(&mut self, object: &Value, place: &str, name: &str, rule: &'static str) {
        let (path, required) = (format!("properties/{name}"), format!("required/{name}"));
        let mut changes = vec![(path.as_str(), None)];
        if is_required(object, name) {
            changes.push((required.as_str(), None));
        }
        self.of_member(rule, place, name, name, changes);
    }

    fn rename(&mut self, object: &Value, place: &str, name: &str, rule: &'static str) {
        let new = format!("{name}_2");
        let (old, new_path) = (format!("properties/{name}"), format!("properties/{new}"));
        let required = format!("required/{name}");
        let member = object["properties"][name].clone();
        let mut changes = vec![(old.as_str(), None), (new_path.as_str(), Some(member))];
        if is_required(object, name) {
            changes.push((required.as_str(), None));
            changes.push(("required/-", Some(json!(new))));
        }
        self.of_member(rule, place, name, &new, changes);
    }

    fn required(&mut self, object: &Value, place: &str, name: &str) {
        let required = format!("required/{name}");
        let (rule, change) = if is_required(object, name) {
            ("T117", (required.as_str(), None))
        } else {
            ("T116", added_to_required(object, name))
        };
        let at = format!("{place}/properties/{name}");
        self.of_member(rule, place, name, name, vec![change]);
        self.found.last_mut().expect("the cell").aspect = "required";
        assert_eq!(self.found.last().expect("the cell").subject, at);
    }

    /// An edit of the object at `place` that is about one member of it, all of it.
    fn of_member(
        &mut self,
        rule: &'static str,
        place: &str,
        name: &str,
        told: &str,
        changes: Vec<(&str, Option<Value>)>,
    ) {
        let pointer = format!("{place}/properties/{told}");
        self.push_at(rule, &pointer, place, "*", changes);
        self.found.last_mut().expect("the cell").subject = format!("{place}/properties/{name}");
    }

    fn retype(&mut self, member: &Value, at: &str, rule: &'static str) {
        let new = if member["type"] == "boolean" { "integer" } else { "boolean" };
        let mut changes = vec![("type", Some(json!(new)))];
        // Whose id it is, is an edit of its own.
        let kept = ["type", "title", "description", "hidden", "identityType", "namespace"];
        let members = member.as_object().expect("an object");
        let gone = members.keys().filter(|keyword| !kept.contains(&keyword.as_str()));
        changes.extend(gone.map(|keyword| (keyword.as_str(), None)));
        self.push(rule, at, "*", changes);
    }

    fn texts(&mut self, member: &Value, at: &str) {
        self.push("T123", at, "title", vec![("title", Some(json!("New")))]);
        self.push("T124", at, "description", vec![("description", Some(json!("New.")))]);
        if member["description"].is_string() {
            self.push("T124", at, "description", vec![("description", None)]);
        }
        let is_hidden = member["hidden"] == true;
        self.push("T128", at, "hidden", vec![("hidden", Some(json!(!is_hidden)))]);
    }

    fn format(&mut self, member: &Value, at: &str, rule: &'static str) {
        if member["type"] != "string" {
            return;
        }
        let other = if member["format"] == "hostname" { "regex" } else { "hostname" };
        self.push(rule, at, "format", vec![("format", Some(json!(other)))]);
        if member["format"].is_string() {
            self.push(rule, at, "format", vec![("format", None)]);
        }
    }

    fn examples(&mut self, member: &Value, at: &str) {
        let mut examples = member["examples"].clone();
        examples.as_array_mut().expect("examples").push(json!("another"));
        self.push("T125", at, "examples", vec![("examples", Some(examples))]);
    }

    fn values(&mut self, member: &Value, at: &str) {
        let new = Some(json!("another"));
        if member.get("default").is_none() {
            self.push("T127", at, "default", vec![("default", new)]);
        } else {
            self.push("T126", at, "default", vec![("default", new)]);
            self.push("T126", at, "default", vec![("default", None)]);
        }
    }

    fn choice(&mut self, member: &Value, at: &str) {
        if let Some(values) = member["enum"].as_array() {
            let first = format!("enum/{}", values[0].as_str().expect("a text"));
            let mut more = values.clone();
            more.push(json!("NEW"));
            self.push_at("T118", &format!("{at}/enum"), at, "choice", vec![(&first, None)]);
            self.push("T119", at, "choice", vec![("enum", Some(json!(more)))]);
            self.push("T121", at, "choice", vec![("enum", None)]);
        } else if let Some(values) = member["oneOf"].as_array() {
            let place = format!("{at}/oneOf");
            let mut titled = values.clone();
            titled[0]["title"] = json!("New");
            let mut more = values.clone();
            more.push(json!({ "const": "NEW" }));
            let first = format!("oneOf/{}", values[0]["const"].as_str().expect("a text"));
            self.push_at("T118", &place, at, "choice", vec![(&first, None)]);
            self.push("T119", at, "choice", vec![("oneOf", Some(json!(more)))]);
            self.push("T121", at, "choice", vec![("oneOf", None)]);
            self.push("T122", at, "choice", vec![("oneOf", Some(json!(titled)))]);
        } else {
            self.push("T120", at, "choice", vec![("enum", Some(json!(["NEW"])))]);
        }
    }

    fn identity(&mut self, member: &Value, at: &str) {
        if member["identityType"].is_string() {
            let other = if member["identityType"] == "user" { "member" } else { "user" };
            let new = Some(json!(other));
            self.push("T130", at, "identity", vec![("identityType", new), ("namespace", None)]);
            self.push("T130", at, "identity", vec![("identityType", None), ("namespace", None)]);
            let new = Some(json!("another"));
            self.push("T132", at, "identity", vec![("namespace", new)]);
        } else if member["format"] == "uuid" {
            self.push("T131", at, "identity", vec![("identityType", Some(json!("user")))]);
        }
    }

    fn shape(&mut self, member: &Value, at: &str) {
        if member["wixCustomType"].is_string() {
            self.push("T133", at, "shape", vec![("wixCustomType", None)]);
        }
        let new = Some(json!("ANOTHER"));
        self.push("T133", at, "shape", vec![("wixCustomType", new)]);
    }

    /// When events happen: between real-time and scheduled, and from one date to another.
    fn dates(&mut self, schema: &Value) {
        let properties = schema["properties"].as_object().expect("properties");
        let moments = properties.iter().filter(|(_, property)| property["format"] == "date-time");
        let (chosen, free): (Map<_, _>, Map<_, _>) = moments
            .map(|(name, property)| (name.clone(), property.clone()))
            .partition(|(_, property)| is_dated(property));
        let mark = |name: &str| format!("properties/{name}/futureDate");
        let chosen = chosen.keys().next();
        let free = free.keys().next();
        let yes = || Some(json!(true));
        let changes = match (chosen, free) {
            (None, Some(free)) => vec![("T104", free, vec![(mark(free), yes())])],
            (Some(chosen), None) => vec![("T105", chosen, vec![(mark(chosen), None)])],
            (Some(chosen), Some(free)) => vec![
                ("T105", chosen, vec![(mark(chosen), None)]),
                ("T106", free, vec![(mark(chosen), None), (mark(free), yes())]),
            ],
            (None, None) => Vec::new(),
        };
        for (rule, name, changes) in changes {
            let pointer = format!("/properties/{name}/futureDate");
            let changes = changes.iter().map(|(path, value)| (path.as_str(), value.clone()));
            self.push_at(rule, &pointer, "", "*", changes.collect());
        }
    }
}

fn added_to_required(object: &Value, name: &str) -> (&'static str, Option<Value>) {
    if object["required"].is_array() {
        ("required/-", Some(json!(name)))
    } else {
        ("required", Some(json!([name])))
    }
}

fn is_required(object: &Value, name: &str) -> bool {
    object["required"].as_array().into_iter().flatten().any(|required| required == name)
}

fn is_dated(property: &Value) -> bool {
    property["futureDate"] == true
}
