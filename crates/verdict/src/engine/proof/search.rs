//! Searching for sheets: those on which a rule fires and further tests hold.

use super::proofs::Proofs;
use crate::answers::Sheet;
use crate::engine::diagrams::builder::{NO, YES};
use crate::engine::diagrams::compile::Compiler;
use crate::engine::diagrams::paths::{self, Start};
use crate::engine::diagrams::together::Together;
use crate::engine::{Diagram, Move, Target, TooLarge};
use crate::ids::{RecommendationId, RuleId};
use crate::rubric::{Fact, FactTest, Value};

/// Some of the sheets of a rubric, at least one.
#[derive(Clone, Debug)]
pub struct Region(Diagram<bool>);

impl Proofs<'_> {
    /// The sheets on which a rule fires; `None` when there are none.
    pub(crate) fn fired_by(&self, rule: RuleId) -> Option<Region> {
        let rules = self.reasoning.rules();
        Region::of(rules.relabelled(|fired| fired == Some(rule)))
    }

    /// All sheets.
    pub fn all_sheets(&self) -> Option<Region> {
        Region::of(self.reasoning.rules().relabelled(|_| YES))
    }

    /// The sheets of a region on which a test holds too; `None` when there are none.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub(crate) fn where_holds(
        &self,
        region: &Region,
        when: &FactTest,
    ) -> Result<Option<Region>, TooLarge> {
        let mut compiler = Compiler::new(self.rubric, self.reasoning.order(), [], &self.budget)?;
        let test = compiler.facts(when)?;
        let together = Together::new(&region.0, &test, self.reasoning.order());
        let both = |one: Option<bool>, other: Option<bool>| match (one, other) {
            (Some(NO), _) | (_, Some(NO)) => Some(NO),
            (Some(_), Some(_)) => Some(YES),
            _ => None,
        };
        Ok(Region::of(together.combine(&both, &self.budget)?))
    }

    /// The sheets that get different recommendations with the one and with the other value of a fact; `None` when there
    /// are none.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn moved_between(
        &self,
        fact: &Fact,
        (one, other): (Value, Value),
    ) -> Result<Option<Region>, TooLarge> {
        let recommendations = self.reasoning.recommendations();
        let with = |value: Value| {
            let known = recommendations
                .levels()
                .map(|cells| (cells.fact.id == fact.id).then(|| cells.cell(value)));
            recommendations.given(&known)
        };
        let (one, other) = (with(one), with(other));
        let together = Together::new(&one, &other, self.reasoning.order());
        type Given = Option<RecommendationId>;
        let differ = |one: Option<Given>, other: Option<Given>| match (one, other) {
            // Where no rule holds nothing is moved.
            (Some(None), _) | (_, Some(None)) => Some(NO),
            (Some(one), Some(other)) => Some(one != other),
            _ => None,
        };
        Ok(Region::of(together.combine(&differ, &self.budget)?))
    }

    /// What changes from a sheet to the nearest one of a region.
    pub fn nearest(&self, region: &Region, from: &Sheet) -> Vec<Move> {
        let start = Start::sheet(region.0.levels(), from);
        #[expect(clippy::expect_used, reason = "a region has at least one sheet")]
        paths::nearest(&region.0, &start, |is_inside| is_inside).expect("a sheet of the region")
    }
}

impl Region {
    fn of(diagram: Diagram<bool>) -> Option<Self> {
        (diagram.root() != Target::leaf(NO)).then_some(Self(diagram))
    }
}
