/** When people wrote and when they fell silent: one strip each, by week, the silence marked on it. */
import { countOf } from '../figures.js';
import { AxisLabels, percent, periodName } from './axis.js';

export interface Strip {
  readonly name: string;
  readonly personHref: string;
  /** Messages by week from the start of the picture. */
  readonly weeks: ArrayLike<number>;
  /** Shares of the width, 0 to 1, with what the mark says and leads to. */
  readonly silence: {
    readonly from: number;
    readonly to: number;
    readonly text: string;
    readonly href: string;
  };
}

const stripHeight = 26;

/** `months` label the axis below all strips. */
export function SilenceStrips({ strips, months }: { strips: readonly Strip[]; months: readonly string[] }) {
  return (
    <div class="strips">
      {strips.map((strip) => (
        <div class="strip">
          <p>
            <a href={strip.personHref}>
              <bdi>{strip.name}</bdi>
            </a>
          </p>
          <StripPicture strip={strip} />
        </div>
      ))}
      <div class="strip">
        <p class="axis-name" aria-hidden="true">
          by week
        </p>
        <svg width="100%" height="24" aria-hidden="true">
          <title>{`From ${periodName(months[0] ?? '')} to ${periodName(months.at(-1) ?? '')}`}</title>
          <AxisLabels periods={months} y={18} />
        </svg>
      </div>
    </div>
  );
}

function StripPicture({ strip: { weeks, silence } }: { strip: Strip }) {
  const count = Math.max(1, weeks.length);
  const highest = Array.from(weeks).reduce((a, b) => Math.max(a, b), 1);
  const mark = { x: percent(silence.from * 100), width: percent((silence.to - silence.from) * 100) };
  return (
    <svg width="100%" height={stripHeight}>
      <title>{silence.text}</title>
      <line class="ground" x1="0" x2="100%" y1={stripHeight - 0.5} y2={stripHeight - 0.5} />
      {Array.from(weeks, (messages, week) => {
        if (messages === 0) return undefined;
        const height = Math.max(2, Math.round(Math.sqrt(messages / highest) * (stripHeight - 4)));
        return (
          <rect
            class="bar"
            x={percent((week / count) * 100)}
            y={stripHeight - height}
            width={percent(92 / count)}
            height={height}
          />
        );
      })}
      <a href={silence.href} aria-label={silence.text}>
        <title>{`${silence.text}`}</title>
        <rect class="silence" y="3" height={stripHeight - 4} {...mark} />
      </a>
    </svg>
  );
}

export const silenceText = (days: number, from: string, to: string): string =>
  `${countOf(days, 'day')} of silence between ${periodName(from)} and ${periodName(to)}`;
