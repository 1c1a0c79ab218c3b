//! Flags with more independent options than one level of a diagram can tell apart: they are asked class by class, and what
//! is said of them is what brute force over all of their sets says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use num_bigint::BigUint;
use verdict::answers::Sheet;
use verdict::engine::{
    Budget, Certainty, Proof, Proofs, Reasoning, Saying, SingleChanges, Strength, WhatIf,
    difference, evaluate,
};
use verdict::ids::{Id, OptionId, RecommendationId};
use verdict::rubric::{Fact, Rubric, Value};
use verdict::text::Source;

use crate::exact::random_pairs;
use crate::oracle::{self, Dice};
use crate::program::{file, path, run};

fn rubric(text: &str) -> Rubric {
    let source = Source::new("rubric.yaml", text);
    Rubric::parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// The limits under which every flags fact of two classes or more is asked class by class.
fn apart() -> Budget {
    Budget::default().with_classes(1)
}

#[test]
fn flags_asked_class_by_class_give_what_they_give_as_cells() {
    let mut apart_ones = 0;
    for (seed, pair) in random_pairs() {
        let rubric = &pair.rubric;
        let reasoning = Reasoning::within(rubric, &apart()).expect("small enough");
        let levels = reasoning.recommendations().levels();
        if !levels.iter().any(|level| level.is_part()) {
            continue;
        }
        apart_ones += 1;
        assert_eq!(
            reasoning.recommendations().sheets(),
            pair.reasoning.recommendations().sheets()
        );
        let certainty = Certainty::new(rubric, &apart()).expect("small enough");
        for draw in 0..4 {
            let throw = seed * 1_000 + draw;
            let partial = pair.sheet(&oracle::random_partial(&pair.oracle, throw));
            gives_the_same_of_unknowns((&reasoning, &certainty), pair, &partial);
            let sheet = pair.sheet(&oracle::random_sheet(&pair.oracle, throw));
            assert_eq!(reasoning.changes(&sheet), pair.reasoning.changes(&sheet));
            let without_width = |lines: Vec<WhatIf>| {
                let mut lines = lines;
                let cells = lines.iter_mut().flat_map(|line| &mut line.cells);
                cells.for_each(|cell| cell.width = 0);
                lines
            };
            assert_eq!(
                without_width(reasoning.what_if(&sheet)),
                without_width(pair.reasoning.what_if(&sheet))
            );
        }
        proves_the_same(rubric);
        let edited = self::rubric(&oracle::mutate_rubric(&pair.yaml, seed));
        let whole = difference(rubric, &edited, &Budget::default()).expect("small enough");
        let found = difference(rubric, &edited, &apart()).expect("small enough");
        assert_eq!(found.total, whole.total);
        let shifts = |difference: &verdict::engine::Difference| {
            let shifts = difference.shifts.iter();
            let shift = shifts.map(|one| (one.from, one.to, one.sheets.clone(), one.example.len()));
            shift.collect::<Vec<_>>()
        };
        assert_eq!(shifts(&found), shifts(&whole));
    }
    assert!(apart_ones > 30, "only {apart_ones}");
}

fn gives_the_same_of_unknowns(
    (reasoning, certainty): (&Reasoning, &Certainty),
    pair: &crate::exact::Pair,
    partial: &Sheet,
) {
    assert_eq!(
        reasoning.possible(partial),
        pair.reasoning.possible(partial)
    );
    let assumed = partial.assuming(&pair.rubric);
    assert_eq!(
        reasoning.strength(partial, &assumed),
        pair.reasoning.strength(partial, &assumed)
    );
    let shares = reasoning.shares(partial);
    for (share, other) in shares.iter().zip(&pair.reasoning.shares(partial)) {
        assert!((share - other).abs() < 1e-9, "{share} {other}");
    }
    let (ours, theirs) = (
        reasoning.deciding(partial),
        pair.reasoning.deciding(partial),
    );
    assert_eq!(ours.len(), theirs.len());
    for (one, other) in ours.iter().zip(&theirs) {
        assert_eq!(one.fact.id, other.fact.id);
        assert!((one.bits - other.bits).abs() < 1e-6, "{one:?} {other:?}");
    }
    let (certain, whole) = (certainty.about(partial), pair.certainty.about(partial));
    assert_eq!(certain.open(), whole.open());
    for rule in pair.rubric.verdict.ids() {
        let given = pair.rubric.verdict[rule].recommend;
        let saying = Saying::Rule(rule);
        assert_eq!(certain.of(saying, given), whole.of(saying, given));
    }
}

fn proves_the_same(rubric: &Rubric) {
    let proofs = Proofs::new(rubric, &apart()).expect("small enough");
    let whole = Proofs::new(rubric, &Budget::default()).expect("small enough");
    assert_eq!(proofs.dead_rules(), whole.dead_rules());
    assert_eq!(proofs.sums(), whole.sums());
    assert_eq!(
        proofs.overlaps().map(|all| all.len()),
        whole.overlaps().map(|all| all.len())
    );
    let changed = |proof: Proof| match proof {
        Proof::Broken(shown) => Some((shown.moves.len(), shown.raised.is_some())),
        Proof::Holds | Proof::Empty => None,
    };
    for guarantee in &rubric.guarantees {
        let (ours, theirs) = (proofs.prove(guarantee), whole.prove(guarantee));
        assert_eq!(ours.map(changed), theirs.map(changed), "{}", guarantee.id);
    }
    let resting = |proofs: &Proofs<'_>| {
        let all = proofs.assumptions().expect("small enough").into_iter();
        let told = all.map(|(saying, own)| {
            let by = own.by.map(|fact| fact.id.clone());
            (
                saying,
                (own.can_be_said, own.can_be_refuted, by, own.unknown),
            )
        });
        told.collect::<BTreeMap<_, _>>()
    };
    assert_eq!(resting(&proofs), resting(&whole));
}

/// How many options the fact `f` of a [`checklist`] has.
const OPTIONS: usize = 13;

/// A rubric of one list of boxes, each of which counts by itself, and one other answer.
fn checklist(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut some = |most: usize| {
        let count = 2 + dice.below(most);
        let ids: BTreeSet<usize> = (0..count).map(|_| dice.below(OPTIONS)).collect();
        let ids = ids.into_iter().map(|id| format!("o{id}"));
        (
            ids.collect::<Vec<_>>().join(", "),
            1 + dice.below(2),
            dice.below(4),
        )
    };
    let mut signals = String::new();
    for option in 0..OPTIONS {
        let (_, points, sign) = some(1);
        let sign = if sign == 0 { "-" } else { "" };
        let when = match sign.is_empty() && option % 3 == 0 {
            true => format!("{{f: o{option}, k: true}}"),
            false => format!("{{f: o{option}}}"),
        };
        writeln!(
            signals,
            "  - {{when: {when}, points: {sign}{points}, reason: R}}"
        )
        .unwrap();
    }
    let (many, _, _) = some(9);
    let (few, _, _) = some(4);
    let (two, _, _) = some(3);
    format!(
        "schema: 1\nid: r\nversion: 1.0.0\ntitle: T\nrecommendations:\n- {{id: a, title: A, summary: A}}\n\
         - {{id: b, title: B, summary: B}}\n- {{id: c, title: C, summary: C}}\nquestions:\n- id: q\n  ask: Q?\n  \
         why: W\n  facts: [{}, {{id: k, kind: yes_no, ask: K?, assume: false}}]\n  signals:\n{signals}conditions:\n\
         - {{id: x, title: X, when: {{f: {{at_least: 3, of: [{many}]}}}}}}\n\
         - {{id: y, title: Y, when: {{any: [{{f: none}}, {{f: [{few}]}}]}}}}\n\
         verdict:\n- {{id: one, when: {{conditions_met: \">= 2\", k: false}}, recommend: c, because: B}}\n\
         - {{id: two, when: {{score: \">= 6\"}}, recommend: b, because: B}}\n\
         - {{id: three, when: {{f: {{at_least: 2, of: [{two}]}}, score: \"> 1\"}}, recommend: c, because: B}}\n\
         - {{id: otherwise, recommend: a, because: B}}\n\
         guarantees:\n- {{id: up, monotone: f, direction: up}}\n\
         - {{id: up-there, when: {{k: true, f: {{at_least: 2}}}}, monotone: f, direction: up}}\n\
         - {{id: never, when: {{f: {{at_least: {}}}}}, never: [a]}}\n",
        flags(OPTIONS),
        OPTIONS / 2,
    )
}

fn flags(options: usize) -> String {
    let options = (0..options).map(|option| format!("{{id: o{option}, title: Box {option}}}"));
    let options: Vec<String> = options.collect();
    format!(
        "{{id: f, kind: flags, ask: F?, assume: [], options: [{}]}}",
        options.join(", ")
    )
}

/// What every sheet of a [`checklist`] gives, by the plain evaluation of its tests.
struct Table {
    rubric: Rubric,
    /// By the set of boxes and the other answer.
    given: Vec<[RecommendationId; 2]>,
}

fn set(bits: usize) -> Value {
    Value::Flags(
        (0..OPTIONS)
            .filter(|option| bits >> option & 1 == 1)
            .map(OptionId::new)
            .collect(),
    )
}

fn bits(value: Value) -> usize {
    match value {
        Value::Flags(set) => set.iter().map(|option| 1 << option.position()).sum(),
        other => panic!("{other:?} is no set of boxes"),
    }
}

impl Table {
    fn new(text: &str) -> Self {
        let rubric = rubric(text);
        let given = |bits: usize| {
            [false, true].map(|answer| {
                let sheet = sheet(&rubric, Some(bits), Some(answer));
                evaluate(&rubric, &sheet).recommendation.expect("given")
            })
        };
        let given = (0..1 << OPTIONS).map(given).collect();
        Self { rubric, given }
    }

    fn of(&self, bits: usize, answer: bool) -> RecommendationId {
        self.given[bits][usize::from(answer)]
    }

    /// What completions give.
    fn completions(
        &self,
        bits: Option<usize>,
        answer: Option<bool>,
    ) -> impl Iterator<Item = RecommendationId> {
        let sets = bits.map_or(0..1 << OPTIONS, |own| own..own + 1);
        let answers = answer.map_or(vec![false, true], |own| vec![own]);
        sets.flat_map(move |bits| {
            answers
                .clone()
                .into_iter()
                .map(move |own| self.of(bits, own))
        })
    }

    fn entropy(given: impl Iterator<Item = RecommendationId>) -> f64 {
        let mut counts = [0.0; 3];
        given.for_each(|own| counts[own.position()] += 1.0);
        let total: f64 = counts.iter().sum();
        let parts = counts.iter().filter(|count| **count > 0.0);
        parts
            .map(|count| -count / total * (count / total).log2())
            .sum()
    }
}

fn sheet(rubric: &Rubric, bits: Option<usize>, answer: Option<bool>) -> Sheet {
    let mut sheet = Sheet::unknown(rubric);
    sheet.set(rubric.fact("f").expect("a fact"), bits.map(set));
    sheet.set(rubric.fact("k").expect("a fact"), answer.map(Value::YesNo));
    sheet
}

#[test]
fn a_list_of_thirteen_boxes_is_reasoned_about_as_by_brute_force() {
    for seed in 0..4 {
        let table = Table::new(&checklist(seed));
        let reasoning = Reasoning::new(&table.rubric).expect("small enough");
        let levels = reasoning.recommendations().levels();
        assert_eq!(
            levels.iter().filter(|level| level.is_part()).count(),
            OPTIONS
        );
        let counted = reasoning.recommendations().sheets();
        for (recommendation, _) in table.rubric.recommendations.entries() {
            let count = table
                .completions(None, None)
                .filter(|own| *own == recommendation)
                .count();
            assert_eq!(counted.of(Some(recommendation)), BigUint::from(count));
        }
        let mut dice = Dice::new(seed);
        for draw in 0..12 {
            let (set, answer) = (dice.below(1 << OPTIONS), dice.below(2) == 1);
            unknowns_agree(&table, &reasoning, None, (draw % 2 == 0).then_some(answer));
            unknowns_agree(&table, &reasoning, Some(set), None);
            changes_agree(&table, &reasoning, set, answer);
            picture_agrees(&table, &reasoning, set, answer);
        }
        guarantees_agree(&table);
    }
}

fn unknowns_agree(table: &Table, reasoning: &Reasoning, bits: Option<usize>, answer: Option<bool>) {
    let open = sheet(&table.rubric, bits, answer);
    let given: Vec<RecommendationId> = table.completions(bits, answer).collect();
    let possible: BTreeSet<RecommendationId> = given.iter().copied().collect();
    assert_eq!(
        reasoning.possible(&open).iter().collect::<BTreeSet<_>>(),
        possible
    );
    for (id, share) in reasoning.shares(&open).entries() {
        let count = given.iter().filter(|own| **own == id).count();
        assert!((share - count as f64 / given.len() as f64).abs() < 1e-9);
    }
    let before = Table::entropy(given.iter().copied());
    for one in reasoning.deciding(&open) {
        let after: Vec<f64> = match one.fact.id.as_str() {
            "f" => (0..1 << OPTIONS)
                .map(|bits| Table::entropy(table.completions(Some(bits), answer)))
                .collect(),
            _ => [false, true]
                .map(|answer| Table::entropy(table.completions(bits, Some(answer))))
                .to_vec(),
        };
        let after = after.iter().sum::<f64>() / after.len() as f64;
        assert!(
            (one.bits - (before - after)).abs() < 1e-6,
            "{one:?} {before} {after}"
        );
    }
}

fn changes_agree(table: &Table, reasoning: &Reasoning, own: usize, answer: bool) {
    let changes = reasoning.changes(&sheet(&table.rubric, Some(own), Some(answer)));
    let others: BTreeSet<RecommendationId> = table.completions(None, None).collect();
    let here = table.of(own, answer);
    let expected = others.into_iter().filter(|other| *other != here);
    assert_eq!(
        changes
            .iter()
            .map(|change| change.recommendation)
            .collect::<Vec<_>>(),
        expected.collect::<Vec<_>>()
    );
    for change in changes {
        // By what moves: the nearest sets, with the same and with the other answer.
        let nearest = |answer: bool| -> Vec<usize> {
            let sets =
                (0..1 << OPTIONS).filter(|bits| table.of(*bits, answer) == change.recommendation);
            let far = |bits: usize| (bits ^ own).count_ones();
            let least = sets.clone().map(far).min();
            sets.filter(|bits| Some(far(*bits)) == least).collect()
        };
        let (same, other) = (nearest(answer), nearest(!answer));
        let by_answer = table.of(own, !answer) == change.recommendation;
        let facts = if by_answer || !same.is_empty() { 1 } else { 2 };
        assert_eq!(change.facts, facts);
        let mut expected: BTreeSet<(Option<usize>, bool)> = BTreeSet::new();
        if facts == 1 {
            expected.extend(same.iter().map(|bits| (Some(*bits), false)));
            expected.extend(by_answer.then_some((None, true)));
        } else {
            expected.extend(other.iter().map(|bits| (Some(*bits), true)));
        }
        let options = change.options.iter().map(|option| {
            let boxes = option.iter().find(|change| change.fact.id == "f");
            let distance = boxes.map(|change| change.distance);
            let set = boxes.map(|change| bits(change.value));
            assert_eq!(distance, set.map(|set| (set ^ own).count_ones() as usize));
            (set, option.iter().any(|change| change.fact.id == "k"))
        });
        assert!(!change.is_cut);
        assert_eq!(options.collect::<BTreeSet<_>>(), expected);
    }
}

fn picture_agrees(table: &Table, reasoning: &Reasoning, own: usize, answer: bool) {
    let sheet = sheet(&table.rubric, Some(own), Some(answer));
    let picture = reasoning.what_if(&sheet);
    let line = picture
        .iter()
        .find(|line| line.fact.id == "f")
        .expect("a line");
    let (mut kept, mut all, mut given) = (0, 0, Vec::new());
    for recommendation in table.rubric.recommendations.ids() {
        let gives = |bits: &usize| table.of(*bits, answer) == recommendation;
        let sets: Vec<usize> = (0..1 << OPTIONS).filter(gives).collect();
        let Some(nearest) = sets
            .iter()
            .min_by_key(|bits| ((*bits ^ own).count_ones(), **bits))
        else {
            continue;
        };
        let alone = (0..OPTIONS)
            .filter(|option| gives(&(own ^ 1 << option)))
            .count();
        let is_current = *nearest == own;
        let cell = line
            .cells
            .iter()
            .find(|cell| cell.recommendation == Some(recommendation));
        let cell = cell.expect("a cell for what some set gives");
        assert_eq!(bits(cell.from), *nearest);
        assert_eq!(cell.is_current, is_current);
        assert_eq!(cell.is_example, sets.len() > 1);
        let counted = if alone == 0 && !is_current { 1 } else { alone };
        all += counted;
        kept += if is_current { counted } else { 0 };
        given.push(recommendation);
    }
    assert_eq!(line.cells.len(), given.len());
    let moved = table.of(own, !answer) == table.of(own, answer);
    let expected = SingleChanges {
        kept: kept + usize::from(moved),
        all: all + 1,
    };
    assert_eq!(SingleChanges::of(&picture), expected);
    let is_close = kept < all || !moved;
    let strength = reasoning.strength(&sheet, &sheet);
    assert_eq!(
        strength,
        if is_close {
            Strength::Close
        } else {
            Strength::Firm
        }
    );
}

fn guarantees_agree(table: &Table) {
    let proofs = Proofs::new(&table.rubric, &Budget::default()).expect("small enough");
    for guarantee in &table.rubric.guarantees {
        let speaks = |bits: usize, answer: bool| match guarantee.id.as_str() {
            "up" => true,
            "up-there" => answer && bits.count_ones() >= 2,
            _ => bits.count_ones() as usize >= OPTIONS / 2,
        };
        let falls = |bits: usize, answer: bool| match guarantee.id.as_str() {
            "never" => table.of(bits, answer).position() == 0,
            // Both sheets are among those that the guarantee speaks of, and with one box more.
            _ => (0..OPTIONS)
                .any(|option| table.of(bits | 1 << option, answer) < table.of(bits, answer)),
        };
        let sheets = (0..1 << OPTIONS).flat_map(|bits| [(bits, false), (bits, true)]);
        let mut broken =
            sheets.filter(|(bits, answer)| speaks(*bits, *answer) && falls(*bits, *answer));
        match proofs.prove(guarantee).expect("small enough") {
            Proof::Holds | Proof::Empty => assert_eq!(broken.next(), None, "{}", guarantee.id),
            Proof::Broken(shown) => {
                assert!(broken.next().is_some(), "{}", guarantee.id);
                if let Some(raised) = shown.raised {
                    let answer = shown.moves.iter().any(|change| change.fact.id == "k");
                    let (before, after) = (bits(raised.before), bits(raised.after));
                    assert_eq!(before & after, before);
                    assert!(speaks(before, answer) && speaks(after, answer));
                    assert_eq!(Some(table.of(before, answer)), shown.recommendation);
                    assert_eq!(table.of(after, answer), raised.recommendation);
                    assert!(raised.recommendation < table.of(before, answer));
                }
            }
        }
    }
}

/// A rubric of forty boxes, of which so many must be ticked.
fn forty(wanted: usize) -> String {
    format!(
        "schema: 1\nid: forty\nversion: 1.0.0\ntitle: T\nrecommendations:\n- {{id: wait, title: Wait, summary: A}}\n\
         - {{id: go, title: Go, summary: B}}\nquestions:\n- {{id: q, ask: Q?, why: W, facts: [{}]}}\nverdict:\n\
         - {{id: enough, when: {{f: {{at_least: {wanted}}}}}, recommend: go, because: \"Ticked: {{f}}.\"}}\n\
         - {{id: otherwise, recommend: wait, because: \"Only {{f}}.\"}}\n\
         guarantees:\n- {{id: more-is-better, monotone: f, direction: up}}\n",
        flags(40),
    )
}

fn ticked(rubric: &Rubric, options: std::ops::Range<usize>) -> Sheet {
    let mut sheet = Sheet::unknown(rubric);
    let fact: &Fact = rubric.fact("f").expect("a fact");
    sheet.set(
        fact,
        Some(Value::Flags(options.map(OptionId::new).collect())),
    );
    sheet
}

#[test]
fn of_forty_boxes_everything_is_said_that_can_be_worked_out_by_hand() {
    let rubric = rubric(&forty(3));
    let reasoning = Reasoning::new(&rubric).expect("small enough");
    let open = Sheet::unknown(&rubric);
    // 1 + 40 + 780 sets of fewer than three.
    let all = BigUint::from(1_u64 << 40);
    let counted = reasoning.recommendations().sheets();
    assert_eq!(counted.total, all);
    assert_eq!(
        counted.of(Some(RecommendationId::new(0))),
        BigUint::from(821_u32)
    );
    let wait = 821.0 / (1_u64 << 40) as f64;
    let shares = reasoning.shares(&open);
    assert!((shares[RecommendationId::new(0)] - wait).abs() < 1e-15);
    assert_eq!(reasoning.possible(&open).count(), 2);
    let entropy = -wait * wait.log2() - (1.0 - wait) * (1.0 - wait).log2();
    let [deciding] = reasoning.deciding(&open).try_into().expect("one fact");
    assert!((deciding.bits - entropy).abs() < 1e-8, "{}", deciding.bits);

    // From one ticked box on: two of the other 39.
    let one = ticked(&rubric, 5..6);
    let [change] = reasoning.changes(&one).try_into().expect("one other");
    assert_eq!(
        (change.facts, change.options.len(), change.is_cut),
        (1, 39 * 38 / 2, false)
    );
    let is_nearest = |set: Value| matches!(set, Value::Flags(set) if set.count() == 3 && set.contains(OptionId::new(5)));
    assert!(
        change
            .options
            .iter()
            .all(|option| option.len() == 1 && is_nearest(option[0].value))
    );
    assert_eq!(reasoning.strength(&one, &one), Strength::Close);
    // Each of the 40 by itself keeps it, and going on counts as one more.
    let picture = reasoning.what_if(&one);
    assert_eq!(
        SingleChanges::of(&picture),
        SingleChanges { kept: 40, all: 41 }
    );
    // From two on each of 38 does it, from three on each of the three undoes it.
    for (count, kept) in [(2, 2), (3, 37), (4, 40)] {
        let picture = reasoning.what_if(&ticked(&rubric, 0..count));
        let all = 40 + usize::from(count == 4);
        assert_eq!(
            SingleChanges::of(&picture),
            SingleChanges { kept, all },
            "{count}"
        );
    }
    // None of forty: more ways to choose three than are listed.
    let [change] = reasoning
        .changes(&ticked(&rubric, 0..0))
        .try_into()
        .expect("one other");
    assert!(change.is_cut && change.options.len() == 1_000);
    assert!(change.options.iter().all(|option| option[0].distance == 3));

    let proofs = Proofs::new(&rubric, &Budget::default()).expect("small enough");
    let [guarantee] = rubric.guarantees.as_slice() else {
        panic!("one guarantee");
    };
    assert_eq!(proofs.prove(guarantee), Ok(Proof::Holds));
}

#[test]
fn flags_of_which_it_costs_too_much_to_tell_what_they_tell_are_asked_for_first() {
    let pairs = 0..14;
    let facts = pairs
        .clone()
        .map(|one| format!("{{id: k{one}, kind: yes_no, ask: K?, assume: false}}"));
    let tests = pairs.map(|one| format!("{{f: o{one}, k{one}: true}}"));
    let (facts, tests): (Vec<_>, Vec<_>) = (facts.collect(), tests.collect());
    let rubric = rubric(&format!(
        "schema: 1\nid: r\nversion: 1.0.0\ntitle: T\nrecommendations:\n- {{id: a, title: A, summary: A}}\n\
         - {{id: b, title: B, summary: B}}\nquestions:\n- {{id: q, ask: Q?, why: W, facts: [{}, {}]}}\nverdict:\n\
         - {{id: one, when: {{any: [{}]}}, recommend: b, because: B}}\n- {{id: otherwise, recommend: a, because: B}}\n",
        facts.join(", "),
        flags(14),
        tests.join(", "),
    ));
    let reasoning = Reasoning::new(&rubric).expect("small enough");
    let deciding = reasoning.deciding(&Sheet::unknown(&rubric));
    let (first, others) = deciding.split_first().expect("all of them");
    assert_eq!((first.fact.id.as_str(), first.bits), ("f", f64::INFINITY));
    assert_eq!(others.len(), 14);
    assert!(
        others
            .iter()
            .all(|one| one.bits.is_finite() && one.bits > 0.0)
    );
}

#[test]
fn between_two_counts_of_forty_boxes_lie_the_sets_of_the_one_between() {
    let (three, four) = (rubric(&forty(3)), rubric(&forty(4)));
    let found = difference(&three, &four, &Budget::default()).expect("small enough");
    assert_eq!(found.total, BigUint::from(1_u64 << 40));
    let moved = found
        .shifts
        .iter()
        .find(|shift| shift.from != shift.to)
        .expect("some");
    // 40 * 39 * 38 / 6 sets of three.
    assert_eq!(moved.sheets, BigUint::from(9_880_u32));
    let [example] = moved.example.as_slice() else {
        panic!("one fact");
    };
    assert!(matches!(example.value, Value::Flags(set) if set.count() == 3));
    // Where one has other boxes, those that both have are compared.
    let fewer = rubric(&forty(3).replace(&flags(40), &flags(30)));
    let found = difference(&fewer, &three, &Budget::default()).expect("small enough");
    assert_eq!(found.total, BigUint::from(1_u64 << 30));
    assert!(found.shifts.iter().all(|shift| shift.from == shift.to));
}

#[test]
fn a_rubric_of_forty_boxes_is_checked_advised_on_in_each_format_and_compared() {
    let (three, four) = (file(forty(3)), file(forty(4)));
    let checked = run(&["rubric", "check", "--rubric", path(&three)]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    let answers = file("answers: {f: [o1, o30]}\n");
    let advise = |format: &[&str]| {
        let given = [
            "advise",
            "--rubric",
            path(&three),
            "--answers",
            path(&answers),
        ];
        let run = run(&[&given, format].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.out
    };
    let text = advise(&[]);
    assert!(
        text.contains("Close: 2 of 40 single changes keep it"),
        "{text}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&advise(&["--format", "json"])).expect("JSON");
    assert_eq!(json["recommendation"], "wait");
    assert_eq!(
        json["changes"][0]["options"].as_array().map(Vec::len),
        Some(38)
    );
    assert_eq!(
        json["what_if"][0]["cells"].as_array().map(Vec::len),
        Some(2)
    );
    let html = advise(&["--format", "html"]);
    assert!(html.contains("Box 39") && html.contains("\"classes\":[[39]]"));
    let shown = run(&["rubric", "show", "--rubric", path(&three)]);
    assert!(shown.out.contains("at least 3 of o0, o1"), "{}", shown.out);
    let diff = run(&["rubric", "diff", path(&three), path(&four)]);
    assert!(
        diff.out.contains("9880") || diff.out.contains("9,880"),
        "{}{}",
        diff.out,
        diff.err
    );
}
