//! A message that names what it is about, put together in constant evaluation, which cannot format.

/// Text of up to 500 bytes.
pub(super) struct Words {
    bytes: [u8; 500],
    length: usize,
}

/// How much of an example a message shows, in bytes.
const SHOWN: usize = 100;

impl Words {
    pub(super) const fn new(start: &str) -> Self {
        Self { bytes: [0; 500], length: 0 }.and(start)
    }

    pub(super) const fn and(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() && self.length < self.bytes.len() {
            self.bytes[self.length] = text[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    /// What somebody wrote, in backticks; the start of it, if it is long.
    pub(super) const fn and_quoted(self, text: &str) -> Self {
        let mut end = SHOWN;
        while end < text.len() && !text.is_char_boundary(end) {
            end -= 1;
        }
        match text.len() {
            0..=SHOWN => self.and("`").and(text).and("`"),
            _ => self.and("`").and(text.split_at(end).0).and("…`"),
        }
    }

    /// The texts in backticks, with commas between them; the first few, if they are many.
    pub(super) const fn and_all(self, texts: &[&str]) -> Self {
        let mut this = self;
        let mut at = 0;
        while at < texts.len() {
            let room = this.bytes.len() - this.length;
            if room < SHOWN + 10 {
                return this.and(", …");
            }
            this = this.and(if at == 0 { "" } else { ", " }).and_quoted(texts[at]);
            at += 1;
        }
        this
    }

    pub(super) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            // Whole characters were put together.
            Err(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn texts_are_joined() {
        let words = Words::new("one of ").and_all(&["a", "b", "c"]).and("; ä");
        assert_eq!(words.as_str(), "one of `a`, `b`, `c`; ä");
        assert_eq!(Words::new("").and_all(&[]).as_str(), "");
        assert_eq!(Words::new("no ").and_quoted("ä").as_str(), "no `ä`");
    }

    #[test]
    fn what_is_long_is_cut_between_characters() {
        let long = "a".to_owned() + &"ä".repeat(300);
        let words = Words::new("").and_quoted(&long).and(" is no value");
        assert_eq!(words.as_str(), format!("`a{}…` is no value", "ä".repeat(49)));
        let words = Words::new("").and_all(&[long.as_str(); 9]).and("; write one");
        assert!(words.as_str().ends_with("…`, …; write one"), "{}", words.as_str());
    }
}
