/**
 * Conditions on what `impart verify` found of a message.
 *
 *   label:conflict   label:"Partly signed"   label:*   signed-by:gmail.com   selector:20120113
 *   selector:s1._domainkey.example.org       finding:copies-differ   finding:notice   finding:*
 */
import { isDomainName, readDomain } from '../../verify/dkim-signature.js';
import { findingCodes, findingLevels } from '../../verify/finding.js';
import { splitKeyName } from '../../verify/keys/found-record.js';
import { labelNames, labels } from '../../verify/label.js';
import { Refusal, type Value } from './lex.js';
import type { JudgementCondition } from './query.js';

export type JudgementField = 'label' | 'signed-by' | 'selector' | 'finding';

/** Throws a Refusal that points at the value. */
export function parseJudgementCondition(field: JudgementField, value: Value): JudgementCondition {
  const isAny = !value.quoted && value.text === '*';
  switch (field) {
    case 'label':
      return { kind: 'label', label: isAny ? undefined : parseLabel(value) };
    case 'finding':
      return { kind: 'finding', which: isAny ? undefined : parseFinding(value) };
    case 'signed-by':
      return { kind: 'signed-by', domain: isAny ? undefined : parseName('signed-by', value) };
    case 'selector': {
      const full = splitKeyName(value.text.trim());
      if (full !== undefined) return { kind: 'selector', ...full };
      return { kind: 'selector', selector: parseName('selector', value), domain: undefined };
    }
  }
}

function parseLabel(value: Value): (typeof labels)[number] {
  const wanted = value.text.trim().toLowerCase();
  const label = labels.find((each) => each === wanted || labelNames[each].toLowerCase() === wanted);
  if (label !== undefined) return label;
  throw new Refusal(`label: has no "${value.text}".`, value, `It is one of ${labels.join(', ')}.`);
}

function parseFinding(value: Value): NonNullable<Extract<JudgementCondition, { kind: 'finding' }>['which']> {
  const wanted = value.text.trim().toLowerCase();
  const which =
    findingCodes.find((code) => code === wanted) ?? findingLevels.find((level) => level === wanted);
  if (which !== undefined) return which;
  const names = [...findingLevels, ...findingCodes].join(', ');
  throw new Refusal(`finding: has no "${value.text}".`, value, `It is one of ${names}.`);
}

function parseName(field: string, value: Value): string {
  const name = readDomain(value.text);
  if (isDomainName(name)) return name;
  const example = field === 'selector' ? 'selector:s1' : 'signed-by:example.org';
  throw new Refusal(`${field}: takes a name without blanks.`, value, `Write ${example}.`);
}

export function describeJudgementCondition(condition: JudgementCondition): string {
  switch (condition.kind) {
    case 'label':
      return condition.label === undefined ? 'with a label' : `labelled "${labelNames[condition.label]}"`;
    case 'finding':
      return condition.which === undefined ? 'with a finding' : `with a finding ${condition.which}`;
    case 'signed-by':
      return condition.domain === undefined
        ? 'with a signature that verifies'
        : `with a signature of ${condition.domain} that verifies`;
    case 'selector':
      return `naming selector ${condition.selector}${condition.domain === undefined ? '' : ` of ${condition.domain}`}`;
  }
}

export function formatJudgementCondition(condition: JudgementCondition): string {
  switch (condition.kind) {
    case 'label':
      return `label:${condition.label ?? '*'}`;
    case 'finding':
      return `finding:${condition.which ?? '*'}`;
    case 'signed-by':
      return `signed-by:${condition.domain ?? '*'}`;
    case 'selector':
      return condition.domain === undefined
        ? `selector:${condition.selector}`
        : `selector:${condition.selector}._domainkey.${condition.domain}`;
  }
}
