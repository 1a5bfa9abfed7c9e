use std::fmt;

/// What is wrong with a configuration: each mistake, in the order of lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(mistakes))]
pub struct ConfigError {
    mistakes: Vec<Mistake>,
}

/// Something wrong in a configuration. It quotes no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What is wrong, the rule, and the mend.
    pub words: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, words } = self;
        write!(formatter, "line {line}, column {column}: {words}")
    }
}

fn lines(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(Mistake::to_string).collect::<Vec<_>>().join("\n")
}

impl ConfigError {
    /// Each mistake, in the order of lines.
    #[must_use]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// What is wrong at these places of the text.
    pub(super) fn new(text: &str, mut mistakes: Vec<(usize, String)>) -> Self {
        mistakes.sort();
        let mut place = Place { text, at: 0, line: 1, column: 1 };
        let mistakes = mistakes.into_iter().map(|(at, words)| {
            place.go(at);
            Mistake { line: place.line, column: place.column, words }
        });
        Self { mistakes: mistakes.collect() }
    }

    /// The text is no TOML. The parser's own display would show the line.
    pub(super) fn syntax(text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(text.len(), |span| span.start);
        let mend = repeated(text, at).map(|name| {
            format!(
                "; a table that may stand more than once has two brackets: write `[[{name}]]` for \
                 each"
            )
        });
        let words = format!("this is no TOML: {}{}", error.message(), mend.unwrap_or_default());
        Self::new(text, vec![(at, words)])
    }
}

/// The table that one bracket heads there, of those that may stand more than once.
fn repeated(text: &str, at: usize) -> Option<&'static str> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let name = text[start..].trim_start().strip_prefix('[')?;
    let (name, _) = name.split_once(']')?;
    ["app", "app.instance", "automation"].into_iter().find(|it| *it == name.trim())
}

/// A place in the text, which goes forward only: there may be as many mistakes as lines.
struct Place<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    column: usize,
}

impl Place<'_> {
    fn go(&mut self, to: usize) {
        let to = self.text.floor_char_boundary(to);
        for character in self.text.get(self.at..to).unwrap_or_default().chars() {
            self.column += 1;
            if character == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            }
        }
        self.at = to;
    }
}
