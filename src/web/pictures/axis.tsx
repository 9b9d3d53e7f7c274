/** Labels below a row of bars: where a year, a month or a day begins, as far as they do not touch. */
import { monthNames } from '../figures.js';

/** Pixels that a letter of a label takes, and what a picture is wide on a desk and on a phone. */
const letterWidth = 9;
const deskWidth = 1100;
const phoneWidth = 328;

interface Label {
  readonly text: string;
  /** Per cent of the width. */
  readonly x: number;
}

/** `periods` are what `date:` takes, all years, all months or all days; `y` is the base line in pixels. */
export function AxisLabels({ periods, y }: { periods: readonly string[]; y: number }) {
  const labels = labelsOf(periods);
  const phone = new Set(spaced(labels, phoneWidth));
  return (
    <>
      {spaced(labels, deskWidth).map((label) => (
        <text class={phone.has(label) ? 'axis' : 'axis minor'} x={percent(label.x)} y={y}>
          {label.text}
        </text>
      ))}
    </>
  );
}

function labelsOf(periods: readonly string[]): Label[] {
  const step = 100 / periods.length;
  const label = periods[0]?.length === 10 ? dayLabel : yearLabel;
  const labels = periods.flatMap((period, at) => {
    const text = label(period, at === 0);
    return text === undefined ? [] : [{ text, x: at * step }];
  });
  // A first label that stands in the way of the next says less than that.
  const [first, second] = labels;
  const isCrowded =
    first !== undefined && second !== undefined && second.x - first.x < widthOf(first, deskWidth);
  return isCrowded ? labels.slice(1) : labels;
}

function yearLabel(period: string, isFirst: boolean): string | undefined {
  return isFirst || period.length === 4 || period.endsWith('-01') ? period.slice(0, 4) : undefined;
}

/** `1 March 2016` first, then `8`, `15`, …, and the name of each month that begins. */
function dayLabel(period: string, isFirst: boolean): string | undefined {
  const day = Number(period.slice(8));
  const month = monthNames[Number(period.slice(5, 7)) - 1] ?? '';
  if (isFirst) return `${day} ${month} ${period.slice(0, 4)}`;
  if (day === 1) return period.slice(5, 7) === '01' ? `${month} ${period.slice(0, 4)}` : month;
  return day % 7 === 1 && day < 28 ? String(day) : undefined;
}

const widthOf = (label: Label, width: number): number =>
  (((label.text.length + 1) * letterWidth) / width) * 100;

function spaced(labels: readonly Label[], width: number): Label[] {
  let free = 0;
  return labels.filter((label) => {
    const end = label.x + widthOf(label, width);
    if (label.x < free || end > 100 + 100 / width) return false;
    free = end;
    return true;
  });
}

export const round = (value: number): number => Math.round(value * 100) / 100;
export const percent = (value: number): string => `${round(value)}%`;

/** `2016-03-05` → `5 March 2016`, `2016-03` → `March 2016`, `2016` → `2016` */
export function periodName(period: string): string {
  const month = monthNames[Number(period.slice(5, 7)) - 1];
  const day = period.length === 10 ? `${Number(period.slice(8))} ` : '';
  return month === undefined ? period : `${day}${month} ${period.slice(0, 4)}`;
}
