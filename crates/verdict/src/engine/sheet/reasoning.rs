//! A rubric compiled for exact answers: the one place from which all of them are read.

use super::changes::{self, Change};
use super::unknowns::{self, Deciding};
use super::what_if::{self, WhatIf};
use crate::answers::Sheet;
use crate::engine::diagrams::budget::Budget;
use crate::engine::diagrams::compile::Compiler;
use crate::engine::diagrams::forest;
use crate::engine::diagrams::order::{Order, Readings};
use crate::engine::diagrams::spans::Span;
use crate::engine::{Diagram, Folded, Target, TooLarge};
use crate::ids::{ConditionId, RecommendationId, RuleId, Set, Table};
use crate::rubric::Rubric;

/// The first tries are small: an order that serves well is found before one that does not has cost much.
const FIRST_TRY: usize = 50_000;

/// How sure a recommendation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// An unknown answer can still change it.
    Provisional,
    /// Changing one fact changes it.
    Close,
    /// It takes two changed facts or more to change it.
    Firm,
}

impl Strength {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Close => "close",
            Self::Firm => "firm",
        }
    }
}

/// A rubric compiled into decision diagrams.
#[derive(Clone, Debug)]
pub struct Reasoning {
    /// From sheets to rules; `None` where no rule holds.
    pub(in crate::engine) rules: Diagram<Option<RuleId>>,
    /// From sheets to recommendations.
    pub(in crate::engine) recommendations: Diagram<Option<RecommendationId>>,
    /// The recommendations below each target.
    pub(in crate::engine) below: Folded<Set<RecommendationId>>,
    /// From sheets to whether each condition holds.
    pub(in crate::engine) conditions: Table<ConditionId, Diagram<bool>>,
    /// How many recommendations there are.
    pub(in crate::engine) count: usize,
    pub(in crate::engine) order: Order,
}

impl Reasoning {
    /// Compiles a rubric.
    ///
    /// # Errors
    /// The diagram would need more than [`crate::engine::MOST_NODES`] nodes or [`crate::engine::MOST_STEPS`] steps.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// # use verdict::answers::Answers;
    /// # let answers = |text: &str| Answers::parse(&Source::new("answers.yaml", text), &rubric).unwrap();
    /// use verdict::engine::{Reasoning, Strength};
    ///
    /// let reasoning = Reasoning::new(&rubric).unwrap();
    /// let known = answers("answers: {kilometres: 30}").sheet();
    /// let assumed = known.assuming(&rubric);
    /// // Nothing that is open can change it, and no single change can: both facts would have to.
    /// assert_eq!(reasoning.strength(&known, &assumed), Strength::Firm);
    /// ```
    pub fn new(rubric: &Rubric) -> Result<Self, TooLarge> {
        Self::within(rubric, &Budget::default())
    }

    /// Compiles a rubric at no more than this cost.
    ///
    /// # Errors
    /// It would cost more.
    pub fn within(rubric: &Rubric, budget: &Budget) -> Result<Self, TooLarge> {
        Self::over(&Readings::of(rubric, &[]), rubric, budget)
    }

    /// The same, over an order that serves these readings of it.
    pub(in crate::engine) fn over(
        readings: &Readings<'_>,
        rubric: &Rubric,
        budget: &Budget,
    ) -> Result<Self, TooLarge> {
        try_orders(readings, budget, |order, budget| {
            Self::compile(rubric, order, budget)
        })
    }

    pub(in crate::engine) fn compile(
        rubric: &Rubric,
        order: &Order,
        budget: &Budget,
    ) -> Result<Self, TooLarge> {
        let mut compiler = Compiler::new(
            rubric,
            order,
            rubric.verdict.iter().map(|rule| &rule.when),
            budget,
        )?;
        let rules = rubric
            .verdict
            .entries()
            .map(|(id, rule)| (&rule.when, Some(id)));
        let rules = compiler.decide(rules, None)?;
        let conditions = rubric
            .conditions
            .map(|condition| compiler.named(condition.named));
        let count = rubric.recommendations.len();
        let recommend = |fired: Option<RuleId>| fired.map(|rule| rubric.verdict[rule].recommend);
        let recommendations = rules.relabelled(recommend);
        let below = unknowns::recommendations_below(&recommendations);
        Ok(Self {
            rules,
            recommendations,
            below,
            conditions,
            count,
            order: order.clone(),
        })
    }

    /// The diagram from sheets to rules.
    pub fn rules(&self) -> &Diagram<Option<RuleId>> {
        &self.rules
    }

    /// The diagram from sheets to recommendations.
    pub fn recommendations(&self) -> &Diagram<Option<RecommendationId>> {
        &self.recommendations
    }

    /// The diagrams from sheets to whether each condition holds, in the order of the rubric.
    pub fn conditions(&self) -> &Table<ConditionId, Diagram<bool>> {
        &self.conditions
    }

    /// What the diagrams ask for, in this order.
    pub(in crate::engine) fn order(&self) -> &Order {
        &self.order
    }

    /// The recommendations that some way of filling in the unknown facts of `sheet` gives.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// # use verdict::answers::Answers;
    /// # let answers = |text: &str| Answers::parse(&Source::new("answers.yaml", text), &rubric).unwrap();
    /// # use verdict::engine::Reasoning;
    /// # let reasoning = Reasoning::new(&rubric).unwrap();
    /// let possible = |text: &str| reasoning.possible(&answers(text).sheet()).count();
    /// assert_eq!(possible("answers: {kilometres: 5}"), 2);
    /// assert_eq!(possible("answers: {kilometres: 50}"), 1);
    /// ```
    pub fn possible(&self, sheet: &Sheet) -> Set<RecommendationId> {
        unknowns::possible(
            &self.recommendations,
            &self.below,
            &self.recommendations.known(sheet),
        )
    }

    /// How the ways of filling in the unknown facts divide among the recommendations. Shares of 1, of all values: every
    /// option, answer and set of flags, and of a count every range that tests tell apart; weighted where the rubric says
    /// how likely they are. So they do not depend on how its rules are written.
    pub fn shares(&self, sheet: &Sheet) -> Table<RecommendationId, f64> {
        let recommendations = (0..self.count).map(RecommendationId::new);
        unknowns::shares(
            &self.recommendations,
            recommendations,
            &self.recommendations.known(sheet),
        )
    }

    /// The unknown facts that can still move the recommendation, most informative first.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// # use verdict::answers::Answers;
    /// # let answers = |text: &str| Answers::parse(&Source::new("answers.yaml", text), &rubric).unwrap();
    /// # use verdict::engine::Reasoning;
    /// # let reasoning = Reasoning::new(&rubric).unwrap();
    /// let sheet = answers("answers: {}").sheet();
    /// let order: Vec<_> = reasoning.deciding(&sheet).iter().map(|one| one.fact.id.to_string()).collect();
    /// assert_eq!(order.len(), 2);
    /// // Once it is too far, nothing is left to ask.
    /// assert!(reasoning.deciding(&answers("answers: {kilometres: 50}").sheet()).is_empty());
    /// ```
    pub fn deciding(&self, sheet: &Sheet) -> Vec<Deciding> {
        unknowns::deciding(&self.recommendations, &self.recommendations.known(sheet))
    }

    /// Whether a condition holds; `None` when unknown facts decide it.
    pub fn condition(&self, condition: ConditionId, sheet: &Sheet) -> Option<bool> {
        let diagram = &self.conditions[condition];
        let graph = diagram.graph();
        forest::settled(&graph.nodes, graph.root, &diagram.known(sheet))
    }

    /// For each other recommendation that can be reached, what would have to change on a sheet without unknowns.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// # use verdict::answers::Answers;
    /// # let answers = |text: &str| Answers::parse(&Source::new("answers.yaml", text), &rubric).unwrap();
    /// # use verdict::engine::Reasoning;
    /// # let reasoning = Reasoning::new(&rubric).unwrap();
    /// let sheet = answers("answers: {kilometres: 30, bicycle_path: true}").sheet();
    /// let changes = reasoning.changes(&sheet);
    /// let nearest = &changes[0].options[0][0];
    /// assert_eq!(nearest.fact.id, "kilometres");
    /// // As far as it has to move, and no farther.
    /// assert_eq!(nearest.fact.say(nearest.value), "20");
    /// ```
    pub fn changes(&self, sheet: &Sheet) -> Vec<Change> {
        let recommendations = (0..self.count).map(RecommendationId::new);
        changes::changes(&self.recommendations, sheet, recommendations)
    }

    /// What each single change of a sheet without unknowns would give, for every fact that a rule can read, in the order
    /// of the rubric.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// # use verdict::answers::Answers;
    /// # let answers = |text: &str| Answers::parse(&Source::new("answers.yaml", text), &rubric).unwrap();
    /// # use verdict::engine::Reasoning;
    /// # let reasoning = Reasoning::new(&rubric).unwrap();
    /// let sheet = answers("answers: {kilometres: 30, bicycle_path: true}").sheet();
    /// let lines = reasoning.what_if(&sheet);
    /// assert_eq!(lines[0].fact.id, "kilometres");
    /// assert!(lines[0].cells.iter().any(|cell| cell.is_current));
    /// ```
    pub fn what_if(&self, sheet: &Sheet) -> Vec<WhatIf> {
        what_if::what_if(&self.recommendations, sheet)
    }

    /// How sure the recommendation for `known` is; `assumed` is the same sheet with its assumptions.
    pub fn strength(&self, known: &Sheet, assumed: &Sheet) -> Strength {
        self.strength_of(self.possible(known), assumed)
    }

    /// The same, when it is already known which recommendations are `possible`.
    pub fn strength_of(&self, possible: Set<RecommendationId>, assumed: &Sheet) -> Strength {
        if possible.count() > 1 {
            Strength::Provisional
        } else if self.is_close(assumed) {
            Strength::Close
        } else {
            Strength::Firm
        }
    }

    /// Whether changing one fact changes the recommendation of a sheet without unknowns. Only facts that the sheet's
    /// own path asks for can do that.
    pub(crate) fn is_close(&self, sheet: &Sheet) -> bool {
        let diagram = &self.recommendations;
        let cells = diagram.cells(sheet);
        let here = diagram.walk(diagram.root(), &cells);
        let mut target = diagram.root();
        while let Some(level) = diagram.level(target) {
            let span = Span::around(diagram.levels(), level);
            let mut stay = target;
            while let Some(level) = diagram.level(stay).filter(|own| span.contains(*own)) {
                stay = diagram.child(stay, level, cells[level]);
            }
            let is_other = |end: Target| end != stay && diagram.walk(end, &cells) != here;
            if span.has_end(diagram, target, is_other) {
                return true;
            }
            target = stay;
        }
        false
    }
}

/// Tries the orders with a small limit first, then with ever larger ones up to that of the budget.
pub(in crate::engine) fn try_orders<T>(
    readings: &Readings<'_>,
    budget: &Budget,
    compile: impl Fn(&Order, &Budget) -> Result<T, TooLarge>,
) -> Result<T, TooLarge> {
    readings.check()?;
    let most_nodes = budget.most_nodes();
    let mut limit = FIRST_TRY.min(most_nodes);
    loop {
        let mut failure = None;
        for order in readings.orders(budget.most_classes()) {
            match compile(&order, &budget.with_nodes(limit)) {
                Ok(result) => return Ok(result),
                Err(error) => failure = Some(error),
            }
        }
        match failure {
            Some(TooLarge::Nodes { .. }) if limit < most_nodes => {
                limit = limit.saturating_mul(16).min(most_nodes)
            }
            Some(error) => return Err(error),
            None => return Err(TooLarge::Nodes { most: most_nodes }),
        }
    }
}
