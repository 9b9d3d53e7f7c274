/** When: a picture of messages by day, month or year, each bar a link to that search. Drawn on the server, as SVG. */
import { countOf, formatCount } from '../figures.js';
import type { Bar, Timeline } from '../timeline.js';
import { AxisLabels, percent, periodName, round } from './axis.js';

export interface TimelineProps {
  readonly timeline: Timeline;
  /** What the picture is of, for those who do not see it. */
  readonly label: string;
  /** Address of the search for a period; '' is "without a date". */
  readonly search: (period: string) => string;
  /** Where the picture is what the page is about. */
  readonly tall?: boolean;
}

/** CSS pixels. Horizontally everything is in per cent, so that the picture fits a phone and its letters stay readable. */
const plotHeights = { usual: 104, tall: 220 } as const;
const axisHeight = 28;

export function TimelinePicture({ timeline, label, search, tall }: TimelineProps) {
  const { bars, highest, unit } = timeline;
  const plotHeight = tall === true ? plotHeights.tall : plotHeights.usual;
  const height = plotHeight + axisHeight;
  if (bars.length < 2) return undefined;
  return (
    <figure class="timeline">
      <svg width="100%" height={height}>
        <title>{`${label}, by ${unit}`}</title>
        <line class="ground" x1="0" x2="100%" y1={plotHeight + 0.5} y2={plotHeight + 0.5} />
        {bars.map((bar, at) => (
          <BarLink
            bar={bar}
            at={at}
            count={bars.length}
            highest={highest}
            plotHeight={plotHeight}
            name={periodName(bar.period)}
            href={search(bar.period)}
          />
        ))}
        <AxisLabels periods={bars.map((bar) => bar.period)} y={height - 6} />
      </svg>
      <figcaption>
        {`${label} by ${unit}; the highest bar is ${countOf(highest, 'message')}.`}{' '}
        <Strays timeline={timeline} search={search} />
      </figcaption>
    </figure>
  );
}

interface BarProps {
  readonly bar: Bar;
  readonly at: number;
  /** Of all bars. */
  readonly count: number;
  readonly highest: number;
  /** Pixels. */
  readonly plotHeight: number;
  readonly name: string;
  readonly href: string;
}

function BarLink({ bar, at, count, highest, plotHeight, name, href }: BarProps) {
  if (bar.count === 0) return undefined;
  const step = 100 / count;
  const gap = count > 150 ? 0 : step * 0.12;
  // One message must be seen beside a thousand.
  const barHeight = Math.max(1.5, (bar.count / highest) * (plotHeight - 4));
  const text = `${name}: ${countOf(bar.count, 'message')}`;
  return (
    <a href={href} aria-label={text}>
      <title>{text}</title>
      <rect class="reach" x={percent(at * step)} y="0" width={percent(step)} height={plotHeight} />
      <rect
        class="bar"
        x={percent(at * step + gap / 2)}
        y={round(plotHeight - barHeight)}
        width={percent(step - gap)}
        height={round(barHeight)}
      />
    </a>
  );
}

function Strays({ timeline, search }: { timeline: Timeline; search: (period: string) => string }) {
  const { bars, before, after, undated } = timeline;
  const first = bars[0]?.period ?? '';
  const last = bars.at(-1)?.period ?? '';
  return (
    <>
      {before > 0 ? (
        <a href={search(`..${previous(first)}`)}>{`${formatCount(before)} long before`}</a>
      ) : undefined}{' '}
      {after > 0 ? <a href={search(`${next(last)}..`)}>{`${formatCount(after)} long after`}</a> : undefined}{' '}
      {undated > 0 ? <a href={search('')}>{`${formatCount(undated)} undated`}</a> : undefined}
    </>
  );
}

const previous = (period: string): string => shifted(period, -1);
const next = (period: string): string => shifted(period, 1);

function shifted(period: string, by: number): string {
  if (period.length === 10) return new Date(Date.parse(period) + by * 86_400_000).toISOString().slice(0, 10);
  if (period.length === 4) return String(Number(period) + by).padStart(4, '0');
  const month = Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1 + by;
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
