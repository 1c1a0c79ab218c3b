//! What is certain of what an advice says, and what is said on an assumption only.
//!
//! An advice evaluates a sheet whose unknown facts have their assumed values. What it then says is certain when it holds
//! on every completion of the sheet: a signal when its test does; a remark or a step, which is said for a recommendation,
//! when its test holds on every completion that gives this recommendation; a rule when its test holds on every
//! completion and none gives another recommendation. The diagrams ask also for facts that only remarks and steps read,
//! so they have an order and cells of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::reasoning::try_orders;
use super::unknowns;
use crate::answers::Sheet;
use crate::engine::diagrams::budget::Budget;
use crate::engine::diagrams::builder::{NO, YES};
use crate::engine::diagrams::compile::Compiler;
use crate::engine::diagrams::diagram::Known;
use crate::engine::diagrams::forest::Forest;
use crate::engine::diagrams::order::{Order, Readings};
use crate::engine::{Diagram, Folded, Target, TooLarge};
use crate::ids::{
    CautionId, CellId, FactId, GiftId, Id, LevelId, PrerequisiteId, RecommendationId, RuleId, Set,
    SignalId, StepId, Table,
};
use crate::rubric::{AdviceTest, Fact, Rubric, VerdictTest};

/// Something that an advice can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Saying {
    /// A signal.
    Signal(SignalId),
    /// A rule of the verdict.
    Rule(RuleId),
    /// A prerequisite.
    Prerequisite(PrerequisiteId),
    /// A caution.
    Caution(CautionId),
    /// A step of the plan.
    Step(StepId),
    /// A gift of the tax: whether it would be used.
    Gift(GiftId),
}

impl Saying {
    /// Whether it is said for a recommendation.
    fn is_given(self) -> bool {
        match self {
            Self::Signal(_) | Self::Rule(_) | Self::Gift(_) => false,
            Self::Prerequisite(_) | Self::Caution(_) | Self::Step(_) => true,
        }
    }
}

/// Something under any recommendation, or one under each.
#[derive(Clone, Debug)]
pub(in crate::engine) enum Under<T> {
    /// The same under all.
    Any(T),
    /// One under each.
    Each(Table<RecommendationId, T>),
}

impl<T> Under<T> {
    /// All that there are, in the order of the recommendations.
    pub(in crate::engine) fn all(&self) -> impl Iterator<Item = (RecommendationId, &T)> {
        let (any, each) = match self {
            Self::Any(one) => (Some((RecommendationId::new(0), one)), None),
            Self::Each(table) => (None, Some(table.entries())),
        };
        any.into_iter().chain(each.into_iter().flatten())
    }
}

/// Everything that an advice can say, with its tests.
pub(in crate::engine) type Sayings = Vec<(Saying, Under<VerdictTest>)>;

/// The roots of the tests of all sayings in one list: each start unpacks it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::engine) struct Roots {
    /// Each saying, and the place of its first root. In the order of the sayings.
    sayings: Vec<(Saying, usize)>,
    /// Of a saying that is said for a recommendation one under each, in their order; of any other one.
    roots: Vec<Target>,
}

impl Roots {
    fn of(&self, saying: Saying, recommendation: RecommendationId) -> Target {
        let found = self.sayings.binary_search_by_key(&saying, |(own, _)| *own);
        let under = match saying.is_given() {
            true => recommendation.position(),
            false => 0,
        };
        let saying = found.ok().and_then(|at| self.sayings.get(at));
        let root = saying.and_then(|(_, first)| self.roots.get(first + under));
        #[expect(
            clippy::expect_used,
            reason = "every saying of the rubric has been compiled, under each recommendation"
        )]
        *root.expect("the root of its test")
    }

    /// What is said for a recommendation, with the roots under this one.
    fn given(&self, recommendation: RecommendationId) -> impl Iterator<Item = (Saying, Target)> {
        let given = self.sayings.iter().filter(|(saying, _)| saying.is_given());
        given.map(move |(saying, _)| (*saying, self.of(*saying, recommendation)))
    }
}

/// A rubric compiled for saying what is certain.
#[derive(Clone, Debug)]
pub struct Certainty {
    /// From sheets to rules.
    pub(in crate::engine) rules: Diagram<Option<RuleId>>,
    /// The recommendation of each rule.
    pub(in crate::engine) recommend: Table<RuleId, RecommendationId>,
    pub(in crate::engine) roots: Roots,
    pub(in crate::engine) forest: Forest,
}

impl Certainty {
    /// Compiles a rubric at no more than this cost.
    ///
    /// # Errors
    /// It would cost more.
    pub fn new(rubric: &Rubric, budget: &Budget) -> Result<Self, TooLarge> {
        let mut sayings = sayings(rubric);
        let gifts = rubric.tax.iter().flat_map(|tax| tax.gifts().entries());
        let gifts = gifts.map(|(id, gift)| (Saying::Gift(id), Under::Any(gift.when.to_verdict())));
        sayings.extend(gifts);
        ordered(rubric, &sayings, budget, |order, budget| {
            let mut compiler = compiler(rubric, &sayings, order, budget)?;
            let mut roots = Roots::default();
            for (saying, whens) in &sayings {
                roots.sayings.push((*saying, roots.roots.len()));
                for (_, when) in whens.all() {
                    roots.roots.push(compiler.alone(when)?);
                }
            }
            roots.sayings.sort_unstable();
            let forest = compiler.forest(&mut roots.roots);
            let rules = rubric.verdict.entries();
            let rules = compiler.decide(rules.map(|(id, rule)| (&rule.when, Some(id))), None)?;
            Ok(Self {
                rules,
                recommend: rubric.verdict.map(|rule| rule.recommend),
                roots,
                forest,
            })
        })
    }

    /// What is certain for a sheet with unknown facts.
    pub fn about(&self, sheet: &Sheet) -> Certain<'_> {
        let known = self.rules.known(sheet);
        let rules = self.rules.given(&known);
        let recommend = |rule: Option<RuleId>| rule.map(|rule| self.recommend[rule]);
        let recommendations = rules.relabelled(recommend);
        let below = unknowns::recommendations_below(&recommendations);
        Certain {
            certainty: self,
            known,
            rules,
            recommendations,
            below,
        }
    }

    /// The unknown facts on which a prerequisite of this recommendation hangs: those of which the answer alone decides
    /// whether one is said, where every other unknown fact has the value that is assumed for it. `assumed` holds these
    /// values beside what is `known`. In the order of the rubric.
    pub fn prerequisites_hang_on(
        &self,
        recommendation: RecommendationId,
        known: &Sheet,
        assumed: &Sheet,
    ) -> Vec<Arc<Fact>> {
        let prerequisites: Vec<Target> = (self.roots.given(recommendation))
            .filter(|(saying, _)| matches!(saying, Saying::Prerequisite(_)))
            .map(|(_, root)| root)
            .collect();
        let levels = self.rules.levels().iter();
        let unknown: BTreeMap<FactId, &Arc<Fact>> = levels
            .map(|cells| (cells.fact.position, &cells.fact))
            .filter(|(_, fact)| known.value(fact).is_none())
            .collect();
        let hang = unknown.into_iter().filter(|(position, _)| {
            let mut sheet = assumed.clone();
            sheet.set_at(*position, None);
            let cells = self.rules.known(&sheet);
            let is_open = |test: &Target| self.forest.settled(*test, &cells).is_none();
            prerequisites.iter().any(is_open)
        });
        hang.map(|(_, fact)| fact.clone()).collect()
    }
}

/// What is certain for one sheet.
#[derive(Debug)]
pub struct Certain<'c> {
    certainty: &'c Certainty,
    /// The cell of each known fact.
    known: Known,
    /// Over the unknown facts: the rule, and the recommendation.
    rules: Diagram<Option<RuleId>>,
    recommendations: Diagram<Option<RecommendationId>>,
    below: Folded<Set<RecommendationId>>,
}

impl Certain<'_> {
    /// Whether a saying that is said for this recommendation holds on every completion, as the module tells.
    pub fn of(&self, saying: Saying, recommendation: RecommendationId) -> bool {
        let test = self.certainty.roots.of(saying, recommendation);
        match saying {
            Saying::Signal(_) | Saying::Gift(_) => self.holds(test),
            Saying::Rule(_) => self.possible().count() == 1 && self.holds(test),
            _ => !self.fails(self.recommendations.root(), test, recommendation),
        }
    }

    /// Whether something that is said under any recommendation holds on every completion; `None` when unknown facts
    /// decide it.
    pub fn settled(&self, saying: Saying) -> Option<bool> {
        let any = RecommendationId::new(0);
        let test = self.certainty.roots.of(saying, any);
        self.certainty.forest.settled(test, &self.known)
    }

    /// The unknown facts on which it depends what an advice will say: which rule fires, and which remarks and steps are
    /// said under a recommendation that is still possible. In the order of the rubric.
    pub fn open(&self) -> Vec<Arc<Fact>> {
        let mut levels: BTreeSet<LevelId> = self.rules.nodes().map(|(_, level, _)| level).collect();
        let roots = &self.certainty.roots;
        let spoken = self.possible().iter().flat_map(|own| roots.given(own));
        let spoken = spoken.map(|(_, root)| root).collect();
        levels.extend(self.certainty.forest.open(spoken, &self.known));
        let facts = levels
            .into_iter()
            .map(|level| &self.rules.levels()[level].fact);
        let open: BTreeMap<FactId, Arc<Fact>> =
            facts.map(|fact| (fact.position, fact.clone())).collect();
        open.into_values().collect()
    }

    fn possible(&self) -> Set<RecommendationId> {
        self.below[self.recommendations.root()]
    }

    fn holds(&self, test: Target) -> bool {
        self.certainty.forest.settled(test, &self.known) == Some(true)
    }

    /// Whether a completion gives the recommendation and fails the test.
    fn fails(&self, from: Target, test: Target, recommendation: RecommendationId) -> bool {
        let forest = &self.certainty.forest;
        let mut seen: HashSet<(Target, Target), FxBuildHasher> = HashSet::default();
        let mut waiting = vec![(from, test)];
        while let Some((at, tested)) = waiting.pop() {
            let is_reachable = self.below[at].contains(recommendation);
            if !is_reachable || tested == Target::leaf(YES) || !seen.insert((at, tested)) {
                continue;
            }
            if tested == Target::leaf(NO) {
                return true;
            }
            // Where the recommendation is reached, the test is a node: what it asks for is open.
            let levels = [self.recommendations.level(at), forest.level(tested)];
            let Some(level) = levels.into_iter().flatten().min() else {
                continue;
            };
            let follow = |cell: CellId| {
                (
                    self.recommendations.child(at, level, cell),
                    forest.child(tested, level, cell),
                )
            };
            match self.known[level] {
                Some(cell) => waiting.push(follow(cell)),
                None => waiting.extend(self.rules.levels()[level].ids().map(follow)),
            }
        }
        false
    }
}

/// Everything that an advice can say in words, with its test under each recommendation.
pub(in crate::engine) fn sayings(rubric: &Rubric) -> Sayings {
    let given = |when: &AdviceTest| {
        let recommendations = rubric.recommendations.ids();
        Under::Each(recommendations.map(|own| when.given(own)).collect())
    };
    let signals = rubric.signals.entries();
    let signals =
        signals.map(|(id, signal)| (Saying::Signal(id), Under::Any(signal.when.to_verdict())));
    let rules = rubric.verdict.entries();
    let rules = rules.map(|(id, rule)| (Saying::Rule(id), Under::Any(rule.when.clone())));
    let prerequisites = rubric.prerequisites.entries();
    let prerequisites =
        prerequisites.map(|(id, remark)| (Saying::Prerequisite(id), given(&remark.when)));
    let cautions = rubric.cautions.entries();
    let cautions = cautions.map(|(id, remark)| (Saying::Caution(id), given(&remark.when)));
    let plan = rubric.plan.entries();
    let plan = plan.map(|(id, step)| (Saying::Step(id), given(&step.when)));
    signals
        .chain(rules)
        .chain(prerequisites)
        .chain(cautions)
        .chain(plan)
        .collect()
}

/// Compiles over the orders that are worth trying for these sayings.
pub(in crate::engine) fn ordered<T>(
    rubric: &Rubric,
    sayings: &Sayings,
    budget: &Budget,
    compile: impl Fn(&Order, &Budget) -> Result<T, TooLarge>,
) -> Result<T, TooLarge> {
    let tests = sayings.iter().flat_map(|(_, whens)| whens.all());
    let tests: Vec<&VerdictTest> = tests.map(|(_, when)| when).collect();
    let readings = Readings::of(rubric, &tests).asking_everything();
    try_orders(&readings, budget, compile)
}

/// A compiler that knows all tests of the verdict and of these sayings.
pub(in crate::engine) fn compiler(
    rubric: &Rubric,
    sayings: &Sayings,
    order: &Order,
    budget: &Budget,
) -> Result<Compiler, TooLarge> {
    let rules = rubric.verdict.iter().map(|rule| &rule.when);
    let tests = sayings.iter().flat_map(|(_, whens)| whens.all());
    Compiler::new(
        rubric,
        order,
        rules.chain(tests.map(|(_, when)| when)),
        budget,
    )
}
