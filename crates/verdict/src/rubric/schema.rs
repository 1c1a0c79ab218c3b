//! JSON Schemas, by which editors complete and check files while they are written.

use serde_json::{Map, Value as Json, json};

use super::{Rubric, RubricFile};

/// The schema of rubric files.
pub fn of_rubrics() -> String {
    pretty(&schemars::schema_for!(RubricFile).to_value())
}

/// The schema of an answers file for this rubric.
///
/// ```
/// # use verdict::rubric::Rubric;
/// # use verdict::text::Source;
/// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
/// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
/// let schema = verdict::rubric::schema::of_answers(&rubric);
/// assert!(schema.contains("bicycle_path"));
/// ```
pub fn of_answers(rubric: &Rubric) -> String {
    pretty(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Answers to the rubric {}", rubric.id),
        "type": "object",
        "properties": {
            "rubric": { "description": "The rubric that is answered.", "type": ["string", "null"],
                        "pattern": format!("^{}(@.*)?$", rubric.id) },
            "subject": { "description": "What the answers describe.", "type": ["string", "null"] },
            "answers": answers(rubric),
        },
        "additionalProperties": false,
    }))
}

/// The schema of the mapping of facts to answers, as it stands under `answers`.
pub fn answers(rubric: &Rubric) -> Json {
    let facts: Map<String, Json> = rubric
        .facts
        .iter()
        .map(|fact| {
            let value = json!({ "anyOf": [fact.kind.schema(), { "enum": ["unknown", null] }] });
            let with_provenance = json!({
                "type": "object",
                "properties": {
                    "value": value,
                    "source": { "type": ["string", "null"], "description": "Where the answer comes from." },
                    "as_of": { "type": ["string", "null"], "format": "date", "description": "When it was true." },
                },
                "required": ["value"],
                "additionalProperties": false,
            });
            (fact.id.to_string(), json!({ "description": fact.ask, "anyOf": [value, with_provenance] }))
        })
        .collect();
    json!({ "type": ["object", "null"], "properties": facts, "additionalProperties": false })
}

fn pretty(schema: &Json) -> String {
    format!("{schema:#}\n")
}
