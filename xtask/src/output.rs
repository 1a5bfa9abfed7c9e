//! Standard output that may be closed at any time, such as by `head`, and its texts.

use std::io::{self, ErrorKind, Write};
use std::mem;

/// The width that texts are wrapped at.
pub(crate) const COLUMNS: usize = 100;

/// A writer that goes on in silence once nobody reads any more.
///
/// Rust ignores `SIGPIPE`, so a closed pipe is an error of `write`. It must not change a
/// command's exit code, which is its answer to `--check`.
pub(crate) struct ForgivingWriter<W> {
    inner: W,
}

impl<W: Write> ForgivingWriter<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner }
    }
}

impl<W: Write> Write for ForgivingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        forgive(self.inner.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        forgive(self.inner.flush(), ())
    }
}

fn forgive<T>(result: io::Result<T>, instead: T) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(instead),
        result => result,
    }
}

/// A number of things: "1 file", "2 files".
pub(crate) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// The words in lines, the first after `name`, the others below the first one's words.
pub(crate) fn wrapped(name: &str, words: &str) -> String {
    let indentation = " ".repeat(name.len());
    let mut words = words.split(' ');
    let mut lines = Vec::new();
    let mut line = format!("{name}{}", words.next().unwrap_or_default());
    for word in words {
        if width(&line) + 1 + width(word) > COLUMNS {
            lines.push(mem::replace(&mut line, format!("{indentation}{word}")));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.push(line);
    format!("{}\n", lines.join("\n"))
}

pub(crate) fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let mut writer = ForgivingWriter::new(Failing(ErrorKind::BrokenPipe));
        assert!(writer.write_all(b"text").is_ok());
        assert!(writer.flush().is_ok());
    }

    #[test]
    fn a_full_disk_is_one() {
        let mut writer = ForgivingWriter::new(Failing(ErrorKind::StorageFull));
        assert!(writer.write_all(b"text").is_err());
        assert!(writer.flush().is_err());
    }

    #[test]
    fn one_thing_has_no_plural() {
        assert_eq!([count(0, "file"), count(1, "file")], ["0 files", "1 file"]);
    }

    #[test]
    fn lines_after_the_first_stand_below_its_words() {
        let words = ["word"; 30].join(" ");
        let expected =
            format!("name  {}\n      {}\n", ["word"; 19].join(" "), ["word"; 11].join(" "));
        assert_eq!(wrapped("name  ", &words), expected);
    }
}
