//! A message that names what it is about, put together in constant evaluation, which cannot format.

/// Text of up to 500 bytes. What is longer, a whole text as an example perhaps, is cut.
pub(super) struct Words {
    bytes: [u8; 500],
    length: usize,
}

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

    /// The texts, each in backticks, with commas between them.
    pub(super) const fn and_all(self, texts: &[&str]) -> Self {
        let mut this = self;
        let mut at = 0;
        while at < texts.len() {
            this = this.and(if at == 0 { "`" } else { ", `" }).and(texts[at]).and("`");
            at += 1;
        }
        this
    }

    pub(super) const fn as_str(&self) -> &str {
        let (bytes, _) = self.bytes.split_at(self.length);
        match std::str::from_utf8(bytes) {
            Ok(text) => text,
            // The cut went through a character.
            Err(error) => match std::str::from_utf8(bytes.split_at(error.valid_up_to()).0) {
                Ok(text) => text,
                Err(_) => "",
            },
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
    }

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        let words = Words::new("a").and(&"ä".repeat(300)).and("b");
        assert_eq!(words.as_str(), format!("a{}", "ä".repeat(249)));
    }
}
