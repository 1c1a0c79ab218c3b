//! The outcome of `inspect`, for people and for programs.

mod html;
pub mod json;
mod markdown;
mod page;
mod section;
mod text;

use crate::finding::{Family, Report};
use crate::inspect::Inspection;
use crate::show::findings::Results;
use crate::show::findings::text::Look;

impl Results for Inspection {
    fn report(&self) -> &Report {
        &self.report
    }

    fn text(&self, look: Look) -> String {
        text::render(self, look.width)
    }

    fn json(&self) -> String {
        json::render(self)
    }

    fn markdown(&self, _: &Family) -> String {
        markdown::render(self)
    }

    fn html(&self, _: &Family) -> String {
        html::render(self)
    }
}
