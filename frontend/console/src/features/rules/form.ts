/** A rule as the editor holds it, read from the JSON form of docs/rules.md and written back to it. */

export const FIELDS = ['brand', 'supplier', 'category', 'sku', 'month', 'weekday', 'value', 'quantity'] as const;
export type Field = (typeof FIELDS)[number];
export const KINDS = ['per_amount', 'per_unit', 'fixed', 'multiplier'] as const;
export type Kind = (typeof KINDS)[number];
export const PERIODS = ['day', 'month', 'quarter', 'year', 'ever'] as const;
export const OWNERS = ['member', 'firm'] as const;
export const MAX_BOOSTS = 6;

export type Join = 'all' | 'any';

export interface Leaf {
  type: 'leaf';
  id: number;
  field: Field;
  not: boolean;
  values: string[];
  least: string;
}

export interface Group {
  type: 'group';
  id: number;
  not: boolean;
  join: Join;
  leaves: Leaf[];
}

/** A part that the form has no inputs for: shown, kept and sent as it is. */
export interface Kept {
  type: 'kept';
  id: number;
  node: unknown;
}

export type Clause = Leaf | Group | Kept;

export interface Condition {
  join: Join;
  clauses: Clause[];
}

export interface Boost {
  id: number;
  times: string;
  when: Condition;
}

export interface Cap {
  id: number;
  points: string;
  per: string;
  for: string;
}

export interface RuleForm {
  namePl: string;
  nameEn: string;
  kind: Kind;
  points: string;
  per: string;
  times: string;
  each: string;
  least: string;
  when: Condition;
  boosts: Boost[];
  caps: Cap[];
  budget: string;
  days: string;
  from: string;
  until: string;
}

type Node = Record<string, unknown>;
export type Point = ',' | '.';

let last = 0;
/** For React's keys only. */
export const nextId = () => ++last;

export const isMeasured = (field: Field) => field === 'value' || field === 'quantity';
export const takesBoosts = (kind: Kind) => kind === 'per_amount' || kind === 'per_unit';

export function newLeaf(field: Field = 'brand'): Leaf {
  return { type: 'leaf', id: nextId(), field, not: false, values: [], least: '' };
}

export function newBoost(): Boost {
  return { id: nextId(), times: '2', when: { join: 'all', clauses: [newLeaf('month')] } };
}

export function newCap(): Cap {
  return { id: nextId(), points: '', per: 'month', for: 'member' };
}

export function blank(today: string): RuleForm {
  return {
    namePl: '', nameEn: '', kind: 'per_amount', points: '', per: '100', times: '2', each: 'line', least: '',
    when: { join: 'all', clauses: [] }, boosts: [], caps: [], budget: '', days: '', from: today, until: '',
  };
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown, otherwise = '') => (typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function readLeaf(node: unknown, point: Point, not = false): Leaf | null {
  if (!isNode(node)) return null;
  if ('not' in node) return not ? null : readLeaf(node['not'], point, true);
  const field = FIELDS.find((each) => each === node['field']);
  if (!field) return null;
  return { type: 'leaf', id: nextId(), field, not, values: list(node['in']).map((value) => text(value)), least: text(node['at_least']).replace('.', point) };
}

function joinOf(node: unknown): Join | null {
  if (!isNode(node)) return null;
  return Array.isArray(node['all']) ? 'all' : Array.isArray(node['any']) ? 'any' : null;
}

function readClause(node: unknown, point: Point): Clause {
  const leaf = readLeaf(node, point);
  if (leaf) return leaf;
  const not = isNode(node) && 'not' in node;
  const inner = not ? node['not'] : node;
  const join = joinOf(inner);
  if (join) {
    const leaves = list((inner as Node)[join]).map((child) => readLeaf(child, point));
    if (leaves.length > 0 && leaves.every((child) => child !== null)) return { type: 'group', id: nextId(), not, join, leaves };
  }
  return { type: 'kept', id: nextId(), node };
}

export function readCondition(node: unknown, point: Point): Condition {
  const join = joinOf(node);
  if (join) return { join, clauses: list((node as Node)[join]).map((child) => readClause(child, point)) };
  return { join: 'all', clauses: isNode(node) ? [readClause(node, point)] : [] };
}

/** The form of a rule's JSON text. Numbers get the comma or point of their reader. */
export function readRule(body: string, point: Point): RuleForm {
  const number = (value: unknown, otherwise = '') => text(value, otherwise).replace('.', point);
  const rule = JSON.parse(body) as Node;
  const name = isNode(rule['name']) ? rule['name'] : { pl: rule['name'], en: rule['name'] };
  const award = isNode(rule['award']) ? rule['award'] : {};
  const start = blank('');
  return {
    ...start,
    namePl: text(name['pl']),
    nameEn: text(name['en']),
    kind: KINDS.find((each) => each === award['kind']) ?? start.kind,
    points: number(award['points']),
    per: number(award['per'], start.per),
    times: number(award['times'], start.times),
    each: text(award['each'], start.each),
    least: number(award['least']),
    when: readCondition(rule['when'], point),
    boosts: list(rule['boosts']).filter(isNode).map((boost) => ({ id: nextId(), times: number(boost['times']), when: readCondition(boost['when'], point) })),
    caps: list(rule['caps']).filter(isNode).map((cap) => ({ id: nextId(), points: number(cap['points']), per: text(cap['per']), for: text(cap['for']) })),
    budget: number(rule['budget']),
    days: text(rule['matures_after_days']),
    from: text(rule['valid_from']),
    until: text(rule['valid_until']),
  };
}

/** "1 000,5" as the server reads it; what is no number is left for the server to refuse. */
export function decimal(typed: string): string {
  return typed.replace(/[\s\u00a0]/g, '').replace(',', '.');
}

const denied = (not: boolean, node: Node): Node => (not ? { not: node } : node);

function writeClause(clause: Clause): unknown {
  if (clause.type === 'kept') return clause.node;
  if (clause.type === 'group') return denied(clause.not, { [clause.join]: clause.leaves.map(writeClause) });
  const { field } = clause;
  return denied(clause.not, isMeasured(field) ? { field, at_least: decimal(clause.least) } : { field, in: clause.values });
}

export function writeCondition({ join, clauses }: Condition): unknown {
  const [first] = clauses;
  if (!first) return { all: [] };
  return clauses.length === 1 ? writeClause(first) : { [join]: clauses.map(writeClause) };
}

/** Where the server finds a clause, as it names it in a refusal: inside `not`, if it is denied. */
export function clausePath(base: string, { join, clauses }: Condition, index: number): string {
  const at = clauses.length === 1 ? base : `${base}.${join}[${index}]`;
  const clause = clauses[index];
  return clause && clause.type !== 'kept' && clause.not ? `${at}.not` : at;
}

function writeAward(form: RuleForm): Node {
  const { kind } = form;
  if (kind === 'multiplier') return { kind, times: decimal(form.times) };
  const award: Node = { kind, points: decimal(form.points) };
  if (kind === 'per_amount') award['per'] = decimal(form.per);
  if (kind === 'fixed') {
    award['each'] = form.each;
    if (form.each === 'document' && form.least.trim()) award['least'] = decimal(form.least);
  }
  return award;
}

/** The JSON that is saved and tried. What is left empty is left out. */
export function writeRule(form: RuleForm): Node {
  const days = form.days.trim();
  const rule: Node = {
    name: { pl: form.namePl.trim(), en: form.nameEn.trim() || form.namePl.trim() },
    when: writeCondition(form.when),
    award: writeAward(form),
  };
  if (form.from) rule['valid_from'] = form.from;
  if (form.until) rule['valid_until'] = form.until;
  if (takesBoosts(form.kind) && form.boosts.length > 0) {
    rule['boosts'] = form.boosts.map((boost) => ({ times: decimal(boost.times), when: writeCondition(boost.when) }));
  }
  if (form.caps.length > 0) rule['caps'] = form.caps.map((cap) => ({ points: decimal(cap.points), per: cap.per, for: cap.for }));
  if (form.budget.trim()) rule['budget'] = decimal(form.budget);
  // "0" would pass as none; as a text it is refused
  if (days) rule['matures_after_days'] = /^[1-9]\d*$/.test(days) ? Number(days) : days;
  return rule;
}

/** The same for a trial, which needs no name yet. */
export function trialBody(form: RuleForm): string | null {
  const asked = form.kind === 'multiplier' ? form.times : form.points;
  if (!asked.trim()) return null;
  return JSON.stringify({ ...writeRule(form), name: '?' });
}

export interface Fault {
  field: string;
  message: string;
}

/** The refusal, if it is about this place: exactly, or, for a part that has no inputs of its own inside, anywhere in it. */
export function faultAt(fault: Fault | null, path: string, within = false): string | null {
  if (!fault) return null;
  if (fault.field === path) return fault.message;
  return within && fault.field.startsWith(path) && /^[.[]/.test(fault.field.slice(path.length)) ? fault.message : null;
}
