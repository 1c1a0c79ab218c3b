#!/usr/bin/env python3
"""Write a large rubric of the shape that real ones have, to standard output.

    benches/generate_rubric.py QUESTIONS > rubric.yaml

Every question reads two or three facts of its own and has two or three signals on pairs of them; every condition reads
one fact of each of two neighbouring questions; the verdict reads the score, the number of conditions and a few
definitions. For every fourth question two guarantees are to be proved. The last comment says how many combinations of answers the facts' options and thresholds make.
The same number of questions gives the same bytes.
"""

import random
import sys

KINDS = ("count", "yes_no", "choice")
RECOMMENDATIONS = ("no-mesh", "sidecarless", "mesh")


def fact(dice, name):
    """The YAML of a random fact, the operands that test it, and how many cells they cut."""
    kind = dice.choice(KINDS)
    if kind == "count":
        edges = dice.sample(range(2, 200), dice.choice((1, 2)))
        yaml = f"{{id: {name}, kind: count, ask: How many?, assume: 0, min: 0, max: 100000}}"
        return yaml, [(name, f'">= {edge}"') for edge in sorted(edges)], len(edges) + 1
    if kind == "yes_no":
        return f"{{id: {name}, kind: yes_no, ask: Is it so?, assume: false}}", [(name, "true")], 2
    count = dice.choice((3, 4))
    options = ", ".join(f"{{id: option-{n}, title: option {n}}}" for n in range(count))
    yaml = f"{{id: {name}, kind: choice, ask: Which?, assume: option-0, options: [{options}]}}"
    return yaml, [(name, f"option-{n}") for n in range(1, count)], count


def main():
    questions = int(sys.argv[1])
    dice = random.Random(questions)
    lines, tests, sheets = [], [], 1
    lines += ["schema: 1", "id: large", "version: 1.0.0", "title: Which of many?", "recommendations:"]
    lines += [f"  - {{id: {name}, title: {name}, summary: {name}}}" for name in RECOMMENDATIONS]
    lines.append("questions:")
    for question in range(questions):
        own = []
        lines += [f"  - id: question-{question}", "    ask: What about it?", "    why: It matters.", "    facts:"]
        for number in range(dice.choice((2, 3, 3))):
            yaml, operands, cells = fact(dice, f"fact_{question}_{number}")
            lines.append(f"      - {yaml}")
            own.append(operands)
            sheets *= cells
        tests.append(own)
        lines.append("    signals:")
        for number in range(dice.choice((2, 3))):
            one, other = (dice.choice(operands) for operands in dice.sample(own, 2))
            points = dice.choice((-3, -2, -1, 1, 2, 3))
            when = f"{{{one[0]}: {one[1]}, {other[0]}: {other[1]}}}"
            lines.append(f"      - {{when: {when}, points: {points}, reason: Reason {question}.{number}}}")
    lines.append("conditions:")
    for number in range(max(5, questions // 2)):
        first = dice.randrange(questions - 1)
        one, other = (dice.choice(dice.choice(tests[at])) for at in (first, first + 1))
        when = f"{{any: [{{{one[0]}: {one[1]}}}, {{{other[0]}: {other[1]}}}]}}"
        lines.append(f"  - {{id: condition-{number}, title: Condition {number}, when: {when}}}")
    lines.append("definitions:")
    for number in range(4):
        name, operand = dice.choice(dice.choice(tests[dice.randrange(questions)]))
        lines.append(f"  - {{id: definition-{number}, when: {{{name}: {operand}}}}}")
    lines.append("verdict:")
    for number in range(12):
        expected = dice.choice(("true", "false"))
        score = f'"{dice.choice((">=", "<"))} {dice.randrange(-4, 8)}"'
        met = f'"{dice.choice((">=", "<"))} {dice.randrange(1, 5)}"'
        when = f"{{definition-{number % 4}: {expected}, score: {score}, conditions_met: {met}}}"
        recommend = dice.choice(RECOMMENDATIONS)
        lines.append(f"  - {{id: rule-{number}, when: {when}, recommend: {recommend}, because: Rule {number}}}")
    lines.append("  - {id: otherwise, recommend: no-mesh, because: Nothing else}")
    lines.append("guarantees:")
    for question in range(0, questions, 4):
        name, _ = tests[question][0][0]
        direction = dice.choice(("up", "down"))
        lines.append(f"  - {{id: raising-{question}, monotone: {name}, direction: {direction}}}")
        name, operand = tests[question][1][0]
        when = f'{{{name}: {operand}, score: "< 0"}}'
        lines.append(f"  - {{id: low-score-{question}, when: {when}, never: [mesh]}}")
    lines.append(f"# combinations of answers: about 10 to the {len(str(sheets)) - 1}")
    print("\n".join(lines))


main()
