//! The page of the grammar: every type of a rubric file with its keys, made from the JSON Schema of the types, and with
//! examples that are cut out of a rubric which passes its check.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use verdict::rubric::schema;
use verdict::text::{Document, Part, Route, Source};

use crate::program::run;

const PAGE: &str = "docs/src/grammar.md";

/// The rubric from which the examples are.
const EXAMPLES: &str = "examples/rubrics/release.yaml";

/// A type that the page shows.
struct Section {
    heading: &'static str,
    /// Its name in the schema; of the file itself none.
    name: &'static str,
    /// Where an example of it stands: in [`EXAMPLES`], or in the file that is named before a `#`.
    example: &'static str,
}

const fn section(heading: &'static str, name: &'static str, example: &'static str) -> Section {
    Section {
        heading,
        name,
        example,
    }
}

/// The types in the order in which one reads them.
const SECTIONS: [Section; 35] = [
    section("The file", "", ""),
    section("Source", "SourceFile", "sources.1"),
    section("Recommendation", "RecommendationFile", "recommendations.1"),
    section("Question", "QuestionFile", "questions.1"),
    section("Fact", "FactFile", "questions.1.facts.1"),
    section("Kind of a fact", "FactKind", ""),
    section("Option", "OptionFile", "questions.0.facts.1.options.0"),
    section("Likelihood", "LikelyFile", "questions.0.facts.1.likely"),
    section("Signal", "SignalFile", "questions.0.signals.1"),
    section("Test", "Test", "definitions.0.when"),
    section(
        "At least so many flags",
        "AtLeast",
        "questions.0.signals.1.when",
    ),
    section("Condition", "ConditionFile", "conditions.0"),
    section("Definition", "DefinitionFile", "definitions.0"),
    section("Rule", "RuleFile", "examples/rubrics/kafka.yaml#verdict.1"),
    section("Verdict as a table", "VerdictTable", "verdict"),
    section("Remark", "RemarkFile", "cautions.0"),
    section("Guarantee", "GuaranteeFile", "guarantees"),
    section("Direction", "DirectionFile", ""),
    section("Case", "CaseFile", "cases.1"),
    section("What has moved", "MovedFile", "moved"),
    section("Step of the plan", "StepFile", "plan.0"),
    section("Parameter", "ParameterFile", "parameters.2"),
    section("Kind of a parameter", "ParameterKind", ""),
    section("Tax", "TaxFile", ""),
    section("Shape", "ShapeFile", "tax.shapes.0"),
    section("Quantity", "QuantityFile", "tax.quantities.0"),
    section("Prices", "PricesFile", "tax.prices"),
    section("Part", "PartFile", "tax.parts.0"),
    section("Plane", "PlaneFile", ""),
    section("Figure", "FigureFile", "tax.parts.0.reserved.0"),
    section(
        "Alternative",
        "AlternativeFile",
        "tax.parts.0.alternatives.0",
    ),
    section("Latency", "LatencyFile", "tax.latency.0"),
    section("Break-even", "BreakEvenFile", "tax.break_even.0"),
    section("Gift", "GiftFile", "tax.gifts.0"),
    section("Study", "StudyFile", "tax.studies.0"),
];

/// Forms of single values, each with its name on the page.
const FORMS: [(&str, &str); 15] = [
    ("Name", "name"),
    ("FactName", "name of a fact"),
    ("Version", "version"),
    ("Date", "day"),
    ("SchemaVersion", "version of the format"),
    ("Value", "value"),
    ("Number", "number"),
    ("Answers", "answers"),
    ("Comparison", "comparison"),
    ("Range", "range"),
    ("Names", "names"),
    ("Order", "order of options"),
    ("Scalar", "single value"),
    ("StarterNames", "names of files"),
    ("RangeFile", "low and high"),
];

/// Types that stand within another section, with what is said of them there.
const WITHIN: [(&str, &str); 2] = [
    (
        "Verdict",
        "list of [rules](#rule), or a [table](#verdict-as-a-table)",
    ),
    (
        "EaterFile",
        "`{shape, quantity}`: a [shape](#shape) and a sizing fact",
    ),
];

/// Keys that [`EXAMPLES`] cannot hold: it has a table instead.
const NOT_SHOWN: [&str; 1] = ["rules"];

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn schema() -> Json {
    serde_json::from_str(&schema::of_rubrics()).unwrap()
}

fn definition<'a>(schema: &'a Json, name: &str) -> &'a Json {
    match name {
        "" => schema,
        _ => &schema["$defs"][name],
    }
}

fn anchor(heading: &str) -> String {
    format!("#{}", heading.to_lowercase().replace(' ', "-"))
}

/// What a schema allows, in words and links.
fn holds(schema: &Json) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return named(name.trim_start_matches("#/$defs/"));
    }
    if let Some(one) = schema["allOf"].as_array() {
        return holds(&one[0]);
    }
    if let Some(several) = schema["anyOf"].as_array() {
        let several = several.iter().filter(|one| one["type"] != "null");
        return several.map(holds).collect::<Vec<_>>().join(" or ");
    }
    let types = match &schema["type"] {
        Json::Array(types) => types.iter().filter_map(Json::as_str).collect(),
        one => Vec::from_iter(one.as_str()),
    };
    match types.iter().find(|name| **name != "null") {
        Some(&"integer") => format!("whole number{}", limits(schema)),
        Some(&"string") => "text".into(),
        Some(&"boolean") => "true or false".into(),
        Some(&"array") if schema["items"].is_object() => {
            format!("list: {}", holds(&schema["items"]))
        }
        Some(&"array") => "list".into(),
        other => panic!("no words for {other:?} in {schema}"),
    }
}

fn limits(schema: &Json) -> String {
    match (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(" from {min}"),
        _ => String::new(),
    }
}

fn named(name: &str) -> String {
    let section = SECTIONS.iter().find(|section| section.name == name);
    let form = FORMS.iter().find(|(form, _)| *form == name);
    let within = WITHIN.iter().find(|(within, _)| *within == name);
    match (section, form, within) {
        (Some(Section { heading, .. }), ..) => {
            format!("[{}]({})", heading.to_lowercase(), anchor(heading))
        }
        (_, Some((_, words)), _) => format!("[{words}](#forms-of-values)"),
        (.., Some((_, words))) => (*words).to_owned(),
        _ => panic!("the page does not show {name}"),
    }
}

/// The description in a cell of a table.
fn meaning(schema: &Json) -> String {
    let text = schema["description"]
        .as_str()
        .unwrap_or_else(|| panic!("not described: {schema}"));
    text.replace('\n', " ").replace('|', "\\|")
}

/// The keys of a mapping: those that are needed in the order of the file, then the others.
fn keys(schema: &Json) -> String {
    let properties = schema["properties"].as_object().unwrap();
    let required: Vec<&str> = match &schema["required"] {
        Json::Array(keys) => keys.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    let others = properties
        .keys()
        .map(String::as_str)
        .filter(|key| !required.contains(key));
    let mut table = String::from("| key | holds | needed | meaning |\n| --- | --- | --- | --- |\n");
    for key in required.iter().copied().chain(others) {
        let property = &properties[key];
        let need = match (&property["default"], required.contains(&key)) {
            (_, true) => "required".into(),
            (Json::Null, false) => String::new(),
            (default, false) => format!("`{}` when absent", default.to_string().replace('"', "")),
        };
        let (holds, meaning) = (holds(property), meaning(property));
        writeln!(table, "| `{key}` | {holds} | {need} | {meaning} |").unwrap();
    }
    if let Some(rest) = schema["additionalProperties"].as_object() {
        let rest = Json::Object(rest.clone());
        let (holds, meaning) = (holds(&rest), meaning(&rest));
        writeln!(table, "| any other | {holds} | | {meaning} |").unwrap();
    }
    table
}

/// The values of a closed list of words.
fn words(schema: &Json) -> String {
    let mut list = String::new();
    for word in schema["oneOf"].as_array().unwrap() {
        let (word, meaning) = (word["const"].as_str().unwrap(), meaning(word));
        writeln!(list, "- `{word}`: {meaning}").unwrap();
    }
    list
}

/// The lines of a file that hold what a way of keys and positions leads to, moved to the left.
fn cut(example: &str) -> String {
    let (file, way) = example.split_once('#').unwrap_or((EXAMPLES, example));
    let source = Source::new(file, fs::read_to_string(path(file)).unwrap());
    let document = Document::read(&source).unwrap();
    let step = |route: Route, step: &str| match step.parse() {
        Ok(index) => route.index(index),
        Err(_) => route.key(step),
    };
    let route = way.split('.').fold(Route::top(), step);
    assert!(document.root().at(&route).is_some(), "{way} leads nowhere");
    let start = document.root().locate(&route, Part::Key).start;
    let end = document.root().locate(&route, Part::Value).end;
    let start = source.text[..start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let end = source.text[end..]
        .find('\n')
        .map_or(source.text.len(), |newline| end + newline);
    let lines: Vec<&str> = source.text[start..end].trim_end().lines().collect();
    let indent = lines
        .iter()
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap();
    let lines = lines.iter().map(|line| format!("{}\n", &line[indent..]));
    lines.collect()
}

/// The whole page.
fn page() -> String {
    let schema = schema();
    let mut page = String::from(
        "# The grammar of rubrics\n\nEvery type of a rubric file and its keys; a key that is not listed is an error. The \
         examples are cut out of `examples/rubrics/release.yaml`, which uses every key. The page is made from the types \
         that read the file, as is the JSON Schema that `mesh-advisor rubric schema` prints for editors.\n",
    );
    for section in &SECTIONS {
        let definition = definition(&schema, section.name);
        let description = definition["description"]
            .as_str()
            .unwrap()
            .replace('\n', " ");
        write!(page, "\n## {}\n\n{description}\n\n", section.heading).unwrap();
        page += &match definition["properties"].is_object() {
            true => keys(definition),
            false => words(definition),
        };
        if !section.example.is_empty() {
            write!(page, "\n```yaml\n{}```\n", cut(section.example)).unwrap();
        }
    }
    page += "\n## Forms of values\n\n";
    for (name, words) in FORMS {
        writeln!(
            page,
            "- **{words}**: {}",
            meaning(definition(&schema, name))
        )
        .unwrap();
    }
    page
}

#[test]
fn the_page_of_the_grammar_is_what_the_types_say() {
    let page = page();
    if std::env::var_os("UPDATE_BOOK").is_some() {
        fs::write(path(PAGE), &page).unwrap();
    }
    assert!(
        fs::read_to_string(path(PAGE)).unwrap() == page,
        "{PAGE} is not current: run the tests once with UPDATE_BOOK=1"
    );
}

#[test]
fn the_page_of_the_grammar_shows_every_type() {
    let schema = schema();
    for name in schema["$defs"].as_object().unwrap().keys() {
        named(name);
    }
}

#[test]
fn the_examples_of_the_grammar_use_every_key_and_pass_their_check() {
    let check = run(&["rubric", "check", EXAMPLES, "--fail-on", "warning"]);
    assert_eq!(check.code, 0, "{}", check.out);
    let text = fs::read_to_string(path(EXAMPLES)).unwrap();
    let schema = schema();
    for section in &SECTIONS {
        let properties = definition(&schema, section.name)["properties"].as_object();
        for key in properties.into_iter().flat_map(|keys| keys.keys()) {
            let is_used = text.contains(&format!(" {key}: "))
                || text.contains(&format!("{{{key}: "))
                || text.contains(&format!(" {key}:\n"))
                || text.contains(&format!("\n{key}:"));
            assert!(
                is_used || NOT_SHOWN.contains(&key.as_str()),
                "`{key}` of {} stands nowhere in {EXAMPLES}",
                section.heading
            );
        }
    }
}
