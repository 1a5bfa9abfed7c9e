//! docs/dependencies.md says what an app compiles; cargo says whether that is so.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::process::Command;

const PAGE: &str = include_str!("../../docs/dependencies.md");

/// The crates that depend on a crate, by its name.
type Crates = BTreeMap<String, BTreeSet<String>>;

/// What an app compiles.
#[derive(Default)]
struct Tree {
    linked: Crates,
    /// Macros, and what is linked into nothing else.
    in_the_compiler: Crates,
}

impl Tree {
    /// The tree of an app that depends on `trigger-core` with these features.
    fn with_features(features: &str) -> Self {
        let mut tree = Self::default();
        // The crates from the app down to the line above, and whether each runs in the compiler.
        let mut path = vec![("the app".to_owned(), false)];
        for line in cargo_tree(features).lines() {
            let (depth, name, is_macro) = parse(line);
            path.truncate(depth + 1);
            let (parent, inside_macro) = path[depth].clone();
            let in_the_compiler = inside_macro || is_macro;
            let crates = if in_the_compiler { &mut tree.in_the_compiler } else { &mut tree.linked };
            crates.entry(name.clone()).or_default().insert(parent);
            path.push((name, in_the_compiler));
        }
        // What a macro shares with the app is linked.
        for (name, parents) in &mut tree.linked {
            parents.extend(tree.in_the_compiler.remove(name).unwrap_or_default());
        }
        tree
    }

    fn names(&self) -> BTreeSet<&str> {
        self.linked.keys().chain(self.in_the_compiler.keys()).map(String::as_str).collect()
    }
}

/// A line such as `2linkme-impl v0.3.37 (proc-macro)`: its depth, the name, whether it is a macro.
fn parse(line: &str) -> (usize, String, bool) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (depth, package) = line.split_at(digits);
    let name = package.split(' ').next().unwrap_or(package).to_owned();
    (depth.parse().expect("a line begins with its depth"), name, line.contains("(proc-macro)"))
}

fn cargo_tree(features: &str) -> String {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "depth", "--no-dedupe"])
        .args(["--package", "trigger-core", "--no-default-features", "--features", features])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_page_lists_what_an_app_compiles() {
    let tree = Tree::with_features("");
    let (linked, in_the_compiler) = (tree.linked, tree.in_the_compiler);
    let numbers = format!(
        "{} crates, of which {} are linked into the app and {} run in the compiler only",
        linked.len() + in_the_compiler.len(),
        linked.len(),
        in_the_compiler.len(),
    );
    assert_eq!(crates_of("Linked into the app"), linked);
    assert_eq!(crates_of("Run in the compiler only"), in_the_compiler);
    assert!(PAGE.split_whitespace().collect::<Vec<_>>().join(" ").contains(&numbers), "{numbers}");
}

#[test]
fn the_page_says_why() {
    for title in ["Linked into the app", "Run in the compiler only"] {
        for row in rows(title) {
            assert!(row.len() == 3 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        }
    }
}

#[test]
fn the_page_says_what_a_feature_adds() {
    let without = Tree::with_features("");
    for row in rows("What a feature adds") {
        let feature = row[0].trim_matches('`');
        let with = Tree::with_features(feature);
        let added: BTreeSet<_> = with.names().difference(&without.names()).copied().collect();
        assert_eq!(names(row[1]).collect::<BTreeSet<_>>(), added, "{feature}");
    }
}

#[test]
fn every_feature_has_a_row() {
    let manifest = include_str!("../../trigger-core/Cargo.toml");
    let (_, features) = manifest.split_once("\n[features]\n").expect("features");
    let (features, _) = features.split_once("\n[").expect("another section");
    let features = features.lines().filter_map(|line| line.split_once(" = ["));
    let features: BTreeSet<_> = features.map(|(name, _)| format!("`{name}`")).collect();
    let rows: BTreeSet<_> =
        rows("What a feature adds").into_iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(rows, features);
}

#[test]
fn an_app_never_compiles_what_the_page_says() {
    let section = section("What such an app never compiles");
    let (never, _) = section.split_once(':').expect("the section begins with a list");
    let tree = Tree::with_features("");
    for name in names(never) {
        assert!(!tree.names().contains(name), "{name}");
    }
}

#[test]
fn the_page_says_what_the_emulator_asks_for() {
    let manifest = include_str!("../../trigger-emulator/Cargo.toml");
    let (_, asked) = manifest.split_once("\n[dependencies]\n").expect("dependencies");
    let (asked, _) = asked.split_once("\n[").expect("another section");
    let asked = asked.lines().filter_map(|line| line.split([' ', '.']).next());
    let asked: BTreeSet<_> = asked.filter(|name| !name.is_empty()).collect();
    let rows = rows("What the emulator asks for by itself");
    assert!(rows.iter().all(|row| row.len() == 2 && !row[1].is_empty()), "{rows:?}");
    let told: BTreeSet<_> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
    assert_eq!(told, asked);
}

/// The crates of a table, with who asks for each.
fn crates_of(title: &str) -> Crates {
    let parents =
        |cell: &str| cell.split(", ").map(|name| name.trim_matches('`').to_owned()).collect();
    rows(title).iter().map(|row| (row[0].trim_matches('`').to_owned(), parents(row[1]))).collect()
}

/// The cells of a section's table, without its head.
fn rows(title: &str) -> Vec<Vec<&'static str>> {
    let lines = section(title).lines().filter(|line| line.starts_with("| "));
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect();
    lines.skip(2).map(cells).collect()
}

/// What stands in backticks.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn section(title: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("\n## {title}\n")).expect("the page has the section");
    rest.split("\n## ").next().unwrap_or(rest)
}
