//! The way to a value through keys and positions: `verdict[3].when.score`.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// One step down into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a mapping, by key.
    Key(SmolStr),
    /// Into a list, by position from 0.
    Index(usize),
}

/// Which part of a mapping's entry is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The key itself.
    Key,
    /// The value under the key, or a list's item.
    #[default]
    Value,
}

/// The steps from the top of a document to one value. All that stands in a rubric has a route, and all that is read from
/// files of data may need one: so it is small, cheap to copy, and where nobody will ask, no steps are kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Option<Arc<[Step]>>);

impl Route {
    /// The document itself.
    pub fn top() -> Self {
        Self(Some(Arc::default()))
    }

    /// A route that stays empty however far it is followed: for what comes from no file.
    pub fn nowhere() -> Self {
        Self(None)
    }

    /// This route and one key more.
    pub fn key(&self, key: impl AsRef<str>) -> Self {
        self.then(|| Step::Key(SmolStr::new(key)))
    }

    /// This route and one list position more.
    pub fn index(&self, index: usize) -> Self {
        self.then(|| Step::Index(index))
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> &[Step] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The route without its last step; `None` at the top.
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.steps().split_last()?;
        Some(Self(Some(rest.into())))
    }

    /// Puts a step in front: how a route grows while an error travels outward.
    pub(super) fn prepend(&mut self, step: Step) {
        self.0 = Some(
            [step]
                .into_iter()
                .chain(self.steps().iter().cloned())
                .collect(),
        );
    }

    fn then(&self, step: impl FnOnce() -> Step) -> Self {
        let longer = |steps: &Arc<[Step]>| steps.iter().cloned().chain([step()]).collect();
        Self(self.0.as_ref().map(longer))
    }
}

impl Default for Route {
    fn default() -> Self {
        Self::top()
    }
}

/// Places belong to a file: what is kept in another form has none.
impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for Route {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self::nowhere())
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps().iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => write!(formatter, "{key}")?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_reads_like_a_path_through_the_file() {
        let route = Route::top()
            .key("verdict")
            .index(3)
            .key("when")
            .key("score");
        assert_eq!(route.to_string(), "verdict[3].when.score");
        assert_eq!(Route::top().to_string(), "");
    }
}
