/** Sent and received over time: bars above the line for what a person wrote, below it for what reached them. */
import { countOf } from '../figures.js';
import { AxisLabels, percent, periodName, round } from './axis.js';

export interface ExchangeBar {
  /** What `date:` takes. */
  readonly period: string;
  readonly sent: number;
  readonly received: number;
}

export interface ExchangeProps {
  readonly bars: readonly ExchangeBar[];
  readonly unit: string;
  readonly sentHref: (period: string) => string;
  readonly receivedHref: (period: string) => string;
}

const half = 72;
const labelHeight = 26;

export function ExchangePicture({ bars, unit, sentHref, receivedHref }: ExchangeProps) {
  if (bars.length < 2) return undefined;
  const highest = bars.reduce((most, bar) => Math.max(most, bar.sent, bar.received), 1);
  const step = 100 / bars.length;
  const gap = bars.length > 150 ? 0 : step * 0.12;
  return (
    <figure class="timeline exchange">
      <svg width="100%" height={half * 2 + labelHeight}>
        <title>{`Messages sent (above) and received (below) by ${unit}`}</title>
        <line class="ground" x1="0" x2="100%" y1={half} y2={half} />
        {bars.map(({ period, sent, received }, at) => {
          const side = (count: number, what: string, href: string, isBelow: boolean) => {
            if (count === 0) return undefined;
            const length = round(Math.max(1.5, (count / highest) * (half - 4)));
            const text = `${periodName(period)}: ${countOf(count, 'message')} ${what}`;
            return (
              <a href={href} aria-label={text}>
                <title>{text}</title>
                <rect
                  class="reach"
                  x={percent(at * step)}
                  y={isBelow ? half : 0}
                  width={percent(step)}
                  height={half}
                />
                <rect
                  class={isBelow ? 'bar received' : 'bar'}
                  x={percent(at * step + gap / 2)}
                  y={round(isBelow ? half + 1 : half - length)}
                  width={percent(step - gap)}
                  height={length}
                />
              </a>
            );
          };
          return (
            <>
              {side(sent, 'sent', sentHref(period), false)}
              {side(received, 'received', receivedHref(period), true)}
            </>
          );
        })}
        <AxisLabels periods={bars.map((bar) => bar.period)} y={half * 2 + 20} />
      </svg>
      <figcaption>
        {`By ${unit}: sent above the line, received below it; the longest bar is ${countOf(highest, 'message')}.`}
      </figcaption>
    </figure>
  );
}
