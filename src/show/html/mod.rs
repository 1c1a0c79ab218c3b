//! The dressing for HTML: one file that asks for nothing from anywhere, whole without style and without script.
//!
//! Style and script are improvements, and many places that show reports block both: everything is said in headings,
//! tables and lists first. Bars and pictures are drawn with presentation attributes, which no content policy blocks, and
//! the words beside them say the same. The policy in the file allows its own style and script by their digests, and
//! nothing else: what a rubric or an answers file says can never become either.

mod blocks;
mod draw;
mod form;
mod live;
mod shell;

pub use blocks::dress;
pub(super) use blocks::picture;
pub(super) use draw::share;
pub use form::form;
pub use live::model;
pub use shell::{Page, page};

/// What stands at the foot of a file without a rubric.
pub(super) fn footer() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "<p class=\"soft\">Made by mesh-advisor {version}. This file asks for nothing from anywhere.</p>\n"
    )
}

/// Text between tags, or the value of an attribute.
fn text(text: &str) -> String {
    super::escape::xml(text)
}
