/**
 * Zones of dates (RFC 5322 3.3, 4.3) in minutes east of UTC.
 *
 *   -0800, PST, GMT-8      → -480
 *   -0000, XYZ             → undefined: nobody knows
 */

/** Zone names of RFC 5322 4.3 and some that mailers write, in minutes east of UTC. */
const zoneNames = new Map<string, number>([
  ['ut', 0],
  ['utc', 0],
  ['gmt', 0],
  ['z', 0],
  ['wet', 0],
  ['bst', 60],
  ['cet', 60],
  ['met', 60],
  ['mez', 60],
  ['west', 60],
  ['cest', 120],
  ['mest', 120],
  ['mesz', 120],
  ['eet', 120],
  ['eest', 180],
  ['msk', 180],
  ['msd', 240],
  ['jst', 540],
  ['kst', 540],
  ['aest', 600],
  ['aedt', 660],
  ['nzst', 720],
  ['nzdt', 780],
  ['nst', -210],
  ['ndt', -150],
  ['ast', -240],
  ['adt', -180],
  ['edt', -240],
  ['est', -300],
  ['cdt', -300],
  ['cst', -360],
  ['mdt', -360],
  ['mst', -420],
  ['pdt', -420],
  ['pst', -480],
  ['akdt', -480],
  ['akst', -540],
  ['hst', -600],
]);

/** Minutes with their sign; undefined for `-0000` (RFC 5322 3.3). */
export function zoneOf(west: boolean, minutes: number): number | undefined {
  if (west && minutes === 0) return undefined;
  return west ? -minutes : minutes;
}

/** `-0800`, `+05:30`, `GMT+1`, `PST`, `Z`; undefined for names nobody agrees on. */
export function readZone(token: string): number | undefined {
  const numeric = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d\d)?$/i.exec(token);
  if (numeric !== null) {
    const [, sign, hours, minutes] = numeric;
    return zoneOf(sign === '-', Number(hours) * 60 + Number(minutes ?? 0));
  }
  const long = /^([+-])(\d{1,2}?)(\d\d)$/.exec(token);
  if (long !== null) return zoneOf(long[1] === '-', Number(long[2]) * 60 + Number(long[3]));
  const name = token.toLowerCase();
  // "EST5EDT" and "EST/EDT" say standard time first.
  return zoneNames.get(name) ?? zoneNames.get(/^[a-z]+/.exec(name)?.[0] ?? '');
}
