/** What every form that writes has in it. */
import type { Child } from 'hono/jsx';
import { backField, formToken, tokenField } from '../forms.js';
import { urls } from '../urls.js';

/** Stands first in each form with `method="post"`. `back` is the address that the reader returns to. */
export function Token({ back }: { back?: string | undefined }) {
  return (
    <>
      <input type="hidden" name={tokenField} value={formToken} />
      {back === undefined ? undefined : <input type="hidden" name={backField} value={back} />}
    </>
  );
}

/** Takes something of the desk back: `fields` name it, the button inside says what it does. */
export function UndoForm({
  back,
  fields,
  children,
}: {
  back: string;
  fields: Readonly<Record<string, string | number>>;
  children: Child;
}) {
  return (
    <form class="desk-line" method="post" action={urls.deskUndo()}>
      <Token back={back} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
