//! What the lists of a rubric file mean for whoever compares or loads them: knowledge of the format, in one table.

use crate::text::Route;

/// A list in a rubric file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What reasons cite.
    Sources,
    /// The possible recommendations.
    Recommendations,
    /// The checklist.
    Questions,
    /// Questions asked only while they can matter.
    FollowUps,
    /// What a question asks for.
    Facts,
    /// What a fact can be.
    Options,
    /// What answers are worth.
    Signals,
    /// The boxes to tick.
    Conditions,
    /// Named tests.
    Definitions,
    /// The rules.
    Verdict,
    /// What must be true first.
    Prerequisites,
    /// What to mind.
    Cautions,
    /// Statements about all sheets.
    Guarantees,
    /// Example sheets.
    Cases,
    /// What starters ask for.
    Parameters,
    /// Next steps.
    Plan,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Sources,
        Self::Recommendations,
        Self::Questions,
        Self::FollowUps,
        Self::Facts,
        Self::Options,
        Self::Signals,
        Self::Conditions,
        Self::Definitions,
        Self::Verdict,
        Self::Prerequisites,
        Self::Cautions,
        Self::Guarantees,
        Self::Cases,
        Self::Parameters,
        Self::Plan,
    ];

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Recommendations => "recommendations",
            Self::Questions => "questions",
            Self::FollowUps => "follow_ups",
            Self::Facts => "facts",
            Self::Options => "options",
            Self::Signals => "signals",
            Self::Conditions => "conditions",
            Self::Definitions => "definitions",
            Self::Verdict => "verdict",
            Self::Prerequisites => "prerequisites",
            Self::Cautions => "cautions",
            Self::Guarantees => "guarantees",
            Self::Cases => "cases",
            Self::Parameters => "parameters",
            Self::Plan => "plan",
        }
    }

    /// The list under this key.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.key() == key)
    }

    /// Where it stands, when it stands at the top of the file.
    pub fn route(self) -> Route {
        Route::top().key(self.key())
    }

    /// Whether the order of its items decides something: which rule fires, what is more, what comes first.
    pub(crate) fn has_order(self) -> bool {
        matches!(self, Self::Recommendations | Self::Options | Self::Verdict)
    }

    /// Whether somebody outside the rubric refers to its items by id, so that one that goes is missed.
    pub(crate) fn is_public(self) -> bool {
        !matches!(self, Self::Signals | Self::Definitions | Self::Cases)
    }

    /// Whether an item that is left out can move the recommendation.
    pub(crate) fn moves_the_recommendation(self) -> bool {
        match self {
            Self::Questions
            | Self::FollowUps
            | Self::Facts
            | Self::Options
            | Self::Signals
            | Self::Conditions
            | Self::Definitions
            | Self::Recommendations
            | Self::Verdict => true,
            Self::Sources
            | Self::Prerequisites
            | Self::Cautions
            | Self::Guarantees
            | Self::Cases
            | Self::Parameters
            | Self::Plan => false,
        }
    }
}

/// Keys whose values are only said: they decide nothing. What stands under `sources`, `parameters` and `tax` is only
/// said, too.
pub(crate) const SAID: [&str; 20] = [
    "title", "summary", "ask", "why", "help", "reason", "assumed", "headline", "because", "text",
    "detail", "replaces", "starter", "default", "source", "where", "as_of", "vendor", "moved",
    "before",
];

/// Keys whose values decide something.
#[cfg(test)]
const DECIDING: [&str; 33] = [
    "schema",
    "id",
    "version",
    "kind",
    "assume",
    "min",
    "max",
    "unit",
    "digits",
    "when",
    "points",
    "recommend",
    "always",
    "never",
    "monotone",
    "direction",
    "answers",
    "rule",
    "answers_expire_after_days",
    "tax",
    // Which question to ask first, and how open answers divide.
    "likely",
    "from",
    "is",
    "has",
    "weight",
    "of",
    // The verdict as a mapping or a table.
    "complete",
    "unique",
    "rules",
    "columns",
    "rows",
    // The grammar of tests.
    "all",
    "any",
];

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::rubric::RubricFile;

    /// Every key of the file format, but for those of the tax.
    fn keys(schema: &Value) -> Vec<String> {
        let of = |schema: &Value| -> Vec<String> {
            let properties = schema.get("properties").and_then(Value::as_object);
            properties
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone())
                .collect()
        };
        let types = schema
            .get("$defs")
            .and_then(Value::as_object)
            .expect("types");
        let of_tax: Vec<&str> = vec![
            "TaxFile",
            "ShapeFile",
            "QuantityFile",
            "PricesFile",
            "PartFile",
            "FigureFile",
            "AlternativeFile",
            "LatencyFile",
            "BreakEvenFile",
            "EaterFile",
            "GiftFile",
            "StudyFile",
            "Test",
            "AtLeast",
        ];
        let others = types
            .iter()
            .filter(|(name, _)| !of_tax.contains(&name.as_str()));
        of(schema)
            .into_iter()
            .chain(others.flat_map(|(_, schema)| of(schema)))
            .collect()
    }

    #[test]
    fn every_key_of_the_format_is_a_list_or_said_or_decides() {
        let schema = schemars::schema_for!(RubricFile).to_value();
        let keys = keys(&schema);
        assert!(keys.len() > 60, "{keys:?}");
        for key in keys {
            let is_list = Section::of_key(&key).is_some();
            let is_said = SAID.contains(&key.as_str());
            let decides = DECIDING.contains(&key.as_str());
            assert_eq!(
                usize::from(is_list) + usize::from(is_said) + usize::from(decides),
                1,
                "what is `{key}`?"
            );
        }
    }
}
