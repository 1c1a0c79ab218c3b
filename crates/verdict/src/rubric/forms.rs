//! The forms of single values in a rubric file, for the schema that editors use. Nothing is read by these types: the
//! loader checks the same and more.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::file::{RuleFile, TestFile};
use super::load::RESERVED;
use crate::text::Tree;

/// A schema for a form of values, under a name of its own.
macro_rules! form {
    ($(#[doc = $doc:literal])* $form:ident, $name:literal, $schema:tt) => {
        $(#[doc = $doc])*
        pub(super) struct $form;

        impl JsonSchema for $form {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

form!(
    /// The name of anything but a fact.
    Name, "Name", {
        "description": "A name in kebab-case, such as `fleet-size`.",
        "type": "string",
        "pattern": "^[a-z0-9][a-z0-9-]{0,63}$",
    }
);

form!(
    /// The name of a fact.
    FactName, "FactName", {
        "description": "The name of a fact in snake_case, such as `platform_team`.",
        "type": "string",
        "pattern": "^[a-z0-9][a-z0-9_]{0,63}$",
        "not": { "enum": RESERVED },
    }
);

form!(
    /// A version.
    VersionForm, "Version", {
        "description": "MAJOR.MINOR.PATCH, such as `1.0.0`.",
        "type": "string",
        "pattern": "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$",
    }
);

form!(
    /// A day.
    DateForm, "Date", {
        "description": "A day, YYYY-MM-DD.",
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    }
);

form!(
    /// A comparison with a number.
    ComparisonForm, "Comparison", {
        "description": "A number after `<`, `<=`, `>`, `>=`, `==` or `!=`, such as `\">= 30\"`; a number alone stands for ==.",
        "anyOf": [
            { "type": "number" },
            { "type": "string", "pattern": "^\\s*(<=|>=|==|!=|<|>)\\s*[-+]?[0-9]+(\\.[0-9]+)?\\s*$" },
        ],
    }
);

form!(
    /// One name or several.
    Names, "Names", {
        "description": "One name, or a list of which any will do.",
        "anyOf": [
            { "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$" },
            { "type": "array", "items": { "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$" },
              "minItems": 1 },
        ],
    }
);

form!(
    /// Options by their order.
    OrderForm, "Order", {
        "description": "For a choice: the options up to one or from one on, in their order, such as `\">= part-time\"`.",
        "type": "string",
        "pattern": "^\\s*(<=|>=|==|!=|<|>)\\s*[a-z0-9][a-z0-9-]{0,63}\\s*$",
    }
);

form!(
    /// Numbers between two.
    RangeForm, "Range", {
        "description": "For a count: from one number to another, both included, such as `18..21`.",
        "type": "string",
        "pattern": "^\\s*[-+]?[0-9]+(\\.[0-9]+)?\\s*\\.\\.\\s*[-+]?[0-9]+(\\.[0-9]+)?\\s*$",
    }
);

form!(
    /// So many of several flags.
    AtLeastForm, "AtLeast", {
        "description": "For flags: at least so many of those that are named; without `of`, of all.",
        "type": "object",
        "properties": {
            "at_least": { "description": "How many of them at least.", "type": "integer", "minimum": 1 },
            "of": { "description": "Which flags are counted.", "type": "array", "minItems": 1,
                    "items": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$" } },
        },
        "required": ["at_least"],
        "additionalProperties": false,
    }
);

form!(
    /// The value of a fact that is not known to be unknown.
    ValueForm, "Value", {
        "description": "A value of the fact: a number, true or false, an option, or a list of options.",
        "anyOf": [
            { "type": ["number", "boolean", "string"] },
            { "type": "array", "items": { "type": "string" } },
        ],
    }
);

form!(
    /// A number.
    NumberForm, "Number", {
        "description": "A number, with at most as many decimals as the fact's `digits`.",
        "type": "number",
    }
);

form!(
    /// A single value.
    ScalarForm, "Scalar", {
        "description": "A number or a text.",
        "type": ["integer", "string"],
    }
);

form!(
    /// One starter or several.
    StarterNames, "StarterNames", {
        "description": "The name of a file in the folder `starters` beside the rubric, or several in order.",
        "anyOf": [
            { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,58}\\.yaml$" },
            { "type": "array", "minItems": 1,
              "items": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,58}\\.yaml$" } },
        ],
    }
);

form!(
    /// The version of the file format.
    SchemaForm, "SchemaVersion", { "description": "The version of this file format.", "const": 1 }
);

/// Answers by fact.
pub(super) struct AnswersForm;

impl JsonSchema for AnswersForm {
    fn schema_name() -> Cow<'static, str> {
        "Answers".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<ValueForm>();
        json_schema!({
            "description": "Answers by fact; a fact that is absent or unknown takes its assumed value.",
            "type": ["object", "null"],
            "additionalProperties": { "anyOf": [value, { "enum": ["unknown", null] }] },
        })
    }
}

/// A list of rules, or a mapping with what is promised of them and with the rules as a list or a table.
pub(super) struct VerdictForm;

impl JsonSchema for VerdictForm {
    fn schema_name() -> Cow<'static, str> {
        "Verdict".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let rules = json_schema!({
            "description": "The rules in order: the first whose test holds gives the recommendation.",
            "type": "array",
            "items": generator.subschema_for::<RuleFile>(),
            "minItems": 1,
        });
        let form = generator.subschema_for::<VerdictTable>();
        json_schema!({ "anyOf": [rules, form] })
    }
}

/// The verdict as a mapping.
struct VerdictTable;

impl JsonSchema for VerdictTable {
    fn schema_name() -> Cow<'static, str> {
        "VerdictTable".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let rule = generator.subschema_for::<RuleFile>();
        let name = generator.subschema_for::<Name>();
        json_schema!({
            "description": "The verdict with what it promises: its rules as a list, or as a table of columns and rows.",
            "type": "object",
            "properties": {
                "complete": { "description": "Every sheet is covered by a rule of its own: a gap is an error, and the last rule may \
                                              have a `when`.", "type": "boolean" },
                "unique": { "description": "No two rules hold at once: those that give different recommendations are an error.",
                            "type": "boolean" },
                "rules": { "description": "The rules in order.", "type": "array", "items": rule, "minItems": 1 },
                "columns": { "description": "What stands in each column: a key of a test (a fact, a condition or definition, \
                                             `score`, `conditions_met`), or a key of a rule (`recommend`, `id`, `because`, `assumed`, `source`).",
                             "type": "array", "minItems": 2, "uniqueItems": true,
                             "items": { "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$" },
                             "contains": { "const": "recommend" } },
                "rows": { "description": "The rules, one a row: a cell for each column; `\"-\"` where the column does not matter. \
                                          Without a column `id` they are called row-1, row-2 and so on.",
                          "type": "array", "minItems": 1, "items": { "type": "array", "minItems": 2 } },
                "because": { "description": "For a table without a column `because`: why, for every row.", "type": "string" },
                "source": { "description": "For a table without a column `source`: the source of every row.", "allOf": [name] },
            },
            "oneOf": [{ "required": ["rules"] }, { "required": ["columns", "rows"] }],
            "additionalProperties": false,
        })
    }
}

impl JsonSchema for TestFile {
    fn schema_name() -> Cow<'static, str> {
        "Test".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let test = generator.subschema_for::<Self>();
        let comparison = generator.subschema_for::<ComparisonForm>();
        let names = generator.subschema_for::<Names>();
        let order = generator.subschema_for::<OrderForm>();
        let range = generator.subschema_for::<RangeForm>();
        let at_least = generator.subschema_for::<AtLeastForm>();
        json_schema!({
            "description": "A mapping of which every entry must hold. Its keys are facts, conditions and definitions, and the \
                            words below.",
            "type": "object",
            "minProperties": 1,
            "properties": {
                "all": { "description": "All of these hold.", "type": "array", "items": test, "minItems": 1 },
                "any": { "description": "At least one of these holds.", "type": "array", "items": test, "minItems": 1 },
                "not": { "description": "This does not hold.", "allOf": [test] },
                "score": { "description": "The sum of the points. In the verdict, guarantees, remarks and the plan.",
                           "allOf": [comparison] },
                "conditions_met": { "description": "How many conditions hold. In the verdict, guarantees, remarks and the plan.",
                                    "allOf": [comparison] },
                "recommendation": { "description": "The recommendation, or one of them. In remarks and the plan.",
                                    "allOf": [names] },
            },
            "propertyNames": { "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$" },
            "additionalProperties": {
                "description": "A fact: a comparison or a range, true or false, an option, a list of them or their \
                                order, `any`, `none` or `at_least`. A condition or definition: true or false.",
                "anyOf": [{ "type": "boolean" }, comparison, range, names, order, at_least],
            },
        })
    }
}

impl JsonSchema for Tree {
    fn schema_name() -> Cow<'static, str> {
        "Anything".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}
