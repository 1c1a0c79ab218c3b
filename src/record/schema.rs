//! The JSON Schema of records, by which editors complete and check the block in a decision record.

use serde_json::{Value as Json, json};
use verdict::rubric::{Rubric, schema};

use super::decision::SCHEMA;

/// The schema of records of decisions by this rubric, with a line feed at the end.
pub fn of_records(rubric: &Rubric) -> String {
    let decisions: Vec<&str> = rubric
        .recommendations
        .iter()
        .map(|recommendation| recommendation.id.as_str())
        .collect();
    let day = |description: &str| {
        json!({ "description": description, "type": ["string", "null"], "format": "date",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    };
    let text =
        |description: &str| json!({ "description": description, "type": ["string", "null"] });
    let schema: Json = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("mesh-advisor/record/{SCHEMA}"),
        "description": format!("A decision by the rubric {}, as its block in a decision record holds it.", rubric.id),
        "type": "object",
        "properties": {
            "schema": { "description": "The version of this form.", "const": SCHEMA },
            "rubric": { "description": "The rubric and its version.", "type": "string",
                        "pattern": format!("^{}@[0-9]+\\.[0-9]+\\.[0-9]+$", rubric.id) },
            "decision": { "description": "What was decided.", "enum": decisions },
            "decided": day("The day of the decision."),
            "review_by": day("The day by which it is to be looked at again."),
            "answers": schema::answers(rubric),
            "exception": {
                "description": "Why the decision departs from what the answers give.",
                "type": ["object", "null"],
                "properties": {
                    "because": text("The reason."),
                    "by": text("Who granted it."),
                    "until": day("The last day on which it holds."),
                },
                "additionalProperties": false,
            },
            "prerequisites": {
                "description": "How prerequisites are met: by the id of each, what was done.",
                "type": ["object", "null"],
                "additionalProperties": { "type": "string" },
            },
        },
        "required": ["schema", "rubric", "decision"],
        "additionalProperties": false,
    });
    format!("{schema:#}\n")
}
