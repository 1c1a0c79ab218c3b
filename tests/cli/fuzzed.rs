//! The promises of the fuzz targets, on stable Rust and a bounded number of inputs: every seed, and variations of them that
//! are the same in each run.

use std::fs;
use std::path::Path;

use crate::oracle::Dice;

#[path = "../../fuzz/properties.rs"]
mod properties;

/// How many variations are tried for each promise.
const VARIATIONS: u64 = 150;

/// The longest input that is made, in bytes.
const LONGEST: usize = 8 * 1024;

/// Pieces that mean something to one reader or another.
const PIECES: [&str; 24] = [
    ": ",
    "- ",
    "\n",
    "\r\n",
    "\t",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "# ",
    "&a ",
    "*a",
    "!!int ",
    "|\n",
    "---\n",
    "```",
    "> ",
    "<!--",
    "-->",
    "\u{1b}[",
    "\u{202e}",
    "99999999999999999999",
];

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| fs::read(path).unwrap())
        .collect()
}

/// Some bytes with a few things wrong in them.
fn varied(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = dice.pick(seeds).clone();
    for _ in 0..=dice.below(4) {
        let (from, length) = (dice.below(bytes.len() + 1), dice.below(40));
        let to = (from + length).min(bytes.len());
        match dice.below(5) {
            0 => drop(bytes.drain(from..to)),
            1 => {
                let twice = bytes[from..to].to_vec();
                bytes.splice(from..from, twice);
            }
            2 => {
                let piece = dice.pick(&PIECES).bytes();
                bytes.splice(from..from, piece);
            }
            3 => {
                let other = dice.pick(seeds);
                let start = dice.below(other.len() + 1);
                let piece = other[start..(start + length).min(other.len())].to_vec();
                bytes.splice(from..to, piece);
            }
            _ if from < bytes.len() => bytes[from] ^= 1 << dice.below(8),
            _ => {}
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

fn hold(name: &str) {
    let (_, promise) = properties::PROMISES
        .iter()
        .find(|(own, _)| *own == name)
        .unwrap();
    let seeds = seeds(name);
    assert!(!seeds.is_empty());
    for (number, seed) in seeds.iter().enumerate() {
        println!("seed {number}");
        promise(seed);
    }
    let mut dice = Dice::new(seeds.len() as u64);
    for _ in 0..VARIATIONS {
        let bytes = varied(&seeds, &mut dice);
        // Printed only where it broke the promise.
        println!("{:?}", String::from_utf8_lossy(&bytes));
        promise(&bytes);
    }
}

macro_rules! promises {
    ($($name:ident: $target:literal,)+) => {$(
        #[test]
        fn $name() {
            hold($target);
        }
    )+};
}

promises! {
    any_rubric_is_read_with_its_mistakes_in_place: "rubric",
    any_answers_are_written_as_they_are_read: "answers",
    any_file_keeps_what_is_not_its_record: "record",
    any_file_is_checked_in_every_format: "check",
    any_line_gives_a_line: "each",
    any_setting_is_an_answer_or_refused: "set",
    any_keys_are_the_same_however_they_arrive: "keys",
    any_dump_is_read_to_its_end: "cluster",
}

#[test]
fn every_promise_has_a_target_and_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut targets: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    targets.sort();
    let mut promised = properties::PROMISES.map(|(name, _)| name.to_owned());
    promised.sort();
    assert_eq!(targets, promised);
}
