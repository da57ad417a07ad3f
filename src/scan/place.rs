//! Lines and columns of offsets, which are asked for in order.

/// Counts lines, each byte once.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// Lines before what is counted now.
    lines: usize,
    /// Bytes of the current line before what is counted now.
    ahead: usize,
    counted: usize,
}

impl Places {
    pub(super) fn new() -> Self {
        Places { lines: 0, ahead: 0, counted: 0 }
    }

    /// Line and column of `at` in `text`, both from 1. An earlier place than the last one is told as the last.
    pub(super) fn of(&mut self, text: &[u8], at: usize) -> (usize, usize) {
        self.count(&text[self.counted.min(at)..at]);
        self.counted = at;
        (self.lines + 1, self.ahead + 1)
    }

    /// Goes on to a text that begins `length` bytes behind the beginning of this one.
    pub(super) fn advance(&mut self, text: &[u8], length: usize) {
        self.of(text, length);
        self.counted = 0;
    }

    /// Goes on likewise where no line ends in the `length` bytes.
    pub(super) fn skip(&mut self, length: usize) {
        self.ahead += length.saturating_sub(self.counted);
        self.counted = 0;
    }

    fn count(&mut self, between: &[u8]) {
        self.lines += memchr::memchr_iter(b'\n', between).count();
        self.ahead = match memchr::memrchr(b'\n', between) {
            Some(end) => between.len() - end - 1,
            None => self.ahead + between.len(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_also_across_parts() {
        let mut places = Places::new();
        assert_eq!(places.of(b"ab\ncd", 4), (2, 2));
        places.advance(b"ab\ncd", 5);
        assert_eq!(places.of(b"ef\n\ng", 1), (2, 4));
        assert_eq!(places.of(b"ef\n\ng", 4), (4, 1));
        places.skip(5);
        assert_eq!(places.of(b"h", 0), (4, 2));
    }
}
