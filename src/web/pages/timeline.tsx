/** When: a picture of messages by month or year, each bar a link to that search. Drawn on the server, as SVG. */
import { countOf, formatCount, monthLabel } from '../figures.js';
import type { Bar, Timeline } from '../timeline.js';

export interface TimelineProps {
  readonly timeline: Timeline;
  /** What the picture is of, for those who do not see it. */
  readonly label: string;
  /** Address of the search for a period; '' is "without a date". */
  readonly search: (period: string) => string;
}

const width = 960;
const height = 132;
const plotHeight = 104;

export function TimelinePicture({ timeline, label, search }: TimelineProps) {
  const { bars, highest, unit } = timeline;
  if (bars.length < 2) return undefined;
  const step = width / bars.length;
  const name = (bar: Bar): string => (unit === 'year' ? bar.period : monthLabel(bar.period));
  return (
    <figure class="timeline">
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${label}, by ${unit}`}>
        <line class="ground" x1="0" x2={width} y1={plotHeight + 0.5} y2={plotHeight + 0.5} />
        {bars.map((bar, at) => (
          <BarLink bar={bar} at={at} step={step} highest={highest} name={name(bar)} href={search(bar.period)} />
        ))}
        <YearLabels bars={bars} step={step} />
      </svg>
      <figcaption>
        {`${label} by ${unit}; the highest bar is ${countOf(highest, 'message')}.`} <Strays timeline={timeline} search={search} />
      </figcaption>
    </figure>
  );
}

interface BarProps {
  readonly bar: Bar;
  readonly at: number;
  readonly step: number;
  readonly highest: number;
  readonly name: string;
  readonly href: string;
}

function BarLink({ bar, at, step, highest, name, href }: BarProps) {
  if (bar.count === 0) return undefined;
  const gap = step > 4 ? Math.min(2, step * 0.2) : 0;
  // One message must be seen beside a thousand.
  const barHeight = Math.max(1.5, (bar.count / highest) * (plotHeight - 4));
  const text = `${name}: ${countOf(bar.count, 'message')}`;
  return (
    <a href={href} aria-label={text}>
      <title>{text}</title>
      <rect class="reach" x={round(at * step)} y="0" width={round(step)} height={plotHeight} />
      <rect class="bar" x={round(at * step + gap / 2)} y={round(plotHeight - barHeight)} width={round(step - gap)} height={round(barHeight)} />
    </a>
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** A label where a year begins, as far as they do not touch. */
function YearLabels({ bars, step }: { bars: readonly Bar[]; step: number }) {
  const years = bars.flatMap((bar, at) => (at === 0 || bar.period.length === 4 || bar.period.endsWith('-01') ? [{ year: bar.period.slice(0, 4), x: at * step }] : []));
  let last = Number.NEGATIVE_INFINITY;
  const shown = years.filter(({ x }) => {
    if (x - last < 60 || x > width - 44) return false;
    last = x;
    return true;
  });
  return (
    <>
      {shown.map(({ year, x }) => (
        <text class="year" x={round(x)} y={height - 6} aria-hidden="true">
          {year}
        </text>
      ))}
    </>
  );
}

function Strays({ timeline, search }: { timeline: Timeline; search: (period: string) => string }) {
  const { bars, before, after, undated } = timeline;
  const first = bars[0]?.period ?? '';
  const last = bars.at(-1)?.period ?? '';
  return (
    <>
      {before > 0 ? <a href={search(`..${previous(first)}`)}>{`${formatCount(before)} long before`}</a> : undefined}{' '}
      {after > 0 ? <a href={search(`${next(last)}..`)}>{`${formatCount(after)} long after`}</a> : undefined}{' '}
      {undated > 0 ? <a href={search('')}>{`${formatCount(undated)} undated`}</a> : undefined}
    </>
  );
}

const previous = (period: string): string => shifted(period, -1);
const next = (period: string): string => shifted(period, 1);

function shifted(period: string, by: number): string {
  if (period.length === 4) return String(Number(period) + by).padStart(4, '0');
  const month = Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1 + by;
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
