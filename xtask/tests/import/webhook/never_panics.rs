//! No page makes the import panic or hang: bytes, pages with lines changed, and lists of anything.
//!
//! A test run takes the same thousand cases. `NEVER_PANICS_SECONDS=600 cargo test -p trigger-xtask
//! --test import pages_never_panic -- --nocapture` goes on with fresh seeds. A failure names its
//! seed; `NEVER_PANICS_SEED=…` does that case again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fastrand::Rng;
use trigger_xtask::ImportError;
use trigger_xtask::import::{Input, webhook_to_rust};

use super::GOLDEN;

/// How long a case may take.
const CASE_LIMIT: Duration = Duration::from_secs(30);

#[test]
fn pages_never_panic() {
    let number = |name: &str| std::env::var(name).ok().map(|it| it.parse().expect("a number"));
    if let Some(seed) = number("NEVER_PANICS_SEED") {
        return println!("{:?}", case(&mut Rng::with_seed(seed)));
    }
    let limit = Duration::from_secs(number("NEVER_PANICS_SECONDS").unwrap_or_default());
    let (start, mut met, mut done) = (Instant::now(), BTreeMap::<_, usize>::new(), 0);
    while done < 1_000 || start.elapsed() < limit {
        let seed = if limit.is_zero() { done } else { fastrand::u64(..) };
        let again = Again(seed);
        let before = Instant::now();
        *met.entry(case(&mut Rng::with_seed(seed))).or_default() += 1;
        assert!(before.elapsed() < CASE_LIMIT, "too long");
        drop(again);
        done += 1;
    }
    println!("{done} cases in {:?}: {met:#?}", start.elapsed());
    for end in ["types", "refused", "no UTF-8"] {
        assert!(met.contains_key(end), "`{end}` was never met: {met:#?}");
    }
}

/// Says how to do a case again that panics.
struct Again(u64);

impl Drop for Again {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("NEVER_PANICS_SEED={}", self.0);
        }
    }
}

fn case(rng: &mut Rng) -> &'static str {
    let bytes = match rng.u8(..8) {
        0 => (0..rng.usize(..300)).map(|_| rng.u8(..)).collect(),
        1..=3 => changed(rng),
        _ => fields(rng).into_bytes(),
    };
    match webhook_to_rust(&Input { name: "page.md", bytes: &bytes }) {
        Ok(source) => {
            assert!(source.lines().all(|line| !line.contains(char::is_control)), "{source}");
            assert!(source.lines().all(|line| line.trim_end() == line), "{source}");
            "types"
        }
        Err(ImportError::Page { line, .. }) => {
            let text = String::from_utf8_lossy(&bytes);
            assert!(line > 0 && line <= text.lines().count().max(1), "line {line} of\n{text}");
            "refused"
        }
        Err(ImportError::NotUtf8 { .. }) => "no UTF-8",
        Err(error) => panic!("{error}"),
    }
}

/// A page with some lines or letters changed.
fn changed(rng: &mut Rng) -> Vec<u8> {
    const PARTS: [&str; 12] = [
        "```",
        "- ",
        "| type:",
        " ",
        "\t",
        "\r",
        "`",
        "[",
        "](https://a.b)",
        "\u{202e}",
        "é",
        "\\",
    ];
    let page = GOLDEN[rng.usize(..GOLDEN.len())].1;
    let mut lines: Vec<_> = page.lines().map(str::to_owned).collect();
    for _ in 0..rng.usize(1..4) {
        let at = rng.usize(..lines.len());
        let line = &mut lines[at];
        let middle = rng.usize(..=line.len());
        match rng.u8(..4) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, page.lines().nth(at).unwrap_or_default().to_owned()),
            2 if line.is_char_boundary(middle) => {
                line.insert_str(middle, PARTS[rng.usize(..PARTS.len())]);
            }
            _ => line.insert(0, ' '),
        }
    }
    lines.join("\n").into_bytes()
}

/// A page with any fields, most of them where they could be.
fn fields(rng: &mut Rng) -> String {
    const NAMES: [&str; 10] =
        ["a", "b", "type", "self", "id2", "URL", "éa", "Self", "x-y", "string"];
    const TYPES: [&str; 12] = [
        "string",
        "integer",
        "object",
        "array",
        "A",
        "B",
        "Option",
        "String",
        "array<A>",
        "array<Self>",
        "array<string>",
        "number (double)",
    ];
    const WORDS: [&str; 6] = ["none", "a - b", "``", "[a]", "see: - One. - Two", "https://a.b."];
    let pick = |rng: &mut Rng, from: &[&'static str]| from[rng.usize(..from.len())];
    let mut page = "Webhook: A b\nEvent body:\n- name: actionEvent | type: object\n".to_owned();
    page += " - name: body | type: A\n";
    let mut depth = 2;
    for at in 0..rng.usize(..40) {
        let blanks = " ".repeat(depth);
        let (name, ty, words) = (pick(rng, &NAMES), pick(rng, &TYPES), pick(rng, &WORDS));
        let line = format!("{blanks}- name: {name}{at} | type: {ty} | description: {words}\n");
        page += &line;
        let is_open = ty.starts_with("array") && !ty.contains("string") || ty.len() < 3;
        match rng.u8(..6) {
            0 if is_open => page.extend([&blanks, "     - enum: C, ", name, "\n"]),
            1..=3 if is_open => depth += 1,
            _ => depth = rng.usize(2..=depth),
        }
    }
    page
}
