//! What the tax buys, what has to be run for it, and who says so.

use super::{Section, TaxDetail};
use crate::show::columns::{left, widest};
use crate::show::tax_words as words;
use verdict::tax::{Plane, Reference};

impl<'a, 'tax> Section<'a, 'tax> {
    pub(super) fn gifts(&mut self) {
        if self.estimate.gifts.is_empty() {
            return;
        }
        self.page
            .heading(&format!("What it buys. {}", words::gifts(self.estimate)));
        for gift in &self.estimate.gifts {
            let used = match (&gift.gift.used_when, gift.is_used) {
                (Some(when), Some(true)) => format!(": {when}"),
                (Some(when), _) => format!("; it would be where {when}"),
                (None, _) => String::new(),
            };
            let mark = match gift.is_used {
                Some(true) => "[x]",
                Some(false) => "[ ]",
                None => "[?]",
            };
            self.page.item(
                mark,
                &format!(
                    "{}, {}{used}",
                    gift.gift.title,
                    words::is_used(gift.is_used)
                ),
            );
        }
        let column = self.label_column();
        for shape in &self.estimate.shapes {
            self.page.labelled(
                &left(&self.label(shape), column),
                &words::gift_count(shape.gifts),
            );
        }
    }

    pub(super) fn parts(&mut self) {
        self.page.heading("To run and to upgrade");
        for line in words::parts(self.estimate) {
            self.page.item("-", &line);
        }
    }

    pub(super) fn studies(&mut self) {
        if self.estimate.tax.studies().is_empty() {
            return;
        }
        self.page.heading(words::STUDIES);
        for study in self.estimate.tax.studies() {
            let marks = words::marks(self.estimate, [&study.cited]);
            self.page.item("-", &format!("{} {marks}", study.text));
        }
    }

    /// All of them, or those behind what a decision turns on.
    fn shown_references(&self) -> Vec<&'a Reference<'tax>> {
        let parts = self.estimate.tax.parts();
        match self.layout.detail {
            TaxDetail::Everything => self.estimate.references.all().iter().collect(),
            TaxDetail::Decision => {
                let own = parts.iter().flat_map(|part| &part.reserved);
                let others = parts
                    .iter()
                    .flat_map(|part| &part.alternatives)
                    .map(|other| &other.reserved);
                let used = parts
                    .iter()
                    .filter(|part| part.plane == Plane::Control)
                    .flat_map(|part| &part.used);
                self.estimate
                    .references
                    .behind(own.chain(others).chain(used).map(|figure| &figure.cited))
            }
        }
    }

    pub(super) fn sources(&mut self) {
        self.page.heading("Sources of the figures");
        let references = self.shown_references();
        if references.iter().any(|reference| reference.is_old) {
            self.page.paragraph(&words::old_legend(self.estimate));
        }
        let marks: Vec<_> = references
            .iter()
            .map(|reference| words::reference_mark(reference))
            .collect();
        let column = widest(marks.iter().map(String::as_str));
        for (reference, mark) in references.iter().zip(&marks) {
            self.page.labelled(
                &format!("  {}", left(mark, column)),
                &words::reference_text(reference, false),
            );
        }
    }
}
