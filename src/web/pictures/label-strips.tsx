/** Labels over time: a strip of bars for each, on one axis of time, each bar a link to its messages. Drawn on the server, as SVG. */
import { type Label, labelNames } from '../../verify/label.js';
import { countOf, formatCount } from '../figures.js';
import type { Bar } from '../timeline.js';
import { AxisLabels, percent, periodName, round } from './axis.js';

export interface LabelStrip {
  readonly label: Label;
  readonly count: number;
  /** One for each period of the axis. */
  readonly bars: readonly Bar[];
}

export interface LabelStripsProps {
  readonly strips: readonly LabelStrip[];
  readonly unit: string;
  /** Address of the messages with a label, of a period where one is given. */
  readonly search: (label: Label, period?: string) => string;
}

/** CSS pixels. */
const stripHeight = 40;
const axisHeight = 24;

export function LabelStrips({ strips, unit, search }: LabelStripsProps) {
  const periods = strips[0]?.bars.map(({ period }) => period) ?? [];
  if (periods.length < 2) return undefined;
  return (
    <figure class="label-strips">
      {strips.map((strip) => (
        <div class={strip.label === 'conflict' ? 'strip conflict' : 'strip'}>
          <p>
            <a href={search(strip.label)}>{labelNames[strip.label]}</a>{' '}
            <span class="count">{formatCount(strip.count)}</span>
          </p>
          <Strip strip={strip} unit={unit} search={(period) => search(strip.label, period)} />
        </div>
      ))}
      <div class="strip">
        <p class="axis-name">{`by ${unit}`}</p>
        <svg width="100%" height={axisHeight} aria-hidden="true">
          <AxisLabels periods={periods} y={axisHeight - 6} />
        </svg>
      </div>
      <figcaption>
        Each strip has a scale of its own, up to its highest bar: compare where bars stand, not how high, from
        strip to strip.
      </figcaption>
    </figure>
  );
}

function Strip({
  strip,
  unit,
  search,
}: {
  strip: LabelStrip;
  unit: string;
  search: (period: string) => string;
}) {
  const { bars, label } = strip;
  const highest = bars.reduce((most, { count }) => Math.max(most, count), 0);
  const step = 100 / bars.length;
  const gap = bars.length > 150 ? 0 : step * 0.12;
  return (
    <svg width="100%" height={stripHeight}>
      <title>{`${labelNames[label]}, by ${unit}; highest ${highest}`}</title>
      <line class="ground" x1="0" x2="100%" y1={stripHeight - 0.5} y2={stripHeight - 0.5} />
      {bars.map(({ period, count }, at) => {
        if (count === 0) return undefined;
        const height = Math.max(2, (count / highest) * (stripHeight - 4));
        const text = `${labelNames[label]}, ${periodName(period)}: ${countOf(count, 'message')}`;
        return (
          <a href={search(period)} aria-label={text}>
            <title>{text}</title>
            <rect class="reach" x={percent(at * step)} y="0" width={percent(step)} height={stripHeight} />
            <rect
              class="bar"
              x={percent(at * step + gap / 2)}
              y={round(stripHeight - height)}
              width={percent(step - gap)}
              height={round(height)}
            />
          </a>
        );
      })}
    </svg>
  );
}
