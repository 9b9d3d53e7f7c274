/** Who writes to whom: people and their strongest ties, each a link. */
import { countOf, formatCount } from '../figures.js';
import { Headings } from '../pages/table.js';
import { visibleName } from '../visible-text.js';
import { percent, round } from './axis.js';
import type { Drawn, WeightedTie } from './network-layout.js';

export interface NetworkProps {
  readonly ties: readonly WeightedTie[];
  readonly people: readonly Drawn[];
  readonly name: (person: number) => string;
  readonly personHref: (person: number) => string;
  readonly tieHref: (tie: WeightedTie) => string;
}

/** Room for half a name at either side, in per cent, and above and below, in pixels. */
const margin = 9;
const inset = 26;
const maxNameCharacters = 22;
/** People whose names stay on a narrow screen. */
const namedOnPhone = 9;

export function NetworkPicture(props: NetworkProps) {
  const { ties, people, name } = props;
  const height = Math.round(Math.min(680, 240 + people.length * 13));
  const places = new Map(people.map((one) => [one.person, one]));
  const strongest = ties.reduce((most, tie) => Math.max(most, tie.there + tie.back), 1);
  const busiest = people.reduce((most, one) => Math.max(most, one.messages), 1);
  const x = (one: Drawn): string => percent(margin + one.x * (100 - 2 * margin));
  const y = (one: Drawn): number => round(inset + one.y * (height - 2 * inset - 14));
  const named = [...people].sort((a, b) => b.messages - a.messages).slice(0, namedOnPhone);
  return (
    <svg class="network" width="100%" height={height}>
      <title>{`${countOf(people.length, 'person', 'people')} and ${countOf(ties.length, 'tie')} between them`}</title>
      {ties.map((tie) => {
        const [a, b] = [places.get(tie.a), places.get(tie.b)];
        if (a === undefined || b === undefined) return undefined;
        const line = { x1: x(a), y1: y(a), x2: x(b), y2: y(b) };
        const text = tieText(tie, name);
        return (
          <a href={props.tieHref(tie)} class="tie">
            <title>{text}</title>
            <line class="reach" {...line} />
            <line
              class="line"
              {...line}
              stroke-width={round(1 + 5 * Math.sqrt((tie.there + tie.back) / strongest))}
            />
          </a>
        );
      })}
      {people.map((one) => {
        const text = `${name(one.person)}: ${countOf(one.messages, 'message')} in these ties`;
        const radius = round(4 + 9 * Math.sqrt(one.messages / busiest));
        return (
          <a href={props.personHref(one.person)} class={named.includes(one) ? 'node' : 'node minor'}>
            <title>{text}</title>
            <circle cx={x(one)} cy={y(one)} r={radius} />
            <text x={x(one)} y={round(y(one) + radius + 16)} text-anchor="middle">
              {shortened(name(one.person))}
            </text>
          </a>
        );
      })}
    </svg>
  );
}

function tieText({ a, b, there, back }: WeightedTie, name: (person: number) => string): string {
  return `${name(a)} to ${name(b)}: ${formatCount(there)}; back: ${formatCount(back)}`;
}

function shortened(text: string): string {
  const name = visibleName(text);
  const characters = Array.from(name);
  return characters.length > maxNameCharacters
    ? `${characters.slice(0, maxNameCharacters - 1).join('')}…`
    : name;
}

export function TieTable({ ties, name, tieHref }: Pick<NetworkProps, 'ties' | 'name' | 'tieHref'>) {
  const person = (one: number) => <bdi>{visibleName(name(one))}</bdi>;
  return (
    <section class="scroll" tabindex={0} aria-label="Ties as a table">
      <table>
        <Headings
          columns={['Who', 'With whom', { figures: 'Wrote' }, { figures: 'Got back' }, { figures: 'Both' }]}
        />
        <tbody>
          {ties.map((tie) => (
            <tr>
              <th scope="row">{person(tie.a)}</th>
              <td>{person(tie.b)}</td>
              <td class="number">{formatCount(tie.there)}</td>
              <td class="number">{formatCount(tie.back)}</td>
              <td class="number">
                <a href={tieHref(tie)}>{formatCount(tie.there + tie.back)}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
