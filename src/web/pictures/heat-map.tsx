/** Weekday × hour: when messages are written, each hour of the week a link to that search. */
import { weekdayNames } from '../../index/query/clock-range.js';
import { countOf, formatCount } from '../figures.js';
import { percent } from './axis.js';

export interface HeatMapProps {
  /** 168 hours from Monday at midnight. */
  readonly hours: ArrayLike<number>;
  /** By whose clock. */
  readonly zone: string;
  readonly search: (weekday: number, hour: number) => string;
}

const rowHeight = 30;
const cellGap = 2;
const step = 100 / 24;

export function HeatMap({ hours, zone, search }: HeatMapProps) {
  const highest = Array.from(hours).reduce((a, b) => Math.max(a, b), 0);
  const height = 7 * rowHeight;
  return (
    <figure class="heat-map">
      <div class="heat-frame">
        <ol class="heat-days" aria-hidden="true">
          {weekdayNames.map((name) => (
            <li>{name.slice(0, 3)}</li>
          ))}
        </ol>
        <svg width="100%" height={height + 26}>
          <title>{`Messages by weekday and hour, ${zone}`}</title>
          {weekdayNames.map((name, weekday) =>
            Array.from({ length: 24 }, (_, hour) => (
              <Cell
                count={hours[weekday * 24 + hour] ?? 0}
                highest={highest}
                weekday={weekday}
                hour={hour}
                name={name}
                href={search(weekday, hour)}
              />
            )),
          )}
          {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
            <text class={hour % 6 === 0 ? 'axis' : 'axis minor'} x={percent(hour * step)} y={height + 20}>
              {String(hour)}
            </text>
          ))}
        </svg>
      </div>
      <figcaption>
        {`Hours of ${zone}. The darkest hour has ${countOf(highest, 'message')}; shades go by the square root of the number.`}
      </figcaption>
    </figure>
  );
}

interface CellProps {
  readonly count: number;
  readonly highest: number;
  readonly weekday: number;
  readonly hour: number;
  readonly name: string;
  readonly href: string;
}

function Cell({ count, highest, weekday, hour, name, href }: CellProps) {
  const box = {
    x: percent(hour * step + 0.15),
    y: weekday * rowHeight,
    width: percent(step - 0.3),
    height: rowHeight - cellGap,
  };
  if (count === 0) return <rect class="empty" {...box} />;
  const text = `${name}, ${hour}:00 to ${hour}:59: ${countOf(count, 'message')}`;
  const shade = Math.round((0.12 + 0.88 * Math.sqrt(count / highest)) * 100) / 100;
  return (
    <a href={href}>
      <title>{text}</title>
      <rect class="cell" fill-opacity={shade} {...box} />
    </a>
  );
}

/** The same as numbers; the picture has the links. */
export function HeatTable({ hours }: { hours: ArrayLike<number> }) {
  return (
    <section class="scroll" tabindex={0} aria-label="Messages by weekday and hour as a table">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Hour</th>
            {weekdayNames.map((name) => (
              <th scope="col" class="number">
                {name.slice(0, 3)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: 24 }, (_, hour) => (
            <tr>
              <th scope="row">{`${hour}:00`}</th>
              {weekdayNames.map((_name, weekday) => {
                const count = hours[weekday * 24 + hour] ?? 0;
                return (
                  <td class="number">{count === 0 ? <span class="zero">0</span> : formatCount(count)}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
