'use strict';
// Makes a report live. All reasoning is a walk through the diagrams that the engine compiled: no test is evaluated here.
(() => {
  const model = JSON.parse(document.getElementById('model').textContent);
  const byId = (id) => document.getElementById(id);
  // The places of each fact's levels: flags with many classes have one for each class.
  const spans = model.levels.reduce((all, level, place) => {
    if (place && model.levels[place - 1].fact === level.fact) all.at(-1).push(place);
    else all.push([place]);
    return all;
  }, []);

  // --- the diagrams ---------------------------------------------------------------------------------------------

  const ordinal = (value) => (typeof value === 'boolean' ? Number(value) : value);

  const cellOf = (level, value) => level.classes
    ? level.classes.reduce((cell, own, bit) => cell + (own.some((flag) => value.includes(flag)) ? 2 ** bit : 0), 0)
    : level.starts.filter((start) => start <= ordinal(value)).length - 1;

  const cellCount = (level) => (level.classes ? 2 ** level.classes.length : level.starts.length);

  // The label of the leaf that a full row of cells leads to.
  const walk = (diagram, cells) => {
    let at = diagram.root;
    while (at >= 0) at = diagram.nodes[at][1 + cells[diagram.nodes[at][0]]];
    return -at - 1;
  };

  // All labels that can be reached while some cells are not known (null).
  const reach = (diagram, cells) => {
    const seen = new Set();
    const labels = new Set();
    const todo = [diagram.root];
    while (todo.length) {
      const at = todo.pop();
      if (at < 0) labels.add(-at - 1);
      else if (!seen.has(at)) {
        seen.add(at);
        const [level, ...children] = diagram.nodes[at];
        if (cells[level] === null) todo.push(...children);
        else todo.push(children[cells[level]]);
      }
    }
    return labels;
  };

  // What the sets of flags give that have a level for each class: of each outcome the nearest set, as cells from the last
  // level to the first, and whether there are others.
  const nearest = (places, assumed) => {
    const { root, nodes } = model.verdict;
    const levelAt = (at) => (at < 0 ? model.levels.length : nodes[at][0]);
    const isBefore = (one, other) => one.distance - other.distance < 0
      || (one.distance === other.distance && one.cells.join('') < other.cells.join(''));
    let start = root;
    while (levelAt(start) < places[0]) start = nodes[start][1 + assumed[levelAt(start)]];
    const own = places.map((place) => assumed[place]).reverse();
    const reached = new Map([[start, { distance: 0, cells: own, isOneOfSeveral: levelAt(start) !== places[0] }]]);
    const reach = (found, key, way) => {
      const known = found.get(key);
      if (known) way.isOneOfSeveral = true;
      if (known && !isBefore(way, known)) known.isOneOfSeveral = true;
      else found.set(key, way);
    };
    places.forEach((place, nth) => {
      [...reached].filter(([at]) => levelAt(at) === place).forEach(([at, { distance, cells, isOneOfSeveral }]) => {
        reached.delete(at);
        [0, 1].forEach((cell) => {
          const child = nodes[at][1 + cell];
          const isGap = Math.min(levelAt(child), places.at(-1) + 1) > place + 1;
          reach(reached, child, {
            distance: distance + Number(cell !== assumed[place]),
            cells: cells.with(places.length - 1 - nth, cell),
            isOneOfSeveral: isOneOfSeveral || isGap,
          });
        });
      });
    });
    const outcomes = new Map();
    reached.forEach((way, end) => reach(outcomes, gives(walk({ root: end, nodes }, assumed)), way));
    return outcomes;
  };

  // Leaf 0 of the verdict says that no rule holds, the others name a rule, counted from 1.
  const gives = (leaf) => (leaf ? model.rules[leaf - 1].gives : null);

  // The facts that can still change the recommendation, in the order of the rubric: what the diagram still asks for once
  // what is known is followed, leaves are recommendations, and equal parts are one.
  const deciding = (cells) => {
    const { root, nodes } = model.verdict;
    const parts = new Map();
    const made = [];
    const part = (level, children) => {
      if (level !== null && children.every((own) => own === children[0])) return children[0];
      const key = `${level}:${children}`;
      if (!parts.has(key)) parts.set(key, made.push({ level, children }) - 1);
      return parts.get(key);
    };
    const found = [];
    const partOf = (at) => (at < 0 ? part(null, [gives(-at - 1)]) : found[at]);
    nodes.forEach(([level, ...children]) => found.push(cells[level] === null
      ? part(level, children.map(partOf)) : partOf(children[cells[level]])));
    const open = new Set();
    const seen = new Set();
    const todo = [partOf(root)];
    while (todo.length) {
      const own = todo.pop();
      const { level, children } = made[own];
      if (level === null || seen.has(own)) continue;
      seen.add(own);
      open.add(model.levels[level].fact);
      todo.push(...children);
    }
    return [...open].sort((one, other) => one - other).map((place) => model.facts[place]);
  };

  // Everything that follows from some answers: an object from fact ids to values; what is missing is not known.
  const advise = (answers) => {
    const valueOf = (fact, assume) => answers[fact.id] ?? (assume ? fact.assume : null);
    const cellsFor = (assume) => model.levels.map((level) => {
      const value = valueOf(model.facts[level.fact], assume);
      return value === null || value === undefined ? null : cellOf(level, value);
    });
    const known = cellsFor(false);
    const assumed = cellsFor(true);
    const leaf = walk(model.verdict, assumed);
    const rules = reach(model.verdict, known);
    const possible = model.recommendations.map((_, place) => place)
      .filter((place) => [...rules].some((own) => gives(own) === place));
    const boxes = model.conditions.map((diagram) => {
      const labels = reach(diagram, known);
      return labels.size > 1 ? null : labels.has(1);
    });
    const given = (place, cell) => gives(walk(model.verdict, assumed.with(place, cell)));
    const picture = spans.map((places) => {
      const [place] = places;
      const level = model.levels[place];
      if (places.length === 1) {
        const here = assumed[place];
        const outcomes = Array.from({ length: cellCount(level) }, (_, cell) => given(place, cell));
        return { level, here, outcomes, moves: outcomes.filter((_, cell) => cell !== here) };
      }
      // Each class by itself counts as a change, and what takes several of them as one.
      const sets = nearest(places, assumed);
      const alone = places.map((own) => given(own, 1 - assumed[own]));
      const more = [...sets].filter(([outcome, { distance }]) => distance > 1 && !alone.includes(outcome));
      return { level, places, sets, moves: [...alone, ...more.map(([outcome]) => outcome)] };
    }).sort((one, other) => one.level.fact - other.level.fact);
    return {
      rule: leaf - 1, recommendation: gives(leaf), possible, deciding: deciding(known), boxes, picture,
      isCertain: rules.size === 1,
    };
  };

  // --- numbers with decimals: a count is held as a whole number -------------------------------------------------

  const bare = (fact, number) => String(number / 10 ** (fact.digits ?? 0));

  const withUnit = (fact, numbers) => (fact.unit ? `${numbers} ${fact.unit}` : numbers);

  // Not a number where there are more decimals than the fact has.
  const held = (fact, text) => {
    const number = Math.round(Number(text) * 10 ** (fact.digits ?? 0));
    return Number(bare(fact, number)) === Number(text) ? number : NaN;
  };

  // --- the controls ---------------------------------------------------------------------------------------------

  const boxesOf = (fact) => [...byId(`fact-${fact.id}`).querySelectorAll('input')];

  // What is wrong with what stands in the control of a number; null where nothing is.
  const mistake = (fact) => {
    if (fact.kind !== 'count') return null;
    const { value, validity } = byId(`fact-${fact.id}`);
    // A browser hands out nothing where no number stands.
    if (value === '' && !validity.badInput) return null;
    const [least, most] = fact.bounds;
    const number = held(fact, value);
    if (value !== '' && Number.isSafeInteger(number) && number >= least && number <= most) return null;
    return `${value === '' ? 'This' : value} is not taken: ${fact.expects} is expected.`;
  };

  const mistakes = () => model.facts.flatMap((fact) => {
    const found = mistake(fact);
    return found ? [[fact, found]] : [];
  });

  const read = (fact) => {
    const control = byId(`fact-${fact.id}`);
    if (fact.kind === 'flags') {
      const boxes = boxesOf(fact);
      const set = boxes.flatMap((box, place) => (box.checked && box.value ? [place] : []));
      return set.length || boxes.at(-1).checked ? set : null;
    }
    if (control.value === '') return null;
    if (fact.kind === 'yes_no') return control.value === 'yes';
    if (fact.kind === 'choice') return fact.options.findIndex(([id]) => id === control.value);
    return mistake(fact) ? null : held(fact, control.value);
  };

  const write = (fact, value) => {
    const control = byId(`fact-${fact.id}`);
    const isKnown = value !== undefined && value !== null;
    if (fact.kind === 'flags') {
      boxesOf(fact).forEach((box, place) => {
        box.checked = isKnown && (box.value ? value.includes(place) : value.length === 0);
      });
    } else if (!isKnown) control.value = '';
    else if (fact.kind === 'yes_no') control.value = value ? 'yes' : 'no';
    else control.value = fact.kind === 'choice' ? fact.options[value][0] : bare(fact, value);
  };

  const readAll = () => Object.fromEntries(model.facts
    .map((fact) => [fact.id, read(fact)])
    .filter(([, value]) => value !== null));

  // --- the address: what was changed is there again when the page is loaded again, and goes with a link ------------

  const mark = '#answers?';

  const inAddress = (fact, value) => (fact.kind === 'flags'
    ? value.map((flag) => fact.options[flag][0]).join(',') : ids(fact, value));

  const keep = (answers, isAsGiven) => {
    const words = new URLSearchParams(model.facts
      .filter((fact) => answers[fact.id] !== undefined)
      .map((fact) => [fact.id, inAddress(fact, answers[fact.id])]));
    if (model.subject !== null) words.set('subject', model.subject);
    const [page] = location.href.split('#');
    history.replaceState(null, '', isAsGiven ? page : `${page}${mark}${words}`);
  };

  // What the address says of a fact: `undefined` where that is none of its values.
  const fromAddress = (fact, word) => {
    if (fact.kind === 'yes_no') return { yes: true, no: false }[word];
    // An empty text is no number, though JavaScript takes it for zero.
    if (fact.kind === 'count') return /\d/.test(word) ? held(fact, word) : undefined;
    const words = fact.kind === 'choice' ? [word] : word.split(',').filter(Boolean);
    const options = words.map((own) => fact.options.findIndex(([id]) => id === own));
    if (options.includes(-1)) return undefined;
    return fact.kind === 'choice' ? options[0] : options;
  };

  // Takes the answers that the address keeps, and tells the names of those that are none.
  const bring = () => {
    if (!location.hash.startsWith(mark)) return [];
    const words = new URLSearchParams(location.hash.slice(mark.length));
    model.facts.forEach((fact) => write(fact, words.has(fact.id) ? fromAddress(fact, words.get(fact.id)) : null));
    model.subject = words.get('subject') || null;
    byId('subject').value = model.subject ?? '';
    const isTaken = (name) => name === 'subject' || model.facts.some((fact) => fact.id === name && read(fact) !== null);
    return [...words.keys()].filter((name) => !isTaken(name));
  };

  // --- the words ------------------------------------------------------------------------------------------------

  const ids = (fact, value) => {
    if (fact.kind === 'yes_no') return value ? 'yes' : 'no';
    if (fact.kind === 'choice') return fact.options[value][0];
    if (fact.kind === 'flags') return value.length ? value.map((flag) => fact.options[flag][0]).join(' + ') : 'none';
    return bare(fact, value);
  };

  const say = (fact, value) => {
    if (fact.kind === 'choice') return fact.options[value][1];
    if (fact.kind === 'flags' && value.length) return value.map((flag) => fact.options[flag][1]).join(', ');
    return fact.kind === 'count' ? withUnit(fact, bare(fact, value)) : ids(fact, value);
  };

  // How many open answers are named at the top.
  const NAMED = 3;

  const either = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);

  const because = (answers, advice) => {
    const rule = model.rules[advice.rule];
    const isOpen = (piece) => typeof piece === 'number' && answers[model.facts[piece].id] === undefined;
    const isKnown = advice.isCertain && !rule.known.some(isOpen);
    const pieces = isKnown || !rule.assumed ? rule.known : rule.assumed;
    const words = pieces.map((piece) => {
      if (typeof piece === 'string') return piece;
      const fact = model.facts[piece];
      if (answers[fact.id] !== undefined) return say(fact, answers[fact.id]);
      return fact.assume === null ? 'unknown' : `${say(fact, fact.assume)}, assumed`;
    }).join('');
    return isKnown || rule.assumed ? words : `Assumed, not known: ${words}`;
  };

  // How sure, in the word that stands at the top, and in a sentence.
  const strength = (advice) => {
    const titles = (places) => either(places.map((place) => model.recommendations[place].title.toLowerCase()));
    const others = advice.possible.filter((place) => place !== advice.recommendation);
    if (others.length) return ['provisional', `Provisional: could still be ${titles(others)}.`];
    const moves = advice.picture.flatMap((line) => line.moves);
    const kept = moves.filter((outcome) => outcome === advice.recommendation).length;
    if (kept === moves.length) return ['firm', `Firm: each of ${moves.length} single changes keeps it.`];
    const away = [...new Set(moves)].filter((place) => place !== advice.recommendation).sort();
    return ['close', `Close: ${kept} of ${moves.length} single changes keep it, the others give ${titles(away)}.`];
  };

  // A set of flags in a word or two, by its classes.
  const flagsIn = (fact, classes) => {
    const [first, ...more] = classes.map((own) => fact.options[own[0]][0]);
    if (first === undefined) return 'none';
    return more.length ? `${first} + ${more.length} more` : first;
  };

  // Values of a cell that gives the same as its neighbours, in a word or two.
  const valuesIn = (level, from, to) => {
    const fact = model.facts[level.fact];
    if (level.classes) return flagsIn(fact, level.classes.filter((_, bit) => from & (2 ** bit)));
    const first = level.starts[from];
    const last = to + 1 < level.starts.length ? level.starts[to + 1] - 1 : null;
    if (fact.kind === 'count') {
      const end = last ?? fact.bounds[1];
      const numbers = first === end ? bare(fact, first)
        : last === null ? `${bare(fact, first)}+` : `${bare(fact, first)}–${bare(fact, last)}`;
      return withUnit(fact, numbers);
    }
    if (fact.kind === 'yes_no') return first === 0 && last === null ? 'no or yes' : (first ? 'yes' : 'no');
    const end = last ?? fact.options.length - 1;
    const [one, other] = [fact.options[first][0], fact.options[end][0]];
    if (first === end) return one;
    return end === first + 1 ? `${one}, ${other}` : `${one} to ${other}`;
  };

  const runs = (line) => (line.sets ? runsOfSets(line) : runsOfCells(line));

  const runsOfSets = ({ level, places, sets }) => [...sets].map(([outcome, { distance, cells, isOneOfSeveral }]) => {
    const classes = places.filter((_, nth) => cells[places.length - 1 - nth]).map((place) => model.levels[place].classes[0]);
    const values = flagsIn(model.facts[level.fact], classes);
    const isExample = distance > 0 && classes.length && (isOneOfSeveral || classes.some((own) => own.length > 1));
    const said = isExample ? `such as ${values}` : values;
    return { outcome, isCurrent: distance === 0, values: sets.size === 1 ? 'any' : said };
  }).sort((one, other) => one.outcome - other.outcome);

  const runsOfCells = ({ level, here, outcomes }) => {
    const found = [];
    outcomes.forEach((outcome, cell) => {
      const same = level.classes
        ? found.find((run) => run.outcome === outcome) : found.at(-1);
      if (same && same.outcome === outcome) {
        same.to = cell;
        same.isCurrent ||= cell === here;
        same.width += 1;
      } else found.push({ outcome, from: cell, to: cell, isCurrent: cell === here, width: 1 });
    });
    return found.map((run) => {
      const values = level.classes && run.isCurrent ? valuesIn(level, here, here) : valuesIn(level, run.from, run.to);
      // Flags of one class act alike, and sets that give the same are one run: the one that is named stands for others.
      const hasPeers = level.classes?.some((own, bit) => run.from & (2 ** bit) && own.length > 1);
      const isExample = level.classes && !run.isCurrent && (run.width > 1 || hasPeers);
      const said = isExample ? `such as ${values}` : values;
      return { ...run, values: found.length === 1 ? 'any' : said };
    });
  };

  // --- the page -------------------------------------------------------------------------------------------------

  const element = (name, text = '', attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  const shape = (name, attributes, text = '') => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  const drawn = (cells) => {
    const svg = shape('svg', { viewBox: '0 0 240 24', width: 240, height: 24, 'aria-hidden': true });
    const width = Math.floor(240 / cells.length);
    cells.forEach((cell, place) => {
      const fill = model.colours[cell.outcome % model.colours.length];
      const frame = cell.isCurrent ? { stroke: 'currentColor', 'stroke-width': 3 } : {};
      svg.append(
        shape('rect', { x: place * width + 2, y: 2, width: width - 4, height: 20, fill, ...frame }),
        shape('text', { x: place * width + Math.floor(width / 2), y: 17, 'text-anchor': 'middle', 'font-size': 13, fill: '#000' },
          model.recommendations[cell.outcome].letter),
      );
    });
    return svg;
  };

  const showPicture = (advice) => {
    byId('picture').replaceChildren(...advice.picture.map((line) => {
      const cells = runs(line).filter((run) => run.outcome !== null);
      const row = element('tr');
      const name = element('th', '', { scope: 'row' });
      name.append(element('code', model.facts[line.level.fact].id));
      const words = element('td');
      cells.forEach((cell, place) => {
        const { letter } = model.recommendations[cell.outcome];
        if (place) words.append(', ');
        words.append(cell.isCurrent ? element('span', `[${letter}] ${cell.values}`, { class: 'current' })
          : `${letter} ${cell.values}`);
      });
      const svg = element('td');
      svg.append(drawn(cells));
      row.append(name, svg, words);
      return row;
    }));
  };

  const showBoxes = (advice) => {
    document.querySelectorAll('#boxes li').forEach((item, place) => {
      const [mark, label] = { true: ['[x]', 'ticked:'], false: ['[ ]', 'not ticked:'], null: ['[?]', 'open:'] }[advice.boxes[place]];
      const own = item.querySelector('span');
      own.textContent = mark;
      own.setAttribute('aria-label', label);
    });
    const heading = document.querySelector('#boxes h2');
    const count = (state) => advice.boxes.filter((own) => own === state).length;
    const open = count(null) ? `, ${count(null)} open` : '';
    if (heading) heading.textContent = `Boxes: ${count(true)} of ${advice.boxes.length} ticked${open}`;
  };

  const amount = ([low, high], unit) => {
    const part = (value, digits) => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    const span = (by, digits) => (low === high ? part(low / by, digits) : `${part(low / by, digits)}–${part(high / by, digits)}`);
    if (high === 0) return 'none';
    if (unit === 'memory') return high < 1024 ? `${span(1, 0)} MiB` : `${span(1024, low >= 102400 ? 0 : 1)} GiB`;
    return `${span(1000, high < 1000 ? 2 : low >= 100000 ? 0 : 1)} cores`;
  };

  // What millicores and MiB cost in a year at monthly prices of a vCPU and of a GiB, as the program reckons it.
  const inYear = (cpu, memory, [vcpu, gib]) => Math.round((12 * (128 * cpu * (vcpu ?? 0) + 125 * memory * (gib ?? 0))) / 128000);

  const price = ({ control }, data, prices) => {
    if (prices.every((own) => own === undefined)) return 'needs a price';
    if (!control) return 'not published';
    const [low, high] = [0, 1].map((end) => inYear(data.cpu[end] + control[0][end], data.memory[end] + control[1][end], prices));
    const words = (sum) => sum.toLocaleString('en');
    const part = prices[1] === undefined ? ' (CPU alone)' : prices[0] === undefined ? ' (memory alone)' : '';
    return `${low === high ? words(low) : `${words(low)}–${words(high)}`}${part}`;
  };

  const costs = [...document.querySelectorAll('#cost tbody tr')];
  const namesAsGiven = costs.map((row) => [row.className, row.cells[0].textContent]);

  // Which shape of a recommendation is built depends on gifts, whose tests are not here: then all that belong to it are told.
  const showCost = (answers, advice, isChanged) => {
    const isBlank = !Object.keys(answers).length;
    const own = isBlank || advice.recommendation === null ? null : model.recommendations[advice.recommendation].id;
    costs.forEach((row, place) => {
      const { title, recommendation, rates } = model.shapes[place];
      const names = recommendation === own ? ['recommended', `${title} (of the recommendation)`] : ['', title];
      [row.className, row.cells[0].textContent] = isChanged ? names : namesAsGiven[place];
      const missing = rates.filter((rate) => answers[rate.fact] === undefined).map((rate) => rate.fact);
      const needed = `needs ${missing.join(', ')}`;
      const data = Object.fromEntries(['cpu', 'memory'].map((unit) => [unit, [0, 1].map((end) => rates.reduce(
        (all, rate) => all + (rate[unit][end] * (answers[rate.fact] ?? 0)) / rate.per, 0))]));
      ['cpu', 'memory'].forEach((unit, nth) => {
        row.cells[nth + 1].textContent = missing.length ? needed : amount(data[unit], unit);
      });
      if (model.prices) {
        const prices = model.prices.map((fact) => answers[fact]);
        row.cells[3].textContent = missing.length ? needed : price(model.shapes[place], data, prices);
      }
    });
  };

  // A quoted text of JSON is one of YAML as well.
  const yaml = (answers) => {
    const lines = mistakes().map(([fact, found]) => `# ${fact.id} is left out. ${found}`);
    lines.push(`rubric: ${model.rubric}`);
    if (model.subject !== null) lines.push(`subject: ${JSON.stringify(model.subject)}`);
    lines.push(Object.keys(answers).length ? 'answers:' : 'answers: {}');
    model.facts.forEach((fact) => {
      const value = answers[fact.id];
      if (value === undefined) return;
      const given = model.given[fact.id];
      const isGiven = given && JSON.stringify(given.value) === JSON.stringify(value);
      const own = fact.kind === 'flags' ? `[${value.map((flag) => fact.options[flag][0]).join(', ')}]`
        : fact.kind === 'yes_no' ? String(value) : ids(fact, value);
      const more = isGiven ? [['source', given.source && JSON.stringify(given.source)], ['as_of', given.as_of]]
        .filter(([, text]) => text).map(([key, text]) => `, ${key}: ${text}`).join('') : '';
      lines.push(`  ${fact.id}: ${more ? `{value: ${own}${more}}` : own}`);
    });
    return `${lines.join('\n')}\n`;
  };

  // Names in the address that are no facts of this rubric, or have no value of theirs.
  let notBrought = [];

  const showMistakes = () => {
    const found = new Map(mistakes());
    model.facts.filter((fact) => fact.kind === 'count').forEach((fact) => {
      const note = byId(`mistake-${fact.id}`);
      const words = found.get(fact) ?? '';
      byId(`fact-${fact.id}`).setAttribute('aria-invalid', words !== '');
      if (note.textContent !== words) note.textContent = words;
      note.hidden = words === '';
    });
    const names = [...new Set([...[...found.keys()].map((fact) => fact.id), ...notBrought])];
    byId('mistakes').hidden = !names.length;
    byId('mistakes').textContent = `Left out of the advice and of what is saved, as it is not taken: ${names.join(', ')}.`;
  };

  const first = readAll();
  const firstSubject = model.subject;

  // Browsers refuse an address that changes with every key: some take a hundred changes in half a minute.
  const PAUSE = 350;
  let keptAt = -PAUSE;
  let keeping = null;
  const keepSoon = (answers, isAsGiven) => {
    const now = () => {
      keptAt = performance.now();
      keep(answers, isAsGiven);
    };
    clearTimeout(keeping);
    const wait = keptAt + PAUSE - performance.now();
    if (wait <= 0) now();
    else keeping = setTimeout(now, wait);
  };

  // What stands at the top is said again while it is out of sight.
  let isHeadlineSeen = true;
  new IntersectionObserver(([entry]) => {
    isHeadlineSeen = entry.isIntersecting;
    byId('now').hidden = isHeadlineSeen || byId('now').dataset.blank === 'true';
  }).observe(byId('headline'));

  const show = () => {
    const answers = readAll();
    const advice = advise(answers);
    const isBlank = !Object.keys(answers).length;
    const { title } = model.recommendations[advice.recommendation] ?? { title: 'No rule holds' };
    const subject = model.subject === null ? '' : `${model.subject}: `;
    const isChanged = JSON.stringify(answers) !== JSON.stringify(first);
    const { blank, given } = byId('headline').dataset;
    const names = advice.deciding.map((fact) => fact.id);
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    const open = names.length ? `Open: ${names.slice(0, NAMED).join(', ')}${more}. As far as you have said: ` : '';
    const [word, sentence] = strength(advice);
    const isAsGiven = !isChanged && model.subject === firstSubject;
    byId('headline').textContent = isBlank ? blank : isAsGiven ? given : `${subject}${open}${title} (${word})`;
    byId('because').textContent = isBlank ? 'Nothing is answered yet.' : because(answers, advice);
    byId('strength').textContent = !isChanged ? byId('strength').dataset.given : isBlank ? '' : sentence;
    byId('decided').hidden = isBlank;
    byId('now').dataset.blank = isBlank;
    byId('now').hidden = isBlank || isHeadlineSeen;
    byId('now').textContent = `${open ? 'As far as you have said: ' : ''}${title}`;
    byId('rule').textContent = model.rules[advice.rule]?.id ?? 'none';
    byId('possible').textContent = advice.possible.map((place) => model.recommendations[place].title).join(', ');
    showMistakes();
    showPicture(advice);
    showBoxes(advice);
    showCost(answers, advice, isChanged);
    byId('yaml').value = yaml(answers);
    document.querySelectorAll('.as-given').forEach((note) => { note.hidden = !isChanged; });
    return [answers, isAsGiven];
  };

  const save = () => {
    const link = element('a', '', {
      href: URL.createObjectURL(new Blob([byId('yaml').value], { type: 'application/yaml' })), download: 'answers.yaml',
    });
    link.click();
    URL.revokeObjectURL(link.href);
  };

  byId('questions').addEventListener('submit', (event) => event.preventDefault());
  // What the answers were before they were taken back, until the next change.
  let before = null;
  const setBefore = (answers) => {
    before = answers;
    byId('reset').textContent = before ? 'Bring my answers back' : byId('reset').dataset.label;
  };

  byId('questions').addEventListener('input', (event) => {
    setBefore(null);
    notBrought = [];
    model.subject = byId('subject').value.trim() || null;
    // "None of these" and a flag cannot both be.
    const { target } = event;
    if (target.type === 'checkbox' && target.checked) {
      document.getElementsByName(target.name).forEach((box) => {
        if (box !== target && (!box.value || !target.value)) box.checked = false;
      });
    }
    keepSoon(...show());
  });
  byId('save').addEventListener('click', save);
  byId('reset').addEventListener('click', () => {
    const answers = before ?? first;
    setBefore(before ? null : readAll());
    model.facts.forEach((fact) => write(fact, answers[fact.id]));
    keepSoon(...show());
  });
  document.querySelectorAll('.live').forEach((part) => { part.hidden = false; });
  const start = () => {
    notBrought = bring();
    show();
  };
  start();
  addEventListener('hashchange', start);
  // A browser that comes back to the page brings what was typed, and tells nobody.
  addEventListener('pageshow', () => show());

  // What tests ask: the same functions on answers of their own.
  window.meshAdvisor = { model, advise };
})();
