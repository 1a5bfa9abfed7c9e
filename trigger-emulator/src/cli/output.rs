//! The lines that the program tells.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// What is held for a reader that does not read, in bytes: what happens in a year of the clock.
const LIMIT: usize = 16 << 20;

/// How long the end of the program waits for a reader.
const PATIENCE: Duration = Duration::from_secs(1);

/// Lines on their way to a reader, for whom nobody waits: each is written at once if it is read, and
/// left out if too much waits already.
#[derive(Clone)]
pub(super) struct Output(Arc<Lines>);

struct Lines {
    waiting: Mutex<Waiting>,
    changed: Condvar,
    limit: usize,
}

#[derive(Default)]
struct Waiting {
    lines: Vec<String>,
    /// Of these, and of those that are being written.
    bytes: usize,
    left_out: usize,
}

impl Output {
    pub(super) fn stdout() -> Self {
        Self::to(io::stdout(), LIMIT)
    }

    fn to(writer: impl Write + Send + 'static, limit: usize) -> Self {
        let lines = Lines { waiting: Mutex::default(), changed: Condvar::new(), limit };
        let output = Self(Arc::new(lines));
        let lines = Arc::clone(&output.0);
        thread::spawn(move || lines.write_to(writer));
        output
    }

    /// Tells one line, whatever it has in it: names and paths are others' words.
    pub(super) fn tell(&self, words: &str) {
        let line = one_line(words);
        let mut waiting = self.0.lock();
        if waiting.bytes + line.len() > self.0.limit {
            waiting.left_out += 1;
            return;
        }
        waiting.bytes += line.len();
        waiting.lines.push(line);
        self.0.changed.notify_all();
    }

    /// Waits until all is written, or nobody seems to read it.
    pub(super) fn finish(&self) {
        let waiting = self.0.lock();
        // What is not read by then is left.
        let _ = self.0.changed.wait_timeout_while(waiting, PATIENCE, |it| !it.is_done());
    }
}

impl Waiting {
    fn is_done(&self) -> bool {
        self.bytes == 0 && self.left_out == 0
    }
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_to(&self, mut writer: impl Write) {
        loop {
            let waiting = self.changed.wait_while(self.lock(), |it| it.is_done());
            let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
            let mut lines = std::mem::take(&mut waiting.lines);
            let (bytes, left_out) = (waiting.bytes, waiting.left_out);
            drop(waiting);
            if left_out > 0 {
                lines.push(format!("(lines left out here, as nobody read them: {left_out})"));
            }
            for line in lines {
                // Whoever no longer reads is no reason to stop serving.
                let _ = writeln!(writer, "{line}").and_then(|()| writer.flush());
            }
            let mut waiting = self.lock();
            waiting.bytes -= bytes;
            waiting.left_out -= left_out;
            drop(waiting);
            self.changed.notify_all();
        }
    }
}

/// Words without line breaks, and without what a terminal would obey.
fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for character in words.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A reader that reads when it is let.
    struct Reader {
        may_read: mpsc::Receiver<()>,
        read: Arc<Mutex<String>>,
    }

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.may_read.recv();
            self.read.lock().expect("no panic").push_str(std::str::from_utf8(bytes).expect("text"));
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn reader(limit: usize) -> (Output, mpsc::Sender<()>, Arc<Mutex<String>>) {
        let (let_read, may_read) = mpsc::channel();
        let read = Arc::new(Mutex::new(String::new()));
        let output = Output::to(Reader { may_read, read: Arc::clone(&read) }, limit);
        (output, let_read, read)
    }

    #[test]
    fn what_nobody_reads_is_left_out_and_counted() {
        let (output, let_read, read) = reader(10);
        for line in ["first", "other", "third", "fourth"] {
            output.tell(line);
        }
        drop(let_read);
        output.finish();
        let expected = "first\nother\n(lines left out here, as nobody read them: 2)\n";
        assert_eq!(*read.lock().expect("no panic"), expected);
        output.tell("again");
        output.finish();
        assert_eq!(*read.lock().expect("no panic"), format!("{expected}again\n"));
    }

    #[test]
    fn the_end_waits_for_no_reader_for_long() {
        let (output, let_read, read) = reader(10);
        output.tell("line");
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || {
            output.finish();
            sender.send(()).expect("somebody waits");
        });
        ended.recv_timeout(30 * PATIENCE).expect("an end in time");
        assert_eq!(*read.lock().expect("no panic"), "");
        drop(let_read);
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(one_line("Größe „7“\t\r\n\u{1b}[31m"), r"Größe „7“\t\r\n\u{1b}[31m");
    }
}
