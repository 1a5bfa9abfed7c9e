//! A list of bytes as a list of choices, so that a shorter list with smaller bytes is a simpler
//! item: proptest shrinks it by itself, whatever the grammar.

use std::slice::Iter;

pub(super) struct Choices<'c> {
    bytes: Iter<'c, u8>,
    /// Of how many places one is made wrong; none at zero.
    wrong: usize,
}

impl<'c> Choices<'c> {
    pub(super) fn new(bytes: &'c [u8]) -> Self {
        let mut this = Self { bytes: bytes.iter(), wrong: 0 };
        this.wrong = this.pick(&[0, 0, 60, 60, 20, 5]);
        this
    }

    /// A number below `count`; zero, the simplest, where the bytes are at their end.
    pub(super) fn below(&mut self, count: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or_default()) % count
    }

    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// True once in `count` times.
    pub(super) fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    /// Whether this place is to be wrong.
    pub(super) fn wrong(&mut self) -> bool {
        self.wrong > 0 && self.once_in(self.wrong)
    }

    /// One of `right`, and seldom one of `wrong`.
    pub(super) fn word(&mut self, right: &[&'static str], wrong: &[&'static str]) -> String {
        let list = if self.wrong() { wrong } else { right };
        self.pick(list).to_owned()
    }

    /// Up to `most` of what `each` makes.
    pub(super) fn list(
        &mut self,
        most: usize,
        mut each: impl FnMut(&mut Self) -> String,
    ) -> Vec<String> {
        (0..self.below(most + 1)).map(|_| each(self)).collect()
    }
}
