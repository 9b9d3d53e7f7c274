/** The query in plain words, as it was understood; each of its conditions can be taken back. */
import { describeQuery } from '../../index/query/format.js';
import type { Query } from '../../index/query/query.js';
import { conditionsOf, queryText, withoutCondition } from '../query-links.js';
import { visibleName } from '../visible-text.js';
import { Name } from './text.js';

/** `address` of this page for another query. */
export function Understood({ query, address }: { query: Query; address: (q: string) => string }) {
  const conditions = conditionsOf(query);
  if (conditions.length === 0) return <p class="understood">every message of this trove</p>;
  return (
    <p class="understood">
      {conditions.map((condition, at) => (
        <>
          {at > 0 ? <span class="and"> and </span> : undefined}
          <span class="condition">
            <Name text={describeQuery(condition)} />{' '}
            <a
              href={address(queryText(withoutCondition(query, at)))}
              aria-label={`Search without: ${visibleName(describeQuery(condition))}`}
              title="Search without this"
            >
              ×
            </a>
          </span>
        </>
      ))}
    </p>
  );
}
