/** What every form that writes has in it. */
import { backField, formToken, tokenField } from '../forms.js';

/** Stands first in each form with `method="post"`. `back` is the address that the reader returns to. */
export function Token({ back }: { back?: string | undefined }) {
  return (
    <>
      <input type="hidden" name={tokenField} value={formToken} />
      {back === undefined ? undefined : <input type="hidden" name={backField} value={back} />}
    </>
  );
}
