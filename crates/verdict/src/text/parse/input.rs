//! The text as the event parser reads it, but for one thing: a tab after a colon separates as well as a blank does.
//!
//! YAML 1.2 says so (section 6.2) and libyaml reads it; saphyr-parser 0.3.4 takes `key:<tab>word` for a mistake.

use saphyr_parser::Input;
use saphyr_parser::StrInput;
use saphyr_parser::input::SkipTabs;

/// The characters of a text.
pub(super) struct Characters<'t>(StrInput<'t>);

impl<'t> Characters<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self(StrInput::new(text))
    }
}

impl Input for Characters<'_> {
    /// Passes over blanks and tabs. The parser asks for what it passed over only to judge what separates.
    fn skip_ws_to_eol(&mut self, tabs: SkipTabs) -> (usize, Result<SkipTabs, &'static str>) {
        let (count, passed) = self.0.skip_ws_to_eol(tabs);
        let separated = passed.map(|passed| match passed {
            SkipTabs::Result(true, _) => SkipTabs::Result(true, true),
            other => other,
        });
        (count, separated)
    }

    fn lookahead(&mut self, count: usize) {
        self.0.lookahead(count);
    }

    fn buflen(&self) -> usize {
        self.0.buflen()
    }

    fn bufmaxlen(&self) -> usize {
        self.0.bufmaxlen()
    }

    fn raw_read_ch(&mut self) -> char {
        self.0.raw_read_ch()
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        self.0.raw_read_non_breakz_ch()
    }

    fn skip(&mut self) {
        self.0.skip();
    }

    fn skip_n(&mut self, count: usize) {
        self.0.skip_n(count);
    }

    fn peek(&self) -> char {
        self.0.peek()
    }

    fn peek_nth(&self, n: usize) -> char {
        self.0.peek_nth(n)
    }

    fn peek_opt(&self) -> Option<char> {
        self.0.peek_opt()
    }

    fn skip_while_non_breakz(&mut self) -> usize {
        self.0.skip_while_non_breakz()
    }

    fn next_is_document_indicator(&self) -> bool {
        self.0.next_is_document_indicator()
    }

    fn next_is_document_start(&self) -> bool {
        self.0.next_is_document_start()
    }

    fn next_is_document_end(&self) -> bool {
        self.0.next_is_document_end()
    }
}
