/** What tables have in common. */

/** A column's heading; that of a column of figures stands above them, at the right. */
export type Column = string | { readonly figures: string };

/** The row of headings of a table. */
export function Headings({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) =>
          typeof column === 'string' ? (
            <th scope="col">{column}</th>
          ) : (
            <th scope="col" class="number">
              {column.figures}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
