import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findZone, hourOfWeek, zoneClock } from '../../../src/index/query/zone.js';
import { integer, seeded } from './random.js';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

describe('the clock of a zone', () => {
  for (const zone of [
    'UTC',
    'America/Chicago',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
  ]) {
    test(`of ${zone} shows what Intl shows, at 2,000 instants from 1971 to 2039`, () => {
      const clock = zoneClock(findZone(zone) ?? assert.fail(zone));
      const format = new Intl.DateTimeFormat('en', {
        timeZone: zone,
        weekday: 'short',
        hour: 'numeric',
        hourCycle: 'h23',
      });
      const random = seeded(7);
      for (let i = 0; i < 2_000; i++) {
        const time =
          Date.UTC(1971, 0, 1) + integer(random, 68 * 365) * 86_400_000 + integer(random, 24 * 60) * 60_000;
        const hour = hourOfWeek(clock, time);
        const parts = format.formatToParts(time);
        const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
        assert.equal(
          `${weekdays[Math.floor(hour / 24)] ?? ''} ${hour % 24}`,
          `${part('weekday')} ${Number(part('hour'))}`,
          new Date(time).toISOString(),
        );
      }
    });
  }

  test('goes on before 1970 and after 2040 as at their ends', () => {
    assert.equal(hourOfWeek(zoneClock('UTC'), Date.UTC(1969, 11, 29)), 0);
    assert.equal(hourOfWeek(zoneClock('UTC'), Date.UTC(2100, 0, 4, 5)), 5);
  });

  test('is of zones alone', () => {
    for (const name of [
      '',
      'Nowhere/Town',
      '+02:00',
      '../etc/passwd',
      'x'.repeat(100),
      'Europe/Berlin ',
      '<b>',
    ])
      assert.equal(findZone(name), undefined, name);
    assert.equal(findZone('europe/berlin'), 'Europe/Berlin');
  });
});
